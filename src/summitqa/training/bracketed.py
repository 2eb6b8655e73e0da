"""Questions in the form in which the resolver writes follow-ups out: a pronoun, and what it stands for in brackets.

"When will the request be discussed?" becomes "When will it be discussed (request)?", so that the reader learns to use
words in brackets as if they stood in the question. See :mod:`summitqa.conversation.terms`.
"""

from __future__ import annotations

import random

from summitqa.conversation.phrases import AUXILIARIES, PREPOSITIONS, WH_WORDS, Phrase, phrases_of, words_of

_SEVERAL, _THING = ("they", "them"), ("it", "it")
_PERSONS = (("he", "him"), ("she", "her"))
_WHERE_AND_WHEN = frozenset("at in on".split())
SHORTENED = 0.25
"""Share of the questions of which it is tried to keep only the question words: "When (the race begins)?"."""


def bracket(question: str, rng: random.Random) -> str | None:
    """Return *question* with one of its phrases, or all after its question words, in brackets; ``None`` without any."""
    phrases = [p for p in phrases_of(question) if p.span.start and (p.determiner or p.is_name)]
    body = question.rstrip(" ?.!")
    if not phrases:
        return None
    if rng.random() < SHORTENED and (short := _shorten(body)) is not None:
        return f"{short}?"
    phrase = rng.choice(phrases)
    before, after = body[: phrase.span.start], body[phrase.span.end :]
    if after.startswith(("'", "’", " of ")):
        return None
    if phrase.kind in {"place", "time"} and phrase.preposition in _WHERE_AND_WHEN:
        before = before[: before.lower().rindex(phrase.preposition)]
        return f"{before}{'there' if phrase.kind == 'place' else 'then'}{after} ({phrase.without_article})?"
    return f"{before}{_pronoun(phrase, rng, at_end=not after)}{after} ({phrase.without_article})?"


def _pronoun(phrase: Phrase, rng: random.Random, *, at_end: bool) -> str:
    """Return a pronoun for *phrase*; what a name stands for is not known."""
    if phrase.is_plural and phrase.text.split()[-1].islower():
        forms = _SEVERAL
    elif phrase.determiner:
        forms = rng.choice(_PERSONS) if phrase.kind == "person" else _THING
    else:
        forms = rng.choice((*_PERSONS, _THING))
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
