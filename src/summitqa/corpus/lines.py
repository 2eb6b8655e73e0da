"""Lines of a canonical text, with their offsets. Knows nothing of what a line means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summitqa.types import Span

_CLOSERS = "\"'”’»)]}*_"
_TERMINALS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
_FOOTNOTES = re.compile(r"(?:\[\w{1,4}\])+$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its surrounding whitespace.

    Attributes:
        span: the characters between the whitespace on either side; empty for a blank line.
        text: those characters.
        indent: how many characters of whitespace stand before them.
    """

    span: Span
    text: str
    indent: int

    @property
    def is_blank(self) -> bool:
        """Tell whether the line holds nothing but whitespace."""
        return not self.text


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of *text*, parted by ``\n`` alone, so that numbers agree with Markdown's line maps."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        indent = len(raw) - len(raw.lstrip()) if stripped else 0
        lines.append(Line(Span(start + indent, start + indent + len(stripped)), stripped, indent))
        start += len(raw) + 1
    return lines


def join_lines(lines: Sequence[Line]) -> Span | None:
    """Return the span from the first to the last character of *lines*, ``None`` if all are blank."""
    filled = [line for line in lines if not line.is_blank]
    return Span(filled[0].span.start, filled[-1].span.end) if filled else None


def trim(text: str, start: int, end: int) -> Span:
    """Return ``[start, end)`` without the whitespace at its ends."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Span(start, start + len(piece.strip()))


def ends_sentence(text: str) -> bool:
    """Tell whether *text* ends as a sentence does: with a full stop or the like, before quotes and "[1]"."""
    return _FOOTNOTES.sub("", text[-40:]).rstrip(_CLOSERS).endswith(_TERMINALS)
