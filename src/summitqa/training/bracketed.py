"""Questions in the form in which the resolver writes follow-ups out: a pronoun, and what it stands for in brackets.

"When will the request be discussed?" becomes "When will it be discussed (request)?", so that the reader learns to use
words in brackets as if they stood in the question. See :mod:`summitqa.conversation.terms`.
"""

from __future__ import annotations

import random

from summitqa.conversation.phrases import AUXILIARIES, PREPOSITIONS, WH_WORDS, Phrase, phrases_of, words_of

_PRONOUNS = {"thing": ("it", "it"), "place": ("there", "there"), "time": ("then", "then")}
_SEVERAL = ("they", "them")
_OF_NAMES = (("he", "him"), ("she", "her"), ("it", "it"))
SHORTENED = 0.25
"""Share of the questions that keep nothing but their question words: "In what time (won the race)?"."""


def bracket(question: str, rng: random.Random) -> str | None:
    """Return *question* with one of its phrases, or all after its question words, in brackets; ``None`` without any."""
    phrases = [p for p in phrases_of(question) if p.span.start and (p.determiner or p.is_name)]
    body = question.rstrip(" ?.!")
    if not phrases:
        return None
    if rng.random() < SHORTENED and (short := _shorten(body)) is not None:
        return f"{short}?"
    phrase = rng.choice(phrases)
    start, end = phrase.span.start, phrase.span.end
    if body[end:].startswith(("'", "’", " of ")):
        return None
    before = body[:start]
    if phrase.kind in {"place", "time"} and phrase.preposition:
        before = before[: before.lower().rindex(phrase.preposition)]
    known = phrase.text.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return f"{before}{_pronoun(phrase, rng, at_end=end == len(body))}{body[end:]} ({known})?"


def _pronoun(phrase: Phrase, rng: random.Random, *, at_end: bool) -> str:
    forms = _SEVERAL if phrase.is_plural else _PRONOUNS.get(phrase.kind) or rng.choice(_OF_NAMES)
    return forms[bool(phrase.preposition) or at_end]


def _shorten(body: str) -> str | None:
    """Return the question words of *body* and the rest, without its first auxiliary, in brackets."""
    words = words_of(body)
    asking = next((i for i, word in enumerate(words) if word.folded in WH_WORDS), None)
    if asking is None or asking > 1 or (asking == 1 and words[0].folded not in PREPOSITIONS):
        return None
    n_asking = asking + 1 + (words[asking].folded in {"what", "which"} and asking == 1)
    if len(words) < n_asking + 3 or words[n_asking].folded not in AUXILIARIES:
        return None
    if not asking and words[0].folded not in {"when", "where", "why"}:
        return None
    rest = body[words[n_asking + 1].span.start :]
    return f"{body[: words[n_asking - 1].span.end]} ({rest})"
