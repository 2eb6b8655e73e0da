"""What a confidence is worth: risk and coverage, calibration, telling answerable questions from others.

A confidence is held against what was actually shown. For risk and coverage every question counts, the surest first,
and it is right if it is answerable and its answer's first citation is; a silence is never right there, because what
would have been said is not known: beyond the share of questions answered the curve is an upper bound of the risk.
So nothing is gained by silence, nor by a confidence that is high everywhere. With a share ``u`` of unanswerable
questions the best accuracy at 80 % coverage is ``min(1, (1 - u) / 0.8)``. Calibration looks at the answers given.
Failures come last in risk and coverage, count as sure and wrong in calibration, and as misplaced in AUROC.

Every statistic is a function of weights of shape (b, n), see :mod:`summitqa.evaluation.statistics`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summitqa.evaluation.measures.questions import has_failed, is_hit, sureness
from summitqa.evaluation.records import CalibrationBin, CurvePoint, Record
from summitqa.evaluation.statistics import Floats

N_BINS = 10
_EDGES = np.arange(1, N_BINS) / N_BINS


class Ranked:
    """Questions by falling score, equal scores taken together, so that their order cannot matter."""

    def __init__(self, scores: Floats) -> None:
        """Rank *scores* of shape (n,), n at least 1."""
        self.order = np.argsort(-scores, kind="stable")
        ranked = scores[self.order]
        self.starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))
        self._sizes = np.diff(np.append(self.starts, len(scores)))

    def by_level(self, values: Floats) -> Floats:
        """Sum *values* of shape (b, n) over the questions of each level of score; shape (b, levels)."""
        ranked = values[:, self.order]
        if len(self.starts) == len(self.order):
            return ranked
        summed: Floats = np.add.reduceat(ranked, self.starts, axis=1)
        return summed

    def spread(self, levels: Floats) -> Floats:
        """Give every question, by falling score, the value of its level; shape (b, n)."""
        return np.repeat(levels, self._sizes, axis=1)


def curve_points(confidence: Sequence[float], wrong: Sequence[bool]) -> tuple[CurvePoint, ...]:
    """Return the risk–coverage curve of questions of which the *confidence* is known, and which are *wrong*.

    A confidence below 0 marks a failure, which comes last.
    """
    if not confidence:
        return ()
    return _points(Ranked(np.asarray(confidence)), confidence, np.asarray(wrong, dtype=np.float64))


class RiskCoverage:
    """The risk–coverage curve of some records: El-Yaniv and Wiener (2010); Geifman and El-Yaniv (2017)."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Rank *records*, at least one, by their confidence; failures come last."""
        confidence = [-1.0 if has_failed(record) else record.confidence for record in records]
        self._ranked = Ranked(np.asarray(confidence))
        self._confidence = confidence
        self._wrong = np.asarray([not is_hit(record) for record in records], dtype=np.float64)

    def area_and_accuracy(self, weights: Floats, coverage: float) -> Floats:
        """Return AURC and the accuracy at *coverage*, shape (b, 2).

        AURC is the mean, over the coverages 1/n to n/n, of the share of wrong among the questions covered. Accuracy at
        a coverage is the share of right ones among so many of the surest questions; the question at its edge counts
        with the part of it that is covered. Among equal confidences wrong ones are taken to be spread evenly.
        """
        drawn = weights[:, self._ranked.order]
        wrong = self._ranked.spread(self._risk_by_level(weights))
        wrong *= drawn
        covered, wrong_up_to = np.cumsum(drawn, axis=1), np.cumsum(wrong, axis=1)
        n = covered[:, -1]
        area = (drawn * _ratio(wrong_up_to, covered, empty=0.0)).sum(axis=1) / n
        last = np.argmax(covered >= coverage * n[:, None] - 1e-9, axis=1)
        row = np.arange(len(weights))
        beyond = (covered[row, last] - coverage * n) / drawn[row, last]
        wrong_covered = wrong_up_to[row, last] - beyond * wrong[row, last]
        return np.column_stack([area, 1.0 - wrong_covered / (coverage * n)])

    def points(self) -> tuple[CurvePoint, ...]:
        """Return the point of every threshold that makes a difference: answer if the confidence reaches it."""
        return _points(self._ranked, self._confidence, self._wrong)

    def _risk_by_level(self, weights: Floats) -> Floats:
        return _ratio(self._ranked.by_level(weights * self._wrong), self._ranked.by_level(weights), empty=0.0)


