"""Verification of old citations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.answering import verify_quote
from summitqa.types import Document, Span


def document(text: str) -> Document:
    return Document(id="d", title="", text=text, blocks=())


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_true_citation_is_valid(text: str, data: st.DataObject) -> None:
    """A quote that stands at its offsets is valid there."""
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert verify_quote(document(text), span, span.text_of(text)).span == span


def test_text_inserted_before_moves_the_quote() -> None:
    """After an insertion the quote is found at its new offsets."""
    result = verify_quote(document("New. The price is 5."), Span(0, 15), "The price is 5.")
    assert (result.status, result.span) == ("moved", Span(5, 20))


def test_repeated_text_is_told_apart_by_what_surrounds_it() -> None:
    """Of two places with the same text, the one with the old prefix and suffix is meant."""
    text = "Monday: closed. Tuesday: closed. Wednesday: closed."
    result = verify_quote(document(text), Span(0, 6), "closed", prefix="Tuesday: ", suffix=". Wed")
    assert result.span == Span(25, 31)


def test_changed_text_is_stale() -> None:
    """A quote whose words changed is stale and has no place."""
    result = verify_quote(document("The price is 6."), Span(0, 15), "The price is 5.")
    assert (result.status, result.span) == ("stale", None)


def test_an_empty_quote_is_a_mistake() -> None:
    """Nothing can be said of an empty quote."""
    with pytest.raises(ValueError, match="empty"):
        verify_quote(document("text"), Span(0, 0), "")
