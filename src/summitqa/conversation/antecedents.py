"""Antecedents: what a pointing word of a question stands for in the turns before it.

Later turns before earlier ones, and what fits the word: a person for "he", a plural for "they". What was asked about
comes before what was only mentioned; for "Who ...?" the name that the quotes gave comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from summitqa.conversation.asking import join_all
from summitqa.conversation.dependence import PointerKind
from summitqa.conversation.phrases import AUXILIARIES, Phrase, is_person_noun, phrases_of, widen, words_of
from summitqa.questions import answer_type, typed_spans
from summitqa.types import Span, Turn
from summitqa.words import fold, same_root, split_words

Weigh = Callable[[Phrase], float]
"""How likely a phrase is what is meant, in [0, 1]."""

LIKELY = 0.5
"""Weight from which a phrase of an earlier turn is preferred to less likely ones of later turns."""

POSSIBLE = 0.1
"""Weight below which a phrase is not what is meant, though it would fit."""

MAX_NAMED = 3
"""People named in the quotes of a turn that one "they" stands for; more are a list, not a name."""

_GROUPS = frozenset(
    """company council committee team government ministry delegation union police board crew family club school
    parliament court side country city party group staff public bank charity association agency""".split()
)
_PLACE_NOUNS = frozenset(
    """hub station museum school hotel city town village country island harbour harbor port office room building shop
    market park hospital university airport bridge venue""".split()
)
_ATTRIBUTES = frozenset(
    """address age amount colour color cost date deposit distance fee height length name number percentage position
    price range rate role score size speed status temperature time weight""".split()
)
_NO_PERSON = re.compile(r"[\d%€$£]")
_DECIMAL = re.compile(r"\d+\.\d+")
_DIGIT = re.compile(r"\d")


def weigh_alike(phrase: Phrase) -> float:
    """Return 1: rules have nothing to tell fitting phrases apart by."""
    del phrase
    return 1.0


def find_antecedent(kind: PointerKind, turns: Sequence[Turn], weigh: Weigh) -> str | None:
    """Return what a word of *kind* stands for after *turns*, oldest first, or ``None``.

    Args:
        kind: what the word can stand for.
        turns: earlier turns with their questions written out.
        weigh: decides between phrases that fit, of all turns, if any is likely; else of the latest turn that has some.
    """
    found = [candidates for turn in reversed(turns) if (candidates := _candidates(kind, turn))]
    likely = [phrase for candidates in found for phrase in candidates if weigh(phrase) >= LIKELY]
    if likely:
        return max(likely, key=lambda phrase: round(weigh(phrase), 1)).text
    best = max(found[0], key=lambda phrase: round(weigh(phrase), 1)) if found else None
    return best.text if best is not None and weigh(best) >= POSSIBLE else None


def _candidates(kind: PointerKind, turn: Turn) -> list[Phrase]:
    """Return what in *turn* fits *kind*, the best first."""
    asked = phrases_of(turn.question)
    if kind == "person":
        return _persons(turn, asked)
    if kind == "place":
        return _places(turn, asked)
    if kind == "time":
        return _times(turn.question) or _times(turn.answer or "")
    if kind == "several":
        plural = [p for p in asked if p.is_plural or p.head in _GROUPS]
        return _several_quoted(turn) or plural or [p for p in asked if p.is_name and p.kind != "time"]
    if kind == "thing":
        asked_for = _asked_thing(turn)
        return [asked_for] if asked_for is not None else _things(turn, asked)
    return []


def _places(turn: Turn, asked: Sequence[Phrase]) -> list[Phrase]:
    """Return what "there" can be: a place of the question, else of the quotes, else the label of a quote."""
    places = [phrase for phrase in asked if phrase.kind == "place" or phrase.head in _PLACE_NOUNS - {_asked_noun(turn)}]
    quoted = _quoted(turn)
    quoted = [p for p in quoted if p.kind == "place"] or [p for p in quoted if _is_heading(p, turn.answer or "")][:1]
    return places or quoted


def _times(text: str) -> list[Phrase]:
    """Return the dates and times of *text*, days before times of day."""
    found = (span for span in typed_spans(text, "time") if not _DECIMAL.fullmatch(span.text_of(text).strip()))
    spans = sorted(found, key=lambda span: not span.text_of(text)[:1].isupper())
    return [Phrase(span.text_of(text), span, "", False, "", "", "time") for span in spans]


def _several_quoted(turn: Turn) -> list[Phrase]:
    """Return the few people that the quotes name for "Who ...?" as one phrase."""
    named = quoted_people(turn)
    return [replace(named[0], text=join_all([phrase.text for phrase in named]))] if len(named) > 1 else []


def quoted_people(turn: Turn) -> list[Phrase]:
    """Return whom the quotes name for "Who ...?", in their order; nobody if it was not asked, or if they are many."""
    if answer_type(turn.question) != "name":
        return []
    answer = turn.answer or ""
    found = [p for p in _quoted(turn) if p.kind == "person" and not _is_label(p, answer) and _is_new(p, turn.question)]
    named = sorted((p for p in found if " " in p.text), key=lambda phrase: phrase.span) or found
    return named if len(named) <= MAX_NAMED else []


def quoted_subject(turn: Turn) -> str | None:
    """Return whom or what the quotes name for what *turn* asked for: "Who ...?", "Which trawler ...?"."""
    people = quoted_people(turn)
    if people:
        return join_all([phrase.text for phrase in people])
    thing = _asked_thing(turn)
    return thing.text if thing is not None else None


def _things(turn: Turn, asked: Sequence[Phrase]) -> list[Phrase]:
    """Return what "it" can be: what has an article or a name, attributes last; else a name, else any thing."""
    asked = sorted(asked, key=lambda phrase: phrase.head in _ATTRIBUTES)
    asked = [p if p.head in _ATTRIBUTES else widen(p, asked, turn.question) for p in asked]
    asked = [p for p in asked if not p.is_plural] or asked
    things = [p for p in asked if p.kind in {"thing", "place"}]
    named = [p for p in things if _is_definite(p)] or [p for p in asked if p.is_name and not is_person_noun(p.head)]
    noun = _asked_noun(turn)
    named = [p for p in named if p.kind != "time"]
    return named or [replace(p, text=f"the {p.text}") if p.head == noun and not p.is_plural else p for p in things]


def _is_definite(phrase: Phrase) -> bool:
    return bool(phrase.determiner or phrase.is_name or _DIGIT.search(phrase.text))


def _persons(turn: Turn, asked: Sequence[Phrase]) -> list[Phrase]:
    persons = (_possessor(p) for p in asked if p.kind == "person")
    named = sorted(persons, key=lambda phrase: phrase.preposition == "of")
    asks_name = answer_type(turn.question) == "name" or bool((noun := _asked_noun(turn)) and is_person_noun(noun))
    quoted = [p for p in _quoted(turn) if _is_new(p, turn.question)]
    quoted.sort(key=lambda phrase: _is_label(phrase, turn.answer or "") or len(phrase.text.split()) == 1)
    if asks_name and quoted:
        return quoted[:1]
    if asks_name:  # the person asked for is meant, whose name is not known
        named = [p for p in named if not p.is_name or p.preposition not in {"of", "for"}]
    return named or [p for p in quoted if not _is_label(p, turn.answer or "")][:1]


def _possessor(phrase: Phrase) -> Phrase:
    """Return "Moen" for "Moen's problem"; what is a person itself, "Moen's lawyer", stays."""
    owner, _, owned = phrase.text.replace("’", "'").rpartition("'s ")
    is_owned = owner and not is_person_noun(phrase.head) and not owned[:1].isupper()
    return (
        replace(phrase, text=owner, span=Span(phrase.span.start, phrase.span.start + len(owner)))
        if is_owned
        else phrase
    )


def _is_heading(phrase: Phrase, text: str) -> bool:
    """Tell whether a name is the label at the beginning of a quote: "Norway: ..."."""
    return text[phrase.span.end :].lstrip()[:1] == ":" and text[: phrase.span.start].rstrip(" ")[-1:] in {"", "\n"}


def _is_label(phrase: Phrase, text: str) -> bool:
    """Tell whether a name is rather a label or a title: "Norway: ...", "... (Mayor)", a cell of a table."""
    after = text[phrase.span.end :].lstrip()[:1]
    return after in {":", "|"} or text[: phrase.span.start].rstrip()[-1:] in {"(", "|"}


def _asked_noun(turn: Turn) -> str | None:
    """Return the noun after "which" or "what", which the answer names."""
    words = words_of(turn.question)
    if len(words) < 2 or words[0].folded not in {"which", "what"} or words[1].folded in AUXILIARIES:
        return None
    return words[1].folded


def _asked_thing(turn: Turn) -> Phrase | None:
    """Return the name that the quotes give for "which trawler", ``None`` if there is none or a person was asked for."""
    noun = _asked_noun(turn)
    if noun is None or is_person_noun(noun) or noun.endswith("s"):
        return None
    answer = turn.answer or ""
    found = [phrase for phrase in _quoted(turn) if _is_new(phrase, turn.question)]
    called = [p for p in found if fold(answer[: p.span.start]).endswith(f"{noun} ")]
    if called:  # "the trawler Petrel"
        return replace(called[0], text=f"the {noun} {called[0].text}")
    alone = [p for p in found if not re.match(r"\s+[a-z]", answer[p.span.end :])]
    return next(iter(alone or found), None)


def _quoted(turn: Turn) -> list[Phrase]:
    """Return the names of the turn's answer, those that could be a person's first, none of a time."""
    return sorted(_names(turn.answer or ""), key=lambda phrase: phrase.kind == "place")


def _names(text: str) -> Iterator[Phrase]:
    for span in typed_spans(text, "name"):
        name = span.text_of(text)
        before = words_of(text[: span.start])
        preposition = before[-1].folded if before else ""
        found = phrases_of(f"{preposition} {name}" if preposition in {"in", "at", "from", "to"} else f"is {name}")
        if found and found[-1].kind != "time" and not _NO_PERSON.search(name):
            phrase = found[-1]
            is_place = phrase.kind == "place"
            yield Phrase(name, span, phrase.head, True, "", preposition, "place" if is_place else "person")


def _is_new(phrase: Phrase, question: str) -> bool:
    asked = split_words(question)
    return not all(any(same_root(word, other) for other in asked) for word in split_words(phrase.text))
