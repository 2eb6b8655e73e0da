"""Results that come as tables: those of other formats than gold questions."""

import json
from pathlib import Path

import pytest

from report_samples import evaluation
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.reports import write_reports, write_tables
from summitqa.evaluation.reports.markdown import render_tables

TABLE = ("SQuAD dev_1, 2 questions", ["questions", "n"], [["all", "2"], ["a|b", "0"]])


def test_tables_become_markdown_that_shows_what_is_in_them() -> None:
    """What would be markup is escaped, numbers stand right."""
    assert render_tables([TABLE], "summitqa 1").splitlines() == [
        "# Evaluation",
        "",
        "## SQuAD dev\\_1, 2 questions",
        "",
        "| questions | n |",
        "| --- | ---: |",
        "| all | 2 |",
        "| a\\|b | 0 |",
        "",
        "Made by summitqa 1.",
    ]


def test_an_earlier_report_makes_room(tmp_path: Path) -> None:
    """Its other files would be about other questions; the job summary gets the tables too."""
    folder, summary = tmp_path / "out", tmp_path / "summary.md"
    write_reports(folder, [evaluation()], generated_by="test")
    write_tables(folder, [TABLE], {"format": "squad"}, generated_by="test", step_summary=summary)
    assert sorted(path.name for path in folder.iterdir()) == ["report.json", "report.md"]
    content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert content == {"format": "squad", "generated_by": "test"}
    assert summary.read_text(encoding="utf-8") == (folder / "report.md").read_text(encoding="utf-8")


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    """As for every report."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(EvaluationDataError, match="no part of a report"):
        write_tables(tmp_path, [TABLE], {}, generated_by="test")
