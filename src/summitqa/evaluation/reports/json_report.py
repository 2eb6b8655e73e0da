"""``report.json``: everything there is to know about a run, so that every other report could be made from it again.

Owns the format and its version. The same results give the same bytes: keys are sorted, and all that differs from run
to run, times, stands under keys named ``timing_ms``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.records import SCHEMA_VERSION, Evaluation, Record
from summitqa.evaluation.reports.content import Report, is_latency

_EVALUATIONS = TypeAdapter(list[Evaluation])
_RECORD = TypeAdapter(Record)


def render_json(report: Report) -> str:
    """Return the text of ``report.json``."""
    content = {
        "schema_version": SCHEMA_VERSION,
        "generated_by": report.generated_by,
        "evaluations": [_evaluation(evaluation) for evaluation in report.evaluations],
        "breaches": [asdict(breach) for breach in report.breaches],
        "comparisons": [asdict(comparison) for comparison in report.comparisons],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def load_report(path: Path) -> list[Evaluation]:
    """Return the evaluations of a ``report.json``, equal to those it was written from.

    Raises:
        EvaluationDataError: in one line, if it is missing, damaged, or of another schema version.
    """
    content = _read(path)
    version = content.get("schema_version")
    if version != SCHEMA_VERSION or isinstance(version, bool):  # true == 1
        raise EvaluationDataError(
            f"{path}: report has schema version {version!r}, expected {SCHEMA_VERSION}; make it anew with this version"
        )
    evaluations = content.get("evaluations")
    if not isinstance(evaluations, list) or not evaluations:
        raise EvaluationDataError(f"{path}: no evaluation in it; is it a report.json of summitqa eval?")
    for evaluation in evaluations:
        _join_times(evaluation)
    try:
        # Through JSON text, where a tuple is written as a list: the strict rules for Python values would refuse that.
        return _EVALUATIONS.validate_json(json.dumps(evaluations), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvaluationDataError(f"{path}: damaged report: evaluations.{where}: {first['msg']}") from error


def record_to_json(record: Record) -> dict[str, Any]:
    """Return a record as JSON values, as ``report.json`` holds it."""
    return asdict(record)


def record_from_json(value: Any) -> Record:
    """Return the record that :func:`record_to_json` gave *value* for.

    Raises:
        EvaluationDataError: if it is no record.
    """
    try:
        return _RECORD.validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise EvaluationDataError(f"damaged record: {where}: {first['msg']}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvaluationDataError(f"{path}: no such report; name a report.json") from error
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationDataError(f"{path}: cannot be read as UTF-8 ({error})") from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise EvaluationDataError(f"{path}: damaged report: not JSON ({error})") from error
    if not isinstance(content, dict):
        raise EvaluationDataError(f"{path}: damaged report: expected an object, found {type(content).__name__}")
    return content


def _evaluation(evaluation: Evaluation) -> dict[str, Any]:
    """Return an evaluation as JSON values, the figures that are times apart from the others."""
    content = asdict(evaluation)
    for group in content["groups"]:
        figures = group["figures"]
        group["figures"] = {name: figure for name, figure in figures.items() if not is_latency(name)}
        group["timing_ms"] = {name: figure for name, figure in figures.items() if is_latency(name)}
    return content


def _join_times(evaluation: Any) -> None:
    """Put the times back where :func:`_evaluation` took them from; what is not shaped like that is judged later."""
    groups = evaluation.get("groups") if isinstance(evaluation, Mapping) else None
    for group in groups if isinstance(groups, list) else ():
        if isinstance(group, dict) and isinstance(group.get("figures"), dict):
            times = group.pop("timing_ms", {})
            group["figures"] |= times if isinstance(times, dict) else {}
