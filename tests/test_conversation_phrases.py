"""Noun phrases and names of questions, found without a grammar."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.conversation.phrases import phrases_of, widen


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("How likely is an agreement on prisoner exchanges?", ["an agreement", "prisoner exchanges"]),
        ("Is Ana Brkić attending the fair?", ["Ana Brkić", "the fair"]),
        ("Did the council agree to the loan?", ["the council", "the loan"]),
        ("What do winter tyres cost?", ["winter tyres"]),
        ("When did Moen offer direct talks?", ["Moen", "direct talks"]),
        ("Was a bronze otter taken from the museum?", ["a bronze otter", "the museum"]),
        ("How many bikes squealed with pad B?", ["bikes", "pad B"]),
        ("Is the app ready?", ["the app"]),
        ("What is the address of the Lund hub?", ["the address", "the Lund hub"]),
        ("Who is Moen's lawyer?", ["Moen's lawyer"]),
        ("Tell me more.", []),
    ],
)
def test_phrases_end_where_no_noun_phrase_goes_on(question: str, phrases: list[str]) -> None:
    """Verbs that follow their auxiliary, adjectives after "is", prepositions and participles end a phrase."""
    assert [phrase.text for phrase in phrases_of(question)] == phrases


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is Moen coming?", "person"),
        ("Will it be in Lund?", "place"),
        ("Does it end on Friday?", "time"),
        ("Does the bridge close?", "thing"),
        ("Did the mayor speak?", "person"),
    ],
)
def test_a_phrase_is_a_person_a_place_a_time_or_a_thing(question: str, kind: str) -> None:
    """Names are people unless they follow "in"; weekdays are times; closed lists of nouns decide the rest."""
    assert phrases_of(question)[0].kind == kind


def test_of_ties_two_phrases_together() -> None:
    """A review *of the theft* is one thing."""
    question = "Did they agree to a review of the theft?"
    first, _ = phrases_of(question)
    assert widen(first, phrases_of(question), question).text == "a review of the theft"


@given(st.text(max_size=80))
def test_every_phrase_is_a_span_of_its_text(text: str) -> None:
    """Whatever the text, spans are in order, do not overlap, and hold the phrase."""
    phrases = phrases_of(text)
    assert all(phrase.span.text_of(text) == phrase.text for phrase in phrases)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(phrases))
