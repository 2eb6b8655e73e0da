"""Resolution: a follow-up and the turns before it become a question that stands alone.

Rules first, for they keep the question readable: a part takes its place in the question before it, a pronoun becomes
what it stands for. What rules leave open, a model of missing terms answers: the words are added in brackets. A question
that names its subject is never touched, and the model is not asked about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summitqa.conversation.antecedents import weigh_alike
from summitqa.conversation.dependence import Dependence, find_dependence
from summitqa.conversation.phrases import AUXILIARIES, words_of
from summitqa.conversation.replacing import fill_part, replace_pointers
from summitqa.conversation.small_talk import is_small_talk
from summitqa.conversation.terms import TermScores, add_terms, content_of, topic_of
from summitqa.protocols import TermModel
from summitqa.schemas import NO_ANSWER_TEXTS
from summitqa.types import CarriedTerm, Span, Turn
from summitqa.words import split_words

MAX_TURNS = 8
"""Earlier turns looked at; what was asked before them is not meant by a pronoun."""

MAX_TURN_CHARS = 1000
"""Characters looked at of each question and answer."""

MAX_WRITTEN_CHARS = 300
"""An earlier question that becomes longer when written out is left as it was asked."""

ADD_FROM = 0.5
"""Probability from which the model's words are added to a question that certainly needs earlier turns."""

UNASKED_FROM = 0.85
"""Probability that some word must have before any is added to a question that may stand alone."""

_MARKER = re.compile(r"\s*\[\d+\](?=\s|$)")
_SILENCES = frozenset(NO_ANSWER_TEXTS.values())


@dataclass(frozen=True, slots=True)
class Resolution:
    """A question as it is understood after the earlier turns.

    Attributes:
        question: written out; the question itself when it stands alone.
        carried_over: what it took over, in the order of the words.
        may_stand_alone: words were added though nothing in the question points back.
    """

    question: str
    carried_over: tuple[CarriedTerm, ...] = ()
    may_stand_alone: bool = False


class Resolver:
    """Writes follow-ups out. Deterministic; safe to use from several threads.

    Args:
        terms: finds the words of earlier turns that a question leaves out; ``None`` resolves by rules alone.
    """

    def __init__(self, terms: TermModel | None = None) -> None:
        self._terms = terms

    def resolve(self, question: str, history: Sequence[Turn]) -> Resolution:
        """Return *question* written out after *history*, oldest first.

        Raises:
            ModelRuntimeError: when the model fails.
        """
        if not history:
            return Resolution(question)
        dependence = _dependence(question, history)
        if dependence.is_alone:
            return Resolution(question)
        said = _said(history)
        if not said:
            return Resolution(question)
        filled = fill_part(dependence, _turns(said), said[-1].frame) if dependence.is_part else None
        written = filled or self._complete(dependence, _turns(said))
        if split_words(written) == split_words(dependence.body) and not dependence.is_part:
            return Resolution(question)
        written = written[:1].upper() + written[1:] if question[:1].isupper() else written
        return Resolution(written, tuple(_carried(written, question, history)), not dependence.is_dependent)

    def _complete(self, dependence: Dependence, turns: Sequence[Turn]) -> str:
        """Return the body with its pointers replaced and, as far as it needs them, words of the turns added."""
        if self._terms is None:
            written = replace_pointers(dependence, turns, weigh_alike)
        else:
            scores = TermScores(self._terms, turns, dependence.body)
            written = replace_pointers(dependence, turns, scores.weigh)
            if dependence.is_dependent or scores.highest >= UNASKED_FROM:
                is_mended = written != dependence.body
                written = add_terms(written, scores.phrases(ADD_FROM, written, last_question_only=is_mended))
            if not any(pointer.kind in {"clause", "one", "time"} for pointer in dependence.pointers):
                return written
        if written == dependence.body and dependence.is_dependent:
            written = add_terms(written, topic_of(turns[-1]))
        return written


@dataclass(frozen=True, slots=True)
class _Said:
    """An earlier turn, its question written out, and the one whose question a part of a question changes."""

    turn: Turn
    frame: Turn


