"""BEIR, evaluated: nDCG@10 and recall@100 of documents, found by meaning, by words, and by both.

What is ranked is documents, what the index finds is passages: a document's score is that of its best passage. The
fusion is the system's own (:class:`summitqa.retrieval.HybridRetriever`), only deeper, until enough documents are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from summitqa import __version__
from summitqa.evaluation.formats.asking import Outcome, RunOptions, ask_all
from summitqa.evaluation.formats.beir_files import (
    BeirFolder,
    BeirQuery,
    check_corpus,
    find_files,
    load_queries,
    read_corpus,
)
from summitqa.evaluation.formats.beir_result import MEASURES, BeirResult, BeirScore, mean_scores
from summitqa.evaluation.formats.deep import DeepSearch
from summitqa.evaluation.formats.indexing import data_index
from summitqa.evaluation.formats.sampling import choose_sample
from summitqa.evaluation.journal import Journal, file_digest
from summitqa.evaluation.measures.retrieval import judged_scores
from summitqa.index import open_index
from summitqa.protocols import Encoder, PassageIndex
from summitqa.retrieval import DENSE_WEIGHT, HybridRetriever
from summitqa.settings import Settings
from summitqa.types import Hit

RETRIEVERS = {"dense": 1.0, "bm25": 0.0, "hybrid": DENSE_WEIGHT}
"""Weight of the dense leg of each way to search."""

N_DOCUMENTS = 100
"""Documents ranked for a question: as many as recall@100 looks at."""


def evaluate_beir(
    folder: Path,
    *,
    encoder: Encoder,
    settings: Settings,
    split: str | None = None,
    options: RunOptions | None = None,
) -> BeirResult:
    """Search the corpus of a BEIR folder with its questions, or a sample of them.

    Args:
        folder: holds ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/*.tsv``.
        encoder: embeds documents and questions.
        settings: budget of a passage, and threads.
        split: which qrels; by default ``test``, or the only ones there are.
        options: sample, journal, progress.

    Raises:
        EvaluationDataError: if a file is wrong, or the journal is another run's.
        SummitQAError: if the encoder or the index fails before the first question.
    """
    options = options or RunOptions()
    files = find_files(folder, split)
    data = file_digest(*files.paths)
    queries = load_queries(files)
    chosen = choose_sample((query.id for query in queries), options.sample, options.seed)
    asked = [query for query in queries if query.id in chosen]
    system = {"encoder": encoder.id}
    identity = {"data": data, "system": system, "options": _told(settings, options)}
    with ExitStack() as stack:
        journal = stack.enter_context(Journal(options.journal, identity))
        index = stack.enter_context(_corpus_index(files, queries, encoder, settings, options))
        searcher = _Searcher(index, encoder)
        outcomes = ask_all(asked, len(asked), journal, searcher.score, options.progress)
        scores = tuple(_score(query, outcome) for query, outcome in outcomes)
    name = f"{folder.resolve().name}/{files.qrels.stem}"
    return BeirResult(name, system, options.sample, options.seed, mean_scores(scores, list(RETRIEVERS)), scores)


class _Searcher:
    """Ranks documents for a question in each way, and scores the rankings."""

    def __init__(self, index: PassageIndex, encoder: Encoder) -> None:
        deep = DeepSearch(index, N_DOCUMENTS + 1)  # one may be the question itself
        self._n_passages = len(index)
        self._retrievers = {
            name: HybridRetriever(deep, encoder, dense_weight=weight) for name, weight in RETRIEVERS.items()
        }

    def score(self, query: BeirQuery) -> dict[str, dict[str, float]]:
        """Return the measures of each retriever."""
        question = " ".join(query.text.split())
        return {name: score_ranking(query, self._rank(name, question, query.id)) for name in self._retrievers}

    def _rank(self, name: str, question: str, query_id: str) -> list[str]:
        hits = self._retrievers[name].retrieve(question, self._n_passages)
        if RETRIEVERS[name] == 0.0:  # the dense leg found the others, which no word of the question stands in
            hits = [hit for hit in hits if hit.lexical is not None]
        return rank_documents(hits, leave_out=query_id)


def rank_documents(hits: Sequence[Hit], *, leave_out: str) -> list[str]:
    """Return up to ``N_DOCUMENTS`` document ids in the order of their best passages.

    The document *leave_out* is no result: in some sets questions are documents, and BEIR leaves them out too.
    """
    ids = dict.fromkeys(hit.passage.document_id for hit in hits)
    ids.pop(leave_out, None)
    return list(ids)[:N_DOCUMENTS]


def score_ranking(query: BeirQuery, ranking: Sequence[str]) -> dict[str, float]:
    """Return the measures of a *ranking* of document ids, best first."""
    relevance = {document_id: score for document_id, score in query.relevance.items() if document_id != query.id}
    return judged_scores(relevance, ranking)


@contextmanager
def _corpus_index(
    files: BeirFolder, queries: Sequence[BeirQuery], encoder: Encoder, settings: Settings, options: RunOptions
) -> Iterator[PassageIndex]:
    """Open an index of the corpus, once it is known that it holds every document that was judged."""
    check_corpus(files, queries)
    documents, source = read_corpus(files.corpus), file_digest(files.corpus)
    with (
        data_index(documents, encoder, settings.passage_tokens, source, options) as folder,
        open_index(folder, encoder_id=encoder.id, threads=settings.threads) as index,
    ):
        yield index


def _told(settings: Settings, options: RunOptions) -> dict[str, Any]:
    """Return what decides the rankings beside data and encoder."""
    return {
        "format": "beir",
        "sample": options.sample,
        "seed": options.seed,
        "passage_tokens": settings.passage_tokens,
        "retrievers": RETRIEVERS,
        "version": __version__,
    }


def _score(query: BeirQuery, outcome: Outcome) -> BeirScore:
    nothing = {name: dict.fromkeys(MEASURES, 0.0) for name in RETRIEVERS}
    return BeirScore(query.id, query.text, outcome.value or nothing, outcome.error)
