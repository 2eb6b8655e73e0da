"""Frames: a part of a question takes its place in the question before it.

"And Trump?" after "Is Putin attending?" keeps the frame and swaps the argument. Question words go elsewhere, see
:mod:`summitqa.conversation.asking`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitqa.conversation.asking import ask_on
from summitqa.conversation.phrases import (
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    WH_WORDS,
    Phrase,
    Word,
    phrases_of,
    words_of,
)

_ONE = re.compile(r"\bones?\b", re.IGNORECASE)
_OTHERS = re.compile(r"(?:the\s+)?(?:others?|rest)", re.IGNORECASE)
_SUPERLATIVE = re.compile(
    r"(?:\bthe\s+)?\b(?P<word>(?:most|least)(?:\s+(?!of\b)[a-z]+)?|(?!\w*(?:inter|for|hon|req|contr|t|w|r|n)est\b)[a-z]{2,}est)\b"
)
_CONDITIONS = frozenset("if when unless without once".split())
_ADVERBS = frozenset(
    """abroad afterwards again back before earlier elsewhere here later now online outside still today tomorrow too
    yesterday yet""".split()
)
_PERIODS = frozenset("day days night nights week weeks month months year years".split())


def fill_frame(part: str, frame: str, subject: str | None = None) -> str | None:
    """Return *frame*, an earlier question, with *part* in the place that is its; ``None`` if there is none.

    Args:
        part: what was asked, without "and" or "what about" before it.
        frame: an earlier question that stands alone.
        subject: whom or what the answer to *frame* named, if that asked for its subject.
    """
    words = words_of(part)
    frame, context = _last_sentence(frame)
    if not words:
        return None
    filled = _fill(part, words, frame, subject)
    return filled if filled is None or not context else f"{filled.rstrip(' ?.!')} ({context}){_end_of(filled)}"


def has_place_for(part: str, frame: str) -> bool:
    """Tell whether *frame* has a phrase with the preposition that *part* begins with."""
    words = words_of(part)
    return bool(words) and any(phrase.preposition == words[0].folded for phrase in phrases_of(frame))


def _fill(part: str, words: Sequence[Word], frame: str, subject: str | None) -> str | None:
    part, first = part.rstrip(" ?.!"), words[0].folded
    if first in WH_WORDS or (first in PREPOSITIONS and WH_WORDS.intersection(word.folded for word in words)):
        return ask_on(part, frame, subject) + _end_of(frame)
    if first in PREPOSITIONS | DETERMINERS:
        part = part[:1].lower() + part[1:]
    if len(words) == 1 and first in _ADVERBS:
        return f"{frame.rstrip(' ?.!')} {part}{_end_of(frame)}"
    if first in SUBORDINATORS or first in _CONDITIONS:
        return _swap_clause(part, frame)
    return _swap_prepositional(part, first, frame) if first in PREPOSITIONS else _swap_noun(part, frame)


def _swap_noun(part: str, frame: str) -> str | None:
    """Put *part* in the place of the frame's superlative, of those asked for before, or of a phrase like it."""
    if superlative := _swap_superlative(part, frame):
        return superlative
    return _ask_others(part, frame) if _OTHERS.fullmatch(part) else _swap_phrase(part, frame)


def _last_sentence(text: str) -> tuple[str, str]:
    """Return the last sentence of *text* and the names and phrases of those before it."""
    *before, last = re.split(r"(?<=\w[.?!])\s+", text.strip())
    return last, ", ".join(phrase.text for sentence in before for phrase in phrases_of(sentence) if phrase.determiner)


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


def _swap_superlative(part: str, frame: str) -> str | None:
    """Return *frame* with its superlative replaced: "And the least likely?" after "Which is the most likely?"."""
    own, other = _SUPERLATIVE.fullmatch(part), _SUPERLATIVE.search(frame)
    return f"{frame[: other.start('word')]}{own['word']}{frame[other.end() :]}" if own and other else None


def _ask_others(part: str, frame: str) -> str | None:
    """Return the question for everybody, or for all of a kind, but those it asked for before."""
    words = words_of(frame)
    if len(words) > 1 and words[0].folded == "who":
        last = phrases_of(frame)[-1:]
        kept = frame[: words_of(frame[: last[0].span.start])[-1].span.start] if last and last[0].preposition else frame
        return f"{words[0].text} else{kept[words[0].span.end :].rstrip(' ?.!')}{_end_of(frame)}"
    if len(words) > 1 and words[0].folded == "which":
        return f"{words[0].text} other{frame[words[0].span.end :]}"
    return _swap_phrase(part, frame)


def _swap_phrase(part: str, frame: str) -> str | None:
    """Put the noun phrase *part* in the place of the frame's phrase that is most like it.

    There is none for a verb with its object, "cancel it", nor for what is asked for, "What plans are there?".
    """
    owns, candidates = phrases_of(f"and {part}"), phrases_of(frame)
    if not owns or not candidates or any(word.folded in PRONOUNS for word in words_of(part)[1:2]):
        return None
    own, candidates = owns[0], tuple(phrase for phrase in candidates if _can_go(phrase)) or candidates
    best = max(candidates, key=lambda phrase: (_likeness(own, phrase), _rank(own, phrase, candidates)))
    before = words_of(frame[: best.span.start])
    if before and before[-1].folded in {"what", "which"} and not best.determiner:
        return None
    return frame[: best.span.start] + _name_one(part, best) + frame[best.span.end :]


def _can_go(phrase: Phrase) -> bool:
    """Tell whether *phrase* is surely an argument: a lone word without article may be an adjective or a verb."""
    return bool(phrase.determiner or phrase.is_name or phrase.is_plural or phrase.preposition or " " in phrase.text)


def _likeness(own: Phrase, other: Phrase) -> int:
    """Return how alike two phrases are: of one head, both times, both names, one article."""
    is_time = own.kind == "time" or own.head in _PERIODS
    if is_time != (other.kind == "time" or other.head in _PERIODS):
        return -1
    return (
        4 * (own.head == other.head)
        + 3 * is_time
        + 2 * (own.is_name == other.is_name)
        + (own.is_plural and other.is_plural)
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
