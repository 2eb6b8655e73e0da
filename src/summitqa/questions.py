"""Question types, and the typed spans that could be a question's exact answer.

What a question asks for (a person, a time, a number, a place) and where a text holds such a thing, by
closed word classes and shapes only. English; knows nothing of models or documents.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from summitqa.types import Span
from summitqa.words import STOP_WORDS, content_words, fold, same_root, split_words

AnswerType = Literal["name", "place", "time", "duration", "number", "reason", "other"]

_PEOPLE = (
    "minister president official person people man woman adviser advisor aide leader director chair spokesperson author"
)
_PLACES = "city country place town region location venue street building room state village"
_TIMES = "date day year month week time hour deadline weekday season"
_NUMBERS = (
    "percentage percent number price cost amount fee rate score share total age distance temperature population size"
)

_WHO = re.compile(r"\b(?:who|whom|whose|who's|whos)\b")
_NAME_OF = re.compile(r"\b(?:what(?:'s| is| was| are| were) the (?:first |last |full )?names?|named|called what)\b")
_HOW_MANY_OF = re.compile(r"\bhow (?:many|much)((?:\s+[\w-]+){1,3})")
_SINCE_WHEN = (
    r"then|\d|early|late|mid|last|yesterday|(?:jan|febr)uary|march|april|may|june|july|august|"
    r"(?:septem|octo|novem|decem)ber|(?:sun|mon|tues|wednes|thurs|fri|satur)day"
)
_REASON_CUE = re.compile(
    rf"\b(?:because|(?<!ever )since(?!\s+(?:{_SINCE_WHEN}))|due to|owing to|thanks to|as a result|"
    r"so that|so as|in order|reasons?|therefore|hence|lest|"
    r"caused?|causes|led to|means?|meant|blamed?|fear(?:s|ed|ing)?|hop(?:e|es|ed|ing)|"
    r"as (?:it|they|he|she|the)|for fear)\b"
)
_FAINT_REASON_CUES = frozenset("after amid by following for from over through to under with without".split())
"""Words that may lead to a reason: "closed for repairs"."""

_BARE = re.compile(
    r"\W*(?:yes|no|yes and no|not (?:yet|really|at all|necessarily|quite|always)|"
    r"of course(?: not)?|certainly(?: not)?)\W*"
)
_MAX_NEW_WORDS = 2
"""Content words that a text may have besides those of the question and still only repeat it."""

_WHICH = re.compile(r"\b(?:what|which|wich|name|at what|on what|in what)\s+(?:\w+\s+){0,2}?(\w+)\b")
_WHEN = re.compile(r"\b(?:when|how long ago|how soon|since when|until when)\b")
_HOW_LONG = re.compile(r"\bhow long\b(?! ago)")
_HOW_OFTEN = re.compile(r"\bhow often\b")
_WHERE = re.compile(r"\b(?:where)\b")
_HOW_MANY = re.compile(r"\bhow (?:many|much|old|tall|far|big|large|high|deep|heavy|fast|wide)\b")
_WHY = re.compile(r"\b(?:why|what reason|how come|what for|what made)\b")

_QUESTION_WORDS: tuple[tuple[AnswerType, re.Pattern[str]], ...] = (
    ("reason", _WHY),
    ("number", _HOW_MANY),
    ("duration", _HOW_LONG),
    ("other", _HOW_OFTEN),
    ("time", _WHEN),
    ("name", _WHO),
    ("place", _WHERE),
    ("name", _NAME_OF),
)
"""In the order in which they decide."""

_SEVERAL = re.compile(
    r"""\b(?:who\s+(?:is|are|else|will|all|was|were)|who's|whos
      | (?:what|which)\s+(?:\w+\s+){0,3}?\w+s\s+(?:are|were|do|did|will|have|can|should|must|need|may|might|get|take)
      | (?:what|which)\s+(?:are|were)\b
      | (?:list|name|all|every|each|everyone|everything|steps|ways|options|things) )\b""",
    re.VERBOSE,
)

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen"
)
_UNIT = "seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)"
_TIME = re.compile(
    rf"""\b(?:
        (?:(?:{_DAY}),?\s+)?(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})(?:,?\s+\d{{4}})?
      | (?:(?:{_DAY}),?\s+)?(?:{_MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?
      | (?:{_MONTH})\s+\d{{4}} | (?:early|late|mid)[-\s](?:{_MONTH}) | (?<!\w\s)(?:{_MONTH})(?=[,.;]|\s|$)
      | (?:(?:early|late)\s+)?(?:{_DAY})(?:\s+(?:morning|afternoon|evening|night))?
      | \d{{1,2}}[:.]\d{{2}}\s*(?:a\.?m\.?|p\.?m\.?)? | \d{{1,2}}\s*(?:a\.m\.|p\.m\.|am|pm)
      | (?:(?:about|around|nearly|over|more\s+than|less\s+than|at\s+least)\s+)?
        (?:\d+(?:[.,]\d+)?|{_COUNT}|a|several|few)[-\s](?:(?:working|business|calendar)\s+)?(?:{_UNIT})
        (?:\s+(?:ago|after|before|later|earlier))?
      | (?:19|20)\d{{2}}s? | yesterday | today | tomorrow | tonight | midnight | noon
      | (?:last|next|this)\s+(?:week|month|year|spring|summer|autumn|fall|winter|night|{_DAY})
    )(?!\w)""",
    re.VERBOSE,
)
_DURATION = re.compile(
    rf"""\b(?:\d+(?:[.,]\d+)?|{_COUNT}|an?|several|few|half\s+an?)[-\s]?
        (?:(?:working|business|calendar)\s+)?(?:{_UNIT}|h|hrs?|mins?)\b(?!\s+(?:ago|after|before|later|earlier)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_TIME_UNIT = re.compile(rf"(?:{_UNIT})")
_NUMBER = re.compile(
    rf"""(?<![\w.])(?:[$€£¥]\s?)?(?:\d+(?:[.,]\d+)*|\b(?:{_COUNT})(?:[-\s](?:{_COUNT}))*)
        (?:\s?(?:%|percent|per\s+cent|million|billion|thousand|dollars|euros|pounds|km|kilometres|kilometers|metres|meters|kg|miles))?
        (?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"
_INITIALS = r"(?:[A-Z]\.){2,}"
_NAME = re.compile(
    rf"(?:{_INITIALS}|{_CAPITAL})"
    rf"(?:\s+(?:(?:of|the|de|van|von|der|al|bin)\s+){{0,2}}(?:{_INITIALS}|{_CAPITAL}|[A-Z]\.(?=\s[A-Z])))*"
)
_AFTER_PREPOSITION = re.compile(r"\b(?:in|at|near|from|to|into|across|outside|around|through)\s+(?:the\s+)?$")


def answer_type(question: str) -> AnswerType:
    """Return what kind of thing *question* asks for; ``other`` when it cannot be told."""
    text = fold(question)
    for kind, pattern in _QUESTION_WORDS:
        if pattern.search(text):
            return kind
    return _type_of_noun(text)


def asks_for_several(question: str) -> bool:
    """Tell whether *question* may want more than one thing: ``who``, ``which ... are``, a plural, ``list``."""
    return _SEVERAL.search(fold(question)) is not None


def counted_words(question: str) -> tuple[str, ...]:
    """Return the words for what *question* asks the number of: ``how many child seats`` gives ``child, seats``."""
    match = _HOW_MANY_OF.search(fold(question))
    following = match[1].split() if match else []
    return tuple(itertools.takewhile(lambda word: word not in STOP_WORDS, following))


def fitting_spans(text: str, kind: AnswerType, counted: Sequence[str] = ()) -> list[Span]:
    """Return the spans of *text* that could answer a question for *kind*: :func:`typed_spans`, more strictly.

    A number that is part of a date, a time of day or a duration counts nothing, unless time is *counted*.
    """
    spans = typed_spans(text, kind)
    if kind != "number" or any(_TIME_UNIT.fullmatch(word) for word in counted):
        return spans
    times = [*typed_spans(text, "time"), *typed_spans(text, "duration")]
    return [span for span in spans if not any(span.overlaps(time) for time in times)]


def gives_reason(text: str) -> bool:
    """Tell whether *text* has a word that leads to a reason, a purpose or a consequence."""
    return _REASON_CUE.search(fold(text)) is not None


def is_bare(text: str) -> bool:
    """Tell whether *text* only agrees or denies, so that what it says stands in the next sentence."""
    return _BARE.fullmatch(fold(text)) is not None


def only_repeats(question: str, text: str) -> bool:
    """Tell whether *text* says again what a "why" question says, next to nothing more, and nothing like a reason."""
    if answer_type(question) != "reason" or gives_reason(text):
        return False
    asked, said = split_words(question), split_words(text)
    if not _FAINT_REASON_CUES.isdisjoint(set(said) - set(asked)):
        return False
    wanted = content_words(question)
    repeated = [word for word in wanted if any(same_root(word, other) for other in said)]
    added = [word for word in content_words(text) if not any(same_root(word, own) for own in asked)]
    return len(added) <= _MAX_NEW_WORDS and 2 * len(repeated) > len(wanted)


def typed_spans(text: str, kind: AnswerType) -> list[Span]:
    """Return the spans of *text* that have the shape of an answer of *kind*, in order.

    ``reason`` and ``other`` have no shape of their own and give an empty list.
    """
    if kind == "time":
        return [Span(*match.span()) for match in _TIME.finditer(text)]
    if kind == "duration":
        return [Span(*match.span()) for match in _DURATION.finditer(text)]
    if kind == "number":
        return [Span(*match.span()) for match in _NUMBER.finditer(text)]
    if kind == "name":
        return list(_names(text))
    if kind == "place":
        return [span for span in _names(text) if _AFTER_PREPOSITION.search(text[: span.start])]
    return []


def _type_of_noun(text: str) -> AnswerType:
    match = _WHICH.search(text)
    words = text[match.start() : match.end() + 40].split()[1:4] if match else []
    classes: tuple[tuple[AnswerType, str], ...] = (
        ("name", _PEOPLE),
        ("place", _PLACES),
        ("time", _TIMES),
        ("number", _NUMBERS),
    )
    for word in words:
        bare = word.strip("?.,").removesuffix("s")
        for kind, nouns in classes:
            if bare in nouns.split():
                return kind
    return "other"


def _names(text: str) -> Iterator[Span]:
    """Yield capitalised runs; a single capitalised stop word ("The", "It") is no name."""
    for match in _NAME.finditer(text):
        start, end = match.span()
        words = match.group().split()
        while words and fold(words[0]) in STOP_WORDS:
            start += len(words[0])
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = words[1:]
        value = text[start:end].rstrip("'’")
        value = value.removesuffix("’s").removesuffix("'s")
        if value:
            yield Span(start, start + len(value))
