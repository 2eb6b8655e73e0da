"""Sentence boundaries: on ordinary prose, where the library errs, and on any text at all."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_texts import texts
from summitqa.sentences import split_sentences


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*."""
    return [span.text_of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Isn’t Sending Trump.|He lives in the U.S.|He likes it.",
        "Dr. Smith met Mr. Jones at 5 p.m. on Friday.|They talked.",
        "Possibly some U.N. representation; U.S. and China will be monitoring remotely",
        "J. K. Rowling wrote it.|See No. 5, e.g. the report.|Fig. 3 shows it.",
        "The office opens at 9 a.m.|It closes at 5 p.m. Monday to Friday.",
        "And internationally?|The war fatigue is real.|But the vibe?|Already deflated.",
        "Wait... what?|Yes…|It ended.",
        "Sales rose 5.3% to $3.4 billion.|Acme Inc. sued.",
    ],
)
def test_ordinary_prose(text: str) -> None:
    """Abbreviations, initials, numbers, ellipses and short questions."""
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "He said “we won.”|Then he left.",
        "“Why now?” she asked.|“Stop!” he cried.|“I will.”",
        "(It was late.)|[Applause.]|‘Yes.’|Next.",
    ],
)
def test_quotes_and_brackets(text: str) -> None:
    """A closing sign belongs to its sentence, and a question in quotes to the words around it."""
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "He went to bed.|Mary left.",
        "It happened in the last century.|Nobody knows why.",
        "They said so.|Sales rose.",
        "It was cold.|St. Petersburg fell.",
        "She met Lt. Col. Jones.|Then home.",
        "1. Open the box.|2. Remove the lid.",
        "Yahoo! is a company.",
        "Prof. Müller z.B. sagte es.",
        "He won 🎉!|We lost.",
    ],
)
def test_where_the_library_errs(text: str) -> None:
    """Ordinary words are no abbreviations; ranks, dotted abbreviations and numbers end nothing."""
    assert sentences(text.replace("|", " ")) == text.split("|")


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好。|我们去公园吧！|你呢？|好的。",
        "هل أنت بخير؟| نعم، أنا بخير.",
        "वह गया।| वह आया।",
        "It ended.|Then it began.",
    ],
)
def test_full_stops_of_other_scripts_and_missing_spaces(text: str) -> None:
    """A full stop ends a sentence with a space behind it or not."""
    assert sentences(text.replace("|", "")) == [sentence.strip() for sentence in text.split("|")]


@pytest.mark.parametrize(
    "text", ["See http://x.example/a.Html now.", "Node.js and Booking.com sell.", "Version 3.5 is out."]
)
def test_dots_inside_words_end_nothing(text: str) -> None:
    """Addresses, names and versions are whole."""
    assert sentences(text) == [text]


def test_a_line_break_ends_nothing_and_a_blank_line_does() -> None:
    """Wrapped sentences are whole; paragraphs part."""
    assert sentences("One line\nand another.\n\nThird\n \nfourth") == ["One line\nand another.", "Third", "fourth"]


def test_nothing_has_no_sentences() -> None:
    """Whitespace gives an empty list."""
    assert sentences("") == []
    assert sentences(" \n\t ") == []


@given(st.one_of(texts, st.text()))
def test_sentences_cover_the_text(text: str) -> None:
    """Spans are filled, stripped, in order, and hold every character that is not whitespace."""
    spans = split_sentences(text)
    assert all(span.text_of(text) == span.text_of(text).strip() != "" for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    inside = sum(not c.isspace() for span in spans for c in span.text_of(text))
    assert inside == sum(not c.isspace() for c in text)
