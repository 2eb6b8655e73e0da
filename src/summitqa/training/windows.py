"""Training windows for the reader: a question with one passage as it will be read, and where the answer is.

A passage is a run of sentences of one paragraph under a heading that may be read but never quoted, the
shape of :class:`summitqa.reading.ReadingView`. Every answerable question comes as a pair: the passage
that holds the answer and one that looks right and lacks it, either found by TF-IDF in the same article or made
from the pair itself (:mod:`summitqa.training.near_misses`). Data is split by article, so that nothing held out shares
a text with what was trained on.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import nupunkt
from sklearn.feature_extraction.text import TfidfVectorizer

from summitqa.training.near_misses import (
    delete_answer,
    negate,
    swap_mention,
    swap_opposite,
    swap_question_word,
    swap_within,
)
from summitqa.training.squad import Part, Use, load_parts
from summitqa.types import Span
from summitqa.words import content_words, same_root

NEAR_MISS_SHARE = 0.65
"""Share of the answered questions that get a near miss, where one can be made; the others get a mined passage."""

NEAR_MISSES = {"elsewhere": 0.25, "within": 0.25, "opposite": 0.25, "word": 0.12, "delete": 0.15, "negation": 0.03}
"""How often each kind of near miss is tried first."""

LONG_SHARE = 0.25
"""Share of the passages that may be as long as a paragraph."""


@dataclass(frozen=True, slots=True)
class Window:
    """What is read: context that may not be quoted, then text.

    Attributes:
        answer: the range of ``text`` that answers, ``None`` if nothing does.
        cells: ranges of ``text`` in which a span must lie; empty: it may lie anywhere.
        question: the question asked of this window, ``None`` for the pair's own.
    """

    context: str
    text: str
    answer: tuple[int, int] | None
    cells: tuple[tuple[int, int], ...] = ()
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with the window that answers it (or a human-written near miss), and a mined negative."""

    source: str
    question: str
    first: Window
    second: Window
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    heading: str
    text: str
    paragraph: int
    start: int


def load_pairs(path: Path, uses: Collection[Use], *, limit: int, rng: random.Random) -> list[Pair]:
    """Return up to *limit* pairs of the articles of a SQuAD-form file that are for one of *uses*."""
    pairs: list[Pair] = []
    for part in load_parts(path, uses):
        pairs.extend(pairs_of(path.stem, part, rng))
    pairs.sort(key=lambda pair: rng.random() ** (1 / _worth(pair)), reverse=True)
    return pairs[:limit]


def _worth(pair: Pair) -> float:
    """Return the weight of a pair in sampling: questions in the words of their passage teach least."""
    asked = set(content_words(pair.question))
    if pair.first.answer is None or not asked:
        return 1.5
    said = content_words(pair.first.text)
    found = sum(any(same_root(word, other) for other in said) for word in asked)
    return 1.5 - found / len(asked)


def pairs_of(source: str, part: Part, rng: random.Random) -> Iterator[Pair]:
    """Yield the pairs of an article of the data file *source*."""
    heading = _heading(source, part.title)
    passages = [
        passage
        for number, paragraph in enumerate(part.paragraphs)
        for passage in _passages(paragraph["context"], heading, number, rng)
    ]
    asked = [(number, qa) for number, paragraph in enumerate(part.paragraphs) for qa in paragraph["qas"]]
    if not asked or len(passages) < 2:
        return
    vectorizer = TfidfVectorizer(sublinear_tf=True)
    matrix = vectorizer.fit_transform([passage.text for passage in passages])
    likeness = (vectorizer.transform([qa["question"] for _, qa in asked]) @ matrix.T).toarray()
    for (number, qa), row in zip(asked, likeness, strict=True):
        pair = _pair(source, qa, number, passages, np.argsort(-row, kind="stable"), rng)
        if pair is not None:
            yield pair


