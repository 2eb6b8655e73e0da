"""The sentence that introduces a list or a table: a span of the block before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitqa.sentences import split_sentences
from summitqa.types import Block, Span

# A sentence without a colon introduces only if it says so.
_ANNOUNCES = re.compile(
    r"\b(?:the following|as follows|(?:listed|shown|set out|summari[sz]ed|given) below)\b", re.IGNORECASE
)
_CAPTION = re.compile(r"(?:Table|Figure|Tab\.|Exhibit)\s+[\dIVXA-Z]+(?:\.\d+)*\s?(?:[.:–—-]|$)", re.IGNORECASE)
_MAX_CAPTION_CHARS = 200
_SEARCHED_CHARS = 2000


def find_introduction(text: str, blocks: Sequence[Block]) -> Span | None:
    """Return the sentence at the end of *blocks* that introduces what follows them, if there is one.

    Conservative: the last sentence of a paragraph (or of a list item, for a list inside it) that ends
    with a colon, says "the following" or the like, or is a table's caption.
    """
    if not blocks or blocks[-1].kind not in ("paragraph", "list_item"):
        return None
    span = blocks[-1].span
    if len(span) <= _MAX_CAPTION_CHARS and _CAPTION.match(text, span.start, span.end):
        return span
    start = max(span.start, span.end - _SEARCHED_CHARS)
    tail = text[start : span.end]
    if not _could_introduce(tail):  # spares most blocks the sentence boundaries
        return None
    sentences = split_sentences(tail)
    if not sentences or (start > span.start and len(sentences) == 1):
        return None
    last = Span(start + sentences[-1].start, start + sentences[-1].end)
    sentence = last.text_of(text)
    return last if _could_introduce(sentence) else None


def _could_introduce(text: str) -> bool:
    return text.rstrip("*_ ").endswith((":", "：")) or bool(_ANNOUNCES.search(text))