def written_out(history: Sequence[Turn]) -> list[Turn]:
    """Return the last turns with their questions written out by rules, small talk left out, all text cut short."""
    return _turns(_said(history))


def _turns(said: Sequence[_Said]) -> list[Turn]:
    return [one.turn for one in said]


def _said(history: Sequence[Turn]) -> list[_Said]:
    """Return the last turns that said something. "Why?" is asked by the way: what follows changes what was before."""
    said: list[_Said] = []
    for turn in history[-MAX_TURNS:]:
        question, answer = _cut(turn.question), _quoted(turn.answer or "")
        if not any(c.isalnum() for c in question) or is_small_talk(question):
            continue
        dependence = _dependence(question, _turns(said))
        is_aside = bool(said) and dependence.is_part and words_of(dependence.body)[0].folded == "why"
        if said and not dependence.is_alone:
            question = _by_rules(dependence, said) or question
        written = Turn(question, answer)
        said.append(_Said(written, said[-1].frame if is_aside else written))
    return said


def _dependence(question: str, history: Sequence[Turn]) -> Dependence:
    """Return what *question* shows of its need for earlier turns; "Why Lund?" is a part if Lund was just spoken of."""
    found = find_dependence(question)
    if found.reason_for is None or not history:
        return found
    said = set(split_words(f"{history[-1].question} {history[-1].answer or ''}"))
    is_known = bool(content_of(found.reason_for)) and content_of(found.reason_for) <= said
    return replace(found, is_part=True, is_alone=False) if is_known else found


def _by_rules(dependence: Dependence, said: Sequence[_Said]) -> str | None:
    """Return a follow-up written out by rules alone, ``None`` if that changes nothing or makes it too long."""
    turns = _turns(said)
    filled = fill_part(dependence, turns, said[-1].frame) if dependence.is_part else None
    written = filled or replace_pointers(dependence, turns, weigh_alike)
    if written == dependence.body and dependence.pointers:
        written = add_terms(written, topic_of(turns[-1]))
    return written if written != dependence.body and len(written) <= MAX_WRITTEN_CHARS else None


def _quoted(answer: str) -> str | None:
    """Return what was quoted, without its markers, cut short; ``None`` for what stands there without an answer."""
    text = _cut(_MARKER.sub("", answer[:MAX_TURN_CHARS]))
    return text if text and text not in _SILENCES else None


def _cut(text: str) -> str:
    """Return the beginning of *text* on one line, without halves of surrogate pairs, which no model can read."""
    return " ".join(text[:MAX_TURN_CHARS].encode("utf-8", "ignore").decode("utf-8").split())


def _carried(written: str, question: str, history: Sequence[Turn]) -> Iterable[CarriedTerm]:
    """Yield the runs of words that *written* adds to *question*, each with the latest turn that has its words."""
    own = set(split_words(question))
    run: list[Span] = []
    for word in [*words_of(written), None]:
        is_new = word is not None and word.folded not in AUXILIARIES and bool(set(split_words(word.text)) - own)
        if word is not None and is_new and (not run or not written[run[-1].end : word.span.start].strip()):
            run.append(word.span)
            continue
        if run:
            yield from _term(written, run, history)
        run = [word.span] if word is not None and is_new else []


def _term(written: str, run: Sequence[Span], history: Sequence[Turn]) -> Iterable[CarriedTerm]:
    first = next((i for i, span in enumerate(run) if content_of(span.text_of(written))), None)
    last = next((i for i in range(len(run) - 1, -1, -1) if content_of(run[i].text_of(written))), None)
    if first is None or last is None:
        return
    term = written[run[first].start : run[last].end]
    for ending in ("'s", "’s", "'"):
        term = term.removesuffix(ending)
    term = term.removeprefix("much ").removeprefix("many ").removeprefix("likely ")
    counts = [len(content_of(term) & content_of(f"{turn.question} {turn.answer or ''}")) for turn in history]
    most = max(counts)
    yield CarriedTerm(term, max(turn for turn, count in enumerate(counts) if count == most))