def _pair(
    source: str, qa: dict[str, Any], number: int, passages: Sequence[_Passage], order: Any, rng: random.Random
) -> Pair | None:
    accepted = tuple(dict.fromkeys(answer["text"] for answer in qa["answers"]))
    if qa.get("is_impossible") or not accepted:
        near = [passages[i] for i in order if passages[i].paragraph == number]
        others = [passages[i] for i in order if passages[i].paragraph != number]
        if not near or not others:
            return None
        return Pair(source, qa["question"], _window(near[0], None, rng), _window(others[0], None, rng), ())
    start, text = Counter((a["answer_start"], a["text"]) for a in qa["answers"]).most_common(1)[0][0]
    end = start + len(text)
    gold = next(
        (p for p in passages if p.paragraph == number and p.start <= start and end <= p.start + len(p.text)), None
    )
    lowered = [answer.casefold() for answer in accepted]
    negatives = [
        passages[i]
        for i in order[:12]
        if passages[i] != gold and not any(a in passages[i].text.casefold() for a in lowered)
    ]
    if gold is None or not negatives:
        return None
    right = _window(gold, (start - gold.start, end - gold.start), rng)
    elsewhere = [passage.text for passage in passages if passage.paragraph != number]
    wrong = _near_miss(qa["question"], right, elsewhere, accepted, rng)
    if wrong is None:
        wrong = _window(negatives[min(int(rng.expovariate(1.0)), len(negatives) - 1)], None, rng)
    return Pair(source, qa["question"], right, wrong, accepted)


def _near_miss(
    question: str, right: Window, elsewhere: Sequence[str], accepted: Sequence[str], rng: random.Random
) -> Window | None:
    """Return a window made of *right* that lacks the answer, for about half of the questions."""
    assert right.answer is not None
    if rng.random() > NEAR_MISS_SHARE:
        return None
    text = right.text
    for kind in sorted(NEAR_MISSES, key=lambda name: rng.random() ** (1 / NEAR_MISSES[name]), reverse=True)[:4]:
        if kind == "delete":
            rest = delete_answer(text, Span(*right.answer), accepted)
            if rest:
                return replace(right, text=rest, answer=None)
            continue
        swapped = _swap(kind, question, text, elsewhere, rng)
        if swapped:
            return replace(right, answer=None, question=swapped)
    return None


def _swap(kind: str, question: str, text: str, elsewhere: Sequence[str], rng: random.Random) -> str | None:
    match kind:
        case "elsewhere":
            return swap_mention(question, text, elsewhere, rng)
        case "within":
            return swap_within(question, text, rng)
        case "opposite":
            return swap_opposite(question, text, rng)
        case "word":
            return swap_question_word(question, text, rng)
    return negate(question)


def _window(passage: _Passage, answer: tuple[int, int] | None, rng: random.Random) -> Window:
    heading = passage.heading if rng.random() < 0.6 else ""
    return Window(f"{heading}\n" if heading else "", passage.text, answer)


def _heading(source: str, title: str) -> str:
    return title.replace("_", " ") if source.startswith(("squad2", "squadshifts_new_wiki")) else ""


def _passages(text: str, heading: str, number: int, rng: random.Random) -> Iterator[_Passage]:
    """Split a paragraph into runs of whole sentences of 25 to 80 words, a quarter of them up to whole paragraphs."""
    spans = nupunkt.sent_spans(text)
    limit, first = _n_words(rng), 0
    for position, (start, end) in enumerate(spans):
        is_last = position + 1 == len(spans)
        if first is not None and (is_last or len(text[spans[first][0] : spans[position + 1][1]].split()) > limit):
            run = text[spans[first][0] : end]
            if run.strip():
                yield _Passage(heading, run.rstrip(), number, spans[first][0])
            first, limit = position + 1, _n_words(rng)
        del start


def _n_words(rng: random.Random) -> int:
    return rng.randint(85, 150) if rng.random() < LONG_SHARE else rng.randint(25, 80)
