"""Wholes: what a question asks of a whole list or table, which no single item or row can tell.

The most likely, the cheapest: the rows at the extreme of an ordered column. All the members, every extra: the whole
list or table. The reader sees one item or row at a time and finds little in each, so the choice is made here, by the
words around the list or table: its headings, its introduction, its column names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summitqa.answering.limits import rows_beyond
from summitqa.answering.lists import items_around
from summitqa.answering.material import Material, words_of
from summitqa.answering.tables import RowChoice, extreme_rows, is_superlative, table_rows
from summitqa.types import Block, Document, Passage, Reading
from summitqa.words import content_words, fold, same_root

_COUNT = "two|three|four|five|six|seven|eight|nine|ten"
_ASKS_FOR_ALL = re.compile(
    rf"""\b(?:list | all | every | everything | everyone | everybody | each | complete | full\s+list
      | (?:what|which)\s+(?:are|were)\s+(?:the|all|his|her|its|their|our|your)\s+(?:\w+\s+)?\w+s
      | (?:what|which|the|name)\s+(?:{_COUNT})\s+\w+ )\b""",
    re.VERBOSE,
)
_ASKING = frozenset(
    "list name give show tell full complete point item thing entry part element everyone everything".split()
)
"""Words that ask for a list rather than say what is in it."""

SHARE_AROUND = 0.8
"""Share of the question's words that must stand around a list or table for the whole of it to be meant."""

EXTREME_SHARE = 0.5
"""The same for an extreme, whose column is named besides."""


@dataclass(frozen=True, slots=True)
class WholeChoice:
    """Parts of one list or table that answer together.

    Attributes:
        reading: the best reading among them.
        choice: the parts, and their exact answers where they are known.
    """

    reading: Reading
    choice: RowChoice


def choose_by_order(material: Material) -> WholeChoice | None:
    """Return the rows at the extreme or beyond the limit the question names, of the best-read table it is about."""
    for reading in material.readings:
        passage = material.passage_of(reading)
        if passage.kind != "table_row":
            continue
        document = material.source_of(reading)
        rows = table_rows(document, passage.header)
        choice = _by_order(material.question, document, rows) if len(rows) > 1 else None
        if choice is not None and _share_around(material, passage, document) >= EXTREME_SHARE:
            return WholeChoice(reading, choice)
    return None


def _by_order(question: str, document: Document, rows: Sequence[Block]) -> RowChoice | None:
    return extreme_rows(question, document, rows) or rows_beyond(question, document, rows)


def choose_all(material: Material) -> WholeChoice | None:
    """Return every item or row of the list or table that a question for all of them is about."""
    if not _ASKS_FOR_ALL.search(fold(material.question)):
        return None
    choices = [
        (_share_around(material, material.passage_of(reading), material.source_of(reading)), reading, parts)
        for reading, parts in _wholes(material)
        if len(parts) > 1
    ]
    share, reading, parts = max(choices, key=lambda choice: choice[0], default=(0.0, None, []))
    if reading is None or share < SHARE_AROUND:
        return None
    return WholeChoice(reading, RowChoice(tuple(parts), (None,) * len(parts)))


def _wholes(material: Material) -> Iterator[tuple[Reading, Sequence[Block]]]:
    """Yield each list and table that was read from, with its best reading and all of its parts."""
    seen: set[Block] = set()
    for reading in material.readings:
        passage, document = material.passage_of(reading), material.source_of(reading)
        if passage.kind == "table_row":
            parts = table_rows(document, passage.header)
        elif passage.kind == "list_item":
            parts = items_around(document, reading.unit)
        else:
            continue
        if parts and parts[0] not in seen:
            seen.add(parts[0])
            yield reading, parts


def _share_around(material: Material, passage: Passage, document: Document) -> float:
    """Return the share of the question's words that stand in headings, introduction, header and title."""
    spans = [*passage.heading_path, *passage.header, *([passage.introduction] if passage.introduction else [])]
    around = {word for span in spans for word in words_of(document, span)} | set(content_words(document.title))
    asked = [
        word
        for word in dict.fromkeys(content_words(material.question))
        if not is_superlative(word) and not any(same_root(word, other) for other in _ASKING)
    ]
    return sum(any(same_root(word, own) for own in around) for word in asked) / len(asked) if asked else 0.0
