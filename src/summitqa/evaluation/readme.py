"""Tables that documentation shows, made from a report and from the list of measures, between markers.

``<!-- results -->`` and ``<!-- /results -->`` in a Markdown file enclose the figures of a report, ``measures`` the list
of all measures. As a script it fills them in, or with ``--check`` says what is stale::

    python -m summitqa.evaluation.readme build/eval/report.json README.md eval/README.md [--check]

Models run a little differently on different CPUs, so figures that nearly agree are not stale.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from summitqa.errors import EvaluationDataError, SummitQAError
from summitqa.evaluation.measures import MEASURES, Measure
from summitqa.evaluation.records import Evaluation
from summitqa.evaluation.reports.content import HEADLINES, main_group, shown_interval, shown_name, shown_value
from summitqa.evaluation.reports.json_report import load_report

TOLERANCE = 0.01
"""How far a share may be from the one shown; the ends of intervals, which have two decimals, twice as far."""

_NUMBER = re.compile(r"\d+\.\d+")


def results_table(evaluations: Sequence[Evaluation]) -> str:
    """Return a Markdown table with a row for each telling measure and a column for each question set."""
    groups = [(evaluation.name, group) for evaluation in evaluations if (group := main_group(evaluation)) is not None]
    header = ["measure", *(f"{name} ({group.n_questions})" for name, group in groups)]
    rows = [header, ["---", *("---:" for _ in groups)]]
    for name in HEADLINES:
        figures = [group.figures.get(name) for _, group in groups]
        cells = [f"{shown_value(figure)} ({shown_interval(figure)})".removesuffix(" ()") for figure in figures]
        rows.append([f"**{shown_name(name)}**: {MEASURES[name].description}", *cells])
    return _table(rows)


def measures_table() -> str:
    """Return a Markdown table of all measures: name, which way is better, meaning; times are told together."""
    rows = [["measure", "better", "meaning"], ["---", "---", "---"]]
    rows += [[f"`{m.name}`", _better(m), m.description] for m in MEASURES.values() if m.unit != "ms"]
    times = [measure for measure in MEASURES.values() if measure.unit == "ms"]
    rows.append(
        [", ".join(f"`{m.name}`" for m in times), _better(times[0]), "so many percent of the questions took no longer"]
    )
    return _table(rows)


def _better(measure: Measure) -> str:
    unit = {"share": "", "ms": ", milliseconds", "count": ", count"}[measure.unit]
    return f"{measure.better}{unit}"


def fill(text: str, tables: dict[str, str], where: Path) -> str:
    """Return *text* with each of *tables* between the markers of its name, if it has them.

    Raises:
        EvaluationDataError: if a marker is alone, or there is none.
    """
    found = [name for name in tables if f"<!-- {name} -->" in text]
    for name in found:
        before, _, rest = text.partition(f"<!-- {name} -->")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if not end:
            raise EvaluationDataError(f"{where}: <!-- {name} --> has no <!-- /{name} --> after it")
        text = f"{before}<!-- {name} -->\n\n{tables[name]}\n\n{end}{after}"
    if not found:
        raise EvaluationDataError(f"{where}: no marker in it; write <!-- results --> and <!-- /results -->")
    return text


def stale_lines(shown: str, expected: str) -> Iterator[str]:
    """Yield each line of *expected* that *shown* does not have at its place, but for figures that nearly agree."""
    old = shown.splitlines()
    for number, line in enumerate(expected.splitlines()):
        if number >= len(old) or not _agree(old[number], line):
            yield line
    if len(old) > len(expected.splitlines()):
        yield f"{len(old) - len(expected.splitlines())} more lines than expected"


def _agree(old: str, new: str) -> bool:
    if _NUMBER.sub("#", old) != _NUMBER.sub("#", new):
        return False
    pairs = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
    # Half a unit of the last decimal is lost in each number, and a bound moves by whole questions.
    return all(abs(float(a) - float(b)) < (TOLERANCE if len(a) > 4 else 2 * TOLERANCE) + 1e-9 for a, b in pairs)


def _table(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Fill in or check the tables; return the exit code: 1 if something is stale, 2 if something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m summitqa.evaluation.readme", description=__doc__.split("\n")[0])
    parser.add_argument("report", type=Path, help="report.json of a run")
    parser.add_argument("files", type=Path, nargs="+", help="Markdown files with markers")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is stale")
    given = parser.parse_args(arguments)
    try:
        tables = {"results": results_table(load_report(given.report)), "measures": measures_table()}
        return max(_bring_up_to_date(path, tables, check=given.check) for path in given.files)
    except SummitQAError as error:
        print(f"error: {error}", file=sys.stderr)
    except (OSError, UnicodeDecodeError) as error:
        print(f"error: cannot be read or written: {error}", file=sys.stderr)
    return 2


def _bring_up_to_date(path: Path, tables: dict[str, str], *, check: bool) -> int:
    text = path.read_text(encoding="utf-8")
    expected = fill(text, tables, path)
    if not check:
        path.write_text(expected, encoding="utf-8")
        return 0
    stale = list(stale_lines(text, expected))
    for line in stale:
        print(f"{path}: stale, measured was: {line}", file=sys.stderr)
    if stale:
        print(f'{path}: bring it up to date with "make eval-table"', file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
