"""Training pairs of table rows and list items, made up from themes or taken from TAT-QA.

Windows have the shape that :func:`summitqa.reading.build_view` gives a table row and a list passage. One
made-up pair in four is a near miss: a question that its first window does not answer either.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitqa.training.fillers import Filler
from summitqa.training.lists import list_pairs
from summitqa.training.themes import DAILY
from summitqa.training.themes_public import PUBLIC
from summitqa.training.themes_services import SERVICES
from summitqa.training.windows import Pair, Window
from summitqa.training.wording import finish_question, lower_first, read_blocks

_NEAR_MISS_SHARE = 0.25
_BACKWARDS_SHARE = 0.3
_INTRODUCTIONS = (
    "The table shows the details.",
    "Here is an overview:",
    "At a glance:",
    "The figures are as follows:",
    "A summary follows.",
    "All of it in one table:",
    "Subject to change.",
    "This is how things stand:",
)
_BY_HEADER = (
    "What is listed under {h} for {k}?",
    "What does the table say under “{h}” for {k}?",
    "{k} – {h}?",
    "What is given for {k} in the column {h}?",
)
_PROSE = (
    "{k} was mentioned several times at the meeting on {date}, though nobody wished to say more.",
    "There had been talk about {k} long before the list was published, said {person}.",
    "Questions about {k} can be put to {person} until {date}.",
    "“We are glad that {k} is part of it,” said {person} of {place}.",
    "“{k}” was left out last year, and {int:2:90} letters of complaint followed.",
    "For {k}, the details below replace those of {month} {year:2008:2024}.",
)


@dataclass(frozen=True, slots=True)
class _Column:
    headers: tuple[str, ...]
    value: str
    forward: tuple[str, ...]
    backward: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Theme:
    headings: tuple[str, ...]
    key: _Column
    columns: tuple[_Column, ...]


@dataclass(frozen=True, slots=True)
class _Table:
    """A made-up table: ``rows[i][0]`` is the key of row i, ``rows[i][j]`` its cell in ``columns[j - 1]``."""

    context: str
    headers: tuple[str, ...]
    columns: tuple[_Column, ...]
    rows: tuple[tuple[str, ...], ...]
    absent: _Column
    filler: Filler
    key: _Column

    def window(self, row: int, answer: int | None = None, blank: int | None = None) -> Window:
        """Return the window of a row; column *answer* is its answer, column *blank* is left empty."""
        cells = list(self.rows[row])
        if blank is not None:
            cells[blank] = ""
        return row_window(self.context, self.headers, cells, answer)


def structure_pairs(n_tables: int, n_lists: int, tatqa: Path, rng: random.Random) -> list[Pair]:
    """Return *n_tables* made-up table pairs, *n_lists* list pairs and all fitting ones of TAT-QA."""
    themes = [theme for notation in (DAILY, PUBLIC, SERVICES) for theme in _read_themes(notation)]
    tables = [_table_pair(_make_table(rng.choice(themes), rng), rng) for _ in range(n_tables)]
    return tables + list_pairs(n_lists, rng) + list(_tatqa_pairs(tatqa))


def row_window(context: str, headers: Sequence[str], cells: Sequence[str], answer: int | None = None) -> Window:
    """Return a table row as a window of "Header: cell." sentences, with the ranges of its cells.

    An empty cell is left out with its header; *answer* is the position of the cell that answers.
    """
    text, ranges, found = "", [], None
    for position, (header, cell) in enumerate(zip(headers, cells, strict=True)):
        if not cell:
            continue
        text += (" " if text else "") + (f"{header}: " if header else "")
        ranges.append((len(text), len(text) + len(cell)))
        if position == answer:
            found = ranges[-1]
        text += f"{cell}."
    return Window(context, text, found, tuple(ranges))


def _read_themes(notation: str) -> list[_Theme]:
    themes = []
    for block in read_blocks(notation):
        headings: tuple[str, ...] = ()
        columns: list[_Column] = []
        for mark, rest in block:
            if mark == "=":
                headings = tuple(rest.split(" | "))
            elif mark in "@+":
                names, value = rest.split(" : ", 1)
                columns.append(_Column(tuple(names.split(" | ")), value, (), ()))
            else:
                last, asked = columns[-1], tuple(rest.split(" | "))
                forward = last.forward + (asked if mark == "?" else ())
                backward = last.backward + (asked if mark == "<" else ())
                columns[-1] = _Column(last.headers, last.value, forward, backward)
        themes.append(_Theme(headings, columns[0], tuple(columns[1:])))
    return themes


def _make_table(theme: _Theme, rng: random.Random) -> _Table:
    """Make a table of two to four of the theme's value columns, one other column being held back."""
    filler = Filler(rng)
    columns = rng.sample(theme.columns, len(theme.columns))
    absent, shown = columns[0], tuple(columns[1 : 1 + rng.randint(2, 4)])
    keys = _distinct(theme.key.value, rng.randint(4, 9), filler)
    rows = tuple((key, *(filler.fill(column.value) for column in shown)) for key in keys)
    key_header = "" if rng.random() < 0.08 else rng.choice(theme.key.headers)
    headers = (key_header, *(rng.choice(column.headers) for column in shown))
    return _Table(_context(theme, filler), headers, shown, rows, absent, filler, theme.key)


