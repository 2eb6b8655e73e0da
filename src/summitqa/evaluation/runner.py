"""The runner: asks an engine every gold question and sums up what came back.

A question that raises counts as zero everywhere and is listed; it never disappears from a mean.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Protocol

from summitqa.evaluation.gold import GoldQuestion, load_gold
from summitqa.evaluation.measures import (
    citation_hit,
    evidence_recall,
    exact_match,
    mean,
    precision_recall_f1,
    token_f1,
)
from summitqa.types import Answer, Document, NoAnswer, ReadPassage

RECALL_AT = (1, 3, 5, 10)

logger = logging.getLogger(__name__)


class Askable(Protocol):
    """What the runner needs of an engine."""

    def ask(self, question: str) -> Answer | NoAnswer:
        """Answer a question."""
        ...

    def search(self, question: str, *, k: int) -> list[ReadPassage]:
        """Return the closest passages."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document."""
        ...


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What one question gave. Measures of answering are 0 for an answerable question met with silence."""

    id: str
    question: str
    tags: tuple[str, ...]
    answerable: bool
    answered: bool
    confidence: float
    recall: dict[int, float]
    hit: float
    f1: float
    exact: float
    cited: tuple[str, ...]
    expected: tuple[str, ...]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class EvaluationResult:
    """All results, with the sums a person wants to see."""

    questions: tuple[QuestionResult, ...]
    measures: dict[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON values."""
        return asdict(self)

    def tables(self) -> list[tuple[str, list[str], list[list[str]]]]:
        """Return (title, header, rows) of the measures and of the measures by tag."""
        overall = [[name, f"{value:.3f}"] for name, value in self.measures.items()]
        by_tag = [_tag_row(tag, [q for q in self.questions if tag in q.tags]) for tag in self._tags()]
        return [
            (f"{len(self.questions)} questions", ["measure", "value"], overall),
            ("by tag", ["tag", "n", "recall@10", "citation hit", "token F1", "silent"], by_tag),
        ]

    def failures(self) -> list[tuple[str, str, str]]:
        """Return (id, question, what went wrong) of every question that was not answered as it should be."""
        return [(q.id, q.question, _verdict(q)) for q in self.questions if _verdict(q)]

    def _tags(self) -> list[str]:
        return sorted({tag for question in self.questions for tag in question.tags})


def evaluate_gold(path: Path, engine: Askable, progress: Callable[[int, int], None] | None = None) -> EvaluationResult:
    """Ask *engine* the questions of the gold file *path*.

    Raises:
        EvaluationDataError: if the gold file is wrong or does not fit the documents.
    """
    gold = load_gold(path, engine.document)
    results = []
    for number, question in enumerate(gold, start=1):
        results.append(_ask(question, engine))
        if progress is not None:
            progress(number, len(gold))
    return EvaluationResult(tuple(results), _sum_up(results))


def _ask(gold: GoldQuestion, engine: Askable) -> QuestionResult:
    try:
        outcome = engine.ask(gold.question)
        found = engine.search(gold.question, k=max(RECALL_AT))
    except Exception as error:
        logger.exception("question %s failed", gold.id)
        return _result(gold, None, [], type(error).__name__)
    return _result(gold, outcome, found, None)


def _result(
    gold: GoldQuestion, outcome: Answer | NoAnswer | None, found: Sequence[ReadPassage], error: str | None
) -> QuestionResult:
    citations = outcome.citations if isinstance(outcome, Answer) else ()
    places = [(passage.document_id, passage.span) for passage in found]
    given = (outcome.answer or citations[0].cited_text) if isinstance(outcome, Answer) else ""
    scored = gold.answerable and bool(citations)
    first = (citations[0].document_id, citations[0].span) if citations else None
    return QuestionResult(
        id=gold.id,
        question=gold.question,
        tags=(*sorted(gold.tags), gold.split),
        answerable=gold.answerable,
        answered=bool(citations),
        confidence=outcome.confidence if outcome is not None else 0.0,
        recall={k: evidence_recall(gold, places[:k]) if gold.answerable else 0.0 for k in RECALL_AT},
        hit=citation_hit(gold, first) if scored and first else 0.0,
        f1=token_f1(given, gold.answers or [e.quote for e in gold.evidence]) if scored else 0.0,
        exact=exact_match(given, gold.answers) if scored else 0.0,
        cited=tuple(citation.cited_text for citation in citations),
        expected=tuple(part.quote for part in gold.evidence),
        error=error,
    )


def _sum_up(results: Sequence[QuestionResult]) -> dict[str, float]:
    answerable = [r for r in results if r.answerable]
    answered = [r for r in results if r.answered]
    silent = [r for r in results if not r.answered and r.error is None]
    unanswerable = [r for r in results if not r.answerable]
    rightly_silent = sum(not r.answerable for r in silent)
    precision, recall, f1 = precision_recall_f1(rightly_silent, len(silent), len(unanswerable))
    return {
        **{f"recall@{k}": mean([r.recall[k] for r in answerable]) for k in RECALL_AT},
        "citation hit (answerable)": mean([r.hit for r in answerable]),
        "citation hit (answers given)": mean([r.hit for r in answered]),
        "token F1": mean([r.f1 for r in answerable]),
        "exact match": mean([r.exact for r in answerable]),
        "abstention precision": precision,
        "abstention recall": recall,
        "abstention F1": f1,
        "errors": float(sum(r.error is not None for r in results)),
    }


def _tag_row(tag: str, results: Sequence[QuestionResult]) -> list[str]:
    answerable = [r for r in results if r.answerable]
    shown = [
        mean([r.recall[10] for r in answerable]),
        mean([r.hit for r in answerable]),
        mean([r.f1 for r in answerable]),
    ]
    silent = mean([float(not r.answered) for r in results])
    cells = [f"{value:.3f}" if answerable else "–" for value in shown]
    return [tag, str(len(results)), *cells, f"{silent:.3f}"]


def _verdict(result: QuestionResult) -> str:
    if result.error:
        return f"error: {result.error}"
    if not result.answerable:
        return f"should be silent: {result.cited[0]}" if result.answered else ""
    if not result.answered:
        return "silent"
    return "" if result.hit else f"wrong quote: {result.cited[0]}"
