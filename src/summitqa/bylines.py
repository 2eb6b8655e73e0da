"""Lines of an article that tell of the article itself: who wrote it, and when it was published.

They stand at the top, hold names and dates, and answer hardly any question, but look to a reader as if they answered
every "who" and "when". English; knows shapes and words only.
"""

from __future__ import annotations

import re

from summitqa.words import fold

_MAX_WORDS = 16

_DAY_OR_MONTH = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December"
)
_BYLINE = re.compile(
    r"\W*(?:(?:written|reported|reporting|edited|editing|words|photographs?|photos?|text|story|analysis)\s+)?"
    rf"by:?\s+(?!(?:{_DAY_OR_MONTH})\b)(?-i:[^\W\d_a-zß-öø-ÿ][\w.’'-]*\s+[^\W\d_a-zß-öø-ÿ][\w.’'-]*)(?:[\s,;|·–—-].*)?",
    re.IGNORECASE | re.DOTALL,
)
_PUBLISHED = re.compile(
    r"(?:.*[,|·•–—(.]\s*)?\W*(?:(?:last |first )?(?:updated|published|posted|modified)|\d+[- ]min(?:ute)?s? read)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_WRITING = re.compile(
    r"\b(?:wrote|write|writes|writing|written|writer|author|authors|authored|by ?line|report(?:ed|er|ers|ing)? by|"
    r"reporters?|journalists?|correspondents?|editors?|edited|publish\w*|updat\w*|posted|article|story|piece|photo\w*)\b"
)


def is_byline(text: str) -> bool:
    """Tell whether *text* is a line such as "By Ana Ruiz, Staff Writer" or "Updated 14 May, 9 a.m."; no sentence is."""
    line = text.strip().rstrip("*_ ")
    is_sentence = line.endswith((".", "!", "?", ":", "”", '"')) and not line.endswith(("a.m.", "p.m."))
    if is_sentence or len(line.split()) > _MAX_WORDS:
        return False
    is_dated = _PUBLISHED.fullmatch(line) is not None and any(character.isdigit() for character in line)
    return is_dated or _BYLINE.fullmatch(line) is not None


def asks_of_writing(question: str) -> bool:
    """Tell whether *question* may ask who wrote something, or when it was published."""
    return _OF_WRITING.search(fold(question)) is not None
