"""``report.html`` of other formats than gold questions: their figures, and the questions they got wrong.

Owns what is shown and in which order; the look is that of every report. Knows results by their protocol only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from summitqa.evaluation.reports.pages import render_page
from summitqa.evaluation.results import FormatResult, Miss

LISTED = 200
"""Questions of a kind shown one by one; a data set may have thousands, and ``report.json`` has them all."""


@dataclass(frozen=True, slots=True)
class MissedKind:
    """The questions that were missed in one way: how many, and those that are shown."""

    kind: str
    n: int
    shown: tuple[Miss, ...]


def render_result_html(result: FormatResult, generated_by: str) -> str:
    """Return the text of ``report.html``."""
    misses = result.misses()
    return render_page(
        "result.html.jinja",
        generated_by=generated_by,
        result=result,
        tables=result.tables(),
        headlines=result.headlines(),
        meanings=result.meanings(),
        curve=result.risk_coverage(),
        n_misses=len(misses),
        kinds=_by_kind(misses),
    )


def _by_kind(misses: Sequence[Miss]) -> list[MissedKind]:
    """Return the misses by kind, what could not be finished first, then the most frequent."""
    kinds = {kind: [miss for miss in misses if miss.kind == kind] for kind in dict.fromkeys(m.kind for m in misses)}
    ordered = sorted(kinds.items(), key=lambda item: (item[0] != "no result", -len(item[1]), item[0]))
    return [MissedKind(kind, len(of), tuple(of[:LISTED])) for kind, of in ordered]
