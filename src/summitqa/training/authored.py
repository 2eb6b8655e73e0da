"""Training pairs from the project's own question sets: passages exactly as the reader gets them when it is asked.

The sets in ``eval/fitting/`` were written for this: invented documents, questions in other words than the text, and
unanswerable twins in the manner of SQuAD 2.0. A question comes once for each token budget, so that passages differ.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from summitqa.chunking import split_passages
from summitqa.corpus import load_documents
from summitqa.evaluation.gold import GoldQuestion, load_gold
from summitqa.protocols import Encoder
from summitqa.reading import ReadingView, build_view
from summitqa.settings import Settings
from summitqa.training.bracketed import bracket
from summitqa.training.windows import Pair, Window
from summitqa.types import Document, Span

BUDGETS = (80, 140)
"""Tokens of a passage: those the product reads, and longer ones."""

BRACKETED_SHARE = 0.08
"""Share of the questions that are asked in the form of a follow-up written out (:mod:`summitqa.training.bracketed`)."""

NEAREST = 4
"""The negative is one of so many best passages without evidence, the first most often."""


def authored_pairs(
    folder: Path, encoder: Encoder, rng: random.Random, *, bracketed: float = BRACKETED_SHARE, draws: int = 1
) -> list[Pair]:
    """Return the pairs of the set in *folder* (``docs/`` and ``gold.jsonl``), *draws* times, one after the other.

    Questions that need several quotes are left out. For the share *bracketed* of the others it is tried to ask them in
    the form of a follow-up written out.

    Raises:
        EvaluationDataError: if the questions do not fit the documents.
    """
    documents = {d.id: d for d in load_documents([folder / "docs"], max_file_bytes=Settings().max_file_bytes)}
    questions = [q for q in load_gold(folder / "gold.jsonl", documents.__getitem__) if not q.needs_all]
    ranked = [found for budget in BUDGETS for found in _ranked(questions, documents.values(), budget, encoder)]
    pairs: list[Pair] = []
    for question, views in ranked * draws:
        pair = _pair(f"authored_{folder.name}", question, documents, views, rng)
        if pair is not None:
            written_out = bracket(pair.question, rng) if rng.random() < bracketed else None
            pairs.append(replace(pair, question=written_out or pair.question))
    return pairs


def _ranked(
    questions: Sequence[GoldQuestion], documents: Iterable[Document], budget: int, encoder: Encoder
) -> Iterator[tuple[GoldQuestion, list[ReadingView]]]:
    """Yield each question with all passages of *budget* tokens, the likeliest first."""
    views = [
        build_view(passage, document.text)
        for document in documents
        for passage in split_passages(document, encoder, max_tokens=budget)
    ]
    likeness = _likeness([question.question for question in questions], views, encoder)
    for question, row in zip(questions, likeness, strict=True):
        yield question, [views[i] for i in np.argsort(-row)]


def _likeness(questions: Sequence[str], views: Sequence[ReadingView], encoder: Encoder) -> NDArray[np.float64]:
    """Return how well each view fits each question, by its words and by its vector, float64 (questions, views)."""
    texts = [view.text for view in views]
    vectorizer = TfidfVectorizer(sublinear_tf=True).fit(texts)
    words = (vectorizer.transform(questions) @ vectorizer.transform(texts).T).toarray()
    asked = encoder.encode_query(questions)
    return np.asarray(words + asked @ encoder.encode_passages(texts).T, dtype=np.float64)


def _pair(
    source: str,
    question: GoldQuestion,
    documents: dict[str, Document],
    ranked: Sequence[ReadingView],
    rng: random.Random,
) -> Pair | None:
    """Return the passage of the answer, or the likeliest for a question without one, and another without evidence."""
    others = [view for view in ranked if not _holds_evidence(view, question)]
    if not question.answerable:
        return Pair(source, question.question, _window(others[0], None), _window(others[1], None), ())
    for view in ranked:
        answer = _answer_in(view, question, documents)
        if answer is not None:
            near = others[min(int(rng.expovariate(1.0)), NEAREST - 1)]
            return Pair(source, question.question, _window(view, answer), _window(near, None), question.answers)
    return None


def _holds_evidence(view: ReadingView, question: GoldQuestion) -> bool:
    return any(
        part.document_id == view.passage.document_id and any(span.overlaps(view.passage.span) for span in part.spans)
        for part in question.evidence
    )


def _answer_in(view: ReadingView, question: GoldQuestion, documents: dict[str, Document]) -> Span | None:
    """Return where the first accepted answer that a quote of the evidence holds stands in *view*."""
    for answer in question.answers:
        for part in question.evidence:
            if part.document_id != view.passage.document_id:
                continue
            for span in part.spans:
                place = documents[part.document_id].text.find(answer, span.start, span.end)
                shown = view.from_document(Span(place, place + len(answer))) if place >= 0 else None
                if shown is not None:
                    return shown
    return None


def _window(view: ReadingView, answer: Span | None) -> Window:
    """Return the view as a training window; *answer* is a span of its text."""
    quotable = [segment.span for segment in view.segments if segment.source_start is not None]
    first = quotable[0].start
    cells = tuple((span.start - first, span.end - first) for span in quotable) if len(quotable) > 1 else ()
    place = (answer.start - first, answer.end - first) if answer is not None else None
    return Window(view.text[:first], view.text[first:], place, cells)
