"""Writing: a folder of reports appears whole or not at all.

All files are written to a new folder beside the target, which then takes its name; an earlier report is set aside until
that is done, and comes back if it cannot be done. Knows file names and folders; nothing of what is in the files.
"""

from __future__ import annotations

import json
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.changes import Comparison
from summitqa.evaluation.gates import Breach
from summitqa.evaluation.records import Evaluation
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.reports.html import render_html
from summitqa.evaluation.reports.json_report import render_json
from summitqa.evaluation.reports.junit import render_junit
from summitqa.evaluation.reports.markdown import render_markdown, render_tables
from summitqa.evaluation.reports.result_html import render_result_html
from summitqa.evaluation.results import FormatResult

RENDERERS: dict[str, Callable[[Report], str]] = {
    "report.json": render_json,
    "report.md": render_markdown,
    "junit.xml": render_junit,
    "report.html": render_html,
}


def write_reports(
    folder: Path,
    run: Sequence[Evaluation],
    *,
    breaches: Sequence[Breach] = (),
    comparisons: Sequence[Comparison] = (),
    generated_by: str,
    step_summary: Path | None = None,
) -> None:
    """Write all reports of a run to *folder*, in place of an earlier report there.

    Args:
        folder: made if there is none, its parents too.
        run: the evaluations, one for each question set.
        breaches: the gates that do not hold.
        comparisons: with a baseline, if there was one.
        generated_by: name and version of the program.
        step_summary: a file that ``report.md`` is also appended to, such as the job summary of GitHub Actions.

    Raises:
        EvaluationDataError: if the folder holds other files, or cannot be written; what was there is untouched.
    """
    report = Report(tuple(run), tuple(breaches), tuple(comparisons), generated_by)
    check_report_folder(folder)
    _write(folder, {name: render(report) for name, render in RENDERERS.items()}, step_summary)


def write_result(folder: Path, result: FormatResult, *, generated_by: str, step_summary: Path | None = None) -> None:
    """Write the reports of another format than gold questions, in place of an earlier report in *folder*.

    There is no ``junit.xml``: it is about gates. For the arguments and errors see :func:`write_reports`.
    """
    check_report_folder(folder)
    content = {"generated_by": generated_by, **result.to_json()}
    texts = {
        "report.json": json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        "report.md": render_tables(result.tables(), generated_by),
        "report.html": render_result_html(result, generated_by),
    }
    _write(folder, texts, step_summary)


def check_report_folder(folder: Path) -> None:
    """Make sure that a report may be written to *folder*: nothing is there, or only an earlier report.

    Worth calling before a long evaluation, and called again before writing.

    Raises:
        EvaluationDataError: if it is a file, or holds anything that is not part of a report.
    """
    with _write_errors(folder):
        if not folder.exists():
            return
        if not folder.is_dir():
            raise EvaluationDataError(f"{folder}: not a folder; name another one with --report")
        others = sorted(path.name for path in folder.iterdir() if path.name not in RENDERERS)
    if others:
        raise EvaluationDataError(f"{folder}: holds {others[0]!r}, which is no part of a report; name another folder")


def _write(folder: Path, texts: dict[str, str], step_summary: Path | None) -> None:
    with _write_errors(folder):
        _replace(folder.resolve(), texts)
    if step_summary is not None:
        with _write_errors(step_summary), step_summary.open("a", encoding="utf-8") as file:
            file.write(texts["report.md"])


def _replace(folder: Path, texts: dict[str, str]) -> None:
    mark = secrets.token_hex(4)
    new, old = (folder.with_name(f".{folder.name}.{mark}.{word}") for word in ("new", "old"))
    try:
        new.mkdir(parents=True)
        for name, text in texts.items():
            # An error message may hold half of a surrogate pair, which UTF-8 cannot say: it must not cost the report.
            (new / name).write_bytes(text.encode("utf-8", errors="replace"))
        _swap(folder, new, old)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(folder: Path, new: Path, old: Path) -> None:
    if not folder.exists():
        new.rename(folder)
        return
    folder.rename(old)
    try:
        new.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old)


@contextmanager
def _write_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EvaluationDataError(f"{path}: report cannot be written ({error.strerror or error})") from error
