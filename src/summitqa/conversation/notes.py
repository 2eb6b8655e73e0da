"""Notes on questions that ask for more than quotes: a reason, a comparison, a count, a summary.

Only where it is true: a quote that gives the reason, or the number, needs no note.
"""

from __future__ import annotations

import re

from summitqa.questions import gives_reason, typed_spans
from summitqa.words import fold

_SUMMARISE = re.compile(
    r"\b(?:summari[sz]e|summary|sum up|tl;?dr|in a nutshell|overview|main points?|key points?|gist|takeaways?)\b"
)
_COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs|difference between|differ from|differ|better or worse|pros and cons)\b"
)
_COUNT = re.compile(r"\b(?:how many|count|(?:total|overall) number)\b")
_WHY = re.compile(r"\b(?:why|how come|what (?:is the )?reason)\b")

SUMMARISE_NOTE = "summitqa quotes the documents and does not summarise them."
COMPARE_NOTE = "summitqa quotes what the documents say of each and does not compare."
COUNT_NOTE = "summitqa quotes the numbers that the documents give and does not count."
WHY_NOTE = "summitqa quotes what the documents say and draws no conclusion about the reason."


def note_on(question: str, quoted: str | None) -> str | None:
    """Return what quotes cannot do for *question*; ``None`` where *quoted*, the text of the quotes, does it.

    Args:
        question: as it was understood.
        quoted: the text of the quotes, ``None`` without an answer.
    """
    asked = fold(question)
    if _SUMMARISE.search(asked):
        return SUMMARISE_NOTE
    if _COMPARE.search(asked):
        return COMPARE_NOTE
    if _COUNT.search(asked):
        return None if quoted and typed_spans(quoted, "number") else COUNT_NOTE
    if _WHY.search(asked):
        return None if quoted and gives_reason(quoted) else WHY_NOTE
    return None
