"""What a short line looks like by itself: a title, a label, a question, a byline.

Only words and punctuation are looked at here; what stands around the line is the business of
:mod:`summitqa.corpus.headings`. English words where words are named; other scripts pass as labels.
"""

from __future__ import annotations

import re

from summitqa.corpus.lines import ends_sentence
from summitqa.sentences import split_sentences

MAX_HEADING_CHARS = 110
MAX_HEADING_WORDS = 14
_MAX_LABEL_WORDS = 8
_MAX_QUESTION_WORDS = 20
_MAX_QUESTION_CHARS = 160
_MAX_QUESTION_SENTENCES = 3
_MAX_TITLE_WORDS = 28
_MAX_TITLE_CHARS = 200
_BREAKS_OFF = (",", ";", ":", "：", "،", "、")
_MAY_END = ("?", "!", "？", "！", "؟")

_SMALL_WORDS = frozenset(
    """a about after against among an and as at before between but by de del der for from how if in into is its nor of
    off on onto or over per so than that the this to under up van via vs von was when with without""".split()
)
"""Words that title case leaves small."""

_VERBS = frozenset(
    """am are be been can could did do does had has have is may might must shall should was were will would isn't aren't
    wasn't weren't don't doesn't didn't won't can't couldn't shouldn't wouldn't hasn't haven't it's he's she's that's
    there's we're they're you're i'm i'll we'll you'll they'll said says""".split()
)
"""Words that make a line a statement rather than a label."""

_OPENING_SECTIONS = frozenset("abstract about background introduction overview preface purpose scope summary".split())
_QUESTION_WORDS = frozenset("how what when where which who whom whose why".split())
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_KEY_VALUE = re.compile(r"(\S+(?:\s\S+)?)\s?:(?=\s)")
_SECTION = re.compile(
    r"(?:Act|Annex|Appendix|Article|Chapter|Exhibit|Part|Phase|Schedule|Section|Step)\s+(?:\d{1,3}|[IVXLC]{1,6}|[A-Z])\b",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_FURNITURE = re.compile(
    rf"By\s+[A-Z]|{_MONTH}\s+\d|\d{{1,2}}\s+{_MONTH}|\d{{1,4}}[-/.]\d|\W|.*(?:https?://|www\.|\w@\w)"
    r"|(?:advertisement|photograph|photo|image|credit|source|share|subscribe|sign up|read more|related|recommended"
    r"|listen|watch|editing by|reporting by|copyright|published|updated|dear|regards|sincerely|yours)\b",
    re.IGNORECASE,
)


def is_title_case(text: str) -> bool:
    """Tell whether the words of *text* are capitalised as in a title: "Kremlin Changes Course"."""
    words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL_WORDS]
    capitals = sum(word[0].isupper() for word in words)
    return text[0].isupper() and capitals >= 1 and capitals >= 0.8 * len(words)


def is_all_caps(text: str) -> bool:
    """Tell whether *text* has four letters or more and all of them are capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) >= 4 and all(character.isupper() for character in letters)


def is_question(text: str) -> bool:
    """Tell whether *text* is a short question, or a sentence and a question, that nobody is quoted with."""
    return (
        text.endswith(("?", "？", "؟"))
        and not text.startswith(('"', "“", "'", "‘", "«", "-", "–", "—"))
        and not is_key_value(text)
        and len(text) <= _MAX_QUESTION_CHARS
        and len(text.split()) <= _MAX_QUESTION_WORDS
        and len(split_sentences(text)) <= 2
    )


def is_section_label(text: str) -> bool:
    """Tell whether *text* begins as "Section 3" or "Appendix B" do."""
    return bool(_SECTION.match(text))


def is_label(text: str) -> bool:
    """Tell whether *text* names something without stating anything: "Cancellation and refunds"."""
    return (
        len(text.split()) <= _MAX_LABEL_WORDS
        and not text[0].islower()
        and not any(mark in text for mark in ",;")
        and (opens_as_question(text) or not states_something(text))
    )


def opens_as_question(text: str) -> bool:
    """Tell whether *text* begins with "what", "how" or the like: "What the police found"."""
    return text.lower().split(maxsplit=1)[0] in _QUESTION_WORDS


def states_something(text: str) -> bool:
    """Tell whether a common verb stands in *text* after its first word: "He has led the city since 2016"."""
    return not _VERBS.isdisjoint(text.replace("’", "'").lower().split()[1:])


def is_key_value(text: str) -> bool:
    """Tell whether *text* is a short name, a colon and something: "Date: 5 May", "Anna: I agree"."""
    match = _KEY_VALUE.match(text)
    return bool(match) and not is_section_label(text)


def is_furniture(text: str) -> bool:
    """Tell whether *text* is a byline, date, link, credit, or button of a web page, or begins with a sign."""
    return bool(_FURNITURE.match(text))


def could_be_heading(text: str) -> bool:
    """Tell whether nothing about *text* itself forbids a heading: short, one sentence, no full stop."""
    return (
        len(text) <= MAX_HEADING_CHARS
        and len(text.split()) <= MAX_HEADING_WORDS
        and sum(character.isalpha() for character in text) >= 2
        and not text[0].islower()
        and not text.endswith((*_BREAKS_OFF, "-", "–", "—"))
        and (text.endswith(_MAY_END) or not ends_sentence(text))
        and not is_furniture(text)
        and not is_key_value(text)
        and is_one_sentence(text)
    )


def could_be_title(text: str) -> bool:
    """Tell whether *text*, a document's first line, can be its title: no full stop, not too long.

    "Overview" and the like are titles of a section.
    """
    return (
        len(text) <= _MAX_TITLE_CHARS
        and len(text.split()) <= _MAX_TITLE_WORDS
        and any(character.isalpha() for character in text)
        and not text[0].islower()
        and not text.endswith(_BREAKS_OFF)
        and (text.endswith(_MAY_END) or not ends_sentence(text))
        and text.lower() not in _OPENING_SECTIONS
        and not is_section_label(text)
    )


def could_be_question(text: str) -> bool:
    """Tell whether *text*, marked by "Q:", is short enough to stand above its answer."""
    sentences = split_sentences(text) if len(text) <= _MAX_TITLE_CHARS else []
    return len(sentences) == 1 or (1 < len(sentences) <= _MAX_QUESTION_SENTENCES and text.endswith("?"))


def is_one_sentence(text: str) -> bool:
    """Tell whether *text* holds a single sentence, "Article 2." at its start aside."""
    label = _SECTION.match(text)
    return len(split_sentences(text[label.end() :].lstrip(" .:") if label else text)) <= 1
