"""Replacing: what a follow-up points back to, or leaves to the question before it, takes its place in words.

A pronoun becomes what it stands for; a part of a question becomes the question that it changes. Rules alone; what they
leave open returns ``None`` or stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summitqa.conversation.antecedents import Weigh, find_antecedent, quoted_subject, weigh_alike
from summitqa.conversation.asking import asks_subject
from summitqa.conversation.dependence import Dependence, Pointer
from summitqa.conversation.frames import fill_frame
from summitqa.conversation.phrases import AUXILIARIES, PREPOSITIONS, WH_WORDS, phrases_of, words_of
from summitqa.conversation.terms import content_of
from summitqa.types import Turn
from summitqa.words import STOP_WORDS, split_words

_JOINING = frozenset("if when unless without than".split())


def replace_pointers(dependence: Dependence, turns: Sequence[Turn], weigh: Weigh) -> str:
    """Return the body with the first pointer of each kind replaced by what it stands for, as far as rules go."""
    body, pointers = dependence.body, dependence.pointers
    for pointer in reversed(pointers):
        if any(other.kind == pointer.kind and other.span < pointer.span for other in pointers):
            continue
        text = _replacement(pointer, dependence.body, turns, weigh)
        if text is not None:
            body = body[: pointer.span.start] + text + body[pointer.span.end :]
    return body


def fill_part(dependence: Dependence, turns: Sequence[Turn], frame: Turn) -> str | None:
    """Return an earlier question with the part in its place; a part that points back is filled in as it is."""
    part = dependence.body
    spots = [pointer for pointer in dependence.pointers if pointer.kind in {"place", "time"}]
    opening = words_of(part)[0].folded
    if (spots or any(p.kind == "clause" for p in dependence.pointers)) and opening in PREPOSITIONS:
        return None  # "after that" is no part that could take another's place
    for pointer in reversed(dependence.pointers):
        if pointer.kind in {"person", "thing", "several"}:
            if _is_object(pointer, part, opening):
                return None  # "cancel it" has a verb of its own
            text = _replacement(pointer, part, turns, weigh_alike)
            part = part if text is None else part[: pointer.span.start] + text + part[pointer.span.end :]
    if WH_WORDS.isdisjoint(word.folded for word in words_of(part)):
        return fill_frame(part, frame.question)
    filled = fill_frame(part, frame.question, quoted_subject(frame) if asks_subject(frame.question) else None)
    return filled if filled is None else _spotted(filled, spots, turns)


def _is_object(pointer: Pointer, part: str, opening: str) -> bool:
    """Tell whether *pointer* follows what must be a verb at the beginning of *part*."""
    is_owner = pointer.word in {"his", "its", "their", "theirs"} or _precedes_noun(pointer, part)
    return (
        bool(part[: pointer.span.start].strip()) and not is_owner and opening not in PREPOSITIONS | WH_WORDS | _JOINING
    )


def _spotted(written: str, pointers: Sequence[Pointer], turns: Sequence[Turn]) -> str:
    """Return *written* with the place or time that "Why there?" or "Why then?" means, unless it has it already."""
    for pointer in pointers:
        found = find_antecedent(pointer.kind, turns, weigh_alike)
        if found is not None and not content_of(found) <= set(split_words(written)):
            end = "?" if written.endswith("?") else ""
            written = f"{written.removesuffix('?')} {_in(pointer, found)}{end}"
    return written


def _in(pointer: Pointer, text: str) -> str:
    """Return *text* with a preposition for its kind, if it needs one."""
    if pointer.kind == "place":
        return f"in {text}"
    if re.fullmatch(r"(?:19|20)\d\ds?", text):
        return f"in {text}"
    if text[:1].isupper():
        return f"on {text}"
    return f"at {text}" if re.match(r"\d+(?:[.:]\d\d)?\s*[ap]\.?m|\d+:", text) else text


def _replacement(pointer: Pointer, body: str, turns: Sequence[Turn], weigh: Weigh) -> str | None:
    """Return the words to put in the place of *pointer*, ``None`` if nothing fits."""
    if pointer.kind == "one":
        return _noun_for_one(pointer, turns[-1])
    if pointer.kind == "clause":
        return None
    found = find_antecedent(pointer.kind, turns, weigh)
    if found is None:
        return None
    if pointer.word in {"his", "its", "their", "theirs"} or (pointer.word == "her" and _precedes_noun(pointer, body)):
        return f"{found}'" if found.endswith("s") else f"{found}'s"
    return _in(pointer, found) if pointer.kind == "place" else found


def _precedes_noun(pointer: Pointer, body: str) -> bool:
    after = words_of(body[pointer.span.end :])
    return bool(after) and after[0].folded not in STOP_WORDS | AUXILIARIES


def _noun_for_one(pointer: Pointer, turn: Turn) -> str | None:
    """Return *pointer* with "one" turned into what the last question asked for: "which one" gives "which area"."""
    words = pointer.word.split()
    asked = words_of(turn.question)
    phrases = phrases_of(turn.question)
    if words[0] != "which" or not phrases:
        return None
    is_asked = asked[0].folded in {"which", "what", "who"}
    wanted = [phrase for phrase in phrases if phrase.is_plural and is_asked] or phrases
    noun = wanted[0].without_article
    return f"which of the {noun}" if wanted[0].is_plural else f"which {noun}"
