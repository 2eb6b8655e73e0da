"""What the events of a streamed answer hold; the event ``answer`` holds the whole answer, ``done`` nothing."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from summitqa.schemas.models import (
    AnswerResponse,
    CarriedTermResponse,
    CitationResponse,
    CorrectionResponse,
    PassageResponse,
)


class ResolvedEvent(BaseModel):
    """How the question was understood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str
    resolved_question: str | None
    carried_over: list[CarriedTermResponse]
    corrections: list[CorrectionResponse]


class CitationsEvent(BaseModel):
    """What is quoted, and what was read."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    citations: list[CitationResponse]
    passages: list[PassageResponse]


AnswerEvent = ResolvedEvent | CitationsEvent | AnswerResponse
"""What comes of a stream, in this order."""


def resolved_of(answer: AnswerResponse) -> ResolvedEvent:
    """Return how the question of *answer* was understood."""
    return ResolvedEvent(
        question=answer.question,
        resolved_question=answer.resolved_question,
        carried_over=answer.carried_over,
        corrections=answer.corrections,
    )


def citations_of(answer: AnswerResponse) -> CitationsEvent:
    """Return what *answer* quotes and read."""
    return CitationsEvent(citations=answer.citations, passages=answer.passages)
