"""Comparison: whether answers got better or worse since an earlier report, question by question.

Both runs must have been asked the same thing: a question that was added, removed or changed is listed and left out of
every difference. A difference counts as a change when its 95 % interval, by paired bootstrap over the questions, leaves
out zero; otherwise there is no evidence of change, which is not evidence of no change.

Figures are computed anew from the records of both runs by the present code, so a measure whose definition changed since
cannot look like a change of the system. Times are not compared: they tell machines apart. Nor is the follow-up gap, for
which a report does not hold the questions written out.

Many measures are looked at, so now and then one of them changes by chance; and where few questions changed, all in one
direction, the percentile interval is rather too short than too long (see :mod:`summitqa.evaluation.statistics`). A gate
that cries out once too often is the better fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.changes import Change, Comparison, Flip, Verdict
from summitqa.evaluation.gates import Breach
from summitqa.evaluation.measures import MEASURES, question_scores
from summitqa.evaluation.measures.questions import is_right
from summitqa.evaluation.measures.sets import set_families
from summitqa.evaluation.records import Evaluation, Record
from summitqa.evaluation.reports.json_report import load_report
from summitqa.evaluation.statistics import Floats, percentile_interval, resample_weights

COMPARED_GROUPS = ("test", "all")


def load_baseline(path: Path) -> dict[str, Evaluation]:
    """Return the evaluations of an earlier ``report.json`` by name.

    Raises:
        EvaluationDataError: in one line, if it is missing, damaged, or of another schema version.
    """
    return {evaluation.name: evaluation for evaluation in load_report(path)}


def compare(baseline: Mapping[str, Evaluation], current: Sequence[Evaluation]) -> list[Comparison]:
    """Compare each question set of *current* with the one of the same name in *baseline*.

    Raises:
        EvaluationDataError: if the baseline was made of other question sets.
    """
    check_sets(baseline, [evaluation.name for evaluation in current])
    return [compare_set(baseline[evaluation.name], evaluation) for evaluation in current]


def check_sets(baseline: Mapping[str, Evaluation], names: Sequence[str]) -> None:
    """See that the baseline has the question sets of these names, before a run takes its time.

    Raises:
        EvaluationDataError: if it was made of others.
    """
    for name in names:
        if name not in baseline:
            known = ", ".join(baseline) or "none"
            raise EvaluationDataError(
                f"baseline: no question set {name!r} in it, it has {known}; make a new baseline report"
            )


def compare_set(before: Evaluation, after: Evaluation) -> Comparison:
    """Compare two runs of one question set.

    Raises:
        EvaluationDataError: if they have no question in common.
    """
    old = {record.id: record for record in before.records}
    new = {record.id: record for record in after.records}
    changed = [key for key in new if key in old and _asked(old[key]) != _asked(new[key])]
    pairs = [(old[key], new[key]) for key in new if key in old and key not in set(changed)]
    if not pairs:
        raise EvaluationDataError(f"baseline: no question of {after.name!r} in common; make a new baseline report")
    return Comparison(
        name=after.name,
        n_common=len(pairs),
        changes=tuple(change for group in COMPARED_GROUPS for change in _changes(group, pairs)),
        flips=tuple(_flips(pairs)),
        added=tuple(key for key in new if key not in old),
        removed=tuple(key for key in old if key not in new),
        changed=tuple(changed),
    )


def significant_losses(comparisons: Sequence[Comparison]) -> list[Breach]:
    """Return a breach for every measure that got worse on a ``test`` split, where nothing may be tuned."""
    return [
        Breach(
            comparison.name,
            change.group,
            change.measure,
            change.after,
            f"no loss against the baseline's {change.before:.4g}",
            f"difference {change.difference:+.3f}, 95 % interval {change.low:+.3f} to {change.high:+.3f}",
        )
        for comparison in comparisons
        for change in comparison.changes
        if change.group == "test" and change.verdict == "worse"
    ]


def _asked(record: Record) -> tuple[object, ...]:
    """Return what makes a question the same question; not where its evidence stands, nor its tags."""
    evidence = sorted((part.document_id, part.quote) for part in record.evidence)
    accepted = sorted(record.accepted)
    wanted = (record.answerable, record.needs_all, accepted, evidence)
    return (record.question, record.history, record.standalone, *wanted)


def _changes(group: str, pairs: Sequence[tuple[Record, Record]]) -> Iterator[Change]:
    """Yield the change of every measure that both runs have a value of.

    In every resample the same questions are drawn for both runs, and the measure is taken anew for each; so a measure
    of a whole set, or one of answers given, which are other questions in each run, is compared like any mean.
    """
    chosen = [pair for pair in pairs if group in {"all", pair[1].split}]
    if not chosen:
        return
    weights = np.concatenate([np.ones((1, len(chosen))), *resample_weights(len(chosen))])
    before, after = (_values([pair[side] for pair in chosen], weights) for side in (0, 1))
    for measure, old in before.items():
        new = after[measure]
        if MEASURES[measure].unit != "ms" and not (np.isnan(old[0]) or np.isnan(new[0])):
            differences = new - old
            low, high = percentile_interval(differences[1:])
            numbers = (float(old[0]), float(new[0]), float(differences[0]), low, high)
            yield Change(group, measure, *numbers, len(chosen), _verdict(measure, low, high))


def _values(records: Sequence[Record], weights: Floats) -> dict[str, Floats]:
    """Return the values of every measure for each row of *weights*, in the order of ``MEASURES``."""
    values: dict[str, Floats] = {}
    for family in set_families(records, [question_scores(record) for record in records], {}):
        values |= dict(zip(family.n, family.of(weights).T, strict=True))
    return {measure: values[measure] for measure in MEASURES}


def _verdict(measure: str, low: float, high: float) -> Verdict:
    if low <= 0.0 <= high:
        return "no evidence of change"
    return "better" if (low > 0.0) == (MEASURES[measure].better == "higher") else "worse"


def _flips(pairs: Sequence[tuple[Record, Record]]) -> Iterator[Flip]:
    for old, new in pairs:
        was, is_now = is_right(old), is_right(new)
        if was != is_now:
            yield Flip(new.id, new.question, new.split, "wrong to right" if is_now else "right to wrong")
