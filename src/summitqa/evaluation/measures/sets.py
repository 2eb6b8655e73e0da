"""Every measure over a set of records, as a function of how often each question was drawn.

One definition serves the figure (each question once) and its interval (resamples). Knows records, nothing of groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from summitqa.evaluation.measures.catalog import MEASURES, PERCENTILES, STAGES
from summitqa.evaluation.measures.confidence import Calibration, RiskCoverage, Separation
from summitqa.evaluation.measures.questions import has_failed, is_right
from summitqa.evaluation.records import Record
from summitqa.evaluation.statistics import Floats

Quotient = tuple[Floats, Floats]
"""What a question adds above and below the line, both of shape (n,)."""


class Statistic(NamedTuple):
    """A measure over a set of n questions.

    Attributes:
        n: how many of the questions it is about.
        of: from weights of shape (b, n) to values of shape (b,); ``nan`` where no question that it is about was drawn.
    """

    n: int
    of: Callable[[Floats], Floats]


class Family(NamedTuple):
    """Measures over a set of n questions that are computed together, which is much faster for many sets.

    Attributes:
        n: by measure, how many of the questions it is about.
        of: from weights of shape (b, n) to values of shape (b, measures), in the order of ``n``; ``nan`` as above.
    """

    n: dict[str, int]
    of: Callable[[Floats], Floats]


def set_statistics(
    records: Sequence[Record], scores: Sequence[Mapping[str, float]], written_out: Mapping[str, Record]
) -> dict[str, Statistic]:
    """Return every measure of ``MEASURES`` over *records*; see :func:`set_families`."""
    quotients = _all_quotients(records, scores, written_out)
    families = [*(_quotients({name: quotient}) for name, quotient in quotients.items()), *_others(records)]
    statistics = {
        name: Statistic(n, partial(_column, family, column))
        for family in families
        for column, (name, n) in enumerate(family.n.items())
    }
    return {name: statistics[name] for name in MEASURES}


def set_families(
    records: Sequence[Record], scores: Sequence[Mapping[str, float]], written_out: Mapping[str, Record]
) -> list[Family]:
    """Return families that have every measure of ``MEASURES`` over *records*, at least one.

    Args:
        records: the questions of the set.
        scores: what ``question_scores`` gives for each of them.
        written_out: by a follow-up's id, the record of its question written out.
    """
    return [_quotients(_all_quotients(records, scores, written_out)), *_others(records)]


def _column(family: Family, column: int, weights: Floats) -> Floats:
    return family.of(weights)[:, column]


def _all_quotients(
    records: Sequence[Record], scores: Sequence[Mapping[str, float]], written_out: Mapping[str, Record]
) -> dict[str, Quotient]:
    per_question = [name for name, measure in MEASURES.items() if measure.per_question]
    means = {name: _mean([score.get(name, np.nan) for score in scores]) for name in per_question}
    gaps = [_gap(record, written_out.get(record.id)) for record in records]
    return means | _abstention(records) | {"follow_up_gap": _mean(gaps)}


def _others(records: Sequence[Record]) -> Iterator[Family]:
    yield _counts({"errors": "error", "timeouts": "timeout"}, records)
    yield from _confidence(records)
    yield from (_latency(stage, records) for stage in STAGES)


def _mean(values: Sequence[float]) -> Quotient:
    """Return the mean of the values that are known."""
    numbers = np.asarray(values)
    known = ~np.isnan(numbers)
    return np.where(known, numbers, 0.0), known.astype(np.float64)


def _quotients(quotients: Mapping[str, Quotient]) -> Family:
    above = np.column_stack([quotient[0] for quotient in quotients.values()])
    below = np.column_stack([quotient[1] for quotient in quotients.values()])

    def of(weights: Floats) -> Floats:
        total = weights @ below
        values = np.full(total.shape, np.nan)
        np.divide(weights @ above, total, out=values, where=total > 0)
        return values

    return Family({name: int(np.count_nonzero(quotient[1])) for name, quotient in quotients.items()}, of)


def _counts(outcomes: Mapping[str, str], records: Sequence[Record]) -> Family:
    is_one = np.asarray([[record.outcome == outcome for outcome in outcomes.values()] for record in records])
    counted = is_one.astype(np.float64)
    return Family(dict.fromkeys(outcomes, len(records)), lambda weights: weights @ counted)


def _abstention(records: Sequence[Record]) -> dict[str, Quotient]:
    """Return precision, recall and F1 of silence, taken as the retrieval of unanswerable questions.

    Source: van Rijsbergen, *Information Retrieval* (1979), chapter 7. A failure is a silence that nobody asked for, so
    it lowers both. Without an unanswerable question there is nothing to tell apart, and no value.
    """
    wanted = np.asarray([not record.answerable for record in records], dtype=np.float64)
    given = np.asarray([not record.answered for record in records], dtype=np.float64) * (wanted.sum() > 0)
    right = np.asarray([not r.answerable and r.outcome == "no_answer" for r in records], dtype=np.float64)
    return {
        "abstention_precision": (right, given),
        "abstention_recall": (right, wanted),
        # 2PR / (P + R) with P = right / given and R = right / wanted
        "abstention_f1": (2 * right, given + wanted),
    }


def _confidence(records: Sequence[Record]) -> Iterator[Family]:
    risk, calibration, separation = RiskCoverage(records), Calibration(records), Separation(records)
    n_given = sum(record.answered or has_failed(record) for record in records)
    yield Family({"aurc": len(records), "accuracy@80": len(records)}, lambda w: risk.area_and_accuracy(w, 0.8))
    yield Family({"ece": n_given}, lambda w: calibration.ece(w)[:, None])
    yield Family({"auroc_silence": len(records)}, lambda w: separation.auroc(w)[:, None])


def _gap(record: Record, written_out: Record | None) -> float:
    """Return what the question written out scores above the follow-up: 1, 0 or -1, ``nan`` if it is no follow-up.

    The mean is the accuracy lost by resolving. A question written out that failed counts as right: a failure must not
    make the gap look smaller.
    """
    if written_out is None:
        return float("nan")
    return float(is_right(written_out) or has_failed(written_out)) - float(is_right(record))


def _latency(stage: str, records: Sequence[Record]) -> Family:
    """Return the percentiles of a stage's milliseconds: the smallest time that a share of the questions did not exceed.

    Hyndman and Fan, *Sample Quantiles in Statistical Packages* (1996), definition 1. A timeout took as long as was
    waited; an error is no answer and has no latency.
    """
    untimed = float("nan")
    times = np.asarray([untimed if r.outcome == "error" else r.timing_ms.get(stage, untimed) for r in records])
    order = np.argsort(times)[: np.count_nonzero(~np.isnan(times))]  # nan sorts last
    sorted_times = times[order]

    def of(weights: Floats) -> Floats:
        values = np.full((len(weights), len(PERCENTILES)), np.nan)
        if not len(order):
            return values
        reached = np.cumsum(weights[:, order], axis=1)
        drawn = reached[:, -1] > 0
        for column, percent in enumerate(PERCENTILES):
            position = np.argmax(reached >= percent / 100 * reached[:, -1:] - 1e-9, axis=1)
            values[drawn, column] = sorted_times[position[drawn]]
        return values

    return Family({f"latency_{stage}_p{percent}": len(order) for percent in PERCENTILES}, of)
