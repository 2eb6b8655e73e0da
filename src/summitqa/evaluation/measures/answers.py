"""Short answers compared as SQuAD compares them. Knows texts only, nothing of documents or citations.

Source: Rajpurkar et al., *SQuAD* (2016) and *Know What You Don't Know* (2018), the scripts ``evaluate-v1.1.py``
and ``evaluate-v2.0.py``. ``official=True`` is their rule to the letter; without it typographic quotes and dashes are
dropped like their ASCII forms, because ``won’t`` and ``won't`` are one answer. On ASCII text the two are the same.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_OFFICIAL = str.maketrans("", "", string.punctuation)
_TYPOGRAPHIC = str.maketrans("", "", string.punctuation + "’‘“”–—")


def normalize_answer(text: str, *, official: bool = False) -> str:
    """Lower-case, drop punctuation, then articles, then fix white space."""
    dropped = text.lower().translate(_OFFICIAL if official else _TYPOGRAPHIC)
    return " ".join(_ARTICLES.sub(" ", dropped).split())


def exact_match(given: str, accepted: Iterable[str], *, official: bool = False) -> float:
    """Return 1 if *given* equals an accepted answer after normalisation, else 0."""
    wanted = {normalize_answer(answer, official=official) for answer in accepted}
    return float(normalize_answer(given, official=official) in wanted)


def token_f1(given: str, accepted: Iterable[str], *, official: bool = False) -> float:
    """Return the best harmonic mean of token precision and recall over the accepted answers.

    As in ``evaluate-v2.0.py``, two empty answers agree and an empty one shares nothing with any other.
    """
    tokens = normalize_answer(given, official=official).split()
    return max((_f1(tokens, normalize_answer(a, official=official).split()) for a in accepted), default=0.0)


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    common = sum((Counter(given) & Counter(wanted)).values())
    # 2PR / (P + R) with P = common / given and R = common / wanted
    return 2 * common / (len(given) + len(wanted))
