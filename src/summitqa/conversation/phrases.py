"""Phrases of a question: its words, names and noun phrases, by closed word classes and capital letters.

No grammar: a noun phrase is what stands between words that can be in none. English questions are short and regular
enough for that. Spans count in the text they were found in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from summitqa.types import Span
from summitqa.words import fold

NounKind = Literal["person", "place", "time", "thing"]

AUXILIARIES = frozenset(
    """is are was were be been being do does did has have had can could will would shall should may might must
    isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't
    cannot""".split()
)
WH_WORDS = frozenset("who whom whose what when where which why how who's what's where's how's when's".split())
PREPOSITIONS = frozenset(
    """about above across after against along among around as at before behind below beneath beside besides between
    beyond by despite down during except for from in inside into like near of off on onto out outside over past per
    since than through throughout till to toward towards under until up upon via versus with within without""".split()
)
SUBORDINATORS = frozenset("if when unless whether because although though while once".split())
PRONOUNS = frozenset(
    """i me my mine you your yours he him his she her hers it its we us our ours they them their theirs this that
    these those there here one ones anyone anybody anything someone somebody something everyone everything""".split()
)
DETERMINERS = frozenset("a an the this that these those my your his her its our their each every any some no".split())
_OTHERS = frozenset(
    """and or but not also only just still ever already much many more most less least so too very then again else
    long far often soon likely happen happens happened said say says want wants mean means going there's it's""".split()
)
_BOUNDARIES = AUXILIARIES | WH_WORDS | PREPOSITIONS | SUBORDINATORS | PRONOUNS | _OTHERS
_BE = frozenset("is are was were".split())
_TAKES_VERB = frozenset("do does did will would can could should may might must shall".split())
_PARTICIPLES = frozenset(
    """begun born bought broken brought built caught chosen come done drawn driven eaten fallen fed felt found given
    gone grown heard held hit hurt kept known laid led left lent lost made met paid put read run seen sent set shown
    shut sold spent stolen taken taught thought told thrown won written""".split()
)
_TIMES = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|march|april|may|june|july|august|september|"
    r"october|november|december|(?:19|20)\d\d|today|tomorrow|yesterday|weekends?|weekdays?|mornings?|evenings?)"
)
_PERSON_NOUNS = re.compile(
    r"(?:person|man|woman|boy|girl|director|minister|president|mayor|leader|captain|chair(?:man|woman)?|author|owner|"
    r"chief|king|queen|judge|lawyer|doctor|driver|winner|manager|auditor|expert|spokes(?:man|woman|person)|patient|"
    r"scientist|professor|teacher|officer|secretary|founder|head|boss|engineer|\w+(?:ologist|grapher|keeper))"
)
_PLACE_BEFORE = frozenset("in at from to near into across outside around through".split())
_TOKEN = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as written, folded, and where."""

    text: str
    folded: str
    span: Span

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or a name.

    Attributes:
        text: as written, its determiner included.
        span: where it stands.
        head: its last word, folded.
        is_name: it begins with a capital letter, its determiner aside.
        determiner: folded, empty if there is none.
        preposition: the one it follows, folded, empty if there is none.
        kind: what it probably is.
    """

    text: str
    span: Span
    head: str
    is_name: bool
    determiner: str
    preposition: str
    kind: NounKind

    @property
    def without_article(self) -> str:
        """The text without "the", "a" or "an" before it."""
        return self.text.removeprefix("the ").removeprefix("a ").removeprefix("an ")

    @property
    def is_plural(self) -> bool:
        """Tell whether it probably names several."""
        return self.head == "people" or (self.head.endswith("s") and not self.head.endswith(("ss", "us", "is")))


@lru_cache(maxsize=1024)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of *text* in order; a possessive ending belongs to its word."""
    return tuple(Word(m.group(), fold(m.group()), Span(*m.span())) for m in _TOKEN.finditer(text))


@lru_cache(maxsize=1024)
def phrases_of(text: str) -> tuple[Phrase, ...]:
    """Return the noun phrases and names of *text* in order; they do not overlap."""
    words = words_of(text)
    found = []
    for begin, end in _chunks(text, words):
        first = begin + _follows_subject(words, begin, end)
        last = end - (_ends_in_verb(words, first, end) or _ends_in_adjective(words, first, end))
        determiner = words[first].folded if words[first].folded in DETERMINERS else ""
        head_first = first + bool(determiner)
        if head_first > last or (determiner and determiner not in {"a", "an", "the"}):
            continue
        if first == last and first and not determiner and _is_bare_verb(words, first):
            continue
        span = Span(words[first].span.start, words[last].span.end)
        before = words[first - 1].folded if first else ""
        head = words[last].folded.removesuffix("'s").removesuffix("s'")
        shown = span.text_of(text)
        is_name = any(word.is_capital for word in words[head_first : last + 1])
        preposition = before if before in PREPOSITIONS else ""
        found.append(
            Phrase(
                text=_without_possessive(shown),
                span=Span(span.start, span.start + len(_without_possessive(shown))),
                head=head,
                is_name=is_name,
                determiner=determiner,
                preposition=preposition,
                kind=_kind(head, is_name, preposition, determiner),
            )
        )
    return tuple(found)


def is_person_noun(word: str) -> bool:
    """Tell whether a folded noun, such as "minister", names a person."""
    return _PERSON_NOUNS.fullmatch(word) is not None


