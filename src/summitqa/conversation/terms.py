"""Terms: words of earlier turns that a question leaves out, added to it in brackets.

What the model of missing terms says of single words becomes phrases here; where nothing says which words are meant, the
whole topic of a turn is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summitqa.conversation.phrases import AUXILIARIES, WH_WORDS, Phrase, Word, words_of
from summitqa.protocols import TermModel
from summitqa.types import Span, Turn
from summitqa.words import STOP_WORDS, content_words, split_words

MAX_GAP = 2
"""Stop words between two added words of one phrase."""

MAX_ADDED = 3
"""Phrases that the model adds, those of the latest turns: more are no topic, but all that was said."""

_ASKING = WH_WORDS | AUXILIARIES | frozenset("much many long likely so then i you we".split())


class TermScores:
    """What the model says of the words of the last turns, as it is asked once for a question."""

    def __init__(self, model: TermModel, turns: Sequence[Turn], question: str) -> None:
        self._texts = [text for turn in turns for text in (turn.question, turn.answer) if text]
        self._last_question = turns[-1].question
        self._scores = model.score_words(self._texts, question)

    @property
    def highest(self) -> float:
        """The probability of the likeliest word."""
        return max((score for scores in self._scores for _, score in scores), default=0.0)

    def weigh(self, phrase: Phrase) -> float:
        """Return the probability that the question needs the words of *phrase*."""
        wanted = content_of(phrase.text)
        found = [
            score
            for text, scores in zip(self._texts, self._scores, strict=True)
            for span, score in scores
            if wanted.intersection(split_words(span.text_of(text)))
        ]
        return max(found, default=0.0)

    def phrases(self, threshold: float, known_in: str, *, last_question_only: bool) -> list[str]:
        """Return the phrases of the words from *threshold* on that *known_in* does not hold, in order of the turns.

        Numbers alone are none, and of many only the latest are returned.
        """
        known = set(split_words(known_in))
        found: list[str] = []
        for text, scores in zip(self._texts, self._scores, strict=True):
            if last_question_only and text != self._last_question:
                continue
            chosen = [
                span
                for span, score in scores
                if score >= threshold and content_of(span.text_of(text)) - known and not _is_question_word(span, text)
            ]
            for span in _joined(text, chosen):
                if content_of(span.text_of(text)) - known and any(c.isalpha() for c in span.text_of(text)):
                    found.append(span.text_of(text).removesuffix("'s").removesuffix("’s"))
                    known |= content_of(span.text_of(text))
        return found[-MAX_ADDED:]


def topic_of(turn: Turn) -> list[str]:
    """Return what a turn says, for a question that rules cannot write out: its words without those that ask."""
    words = words_of(turn.question)
    return [" ".join(word.text for word in words if word.folded not in _ASKING or _is_month_or_name(word))]


def _is_month_or_name(word: Word) -> bool:
    """Tell whether a word that could be an auxiliary is none: "in May", "to Will"."""
    return word.is_capital and word.span.start > 0 and word.folded in {"may", "will"}


def add_terms(question: str, phrases: Iterable[str]) -> str:
    """Return *question* with *phrases* that it does not hold in brackets before its end."""
    known = set(split_words(question))
    new = [phrase for phrase in phrases if content_of(phrase) - known]
    if not new:
        return question
    body = question.rstrip()
    end = body[-1] if body[-1:] in "?!." else ""
    return f"{body.removesuffix(end).rstrip()} ({', '.join(new)}){end}"


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return *spans* with those joined that only a few stop words part."""
    joined: list[Span] = []
    for span in spans:
        between = words_of(text[joined[-1].end : span.start]) if joined else []
        if joined and len(between) <= MAX_GAP and _is_gap(text[joined[-1].end : span.start]):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _is_gap(text: str) -> bool:
    """Tell whether nothing but stop words stands in *text*."""
    between = {word.folded for word in words_of(text)}
    return between <= STOP_WORDS - AUXILIARIES and not re.search(r"[.?!;:()|]", text)


def _is_question_word(span: Span, text: str) -> bool:
    word = Word(span.text_of(text), split_words(span.text_of(text))[0], span)
    return word.folded in WH_WORDS | AUXILIARIES and not _is_month_or_name(word)


def content_of(text: str) -> set[str]:
    """Return the content words of *text*, folded."""
    return set(content_words(text))
