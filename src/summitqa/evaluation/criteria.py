"""Criteria: what a run is held against, its gates and baseline; loaded and checked before the run, applied after it.

Knows how gates and comparison fit together; nothing of how questions are asked or results shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summitqa import __version__
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.comparison import check_sets, compare, load_baseline, significant_losses
from summitqa.evaluation.gates import EVERY_SET, Thresholds, check_gates, load_thresholds
from summitqa.evaluation.gold import GoldQuestion
from summitqa.evaluation.records import Evaluation, Group
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.summary import group_rows


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a run is held against.

    Attributes:
        thresholds: the gates; ``None`` for those that always hold alone.
        baseline: the evaluations of an earlier run by name, ``None`` for no comparison.
        other_sets: question sets that have gates, but are no part of the run.
    """

    thresholds: Thresholds | None = None
    baseline: Mapping[str, Evaluation] | None = None
    other_sets: frozenset[str] = frozenset()


def load_criteria(thresholds: Path | None, baseline: Path | None, *, only: str | None) -> Criteria:
    """Load gates and baseline.

    Args:
        thresholds: a ``thresholds.toml``, if there are gates.
        baseline: a ``report.json``, if there is one.
        only: the question set that is run by itself, whose gates may stand beside those of others; ``None`` if every
            set that has gates is run.

    Raises:
        EvaluationDataError: in one line, if a file is wrong or has nothing for the set.
    """
    gates = load_thresholds(thresholds) if thresholds is not None else None
    others = _sets_elsewhere(gates, only) if gates is not None and only is not None else frozenset[str]()
    return Criteria(gates, load_baseline(baseline) if baseline is not None else None, others)


def check_criteria(criteria: Criteria, questions: Mapping[str, Sequence[GoldQuestion]]) -> None:
    """See that gates and baseline are about what is going to be asked, by question set, before it takes its time.

    Raises:
        EvaluationDataError: if a gate names a question set or a group that there is not, or the baseline lacks a set.
    """
    if criteria.baseline is not None:
        check_sets(criteria.baseline, list(questions))
    bare = [
        Evaluation(name, {}, (), tuple(Group(group, len(rows), {}) for group, rows in group_rows(asked).items()))
        for name, asked in questions.items()
    ]
    check_gates(bare, criteria.thresholds, other_sets=criteria.other_sets)


def judge(evaluations: Sequence[Evaluation], criteria: Criteria) -> Report:
    """Hold a run against its criteria.

    Raises:
        EvaluationDataError: if gates or baseline are about other questions.
    """
    comparisons = compare(criteria.baseline, evaluations) if criteria.baseline is not None else []
    broken = check_gates(evaluations, criteria.thresholds, other_sets=criteria.other_sets)
    breaches = [*broken, *significant_losses(comparisons)]
    return Report(tuple(evaluations), tuple(breaches), tuple(comparisons), f"summitqa {__version__}")


def _sets_elsewhere(thresholds: Thresholds, name: str) -> frozenset[str]:
    named = {bound.question_set for bound in thresholds.bounds}
    if named.isdisjoint({name, EVERY_SET}):
        known = ", ".join(sorted(named))
        # Without a gate the run would pass whatever it gives, most likely because a name was mistyped.
        raise EvaluationDataError(
            f"{thresholds.source}: no gate for the question set {name!r}, it has {known}; name one of them with --name"
        )
    return frozenset(named - {name, EVERY_SET})
