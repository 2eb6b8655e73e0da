"""Near misses made from answered questions: text that looks right and lacks the answer.

People who ask what a document does not say mostly name its people and its topic. Ways to make such questions
from an answered one, each with the passage left as it is or with the answer taken out of it:

* another name or number from the same article in the question's place ("Who did *Merkel* meet?" for *Macron*);
* another name or number of the passage itself, so that every word of the question stands in it;
* a word's opposite ("Who *opposed* the plan?" for *supported*), or a negation;
* another question word, where the passage holds nothing of what it asks for ("Why" for "When");
* the answer phrase deleted from the passage, with the preposition that led to it.

They stand in for the human-written negatives of SQuAD 2.0 (Rajpurkar et al. 2018: entity swap, antonym, negation,
impossible condition), of which there are few.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from summitqa.polarity import OPPOSITES
from summitqa.questions import AnswerType, typed_spans
from summitqa.types import Span
from summitqa.words import fold

_REASON = re.compile(r"\b(because|due to|since|so that|in order|owing|reason|thanks to|as a result|therefore|cause)\b")
_OPENING = re.compile(
    r"^(In what year|What year|On what date|When|Where|Why|How)(?= (?:did|does|do|was|were|is|are|had|has|will)\b)"
)
_LEAD_IN = re.compile(
    r"[\s,]*\b(?:(?:in|on|at|by|for|of|with|from|to|since|until|after|before|during|about|around|into|near|"
    r"between|through|under|over|as|than)\s+)(?:(?:the|a|an|about|around|some|nearly|over)\s+)*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"(?<!How )(?<!how )\b[a-z]+\b")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|does|did|do|has|have|had|can|could|will|would|should|must|may|might)\b(?! not|n['’]t)",
    re.IGNORECASE,
)
SWAPPED: tuple[AnswerType, ...] = ("name", "number", "time")


def swap_mention(question: str, passage: str, elsewhere: Sequence[str], rng: random.Random) -> str | None:
    """Return *question* with a name, number or time it mentions replaced by one that *passage* does not hold.

    Args:
        question: an answered question.
        passage: the text that answers it.
        elsewhere: other texts of the same article, from which the replacement is taken.
        rng: chooses among the mentions and the replacements.
    """
    said = fold(passage)
    mentions = [(kind, span) for kind in SWAPPED for span in typed_spans(question, kind) if span.start > 0]
    mentions = [(kind, span) for kind, span in mentions if fold(span.text_of(question)) in said]
    rng.shuffle(mentions)
    for kind, span in mentions:
        own = span.text_of(question)
        others = {s.text_of(text) for text in elsewhere for s in typed_spans(text, kind)}
        fitting = sorted(o for o in others if fold(o) not in said and abs(len(o.split()) - len(own.split())) <= 1)
        if fitting:
            return question[: span.start] + rng.choice(fitting) + question[span.end :]
    return None


def swap_within(question: str, passage: str, rng: random.Random) -> str | None:
    """Return *question* with a name, number or time it mentions replaced by another one of *passage*, or ``None``."""
    asked, said = fold(question), fold(passage)
    mentions = [(kind, span) for kind in SWAPPED for span in typed_spans(question, kind) if span.start > 0]
    rng.shuffle(mentions)
    for kind, span in mentions:
        own = span.text_of(question)
        if fold(own) not in said:
            continue
        others = {s.text_of(passage) for s in typed_spans(passage, kind)}
        others = {other for other in others if fold(other) not in asked and fold(other)[:4] != fold(own)[:4]}
        fitting = sorted(other for other in others if abs(len(other.split()) - len(own.split())) <= 1)
        if fitting:
            return question[: span.start] + rng.choice(fitting) + question[span.end :]
    return None


def swap_opposite(question: str, passage: str, rng: random.Random) -> str | None:
    """Return *question* with a word turned into its opposite, which *passage* does not hold, or ``None``."""
    said = set(_WORD.findall(fold(passage)))
    words = [m for m in _WORD.finditer(question) if m.group() in OPPOSITES and OPPOSITES[m.group()][0] not in said]
    if not words:
        return None
    word = rng.choice(words)
    return question[: word.start()] + OPPOSITES[word.group()][0] + question[word.end() :]


def negate(question: str) -> str | None:
    """Return *question* with its first auxiliary negated ("What is *not* made of wood?"), or ``None`` without one."""
    found = _AUXILIARY.search(question)
    if found is None:
        return None
    rest = question[found.end() :]
    contracted = found.group().casefold() in {"is", "are", "was", "were", "does", "did", "do", "has", "have", "had"}
    return question[: found.end()] + ("n't" if contracted else " not") + rest


def swap_question_word(question: str, passage: str, rng: random.Random) -> str | None:
    """Return *question* asking for a reason, a time or a place that *passage* does not give, or ``None``."""
    match = _OPENING.match(question)
    if match is None:
        return None
    was = match.group().casefold()
    choices = []
    if was not in {"why", "how"} and not _REASON.search(fold(passage)):
        choices.append("Why")
    if was in {"why", "how", "where"} and not typed_spans(passage, "time"):
        choices.append("When")
    if was in {"why", "how", "when"} and not typed_spans(passage, "place"):
        choices.append("Where")
    return rng.choice(choices) + question[match.end() :] if choices else None


def delete_answer(text: str, answer: Span, accepted: Sequence[str]) -> str | None:
    """Return *text* without the answer phrase; ``None`` if it would not read on or still holds an accepted answer."""
    before, after = text[: answer.start], text[answer.end :]
    lead = _LEAD_IN.search(before)
    in_brackets = before.endswith("(") and after.startswith(")")
    if lead is not None:
        rest = before[: lead.start()] + after
    elif in_brackets:
        rest = before[:-1].rstrip() + after[1:]
    else:
        return None
    lowered = rest.casefold()
    if any(answer_text.casefold() in lowered for answer_text in accepted):
        return None
    return rest.lstrip(" ,")
