"""What the terminal shows of an evaluation: figures, broken gates, what changed, faults of a gold file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from summitqa.cli.notices import print_notice
from summitqa.evaluation.changes import Comparison
from summitqa.evaluation.gold import Fault
from summitqa.evaluation.measures.questions import has_failed
from summitqa.evaluation.records import Evaluation, Group
from summitqa.evaluation.reports.content import (
    HEADLINES,
    Report,
    main_group,
    shown_interval,
    shown_name,
    shown_value,
)
from summitqa.evaluation.reports.failures import explain
from summitqa.evaluation.reports.json_report import render_json
from summitqa.evaluation.results import FormatResult

LISTED = 10
"""Questions named one by one; the report has them all."""


def print_run(report: Report, folder: Path | None, *, as_json: bool) -> None:
    """Print a run: the same as ``report.json`` for machines, the figures to judge by for people."""
    if as_json:
        print(render_json(report), end="")
    else:
        console = Console(highlight=False, soft_wrap=True)
        for evaluation in report.evaluations:
            group = main_group(evaluation)
            if group is not None:
                console.print(_figures(evaluation, group))
            _print_unfinished(console, evaluation)
        for comparison in report.comparisons:
            _print_comparison(console, comparison)
        for breach in report.breaches:
            console.print(Text(f"broken gate: {breach}", style="bold red"))
        if not report.breaches:
            console.print("all gates hold")
    _tell_folder(folder)


def print_result(result: FormatResult, folder: Path | None, *, as_json: bool) -> None:
    """Print the result of another format: its tables, and the questions that failed."""
    if as_json:
        print(json.dumps(result.to_json(), ensure_ascii=False, indent=1))
    else:
        console = Console(highlight=False, soft_wrap=True)
        for title, header, rows in result.tables():
            console.print(_table(title, header, rows))
        failed = [Text.assemble((one.id, "bold"), f" {one.question}: {one.error}") for one in result.failures]
        _print_listed(console, failed)
    _tell_folder(folder)


def print_faults(checked: Mapping[Path, tuple[int, Sequence[Fault]]], *, as_json: bool) -> None:
    """Print every fault of gold files, and how many questions are in those without."""
    if as_json:
        found = [
            {"gold": str(path), "n_questions": n, "faults": [{"line": f.line, "message": f.message} for f in faults]}
            for path, (n, faults) in checked.items()
        ]
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for path, (n, faults) in checked.items():
        for fault in faults:
            print(f"{path}: {fault}")
        if not faults:
            print(f"{path}: {n} questions, no fault")


def _figures(evaluation: Evaluation, group: Group) -> Table:
    title = f"{evaluation.name}, {group.name}: {group.n_questions} of {len(evaluation.records)} questions"
    rows = [
        [shown_name(name), shown_value(figure), shown_interval(figure), str(figure.n)]
        for name in HEADLINES
        if (figure := group.figures.get(name)) is not None
    ]
    return _table(title, ["measure", "value", "95 % interval", "n"], rows)


def _table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    table = Table(title=title, title_justify="left")
    for position, name in enumerate(header):
        table.add_column(name, justify="left" if position == 0 else "right")
    for row in rows:
        table.add_row(*row)
    return table


def _print_unfinished(console: Console, evaluation: Evaluation) -> None:
    failed = [record for record in evaluation.records if has_failed(record)]
    _print_listed(console, [Text.assemble((r.id, "bold"), f" {r.question}: {explain(r)}") for r in failed])


def _print_comparison(console: Console, comparison: Comparison) -> None:
    changed = [change for change in comparison.changes if change.verdict != "no evidence of change"]
    verdict = "changed are" if changed else "no evidence of change"
    console.print(f"{comparison.name} against the baseline, {comparison.n_common} questions in common: {verdict}")
    for change in changed:
        told = f"  {change.group}: {shown_name(change.measure)} {change.verdict}, {change.difference:+.3f}"
        style = "red" if change.verdict == "worse" else "green"
        console.print(Text(f"{told} (95 % interval {change.low:+.3f} to {change.high:+.3f})", style=style))
    for direction in ("right to wrong", "wrong to right"):
        flips = [flip for flip in comparison.flips if flip.direction == direction]
        if flips:
            console.print(f"{direction}: {len(flips)}")
        _print_listed(console, [Text.assemble("  ", (flip.id, "bold"), f" {flip.question}") for flip in flips])


def _print_listed(console: Console, lines: Sequence[Text]) -> None:
    for line in lines[:LISTED]:
        console.print(line)
    if len(lines) > LISTED:
        console.print(f"  and {len(lines) - LISTED} more")


def _tell_folder(folder: Path | None) -> None:
    if folder is not None:
        print_notice(f"report: {folder / 'report.html'}")
