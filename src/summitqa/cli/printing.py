"""What the terminal shows: answers, summaries, reports and progress. Results go to stdout, notices to stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.text import Text

from summitqa.types import Answer, Citation, NoAnswer

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from summitqa.doctor import Report
    from summitqa.engine import IndexSummary
    from summitqa.protocols import Progress

CLOSEST = 3
"""Passages shown beside a "no answer"."""

_CONFIDENCE_WORDS = ((0.85, "high"), (0.65, "good"), (0.0, "fair"))


def print_answer(outcome: Answer | NoAnswer) -> None:
    """Print an answer with its citations, or the silence with the closest passages."""
    console = Console(highlight=False, soft_wrap=True)
    if outcome.resolved_question:
        console.print(f"[dim]understood as: {escape(outcome.resolved_question)}[/dim]")
    if outcome.passages_skipped:
        console.print(f"[dim]passages not read, to keep within the budget: {outcome.passages_skipped}[/dim]")
    if isinstance(outcome, NoAnswer):
        _print_no_answer(console, outcome)
        return
    for citation in outcome.citations:
        console.print(_marked(citation))
        console.print(Text(f"  {_where(citation)}", style="dim"))
    word = next(word for bound, word in _CONFIDENCE_WORDS if outcome.confidence >= bound)
    console.print(f"[dim]confidence {word} ({outcome.confidence:.2f})[/dim]")


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


def print_notice(text: str) -> None:
    """Print a line for the person at the terminal, apart from results."""
    print(text, file=sys.stderr, flush=True)


def print_error(text: str) -> None:
    """Print an error line."""
    print(f"error: {text}", file=sys.stderr)


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


def _marked(citation: Citation) -> Text:
    text = Text(citation.cited_text)
    for answer in citation.answer_spans:
        start = answer.span.start - citation.span.start
        text.stylize("bold", start, start + len(answer.span))
    text.append(f" [{citation.index}]", style="cyan")
    return text


def _where(citation: Citation) -> str:
    heading = " › ".join(citation.heading_path)
    place = f"{citation.document_id} {citation.span.start}–{citation.span.end}"
    others = "".join(f"; also {p.document_id} {p.span.start}–{p.span.end}" for p in citation.also_at)
    return f"[{citation.index}] {place}{' · ' + heading if heading else ''}{others}"


def _print_no_answer(console: Console, outcome: NoAnswer) -> None:
    console.print(f"[bold]The documents don't say.[/bold] [dim]({outcome.reason.replace('_', ' ')})[/dim]")
    if outcome.passages:
        console.print("[dim]Closest passages, not an answer:[/dim]")
    for passage in outcome.passages[:CLOSEST]:
        console.print(Text(f"  {' '.join(passage.text.split())}"))
        console.print(Text(f"    {passage.document_id} {passage.span.start}–{passage.span.end}", style="dim"))
