"""``report.md``: the run on one screen, for pull requests, job summaries and READMEs.

What comes from documents, questions and errors is escaped: it shows as text, whatever is in it. Times are left out, so
the same results give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summitqa.evaluation.changes import Comparison
from summitqa.evaluation.measures import MEASURES
from summitqa.evaluation.measures.questions import has_failed
from summitqa.evaluation.records import Evaluation, Group
from summitqa.evaluation.reports.content import HEADLINES, Report, find_group, shown_interval, shown_name, shown_value
from summitqa.evaluation.reports.failures import explain, find_failures
from summitqa.evaluation.results import Table

LISTED = 10
"""Flipped or unfinished questions named one by one; ``report.html`` has them all."""

_SPECIAL = re.compile(r"([\\`*_\[\]#|<>&~@$])")


def render_markdown(report: Report) -> str:
    """Return the text of ``report.md``."""
    lines = ["# Evaluation", "", *_verdict(report), "", result_table(report.evaluations), ""]
    lines += ["Values with their 95 % interval. What the measures mean:", "", *_meanings(report.evaluations), ""]
    for evaluation in report.evaluations:
        lines += _unfinished(evaluation)
    for comparison in report.comparisons:
        lines += _comparison(comparison)
    right = [f"{len(find_failures(e))} of {len(e.records)} in {_text(e.name)}" for e in report.evaluations]
    lines += [f"Not handled rightly: {', '.join(right)}; each is shown in report.html.", ""]
    lines += [f"Made by {_text(report.generated_by)}.", ""] if report.generated_by else []
    return "\n".join(lines)


def render_tables(tables: Sequence[Table], generated_by: str) -> str:
    """Return the text of ``report.md`` for figures that come as tables already."""
    lines = ["# Evaluation", ""]
    for title, header, rows in tables:
        lines += [f"## {_text(title)}", "", f"| {' | '.join(header)} |"]
        lines += [f"| --- |{' ---: |' * (len(header) - 1)}"]
        lines += [f"| {' | '.join(_text(cell) for cell in row)} |" for row in rows]
        lines += [""]
    return "\n".join([*lines, f"Made by {_text(generated_by)}.", ""])


def result_table(evaluations: Sequence[Evaluation]) -> str:
    """Return a Markdown table of the telling measures: a row for each question set and split."""
    names = [name for name in HEADLINES if any(name in group.figures for e in evaluations for group in e.groups)]
    rows = [["questions", "n", *(shown_name(name) for name in names)]]
    rows += [["---", "---:", *("---:" for _ in names)]]
    rows += [_row(e, group, names) for e in evaluations for group in _splits(e)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _splits(evaluation: Evaluation) -> list[Group]:
    groups = (find_group(evaluation, name) for name in ("test", "dev", "all"))
    return [group for group in groups if group is not None]


def _row(evaluation: Evaluation, group: Group, names: Sequence[str]) -> list[str]:
    cells = []
    for name in names:
        figure = group.figures.get(name)
        interval = shown_interval(figure)
        cells.append(f"{shown_value(figure)} ({interval})" if interval else shown_value(figure))
    return [f"{_text(evaluation.name)}, {group.name}", str(group.n_questions), *cells]


def _verdict(report: Report) -> Iterator[str]:
    if not report.breaches:
        yield "**All gates hold.**"
        return
    yield f"**{len(report.breaches)} broken {'gate' if len(report.breaches) == 1 else 'gates'}:**"
    yield ""
    yield from (f"- {_text(str(breach))}" for breach in report.breaches)


def _meanings(evaluations: Sequence[Evaluation]) -> list[str]:
    names = [name for name in HEADLINES if any(name in group.figures for e in evaluations for group in e.groups)]
    return [f"- *{shown_name(name)}*: {MEASURES[name].description}" for name in names if name in MEASURES]


def _unfinished(evaluation: Evaluation) -> list[str]:
    records = [record for record in evaluation.records if has_failed(record)]
    if not records:
        return []
    more = [f"- and {len(records) - LISTED} more"] if len(records) > LISTED else []
    listed = [f"- {_text(record.id)}: {_text(explain(record))}" for record in records[:LISTED]]
    return [f"Questions of {_text(evaluation.name)} without a result, counted as zero:", "", *listed, *more, ""]


def _comparison(comparison: Comparison) -> list[str]:
    lines = [f"## {_text(comparison.name)} against the baseline", ""]
    lines += ["| questions | measure | before | now | difference | 95 % interval | |"]
    lines += ["| --- | --- | ---: | ---: | ---: | ---: | --- |"]
    lines += [
        f"| {c.group} | {shown_name(c.measure)} | {c.before:.3f} | {c.after:.3f} | {c.difference:+.3f} "
        f"| {c.low:+.3f} to {c.high:+.3f} | {c.verdict} |"
        for c in comparison.changes
        if c.verdict != "no evidence of change" or c.measure in HEADLINES
    ]
    lines += ["", f"{comparison.n_common} questions in common; the measures not shown: no evidence of change.", ""]
    lines += _left_out(comparison)
    for direction in ("right to wrong", "wrong to right"):
        flipped = [_text(flip.id) for flip in comparison.flips if flip.direction == direction]
        more = f" and {len(flipped) - LISTED} more" if len(flipped) > LISTED else ""
        lines += [f"{direction.capitalize()}: {', '.join(flipped[:LISTED]) or 'none'}{more}.", ""]
    return lines


def _left_out(comparison: Comparison) -> list[str]:
    counts = (("added", comparison.added), ("removed", comparison.removed), ("changed", comparison.changed))
    told = [f"{len(ids)} {word}" for word, ids in counts if ids]
    return [f"Left out: {', '.join(told)}.", ""] if told else []


def _text(text: str) -> str:
    """Escape what Markdown or HTML would take for markup, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
