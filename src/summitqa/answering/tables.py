"""Tables: which rows of a table a question asks for, by key, by value or by extreme.

Works on the blocks of a document, so the whole table is looked at even when only one of its rows was read.
Spans only; nothing is searched for in text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summitqa.answering.scales import Scale, order_values
from summitqa.types import Block, Document, Span
from summitqa.words import content_words, fold, same_root, split_words

_MOST = re.compile(
    r"\b(most|highest|largest|biggest|greatest|maximum|max|top|longest|tallest|heaviest|strongest|dearest|costliest|"
    r"priciest|latest|oldest|newest|youngest|fastest|quickest|slowest|farthest|furthest|hottest|warmest|deepest|"
    r"best|worst|widest|busiest)\b"
)
_LEAST = re.compile(
    r"\b(least|fewest|lowest|slimmest|poorest|smallest|minimum|min|shortest|lightest|weakest|cheapest|earliest|soonest|nearest|"
    r"closest|coldest|coolest|easiest|hardest)\b"
)
_MONEY = "price cost fee fare rate amount charge rent salary tariff premium"
_TIME = "time duration length days hours minutes weeks months years"
_HINTS: dict[str, str] = {
    **dict.fromkeys(("cheapest", "expensive", "dearest", "costliest", "priciest", "costly", "money"), _MONEY),
    **dict.fromkeys(("longest", "shortest"), f"{_TIME} distance route height"),
    **dict.fromkeys(("fastest", "slowest", "quickest"), f"{_TIME} speed pace finish"),
    **dict.fromkeys(
        ("earliest", "latest", "soonest", "first", "last"),
        "date time day departs departure arrives arrival starts start",
    ),
    **dict.fromkeys(("oldest", "youngest", "newest"), "age year founded built opened born"),
    **dict.fromkeys(("heaviest", "lightest"), "weight mass load"),
    **dict.fromkeys(("tallest",), "height"),
    **dict.fromkeys(("hottest", "warmest", "coldest", "coolest"), "temperature high low degrees"),
    **dict.fromkeys(("farthest", "furthest", "nearest", "closest"), "distance"),
    **dict.fromkeys(
        ("likely", "probable", "unlikely", "odds", "chance", "chances", "likelihood", "probability"),
        "likelihood probability chance odds likely prospects",
    ),
    **dict.fromkeys(("easiest", "hardest"), "difficulty grade level"),
    **dict.fromkeys(("deepest",), "depth"),
    **dict.fromkeys(("widest",), "width"),
}
_TURNED = frozenset(("unlikely", "hardest", "worst"))
"""Words that turn the direction: most *unlikely* is least likely, and the *hardest* has the most difficulty."""

_ASKS_HOW = re.compile(r"^(?:how|at what|by how)\b")
_ASKS_WHAT = re.compile(r"^what(?:'s| is| was| are| were) the\b")

_IN_ORDER = re.compile(r"\b(first|last)\b(?=\s*\??$| to )")
"""Who leaves *first*, who was the *last* to arrive; not the *first meeting*."""

_NO_EXTREME = re.compile(r"\bat (?:most|least|best|worst)\b|\b(?:a|an|with) (?:min|max)(?:imum)?\b")
"""Superlatives that ask for no extreme: *at least*, *a minimum term of*."""

Direction = Literal["most", "least"]


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Rows of a table, or items of a list, that answer together.

    Attributes:
        rows: in the order of the table.
        answers: the cell of each row that is its exact answer, ``None`` where the reader's own span is as good.
    """

    rows: tuple[Block, ...]
    answers: tuple[Span | None, ...]


def is_superlative(word: str) -> bool:
    """Tell whether a folded word is one that asks for an extreme."""
    return _MOST.fullmatch(word) is not None or _LEAST.fullmatch(word) is not None


def table_rows(document: Document, header: Sequence[Span]) -> list[Block]:
    """Return the rows under *header*, the header row left out."""
    return [b for b in document.blocks if b.header == tuple(header) and not b.is_table_header and b.cells]


def choose_rows(question: str, document: Document, unit: Span, header: Sequence[Span]) -> RowChoice | None:
    """Return the rows that *question* asks for, given the row that was found best; ``None`` for that row alone.

    In this order: the rows at the extreme of an ordered column that a superlative names; the rows named by their key;
    the rows that share the cell value the question mentions.
    """
    rows = table_rows(document, header)
    own = next((row for row in rows if unit in row.span), None)
    if own is None or len(rows) < 2:
        return None
    return extreme_rows(question, document, rows) or _named_or_sharing(question, document, rows, own)


def extreme_rows(question: str, document: Document, rows: Sequence[Block]) -> RowChoice | None:
    """Return the rows at the end of the column that a superlative in *question* names.

    ``None`` when there is no superlative, no column that it clearly names, or a column whose order cannot be read from
    its values: then the conclusion is left to the person who reads the rows.
    """
    asked = fold(question)
    direction = _direction(asked)
    if direction is None:
        return None
    column = _column_named(asked, document, rows)
    if column is None:
        return None
    ordered = _places(document, rows, column)
    if ordered is None:
        return None
    scale, places = ordered
    known = [place for place in places if place is not None]
    wanted = max(known) if _upwards(asked, direction, scale) else min(known)
    chosen = [row for row, place in zip(rows, places, strict=True) if place == wanted]
    named = content_words(rows[0].header[column].text_of(document.text))
    cell = column if _asks_for_value(asked, named) else 0
    answers = tuple(row.cells[cell] if len(row.cells[cell]) else None for row in chosen)
    return RowChoice(tuple(chosen), answers)


