"""What a BEIR run comes to: its figures as a table, and the questions whose documents were not found.

Knows scores, nothing of how they came about or how they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from summitqa.evaluation.measures.retrieval import JUDGED
from summitqa.evaluation.records import CurvePoint, Figure
from summitqa.evaluation.results import Headline, Miss, Table
from summitqa.evaluation.statistics import bootstrap_interval

MEASURES = tuple(JUDGED)
"""What BEIR reports."""

MEANINGS = (
    ("ndcg@10", "how well the first ten documents are ranked: 1 if those judged best come first"),
    ("recall@100", "share of the relevant documents that are among the first hundred"),
    ("dense, bm25, hybrid", "found by meaning, by words, and by both, as the system does it"),
)

SYSTEM = "hybrid"
"""The retriever that answers questions."""


@dataclass(frozen=True, slots=True)
class BeirMean:
    """The mean of a measure over all questions asked, with its bootstrap 95 % interval; failures count as zero."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class BeirScore:
    """The measures of one question, by retriever and measure; all zero if it failed."""

    id: str
    question: str
    scores: dict[str, dict[str, float]]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class BeirResult:
    """The figures of a BEIR folder.

    Attributes:
        name: of the folder and its split.
        system: identity of the encoder.
        sample: number of questions asked for, ``None`` for all; ``seed`` says which.
        figures: mean by retriever and measure.
        questions: the measures of each question.
    """

    name: str
    system: dict[str, str]
    sample: int | None
    seed: int
    figures: dict[str, dict[str, BeirMean]]
    questions: tuple[BeirScore, ...]

    @property
    def failures(self) -> tuple[BeirScore, ...]:
        """The questions that failed; each counts as zero."""
        return tuple(question for question in self.questions if question.error)

    def tables(self) -> list[Table]:
        """Return the figures as a table of text."""
        rows = [[name, *(_interval(of[measure]) for measure in MEASURES)] for name, of in self.figures.items()]
        return [(f"BEIR {self.name}, {len(self.questions)} questions", ["retriever", *MEASURES], rows)]

    def meanings(self) -> tuple[tuple[str, str], ...]:
        """Return what the table measures."""
        return MEANINGS

    def headlines(self) -> list[Headline]:
        """Return what the system's own retriever reaches."""
        return [_headline(measure, self.figures[SYSTEM][measure], len(self.questions)) for measure in MEASURES]

    def risk_coverage(self) -> tuple[CurvePoint, ...]:
        """Return no curve: a ranking has no confidence."""
        return ()

    def misses(self) -> list[Miss]:
        """Return the questions for which the system finds no relevant document among the first ten."""
        return [_miss(question) for question in self.questions if not question.scores[SYSTEM]["ndcg@10"]]

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return {"format": "beir", **asdict(self), "failures": [question.id for question in self.failures]}


def mean_scores(questions: Sequence[BeirScore], retrievers: Sequence[str]) -> dict[str, dict[str, BeirMean]]:
    """Return the mean over *questions*, at least one, by retriever and measure."""
    return {
        name: {measure: _mean([question.scores[name][measure] for question in questions]) for measure in MEASURES}
        for name in retrievers
    }


def _mean(values: Sequence[float]) -> BeirMean:
    low, high = bootstrap_interval(values)
    return BeirMean(sum(values) / len(values), low, high)


def _headline(measure: str, mean: BeirMean, n: int) -> Headline:
    share = Figure(measure, mean.value, mean.low, mean.high, n)
    return Headline(f"{SYSTEM}, {measure}", f"{mean.value:.3f}", f"{mean.low:.3f} to {mean.high:.3f}", share)


def _miss(question: BeirScore) -> Miss:
    if question.error:
        return Miss(question.id, question.question, "no result", facts=(("error", question.error),))
    facts = [
        (name, ", ".join(f"{measure} {of[measure]:.3f}" for measure in MEASURES))
        for name, of in question.scores.items()
    ]
    kind = "not among the first ten" if question.scores[SYSTEM]["recall@100"] else "not among the first hundred"
    return Miss(question.id, question.question, kind, facts=tuple(facts))


def _interval(mean: BeirMean) -> str:
    return f"{mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}]"
