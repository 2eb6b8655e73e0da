"""Dependence: whether a question stands alone or needs the turns before it, and by which words it shows that.

Closed classes and positions only. A question that names its subject is left alone however short it is; one that points
back with a word, or is only a part of a question, is not. In between nothing can be told from the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summitqa.conversation.phrases import (
    AUXILIARIES,
    PREPOSITIONS,
    WH_WORDS,
    Word,
    is_participle,
    phrases_of,
    words_of,
)
from summitqa.types import Span
from summitqa.words import STOP_WORDS, fold

PointerKind = Literal["person", "thing", "several", "place", "time", "clause", "one"]

ENOUGH_WORDS = 4
"""Content words with which a question says what it is about, even without a name."""

MAX_PART_WORDS = 4
"""Words of a part that begins with a preposition; noun phrases without anything before them are shorter."""

MAX_WORDS = 60
"""A longer question explains itself, and is not looked into."""

_CONJUNCTION = re.compile(r"(?:(?:and|but|or|so(?!\s+what\W*$)|ok(?:ay)?|also)\b[\s,]*)+", re.IGNORECASE)
_ABOUT = re.compile(r"(?:(?:what|how)\s+about|what\s+if|the\s+same\s+for|same\s+for)\b\s*", re.IGNORECASE)
_IDIOMS = {"how so": "Why?", "how come": "Why?", "says who": "Who says that?"}
_SEVERAL = frozenset("they them their theirs".split())
_KINDS: dict[str, PointerKind] = {
    **dict.fromkeys("he him his she her hers".split(), "person"),
    **dict.fromkeys("it its".split(), "thing"),
    **dict.fromkeys(_SEVERAL, "several"),
    **dict.fromkeys("that this these those".split(), "clause"),
    "there": "place",
}
_HOW = frozenset("much many long often far old big so come soon high exactly".split())
_SUBJECTS = frozenset("i you we they he she it".split())
_DEICTIC = frozenset(
    """article document text report page paper file story piece day week weekend month year time morning afternoon
    evening night summer winter""".split()
)
_ONE = re.compile(
    r"\b(?:(?:which|what|the|that|this|another|each)(?:\s+[\w-]+){0,2}?\s+ones?|which(?=\s+(?:is|are|was|were|will|has|had)\b)|"
    r"(?<!than )(?:the\s+others?|the\s+other\s+(?:one|side|two)|the\s+rest))\b(?!\s+(?:of|who|that)\b)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:(?<!thing )(?<!body )(?<!where )(?<!one )else|otherwise|instead(?!\s+of)|"
    r"(?:say|says|said|think|thought|do|does|did|done|doing)\s+so)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\bit\s+(?:takes?|took|costs?|needs?)\s+(?:[\w-]+\s+){0,3}?to\s+\w+|\bit\s+(?:rain|snow)\w*|"
    r"\b(?:is|was|be|would|will)\s+it\s+(?:[\w-]+\s+){0,3}?(?:to|that|when|if)\s+\w+|"
    r"\bit\s+(?:worth|safe|possible|true|hurts?|helps?|matters?|pays?)\b|\b(?:make|makes|made|making)\s+it\b",
    re.IGNORECASE,
)
_BEFORE_TIMES = frozenset("by since until before why".split())
_AFTER = frozenset("happen happens happened come comes came".split())
_NO_NOUNS = frozenset("correct huh no pardon really right seriously sorry sure true what yes".split())
_OBJECTS = frozenset("him her he she them they it".split())
_CLAUSE_START = frozenset("and but if when because before after while that who which although since as".split())


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word of the question that stands for something said before: what kind of thing, and where the word is."""

    kind: PointerKind
    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class Dependence:
    """What a question shows of its need for earlier turns.

    Attributes:
        body: the question without "and", "what about" and the like at its start.
        pointers: words that stand for something said before, in order.
        is_part: the body is only a part of a question.
        swaps: it began with "and" or "what about", so the part takes another's place.
        is_alone: it needs nothing; without pointers and not a part, this may still be ``False``: not known.
        reason_for: of what it asks nothing but "why": "Turkey" in "Why Turkey?", else ``None``.
    """

    body: str
    pointers: tuple[Pointer, ...]
    is_part: bool
    swaps: bool
    is_alone: bool
    reason_for: str | None = None

    @property
    def is_dependent(self) -> bool:
        """Tell whether it certainly needs earlier turns."""
        return bool(self.pointers) or self.is_part