class Calibration:
    """Confidences of the answers given against their being right."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Look at *records*; silences are left out."""
        self._given = np.asarray([record.answered or has_failed(record) for record in records], dtype=np.float64)
        self._sure = np.asarray([sureness(record) for record in records])
        self._right = np.asarray([is_hit(record) for record in records], dtype=np.float64)
        bins = np.digitize(self._sure, _EDGES)
        self._in_bin = (bins[:, None] == np.arange(N_BINS)) * self._given[:, None]

    def ece(self, weights: Floats) -> Floats:
        """Return the expected calibration error over ten bins of equal width: Naeini et al. (2015), Guo et al. (2017).

        The mean over the answers of their bin's distance between mean confidence and share of right ones.
        """
        distance = weights @ (self._in_bin * (self._right - self._sure)[:, None])
        return _ratio(np.abs(distance).sum(axis=1), weights @ self._given, empty=np.nan)

    def bins(self) -> tuple[CalibrationBin, ...]:
        """Return the ten bins; an empty one has confidence and accuracy 0."""
        n = self._in_bin.sum(axis=0)
        sure, right = (_ratio(values @ self._in_bin, n, empty=0.0) for values in (self._sure, self._right))
        return tuple(
            CalibrationBin(i / N_BINS, (i + 1) / N_BINS, int(n[i]), float(sure[i]), float(right[i]))
            for i in range(N_BINS)
        )


class Separation:
    """How well confidence tells answerable questions from unanswerable ones."""

    def __init__(self, records: Sequence[Record]) -> None:
        """Rank *records*, at least one; a failure has the confidence that is worst for it."""
        worst = {True: -1.0, False: 2.0}
        confidence = [worst[r.answerable] if has_failed(r) else r.confidence for r in records]
        self._ranked = Ranked(np.asarray(confidence))
        self._answerable = np.asarray([record.answerable for record in records], dtype=np.float64)

    def auroc(self, weights: Floats) -> Floats:
        """Return the chance that an answerable question has more confidence than an unanswerable one, ties half.

        The area under the ROC curve as the Mann–Whitney statistic: Hanley and McNeil (1982).
        """
        answerable = self._ranked.by_level(weights * self._answerable)
        others = self._ranked.by_level(weights * (1.0 - self._answerable))
        below = others.sum(axis=1, keepdims=True) - np.cumsum(others, axis=1)
        pairs = answerable.sum(axis=1) * others.sum(axis=1)
        return _ratio((answerable * (below + others / 2)).sum(axis=1), pairs, empty=np.nan)


def _points(ranked: Ranked, confidence: Sequence[float], wrong: Floats) -> tuple[CurvePoint, ...]:
    once = np.ones((1, len(wrong)))
    covered = np.cumsum(ranked.by_level(once)[0])
    n_wrong = np.cumsum(ranked.by_level(once * wrong)[0])
    thresholds = np.asarray(confidence)[ranked.order][ranked.starts]
    return tuple(
        CurvePoint(float(c / len(wrong)), float(w / c), max(0.0, float(t)))
        for c, w, t in zip(covered, n_wrong, thresholds, strict=True)
    )


def _ratio(numerator: Floats, denominator: Floats, *, empty: float) -> Floats:
    """Divide, with *empty* where there is nothing to divide by."""
    result = np.full(numerator.shape, empty)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result
