"""Gates: the least and the most a measure may be, and where a run breaks that.

``thresholds.toml`` has a table for each question set and group, with a bound for each measure::

    ["*".all]                          # every question set
    timeouts = { max = 0 }

    [article.test]                     # the set "article", its test split
    citation_hit = { min = 0.70 }
    "recall@5" = { min = 0.85, max = 1.0 }

    [article."test/table"]             # questions of the test split that carry the tag "table"
    citation_hit = { min = 0.60 }

All bounds that name a group hold: ``*`` adds to a set's own, neither replaces the other. A measure without a value is a
breach, so that no gate passes because its questions went away. Two gates always hold, in the file or not: every quote
is verbatim, and no question failed; they look at the records, not at a figure.

Knows figures and records; nothing of how they came about, nor of how a breach is shown.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.measures import MEASURES
from summitqa.evaluation.records import Evaluation, Group
from summitqa.evaluation.toml_files import read_toml

EVERY_SET = "*"


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a measure has to be in one group of one question set, or of every set (``*``)."""

    question_set: str
    group: str
    measure: str
    minimum: float | None
    maximum: float | None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """All bounds of a file, in its order."""

    source: str
    bounds: tuple[Threshold, ...] = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """A gate that does not hold.

    Attributes:
        value: what was measured, ``None`` if there was nothing to measure.
        expected: the bound, in words: ``at least 0.7``.
        detail: what a person should look at first; may be empty.
    """

    question_set: str
    group: str
    measure: str
    value: float | None
    expected: str
    detail: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        found = "has no value" if self.value is None else f"is {self.value:.4g}"
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.question_set}, {self.group}: {self.measure} {found}, expected {self.expected}{detail}"


def load_thresholds(path: Path) -> Thresholds:
    """Read the gates of a ``thresholds.toml``.

    Raises:
        EvaluationDataError: in one line, with file and key, if it cannot be read, is empty, or a bound makes no sense.
    """
    bounds = [_threshold(path, names, value) for names, value in _entries(path, read_toml(path, "--thresholds"))]
    if not bounds:
        raise EvaluationDataError(
            f"{path}: no gate in it; write one such as [article.test] citation_hit = {{min = 0.7}}"
        )
    return Thresholds(str(path), tuple(bounds))


def check_gates(
    evaluations: Sequence[Evaluation], thresholds: Thresholds | None, *, other_sets: Collection[str] = ()
) -> list[Breach]:
    """Return every gate the run breaks, the ones that always hold first.

    Args:
        evaluations: the question sets of this run.
        thresholds: ``None`` for the gates that always hold alone.
        other_sets: names of question sets that exist, but are not part of this run; their gates are passed over.

    Raises:
        EvaluationDataError: if a gate names a question set or a group that there is not.
    """
    breaches = [breach for evaluation in evaluations for breach in _always(evaluation)]
    if thresholds is None:
        return breaches
    for bound in thresholds.bounds:
        if bound.question_set not in other_sets:
            breaches += _breaches(bound, _chosen(bound, evaluations, thresholds.source))
    return breaches


def _entries(path: Path, tables: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str, str], Any]]:
    """Walk set, group and measure down to the bounds."""
    for question_set, groups in tables.items():
        for group, measures in _table(path, (question_set,), groups).items():
            for measure, value in _table(path, (question_set, group), measures).items():
                yield (question_set, group, measure), value


def _threshold(path: Path, names: tuple[str, str, str], value: Any) -> Threshold:
    key = _key(names)
    if names[2] not in MEASURES:
        raise EvaluationDataError(
            f"{path}: {key}: unknown measure {names[2]!r}; known are {', '.join(sorted(MEASURES))}"
        )
    bound = _table(path, names, value)
    unknown = sorted(set(bound) - {"min", "max"})
    if unknown or not bound:
        found = f"found {unknown[0]!r}" if unknown else "found nothing"
        raise EvaluationDataError(f"{path}: {key}: expected min or max, {found}")
    minimum, maximum = (_number(path, f"{key}.{name}", bound.get(name)) for name in ("min", "max"))
    if minimum is not None and maximum is not None and minimum > maximum:
        raise EvaluationDataError(f"{path}: {key}: min {minimum:g} is larger than max {maximum:g}")
    return Threshold(*names, minimum, maximum)


def _table(path: Path, names: tuple[str, ...], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        wanted = ("a table of groups", "a table of measures", "{min = ..., max = ...}")[len(names) - 1]
        raise EvaluationDataError(f"{path}: {_key(names)}: expected {wanted}, found {value!r}")
    return value


def _number(path: Path, key: str, value: Any) -> float | None:
    # A bool is an int to Python, and against nan every comparison is false: both would make a gate that never closes.
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise EvaluationDataError(f"{path}: {key}: expected a number, found {value!r}")
    return float(value)


def _key(names: tuple[str, ...]) -> str:
    return ".".join(name if name.replace("_", "").isalnum() else f'"{name}"' for name in names)


def _chosen(bound: Threshold, evaluations: Sequence[Evaluation], source: str) -> list[Evaluation]:
    """Return the evaluations a bound is about; at least one of them has its group."""
    where = f"{source}: {_key((bound.question_set, bound.group, bound.measure))}"
    chosen = [e for e in evaluations if bound.question_set in {EVERY_SET, e.name}]
    if not chosen:
        names = ", ".join(e.name for e in evaluations)
        raise EvaluationDataError(f"{where}: unknown question set {bound.question_set!r}; this run has {names}")
    if all(_group(evaluation, bound.group) is None for evaluation in chosen):
        groups = ", ".join(group.name for group in chosen[0].groups)
        raise EvaluationDataError(f"{where}: unknown group {bound.group!r}; {chosen[0].name} has {groups}")
    return chosen


def _breaches(bound: Threshold, evaluations: Sequence[Evaluation]) -> Iterator[Breach]:
    for evaluation in evaluations:
        group = _group(evaluation, bound.group)
        figure = group.figures.get(bound.measure) if group is not None else None
        value = figure.value if figure is not None else None
        detail = "" if value is not None else "no question of this kind"
        if bound.minimum is not None and (value is None or not value >= bound.minimum):
            expected = f"at least {bound.minimum:g}"
            yield Breach(evaluation.name, bound.group, bound.measure, value, expected, detail)
        if bound.maximum is not None and (value is None or not value <= bound.maximum):
            expected = f"at most {bound.maximum:g}"
            yield Breach(evaluation.name, bound.group, bound.measure, value, expected, detail)


def _always(evaluation: Evaluation) -> Iterator[Breach]:
    failed = [record.id for record in evaluation.records if record.outcome == "error"]
    quotes = [(record.id, quote.verbatim) for record in evaluation.records for quote in record.citations]
    forged = [identity for identity, verbatim in quotes if not verbatim]
    if failed:
        yield Breach(evaluation.name, "all", "errors", float(len(failed)), "0", _first(failed))
    if forged:
        share = 1.0 - len(forged) / len(quotes)
        yield Breach(evaluation.name, "all", "verbatim", share, "1", _first(forged))
    if not quotes and any(record.answerable for record in evaluation.records):
        yield Breach(evaluation.name, "all", "verbatim", None, "1", "not one quote was given")


def _first(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - 3} more" if len(ids) > 3 else ""
    return f"{', '.join(ids[:3])}{more}"


def _group(evaluation: Evaluation, name: str) -> Group | None:
    return next((group for group in evaluation.groups if group.name == name), None)
