"""What a SQuAD run comes to: its figures as tables, its curve, and the questions it got wrong.

Knows predictions and figures, nothing of how they came about or how they are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

from summitqa.evaluation.formats.squad_scores import BestThreshold, SquadFigures, SquadPrediction, SquadScores
from summitqa.evaluation.measures.confidence import curve_points
from summitqa.evaluation.records import CurvePoint, Figure
from summitqa.evaluation.results import Headline, Miss, Table

SquadMode = Literal["reader_only", "corpus"]

MEANINGS = (
    ("exact match", "percent of the questions whose answer is an accepted one, but for case, punctuation and articles"),
    ("F1", "mean overlap in words with the closest accepted answer, in percent"),
    ("no answer", "questions that the contexts do not answer: silence is the only right answer"),
    ("wrong", "in the plot below: an answer without an exact match, and any answer where silence would be right"),
    ("best", "what another confidence to fall silent at would give; chosen on these very questions, so too good"),
)


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

    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Return what the tables measure."""
        return MEANINGS

    def headlines(self) -> list[Headline]:
        """Return exact match and F1 over all questions."""
        of = self.configured.overall
        return [
            _headline("exact match", of.exact, of.exact_interval, of.total),
            _headline("F1", of.f1, of.f1_interval, of.total),
        ]

    def risk_coverage(self) -> tuple[CurvePoint, ...]:
        """Return the curve of answering the surest questions only, an answer being right if it is an exact match."""
        return curve_points(
            [-1.0 if p.error else p.confidence for p in self.predictions], [not p.exact(0.0) for p in self.predictions]
        )

    def misses(self) -> list[Miss]:
        """Return the questions without an exact match at the configured confidence, in the order of the file."""
        return list(_misses(self.predictions, self.configured.threshold))

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {"format": "squad", **asdict(self), "failures": [p.id for p in self.failures]}


def _misses(predictions: tuple[SquadPrediction, ...], threshold: float) -> Iterator[Miss]:
    for prediction in predictions:
        if not prediction.exact(threshold):
            given = prediction.at(threshold)
            facts = [("confidence", f"{prediction.confidence:.2f}")]
            if not given and prediction.text:
                facts.append(("withheld", prediction.text))
            yield Miss(
                prediction.id,
                prediction.question,
                _kind(prediction, threshold),
                expected=tuple(dict.fromkeys(prediction.accepted)),
                given=(given,) if given else (),
                facts=(("error", prediction.error),) if prediction.error else tuple(facts),
            )


def _kind(prediction: SquadPrediction, threshold: float) -> str:
    if prediction.error:
        return "no result"
    if not prediction.accepted:
        return "should be silent"
    if not prediction.at(threshold):
        return "no answer"
    return "right in part" if prediction.f1(threshold) else "wrong answer"


def _headline(name: str, value: float | None, interval: tuple[float, float] | None, n: int) -> Headline:
    if value is None or interval is None:
        return Headline(name, _percent(value), "", Figure(name, None, None, None, n))
    low, high = interval
    share = Figure(name, value / 100, low / 100, high / 100, n)
    return Headline(name, f"{value:.2f}", f"{low:.2f} to {high:.2f}", share)


def _row(name: str, figures: SquadFigures) -> list[str]:
    exact = _percent(figures.exact) + _interval(figures.exact_interval)
    return [name, str(figures.total), exact, _percent(figures.f1) + _interval(figures.f1_interval)]


def _best_row(name: str, configured: float | None, best: BestThreshold) -> list[str]:
    return [name, _percent(configured), _percent(best.value), f"{best.threshold:.3f}"]


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f" [{interval[0]:.2f}, {interval[1]:.2f}]"
