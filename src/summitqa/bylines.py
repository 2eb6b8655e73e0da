"""Lines at the top of an article that tell of the article itself: who wrote it, and when it was published.

They hold names and dates, and answer hardly any question, but look to a reader as if they answered every "who" and
"when". English; knows shapes and words only.
"""

from __future__ import annotations

import itertools
import re

from summitqa.words import fold

_MAX_WORDS = 16
_MAX_CHARS = 200

_SENTENCE_ENDS = (".", "!", "?", ":", "…", "”", '"', "’")
_DAYS_AND_MONTHS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep "
    "sept oct nov dec".split()
)
_BESIDE_DATES = frozenset("am pm a p m at on last first".split())
_PUBLISHED = frozenset("published updated posted modified".split())

_WORD = re.compile(r"[^\W_]+")
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*(?<![’']s)"
_DAY_OR_MONTH = "|".join(word.capitalize() for word in sorted(_DAYS_AND_MONTHS))
_BYLINE = re.compile(
    r"\W*(?i:(?:(?:written|reported|posted|reporting|edited|editing|words|photographs?|photos?|text|story|analysis)\s+)?"
    rf"by:?)\s+(?!(?:{_DAY_OR_MONTH})\b){_NAME}\s+(?:(?:de|da|von|van|der|al|el|bin)\s+)*{_NAME}"
    r"(?:\W*|\s*[,;|·–—*_-].*|\s+(?:in|and|for)\s.*)"
)
_OF_WRITING = re.compile(
    r"\b(?:wrote|writ(?:e|es|ing|ten|er|ers)|authors?|authored|by ?line|report(?:s|ed|ing)?|reporters?|journalists?|"
    r"correspondents?|columnists?|editors?|edited|publish\w*|updat\w*|posted|released|article|story|piece|photo\w*|"
    r"pictures?|to read)\b"
)


def is_byline(text: str) -> bool:
    """Tell whether *text* is a line such as "By Ana Ruiz, Staff Writer" or "Updated 14 May, 9 a.m."; no sentence is."""
    line = " ".join(text.split()).rstrip("*_ ")
    if len(line) > _MAX_CHARS or len(line.split()) > _MAX_WORDS:
        return False
    if line.endswith(("a.m.", "p.m.")):
        return _is_dated(line)
    return not line.endswith(_SENTENCE_ENDS) and (_is_dated(line) or _BYLINE.fullmatch(line) is not None)


def asks_of_writing(question: str) -> bool:
    """Tell whether *question* may ask who wrote something, or when it was published."""
    return _OF_WRITING.search(fold(question)) is not None


def _is_dated(line: str) -> bool:
    """Tell whether *line* begins with when it was published, or with a date and how long it takes to read."""
    for word, after in itertools.pairwise([*_WORD.findall(line.casefold()), ""]):
        if word in _PUBLISHED or (word.startswith("min") and after == "read"):
            return after == "read" or _is_of_date(after)
        if not _is_of_date(word):
            return False
    return False


def _is_of_date(word: str) -> bool:
    return word[:1].isdigit() or word in _DAYS_AND_MONTHS or word in _BESIDE_DATES
