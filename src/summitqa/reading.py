"""Reading views: what a model reads of a passage, aligned to the document or to nothing.

A model reads more than may be quoted: the heading path, the sentence that introduces a list, and a
table row as sentences ("Issue Area: Prisoner Exchanges. Likelihood of Agreement: High."). The view
keeps, for every character, the position in the document it came from, or ``None`` for context.
"""

from __future__ import annotations

from dataclasses import dataclass

from summitqa.types import Passage, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters of a view.

    Attributes:
        span: where it stands in the view.
        source_start: where its first character stands in the document, ``None`` for context.
    """

    span: Span
    source_start: int | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """The text a model reads of one passage, with its alignment.

    Attributes:
        passage: the passage it was made of.
        text: context and source text together.
        segments: a partition of ``text``, in order.
        column_names: for a table row, the text of its header cells.
    """

    passage: Passage
    text: str
    segments: tuple[Segment, ...]
    column_names: tuple[str, ...] = ()

    def to_document(self, span: Span) -> Span | None:
        """Map a span of the view to the document.

        Returns ``None`` if either end lies in context text or the span is empty. Context between the
        two ends (a column name between two cells) is allowed: the document span runs from the first
        to the last character.
        """
        if not len(span):
            return None
        first, last = self._source_of(span.start), self._source_of(span.end - 1)
        if first is None or last is None or last < first:
            return None
        return Span(first, last + 1)

    def from_document(self, span: Span) -> Span | None:
        """Map a span of the document to the view; ``None`` if an end of it is not shown there."""
        start = end = None
        for segment in self.segments:
            if segment.source_start is None:
                continue
            source = Span(segment.source_start, segment.source_start + len(segment.span))
            if source.start <= span.start < source.end:
                start = segment.span.start + span.start - source.start
            if source.start < span.end <= source.end:
                end = segment.span.start + span.end - source.start
        return Span(start, end) if start is not None and end is not None and start < end else None

    @property
    def context(self) -> str:
        """The characters of the view that may not be quoted, one line a segment."""
        return "\n".join(
            self.text[s.span.start : s.span.end].strip() for s in self.segments if s.source_start is None
        ).strip()

    def _source_of(self, position: int) -> int | None:
        for segment in self.segments:
            if segment.span.start <= position < segment.span.end:
                if segment.source_start is None:
                    return None
                return segment.source_start + position - segment.span.start
        return None


def build_view(passage: Passage, document_text: str) -> ReadingView:
    """Return the reading view of *passage*, a span of a document whose canonical text is given.

    The heading path comes first, one line, then the introduction of a list or table, then the source:
    as it stands for prose and lists, as "header: cell." sentences for a table row.
    """
    builder = _Builder(document_text)
    headings = [h.text_of(document_text) for h in passage.heading_path]
    if headings:
        builder.add_context(" › ".join(headings) + "\n")
    if passage.introduction is not None and passage.introduction not in passage.span:
        builder.add_context(passage.introduction.text_of(document_text) + "\n")
    if passage.kind == "table_row" and passage.cells:
        _add_row(builder, passage)
    else:
        builder.add_source(passage.span)
    column_names = tuple(name.text_of(document_text) for name in passage.header)
    return ReadingView(passage, "".join(builder.parts), tuple(builder.segments), column_names)


def _add_row(builder: _Builder, passage: Passage) -> None:
    """Add a table row as sentences; an empty cell is left out with its column name."""
    headers = [*passage.header, *([None] * len(passage.cells))]
    first = True
    for cell, header in zip(passage.cells, headers, strict=False):
        if not len(cell):
            continue
        name = header.text_of(builder.document_text) if header is not None and len(header) else ""
        builder.add_context(("" if first else " ") + (f"{name}: " if name else ""))
        builder.add_source(cell)
        builder.add_context(".")
        first = False


class _Builder:
    """Collects the text and the segments of a view."""

    def __init__(self, document_text: str) -> None:
        self.document_text = document_text
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self._length = 0

    def add_context(self, text: str) -> None:
        if text:
            self._add(text, None)

    def add_source(self, span: Span) -> None:
        if len(span):
            self._add(span.text_of(self.document_text), span.start)

    def _add(self, text: str, source_start: int | None) -> None:
        self.parts.append(text)
        self.segments.append(Segment(Span(self._length, self._length + len(text)), source_start))
        self._length += len(text)
