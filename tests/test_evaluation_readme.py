"""Tables in documentation, made from a report."""

from pathlib import Path

import pytest

from report_samples import COSTS, OPENS, RAIN, evaluation, record
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.measures import MEASURES
from summitqa.evaluation.readme import fill, main, measures_table, results_table, stale_lines
from summitqa.evaluation.reports import write_reports
from summitqa.types import Span


def run(tmp_path: Path, second: Span = COSTS) -> Path:
    """Write the report of two questions, the second answered with *second*; return its JSON file."""
    records = [record("a", OPENS, OPENS), record("b", COSTS, second)]
    write_reports(tmp_path / "report", [evaluation("fair", records)], generated_by="test")
    return tmp_path / "report" / "report.json"


def readme(tmp_path: Path, text: str = "Before.\n<!-- results -->\nold\n<!-- /results -->\nAfter.\n") -> Path:
    path = tmp_path / "README.md"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_table_has_a_row_a_measure_and_a_column_a_set() -> None:
    """One of two questions of the test split is right: 0.5, resamples from none to both."""
    table = results_table([evaluation("fair", [record("a", OPENS, OPENS), record("b", COSTS, RAIN)]), evaluation("x")])
    lines = table.splitlines()
    assert lines[0] == "| measure | fair (2) | x (3) |"
    assert lines[3].startswith("| **citation hit**: answerable questions whose first citation")
    assert "| 0.500 (0.00 to 1.00) |" in lines[3]


def test_a_measure_without_a_value_is_a_dash() -> None:
    """No unanswerable question, no abstention to measure."""
    table = results_table([evaluation("fair", [record("a", OPENS, OPENS)])])
    assert next(line for line in table.splitlines() if "abstention F1" in line).endswith("| – |")


def test_every_measure_is_in_the_list() -> None:
    """The list is made from the measures themselves."""
    table = measures_table()
    assert [name for name in MEASURES if f"`{name}`" not in table] == []


def test_a_stale_table_is_told_and_brought_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--check changes nothing and gives 1; without it the table is written; then --check gives 0."""
    report, path = str(run(tmp_path)), readme(tmp_path)
    before = path.read_text(encoding="utf-8")
    assert main([report, str(path), "--check"]) == 1
    assert path.read_text(encoding="utf-8") == before
    assert 'bring it up to date with "make eval-table"' in capsys.readouterr().err
    assert main([report, str(path)]) == 0
    after = path.read_text(encoding="utf-8")
    assert "1.000 (1.00 to 1.00)" in after
    assert (after.startswith("Before.\n"), after.endswith("\nAfter.\n"), "old" in after) == (True, True, False)
    assert main([report, str(path), "--check"]) == 0


def test_other_figures_make_it_stale(tmp_path: Path) -> None:
    """A run in which one of two answers became wrong no longer agrees."""
    path = readme(tmp_path)
    main([str(run(tmp_path)), str(path)])
    assert main([str(run(tmp_path, RAIN)), str(path), "--check"]) == 1


@pytest.mark.parametrize(
    ("shown", "measured", "is_stale"),
    [
        ("| a | 0.640 (0.50 to 0.70) |", "| a | 0.650 (0.52 to 0.70) |", False),
        ("| a | 0.640 (0.50 to 0.70) |", "| a | 0.651 (0.50 to 0.70) |", True),
        ("| a | 0.640 (0.50 to 0.70) |", "| a | 0.640 (0.53 to 0.70) |", True),
        ("| a (12) | 0.640 |", "| a (13) | 0.640 |", True),
        ("| a | 0.640 |", "| b | 0.640 |", True),
        ("| a | 0.640 |", "| a | – |", True),
        ("| a |\n| b |", "| a |", True),
        ("| a |", "| a |\n| b |", True),
    ],
)
def test_figures_may_differ_a_little_and_nothing_else_may(shown: str, measured: str, is_stale: bool) -> None:
    """A hundredth for a figure, two for the end of an interval; numbers of questions and words are exact."""
    assert bool(list(stale_lines(shown, measured))) == is_stale


def test_only_the_tables_a_file_has_markers_for_are_filled_in() -> None:
    """Each file asks for what it shows."""
    tables = {"results": "R", "measures": "M"}
    text = "<!-- measures -->\n<!-- /measures -->"
    assert fill(text, tables, Path("a.md")) == "<!-- measures -->\n\nM\n\n<!-- /measures -->"


@pytest.mark.parametrize(
    ("text", "message"), [("nothing", "no marker in it"), ("<!-- results -->", "has no <!-- /results --> after it")]
)
def test_missing_markers_are_told(text: str, message: str) -> None:
    """A table that goes nowhere would never be stale."""
    with pytest.raises(EvaluationDataError, match=message):
        fill(text, {"results": "R"}, Path("a.md"))


def test_bad_files_are_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing report, a missing README, one without markers."""
    report = str(run(tmp_path))
    no_marker = readme(tmp_path, "nothing")
    for arguments in (["none.json", str(no_marker)], [report, str(tmp_path / "none.md")], [report, str(no_marker)]):
        assert main(arguments) == 2
        err = capsys.readouterr().err
        assert (err.startswith("error: "), err.count("\n")) == (True, 1)
