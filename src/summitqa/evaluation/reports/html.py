"""``report.html``: the whole run for people, in one file that asks nothing of the network and runs no script.

Owns what is shown and in which order; the look is in ``templates/``. All that differs from run to run, times, stands in
sections of class ``timing``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from summitqa.evaluation.measures import MEASURES
from summitqa.evaluation.measures.catalog import STAGES
from summitqa.evaluation.records import Evaluation, Figure, Group
from summitqa.evaluation.reports.content import (
    HEADLINES,
    Report,
    find_group,
    is_latency,
    main_group,
    tag_groups,
)
from summitqa.evaluation.reports.failures import Failure, Kind, find_failures
from summitqa.evaluation.reports.pages import render_page

TAG_MEASURES = ("answer_accuracy", "citation_hit", "token_f1", "recall@5", "all_recall")
SPLITS = ("test", "dev", "all")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure, what it means, and its figure in each split."""

    name: str
    meaning: str
    figures: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class TagTable:
    """The questions of one split by tag."""

    split: str
    measures: tuple[str, ...]
    groups: tuple[tuple[str, Group], ...]


@dataclass(frozen=True, slots=True)
class SetView:
    """What the page shows of one question set."""

    evaluation: Evaluation
    judged: Group
    n_right: int
    splits: tuple[str, ...]
    measures: tuple[MeasureRow, ...]
    tag_tables: tuple[TagTable, ...]
    failures: tuple[tuple[Kind, tuple[Failure, ...]], ...]
    latency_rows: tuple[MeasureRow, ...]
    times_ms: Mapping[str, list[float]]

    @property
    def n_failures(self) -> int:
        """Count the questions that were not handled rightly."""
        return sum(len(failures) for _, failures in self.failures)


def render_html(report: Report) -> str:
    """Return the text of ``report.html``."""
    sets = [view for evaluation in report.evaluations if (view := _view(evaluation)) is not None]
    return render_page("report.html.jinja", generated_by=report.generated_by, report=report, sets=sets)


def _view(evaluation: Evaluation) -> SetView | None:
    judged = main_group(evaluation)
    if judged is None:
        return None
    failures = find_failures(evaluation)
    wrong = sum(judged.name in {"all", failure.record.split} for failure in failures)
    splits = tuple(name for name in SPLITS if find_group(evaluation, name) is not None)
    return SetView(
        evaluation=evaluation,
        judged=judged,
        n_right=judged.n_questions - wrong,
        splits=splits,
        measures=tuple(_rows(evaluation, splits, latency=False)),
        tag_tables=tuple(_tag_tables(evaluation, splits)),
        failures=tuple(_by_kind(failures)),
        latency_rows=tuple(_rows(evaluation, splits, latency=True)),
        times_ms=_times(evaluation),
    )


def _rows(evaluation: Evaluation, splits: tuple[str, ...], *, latency: bool) -> Iterator[MeasureRow]:
    """Yield a row for each measure, the telling ones first."""
    groups = [group for name in splits if (group := find_group(evaluation, name)) is not None]
    names = dict.fromkeys([*HEADLINES, *MEASURES, *sorted(name for group in groups for name in group.figures)])
    for name in names:
        figures = tuple(group.figures.get(name) for group in groups)
        if is_latency(name) == latency and any(figures):
            yield MeasureRow(name, MEASURES[name].description if name in MEASURES else "", figures)


def _tag_tables(evaluation: Evaluation, splits: tuple[str, ...]) -> Iterator[TagTable]:
    for split in splits:
        groups = tuple(tag_groups(evaluation, split))
        measures = tuple(name for name in TAG_MEASURES if any(name in group.figures for _, group in groups))
        if groups:
            yield TagTable(split, measures, groups)


def _by_kind(failures: list[Failure]) -> Iterator[tuple[Kind, tuple[Failure, ...]]]:
    counts = Counter(failure.kind for failure in failures)
    for kind in get_args(Kind):
        if counts[kind]:
            yield kind, tuple(failure for failure in failures if failure.kind == kind)


def _times(evaluation: Evaluation) -> dict[str, list[float]]:
    """Return the milliseconds of all questions by stage: the total, the known stages in their order, any others."""
    stages = dict.fromkeys([*STAGES, *sorted(stage for record in evaluation.records for stage in record.timing_ms)])
    times = {stage: [r.timing_ms[stage] for r in evaluation.records if stage in r.timing_ms] for stage in stages}
    return {stage: values for stage, values in times.items() if values}
