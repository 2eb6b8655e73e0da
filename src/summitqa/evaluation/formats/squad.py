"""SQuAD, evaluated: every question asked with its context given, or of all contexts of the file together.

A prediction is the exact answer of what the system would say, withheld below the configured confidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from summitqa import __version__
from summitqa.engine import Engine
from summitqa.evaluation.formats.asking import Outcome, RunOptions, ask_all
from summitqa.evaluation.formats.indexing import index_documents
from summitqa.evaluation.formats.reading import ContextReader, predict
from summitqa.evaluation.formats.sampling import choose_sample
from summitqa.evaluation.formats.squad_files import SquadParagraph, SquadQuestion, make_document, read_paragraphs
from summitqa.evaluation.formats.squad_scores import (
    BestThreshold,
    SquadFigures,
    SquadPrediction,
    SquadScores,
    best_exact,
    best_f1,
    score_predictions,
)
from summitqa.evaluation.journal import Journal, file_digest
from summitqa.index import current_generation, open_index
from summitqa.protocols import Encoder, Reader
from summitqa.settings import Settings
from summitqa.snapshots import LiveIndex
from summitqa.types import Answer, Document, NoAnswer

SquadMode = Literal["reader_only", "corpus"]
Table = tuple[str, list[str], list[list[str]]]
"""Title, header and rows."""


@dataclass(frozen=True, slots=True)
class SquadResult:
    """The figures of a SQuAD file, and the prediction for each question.

    Attributes:
        name: of the file.
        system: identities of encoder and reader.
        sample: number of questions asked for, ``None`` for all; ``seed`` says which.
        configured: at the confidence below which the system is silent.
        best_exact: what the best confidence would give for exact match, fitted on these very questions.
        best_f1: the same for F1.
    """

    name: str
    mode: SquadMode
    system: dict[str, str]
    sample: int | None
    seed: int
    configured: SquadScores
    best_exact: BestThreshold
    best_f1: BestThreshold
    predictions: tuple[SquadPrediction, ...]

    @property
    def failures(self) -> tuple[SquadPrediction, ...]:
        """The questions that failed; each counts as zero."""
        return tuple(p for p in self.predictions if p.error)

    def tables(self) -> list[Table]:
        """Return the figures as tables of text."""
        scores = self.configured
        parts = (("all", scores.overall), ("has answer", scores.has_answer), ("no answer", scores.no_answer))
        asked = "context given" if self.mode == "reader_only" else "of all contexts"
        return [
            (
                f"SQuAD {self.name}, {asked}, at confidence {scores.threshold:g}",
                ["questions", "n", "exact match", "F1"],
                [_row(name, figures) for name, figures in parts],
            ),
            (
                "best threshold on these questions",
                ["measure", "configured", "best", "at confidence"],
                [
                    _best_row("exact match", scores.overall.exact, self.best_exact),
                    _best_row("F1", scores.overall.f1, self.best_f1),
                ],
            ),
        ]

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {"format": "squad", **asdict(self), "failures": [p.id for p in self.failures]}


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
    with ExitStack() as stack:
        folder = options.index_dir or Path(stack.enter_context(TemporaryDirectory(prefix="summitqa-squad-")))
        index_documents(
            folder,
            _distinct_documents(path),
            models.encoder,
            passage_tokens=models.settings.passage_tokens,
            source=data,
            progress=options.index_progress,
        )
        forced = models.settings.model_copy(update={"index_dir": folder, "min_confidence": 0.0})
        live = LiveIndex(
            lambda: open_index(folder, encoder_id=models.encoder.id, threads=forced.threads),
            lambda: current_generation(folder),
        )
        yield stack.enter_context(Engine(live, models.encoder, models.reader, forced))


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


def _row(name: str, figures: SquadFigures) -> list[str]:
    exact = _percent(figures.exact) + _interval(figures.exact_interval)
    return [name, str(figures.total), exact, _percent(figures.f1) + _interval(figures.f1_interval)]


def _best_row(name: str, configured: float | None, best: BestThreshold) -> list[str]:
    return [name, _percent(configured), _percent(best.value), f"{best.threshold:.3f}"]


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" [{interval[0]:.2f}, {interval[1]:.2f}]"
