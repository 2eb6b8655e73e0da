"""Small talk: a greeting, thanks or a cry for help is met with questions worth asking, not with a search.

English, by whole messages only: a message with anything else in it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summitqa.conversation.dependence import find_dependence
from summitqa.words import fold

MAX_SUGGESTIONS = 3
MAX_HEADING_WORDS = 12
"""Longer headings are sentences, not topics."""

_POLITE = (
    r"(?:\s+(?:there|all|everyone|everybody|you|again|please|friend|bot|so\s+much|very\s+much|a\s+lot|"
    r"for\s+(?:that|your\s+help)))*"
)
_MESSAGES = re.compile(
    rf"""(?:(?:
        hi|hey|hello|hallo|hiya|howdy|greetings|yo|good\s+(?:morning|afternoon|evening|day|night)
      | thanks|thank\s+you|thx|ty|cheers|many\s+thanks|much\s+appreciated
      | bye|goodbye|good\s+bye|see\s+you|ok|okay|great|cool|nice|perfect|awesome|wonderful|got\s+it|i\s+see|well\s+done
      | help|help\s+me|can\s+you\s+help(?:\s+me)?|start|test
      | how\s+are\s+you(?:\s+(?:doing|today))*|how's\s+it\s+going|what's\s+up|nice\s+to\s+meet
      | who\s+are\s+you|what\s+are\s+you|what\s+is\s+this|are\s+you\s+(?:a\s+)?(?:bot|robot|human|real|there)
      | what\s+(?:can|do)\s+you\s+(?:do|know)|what\s+can\s+i\s+ask|how\s+do\s+(?:i\s+use\s+(?:this|you|it)|you\s+work)
      | how\s+does\s+this\s+work
    ){_POLITE}[\s,.!?]*)+""",
    re.VERBOSE,
)
_QUESTION_START = re.compile(
    r"(?:.*[.!:;]\s+)?(?:(?:so|and|but|well|now|then|ok(?:ay)?)\b[\s,]*)?"
    r"(?:who|whom|whose|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|will|would|should|may|has|"
    r"have)\b"
)
_NUMBERING = re.compile(r"^(?:(?:\d+[.)])+|\d+(?:\.\d+)+|[ivxIVX]+[.)]|[A-Z][.)])\s+")


def is_small_talk(message: str) -> bool:
    """Tell whether *message* is nothing but a greeting, thanks, or a question about summitqa itself."""
    return _MESSAGES.fullmatch(fold(message).strip()) is not None


def suggest_questions(headings: Iterable[str]) -> tuple[str, ...]:
    """Return up to ``MAX_SUGGESTIONS`` questions made of *headings*, each once.

    Headings that are questions come first, as they are; of those, the ones that need what stands above them, such as
    "Will It Last?", last.
    """
    usable = [" ".join(heading.split()) for heading in headings]
    usable = [heading for heading in dict.fromkeys(usable) if 1 <= len(heading.split()) <= MAX_HEADING_WORDS]
    asked = [heading for heading in usable if _is_question(heading)]
    asked.sort(key=lambda heading: find_dependence(heading).is_dependent)
    others = [f"What do the documents say about “{_topic(heading)}”?" for heading in usable if heading not in asked]
    return tuple((asked + others)[:MAX_SUGGESTIONS])


def _is_question(heading: str) -> bool:
    return heading.endswith("?") and _QUESTION_START.match(fold(heading)) is not None


def _topic(heading: str) -> str:
    """Return the heading without its number and without the mark at its end."""
    return _NUMBERING.sub("", heading).rstrip(" .:;?!")
