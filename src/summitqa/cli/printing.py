"""What the terminal shows besides answers: summaries, the doctor's report and progress."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from summitqa.cli.notices import print_notice

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from summitqa.doctor import Report
    from summitqa.engine import IndexSummary
    from summitqa.protocols import Progress


def print_summary(summary: IndexSummary, index_dir: Path, *, as_json: bool) -> None:
    """Print what indexing did."""
    if as_json:
        print(json.dumps(asdict(summary), ensure_ascii=False, indent=2))
        return
    changes = [
        f"{count} {name}"
        for name, count in (
            ("added", summary.added),
            ("changed", summary.changed),
            ("removed", summary.removed),
            ("unchanged", summary.unchanged),
        )
        if count
    ]
    print_notice(f"{index_dir}: {', '.join(changes)}; {summary.n_passages} passages, generation {summary.generation}")


def print_report(report: Report) -> None:
    """Print what the doctor found."""
    console = Console(highlight=False, soft_wrap=True)
    facts = report.facts()
    width = max(len(name) for name in facts)
    for name, value in facts.items():
        console.print(Text.assemble((name.ljust(width + 2), "dim"), value))
    for problem in report.problems:
        console.print(Text(f"problem: {problem}", style="bold red"))
    if not report.problems:
        console.print("everything is in order")


@contextmanager
def progress_bar(name: str) -> Iterator[Progress | None]:
    """Give a progress callback that draws a bar on stderr, or ``None`` when that is not a terminal."""
    with progress_bars(name) as (progress,):
        yield progress


@contextmanager
def progress_bars(*names: str) -> Iterator[tuple[Progress | None, ...]]:
    """Give a progress callback for each name; a bar is drawn once its work begins."""
    if not sys.stderr.isatty():
        yield (None,) * len(names)
        return
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True), transient=True) as bars:
        yield tuple(_progress(bars, name) for name in names)


def _progress(bars: Bars, name: str) -> Progress:
    task = bars.add_task(name, total=None, visible=False)

    def show(done: int, total: int) -> None:
        # Work whose end is not known tells the same number twice, and gets a bar without an end.
        bars.update(task, completed=done, total=total if total > done else None, visible=True)

    return show
