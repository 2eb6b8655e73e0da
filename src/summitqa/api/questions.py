"""The routes that take a question or a quote."""

from __future__ import annotations

import email.message
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Request
from starlette.exceptions import HTTPException

from summitqa.api.examples import ANSWER_RESPONSES, CHAT_EXAMPLES, SEARCH_EXAMPLES, VERIFY_EXAMPLES
from summitqa.api.openapi import BODY_PROBLEMS, problems
from summitqa.api.problems import blaming
from summitqa.api.requests import ChatRequest, SearchRequest, VerifyRequest
from summitqa.api.service import Serving
from summitqa.api.streaming import EventStream, fail_with_problem, open_stream, render_answer
from summitqa.protocols import QuestionEngine
from summitqa.schemas import (
    AnswerResponse,
    SearchResponse,
    VerificationResponse,
    answer_to_json,
    index_to_json,
    passage_to_json,
    verification_to_json,
)
from summitqa.types import Span


def require_json(request: Request) -> None:
    """Refuse a body that is not declared as JSON with 415: a form of another site can send anything else."""
    message = email.message.Message()
    message["content-type"] = request.headers.get("content-type", "")
    if message.get_content_type() != "application/json":
        raise HTTPException(415, 'send the body as JSON with the header "Content-Type: application/json"')


router = APIRouter(prefix="/v1", tags=["questions"], dependencies=[Depends(require_json)], responses=BODY_PROBLEMS)


def asking(engine: QuestionEngine, body: ChatRequest) -> Callable[[], AnswerResponse]:
    """Return the work of answering *body*."""

    def work() -> AnswerResponse:
        with blaming(body.asked_in):
            return answer_to_json(
                engine.ask(
                    body.asked,
                    history=body.history,
                    resolve=body.resolve,
                    document_ids=body.document_ids,
                    budget_ms=body.budget_ms,
                )
            )

    return work


@router.post(
    "/chat", summary="Ask a question", response_model=AnswerResponse, responses=problems(404) | ANSWER_RESPONSES
)
async def chat(
    request: Request, service: Serving, body: Annotated[ChatRequest, Body(openapi_examples=CHAT_EXAMPLES)]
) -> AnswerResponse | EventStream[AnswerResponse]:
    """Answer in the documents' own words, or say that they don't: both are 200, told apart by `outcome`.

    With `stream: true`, the events `resolved`, `citations`, `answer` (this response) and `done` follow each other, or
    `error` with a problem document ends them. Comments keep a silent stream alive.
    """
    pending = service.start(request, asking(service.engine, body))
    if body.stream:
        return await open_stream(pending, render_answer, fail_with_problem(request), service.keep_alive_s)
    with pending:
        await pending.wait()
        return pending.result()


@router.post("/search", summary="Find passages")
async def search(
    request: Request, service: Serving, body: Annotated[SearchRequest, Body(openapi_examples=SEARCH_EXAMPLES)]
) -> SearchResponse:
    """Return the passages closest to a question, best first, with their scores."""

    def work() -> SearchResponse:
        passages = service.engine.search(body.question, k=body.k)
        return SearchResponse(
            question=body.question,
            passages=[passage_to_json(passage) for passage in passages],
            index=index_to_json(service.engine.state),
        )

    with blaming(("question",)):
        return await service.run(request, work)


@router.post("/verify", summary="Check a citation")
async def verify(
    request: Request, service: Serving, body: Annotated[VerifyRequest, Body(openapi_examples=VERIFY_EXAMPLES)]
) -> VerificationResponse:
    """Say whether a quote stands where it was cited (`valid`), elsewhere (`moved`), or no longer (`stale`).

    The body may be a citation as an answer gave it. An unknown document is a status, not an error.
    """

    def work() -> VerificationResponse:
        verification = service.engine.verify(
            body.document_id,
            Span(body.start_char_index, body.end_char_index),
            body.cited_text,
            prefix=body.prefix,
            suffix=body.suffix,
        )
        return verification_to_json(body.document_id, verification)

    return await service.run(request, work)
