"""Words as the lexical side sees them: case and diacritics folded, stop words known.

``Erdoğan``, ``ERDOGAN`` and ``erdogan`` are one word here. The index, the retriever and the reader
share this module so that they mean the same thing by a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)+|[^\W_]+(?:['’][^\W_]+)?")
_ENDING = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_NEGATED = {"won't": "will", "can't": "can", "shan't": "shall"}
# Letters that NFKD does not decompose but that people type without their mark, and the curly apostrophe.
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "’": "'"})

STOP_WORDS = frozenset(
    """a about above after again against all am an and any are as at be because been before being below between both
    but by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours ourselves out over own please same she should so some such tell than that the their
    theirs them themselves then there these they this those through to too under until up very was we were what
    when where which while who whom whose why will with would you your yours yourself yourselves""".split()
)
"""English function words, question words among them, that carry no topic."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return *text* in lower case without diacritics and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def split_words(text: str) -> list[str]:
    """Return the folded words of *text* in order.

    Possessives and contractions lose their ending (``Zelenskyy's`` gives ``zelenskyy``, ``won't`` gives
    ``will``), names keep their letters (``O'Brien`` gives ``obrien``), initials are one word (``U.S.``
    gives ``us``), a number keeps its separators (``3.5``, ``1,200``, ``14:30``). A letter and its mark
    are one letter however they are encoded.
    """
    composed = unicodedata.normalize("NFC", text)
    return [word for match in _WORD.finditer(composed) if (word := _normalise(match.group()))]


def content_words(text: str) -> list[str]:
    """Return the folded words of *text* in order, as :func:`split_words` does, without the stop words."""
    return [word for word in split_words(text) if word not in STOP_WORDS]


def same_root(left: str, right: str) -> bool:
    """Tell whether two folded words are likely forms of one: ``talk`` and ``talks``, ``likely`` and ``likelihood``.

    Crude on purpose: a common beginning of at least four letters (five unless one is the other plus a
    plain ending) that leaves at most two letters of the shorter word over. Numbers only equal themselves.
    """
    if left == right:
        return True
    if left[:4] != right[:4] or not (left.isalpha() and right.isalpha()):
        return False
    short, long = sorted((left, right), key=len)
    common = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if common == len(short) and long[common:] in {"s", "es", "ed", "d", "ing", "er", "ers"}:
        return True
    return common >= 5 and common >= len(short) - 2 and len(long) - common <= 6


def _normalise(word: str) -> str:
    folded = fold(word)
    if folded.endswith("n't"):
        return _NEGATED.get(folded, folded[:-3])
    folded = _ENDING.sub("", folded).replace("'", "")
    return folded if folded[:1].isdigit() else folded.replace(".", "")
