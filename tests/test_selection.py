"""Which units become the quotes of an answer."""

from collections.abc import Sequence

import pytest

from summitqa.answering import select_quotes
from summitqa.chunking import split_passages
from summitqa.corpus import parse_document
from summitqa.reading import build_view
from summitqa.testing import HashingEncoder
from summitqa.types import Reading

TEXT = """Guests and prices

The fair opens on Friday. Admission is free.

Dogs? Yes. A lead is wanted.
Cats? Yes.

These guests are expected:

- Norway: Mayor Ola Moen
- Iceland: two choirs
- Sweden: a brass band

Pass | Price | Renewal
---|---|---
Day | 9 | No
Day Plus | 14 | Yes
Season | 60 | Yes
"""
DOCUMENT = parse_document(TEXT, document_id="fair", source="fair.txt", markdown=False)
VIEWS = [build_view(passage, TEXT) for passage in split_passages(DOCUMENT, HashingEncoder(), max_tokens=60)]


def readings(*probable: tuple[str, float]) -> list[Reading]:
    """Return a reading for each unit that begins with the text given, at its probability, best first."""
    return [
        Reading(number, unit, None, probability, probability)
        for start, probability in probable
        for number, view in enumerate(VIEWS)
        for unit in view.passage.units
        if unit.text_of(TEXT).startswith(start)
    ]


def quoted(question: str, proposed: Sequence[Reading]) -> tuple[list[str], float]:
    selection = select_quotes(question, proposed, VIEWS, lambda _: DOCUMENT)
    return [quote.span.text_of(TEXT) for quote in selection.quotes], selection.probability


def test_a_sentence_is_quoted_alone() -> None:
    """The best unit of prose is the whole answer, with its own probability."""
    assert quoted("When does it open?", readings(("The fair", 0.8), ("Admission", 0.1))) == (
        ["The fair opens on Friday."],
        0.8,
    )


def test_a_bare_yes_brings_the_sentence_after_it() -> None:
    """What follows on the same line says what is meant; another line's "Yes." is no repetition, and may stand alone."""
    proposed = readings(("Yes.", 0.8))
    assert quoted("Are dogs allowed?", proposed) == (["Yes. A lead is wanted."], 0.8)
    assert quoted("Are dogs allowed?", proposed[:1]) == (["Yes. A lead is wanted."], 0.8)
    assert quoted("Are cats allowed?", proposed[1:2]) == (["Yes."], 0.8)


def test_nothing_read_is_nothing_quoted() -> None:
    """Without a reading there is no quote."""
    assert quoted("Who?", []) == ([], 0.0)


def test_a_sentence_that_repeats_a_why_question_is_no_answer() -> None:
    """The next reading is taken, at its own probability."""
    proposed = readings(("The fair", 0.8), ("Admission", 0.3))
    assert quoted("Why does the fair open on Friday?", proposed) == (["Admission is free."], 0.3)


def test_the_items_of_a_list_answer_together() -> None:
    """Asked for all, the items add up and beat a sentence that is more probable than each of them."""
    proposed = readings(("Admission", 0.3), ("Norway", 0.25), ("Iceland", 0.2), ("Sweden", 0.15))
    quotes, probability = quoted("Who is expected?", proposed)
    assert quotes == ["Norway: Mayor Ola Moen", "Iceland: two choirs", "Sweden: a brass band"]
    assert probability == pytest.approx(0.6)


def test_an_item_that_is_named_is_quoted_alone() -> None:
    """A question that names one item of a list gets that item only."""
    proposed = readings(("Iceland", 0.6), ("Norway", 0.1))
    assert quoted("Who is coming from Iceland?", proposed)[0] == ["Iceland: two choirs"]


def test_items_that_share_a_word_are_not_all_meant() -> None:
    """Where one thing is asked for, the best item stands alone, unless the question joins words of several items."""
    proposed = readings(("Iceland", 0.8), ("Norway", 0.1))
    assert quoted("How many choirs does Iceland send?", proposed)[0] == ["Iceland: two choirs"]
    assert quoted("Does the mayor, or Iceland, send choirs?", proposed)[0] == ["Iceland: two choirs"]
    both = quoted("What does Iceland and what does Norway send?", proposed)[0]
    assert both == ["Norway: Mayor Ola Moen", "Iceland: two choirs"]


def test_the_sentence_that_introduces_a_list_gives_way_to_it() -> None:
    """An introduction is not an answer; what it introduces is."""
    quotes, _ = quoted("Which guests are expected?", readings(("These guests", 0.7)))
    assert len(quotes) == 3


def test_the_more_specific_row_is_meant() -> None:
    """Day Plus names the row of that key, not the row Day."""
    quotes, _ = quoted("How much is the day plus pass?", readings(("Day |", 0.6), ("Day Plus", 0.3)))
    assert quotes == ["Day Plus | 14 | Yes"]


def test_rows_that_share_the_value_asked_for_come_together() -> None:
    """A question by a cell's value gets every row that has it."""
    quotes, _ = quoted("Which cost 60?", readings(("Season", 0.6)))
    assert quotes == ["Season | 60 | Yes"]
