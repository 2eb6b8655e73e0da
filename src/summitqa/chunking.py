"""Documents to passages: the spans that are embedded, retrieved and read.

A passage never crosses a heading, never mixes kinds of block, and never cuts a sentence that fits. Its
budget counts everything a model reads of it, context included (:mod:`summitqa.reading`). Knows
nothing of files, vectors or indexes. How it splits is a promise to stored indexes: a change that moves
a boundary raises :data:`CHUNKING_VERSION`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from summitqa.packing import Unit, pack_units
from summitqa.protocols import Tokenizer
from summitqa.reading import build_view
from summitqa.sentences import split_sentences
from summitqa.types import Block, BlockKind, Document, Passage, Span

CHUNKING_VERSION = 1
"""An index made by another version makes its passages again."""

_MAX_ITEM_SENTENCES = 2
_MAX_GAP_TOKENS = 8  # a bullet or number; more is notation or a comment that nobody should read
_CLAUSE_ENDS = ",;:–—)]”"


def split_passages(document: Document, tokenizer: Tokenizer, *, max_tokens: int) -> list[Passage]:
    """Return the passages of *document* in reading order.

    Every character of its paragraphs, list items and table rows (header rows apart) that is not
    whitespace lies in exactly one of them. Context that takes more than half the budget is shortened:
    outer headings go first, then the introduction, then the last heading.

    Args:
        document: the document, with its blocks.
        tokenizer: counts tokens; its counts must add up over text parted at whitespace or full stops.
        max_tokens: the budget of a reading view in tokens, special tokens left out.

    Raises:
        ValueError: if *max_tokens* is below 1.
    """
    if max_tokens < 1:
        raise ValueError(f"max_tokens must be 1 or more, not {max_tokens}")
    return list(_Splitter(document, tokenizer, max_tokens).split())


@dataclass(frozen=True, slots=True)
class _Context:
    """What a passage is read with and what that costs."""

    heading_path: tuple[Span, ...]
    introduction: Span | None
    n_tokens: int = 0


class _Splitter:
    """Splits one document."""

    def __init__(self, document: Document, tokenizer: Tokenizer, max_tokens: int) -> None:
        self.document = document
        self.text = document.text
        self.tokenizer = tokenizer
        self.max_tokens = max_tokens

    def split(self) -> Iterator[Passage]:
        for path, blocks in _sections(self.document.blocks):
            for (kind, introduction), group in groupby(blocks, key=lambda block: (block.kind, block.introduction)):
                contexts = self._contexts(path, introduction)
                if kind == "table_row":
                    for row in group:
                        if not row.is_table_header:
                            yield from self._split_row(row, contexts)
                else:
                    yield from self._split_text(kind, list(group), contexts[0])

    def _contexts(self, path: tuple[Span, ...], introduction: Span | None) -> list[_Context]:
        """Return the contexts that take half the budget or less, richest first; the last is empty."""
        shortened = [_Context(path[i:], introduction) for i in range(len(path))]
        shortened += [_Context(path[-1:], None)] if path and introduction else []
        shortened += [_Context((), introduction)] if introduction and not path else []
        counted = [replace(context, n_tokens=self._count_context(context)) for context in shortened]
        fitting = [context for context in counted if context.n_tokens <= self.max_tokens // 2]
        return [*fitting, _Context((), None)]

    def _count_context(self, context: _Context) -> int:
        """Count the context of a view by building one without source text."""
        empty = Passage("", "", Span(0, 0), "paragraph", (), context.heading_path, context.introduction)
        return self._count(build_view(empty, self.text).text)

    def _split_row(self, row: Block, contexts: Sequence[_Context]) -> Iterator[Passage]:
        """Yield one passage for a table row; a row beyond the budget loses context, names, then wholeness."""
        for header in dict.fromkeys((row.header, ())):
            for context in contexts:
                passage = replace(self._passage("table_row", (row.span,), context), cells=row.cells, header=header)
                if self._count(build_view(passage, self.text).text) <= self.max_tokens:
                    yield passage
                    return
        pieces = self._split_long(row.span, self._tokens(row.span), self.max_tokens)
        for piece in pieces:
            yield self._passage("table_row", (piece,), contexts[-1])

    def _split_text(self, kind: BlockKind, blocks: Sequence[Block], context: _Context) -> Iterator[Passage]:
        capacity = self.max_tokens - context.n_tokens
        units: list[Unit] = []
        for block in blocks:
            if units:
                gap = self._count(self.text[units[-1].span.end : block.span.start].strip())
                units[-1] = replace(units[-1], ends_block=True, gap_tokens=gap if gap <= _MAX_GAP_TOKENS else capacity)
            units.extend(self._units(block, capacity))
        for packed in pack_units(units, capacity):
            yield self._passage(kind, tuple(unit.span for unit in packed), context)

    def _units(self, block: Block, capacity: int) -> Iterator[Unit]:
        """Yield the quotable units of a block: its sentences, or a short list item as a whole."""
        tokens = self._tokens(block.span)
        starts = [token.start for token in tokens]
        spans = [_shift(span, block.span.start) for span in split_sentences(block.span.text_of(self.text))]
        if block.kind == "list_item" and len(spans) <= _MAX_ITEM_SENTENCES and len(tokens) <= capacity:
            spans = [block.span]
        for span in spans:
            inside = tokens[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
            if len(inside) <= capacity:
                yield Unit(span, len(inside))
                continue
            for piece in self._split_long(span, inside, capacity):
                yield Unit(piece, self._count(piece.text_of(self.text)))

    def _split_long(self, span: Span, tokens: Sequence[Span], capacity: int) -> Iterator[Span]:
        """Yield *span* in pieces within *capacity*, cut after a clause or a word where one ends in time."""
        start, first = span.start, 0
        while first < len(tokens):
            window = capacity
            while True:
                last = self._cut(tokens, first, first + window)
                end = tokens[last].start if last < len(tokens) else span.end
                piece = _trim(self.text, start, end)
                if window == 1 or self._count(piece.text_of(self.text)) <= capacity:
                    break
                window = max(1, window // 2)
            yield piece
            start, first = end, last

    def _cut(self, tokens: Sequence[Span], first: int, limit: int) -> int:
        """Return the token before which to cut, *limit* at most, looking back over half of the window."""
        if limit >= len(tokens):
            return len(tokens)
        spaced = [i for i in range(limit, (first + limit) // 2, -1) if self.text[tokens[i].start - 1].isspace()]
        clauses = (i for i in spaced if self.text[tokens[i - 1].end - 1] in _CLAUSE_ENDS)
        return next(clauses, spaced[0] if spaced else limit)

    def _passage(self, kind: BlockKind, units: tuple[Span, ...], context: _Context) -> Passage:
        span = Span(units[0].start, units[-1].end)
        return Passage(
            id=_passage_id(self.document, span),
            document_id=self.document.id,
            span=span,
            kind=kind,
            units=units,
            heading_path=context.heading_path,
            introduction=context.introduction,
        )

    def _tokens(self, span: Span) -> list[Span]:
        """Return the tokens of *span* as spans of the document."""
        return [_shift(token, span.start) for token in self.tokenizer.token_spans(span.text_of(self.text))]

    def _count(self, text: str) -> int:
        return len(self.tokenizer.token_spans(text)) if text else 0


def _sections(blocks: Sequence[Block]) -> Iterator[tuple[tuple[Span, ...], list[Block]]]:
    """Yield the runs of blocks between headings, each with the headings above it, outermost first."""
    path: list[Block] = []
    for is_heading, run in groupby(blocks, key=lambda block: block.kind == "heading"):
        if not is_heading:
            yield tuple(heading.span for heading in path), list(run)
            continue
        for heading in run:
            level = heading.level or 1
            path = [*(above for above in path if (above.level or 1) < level), heading]


def _passage_id(document: Document, span: Span) -> str:
    identity = f"{document.id}\0{document.sha256}\0{span.start}\0{span.end}"
    return hashlib.sha256(identity.encode("utf-8")).hexdigest()[:16]


def _shift(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))
