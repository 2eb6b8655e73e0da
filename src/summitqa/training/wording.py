"""Wording of made-up questions: parts filled in, articles, the carelessness of real askers."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping

_ARTICLE = re.compile(r"\b([Aa]) (?=(?:[aeioAEIO]|[uU]n(?!i)|8|11\b|18\b))(?!one\b|once\b|Eu)")
_ACRONYM = re.compile(r"[A-Z]{2}|[A-Z]\d|[A-Z]$")


def read_blocks(notation: str) -> Iterator[list[tuple[str, str]]]:
    """Yield the blocks of a theme text, each a list of (mark, rest); a line with an indent continues one."""
    for block in notation.replace("\n  ", " ").strip().split("\n\n"):
        yield [(line[0], line[2:]) for line in block.splitlines()]


def lower_first(text: str) -> str:
    """Return *text* with a small first letter, unless it begins with an acronym or a code."""
    return text if not text or _ACRONYM.match(text) else text[0].lower() + text[1:]


def finish_question(question: str, parts: Mapping[str, str], rng: random.Random) -> str:
    """Fill the parts in, choose a or an; one in ten in small letters, one in ten without its mark."""
    for name, part in parts.items():
        question = question.replace(f"{{{name}}}", part)
    question = _ARTICLE.sub(r"\1n ", question)
    question = question[0].upper() + question[1:]
    if rng.random() < 0.1:
        question = question.lower()
    return question.rstrip("?") if rng.random() < 0.1 else question
