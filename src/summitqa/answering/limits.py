"""Limits: the rows of a table whose value lies beyond one that the question gives ("longer than ten minutes").

The value and the column's values must lie on one scale, with one unit; otherwise nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summitqa.answering.scales import order_values
from summitqa.answering.tables import RowChoice
from summitqa.types import Block, Document
from summitqa.words import content_words, fold, same_root

_NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
_MORE = "more|greater|higher|longer|larger|bigger|older|heavier|taller|deeper|later|dearer|farther|further|better"
_LESS = "less|fewer|lower|shorter|smaller|younger|lighter|cheaper|earlier|nearer|sooner"
_LIMIT = re.compile(
    rf"""\b(?:(?P<least>at\s+least|no\s+(?:less|fewer)\s+than|a\s+minimum\s+of)
      | (?P<most>at\s+most|up\s+to|no\s+(?:more|longer)\s+than|not\s+more\s+than|a\s+maximum\s+of)
      | (?P<over>(?:{_MORE})\s+than|over|above|beyond|exceed(?:s|ed|ing)?|after)
      | (?P<under>(?:{_LESS})\s+than|under|below|before))\s+(?P<value>.+?)\s*\??$""",
    re.VERBOSE,
)
_HALF = re.compile(r"^half a (million|billion|hundred|thousand|dozen)\b")
_HALVES = {"million": "500000", "billion": "500000000", "hundred": "50", "thousand": "500", "dozen": "6"}


@dataclass(frozen=True, slots=True)
class _Limit:
    value: str
    is_over: bool
    is_inclusive: bool

    def admits(self, place: float, limit: float) -> bool:
        if self.is_inclusive and place == limit:
            return True
        return place > limit if self.is_over else place < limit


def rows_beyond(question: str, document: Document, rows: Sequence[Block]) -> RowChoice | None:
    """Return the rows whose value in one column lies beyond the limit that *question* gives.

    ``None`` when it gives none, when no column, or more than one, is on its scale, and when all rows or none would do.
    """
    asked = fold(question)
    limit = _find_limit(asked)
    if limit is None:
        return None
    places = _columns_on_scale(document, rows, limit.value)
    if len(places) > 1:
        words = content_words(asked)
        named = [(c, p) for c, p in places if _is_named(document, rows[0], c, words)]
        places = named or places
    if len(places) != 1:
        return None
    bound, *values = places[0][1]
    chosen = [
        row
        for row, place in zip(rows, values, strict=True)
        if place is not None and bound is not None and limit.admits(place, bound)
    ]
    return RowChoice(tuple(chosen), tuple(row.cells[0] for row in chosen)) if 0 < len(chosen) < len(rows) else None


def _find_limit(asked: str) -> _Limit | None:
    match = _LIMIT.search(asked)
    if match is None:
        return None
    value = _HALF.sub(lambda half: _HALVES[half[1]], match["value"])
    words = [str(_NUMBERS.get(word, word)) for word in value.removeprefix("a ").split()]
    if not words or not any(character.isdigit() for character in words[0]):
        return None
    is_over = bool(match["over"] or match["least"])
    return _Limit(" ".join(words), is_over, bool(match["least"] or match["most"]))


def _columns_on_scale(document: Document, rows: Sequence[Block], value: str) -> list[tuple[int, list[float | None]]]:
    """Return the columns that *value* shares a scale with: the value's place, then those of the rows.

    Of *value*, what follows the limit in the question, as many words are taken as some column understands.
    """
    words = value.split()
    columns = range(1, min(len(row.cells) for row in rows))
    cells = {column: [row.cells[column].text_of(document.text) for row in rows] for column in columns}
    for n_words in range(min(len(words), 3), 0, -1):
        limit = " ".join(words[:n_words])
        ordered = [(column, order_values([limit, *cells[column]])) for column in columns]
        found = [(column, scale[1]) for column, scale in ordered if scale is not None]
        if found:
            return found
    return []


def _is_named(document: Document, row: Block, column: int, words: Sequence[str]) -> bool:
    named = content_words(row.header[column].text_of(document.text)) if column < len(row.header) else []
    return any(same_root(word, own) for word in words for own in named)
