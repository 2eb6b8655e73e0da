"""The summary: records become figures by group, each with its interval. Knows not how records are made or shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, Protocol

import numpy as np

from summitqa.evaluation.measures.catalog import MEASURES
from summitqa.evaluation.measures.confidence import Calibration, RiskCoverage
from summitqa.evaluation.measures.questions import question_scores
from summitqa.evaluation.measures.sets import Family, set_families
from summitqa.evaluation.records import Evaluation, Figure, Group, Record
from summitqa.evaluation.runner import WRITTEN_OUT
from summitqa.evaluation.statistics import SEED, Floats, percentile_interval, resample_weights

N_RESAMPLES = 1000
"""Enough for a percentile interval (Efron and Tibshirani 1993, section 14.5), with thousands of figures to make."""

EVERYTHING = "all"

GROUP_OF_TAG = {EVERYTHING: "needs-all"}
"""The tag ``all`` would be taken for the group of all questions."""


def summarise(
    name: str,
    system: Mapping[str, str],
    records: Sequence[Record],
    standalone_records: Sequence[Record] = (),
    *,
    n_resamples: int = N_RESAMPLES,
) -> Evaluation:
    """Return the figures of *records* for every group, with curves over all of them.

    Groups are ``all``, ``dev`` and ``test``, every tag, and every tag within a split (``test/table``); the tag ``all``
    is the group ``needs-all``. Every group has a figure for every measure; its value is ``None`` where no question of
    the group is of the kind that is measured. Counts have no interval.

    Args:
        name: of the question set.
        system: what was tested, see ``Target.system``.
        records: one for each question.
        standalone_records: of the follow-ups written out, see ``runner.written_out``; for ``follow_up_gap`` alone.
        n_resamples: of the bootstrap.
    """
    scores = [question_scores(record) for record in records]
    written_out = {record.id.removesuffix(WRITTEN_OUT): record for record in standalone_records}
    groups = []
    for group, rows in group_rows(records).items():
        families = set_families([records[i] for i in rows], [scores[i] for i in rows], written_out)
        groups.append(Group(group, len(rows), _figures(families, len(rows), n_resamples)))
    return Evaluation(
        name=name,
        system=dict(system),
        records=tuple(records),
        groups=tuple(groups),
        risk_coverage=RiskCoverage(records).points() if records else (),
        calibration=Calibration(records).bins() if records else (),
    )


class Grouped(Protocol):
    """What belongs to groups: a question, or its record."""

    @property
    def split(self) -> Literal["dev", "test"]:
        """``dev`` or ``test``."""
        ...

    @property
    def tags(self) -> Collection[str]:
        """Its tags."""
        ...


def group_rows(members: Sequence[Grouped]) -> dict[str, list[int]]:
    """Return the positions of each group's *members*; a group has at least one."""
    tags = sorted({tag for member in members for tag in member.tags})
    groups = {EVERYTHING: list(range(len(members)))}
    for split in ("dev", "test"):
        groups[split] = [i for i, member in enumerate(members) if member.split == split]
    for prefix, within in (("", EVERYTHING), ("dev/", "dev"), ("test/", "test")):
        for tag in tags:
            groups[prefix + GROUP_OF_TAG.get(tag, tag)] = [i for i in groups[within] if tag in members[i].tags]
    return {name: rows for name, rows in groups.items() if rows}


def _figures(families: Sequence[Family], n: int, n_resamples: int) -> dict[str, Figure]:
    """Return the figure of every measure, in the order of ``MEASURES``."""
    resampled: list[list[Floats]] = [[] for _ in families]
    for weights in resample_weights(n, seed=SEED, n_resamples=n_resamples):
        for family, batches in zip(families, resampled, strict=True):
            batches.append(family.of(weights))
    figures = {}
    for family, batches in zip(families, resampled, strict=True):
        values, resamples = family.of(np.ones((1, n)))[0], np.concatenate(batches)
        for column, (name, n_about) in enumerate(family.n.items()):
            figures[name] = _figure(name, n_about, float(values[column]), resamples[:, column])
    return {name: figures[name] for name in MEASURES}


def _figure(name: str, n: int, value: float, resamples: Floats) -> Figure:
    if np.isnan(value):
        return Figure(name, None, None, None, 0)
    if MEASURES[name].unit == "count":
        return Figure(name, value, None, None, n)
    low, high = percentile_interval(resamples)
    # Noise can only raise a calibration error, so its resamples may all lie above the value itself.
    return Figure(name, value, min(low, value), max(high, value), n)
