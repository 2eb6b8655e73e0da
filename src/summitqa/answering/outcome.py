"""Outcome: quotes and a probability become an answer, or a silence with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summitqa.answering.citations import build_citation, place_of
from summitqa.types import (
    Answer,
    CarriedTerm,
    Citation,
    Correction,
    Document,
    Hit,
    IndexState,
    NoAnswer,
    NoAnswerReason,
    Place,
    Quote,
    ReadPassage,
)
from summitqa.words import content_words, same_root, split_words

OFF_TOPIC_COSINE = 0.25
"""Below this cosine of question and best passage, and without a common word, the topic is another."""

N_CLOSEST = 4
"""Passages shown beside a silence."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known about a question when its outcome is decided.

    Attributes:
        question: as it was asked.
        resolved_question: as it was understood, ``None`` when that is the same.
        hits: the passages found, best first.
        n_read: how many of them were read; beside a silence the first few are shown, read or not.
        n_skipped: how many more were worth reading and left out to keep within a time budget.
        carried_over: what the question took over from earlier turns.
        corrections: its typing mistakes that were corrected.
        quotes: the quotes proposed, best first.
        probability: calibrated probability that the quotes answer the question.
        min_confidence: below it there is no answer.
        state: what answered.
    """

    question: str
    resolved_question: str | None
    hits: Sequence[Hit]
    n_read: int
    quotes: Sequence[Quote]
    probability: float
    min_confidence: float
    state: IndexState
    n_skipped: int = 0
    carried_over: tuple[CarriedTerm, ...] = ()
    corrections: tuple[Correction, ...] = ()


def compose_outcome(
    evidence: Evidence, document_of: Callable[[str], Document], timing_ms: dict[str, float]
) -> Answer | NoAnswer:
    """Return the answer if it is probable enough, else the silence and why.

    Raises:
        CitationError: if a quote is not a span of its document.
    """
    passages = tuple(show_passage(hit, document_of) for hit in evidence.hits)
    closest = passages[:N_CLOSEST]
    is_off_topic = _is_off_topic(evidence, [*closest, *_holding(evidence.quotes, passages)])
    probability = 0.0 if is_off_topic else evidence.probability
    if not evidence.quotes or probability < evidence.min_confidence:
        return NoAnswer(
            question=evidence.question,
            resolved_question=evidence.resolved_question,
            reason=_reason(evidence, closest, is_off_topic=is_off_topic),
            confidence=probability,
            passages=closest,
            index=evidence.state,
            timing_ms=timing_ms,
            passages_skipped=evidence.n_skipped,
            carried_over=evidence.carried_over,
            corrections=evidence.corrections,
        )
    citations = _cite(evidence.quotes, document_of)
    return Answer(
        question=evidence.question,
        resolved_question=evidence.resolved_question,
        answer=_exact(citations),
        text="\n".join(f"{citation.cited_text} [{citation.index}]" for citation in citations),
        confidence=probability,
        citations=citations,
        passages=passages[: evidence.n_read],
        index=evidence.state,
        timing_ms=timing_ms,
        passages_skipped=evidence.n_skipped,
        carried_over=evidence.carried_over,
        corrections=evidence.corrections,
    )


def _cite(quotes: Sequence[Quote], document_of: Callable[[str], Document]) -> tuple[Citation, ...]:
    """Build the citations; the same statement found twice is one citation with both places."""
    places: dict[str, list[Place]] = {}
    first: dict[str, Quote] = {}
    for quote in quotes:
        document = document_of(quote.document_id)
        key = " ".join(quote.span.text_of(document.text).split())
        if key in first:
            places[key].append(place_of(quote, document))
        else:
            first[key], places[key] = quote, []
    return tuple(
        build_citation(index, quote, document_of(quote.document_id), places[key])
        for index, (key, quote) in enumerate(first.items(), start=1)
    )


def _exact(citations: Sequence[Citation]) -> str | None:
    spans = [span.text for citation in citations for span in citation.answer_spans]
    return "; ".join(dict.fromkeys(spans)) or None


def _reason(evidence: Evidence, passages: Sequence[ReadPassage], *, is_off_topic: bool) -> NoAnswerReason:
    if not passages:
        return "empty_index"
    if is_off_topic:
        return "off_topic"
    return "low_confidence" if evidence.probability >= evidence.min_confidence / 2 else "not_in_documents"


def _is_off_topic(evidence: Evidence, passages: Sequence[ReadPassage]) -> bool:
    """Tell whether nothing connects the question with *passages*; then no quote is probable, whatever its score."""
    if max((hit.dense or 0.0 for hit in evidence.hits), default=0.0) >= OFF_TOPIC_COSINE:
        return False
    asked = content_words(evidence.resolved_question or evidence.question)
    found = {word for p in passages for text in (p.text, *p.heading_path) for word in split_words(text)}
    return bool(asked) and not any(same_root(word, own) for word in asked for own in found)


def _holding(quotes: Sequence[Quote], passages: Sequence[ReadPassage]) -> list[ReadPassage]:
    """Return the passages that *quotes* were taken from."""
    return [p for p in passages if any(q.document_id == p.document_id and q.span.overlaps(p.span) for q in quotes)]


def show_passage(hit: Hit, document_of: Callable[[str], Document]) -> ReadPassage:
    """Return what is shown of a passage that was read."""
    text = document_of(hit.passage.document_id).text
    return ReadPassage(
        document_id=hit.passage.document_id,
        span=hit.passage.span,
        text=hit.passage.span.text_of(text),
        heading_path=tuple(heading.text_of(text) for heading in hit.passage.heading_path),
        rank=hit.rank,
        score=hit.score,
        dense=hit.dense,
        lexical=hit.lexical,
    )
