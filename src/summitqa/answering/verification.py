"""Verification: is an old citation still true of the document as it is now?"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest

from summitqa.types import Document, Span, Verification

MAX_PLACES = 1000
"""Places of a moved quote that are compared, those nearest to its old offset; a word may stand in more."""


def verify_quote(document: Document, span: Span, quote: str, *, prefix: str = "", suffix: str = "") -> Verification:
    """Check *quote* at *span*; if it is no longer there, look for where it went.

    Several places that hold the same text are told apart by *prefix* and *suffix*, then by nearness to
    the old offset (as the W3C Web Annotation model's TextQuoteSelector and TextPositionSelector do).

    Raises:
        ValueError: if *quote* is empty.
    """
    if not quote:
        raise ValueError("an empty quote cannot be verified")
    text = document.text
    if text[span.start : span.end] == quote:
        return Verification("valid", span, document.sha256)
    starts = nsmallest(MAX_PLACES, _occurrences(text, quote), key=lambda start: abs(start - span.start))
    if not starts:
        return Verification("stale", None, document.sha256)

    def likeness(start: int) -> tuple[int, int]:
        end = start + len(quote)
        before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
        agreement = _common_prefix(before[::-1], prefix[::-1]) + _common_prefix(after, suffix)
        return agreement, -abs(start - span.start)

    start = max(starts, key=likeness)
    return Verification("moved", Span(start, start + len(quote)), document.sha256)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    start = text.find(quote)
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)


def _common_prefix(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length
