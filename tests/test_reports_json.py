"""report.json: everything, the same bytes for the same results, and read back as it was."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from report_samples import COSTS, OPENS, evaluation, four_records, record
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.comparison import compare_set
from summitqa.evaluation.gates import check_gates
from summitqa.evaluation.records import SCHEMA_VERSION
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.reports.json_report import load_report, render_json
from summitqa.evaluation.reports.writing import RENDERERS


def without_times(content: Any) -> Any:
    """Return JSON values without what stands under ``timing_ms``."""
    if isinstance(content, dict):
        return {key: without_times(value) for key, value in content.items() if key != "timing_ms"}
    return [without_times(value) for value in content] if isinstance(content, list) else content


def write(folder: Path, text: str) -> Path:
    path = folder / "report.json"
    path.write_text(text, encoding="utf-8")
    return path


def edited(**changes: Any) -> str:
    """Return a good report with some of its keys changed."""
    return json.dumps(json.loads(render_json(Report((evaluation(),)))) | changes)


def test_a_report_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Records with every field in use, figures without value, curves: all are equal after a round trip."""
    full = record(
        "f",
        COSTS,
        OPENS,
        history=("Earlier?",),
        standalone="Written out?",
        accepted=("5 crowns", "“fünf”"),
        needs_all=True,
        answer="Ana",
    )
    places = tuple(replace(quote, also_at=(("other", OPENS),)) for quote in full.citations)
    run = [evaluation("one"), evaluation("two", [*four_records(), replace(full, citations=places)])]
    assert load_report(write(tmp_path, render_json(Report(tuple(run))))) == run


def test_the_same_results_give_the_same_bytes() -> None:
    """Nothing of the clock, of memory addresses or of hash seeds is in a report."""
    texts = {render_json(Report((evaluation(),), tuple(check_gates([evaluation()], None)))) for _ in range(2)}
    assert len(texts) == 1


def test_times_stand_apart() -> None:
    """Two runs that differ in their times alone differ under timing_ms alone, in figures too."""
    fast, slow = (evaluation(records=four_records(timing_ms={"total": ms})) for ms in (1.0, 250.0))
    texts = [render_json(Report((run,))) for run in (fast, slow)]
    assert texts[0] != texts[1]
    contents = [without_times(json.loads(text)) for text in texts]
    assert contents[0] == contents[1]


def test_breaches_and_comparisons_are_in_it() -> None:
    """A machine can tell from the file what was broken and what changed."""
    run = evaluation()
    report = Report((run,), tuple(check_gates([run], None)), (compare_set(run, run),), "summitqa 1.0")
    content = json.loads(render_json(report))
    assert [breach["measure"] for breach in content["breaches"]] == ["errors"]
    assert content["comparisons"][0]["n_common"] == 4
    assert (content["schema_version"], content["generated_by"]) == (SCHEMA_VERSION, "summitqa 1.0")


def test_every_other_report_can_be_made_of_it_again(tmp_path: Path) -> None:
    """Page, short report and test cases of a report that was read back are those of the run itself."""
    run = evaluation()
    (again,) = load_report(write(tmp_path, render_json(Report((run,)))))
    for render in RENDERERS.values():
        assert render(Report((again,))) == render(Report((run,)))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "damaged report: not JSON"),
        (edited()[:-40], "damaged report: not JSON"),
        ("[]", "damaged report: expected an object, found list"),
        ("{}", "schema version None, expected"),
        (edited(schema_version=SCHEMA_VERSION + 1), f"schema version {SCHEMA_VERSION + 1}, expected {SCHEMA_VERSION}"),
        (edited(schema_version=True), "schema version True, expected"),
        (edited(evaluations=[]), "no evaluation in it"),
        (edited(evaluations={}), "no evaluation in it"),
        (edited(evaluations=[7]), "damaged report: evaluations.0: "),
        (edited(evaluations=[{"name": "fair"}]), "damaged report: evaluations.0.system: "),
        (render_json(Report((evaluation(),))).replace('"split": "test"', '"split": "train"'), "records.0.split: "),
        (render_json(Report((evaluation(),))).replace('"start": 20', '"start": 99'), "not a span"),
        (render_json(Report((evaluation(),))).replace('"answerable": true', '"answerable": "yes"'), "answerable: "),
        (render_json(Report((evaluation(),))).replace('"figures": {', '"figures": 3, "x": {'), "figures: "),
    ],
)
def test_a_damaged_report_is_one_clear_line(tmp_path: Path, text: str, fault: str) -> None:
    """Truncated, mistyped and foreign files are refused with what is wrong where."""
    with pytest.raises(EvaluationDataError, match=r"report\.json: ") as caught:
        load_report(write(tmp_path, text))
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_an_unreadable_report_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    """A missing and a mis-encoded report are refused."""
    path = tmp_path / "report.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EvaluationDataError, match=r"^.*report\.json: (no such report|cannot be read as UTF-8).*$"):
        load_report(path)
