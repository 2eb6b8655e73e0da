"""SQuAD's official figures: exact match and F1 over all, answerable and unanswerable questions, and the best threshold.

Source: ``evaluate-v2.0.py`` of Rajpurkar et al. 2018, with two differences that are said where they are made. Figures
are percentages, as there. Knows predictions and confidences, nothing of how they came about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from summitqa.evaluation.measures import exact_match, normalize_answer, token_f1
from summitqa.evaluation.statistics import bootstrap_interval


@dataclass(frozen=True, slots=True)
class SquadPrediction:
    """A question and what would be answered if an answer were forced.

    Attributes:
        accepted: none for a question that has no answer.
        text: the exact answer found, empty for none.
        confidence: probability that it is right.
        error: what went wrong, if anything did: the question scores zero at any threshold.
    """

    id: str
    question: str
    accepted: tuple[str, ...]
    text: str
    confidence: float
    error: str | None = None

    def at(self, threshold: float) -> str:
        """Return what is predicted when answers below *threshold* are withheld; empty says "no answer"."""
        return self.text if self.confidence >= threshold else ""

    def exact(self, threshold: float) -> float:
        """Return the exact match of the prediction at *threshold*, 0 or 1."""
        return 0.0 if self.error else exact_match(self.at(threshold), _official(self.accepted), official=True)

    def f1(self, threshold: float) -> float:
        """Return the token F1 of the prediction at *threshold*, 0 to 1."""
        return 0.0 if self.error else token_f1(self.at(threshold), _official(self.accepted), official=True)


@dataclass(frozen=True, slots=True)
class SquadFigures:
    """Exact match and F1 in percent over *total* questions, with bootstrap 95 % intervals; ``None`` over none."""

    total: int
    exact: float | None
    f1: float | None
    exact_interval: tuple[float, float] | None
    f1_interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class SquadScores:
    """All figures at one threshold, as the official script calls them: all, HasAns and NoAns."""

    threshold: float
    overall: SquadFigures
    has_answer: SquadFigures
    no_answer: SquadFigures


@dataclass(frozen=True, slots=True)
class BestThreshold:
    """The highest overall value in percent that any threshold gives, and the threshold.

    The threshold is the lowest confidence answered; above 1 if it is best to answer nothing.
    """

    value: float
    threshold: float


def score_predictions(predictions: Sequence[SquadPrediction], threshold: float) -> SquadScores:
    """Return the official figures when answers of a confidence below *threshold* are withheld."""
    return SquadScores(
        threshold,
        _figures(predictions, threshold),
        _figures([p for p in predictions if p.accepted], threshold),
        _figures([p for p in predictions if not p.accepted], threshold),
    )


def best_exact(predictions: Sequence[SquadPrediction]) -> BestThreshold:
    """Return the threshold that is best for exact match."""
    return _find_best(predictions, SquadPrediction.exact)


def best_f1(predictions: Sequence[SquadPrediction]) -> BestThreshold:
    """Return the threshold that is best for F1."""
    return _find_best(predictions, SquadPrediction.f1)


ANSWER_NOTHING = 1.01
"""A threshold above every confidence."""


def _find_best(
    predictions: Sequence[SquadPrediction], score: Callable[[SquadPrediction, float], float]
) -> BestThreshold:
    """Go through the answers from the surest on, ``find_all_best_thresh`` of the official script.

    It begins with no answer to any question, which is right where there is none. Unlike there, questions of equal
    confidence are answered together, since no threshold could part them, and failed ones never count as right.
    """
    ordered = sorted(predictions, key=lambda p: -p.confidence)
    current = best = sum(score(p, ANSWER_NOTHING) for p in ordered)
    threshold = ANSWER_NOTHING
    for confidence, tied in groupby(ordered, key=lambda p: p.confidence):
        current += sum(score(p, 0.0) - score(p, ANSWER_NOTHING) for p in tied)
        if current > best + 1e-9:  # sums of fractions differ in their last digits by the order they are added in
            best, threshold = current, confidence
    return BestThreshold(100 * best / len(ordered) if ordered else 0.0, threshold)


def _figures(predictions: Sequence[SquadPrediction], threshold: float) -> SquadFigures:
    if not predictions:
        return SquadFigures(0, None, None, None, None)
    exact = [100 * p.exact(threshold) for p in predictions]
    f1 = [100 * p.f1(threshold) for p in predictions]
    return SquadFigures(
        total=len(predictions),
        exact=sum(exact) / len(exact),
        f1=sum(f1) / len(f1),
        exact_interval=bootstrap_interval(exact),
        f1_interval=bootstrap_interval(f1),
    )


def _official(accepted: Sequence[str]) -> list[str]:
    """Return the answers as the official script takes them: those not empty when normalised, or the empty one."""
    return [answer for answer in accepted if normalize_answer(answer, official=True)] or [""]
