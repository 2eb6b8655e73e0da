"""Blocks of plain text: a web page's text as it comes, with nothing marked for certain.

Lines are cut into pieces by their own marks, headings are chosen from what stands around them, and what
is left becomes paragraphs, list items and table rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitqa.corpus import shapes
from summitqa.corpus.headings import asks, choose_headings
from summitqa.corpus.introductions import find_introduction
from summitqa.corpus.pieces import Piece, cut_pieces
from summitqa.corpus.tables import build_rows
from summitqa.types import Block, Span

_TITLE_LEVEL, _SECTION_LEVEL, _MAX_LEVEL = 1, 2, 6


def find_blocks(text: str) -> list[Block]:
    """Return the blocks of a plain text in order; at least one is no heading if there is any character."""
    pieces = cut_pieces(text)
    levels = _read_levels(pieces)
    blocks: list[Block] = []
    lists = _OpenLists()
    for i, piece in enumerate(pieces):
        if i in levels:
            blocks.append(Block("heading", _heading_span(piece), level=levels[i]))
        elif piece.role == "table":
            header = piece.rows[0] if piece.has_header else ()
            blocks.extend(build_rows(piece.rows, header, find_introduction(text, blocks)))
        elif _is_item(piece):
            introduction = lists.enter(piece, find_introduction(text, blocks))
            blocks.append(Block("list_item", piece.span, introduction=introduction))
            continue
        else:
            blocks.append(Block("paragraph", _paragraph_span(piece)))
        lists = _OpenLists()
    return blocks


class _OpenLists:
    """The lists that an item may belong to, outermost first, told apart by indentation and mark."""

    def __init__(self) -> None:
        self._open: list[tuple[tuple[str, int], Span | None]] = []

    def enter(self, piece: Piece, introduction: Span | None) -> Span | None:
        """Return the introduction of the list of *piece*; *introduction* is what stands right above it.

        An item unlike those before it begins a list inside theirs, one like them goes on with theirs.
        """
        key = (piece.marker.style if piece.marker else "", piece.indent)
        known = [position for position, (other, _) in enumerate(self._open) if other == key]
        if known:
            del self._open[known[0] + 1 :]
        else:
            inherited = self._open[-1][1] if self._open else None
            self._open.append((key, introduction or inherited))
        return self._open[-1][1]


def _read_levels(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return the level of each heading: the title's, or by dots in its number, by capitals, by asking.

    Headings in title case stand below those in capitals, and questions below the section right above
    the first of them.
    """
    chosen, has_title = choose_headings(pieces)
    sections = sorted(chosen - {0}) if has_title else sorted(chosen)
    has_capitals = any(shapes.is_all_caps(pieces[i].text) for i in sections)
    questions_nest = any(not asks(pieces[i]) and i + 1 in chosen and asks(pieces[i + 1]) for i in sections)
    levels = {i: _level(pieces[i], has_capitals, questions_nest) for i in sections}
    return ({0: _TITLE_LEVEL} | levels) if has_title else levels


def _level(piece: Piece, has_capitals: bool, questions_nest: bool) -> int:
    if piece.heading_level:
        return piece.heading_level
    if piece.marker and piece.marker.style == "dotted":
        return min(_MAX_LEVEL, _SECTION_LEVEL + len(piece.marker.number) - 1)
    numbered = (piece.marker is not None and bool(piece.marker.number)) or piece.text[0].isdigit()
    is_section = numbered or shapes.is_section_label(piece.text) or shapes.is_all_caps(piece.text)
    level = _SECTION_LEVEL + (has_capitals and not is_section)
    return level + (questions_nest and asks(piece))


def _heading_span(piece: Piece) -> Span:
    """Return the heading without "#" or "Q:"; a section's number is part of its name."""
    numbered = piece.marker is not None and bool(piece.marker.number)
    return piece.whole if numbered else piece.span


def _paragraph_span(piece: Piece) -> Span:
    """Return the paragraph without "Q:" or "A:"; a number that begins no list belongs to the text."""
    dialogue = piece.marker is not None and piece.marker.style in ("question", "answer")
    return piece.span if dialogue else piece.whole


def _is_item(piece: Piece) -> bool:
    """Tell whether a piece that is no heading is a list item."""
    if piece.role == "item":
        return True
    if piece.marker is None or piece.marker.style in ("question", "answer"):
        return False
    return piece.marker.style == "bullet" or piece.marker.in_sequence or piece.marker.number == (1,)
