"""Results of other formats than gold questions, as reports and the terminal show them. Frozen data only.

A format says what there is to tell: tables, figures to judge by, the questions it got wrong. Knows no format, and
nothing of how a result is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from summitqa.evaluation.records import CurvePoint, Figure

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""Title, header and rows of text."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure to judge by.

    Attributes:
        name: what it measures, for people.
        shown: its value as the format writes it.
        interval: its 95 % interval, likewise; empty where there is none.
        share: the same between 0 and 1, to be drawn.
    """

    name: str
    shown: str
    interval: str
    share: Figure


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that was not handled rightly.

    Attributes:
        kind: to sort by, such as ``wrong answer``.
        expected: the answers that would have been right, any of them; none where silence would have been, ``None`` for
            a format that has no answers.
        given: the answers that came instead.
        facts: what else is known, as name and value.
    """

    id: str
    question: str
    kind: str
    expected: tuple[str, ...] | None = None
    given: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


class Failed(Protocol):
    """A question that could not be finished."""

    @property
    def id(self) -> str:
        """Identity within its data set."""
        ...

    @property
    def question(self) -> str:
        """What was asked."""
        ...

    @property
    def error(self) -> str | None:
        """What went wrong, one line."""
        ...


class FormatResult(Protocol):
    """The result of a run over a data set of any format."""

    @property
    def name(self) -> str:
        """Name of the data set."""
        ...

    @property
    def system(self) -> Mapping[str, str]:
        """Identities of what was tested."""
        ...

    @property
    def failures(self) -> Sequence[Failed]:
        """The questions that could not be finished; each counts as zero."""
        ...

    def tables(self) -> Sequence[Table]:
        """Return the figures as tables of text."""
        ...

    def meanings(self) -> Sequence[tuple[str, str]]:
        """Return what the tables measure: names, and what each means."""
        ...

    def headlines(self) -> Sequence[Headline]:
        """Return the figures to judge by, the most telling first."""
        ...

    def risk_coverage(self) -> Sequence[CurvePoint]:
        """Return the risk–coverage curve; empty for a format that has none."""
        ...

    def misses(self) -> Sequence[Miss]:
        """Return the questions that were not handled rightly, those that failed among them."""
        ...

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        ...
