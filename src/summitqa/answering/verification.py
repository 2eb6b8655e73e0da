"""Verification: is an old citation still true of the document as it is now?"""

from __future__ import annotations

from summitqa.types import Document, Span, Verification


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
    starts = _occurrences(text, quote)
    if not starts:
        return Verification("stale", None, document.sha256)

    def likeness(start: int) -> tuple[int, int]:
        end = start + len(quote)
        before, after = text[max(0, start - len(prefix)) : start], text[end : end + len(suffix)]
        agreement = _common_prefix(before[::-1], prefix[::-1]) + _common_prefix(after, suffix)
        return agreement, -abs(start - span.start)

    start = max(starts, key=likeness)
    return Verification("moved", Span(start, start + len(quote)), document.sha256)


def _occurrences(text: str, quote: str) -> list[int]:
    starts, position = [], text.find(quote)
    while position >= 0:
        starts.append(position)
        position = text.find(quote, position + 1)
    return starts


def _common_prefix(left: str, right: str) -> int:
    length = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        length += 1
    return length
