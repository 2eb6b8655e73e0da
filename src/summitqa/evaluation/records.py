"""Records: what one question gave, and what a set of them adds up to. The contract of runner, measures and reports.

Frozen data only. A record holds everything a measure may need, so that every figure can be computed again from
``report.json`` without asking anything again. Knows nothing of engines, files or how a figure is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from summitqa.evaluation.gold import EvidenceSpans
from summitqa.types import Span

SCHEMA_VERSION = 1
"""Of ``report.json``; raised whenever a field changes its meaning or goes away."""

OutcomeKind = Literal["answered", "no_answer", "error", "timeout"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some characters of a document, for people, and where in it they begin, so that a quote in them can be marked."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class CitedQuote:
    """A citation as it was given.

    Attributes:
        verbatim: whether ``text`` is what stands at ``span`` in the document, and the same statement at the other
            places, checked against the documents themselves.
        also_at: the other places of the same statement, as ``(document_id, span)``.
        context: some characters of the document around the quote, for people.
        context_start: where ``context`` begins in the document: the quote starts at ``span.start - context_start``.
    """

    document_id: str
    span: Span
    text: str
    verbatim: bool
    also_at: tuple[tuple[str, Span], ...] = ()
    context: str = ""
    context_start: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """A gold question, and what the system under test made of it.

    Attributes:
        split: ``dev`` may be tuned on, ``test`` may not.
        history: earlier user turns that were sent along.
        standalone: for a follow-up, the question written out.
        needs_all: every quote of the evidence is needed, not one of them.
        outcome: ``error`` and ``timeout`` score zero in every measure; they never disappear from a mean.
        citations: in the order given; empty unless ``answered``.
        passages: the retrieved passages, best first, as ``(document_id, span)``.
        confidence: the system's own probability that it answers rightly, also when it stayed silent.
        timing_ms: milliseconds by stage, ``total`` among them: the runner's own time around the question, the time
            waited for a ``timeout``; empty after an ``error``.
        error: what went wrong, one line.
        evidence_context: for each quote of ``evidence`` the document around its first place; for people.
    """

    id: str
    question: str
    history: tuple[str, ...]
    standalone: str | None
    split: Literal["dev", "test"]
    tags: tuple[str, ...]
    answerable: bool
    needs_all: bool
    accepted: tuple[str, ...]
    evidence: tuple[EvidenceSpans, ...]
    outcome: OutcomeKind
    reason: str | None = None
    answer: str | None = None
    confidence: float = 0.0
    citations: tuple[CitedQuote, ...] = ()
    passages: tuple[tuple[str, Span], ...] = ()
    timing_ms: dict[str, float] = field(default_factory=dict)
    error: str | None = None
    evidence_context: tuple[Excerpt, ...] = ()

    @property
    def answered(self) -> bool:
        """Tell whether the system gave an answer."""
        return self.outcome == "answered"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over one group of questions, with its bootstrap 95 % interval.

    Attributes:
        measure: the name used in ``thresholds.toml``, such as ``citation_hit``.
        value: ``None`` when no question of the group is of the kind that is measured.
        n: how many questions it was computed from.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one group: ``all``, a split, ``split/tag`` such as ``test/table``, or a tag.

    The tag ``all`` is the group ``needs-all``.

    Attributes:
        name: as ``thresholds.toml`` names it.
        figures: by measure.
    """

    name: str
    n_questions: int
    figures: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of the risk–coverage curve: the share of questions answered, and the share of those answered wrongly."""

    coverage: float
    risk: float
    threshold: float


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Answers whose confidence lies in ``[low, high)``, the last bin with 1: how many, mean confidence, share right."""

    low: float
    high: float
    n: int
    confidence: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A whole run: what was asked, what came back, what it adds up to.

    Attributes:
        name: of the question set, such as ``article``.
        system: identity of what was tested: encoder, reader, index generation, version.
        groups: ``all`` first, then splits, then tags.
        risk_coverage: over all questions, by falling confidence.
        calibration: ten bins of equal width over the answers' confidences.
    """

    name: str
    system: dict[str, str]
    records: tuple[Record, ...]
    groups: tuple[Group, ...]
    risk_coverage: tuple[CurvePoint, ...] = ()
    calibration: tuple[CalibrationBin, ...] = ()
    schema_version: int = SCHEMA_VERSION
