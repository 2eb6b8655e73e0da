"""A reader without a trained span model: the similarity of sentences, weighed with words and types.

Each quotable unit of the passages is described by a few features (cosine with the question, share of the
question's words and names it holds, whether it holds something of the type asked for, how its passage was
retrieved); a logistic model ranks the units, a second one says how probable it is that the best unit
answers the question. Both were fitted on public question-answer data by ``summitqa.training.similarity``.
The exact answer inside a unit is found by shape only (a name for "who", a time for "when"), else left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from summitqa.errors import ModelDigestError
from summitqa.models.features import CONFIDENCE_FEATURES, UNIT_FEATURES, Candidate, QuestionProfile, describe_views
from summitqa.protocols import Encoder, Vectors
from summitqa.questions import typed_spans
from summitqa.reading import ReadingView
from summitqa.types import Reading, Span
from summitqa.words import content_words, same_root, split_words

CACHED_VECTORS = 20_000
"""Unit vectors kept in memory: 31 MB at 384 dimensions."""

WEIGHTS_FILE = "similarity.json"


@dataclass(frozen=True, slots=True)
class SimilarityWeights:
    """Coefficients of the two logistic models, by feature name, with their intercepts under ``bias``."""

    version: str
    unit: dict[str, float]
    confidence: dict[str, float]

    def __post_init__(self) -> None:
        """Raise ``ValueError`` unless every feature has exactly one coefficient."""
        for names, weights in ((UNIT_FEATURES, self.unit), (CONFIDENCE_FEATURES, self.confidence)):
            if set(weights) != {*names, "bias"}:
                raise ValueError(f"weights for {sorted(weights)}, features are {sorted(names)}")


def load_weights() -> SimilarityWeights:
    """Load the packaged weights.

    Raises:
        ModelDigestError: if the packaged file is damaged or of another version of this code.
    """
    file = resources.files("summitqa.models") / "weights" / WEIGHTS_FILE
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        return SimilarityWeights(data["version"], data["unit"], data["confidence"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelDigestError(f"models/weights/{WEIGHTS_FILE}: damaged ({error}); install summitqa again") from error


class SimilarityReader:
    """Ranks the units of the passages by fitted similarity features. Safe to use from several threads."""

    def __init__(self, encoder: Encoder, weights: SimilarityWeights) -> None:
        self._encoder = encoder
        self._weights = weights
        self._unit_weights = np.array([weights.unit[name] for name in UNIT_FEATURES])
        self._confidence_weights = np.array([weights.confidence[name] for name in CONFIDENCE_FEATURES])
        self._vector_of = lru_cache(maxsize=CACHED_VECTORS)(self._encode_one)

    @property
    def id(self) -> str:
        """Identity of method and weights."""
        return f"similarity@{self._weights.version}"

    def read(self, question: str, views: Sequence[ReadingView], scores: Sequence[float]) -> list[Reading]:
        """Return one reading for every unit, best first. See :class:`summitqa.protocols.Reader`.

        Raises:
            ModelRuntimeError: when the encoder fails.
        """
        candidates, features = self.describe(question, views, scores)
        if not candidates:
            return []
        unit_scores = features @ self._unit_weights + self._weights.unit["bias"]
        order = sorted(range(len(candidates)), key=lambda i: (-unit_scores[i], i))
        confidence = self.confidence_features(features, unit_scores)
        probability = _sigmoid(float(confidence @ self._confidence_weights) + self._weights.confidence["bias"])
        best = unit_scores[order[0]]
        profile = QuestionProfile.of(question)
        return [
            Reading(
                view=candidates[i].view,
                unit=candidates[i].unit,
                answer=_exact_answer(profile, candidates[i], views[candidates[i].view]),
                score=float(unit_scores[i]),
                probability=probability * _sigmoid(float(unit_scores[i])) / _sigmoid(float(best)),
            )
            for i in order
        ]

    def describe(
        self, question: str, views: Sequence[ReadingView], scores: Sequence[float]
    ) -> tuple[list[Candidate], NDArray[np.float64]]:
        """Return the candidate units and their features, float64 (n, len(UNIT_FEATURES))."""
        profile = QuestionProfile.of(question)
        query = self._encoder.encode_query([question])[0]
        candidates, rows = [], []
        for candidate, features in describe_views(profile, views, scores):
            cosines = [float(query @ self._vector_of(text)) for text in (candidate.text, candidate.context_text)]
            candidates.append(candidate)
            rows.append([*cosines, *features])
        return candidates, np.array(rows, dtype=np.float64).reshape(len(rows), len(UNIT_FEATURES))

    @staticmethod
    def confidence_features(features: NDArray[np.float64], unit_scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the features of the best unit that tell whether it answers, (len(CONFIDENCE_FEATURES),)."""
        order = np.argsort(-unit_scores, kind="stable")
        margin = unit_scores[order[0]] - unit_scores[order[1]] if len(order) > 1 else 2.0
        best = features[order[0]]
        return np.array([unit_scores[order[0]], min(float(margin), 4.0), *best, float(features[:, 1].max())])

    def _encode_one(self, text: str) -> Vectors:
        vector: Vectors = self._encoder.encode_passages([text])[0]
        return vector


def _exact_answer(profile: QuestionProfile, candidate: Candidate, view: ReadingView) -> Span | None:
    """Return the cell asked for, or the typed span nearest to the question's own words, if there is one."""
    if view.passage.kind == "table_row":
        return _exact_cell(profile, view)
    spans = [
        span for span in typed_spans(candidate.text, profile.type) if _is_new(profile, span.text_of(candidate.text))
    ]
    if profile.type == "name":
        times = typed_spans(candidate.text, "time")
        spans = [span for span in spans if not any(span.overlaps(time) for time in times)]
    if not spans:
        return None
    anchors = _mentions(profile, candidate.text)
    best = min(spans, key=lambda span: (_distance(span, anchors), span.start))
    return view.to_document(Span(candidate.start + best.start, candidate.start + best.end))


def _exact_cell(profile: QuestionProfile, view: ReadingView) -> Span | None:
    """Return the cell that the question does not mention, under the column name it mentions most."""
    best: tuple[int, Span] | None = None
    for cell, header in zip(view.passage.cells, view.passage.header, strict=False):
        shown, name = view.from_document(cell), _column_name(view, cell)
        if shown is None or not len(header) or not _is_new(profile, shown.text_of(view.text)):
            continue
        n_mentioned = sum(profile.mentions(word) for word in content_words(name))
        if n_mentioned and (best is None or n_mentioned > best[0]):
            best = (n_mentioned, cell)
    return best[1] if best else None


def _column_name(view: ReadingView, cell: Span) -> str:
    """Return the context text that stands right before *cell* in the view."""
    before = ""
    for segment in view.segments:
        if segment.source_start == cell.start:
            break
        before = segment.span.text_of(view.text)
    return before.splitlines()[-1] if before else ""


def _is_new(profile: QuestionProfile, text: str) -> bool:
    return not all(profile.mentions(word) for word in content_words(text))


def _mentions(profile: QuestionProfile, text: str) -> list[int]:
    lowered = text.casefold()
    positions = [
        lowered.find(word) for word in {w for w in split_words(text) if any(same_root(w, q) for q in profile.words)}
    ]
    return [position for position in positions if position >= 0]


def _distance(span: Span, anchors: Sequence[int]) -> int:
    return min((abs(anchor - span.start) for anchor in anchors), default=0)


def _sigmoid(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))
