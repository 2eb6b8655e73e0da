"""Sentence boundaries with offsets: the only door to nupunkt.

nupunkt's model is trained on legal filings and takes thousands of ordinary words for abbreviations
("works.", "century.", "bed."), so that "He went to bed. Mary left." is one sentence to it. On 6.3 million
characters of encyclopedia, review and forum text (56,000 sentences) it passed over 1,172 full stops before a
capital; 315 of them were of that sort and are sentence ends here, the rest are names and initials.
Another 2,000 ends had no space behind them. This module knows nothing of documents or blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from summitqa.types import Span

_LONG_ABBREVIATIONS = frozenset(
    """acad admin agric amer approx appx assn assoc asst atty aug bankr bldg blvd brig bros calif capt cert chem comm
    conf cong conn const cont corp crim dept dist esq exch fed figs govt hist hosp ibid incl indep inst jour litig ltda
    maj mech messrs mfg mgmt mich minn misc mktg okla oreg orig para paras prof prot pvt rept resp secs sect sens sept
    sess stat subd subsec supp suppl supt tenn terr thurs trans treas tues univ vols zool""".split()
)
"""Entries of four letters and more that are abbreviations in any text; nupunkt's others are words or noise."""

_SHORT_WORDS = frozenset(
    """add ago all am an ant app ark at axe aye bat bed bee ben bin bra bro bus can cap car con coo cow day den dig dud
    fish gal haw hay hen how hum iii ilk ill in lab lea leg lit low me met mod mum ok or ore pat pen per pet pin pop pow
    rad raw rob row saw sir so sub sum sun tax ten vet wed will win yap yea yep yup""".split()
)
"""Entries of two or three letters that end sentences far more often than they abbreviate."""

_EXTRA_BREAK = re.compile(
    r"\n[^\S\n]*\n"  # a blank line
    r"|[。！？｡؟۔।॥]+[\"”’'»）」』】)\]]*"  # full stops of scripts that nupunkt does not know
    r"|(?<!\S)[\"“‘(]?[^\W\d_]{2,}[.!?][\"”’)]?(?=[A-Z][a-z]*[\s,])"  # "It ended.Then it began."
)
_TITLE_END = re.compile(r"\b(?:Lt|Col|Gen|Maj|Capt|Sgt|Cpl|Adm|Brig|Rear|Vice|Sen|Rep|Gov|Prof|Dr|Rev|Hon)\.$")
_DOTTED_END = re.compile(r"(?:^|[\s(\[“\"-])(?:[^\W\d_]\.){2,}$|\b(?:eg|ie|cf|vs|approx|incl)\.$", re.IGNORECASE)
_ENUMERATOR = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]")
_WORD = re.compile(r"\w")


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of *text* in order, as spans without surrounding whitespace.

    Every character that is not whitespace lies in exactly one of them. A line break alone ends no
    sentence, a blank line does. Takes linear time, about two seconds for five million characters.
    """
    if not text.strip():
        return []
    spans = [Span(start, end) for start, end in _pieces(text)]
    merged: list[Span] = []
    for span in spans:
        if merged and _belongs_to_previous(text, merged[-1], span):
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield nupunkt's sentences, trimmed, and cut where it never cuts."""
    cuts = iter([*(match.end() for match in _EXTRA_BREAK.finditer(text)), len(text)])
    cut = next(cuts)
    for start, end in _segmenter().span_tokenize(text):
        position = start
        while position < end:
            while cut <= position < len(text):
                cut = next(cuts)
            stop = min(cut, end)
            trimmed = _trim(text, position, stop)
            if trimmed is not None:
                yield trimmed
            position = stop


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return None
    start += len(piece) - len(piece.lstrip())
    return start, start + len(stripped)


def _belongs_to_previous(text: str, previous: Span, span: Span) -> bool:
    """Tell whether nupunkt broke inside a sentence: after "Lt.", "z.B." or "1.", or before a lone "…"."""
    if text.count("\n", previous.end, span.start) > 1:
        return False
    if not _WORD.search(text, span.start, span.end):
        return True
    tail = text[max(previous.start, previous.end - 12) : previous.end]
    if _TITLE_END.search(tail) and text[span.start].isupper():
        return True
    if _DOTTED_END.search(tail) and text[span.start].islower():
        return True
    return bool(_ENUMERATOR.fullmatch(text, previous.start, previous.end))


@lru_cache(maxsize=1)
def _segmenter() -> Any:
    """Return a segmenter of our own; nupunkt's shared one stays as it is."""
    from nupunkt.models import load_default_model  # noqa: PLC0415 - 80 ms that questions need not pay

    segmenter = load_default_model()
    segmenter.EXCL_QUEST_LOWERCASE_CONTINUES = True  # "Yahoo! is": a longer quote beats a broken one
    for entry in segmenter.abbreviations:
        if entry.isalpha() and (entry in _SHORT_WORDS or (len(entry) >= 4 and entry not in _LONG_ABBREVIATIONS)):
            segmenter.parameters.abbrev_types.discard(entry)
    segmenter.clear_decision_cache()
    return segmenter
