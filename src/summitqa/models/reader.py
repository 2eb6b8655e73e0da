"""The reader: which quotable unit answers a question, what in it is the exact answer, and how surely.

The span model reads every passage and finds the best span of each unit. Reading a passage well is not yet
choosing among passages, so its score is weighed with others: the share of the question's words and names
in the unit and around it, whether it holds something of the type asked for, how its passage was retrieved.
A conditional logit ranks the units; a logistic model says how probable it is that the best one answers.
Both were fitted by ``summitqa.training.ranking`` on articles that the span model never saw.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summitqa.bylines import asks_of_writing, is_byline
from summitqa.errors import ModelDigestError
from summitqa.models.features import (
    CONFIDENCE_FEATURES,
    UNIT_FEATURES,
    Candidate,
    QuestionProfile,
    describe_answer,
    describe_views,
)
from summitqa.models.spans import PendingScores, SpanModel, SpanScore
from summitqa.protocols import ReadMore
from summitqa.reading import ReadingView
from summitqa.types import Hit, Reading

WEIGHTS_FILE = Path(__file__).parent / "weights" / "ranking.json"
READER_FOLDER = Path(__file__).parent / "weights" / "reader"

SPAN_LIMIT = 20.0
"""Span scores beyond this many logits say no more."""

BYLINES_WITHIN = 1_000
"""Characters from the top of a document in which bylines are looked for."""

Described = tuple[list[Candidate], NDArray[np.float64], list[SpanScore]]
"""Units, their features and their best spans, in the same order."""

_NO_SPAN = SpanScore(None, float("-inf"))

MARGIN_LIMIT = 4.0
"""Nor does a larger lead over the second unit."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """Coefficients of the two models, by feature name, with their intercepts under ``bias``."""

    version: str
    unit: dict[str, float]
    confidence: dict[str, float]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` unless every feature has exactly one coefficient."""
        for names, weights in ((UNIT_FEATURES, self.unit), (CONFIDENCE_FEATURES, self.confidence)):
            if set(weights) != {*names, "bias"}:
                raise ValueError(f"weights for {sorted(weights)}, features are {sorted(names)}")


def load_weights() -> RankingWeights:
    """Load the packaged weights.

    Raises:
        ModelDigestError: if the packaged file is damaged or of another version of this code.
    """
    try:
        data = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
        return RankingWeights(data["version"], data["unit"], data["confidence"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDigestError(f"{WEIGHTS_FILE}: damaged ({type(error).__name__}); install summitqa again") from error


def open_reader(*, threads: int) -> HybridReader:
    """Open the packaged reader.

    Raises:
        ModelError: if a file is missing, damaged or cannot be loaded.
    """
    return HybridReader(SpanModel(READER_FOLDER, threads=threads), load_weights())


class HybridReader:
    """Ranks units by what the span model and the features say. Safe to use from several threads."""

    def __init__(self, span_model: SpanModel, weights: RankingWeights) -> None:
        self._span_model = span_model
        self._weights = weights
        self._unit_weights = np.array([weights.unit[name] for name in UNIT_FEATURES])
        self._confidence_weights = np.array([weights.confidence[name] for name in CONFIDENCE_FEATURES])

    @property
    def id(self) -> str:
        """Identity of the span model and of the weights."""
        return f"{self._span_model.version}/{self._weights.version}"

    def affordable(self, question: str, views: Sequence[ReadingView], budget_s: float) -> int:
        """Return how many of *views* can be read in *budget_s*. See :class:`summitqa.protocols.Reader`."""
        return self._span_model.affordable(question, views, budget_s)

    def read(
        self, question: str, views: Sequence[ReadingView], hits: Sequence[Hit], more: ReadMore | None = None
    ) -> list[Reading]:
        """Return one reading for every unit that was read, best first. See :class:`summitqa.protocols.Reader`.

        Raises:
            ModelRuntimeError: when the span model fails.
        """
        pending = [self._span_model.start(question, views)]
        readings = self._rank(self._describe(question, views, hits, pending))
        more_views, more_hits = more(readings) if more is not None else ((), ())
        if not more_views:
            return readings
        pending.append(self._span_model.start(question, more_views))
        return self._rank(self._describe(question, [*views, *more_views], [*hits, *more_hits], pending))

    def describe(self, question: str, views: Sequence[ReadingView], hits: Sequence[Hit]) -> Described:
        """Return the candidate units, their features, float64 (n, len(UNIT_FEATURES)), and their best spans."""
        return self._describe(question, views, hits, [self._span_model.start(question, views)])

    def _rank(self, described: Described) -> list[Reading]:
        candidates, features, spans = described
        if not candidates:
            return []
        unit_scores = features @ self._unit_weights + self._weights.unit["bias"]
        order = sorted(range(len(candidates)), key=lambda i: (-unit_scores[i], i))
        confidence = confidence_features(features, unit_scores) @ self._confidence_weights
        probability = _sigmoid(float(confidence) + self._weights.confidence["bias"])
        best = float(unit_scores[order[0]])
        return [
            Reading(
                view=candidates[i].view,
                unit=candidates[i].unit,
                answer=spans[i].answer,
                score=float(unit_scores[i]),
                probability=probability * float(np.exp(unit_scores[i] - best)),
                joined=spans[i].joined,
            )
            for i in order
        ]

    @staticmethod
    def _describe(
        question: str, views: Sequence[ReadingView], hits: Sequence[Hit], pending: Sequence[PendingScores]
    ) -> Described:
        """Describe *views*, whose spans are *pending*."""
        profile = QuestionProfile.of(question)
        described = list(describe_views(profile, views, hits))
        spans = [score for part in pending for of_view in part.finish() for score in of_view]
        if not asks_of_writing(question):
            spans = [
                _NO_SPAN
                if _is_byline(candidate, views[candidate.view]) and not profile.share_of(candidate.text)
                else span
                for span, (candidate, _) in zip(spans, described, strict=True)
            ]
        rows = [
            [
                max(-SPAN_LIMIT, min(SPAN_LIMIT, span.score)) / 10,
                *features,
                *describe_answer(profile, _shown_text(views[candidate.view], span)),
            ]
            for span, (candidate, features) in zip(spans, described, strict=True)
        ]
        candidates = [candidate for candidate, _ in described]
        return candidates, np.array(rows, dtype=np.float64).reshape(len(rows), len(UNIT_FEATURES)), spans


def _is_byline(candidate: Candidate, view: ReadingView) -> bool:
    """Tell whether a unit is a line near the top that tells of the document itself."""
    is_near_top = candidate.unit.start < BYLINES_WITHIN and view.passage.kind == "paragraph"
    return is_near_top and is_byline(candidate.text)


def _shown_text(view: ReadingView, span: SpanScore) -> str:
    """Return the exact answer as the view shows it, empty when there is none."""
    shown = view.from_document(span.answer) if span.answer is not None else None
    return shown.text_of(view.text) if shown is not None else ""


def confidence_features(features: NDArray[np.float64], unit_scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what tells whether the best unit answers, float64 (len(CONFIDENCE_FEATURES),)."""
    order = np.argsort(-unit_scores, kind="stable")
    lead = unit_scores[order[0]] - unit_scores[order[1]] if len(order) > 1 else MARGIN_LIMIT
    return np.array([unit_scores[order[0]], min(float(lead), MARGIN_LIMIT), *features[order[0]]])


def _sigmoid(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))
