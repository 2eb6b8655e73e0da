"""Examples for the ranking: what the reader sees of a question in an index, and which units answer it.

Each article of the given SQuAD files is indexed on its own, as a user's document would be, and every question is asked
of the whole of it. Some questions lose the paragraph they were asked on, others are turned into near misses
(:mod:`summitqa.training.near_misses`): they, and the unanswerable ones of SQuAD 2.0, teach when to stay silent. Gold
questions are asked of all the documents of their set.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summitqa.chunking import split_passages
from summitqa.corpus import load_documents
from summitqa.engine import open_passage_encoder
from summitqa.evaluation.gold import load_gold
from summitqa.evaluation.measures import citation_hit
from summitqa.index import IndexWriter, open_index
from summitqa.models.reader import HybridReader, RankingWeights
from summitqa.models.spans import SpanModel
from summitqa.protocols import PassageIndex
from summitqa.reading import build_view
from summitqa.retrieval import HybridRetriever, worth_reading
from summitqa.settings import Settings
from summitqa.training.near_misses import swap_mention, swap_question_word
from summitqa.training.squad import Article, TrainingQuestion
from summitqa.types import Document, Hit, Span

LEFT_OUT, SWAPPED = 0.3, 0.25
"""Shares of the answered questions whose paragraph is left out, and that are turned into near misses."""


@dataclass(frozen=True, slots=True)
class Example:
    """The candidates of one question.

    Attributes:
        source: file or gold set it is from, with its split.
        features: float64 (n, len(UNIT_FEATURES)).
        views: which of the passages read each candidate stands in, int64 (n,).
        right: which of them answer the question, bool (n,).
    """

    source: str
    features: NDArray[np.float64]
    views: NDArray[np.int64]
    right: NDArray[np.bool_]


class ExampleMaker:
    """Asks questions and keeps what the reader saw.

    Args:
        settings: encoder, token budget and number of passages read.
        reader_folder: holds the span model.
        unweighted: weights of no account, for a reader that only describes.
    """

    def __init__(self, settings: Settings, reader_folder: Path, unweighted: RankingWeights) -> None:
        self._settings = settings
        self._encoder = open_passage_encoder(settings)
        self._reader = HybridReader(SpanModel(reader_folder, threads=settings.threads), unweighted)

    def of_article(self, article: Article, n_questions: int, rng: random.Random) -> Iterator[Example]:
        """Yield an example for each of up to *n_questions* questions of the article."""
        text = article.document.text
        with self._index_of([article.document]) as index:
            retriever = HybridRetriever(index, self._encoder)
            for asked in rng.sample(article.questions, min(n_questions, len(article.questions))):
                question, leave_out = _make_harder(asked, text, rng)
                hits = retriever.retrieve(question.question, 2 * self._settings.n_read)
                if leave_out:
                    hits = [hit for hit in hits if not hit.passage.span.overlaps(question.paragraph)]
                read = worth_reading(hits[: self._settings.n_read], self._settings.read_near)
                places, described, views = self._describe(question.question, read, [article.document])
                right = [any(answer in unit for answer in question.answers) for _, unit in places]
                source = article.document.id.rsplit("-", 2)[0]
                yield Example(source, described, views, np.array(right, dtype=bool))

    def of_gold(self, file: Path, folder: Path, name: str) -> Iterator[Example]:
        """Yield the gold questions that need no history, asked of all documents in *folder*."""
        documents = load_documents([folder], max_file_bytes=self._settings.max_file_bytes)
        by_id = {document.id: document for document in documents}
        with self._index_of(documents) as index:
            retriever = HybridRetriever(index, self._encoder)
            for question in load_gold(file, by_id.__getitem__):
                if question.history:
                    continue
                asked = retriever.respell(question.question)
                found = retriever.retrieve(asked, self._settings.n_read)
                hits = worth_reading(found, self._settings.read_near)
                places, features, views = self._describe(question.question, hits, documents)
                right = [citation_hit(question, place) > 0 for place in places]
                yield Example(f"{name}/{question.split}", features, views, np.array(right, dtype=bool))

    def _describe(
        self, question: str, hits: Sequence[Hit], documents: Sequence[Document]
    ) -> tuple[list[tuple[str, Span]], NDArray[np.float64], NDArray[np.int64]]:
        texts = {document.id: document.text for document in documents}
        views = [build_view(hit.passage, texts[hit.passage.document_id]) for hit in hits]
        candidates, features, _ = self._reader.describe(question, views, hits)
        places = [(views[candidate.view].passage.document_id, candidate.unit) for candidate in candidates]
        return places, features, np.array([candidate.view for candidate in candidates], dtype=np.int64)

    @contextmanager
    def _index_of(self, documents: Sequence[Document]) -> Iterator[PassageIndex]:
        """Open an index of *documents* that is gone afterwards."""
        with tempfile.TemporaryDirectory() as folder:
            items = []
            for document in documents:
                passages = split_passages(document, self._encoder, max_tokens=self._settings.passage_tokens)
                views = [build_view(passage, document.text).text for passage in passages]
                items.append((document, passages, self._encoder.encode_passages(views)))
            with IndexWriter(Path(folder), encoder_id=self._encoder.id, fingerprint="training") as writer:
                writer.replace(set(), items, dim=self._encoder.dim)
            with open_index(Path(folder), encoder_id=self._encoder.id) as index:
                yield index


def _make_harder(question: TrainingQuestion, text: str, rng: random.Random) -> tuple[TrainingQuestion, bool]:
    """Return the question, or a near miss of it without answers, and whether its paragraph is to be left out."""
    chance = rng.random()
    if chance < LEFT_OUT:
        return question, True
    if chance < LEFT_OUT + SWAPPED and question.answers:
        paragraph = question.paragraph.text_of(text)
        elsewhere = [text[: question.paragraph.start], text[question.paragraph.end :]]
        swapped = swap_mention(question.question, paragraph, elsewhere, rng)
        swapped = swapped or swap_question_word(question.question, paragraph, rng)
        if swapped:
            return replace(question, question=swapped, answers=()), False
    return question, False