def _distinct(template: str, n_values: int, filler: Filler, taken: Sequence[str] = ()) -> list[str]:
    """Return up to *n_values* different values of *template*, none of them *taken*."""
    values: dict[str, None] = {}
    for _ in range(n_values * 8):
        value = filler.fill(template)
        if value not in taken:
            values[value] = None
        if len(values) == n_values:
            break
    return list(values)


def _context(theme: _Theme, filler: Filler) -> str:
    rng = filler.rng
    lines = []
    if rng.random() < 0.7:
        heading = filler.fill(rng.choice(theme.headings))
        lines.append(f"{filler.fill('{place}')} › {heading}" if rng.random() < 0.25 else heading)
    if rng.random() < 0.3:
        lines.append(rng.choice(_INTRODUCTIONS))
    return "".join(f"{line}\n" for line in lines)


def _table_pair(table: _Table, rng: random.Random) -> Pair:
    if rng.random() < _NEAR_MISS_SHARE:
        return _near_miss(table, rng)
    row = rng.randrange(len(table.rows))
    column = rng.randrange(1, len(table.headers))
    key, value = table.rows[row][0], table.rows[row][column]
    is_unique = sum(other[column] == value for other in table.rows) == 1
    if table.columns[column - 1].backward and is_unique and rng.random() < _BACKWARDS_SHARE:
        question, answer = _ask_key(table, column, key, value), 0
    else:
        question, answer = _ask_value(table, table.columns[column - 1], table.headers[column], key), column
    window = table.window(row, answer)
    return Pair("synthetic_tables", question, window, _negative(table, row, rng), (table.rows[row][answer],))


def _near_miss(table: _Table, rng: random.Random) -> Pair:
    """Ask for a column that the table or the row lacks, for a row it lacks, or by a value it lacks."""
    row, column = rng.randrange(len(table.rows)), rng.randrange(1, len(table.headers))
    key, asked, header = table.rows[row][0], table.columns[column - 1], table.headers[column]
    window, chance = table.window(row), rng.random()
    other_key = _other_key(table, key)
    other_values = _distinct(asked.value, 1, table.filler, [cells[column] for cells in table.rows])
    if chance < 0.25 and asked.backward and other_values:
        question = _ask_key(table, column, key, other_values[0])
    elif chance < 0.5 and other_key:
        question = _ask_value(table, asked, header, other_key)
    elif chance < 0.65:
        question, window = _ask_value(table, asked, header, key), table.window(row, blank=column)
    else:
        question = _ask_value(table, table.absent, rng.choice(table.absent.headers), key)
    return Pair("synthetic_tables", question, window, _negative(table, row, rng), ())


def _other_key(table: _Table, key: str) -> str | None:
    """Return a key that the table lacks; half of them share all but the last word with *key*."""
    taken = {row[0] for row in table.rows}
    others = _distinct(table.key.value, 1, table.filler, sorted(taken))
    if not others:
        return None
    ours, theirs = key.split(), others[0].split()
    alike = " ".join([*ours[:-1], theirs[-1]])
    if len(ours) == len(theirs) and alike not in taken and table.filler.rng.random() < 0.5:
        return alike
    return others[0]


