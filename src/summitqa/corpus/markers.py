"""Marks at the start of plain lines: bullets, numbers, letters, and "Q:" and "A:".

Says what a mark is and whether it stands in a sequence; whether "3. Cancellation" is a heading or an
item is decided elsewhere, from what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summitqa.corpus.lines import Line

MarkerStyle = Literal["bullet", "number", "dotted", "letter", "roman", "question", "answer"]

_GLYPHS = "•‣▪▫●○◦■□◆◇►▶➢➤✓✔✗⁃∙"
_DETACHED = re.compile(rf"[-–—*·{_GLYPHS}]|\(?\d{{1,3}}[.)]")
_BULLET = re.compile(rf"(?:[-–*·+]\s+|o(?:\s{{2,}}|\t)|[{_GLYPHS}]\s*)(?=\S)")
_QUESTION = re.compile(r"(?:Q|Question)\s?\d{0,3}\s?[:.)]\s*(?=\S)")
_ANSWER = re.compile(r"(?:A|Answer)\s?\d{0,3}\s?[:.)]\s*(?=\S)")
_DOTTED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,4})\.?\s+(?=[\"“‘'(]?[^\W\d_])")
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s+(?=\S)")
_ROMAN = re.compile(r"\(?([ivx]{1,5}|[IVX]{1,5})[.)]\s+(?=\S)")
_LETTER = re.compile(r"\(?([A-Za-z])[.)]\s+(?=\S)")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}


@dataclass(frozen=True, slots=True)
class Marker:
    """A mark at the start of a line.

    Attributes:
        style: what it looks like.
        length: characters up to the text behind it.
        number: its place in a sequence, one number a level; empty for a bullet.
        in_sequence: whether the document holds the number before or after it, or its parent.
    """

    style: MarkerStyle
    length: int
    number: tuple[int, ...] = ()
    in_sequence: bool = False

    def precedes(self, other: Marker) -> bool:
        """Tell whether *other* is the next of the same sequence: "2." after "1.", "b)" after "a)"."""
        return (
            self.style == other.style
            and len(self.number) == len(other.number) > 0
            and self.number[:-1] == other.number[:-1]
            and self.number[-1] + 1 == other.number[-1]
        )


def is_detached_marker(text: str) -> bool:
    """Tell whether a whole line is a bullet or number that stands above its text."""
    return bool(_DETACHED.fullmatch(text))


def find_markers(lines: Sequence[Line]) -> dict[int, Marker]:
    """Return the mark of each line that has one, by line number.

    "Q:" and "A:" count where a line asks; a letter or Roman numeral only in a sequence, for "A. Smith"
    is a name; "3.5 million" is no section.
    """
    readings = {i: found for i, line in enumerate(lines) if (found := list(_read(line.text)))}
    sequenced = _in_sequence(readings)
    has_questions = any(marker.style == "question" for found in readings.values() for marker in found)
    markers = {}
    for i, found in readings.items():
        for marker in found:
            in_sequence = (i, marker.style) in sequenced
            if (
                marker.style in ("bullet", "number", "question")
                or in_sequence
                or (marker.style == "answer" and has_questions)
            ):
                markers[i] = replace(marker, in_sequence=in_sequence)
                break
    return markers


def _read(text: str) -> Iterator[Marker]:
    """Yield what the start of a line may be, likeliest first; several for "I." (Roman, or a letter)."""
    if match := _DOTTED.match(text):
        yield Marker("dotted", match.end(), tuple(int(part) for part in match[1].split(".")))
    if match := _NUMBER.match(text):
        yield Marker("number", match.end(), (int(match[1]),))
    if match := _BULLET.match(text):
        yield Marker("bullet", match.end())
    if match := _QUESTION.match(text):
        yield Marker("question", match.end())
    if match := _ANSWER.match(text):
        yield Marker("answer", match.end())
    if match := _ROMAN.match(text):
        yield Marker("roman", match.end(), (_roman_value(match[1]),))
    if match := _LETTER.match(text):
        yield Marker("letter", match.end(), (ord(match[1].lower()) - ord("a") + 1,))


def _in_sequence(readings: dict[int, list[Marker]]) -> set[tuple[int, MarkerStyle]]:
    """Return (line, style) of every numbered mark whose neighbour of the same style, or parent, exists."""
    sequenced: set[tuple[int, MarkerStyle]] = set()
    parents = {marker.number for found in readings.values() for marker in found if marker.style in ("number", "dotted")}
    last: dict[tuple[MarkerStyle, int], tuple[int, Marker]] = {}
    for i, found in readings.items():
        for marker in found:
            if not marker.number:
                continue
            key = (marker.style, len(marker.number))
            if key in last and last[key][1].precedes(marker):
                sequenced |= {(i, marker.style), (last[key][0], marker.style)}
            if marker.style == "dotted" and marker.number[:-1] in parents:
                sequenced.add((i, marker.style))
            last[key] = (i, marker)
    return sequenced


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral.lower()]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))
