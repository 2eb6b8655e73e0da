"""Citations: the provenance promise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.answering import build_citation
from summitqa.errors import CitationError
from summitqa.types import Document, Quote, Span

TEXT = "Heading\nÉva said: “No 🙂 way.” Then she left."


def document(text: str = TEXT) -> Document:
    return Document(id="d", title="Heading", text=text, blocks=())


@given(text=st.text(min_size=1, max_size=80), data=st.data())
def test_every_citation_is_verbatim(text: str, data: st.DataObject) -> None:
    """Whatever the text, a citation that is built equals the document's characters at its offsets."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        citation = build_citation(1, Quote("d", Span(start, end), "paragraph"), document(text))
    except CitationError:
        assert text[start:end] != text[start:end].strip()
        return
    assert text[citation.span.start : citation.span.end] == citation.cited_text
    assert text.startswith(citation.prefix, start - len(citation.prefix))
    assert text.startswith(citation.suffix, end)


def test_offsets_count_code_points() -> None:
    """An emoji and an accented letter before the quote do not shift it."""
    start = TEXT.index("Then")
    citation = build_citation(1, Quote("d", Span(start, len(TEXT)), "paragraph"), document())
    assert citation.cited_text == "Then she left."


def test_answer_spans_carry_their_text() -> None:
    """An exact answer inside the quote is cited with its own offsets and characters."""
    start = TEXT.index("Éva")
    quote = Quote("d", Span(start, len(TEXT)), "paragraph", answers=(Span(start, start + 3),))
    citation = build_citation(2, quote, document())
    assert [(a.span.start, a.text) for a in citation.answer_spans] == [(start, "Éva")]


@pytest.mark.parametrize(
    "quote",
    [
        Quote("d", Span(0, 500), "paragraph"),
        Quote("d", Span(3, 3), "paragraph"),
        Quote("other", Span(0, 7), "paragraph"),
        Quote("d", Span(0, 8), "paragraph"),
        Quote("d", Span(0, 7), "paragraph", answers=(Span(8, 11),)),
    ],
    ids=["beyond the text", "empty", "of another document", "with white space", "answer outside"],
)
def test_a_quote_that_is_not_a_span_of_its_document_is_an_error(quote: Quote) -> None:
    """A broken promise raises; it is never silently dropped."""
    with pytest.raises(CitationError):
        build_citation(1, quote, document())


def test_a_table_row_shows_its_cells_under_their_header() -> None:
    """A cited row carries header and cells as text."""
    text = "Plan | Price\nBasic | 5"
    quote = Quote("d", Span(13, 22), "table_row", cells=(Span(13, 18), Span(21, 22)), header=(Span(0, 4), Span(7, 12)))
    table = build_citation(1, quote, document(text)).table
    assert table is not None
    assert (table.header, table.row) == (("Plan", "Price"), ("Basic", "5"))
