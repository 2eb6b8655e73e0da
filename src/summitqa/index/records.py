"""Blocks and passages as columns of the catalog: spans become compact JSON lists of offsets.

Offsets are code points in the canonical text, two a span: ``[0,11,12,40]`` is two spans.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from summitqa.types import Block, Passage, Span

BLOCK_COLUMNS = "kind, start_char, end_char, level, introduction, cells, header"
PASSAGE_COLUMNS = "id, document_id, kind, start_char, end_char, units, heading_path, introduction, cells, header"


def encode_block(block: Block) -> tuple[Any, ...]:
    """Return the values of ``BLOCK_COLUMNS``."""
    return (
        block.kind,
        block.span.start,
        block.span.end,
        block.level,
        _encode_optional(block.introduction),
        _encode(block.cells),
        _encode(block.header),
    )


def decode_block(values: tuple[Any, ...]) -> Block:
    """Return the block whose ``BLOCK_COLUMNS`` are given; raises ``ValueError`` if they make none."""
    kind, start, end, level, introduction, cells, header = values
    return Block(kind, Span(start, end), level, _decode_optional(introduction), _decode(cells), _decode(header))


def encode_passage(passage: Passage) -> tuple[Any, ...]:
    """Return the values of ``PASSAGE_COLUMNS``."""
    return (
        passage.id,
        passage.document_id,
        passage.kind,
        passage.span.start,
        passage.span.end,
        _encode(passage.units),
        _encode(passage.heading_path),
        _encode_optional(passage.introduction),
        _encode(passage.cells),
        _encode(passage.header),
    )


def decode_passage(values: tuple[Any, ...]) -> Passage:
    """Return the passage whose ``PASSAGE_COLUMNS`` are given; raises ``ValueError`` if they make none."""
    passage_id, document_id, kind, start, end, units, heading_path, introduction, cells, header = values
    return Passage(
        id=passage_id,
        document_id=document_id,
        span=Span(start, end),
        kind=kind,
        units=_decode(units),
        heading_path=_decode(heading_path),
        introduction=_decode_optional(introduction),
        cells=_decode(cells),
        header=_decode(header),
    )


def _encode(spans: Iterable[Span]) -> str:
    return f"[{','.join(f'{span.start},{span.end}' for span in spans)}]"


def _encode_optional(span: Span | None) -> str:
    return _encode([span] if span is not None else [])


def _decode(text: str) -> tuple[Span, ...]:
    if text == "[]":  # the most frequent by far
        return ()
    offsets = json.loads(text)
    return tuple(Span(start, end) for start, end in zip(offsets[::2], offsets[1::2], strict=True))


def _decode_optional(text: str) -> Span | None:
    spans = _decode(text)
    return spans[0] if spans else None