def find_dependence(question: str) -> Dependence:
    """Return what *question* shows of its need for earlier turns."""
    body, swaps = _without_opening(question)
    body = _IDIOMS.get(fold(body).rstrip(" ?.!"), body)
    words = words_of(body)
    if len(words) > MAX_WORDS:
        return Dependence(body, (), is_part=False, swaps=swaps, is_alone=True)
    is_part = _is_part(words, swaps) or _is_noun_phrase(body, words)
    pointers = tuple(_pointers(body, words))
    names = any(phrase.is_name for phrase in phrases_of(body)) or any(word.folded[0].isdigit() for word in words)
    n_content = sum(word.folded not in STOP_WORDS for word in words)
    is_alone = not pointers and not is_part and (names or n_content >= ENOUGH_WORDS)
    return Dependence(body, pointers, is_part, swaps, is_alone, _reason_for(body, words))


def _without_opening(question: str) -> tuple[str, bool]:
    """Return the question without its opening conjunction or "what about", and whether there was one."""
    body = question.strip()
    if match := _CONJUNCTION.match(body):
        body = body[match.end() :]
    swaps = match is not None
    if about := _ABOUT.match(body):
        kept = "if " if about.group().lower().split()[-1] == "if" else ""
        return kept + body[about.end() :], True
    return (body, swaps) if body else (question.strip(), False)


def _is_part(words: Sequence[Word], swaps: bool) -> bool:
    """Tell whether *words* are less than a question: no auxiliary and, unless something takes its place, no verb."""
    folded = [word.folded for word in words]
    if not folded:
        return False
    asks_when = folded[0] == "when" and len(folded) > 1 and folded[1] in AUXILIARIES
    if folded[0] in {"if", "when", "unless", "without", "with"} and swaps and not asks_when:
        return True
    if any(word in AUXILIARIES for word in folded):
        return False
    if swaps and folded[0] not in WH_WORDS:
        return not (len(folded) > 1 and folded[0] in _SUBJECTS)
    if folded[0] in WH_WORDS:
        return _is_wh_part(folded)
    return folded[0] in PREPOSITIONS and len(folded) <= MAX_PART_WORDS


def _is_wh_part(folded: list[str]) -> bool:
    """Tell whether the words are a question word, what belongs to it, or "why not" and a phrase: "Why not in Lund?"."""
    if folded[:2] == ["why", "not"] and len(folded) > 2 and folded[2] in PREPOSITIONS:
        return len(folded) <= MAX_PART_WORDS + 1
    return len(folded) == 1 or (len(folded) <= 3 and _is_wh_phrase(folded))


def _is_noun_phrase(body: str, words: Sequence[Word]) -> bool:
    """Tell whether *body* is nothing but a name or a noun with its article: "Ukraine?", "A single sleeper?".

    Other words in a row may be a search: "Moen job title?".
    """
    if not 0 < len(words) < MAX_PART_WORDS or not body.rstrip().endswith("?"):
        return False
    is_name = len(words) < MAX_PART_WORDS - 1 and all(word.is_capital for word in words)
    if not (is_name or words[0].folded in {"a", "an", "the"}) or words[-1].folded in _NO_NOUNS:
        return False
    found = phrases_of(f"and {body}")
    return len(found) == 1 and found[0].text == body.rstrip(" ?.!") and not is_participle(words[-1].folded)


def _reason_for(body: str, words: Sequence[Word]) -> str | None:
    """Return the noun phrase after "why" or "why not", if there is nothing else."""
    folded = [word.folded for word in words]
    start = 2 if folded[1:2] == ["not"] else 1
    rest = words[start : start + MAX_PART_WORDS]
    others = (AUXILIARIES | WH_WORDS).intersection(folded[start:])
    if folded[:1] != ["why"] or not rest or len(words) > start + len(rest) or others:
        return None
    is_phrase = rest[0].is_capital or rest[0].folded in {"a", "an", "the"}
    return body[rest[0].span.start :].rstrip(" ?.!") if is_phrase else None


def _is_wh_phrase(folded: list[str]) -> bool:
    """Tell whether the words are a question word and what belongs to it: "which cities", "how much", "why there"."""
    if folded[0] in {"which", "what", "whose"}:
        return folded[1] not in {"happens", "happened", "about"}
    if folded[0] == "why" and folded[1] in _OBJECTS:
        return len(folded) == 2
    if folded[0] in {"why", "where", "when"}:
        return folded[1] in {"not", "there", "then", "else", "exactly", "that", "so", "this", "now"}
    if folded[0] == "how":
        return folded[1] in _HOW
    return folded[1] in {"else", "exactly", "now"} and len(folded) == 2


