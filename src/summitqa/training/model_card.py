"""Write the reader's model card: ``python -m summitqa.training.model_card --report build/eval/report.json``.

A page for people beside the weights, made only of what other commands wrote: the card of the export, the weights of the
ranking, the figures on held-out articles, and the evaluation of the gold questions, with its plots.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from markupsafe import Markup

from summitqa.evaluation.records import Evaluation, Record
from summitqa.evaluation.reports import load_report, result_table
from summitqa.evaluation.reports.plots import calibration_plot, risk_coverage_plot
from summitqa.evaluation.summary import summarise
from summitqa.models.reader import READER_FOLDER, WEIGHTS_FILE
from summitqa.models.spans import load_card
from summitqa.training.measure_reader import RESULTS

STYLE = (
    "svg{background:#fff;font:11px sans-serif}line,polyline{fill:none;stroke:#888}"
    ".curve{stroke:#1a5fb4;stroke-width:2}circle{fill:#1a5fb4;opacity:.7}text{fill:#333}"
)
WEAKNESSES = """English only, prose of news, encyclopedias, reviews and forums; tables and lists mostly synthetic.
A question that shares no word with the passage that answers it is often not recognised.
A near miss that names the right people and the right kind of detail is sometimes answered.
Comparisons with a number ("more than ten minutes"), sums and counts are not worked out.
An answer that needs two sentences together is found only if one of them holds it alone."""


def main() -> None:
    """Write the page and its two plots."""
    parser = argparse.ArgumentParser(description="Write the reader's model card.")
    parser.add_argument("--report", type=Path, required=True, help="report.json of the gold questions")
    parser.add_argument("--out", type=Path, default=READER_FOLDER)
    options = parser.parse_args()
    evaluations = load_report(options.report)
    records = [record for evaluation in evaluations for record in evaluation.records if record.split == "test"]
    together = summarise("all sets", {}, [_renamed(record, i) for i, record in enumerate(records)])
    (options.out / "risk-coverage.svg").write_text(
        _picture(risk_coverage_plot(together.risk_coverage)), encoding="utf-8"
    )
    (options.out / "calibration.svg").write_text(_picture(calibration_plot(together.calibration)), encoding="utf-8")
    page = "\n".join(_page(evaluations))
    (options.out / "README.md").write_text(page + "\n", encoding="utf-8")


def _renamed(record: Record, number: int) -> Record:
    """Give *record* an id of its own: those of different sets may be equal."""
    return replace(record, id=f"{number}-{record.id}")


def _picture(plot: Markup) -> str:
    return (
        str(plot)
        .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        .replace(">", f"><style>{STYLE}</style>", 1)
    )


def _page(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    card = load_card(READER_FOLDER)
    ranking = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    measured = json.loads((READER_FOLDER / RESULTS).read_text(encoding="utf-8"))
    yield f"# The reader, version {card['version']}\n"
    yield "An extractive question-answering head on all-MiniLM-L6-v2 (6 layers, 384 wide), as int8 ONNX, and two"
    yield f"logistic models over its scores (`ranking.json`, version {ranking['version']}). This page is made by"
    yield "`python -m summitqa.training.model_card`; do not edit it.\n"
    if "widths" in card:
        heads, neurons = (_listed(card["widths"][name]) for name in ("heads", "feed_forward"))
        yield f"Its layers have {heads} attention heads and {neurons} feed-forward neurons.\n"
    yield "## How it was made\n"
    yield f"{card['recipe']}. Training took {card.get('minutes')} minutes; run: `{json.dumps(card['run'][-1])}`.\n"
    yield "| data | SHA-256 | licence | at most |\n| --- | --- | --- | ---: |"
    for name, entry in card["data"].items():
        yield f"| {name} | `{(entry['sha256'] or '–')[:16]}` | {entry['licence']} | {entry['limit'] or '–'} |"
    yield "\nTraining, fitting of the ranking, and measuring use different articles; see `summitqa.training.squad`.\n"
    yield "## On articles nothing was trained or fitted on\n"
    yield "`python -m summitqa.training.measure_reader`: the paragraph is given, an answer is forced.\n"
    yield from _held_out_table(measured)
    yield "\n## On the gold questions\n"
    yield "`make eval`, open retrieval, confidence threshold as shipped.\n"
    yield result_table(evaluations)
    yield "\n![Risk and coverage on the test halves](risk-coverage.svg)"
    yield "![Calibration on the test halves](calibration.svg)\n"
    yield "## Known weaknesses\n"
    yield from (f"* {line}" for line in WEAKNESSES.splitlines())


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"{number:,}" for number in numbers)


def _held_out_table(measured: dict[str, dict[str, dict[str, Any]]]) -> Iterator[str]:
    yield "| precision | source | questions | F1 | exact match | AUROC of silence |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    for precision, sources in measured.items():
        for name, of in sources.items():
            auroc = of.get("auroc", "–")
            yield f"| {precision} | {name} | {of['questions']} | {of['f1']} | {of['exact_match']} | {auroc} |"


if __name__ == "__main__":
    main()