def _ask_value(table: _Table, column: _Column, header: str, key: str) -> str:
    """Ask for a cell of the row *key*; now and then by its header, or with a person's surname only."""
    rng = table.filler.rng
    questions = _BY_HEADER if rng.random() < 0.06 else column.forward
    surname = key.rsplit(maxsplit=1)[-1]
    bearers = [row[0] for row in table.rows if surname in row[0]]
    if table.key.value == "{person}" and rng.random() < 0.2 and bearers == [key]:
        key = surname
    return _wording(table, questions, {"k": key, "kl": lower_first(key), "h": lower_first(header)})


def _ask_key(table: _Table, column: int, key: str, value: str) -> str:
    parts = {"k": key, "v": value, "vl": lower_first(value)}
    return _wording(table, table.columns[column - 1].backward, parts)


def _wording(table: _Table, questions: Sequence[str], parts: dict[str, str]) -> str:
    question = table.filler.choose(table.filler.rng.choice(questions))
    return finish_question(question, {**parts, "a": "a"}, table.filler.rng)


def _negative(table: _Table, row: int, rng: random.Random) -> Window:
    """Return another row of the table or, one time in six, a sentence about the row's key."""
    if rng.random() < 1 / 6:
        text = table.filler.fill(rng.choice(_PROSE).replace("{k}", table.rows[row][0]))
        return Window(table.context, text[0].upper() + text[1:], None)
    return table.window(rng.choice([other for other in range(len(table.rows)) if other != row]))


def _tatqa_pairs(path: Path) -> Iterator[Pair]:
    """Yield a pair for each question of TAT-QA whose answer is exactly one cell of its table."""
    for entry in json.loads(path.read_text(encoding="utf-8")):
        rows = [[" ".join(cell.split()) for cell in row] for row in entry["table"]["table"]]
        n_heads = next((i for i, row in enumerate(rows) if i and row[0] and any(row[1:])), len(rows))
        headers, context = _heads(rows[:n_heads])
        body = [row for row in rows[n_heads:] if row[0] and any(row[1:])]
        for question in entry["questions"]:
            pair = _tatqa_pair(question, body, headers, context)
            if pair is not None:
                yield pair


def _heads(rows: Sequence[Sequence[str]]) -> tuple[list[str], str]:
    """Join the header rows of each column; a row with a single cell over all columns becomes context."""
    names: list[list[str]] = [[] for _ in rows[0]]
    context = ""
    for row in rows:
        filled = [cell for cell in row[1:] if cell]
        if len(filled) == 1 and len(row) > 2:
            context += f"{filled[0]}\n"
            continue
        last = ""
        for position, cell in enumerate(row):
            last = cell or (last if position > 1 else "")
            if last and last not in names[position]:
                names[position].append(last)
    return [" ".join(parts) for parts in names], context


def _tatqa_pair(
    question: dict[str, Any], body: Sequence[Sequence[str]], headers: Sequence[str], context: str
) -> Pair | None:
    answers = question["answer"]
    if question["answer_type"] != "span" or question["answer_from"] == "text" or question["req_comparison"]:
        return None
    if not isinstance(answers, list) or len(answers) != 1:
        return None
    wanted = _bare(answers[0])
    hits = [
        (r, c) for r, row in enumerate(body) for c, cell in enumerate(row) if c and wanted and _bare(cell) == wanted
    ]
    others = [r for r in range(len(body)) if hits and r != hits[0][0]]
    if len(hits) != 1 or not others or not headers[hits[0][1]]:
        return None
    row, column = hits[0]
    nearest = min(others, key=lambda other: abs(other - row))
    first, second = (row_window(context, headers, body[r], c) for r, c in ((row, column), (nearest, None)))
    return Pair("tatqa_tables", question["question"], first, second, (answers[0], body[row][column]))


def _bare(cell: str) -> str:
    return re.sub(r"[\s$€£]", "", cell).casefold()
