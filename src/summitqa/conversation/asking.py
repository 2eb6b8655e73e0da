"""Asking on: a question word alone, "Why?", "Since when?", "Who else?", is asked of the question before it.

What the question before asked for makes way, and takes with it what would be wrong without it: of "Who will host the
talks?" nothing is left to host them, unless the quotes named somebody. What cannot be joined stands in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summitqa.conversation.phrases import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    WH_WORDS,
    Word,
    is_participle,
    phrases_of,
    words_of,
)

FrameKind = Literal["whether", "subject", "object", "state", "manner", "other"]

MAX_OPENING = 4
"""Words before the auxiliary of a question: "Which of the ferries will ...". A later one belongs to another clause."""

_BE = {"is": "are", "was": "were", "has": "have", "does": "do"}
_DO = frozenset("do does did don't doesn't didn't".split())
_MANNER = frozenset("when where why how".split())
_POINTING = frozenset("there then that so this".split())
_CONTRACTED = re.compile(r"^(\w+)['’]s\b")
_UNKNOWN = re.compile(r"(?<=^why)\s+(?:he|him|she|her|they|them|it)$", re.IGNORECASE)
_QUANTITIES = frozenset("many much".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """An earlier question, taken apart.

    Attributes:
        kind: what it asks for: whether something is so, its subject, its object, what something is, or when, where,
            why or how.
        opening: the words that ask, folded.
        auxiliary: as written, empty if there is none.
        rest: what follows.
    """

    kind: FrameKind
    opening: tuple[str, ...]
    auxiliary: str
    rest: str

    @property
    def asks_person(self) -> bool:
        """Tell whether it asks who."""
        return self.opening[:1] in {("who",), ("whom",), ("whose",)}


def take_apart(question: str) -> Frame:
    """Return the frame of *question*."""
    text = _CONTRACTED.sub(r"\1 is", question.strip()).rstrip(" ?.!")
    words = words_of(text)
    position = _auxiliary(words)
    if position is None:
        return _without_auxiliary(text, words)
    opening = tuple(word.folded for word in words[:position])
    auxiliary, following = words[position], words[position + 1 :]
    rest = text[auxiliary.span.end :].strip()
    if not opening:
        return Frame("whether", (), auxiliary.text.lower(), rest)
    return Frame(_kind_of(opening, auxiliary.folded, following), opening, auxiliary.text, rest)


def asks_subject(question: str) -> bool:
    """Tell whether *question* asks who or what does or is something, so that it has no other subject."""
    frame = take_apart(question)
    return frame.kind == "subject" or _asks_holder(frame)


def ask_on(part: str, question: str, subject: str | None = None) -> str:
    """Return the question word or words *part* asked of what *question* says.

    Args:
        part: begins with a question word, or a preposition and one.
        question: an earlier question that stands alone.
        subject: whom or what the answer to *question* named, if that asked for its subject.
    """
    asked, frame = _without_pointing(part.rstrip(" ?.!")), take_apart(question)
    asked = _UNKNOWN.sub("", asked)
    words = [word.folded for word in words_of(asked)]
    if words[:2] == ["why", "not"]:
        joined = _ask_why_not(asked, frame, len(words))
    elif words[0] == "why" and len(words) > 1 and words[1] not in _POINTING:
        joined = _ask_why_of(asked, frame)
    elif words[0] in PREPOSITIONS or words[0] == "why" or _asks_manner(words):
        joined = _ask_manner(asked, words, frame, subject)
    else:
        joined = _ask_thing(asked, words, frame)
    return joined or _in_brackets(asked, frame)


def join_all(names: Sequence[str]) -> str:
    """Return *names* as one phrase: "Ana, Bo and Cy"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _auxiliary(words: Sequence[Word]) -> int | None:
    """Return the position of the auxiliary that belongs to the question word, or opens the question."""
    for position, word in enumerate(words[: MAX_OPENING + 1]):
        if word.folded in AUXILIARIES and not (position and word.is_capital):  # "May", "Will"
            first = words[0].folded
            is_late = position > 1 and first in {"who", "whom", "when", "where", "why"} and words[1].folded != "else"
            return None if is_late else position
    return None


def _without_auxiliary(text: str, words: Sequence[Word]) -> Frame:
    """Return the frame of "Who won the race?" or "Which trawler sank?"."""
    folded = [word.folded for word in words]
    if len(words) < 2 or folded[0] not in WH_WORDS or _asks_manner(folded[:2]):
        return Frame("other", (), "", text)
    n_opening = 1 + (folded[0] in {"which", "whose"}) + 2 * (folded[0] == "how")
    if n_opening >= len(words):
        return Frame("other", (), "", text)
    opening = tuple(word.folded for word in words[:n_opening])
    return Frame("subject", opening, "", text[words[n_opening - 1].span.end :].strip())


def _kind_of(opening: Sequence[str], auxiliary: str, following: Sequence[Word]) -> FrameKind:
    if opening[0] in PREPOSITIONS or _asks_manner(opening):
        return "manner"
    if opening[0] not in WH_WORDS or not following:
        return "other"
    if auxiliary in _DO:
        return "subject" if len(following) == 1 else "object"
    first = following[0]
    if not (first.is_capital or first.text[0].isdigit() or first.folded in DETERMINERS | PRONOUNS):
        return "subject"
    has_verb = any(is_participle(w.folded) or w.folded.endswith("ing") or w.folded == "be" for w in following[1:])
    return "object" if has_verb or auxiliary not in {"is", "are", "was", "were"} else "state"