def _pointers(body: str, words: Sequence[Word]) -> list[Pointer]:
    found: list[Pointer] = []
    for position, word in enumerate(words):
        kind = _pointer_kind(body, words, position)
        if kind is not None:
            found.append(Pointer(kind, word.folded, word.span))
    for match in _ONE.finditer(body):
        named_before = any(phrase.span.end < match.start() for phrase in phrases_of(body))
        is_apart = named_before and "," in body[: match.start()]
        if not is_apart and not any(pointer.span.overlaps(Span(*match.span())) for pointer in found):
            found.append(Pointer("one", match.group().lower(), Span(*match.span())))
    if sum(word.folded not in STOP_WORDS for word in words) < ENOUGH_WORDS and not any(w.is_capital for w in words[1:]):
        found += [Pointer("clause", m.group().lower(), Span(*m.span())) for m in _ELSEWHERE.finditer(body)]
    return sorted(found, key=lambda pointer: pointer.span)


def _pointer_kind(body: str, words: Sequence[Word], position: int) -> PointerKind | None:
    word = words[position]
    kind = _KINDS.get(word.folded)
    if kind == "clause":
        points = _points(words, position)
    elif kind == "place":
        points = _is_place(words, position)
    elif kind is not None:
        expletive = any(m.start() <= word.span.start < m.end() for m in _EXPLETIVE.finditer(body))
        points = not (expletive and kind == "thing") and not _has_antecedent(body, words, position)
    else:
        before = words[position - 1].folded if position else ""
        if word.folded != "then":
            return None
        if before in _BEFORE_TIMES:
            return "time"
        return "clause" if len(words) == 1 or before in _AFTER else None
    return kind if points else None


def _has_antecedent(body: str, words: Sequence[Word], position: int) -> bool:
    """Tell whether the question itself names what the pronoun at *position* stands for.

    That is a phrase in an earlier clause, or anywhere before a possessive or a subject.
    """
    before, pronoun = body[: words[position].span.start], words[position].folded
    if pronoun in _SEVERAL and re.search(r"\w\w[.?!:]\s", before):
        return True
    named = [
        phrase
        for phrase in phrases_of(before)
        if phrase.is_name or phrase.determiner or (phrase.is_plural and pronoun in _SEVERAL)
    ]
    if pronoun in {"his", "her", "he", "she"}:
        named = [phrase for phrase in named if phrase.is_name or phrase.kind == "person"]
    if not named:
        return not {"every", "this"}.isdisjoint(before.lower().split())
    between = words_of(before[named[0].span.end :])
    if pronoun in {"its", "their", "his", "her", "he", "she"}:
        fits = any(phrase.is_name or (phrase.is_plural and pronoun == "their") for phrase in named)
        return fits or any(word.folded not in PREPOSITIONS for word in between)  # not "the difference in their names"
    return "," in before[named[0].span.end :] or any(word.folded in _CLAUSE_START for word in between)


def _points(words: Sequence[Word], position: int) -> bool:
    """Tell whether "that", "this" and their plurals stand for something, rather than open a clause."""
    word = words[position].folded
    before = words[position - 1].folded if position else ""
    after = words[position + 1].folded if position + 1 < len(words) else ""
    if after in _DEICTIC and word in {"this", "these"}:
        return False
    if word in {"this", "these"}:
        return True
    if word == "those":
        return after not in {"who", "that", "with", "of", "in"}
    return not after or (before in AUXILIARIES and position == 1) or _is_object(before, after)


def _is_object(before: str, after: str) -> bool:
    if before in {"so", "such", "now", "given", "except", "is", "was"} and after not in AUXILIARIES:
        return before in {"is", "was"}
    return (
        before in PREPOSITIONS or before in AUXILIARIES or (after in AUXILIARIES and before in {"", "and", "but", "if"})
    )


def _is_place(words: Sequence[Word], position: int) -> bool:
    before = words[position - 1].folded if position else ""
    after = words[position + 1].folded if position + 1 < len(words) else ""
    if before in {"down", "up", "over", "out", "in"}:
        return False
    return not (before in AUXILIARIES - {"do", "does", "did"} and after) and after not in AUXILIARIES
