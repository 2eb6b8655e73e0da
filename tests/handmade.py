"""Records made by hand, for tests of measures: short to write, every number visible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from summitqa.evaluation.gold import EvidenceSpans
from summitqa.evaluation.records import CitedQuote, OutcomeKind, Record
from summitqa.types import Span


def evidence(start: int, end: int, *others: tuple[int, int], document: str = "d") -> EvidenceSpans:
    """Return a gold quote at ``[start, end)`` of a document, and at *others*."""
    spans = (Span(start, end), *(Span(*other) for other in others))
    return EvidenceSpans(document, "x" * (end - start), spans)


def cited(start: int, end: int, *, document: str = "d", verbatim: bool = True, also: Sequence[Span] = ()) -> CitedQuote:
    """Return a citation of ``[start, end)``, and of the places *also* in the same document."""
    also_at = tuple((document, span) for span in also)
    return CitedQuote(document, Span(start, end), "x" * (end - start), verbatim, also_at)


def record(identity: str = "q", outcome: OutcomeKind = "answered", **given: Any) -> Record:
    """Return an answerable question of one quote at ``[0, 10)``, answered by citing it, unless *given* otherwise."""
    answerable = given.get("answerable", True)
    values: dict[str, Any] = {
        "question": f"{identity}?",
        "history": (),
        "standalone": None,
        "split": "dev",
        "tags": ("fact",) if answerable else ("unanswerable",),
        "answerable": answerable,
        "needs_all": False,
        "accepted": ("x",) if answerable else (),
        "evidence": (evidence(0, 10),) if answerable else (),
        "confidence": 0.5,
        "citations": (cited(0, 10),) if outcome == "answered" else (),
        "timing_ms": {} if outcome == "error" else {"total": 1.0},
    }
    return Record(id=identity, outcome=outcome, **(values | given))
