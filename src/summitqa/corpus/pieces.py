"""Cutting a plain text into pieces by what lines show by themselves: marks, rules, pipes, wrapping.

A piece becomes a heading or a block of text later, when its neighbours are known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summitqa.corpus.lines import Line, split_lines
from summitqa.corpus.markers import Marker, find_markers, is_detached_marker
from summitqa.corpus.tables import is_rule, match_table
from summitqa.corpus.wrapping import find_continuations
from summitqa.types import Span

PieceRole = Literal["text", "item", "table"]

_RULE = re.compile(r"([-=*_~#–—─━═])(?:\s?\1){2,}")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"=+|-+|~+|─+|═+|—+|–+|_+")
_MAX_UNDERLINED = 100


@dataclass(frozen=True, slots=True)
class Piece:
    """One or more lines that belong together.

    Attributes:
        role: a table, an item below a bullet that stands alone, or text (with or without a mark).
        whole: its characters, mark included.
        span: its characters without the mark.
        text: the characters of ``span``.
        gap: whether a blank line stands above it.
        indent: characters of whitespace before its first line.
        n_lines: how many lines it takes.
        marker: the mark at its start.
        heading_level: 1 or more if it is marked as a heading: by "#", or by a rule below it.
        rows: for a table, the cells of each row.
        has_header: for a table, whether the first row names the columns.
    """

    role: PieceRole
    whole: Span
    span: Span
    text: str
    gap: bool
    indent: int = 0
    n_lines: int = 1
    marker: Marker | None = None
    heading_level: int = 0
    rows: tuple[tuple[Span, ...], ...] = ()
    has_header: bool = False


def cut_pieces(text: str) -> list[Piece]:
    """Return the pieces of a plain text, in order. Rules and lone bullets are in none of them."""
    lines = split_lines(text)
    return _Cutter(text, lines).cut()


class _Cutter:
    """Walks over the lines once."""

    def __init__(self, text: str, lines: Sequence[Line]) -> None:
        self.text = text
        self.lines = lines
        self.markers = find_markers(lines)
        self.rules = {i for i, line in enumerate(lines) if _RULE.fullmatch(line.text) or is_rule(line)}
        self.detached = {i for i, line in enumerate(lines) if is_detached_marker(line.text)}
        self.tables = self._find_tables()
        rows = {i for start, (n, _, _) in self.tables.items() for i in range(start, start + n)}
        hashes = {i for i, line in enumerate(lines) if _HASHES.match(line.text)}
        self.continuations = find_continuations(
            lines, openers=self.markers.keys(), closed=self.rules | self.detached | rows | hashes
        )
        self.pieces: list[Piece] = []

    def cut(self) -> list[Piece]:
        position = 0
        gap = True
        while position < len(self.lines):
            line = self.lines[position]
            if line.is_blank:
                position, gap = position + 1, True
                continue
            if position in self.rules:
                self._underline(position)
                position, gap = position + 1, True
                continue
            if position in self.detached and line.text[-1] not in ".)" and self._below_bullet(position) is None:
                position += 1
            elif position in self.tables:
                position = self._add_table(position, gap)
            elif position in self.detached and (below := self._below_bullet(position)) is not None:
                position = self._add_text(below, gap, "item")
            else:
                position = self._add_text(position, gap, "text")
            gap = False
        return self.pieces

    def _find_tables(self) -> dict[int, tuple[int, list[tuple[Span, ...]], bool]]:
        tables = {}
        position = 0
        while position < len(self.lines):
            n_lines = 0
            if not (position in self.markers or position in self.rules or position in self.detached):
                match = match_table(self.text, self.lines, position)
                n_lines = match[0]
                if n_lines:
                    tables[position] = match
            position += max(1, n_lines)
        return tables

    def _below_bullet(self, position: int) -> int | None:
        """Return the line that a bullet alone on its line belongs to, one blank line allowed between."""
        below = position + 1
        if below < len(self.lines) and self.lines[below].is_blank:
            below += 1
        usable = below < len(self.lines) and not self.lines[below].is_blank
        return below if usable and not (below in self.detached or below in self.rules or below in self.tables) else None

    def _add_text(self, position: int, gap: bool, role: PieceRole) -> int:
        end = position + 1
        while end in self.continuations:
            end += 1
        line = self.lines[position]
        whole = Span(line.span.start, self.lines[end - 1].span.end)
        marker = self.markers.get(position)
        hashes = _HASHES.match(line.text) if role == "text" else None
        mark_length = len(hashes.group()) if hashes else marker.length if marker else 0
        span = Span(whole.start + mark_length, whole.end)
        level = len(hashes[1]) if hashes else 0
        self.pieces.append(
            Piece(role, whole, span, span.text_of(self.text), gap, line.indent, end - position, marker, level)
        )
        return end

    def _add_table(self, position: int, gap: bool) -> int:
        n_lines, rows, has_header = self.tables[position]
        whole = Span(self.lines[position].span.start, self.lines[position + n_lines - 1].span.end)
        self.pieces.append(
            Piece("table", whole, whole, "", gap, n_lines=n_lines, rows=tuple(rows), has_header=has_header)
        )
        return position + n_lines

    def _underline(self, position: int) -> None:
        """Mark the piece above as a heading if the rule on this line is drawn under it."""
        if not self.pieces or self.lines[position - 1].is_blank:
            return
        above, rule = self.pieces[-1], self.lines[position].text
        level = 1 if rule[0] in "=═" else 2
        fits = 0.5 * len(above.text) <= len(rule) <= len(above.text) + 10 and len(above.text) <= _MAX_UNDERLINED
        single = above.role == "text" and above.n_lines == 1 and above.whole.end == self.lines[position - 1].span.end
        sentence = level == 2 and above.text.endswith(".")  # dashes part paragraphs as often as they underline
        if fits and single and above.gap and not sentence and _UNDERLINE.fullmatch(rule):
            self.pieces[-1] = replace(above, heading_level=level)