def _asks_for_value(asked: str, column: Sequence[str]) -> bool:
    """Tell whether the extreme itself is wanted ("what is the lowest fare"), not what has it ("the cheapest ferry")."""
    if _ASKS_HOW.match(asked):
        return True
    words = split_words(asked)
    last = max(map(words.index, filter(is_superlative, words)), default=0)
    after = [word for word in words[last + 1 :] if word not in _HINTS]
    return bool(_ASKS_WHAT.match(asked) and after and any(same_root(after[0], own) for own in column))


def _direction(asked: str) -> Direction | None:
    """Return the way the question's superlative points; ``None`` for none, or for two that point apart."""
    if order := _IN_ORDER.search(asked):
        return "least" if order[1] == "first" else "most"
    most, least = _MOST.search(asked), _LEAST.search(asked)
    if (most is None) == (least is None) or _NO_EXTREME.search(asked):
        return None
    return "most" if most else "least"


def _upwards(asked: str, direction: Direction, scale: Scale) -> bool:
    """Tell whether the largest value is wanted: the *fastest* has the shortest time, the *oldest* the earliest date."""
    words = set(split_words(asked))
    turned = bool(words & _TURNED)
    if scale == "duration":
        turned ^= bool(words & {"fastest", "quickest"})
    elif scale == "date":
        turned ^= "oldest" in words
    else:
        turned ^= bool(words & {"slowest", "youngest"})
    return (direction == "most") != turned


def _column_named(asked: str, document: Document, rows: Sequence[Block]) -> int | None:
    """Return the one ordered column that the question's words, or its superlative, name best."""
    words = [word for word in content_words(asked) if not is_superlative(word)]
    hints = {hint for word in split_words(asked) for hint in _HINTS.get(word, "").split()}
    scores: dict[int, int] = {}
    for column, name in enumerate(rows[0].header[1:], start=1):
        named = content_words(name.text_of(document.text))
        score = sum(any(same_root(word, own) for own in named) for word in dict.fromkeys(words))
        score += 2 * any(same_root(hint, own) for hint in hints for own in named)
        score += 2 * any(is_superlative(own) and own in asked.split() for own in named)
        if score and _places(document, rows, column) is not None:
            scores[column] = score
    best = max(scores.values(), default=0)
    columns = [column for column, score in scores.items() if score == best]
    return columns[0] if len(columns) == 1 else None


def _places(document: Document, rows: Sequence[Block], column: int) -> tuple[Scale, list[float | None]] | None:
    if any(len(row.cells) <= column for row in rows):
        return None
    return order_values([row.cells[column].text_of(document.text) for row in rows])


def _named_or_sharing(question: str, document: Document, rows: Sequence[Block], own: Block) -> RowChoice | None:
    asked = set(content_words(question))
    keys = [content_words(row.cells[0].text_of(document.text)) for row in rows]
    named = [row for row, key in zip(rows, keys, strict=True) if key and _n_mentioned(key, asked) == len(key)]
    if named:
        return _choice(_most_specific(named, rows, keys)) if own in named else None
    for column, cell in enumerate(own.cells[1:], start=1):
        value = content_words(cell.text_of(document.text))
        if value and len(value) <= 3 and _n_mentioned(value, asked) == len(value):
            sharing = [r for r in rows if len(r.cells) > column and _value(document, r, column) == value]
            return _choice(_told_apart(question, document, sharing, column))
    return None


def _told_apart(question: str, document: Document, rows: Sequence[Block], column: int) -> Sequence[Block]:
    """Return those of *rows* whose value *question* says in full, all if it says none.

    A word belongs to the longest value that it is part of: "a very low chance" says "Very low" and not "Low".
    """
    asked: list[str] = split_words(question)
    values = [tuple(split_words(row.cells[column].text_of(document.text))) for row in rows]
    said: set[tuple[str, ...]] = set()
    for value in sorted(set(values), key=len, reverse=True):
        for first in range(len(asked) - len(value) + 1):
            place = slice(first, first + len(value))
            if all(same_root(own, word) for own, word in zip(value, asked[place], strict=True)):
                said.add(value)
                asked[place] = [""] * len(value)
    return [row for row, value in zip(rows, values, strict=True) if value in said] or rows


def _choice(rows: Sequence[Block]) -> RowChoice:
    return RowChoice(tuple(rows), (None,) * len(rows))


def _value(document: Document, row: Block, column: int) -> list[str]:
    return content_words(row.cells[column].text_of(document.text))


def _most_specific(named: Sequence[Block], rows: Sequence[Block], keys: Sequence[Sequence[str]]) -> list[Block]:
    """Drop a named row whose key is a part of another named row's key: "Plus" names "Breeze Plus", not "Breeze"."""
    of_row = {row.span: key for row, key in zip(rows, keys, strict=True)}

    def is_part(row: Block) -> bool:
        own = of_row[row.span]
        others = [of_row[other.span] for other in named if other is not row]
        return any(len(other) > len(own) and _n_mentioned(own, set(other)) == len(own) for other in others)

    return [row for row in named if not is_part(row)]


def _n_mentioned(words: Sequence[str], asked: set[str]) -> int:
    return sum(any(same_root(word, own) for own in asked) for word in words)
