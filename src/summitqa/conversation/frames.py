"""Frames: a part of a question takes its place in the question before it.

"And Trump?" after "Is Putin attending?" keeps the frame and swaps the argument; "By what vote?" goes before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitqa.conversation.phrases import (
    AUXILIARIES,
    PREPOSITIONS,
    SUBORDINATORS,
    WH_WORDS,
    Phrase,
    Word,
    phrases_of,
    words_of,
)

_ONE = re.compile(r"\bones?\b", re.IGNORECASE)
_CONDITIONS = frozenset("if when unless without once".split())


def fill_frame(part: str, frame: str) -> str | None:
    """Return *frame*, an earlier question, with *part* in the place that is its; ``None`` if there is none.

    Args:
        part: what was asked, without "and" or "what about" before it.
        frame: an earlier question that stands alone.
    """
    words = words_of(part)
    frame, context = _last_sentence(frame)
    if not words:
        return None
    filled = _fill(part, words, frame)
    return filled if filled is None or not context else f"{filled.rstrip(' ?.!')} ({context}){_end_of(filled)}"


def _fill(part: str, words: Sequence[Word], frame: str) -> str | None:
    part, first = part.rstrip(" ?.!"), words[0].folded
    if first in WH_WORDS or (first in PREPOSITIONS and WH_WORDS.intersection(word.folded for word in words)):
        return _ask_of(part, words, frame)
    if first in SUBORDINATORS or first in _CONDITIONS:
        return _swap_clause(part, frame)
    if first in PREPOSITIONS:
        return _swap_prepositional(part, first, frame)
    return _swap_phrase(part, frame)


def _last_sentence(text: str) -> tuple[str, str]:
    """Return the last sentence of *text* and the names and phrases of those before it."""
    *before, last = re.split(r"(?<=\w[.?!])\s+", text.strip())
    return last, ", ".join(phrase.text for sentence in before for phrase in phrases_of(sentence) if phrase.determiner)


def _ask_of(part: str, words: Sequence[Word], frame: str) -> str:
    """Return the question *part* asked of what *frame* says: its own question words make way."""
    kept = words_of(frame)
    start = next((i for i, word in enumerate(kept) if word.folded in AUXILIARIES), None)
    body = frame[kept[start].span.start :] if start is not None else _without_question_word(frame, kept)
    if start == 0 or start is not None:
        body = body[:1].lower() + body[1:] if kept[start or 0].folded in AUXILIARIES else body
    if [word.folded for word in words] == ["why", "not"]:
        return f"Why not: {body}"
    pointing = words[-1].folded in {"there", "then", "that", "so", "this"} and len(words) > 1
    asked = part[: words[-1].span.start].rstrip() if pointing else part
    return f"{asked} {body}"


def _without_question_word(frame: str, words: Sequence[Word]) -> str:
    """Return *frame* without its first word, if that is a question word: "Who won the race?" gives "won the race?"."""
    return frame[words[0].span.end :].lstrip() if len(words) > 1 and words[0].folded in WH_WORDS else frame


def _swap_clause(part: str, frame: str) -> str:
    """Put the condition *part* in the place of the frame's own, or at its end."""
    for word in words_of(frame)[1:]:
        if word.folded in _CONDITIONS:
            return f"{frame[: word.span.start]}{part}{_end_of(frame)}"
    return f"{frame.rstrip(' ?.!')} {part}{_end_of(frame)}"


def _swap_prepositional(part: str, preposition: str, frame: str) -> str:
    """Put *part*, which begins with *preposition*, in the place of the phrase with the same one, or at the end."""
    last = next((p for p in reversed(phrases_of(frame)) if p.preposition == preposition), None)
    if last is None:
        return f"{frame.rstrip(' ?.!')} {part}{_end_of(frame)}"
    start = frame.lower().rindex(preposition, 0, last.span.start)
    return frame[:start] + _name_one(part, last) + frame[last.span.end :]


def _swap_phrase(part: str, frame: str) -> str | None:
    """Put the noun phrase *part* in the place of the frame's phrase that is most like it."""
    owns, candidates = phrases_of(f"and {part}"), phrases_of(frame)
    if not owns or not candidates:
        return None
    own, candidates = owns[0], tuple(phrase for phrase in candidates if _can_go(phrase)) or candidates
    best = max(candidates, key=lambda phrase: (_likeness(own, phrase), _rank(own, phrase, candidates)))
    return frame[: best.span.start] + _name_one(part, best) + frame[best.span.end :]


def _can_go(phrase: Phrase) -> bool:
    """Tell whether *phrase* is surely an argument: a lone word without article may be an adjective or a verb."""
    return bool(phrase.determiner or phrase.is_name or phrase.is_plural or phrase.preposition or " " in phrase.text)


def _likeness(own: Phrase, other: Phrase) -> int:
    """Return how alike two phrases are: of one head, both times, both names, one article."""
    if (own.kind == "time") != (other.kind == "time"):
        return -1
    return (
        4 * (own.head == other.head)
        + 3 * (own.kind == "time")
        + 2 * (own.is_name == other.is_name)
        + (own.determiner == other.determiner and bool(own.determiner))
    )


def _rank(own: Phrase, other: Phrase, among: Sequence[Phrase]) -> int:
    """Prefer, of phrases as much alike, the first name, which is what a question is about, and else the last phrase."""
    position = among.index(other)
    return -position if own.is_name else position


def _name_one(part: str, replaced: Phrase) -> str:
    """Return *part* with "one" turned into the noun it stands for."""
    noun = replaced.text.split()[-1]
    return _ONE.sub(noun.replace("\\", r"\\"), part)


def _end_of(frame: str) -> str:
    return "?" if frame.rstrip().endswith("?") else ""
