"""A report folder appears whole or not at all."""

from pathlib import Path

import pytest

from report_samples import evaluation
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.reports import check_report_folder, load_report, write_reports
from summitqa.evaluation.reports import writing as module

NAMES = ["junit.xml", "report.html", "report.json", "report.md"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(folder: Path, name: str = "fair", step_summary: Path | None = None) -> None:
    write_reports(folder, [evaluation(name)], generated_by="summitqa 1.0", step_summary=step_summary)


def test_all_reports_are_written_and_nothing_else(tmp_path: Path) -> None:
    """Four files in the folder, no temporary one beside it; parents are made."""
    write(tmp_path / "deep" / "out")
    assert names(tmp_path / "deep" / "out") == NAMES
    assert names(tmp_path / "deep") == ["out"]


def test_an_earlier_report_is_replaced(tmp_path: Path) -> None:
    """The folder then holds the new run, and no trace of the old one is left."""
    write(tmp_path / "out", "old")
    write(tmp_path / "out", "new")
    assert [e.name for e in load_report(tmp_path / "out" / "report.json")] == ["new"]
    assert names(tmp_path) == ["out"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """A folder made beforehand is no obstacle."""
    (tmp_path / "out").mkdir()
    write(tmp_path / "out")
    assert names(tmp_path / "out") == NAMES


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """What is no report is never replaced, and the line says which file it is about."""
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(
        EvaluationDataError, match=r"^.*: holds 'notes\.txt', which is no part of a report; name another"
    ):
        write(tmp_path)
    assert names(tmp_path) == ["notes.txt"]


def test_a_file_in_the_way_is_left_alone(tmp_path: Path) -> None:
    """A report is a folder; a file of that name is refused, before and after."""
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(EvaluationDataError, match=r"out: not a folder; name another one with --report"):
        check_report_folder(tmp_path / "out")
    with pytest.raises(EvaluationDataError, match=r"out/inner: report cannot be written \(Not a directory\)"):
        write(tmp_path / "out" / "inner")
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


def test_a_write_that_fails_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full at the third file, the old report stays and nothing new is left lying about."""
    write(tmp_path / "out", "old")
    written: list[Path] = []
    original = Path.write_bytes

    def write_bytes(path: Path, data: bytes) -> int:
        written.append(path)
        if len(written) == 3:
            raise OSError(28, "No space left on device")
        return original(path, data)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    with pytest.raises(EvaluationDataError, match=r"out: report cannot be written \(No space left on device\)"):
        write(tmp_path / "out", "new")
    assert [e.name for e in load_report(tmp_path / "out" / "report.json")] == ["old"]
    assert names(tmp_path) == ["out"]


def test_a_move_that_fails_brings_the_old_report_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old report was set aside already when the new one could not take its name."""
    write(tmp_path / "out", "old")
    original = Path.rename

    def rename(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise OSError(13, "Permission denied")
        return original(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(EvaluationDataError, match="Permission denied"):
        write(tmp_path / "out", "new")
    assert [e.name for e in load_report(tmp_path / "out" / "report.json")] == ["old"]
    assert names(tmp_path) == ["out"]


def test_a_report_that_cannot_be_made_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All texts are made before anything is written."""

    def fail(_: object) -> str:
        raise ValueError("broken")

    monkeypatch.setitem(module.RENDERERS, "report.html", fail)
    with pytest.raises(ValueError, match="broken"):
        write(tmp_path / "out")
    assert names(tmp_path) == []


def test_the_short_report_is_appended_to_a_step_summary(tmp_path: Path) -> None:
    """What another step wrote there stays."""
    summary = tmp_path / "summary.md"
    summary.write_text("# Build\n", encoding="utf-8")
    write(tmp_path / "out", step_summary=summary)
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert summary.read_text(encoding="utf-8") == "# Build\n" + report


def test_a_stray_surrogate_costs_no_report(tmp_path: Path) -> None:
    """An error message that UTF-8 cannot say is written with a mark in its place, and read back."""
    write(tmp_path / "out", "fa\udc80ir")
    assert [e.name for e in load_report(tmp_path / "out" / "report.json")] == ["fa?ir"]
