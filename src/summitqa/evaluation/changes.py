"""Changes: what a comparison of two runs found. Frozen data only; see :mod:`summitqa.evaluation.comparison`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["better", "worse", "no evidence of change"]


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in both runs, over the questions they have in common.

    Attributes:
        n: how many questions they have in common.
        low: lower end of the 95 % interval of ``difference``, by paired bootstrap.
        high: upper end of it.
    """

    group: str
    measure: str
    before: float
    after: float
    difference: float
    low: float
    high: float
    n: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that was handled rightly in one run and wrongly in the other."""

    id: str
    question: str
    split: str
    direction: Literal["right to wrong", "wrong to right"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed in one question set since the baseline.

    Attributes:
        n_common: questions that both runs were asked in the same words, with the same evidence.
        added: ids of questions the baseline does not have.
        removed: ids of questions only the baseline has.
        changed: ids of questions whose text, history, answers or evidence differ.
    """

    name: str
    n_common: int
    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
