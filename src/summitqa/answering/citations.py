"""Citations: where the provenance promise is asserted.

``document.text[start:end] == cited_text`` holds for every citation that leaves this module. Offsets are
carried here from the reader; text is never looked up to find them.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitqa.errors import CitationError
from summitqa.types import AnswerSpan, Citation, Document, Place, Quote, Span, TableCells

CONTEXT_CHARS = 32
"""Length of a citation's prefix and suffix, as in the W3C TextQuoteSelector's examples."""


def build_citation(index: int, quote: Quote, document: Document, also_at: Sequence[Place] = ()) -> Citation:
    """Return the citation of *quote*, numbered *index* (1 for the first).

    Raises:
        CitationError: if the quote is not a non-empty span of *document*, if an answer span does not lie
            inside it, or if it begins or ends with white space.
    """
    text = document.text
    if quote.document_id != document.id or not 0 <= quote.span.start < quote.span.end <= len(text):
        raise CitationError(
            f"quote [{quote.span.start}, {quote.span.end}) of document {quote.document_id} does not lie in "
            f"document {document.id} of {len(text)} characters; this is a defect, please report it"
        )
    cited_text = quote.span.text_of(text)
    if cited_text != cited_text.strip():
        raise CitationError(f"quote at {quote.span.start} of document {document.id} begins or ends with white space")
    outside = [span for span in quote.answers if span not in quote.span or not len(span)]
    if outside:
        raise CitationError(f"answer span {outside[0]} lies outside its quote {quote.span} of document {document.id}")
    return Citation(
        index=index,
        document_id=document.id,
        document_title=document.title,
        document_sha256=document.sha256,
        span=quote.span,
        cited_text=cited_text,
        answer_spans=tuple(AnswerSpan(span, span.text_of(text)) for span in quote.answers),
        prefix=text[max(0, quote.span.start - CONTEXT_CHARS) : quote.span.start],
        suffix=text[quote.span.end : quote.span.end + CONTEXT_CHARS],
        heading_path=tuple(span.text_of(text) for span in quote.heading_path),
        block=quote.kind,
        table=_cells(quote, text),
        also_at=tuple(also_at),
    )


def place_of(quote: Quote, document: Document) -> Place:
    """Return where *quote* stands, for a statement that was found more than once."""
    return Place(document.id, document.title, document.sha256, quote.span)


def _cells(quote: Quote, text: str) -> TableCells | None:
    if not quote.cells:
        return None
    return TableCells(_texts(quote.header, text), _texts(quote.cells, text))


def _texts(spans: Sequence[Span], text: str) -> tuple[str, ...]:
    return tuple(span.text_of(text) for span in spans)
