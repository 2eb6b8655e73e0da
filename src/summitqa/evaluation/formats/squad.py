"""SQuAD, evaluated: every question asked with its context given, or of all contexts of the file together.

A prediction is the exact answer of what the system would say, withheld below the configured confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitqa import __version__
from summitqa.engine import Engine, join_engine
from summitqa.evaluation.formats.asking import Outcome, RunOptions, ask_all
from summitqa.evaluation.formats.indexing import data_index
from summitqa.evaluation.formats.reading import ContextReader, predict
from summitqa.evaluation.formats.sampling import choose_sample
from summitqa.evaluation.formats.squad_files import SquadParagraph, SquadQuestion, make_document, read_paragraphs
from summitqa.evaluation.formats.squad_result import SquadMode, SquadResult
from summitqa.evaluation.formats.squad_scores import SquadPrediction, best_exact, best_f1, score_predictions
from summitqa.evaluation.journal import Journal, file_digest
from summitqa.protocols import Encoder, Reader
from summitqa.settings import Settings
from summitqa.types import Answer, Document, NoAnswer


def evaluate_squad(
    path: Path,
    *,
    encoder: Encoder,
    reader: Reader,
    settings: Settings,
    mode: SquadMode = "corpus",
    options: RunOptions | None = None,
) -> SquadResult:
    """Ask the questions of a SQuAD file, or a sample of them.

    Args:
        path: the JSON file, version 1.1 or 2.0.
        encoder: embeds contexts and questions.
        reader: finds the answers.
        settings: budget of a passage, passages read, and the confidence below which there is no answer.
        mode: ``reader_only`` reads the whole of the question's own context; ``corpus`` searches all contexts.
        options: sample, journal, progress.

    Raises:
        EvaluationDataError: if the file is wrong, or the journal is another run's.
        SummitQAError: if models or index fail before the first question.
    """
    options = options or RunOptions()
    data = file_digest(path)
    chosen = choose_sample((q.id for p in read_paragraphs(path) for q in p.questions), options.sample, options.seed)
    system = {"encoder": encoder.id, "reader": reader.id}
    identity = {"data": data, "system": system, "options": _told(settings, mode, options)}
    models = _Models(encoder, reader, settings)
    with ExitStack() as stack:
        journal = stack.enter_context(Journal(options.journal, identity))
        if mode == "reader_only":
            ask = _from_context(models)
        else:
            ask = _from_corpus(stack.enter_context(_corpus_engine(path, data, models, options)))
        outcomes = ask_all(_chosen_questions(path, chosen), len(chosen), journal, ask, options.progress)
        predictions = tuple(_prediction(asked.question, outcome) for asked, outcome in outcomes)
    return SquadResult(
        name=path.name,
        mode=mode,
        system=system,
        sample=options.sample,
        seed=options.seed,
        configured=score_predictions(predictions, settings.min_confidence),
        best_exact=best_exact(predictions),
        best_f1=best_f1(predictions),
        predictions=predictions,
    )


@dataclass(frozen=True, slots=True)
class _Models:
    encoder: Encoder
    reader: Reader
    settings: Settings


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question to be asked, with the paragraph it belongs to."""

    question: SquadQuestion
    paragraph: SquadParagraph

    @property
    def id(self) -> str:
        return self.question.id


_Ask = Callable[[_Asked], dict[str, Any]]


def _told(settings: Settings, mode: SquadMode, options: RunOptions) -> dict[str, Any]:
    """Return what decides predictions beside data and models; the threshold does not, it is applied afterwards."""
    return {
        "format": "squad",
        "mode": mode,
        "sample": options.sample,
        "seed": options.seed,
        "n_read": settings.n_read,
        "n_read_in_doubt": settings.n_read_in_doubt,
        "read_near": settings.read_near,
        "passage_tokens": settings.passage_tokens,
        "version": __version__,
    }


def _chosen_questions(path: Path, chosen: set[str]) -> Iterator[_Asked]:
    for paragraph in read_paragraphs(path):
        for question in paragraph.questions:
            if question.id in chosen:
                yield _Asked(question, paragraph)


def _distinct_documents(path: Path) -> Iterator[Document]:
    seen: set[str] = set()
    for paragraph in read_paragraphs(path):
        if paragraph.document_id not in seen:
            seen.add(paragraph.document_id)
            yield make_document(paragraph)


@contextmanager
def _corpus_engine(path: Path, data: str, models: _Models, options: RunOptions) -> Iterator[Engine]:
    """Open an engine on all contexts of the file, which answers however unsure it is."""
    documents = _distinct_documents(path)
    with data_index(documents, models.encoder, models.settings.passage_tokens, data, options) as folder:
        forced = models.settings.model_copy(update={"index_dir": folder, "min_confidence": 0.0})
        with join_engine(forced, models.encoder, models.reader) as engine:
            yield engine


def _from_context(models: _Models) -> _Ask:
    context_reader = ContextReader(models.encoder, models.reader, models.settings.passage_tokens)
    return lambda asked: _value(context_reader.ask(_one_line(asked), make_document(asked.paragraph)))


def _from_corpus(engine: Engine) -> _Ask:
    return lambda asked: _value(engine.ask(_one_line(asked)))


def _one_line(asked: _Asked) -> str:
    return " ".join(asked.question.question.split())


def _value(outcome: Answer | NoAnswer) -> dict[str, Any]:
    return {"text": predict(outcome), "confidence": outcome.confidence}


def _prediction(question: SquadQuestion, outcome: Outcome) -> SquadPrediction:
    given = outcome.value or {"text": "", "confidence": 0.0}
    return SquadPrediction(
        question.id, question.question, question.accepted, given["text"], given["confidence"], outcome.error
    )
