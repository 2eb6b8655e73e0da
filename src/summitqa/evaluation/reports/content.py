"""Content: what all four reports tell, each in its own format. Frozen data, and how numbers are written.

Knows the results; nothing of formats or files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summitqa.evaluation.changes import Comparison
from summitqa.evaluation.gates import Breach
from summitqa.evaluation.measures import MEASURES
from summitqa.evaluation.records import Evaluation, Figure, Group
from summitqa.evaluation.summary import GROUP_OF_TAG

HEADLINES = ("answer_accuracy", "citation_hit", "answer_precision", "token_f1", "recall@5", "abstention_f1", "verbatim")
"""The measures a short report shows, most telling first."""

_SPELLINGS = {
    "f1": "F1",
    "mrr": "MRR",
    "ndcg": "nDCG",
    "aurc": "AURC",
    "auroc": "AUROC",
    "ece": "ECE",
    "brier": "Brier",
}

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to tell about a run over one or more question sets."""

    evaluations: tuple[Evaluation, ...]
    breaches: tuple[Breach, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    generated_by: str = ""


def is_latency(measure: str) -> bool:
    """Tell whether *measure* is a time, which differs from run to run."""
    return _unit(measure) == "ms"


def find_group(evaluation: Evaluation, name: str) -> Group | None:
    """Return the group of that name, ``None`` if no question belongs to it."""
    return next((group for group in evaluation.groups if group.name == name), None)


def main_group(evaluation: Evaluation) -> Group | None:
    """Return the group to judge by: ``test``, or ``all`` where no question is in ``test``."""
    return find_group(evaluation, "test") or find_group(evaluation, "all")


def tag_groups(evaluation: Evaluation, split: str) -> list[tuple[str, Group]]:
    """Return the groups of the tags within a split, or among ``all`` questions, in alphabetical order."""
    tags = {GROUP_OF_TAG.get(tag, tag) for record in evaluation.records for tag in record.tags}
    named = [(tag, find_group(evaluation, tag if split == "all" else f"{split}/{tag}")) for tag in sorted(tags)]
    return [(tag, group) for tag, group in named if group is not None]


def shown_name(measure: str) -> str:
    """Write a measure's name as people do: ``token F1``."""
    return _WORD.sub(lambda match: _SPELLINGS.get(match[0], match[0]), measure.replace("_", " "))


def shown_value(figure: Figure | None) -> str:
    """Write a share with three decimals, milliseconds with one, an en dash for no value."""
    if figure is None or figure.value is None:
        return "–"
    unit = _unit(figure.measure)
    return f"{figure.value:.0f}" if unit == "count" else f"{figure.value:.{1 if unit == 'ms' else 3}f}"


def shown_interval(figure: Figure | None) -> str:
    """Write the 95 % interval, nothing where there is none."""
    if figure is None or figure.low is None or figure.high is None or _unit(figure.measure) == "count":
        return ""
    decimals = 1 if _unit(figure.measure) == "ms" else 2
    return f"{figure.low:.{decimals}f} to {figure.high:.{decimals}f}"


def _unit(measure: str) -> str:
    return MEASURES[measure].unit if measure in MEASURES else "share"
