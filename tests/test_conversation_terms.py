"""Words that a question leaves out are added to it as phrases, in brackets."""

import pytest

from summitqa.conversation.terms import TermScores, add_terms, topic_of
from summitqa.types import Turn
from term_models import ListedTerms

RELIEF = Turn("Who asked for the lifting of sanctions in May?", "Ana Brkić asked for it. Nobody in 2021 did. [1]")


@pytest.mark.parametrize(
    ("question", "phrases", "written"),
    [
        ("What did she say?", ["the price"], "What did she say (the price)?"),
        ("What did she say", ["the price", "Lund"], "What did she say (the price, Lund)"),
        ("What is the price in Lund?", ["Lund", "prices in Oslo"], "What is the price in Lund (prices in Oslo)?"),
        ("Who pays the price?", ["the price"], "Who pays the price?"),
    ],
)
def test_new_phrases_are_added_before_the_end(question: str, phrases: list[str], written: str) -> None:
    """What the question holds already is not added, and a question mark stays last."""
    assert add_terms(question, phrases) == written


def test_words_that_few_stop_words_part_are_one_phrase() -> None:
    """Likely words become a phrase with what stands between them; a sentence's end parts them."""
    scores = TermScores(ListedTerms(lifting=0.9, sanctions=0.8, brkić=0.7, may=0.2), [RELIEF], "Why?")
    assert scores.phrases(0.5, "Why?", last_question_only=False) == ["lifting of sanctions", "Brkić"]
    assert scores.phrases(0.5, "Why?", last_question_only=True) == ["lifting of sanctions"]


def test_numbers_alone_and_known_words_are_no_phrases() -> None:
    """A bare year says nothing of the topic, and what the question says is not said twice."""
    scores = TermScores(ListedTerms(**{"2021": 0.9, "sanctions": 0.9}), [RELIEF], "Why sanctions?")
    assert scores.phrases(0.5, "Why sanctions?", last_question_only=False) == []


def test_only_the_latest_phrases_are_added() -> None:
    """Of more phrases than make a topic those of the latest turns stay."""
    turns = [Turn(f"Where is {place}?") for place in ("Lund", "Oslo", "Bergen", "Turku")]
    scores = TermScores(ListedTerms(lund=0.9, oslo=0.9, bergen=0.9, turku=0.9), turns, "And how far?")
    assert scores.phrases(0.5, "And how far?", last_question_only=False) == ["Oslo", "Bergen", "Turku"]


def test_a_question_word_is_no_topic() -> None:
    """The topic of a turn is its words without those that ask; a month named like an auxiliary stays."""
    assert topic_of(RELIEF) == ["asked for the lifting of sanctions in May"]
