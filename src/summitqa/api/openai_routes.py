"""The routes for clients that speak OpenAI's chat API: the same engine, the same answers."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from summitqa.api.examples import COMPLETION_EXAMPLES
from summitqa.api.openai_errors import fail_in_envelope
from summitqa.api.openai_requests import CompletionRequest, check_model
from summitqa.api.openai_responses import Completion, CompletionResponse, ModelResponse, ModelsResponse
from summitqa.api.questions import asking, require_json
from summitqa.api.service import Serving
from summitqa.api.streaming import EventStream, open_stream
from summitqa.schemas import AnswerResponse


class OpenAIError(BaseModel):
    """What went wrong."""

    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIErrorResponse(BaseModel):
    """OpenAI's envelope of an error."""

    error: OpenAIError


def _errors(**descriptions: str) -> dict[int | str, dict[str, Any]]:
    named: dict[int | str, str] = {name.removeprefix("status_"): text for name, text in descriptions.items()}
    return {code: {"model": OpenAIErrorResponse, "description": text} for code, text in named.items()}


ERRORS = _errors(
    status_500="The server failed; its log tells more under the request id.",
    status_503="The server is busy (see Retry-After) or its index cannot be used.",
    default="Any other error.",
)
BODY_ERRORS = _errors(
    status_400="The body is not JSON, or a parameter is missing, unknown, wrong or unsupported.",
    status_404="There is no such model or document.",
    status_413="The body is too large.",
    status_415="The body is not declared as application/json.",
)

router = APIRouter(prefix="/v1", tags=["openai"], responses=ERRORS)


@router.post(
    "/chat/completions",
    summary="Ask a question as OpenAI's clients do",
    response_model=CompletionResponse,
    responses=BODY_ERRORS,
    dependencies=[Depends(require_json)],
)
async def complete(
    request: Request, service: Serving, body: Annotated[CompletionRequest, Body(openapi_examples=COMPLETION_EXAMPLES)]
) -> CompletionResponse | EventStream[AnswerResponse]:
    """Answer in the documents' own words; `annotations` say where each quote stands, `summitqa` is the whole answer.

    Nothing is generated: parameters that steer generation have no effect, and system messages change nothing.
    """
    completion = Completion(body, request.state.request_id, str(request.base_url))
    pending = service.start(request, asking(service.engine, body.to_chat()))
    if body.stream:
        return await open_stream(pending, completion.stream, fail_in_envelope(request), service.keep_alive_s)
    with pending:
        await pending.wait()
        return completion.respond(pending.result())


@router.get("/models", summary="List the models")
async def list_models() -> ModelsResponse:
    """Return the one model there is."""
    return ModelsResponse(data=[ModelResponse()])


@router.get("/models/{model}", summary="Show a model", responses=_errors(status_404="There is no such model."))
async def show_model(model: Annotated[str, Path(description="Name of the model.")]) -> ModelResponse:
    """Return the model of that name."""
    try:
        return ModelResponse(id=check_model(model))
    except PydanticCustomError as error:
        found = {"type": error.type, "loc": ("path", "model"), "msg": error.message(), "input": model}
        raise RequestValidationError([found]) from error