def widen(phrase: Phrase, among: Sequence[Phrase], text: str) -> Phrase:
    """Return *phrase* with the one that "of" ties to it: "a review of the theft"."""
    following = next((p for p in among if p.preposition == "of" and p.span.start > phrase.span.end), None)
    if following is None or text[phrase.span.end : following.span.start].split() != ["of"]:
        return phrase
    span = Span(phrase.span.start, following.span.end)
    return replace(phrase, text=span.text_of(text), span=span)


def is_participle(word: str) -> bool:
    """Tell whether a folded word is probably a past participle."""
    return word in _PARTICIPLES or (word.endswith("ed") and len(word) > 4)


def _chunks(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the first and last position of each run of words that may be a noun phrase."""
    first: int | None = None
    for position, word in enumerate(words):
        apart = bool(position) and text[words[position - 1].span.end : word.span.start].strip() != ""
        is_determiner = word.folded in {"a", "an", "the"} and not (word.text == "A" and position)
        is_name_start = (
            first is not None
            and not words[position - 1].is_capital
            and word.is_capital
            and len(word.text) > 1  # "pad B" is one thing, and so is "12 November"
            and not words[position - 1].folded.isdigit()
        )
        ends_name = (
            first is not None
            and words[position - 1].is_capital
            and not word.is_capital
            and not words[position - 1].folded.endswith("'s")
            and words[first].folded not in {"a", "an", "the"}
        )
        if first is not None and (
            apart
            or is_determiner
            or _ends_phrase(word)
            or (is_name_start and words[first].folded not in {"a", "an", "the"} and not word.text[0].isdigit())
            or (ends_name and not word.folded.isdigit())
            or (is_participle(word.folded) and (position > first + 1 or words[first].folded.endswith("s")))
        ):
            yield first, position - 1
            first = None
        if first is None and (is_determiner or not (_ends_phrase(word) or (position == 0 and not _opens(words)))):
            first = position
    if first is not None:
        yield first, len(words) - 1


def _ends_in_verb(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the run ends in the verb that "do" or a modal before it calls for: "did [the council agree]"."""
    after = words[last + 1].folded if last + 1 < len(words) else ""
    if first == 1 and last > first and words[0].folded in {"which", "what"} and after in PRONOUNS | DETERMINERS:
        return True  # "what [foods cause] it"
    if not first or words[first - 1].folded not in _TAKES_VERB or words[last].is_capital:
        return False
    return last - first >= 1 + (words[first].folded in {"a", "an", "the"})


def _follows_subject(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the run begins with a verb: "did Putin [offer direct talks]", "what [causes throat cancer]"."""
    after = words[last + 1].folded if last + 1 < len(words) else ""
    if first == 1 and last > first and words[0].folded in {"who", "what"} and after not in AUXILIARIES | PRONOUNS:
        return words[first].folded.endswith(("s", "ed")) and words[first].folded not in DETERMINERS
    if first == last or first < 2 or words[first].is_capital or not words[first - 1].is_capital:
        return False
    before = next((i for i in range(first - 1, -1, -1) if not words[i].is_capital), 0)
    return words[before].folded in _TAKES_VERB


def _ends_in_adjective(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the run ends in what "is" says of it: "is [the app ready]", "is version 5.0 of [the app ready]"."""
    if words[first].folded != "the" or last != len(words) - 1 or words[last].is_capital or last - first < 2:
        return False
    asked = next((i for i in range(first - 1, -1, -1) if words[i].folded in _BE), None)
    if asked is None or {word.folded for word in words[: asked or 0]} & {"who", "what", "which"}:
        return False
    return not {word.folded for word in words[asked:first]} & (PREPOSITIONS - {"of"})


def _is_bare_verb(words: Sequence[Word], position: int) -> bool:
    """Tell whether a lone word is rather a verb than a noun: it follows its subject or "who", or ends in -ing."""
    word, before = words[position], words[position - 1]
    asked_for = position + 1 < len(words) and words[position + 1].folded in AUXILIARIES
    if word.is_capital or before.folded in PREPOSITIONS or asked_for:
        return False
    ending = word.folded.endswith("ing") or is_participle(word.folded)
    subject = before.is_capital and position > 1
    return ending or subject or before.folded in {"who", "what", "it", "he", "she", "they", "i", "we", "you"}


def _ends_phrase(word: Word) -> bool:
    """Tell whether *word* can be in no noun phrase; "May" and "Will" with a capital can."""
    if word.folded.partition("'")[0] in PRONOUNS:  # "I'm", "it's"
        return True
    return word.folded in _BOUNDARIES and not (word.is_capital and word.folded in {"may", "will"} and word.span.start)


def _opens(words: Sequence[Word]) -> bool:
    """Tell whether the first word can open a noun phrase: not a verb that gives an order."""
    return words[0].folded not in {"tell", "show", "give", "list", "name", "describe", "explain", "compare"}


def _kind(head: str, is_name: bool, preposition: str, determiner: str) -> NounKind:
    if _TIMES.fullmatch(head):
        return "time"
    if _PERSON_NOUNS.fullmatch(head):
        return "person"
    if is_name and preposition in _PLACE_BEFORE:
        return "place"
    return "person" if is_name and not determiner else "thing"


def _without_possessive(text: str) -> str:
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return text.removesuffix("'").removesuffix("’")