def _asks_manner(words: Sequence[str]) -> bool:
    """Tell whether the words ask when, where, why, how, or how soon, rather than how many."""
    return words[0] in _MANNER and _QUANTITIES.isdisjoint(words)


def _without_pointing(part: str) -> str:
    words = words_of(part)
    is_pointing = len(words) > 1 and words[-1].folded in _POINTING
    return part[: words[-1].span.start].rstrip() if is_pointing else part


def _ask_why_not(asked: str, frame: Frame, n_words: int) -> str | None:
    """Return "Why is Moen not coming" for "Is Moen coming?"; ``None`` if something else is proposed: "not by train"."""
    if n_words > 2 or frame.kind != "whether":
        return None
    subject, predicate = _split_subject(frame)
    if subject is None:
        return f"{asked}: {frame.auxiliary} {frame.rest}"
    return f"{asked.split(maxsplit=1)[0]} {frame.auxiliary} {subject} not {predicate}".rstrip()


def _ask_why_of(asked: str, frame: Frame) -> str | None:
    """Return "Why will Ana host the talks" for "Why Ana?" after "Who will host the talks?"."""
    why, _, subject = asked.partition(" ")
    is_asked = frame.kind == "subject" or _asks_holder(frame)
    return _ask_of_subject(why, frame, subject) if is_asked else None


def _ask_manner(asked: str, words: Sequence[str], frame: Frame, subject: str | None) -> str | None:
    subject = subject or _asked_noun(frame)
    if frame.kind == "subject" and words[1:2] == ["so"]:  # "Why so many?"
        return f"{asked} ({subject or ''} {frame.rest})".replace("( ", "(")
    if frame.kind == "subject" or (subject and _asks_holder(frame)):
        return _ask_of_subject(asked, frame, subject)
    if frame.kind == "other" or (frame.kind == "state" and words[0] in {"why", "how"}):
        return None
    if words[1:2] == ["so"]:
        return f"{asked.split(maxsplit=1)[0]} {frame.auxiliary} {frame.rest} {' '.join(asked.split()[1:])}"
    is_degree = frame.opening[:1] == ("how",) and len(frame.opening) == 2 and frame.auxiliary in _BE | {"are": "are"}
    degree = f" {frame.opening[1]}" if is_degree and words[0] in {"why", "how"} else ""
    return f"{asked} {frame.auxiliary} {frame.rest}{degree}"


def _ask_of_subject(asked: str, frame: Frame, subject: str | None) -> str | None:
    if subject is None:
        return None
    if not frame.auxiliary:
        return f"{asked} ({subject} {frame.rest})"
    auxiliary = _BE.get(frame.auxiliary, frame.auxiliary) if " and " in subject else frame.auxiliary
    return f"{asked} {auxiliary} {subject} {frame.rest}"


def _ask_thing(asked: str, words: Sequence[str], frame: Frame) -> str | None:
    """Ask who, what, which or how many: the same as before, or of what was said without its subject."""
    asks_person, is_bare = words[0] in {"who", "whom"}, len(words) == 1 or words[-1] in {"else", *_QUANTITIES}
    if frame.kind == "whether":
        subject, predicate = _split_subject(frame)
        fits = subject is not None and predicate and frame.auxiliary not in _DO and words[0] != "how"
        return f"{asked} {frame.auxiliary} {predicate}" if fits and (asks_person or words[0] == "which") else None
    if frame.kind == "other" or (is_bare and (frame.kind == "manner" or asks_person != frame.asks_person)):
        return None
    return f"{asked} {frame.auxiliary} {frame.rest}".replace("  ", " ")


def _in_brackets(asked: str, frame: Frame) -> str:
    return f"{asked} ({frame.rest})" if frame.rest else asked


def _asked_noun(frame: Frame) -> str | None:
    """Return "the trawler" for "Which trawler was rammed?"."""
    noun = [word for word in frame.opening if word not in WH_WORDS | _QUANTITIES | {"of", "the"}]
    return f"the {' '.join(noun)}" if noun and frame.opening[0] in WH_WORDS else None


def _asks_holder(frame: Frame) -> bool:
    """Tell whether it asks who has an office: "Who is the mayor of Lund?"."""
    return frame.kind == "state" and frame.asks_person and frame.rest.split()[0].lower() in {"a", "an", "the"}


def _split_subject(frame: Frame) -> tuple[str | None, str]:
    """Return the subject that follows the auxiliary and what is left; ``None`` if it cannot be told from the rest."""
    words = words_of(frame.rest)
    if words and words[0].folded in PRONOUNS:
        end = words[0].span.end
        return frame.rest[:end], frame.rest[end:].strip()
    found = next((p for p in phrases_of(f"{frame.auxiliary} {frame.rest}")), None)
    offset = len(frame.auxiliary) + 1
    if found is None or found.span.start != offset:
        return None, frame.rest
    subject = words_of(found.text)
    if len(subject) > 1 and is_participle(subject[-1].folded):  # "is [breakfast] included"
        end = subject[-2].span.end
        return found.text[:end], frame.rest[end:].strip()
    return found.text, frame.rest[found.span.end - offset :].strip()
