"""A small run for tests of gates, comparison and reports: four questions about one document.

``a`` is answered rightly, ``b`` (in dev) with the wrong sentence, ``c`` is rightly met with silence, ``e`` failed.
"""

from __future__ import annotations

from typing import Any

from summitqa.evaluation.gold import EvidenceSpans
from summitqa.evaluation.records import CitedQuote, Evaluation, Excerpt, Record
from summitqa.evaluation.summary import summarise
from summitqa.types import Span

TEXT = "Ana opens the fair. It costs 5 crowns. Rain is likely."
OPENS, COSTS, RAIN = Span(0, 19), Span(20, 38), Span(39, 54)
SYSTEM = {"encoder": "hashing", "reader": "none"}


def evidence(span: Span, text: str = TEXT) -> EvidenceSpans:
    """Return gold evidence."""
    return EvidenceSpans("fair", span.text_of(text), (span,))


def cited(span: Span, text: str = TEXT, *, verbatim: bool = True) -> CitedQuote:
    """Return a citation with the whole text as its context."""
    return CitedQuote("fair", span, span.text_of(text), verbatim, context=text)


def record(identity: str, wanted: Span | None, given: Span | None, **changes: Any) -> Record:
    """Return the record of a question whose evidence is *wanted*, answered with *given*; ``None`` is silence."""
    values: dict[str, Any] = {
        "id": identity,
        "question": f"Question {identity}?",
        "history": (),
        "standalone": None,
        "split": "test",
        "tags": ("fact",) if wanted else ("unanswerable",),
        "answerable": wanted is not None,
        "needs_all": False,
        "accepted": (),
        "evidence": (evidence(wanted),) if wanted else (),
        "evidence_context": (Excerpt(TEXT, 0),) if wanted else (),
        "outcome": "answered" if given else "no_answer",
        "reason": None if given else "not_in_documents",
        "confidence": 0.9 if given else 0.1,
        "citations": (cited(given),) if given else (),
        "passages": (("fair", OPENS),),
        "timing_ms": {"retrieve": 1.5, "total": 2.0},
    }
    return Record(**(values | changes))


def four_records(**changes: Any) -> list[Record]:
    """Return the four questions; *changes* apply to all of them."""
    return [
        record("a", OPENS, OPENS, **changes),
        record("b", COSTS, RAIN, **{"split": "dev", **changes}),
        record("c", None, None, **changes),
        record("e", COSTS, None, outcome="error", reason=None, error="ModelRuntimeError: broken", **changes),
    ]


def evaluation(name: str = "fair", records: list[Record] | None = None) -> Evaluation:
    """Return the evaluation of *records*, the four if none are given."""
    return summarise(name, SYSTEM, four_records() if records is None else records, n_resamples=50)
