"""Table rows in pipe and tab notation: where rows are, their cells, and which row is the header.

Shared by the formats; a row's span runs from its first to its last filled cell, so that no outer pipe
is quoted. Knows nothing of paragraphs, lists or headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitqa.corpus.lines import Line, trim
from summitqa.types import Block, Span

_PIPE = re.compile(r"(?<!\\)[|│┃]")
_TAB = re.compile(r"\t")
_RULE = re.compile(r"[\s|│┃:+=\-–—_─━═┼╪╋├┤┌┐└┘┬┴╞╡╔╗╚╝╠╣╦╩╬║]+")
_RULE_STROKE = re.compile(r"[-=–—_─━═]")
_PERIOD = re.compile(r"\b(?:FY ?)?(?:19|20)\d\d\b|\b[QH][1-4]\b")
_MAX_HEADER_CELL = 60


def is_rule(line: Line) -> bool:
    """Tell whether *line* only separates table rows: dashes, pipes, colons, box lines."""
    return len(line.text) >= 3 and bool(_RULE.fullmatch(line.text)) and bool(_RULE_STROKE.search(line.text))


def split_cells(text: str, row: Span, separator: re.Pattern[str] = _PIPE) -> tuple[Span, ...]:
    """Return the trimmed cells of a row, outer pipes left out; an empty cell is an empty span."""
    bounds = [match.span() for match in separator.finditer(text, row.start, row.end)]
    starts = [row.start, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), row.end]
    cells = [trim(text, start, end) for start, end in zip(starts, ends, strict=True)]
    if separator is _PIPE and len(cells) > 1:
        cells = cells[1:] if not len(cells[0]) and bounds[0][0] == row.start else cells
        cells = cells[:-1] if not len(cells[-1]) and bounds[-1][1] == row.end else cells
    return tuple(cells)


def row_span(cells: Sequence[Span]) -> Span | None:
    """Return the span from the first to the last filled cell, ``None`` if all are empty."""
    filled = [cell for cell in cells if len(cell)]
    return Span(filled[0].start, filled[-1].end) if filled else None


def build_rows(
    rows: Sequence[tuple[Span, ...]], header: tuple[Span, ...], introduction: Span | None = None
) -> list[Block]:
    """Return a block for each row that has a filled cell, the header row among them if it is one of *rows*.

    A header without any other row is an ordinary row: a table always keeps something to quote.
    """
    if sum(1 for cells in rows if row_span(cells)) < 2:
        header = ()
    spans = [(cells, row_span(cells)) for cells in rows]
    return [
        Block("table_row", span, introduction=introduction, cells=cells, header=header) for cells, span in spans if span
    ]


def match_table(text: str, lines: Sequence[Line], start: int) -> tuple[int, list[tuple[Span, ...]], bool]:
    """Recognise a table in plain text from line *start* on.

    A table is two or more lines in a row with the same number of pipes (two at least; a single pipe
    needs three lines or a rule) or of tabs.

    Returns:
        How many lines it takes (0 for no table), the cells of its rows, and whether the first row is
        the header.
    """
    for separator, least in ((_PIPE, 2), (_TAB, 1)):
        n_separators = len(separator.findall(lines[start].text))
        if n_separators == 0:
            continue
        n_lines, rows, ruled = _collect(text, lines, start, separator)
        enough = 2 if n_separators >= least else 3
        if len(rows) >= enough or (ruled and rows):
            return n_lines, rows, ruled or _looks_like_header(text, rows)
    return 0, [], False


def _collect(
    text: str, lines: Sequence[Line], start: int, separator: re.Pattern[str]
) -> tuple[int, list[tuple[Span, ...]], bool]:
    """Take lines while they have as many cells as the first; tell also whether a rule follows the first."""
    rows: list[tuple[Span, ...]] = []
    ruled = False
    position = start
    while position < len(lines) and not (line := lines[position]).is_blank:
        if is_rule(line) and rows:
            ruled = ruled or len(rows) == 1
        else:
            cells = split_cells(text, line.span, separator)
            if len(cells) < 2 or (rows and len(cells) != len(rows[0]) and not ruled):
                break
            rows.append(cells)
        position += 1
    return position - start, rows, ruled


def _looks_like_header(text: str, rows: Sequence[tuple[Span, ...]]) -> bool:
    """Tell whether the first of several unruled rows names the columns: short cells without figures.

    Needs a third row or figures below, for a row taken for a header by mistake is never quoted.
    """
    first = [cell.text_of(text) for cell in rows[0]]
    if not all(first[1:]) or any(len(cell) > _MAX_HEADER_CELL or _has_figures(cell) for cell in first):
        return False
    below = (cell.text_of(text) for cells in rows[1:] for cell in cells)
    return len(rows) >= 3 or any(_has_figures(cell) for cell in below)


def _has_figures(cell: str) -> bool:
    return any(character.isdigit() for character in _PERIOD.sub("", cell))
