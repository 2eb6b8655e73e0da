"""Examples for the resolver: follow-ups that people wrote out, and questions that stand alone.

Owns the two files (CANARD and TREC CAsT 2019) and their parts. An example's history is given in two ways, as it was
asked and written out, because the shipped resolver reads earlier questions written out. CANARD's articles and CAsT's
topics are each in one part only, so nothing is measured on a subject that was trained on.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summitqa.types import Turn
from summitqa.words import content_words

CanardPart = Literal["train", "dev", "test"]

N_TITLES = 2
"""CANARD's history begins with the title of an article and of a section."""

TURNS_READ = 3
"""Earlier turns given when they are written out."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, the turns before it, and how a person wrote it out.

    Attributes:
        written_out: the earlier turns with their questions written out.
    """

    id: str
    history: tuple[Turn, ...]
    written_out: tuple[Turn, ...]
    question: str
    rewrite: str


@dataclass(frozen=True, slots=True)
class TermExample:
    """What the model learns from: texts, a question, and the words of the texts that the question leaves out."""

    history: tuple[str, ...]
    question: str
    missing: frozenset[str]


def load_canard(path: Path, part: CanardPart) -> list[FollowUp]:
    """Load the follow-ups of CANARD whose articles fall into *part*: 80, 10 and 10 of a hundred, by hash."""
    asked: dict[tuple[str, ...], str] = {}
    found = []
    for line in json.loads(path.read_text(encoding="utf-8")):
        titles, rest = tuple(line["history"][:N_TITLES]), line["history"][N_TITLES:]
        asked[*titles, line["question"]] = line["rewrite"]
        if _canard_part(titles) != part:
            continue
        topic = Turn(", ".join(titles))
        turns = [Turn(rest[i], rest[i + 1] if i + 1 < len(rest) else None) for i in range(0, len(rest), 2)]
        written = [Turn(asked.get((*titles, turn.question), turn.question), turn.answer) for turn in turns]
        history = (topic, *turns)
        known = tuple(written[-TURNS_READ:]) if written else (topic,)
        found.append(FollowUp(line["id"], history, known, line["question"], line["rewrite"]))
    return found


def load_cast(path: Path, part: Literal["dev", "test"]) -> list[FollowUp]:
    """Load the questions of CAsT 2019 whose topics fall into *part*, one half each, by hash; first turns included."""
    asked: dict[tuple[str, str], str] = {}
    found = []
    for line in json.loads(path.read_text(encoding="utf-8")):
        topic = line["id"].rsplit("_", 1)[0]
        asked[topic, line["question"]] = line["rewrite"]
        if ("dev", "test")[_digit(topic) % 2] != part:
            continue
        history = tuple(Turn(question) for question in line["history"])
        written = tuple(Turn(asked.get((topic, turn.question), turn.question)) for turn in history)
        found.append(FollowUp(line["id"], history, written[-TURNS_READ:], line["question"], line["rewrite"]))
    return found


def texts_of(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return questions and answers of *turns* in order, as the model reads them."""
    return tuple(text for turn in turns for text in (turn.question, turn.answer) if text)


def missing_words(question: str, rewrite: str) -> frozenset[str]:
    """Return the content words, folded, that *rewrite* adds to *question*."""
    return frozenset(content_words(rewrite)) - frozenset(content_words(question))


def term_examples(follow_ups: Sequence[FollowUp], rng: random.Random, *, alone: float) -> Iterator[TermExample]:
    """Yield every follow-up in one of its two ways, and beside some a question that stands alone and misses nothing.

    Args:
        follow_ups: the follow-ups of the training part.
        rng: chooses the way and the questions that stand alone.
        alone: share of follow-ups beside which one is given: it written out, or one of another article.
    """
    for follow_up in follow_ups:
        turns = rng.choice([follow_up.history, follow_up.written_out, follow_up.written_out])
        history = texts_of(turns)
        yield TermExample(history, follow_up.question, missing_words(follow_up.question, follow_up.rewrite))
        if rng.random() < alone:
            other = rng.choice([follow_up, rng.choice(follow_ups)])
            yield TermExample(history, other.rewrite, frozenset())


def _canard_part(titles: tuple[Any, ...]) -> CanardPart:
    digit = _digit("\n".join(titles)) % 10
    return "train" if digit < 8 else "dev" if digit == 8 else "test"


def _digit(name: str) -> int:
    return hashlib.sha256(name.encode()).digest()[0]
