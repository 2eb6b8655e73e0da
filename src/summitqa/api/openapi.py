"""What /openapi.json says beyond the models: tags and problem responses."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from summitqa.api.problems import MEDIA_TYPE, Problem

TAGS = [
    {"name": "questions", "description": "Ask, search, and check a citation."},
    {"name": "openai", "description": "The same answers for clients that speak OpenAI's chat API."},
    {"name": "documents", "description": "What the answers are quoted from."},
    {"name": "operation", "description": "For those who run the server."},
]
DESCRIPTION = (
    "Answers in the documents' own words, each with a citation that can be checked. Offsets count Unicode code "
    "points in a document's canonical text (`GET /v1/documents/{id}/text`), half-open. Errors are "
    "`application/problem+json` (RFC 9457), on the routes tagged openai in OpenAI's envelope."
)

_PROBLEMS = {
    400: "The body is not JSON.",
    404: "There is no such document.",
    413: "The body is too large.",
    415: "The body is not declared as application/json.",
    422: "A field is missing, unknown or wrong; `errors` names it.",
    500: "The server failed; its log tells more under the request id.",
    503: "The server is busy (see Retry-After) or its index cannot be used.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the ``responses`` of a route that can answer with these problems, among unforeseen others."""
    listed: dict[int | str, dict[str, Any]] = {
        status: {"model": Problem, "description": _PROBLEMS[status]} for status in statuses
    }
    return listed | {"default": {"model": Problem, "description": "Any other error."}}


BODY_PROBLEMS = problems(400, 413, 415, 422, 500, 503)
"""What every route that takes a JSON body can answer with."""


class DescribedFastAPI(FastAPI):
    """FastAPI whose description gives problem documents their own media type."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description, made once."""
        if self.openapi_schema is None:
            for operation in _operations(super().openapi()):
                for response in operation["responses"].values():
                    _set_problem_media_type(response)
        return super().openapi()


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in schema["paths"].values() for operation in methods.values()]


def _set_problem_media_type(response: dict[str, Any]) -> None:
    for media_type, content in list(response.get("content", {}).items()):
        if content.get("schema", {}).get("$ref", "").endswith("/Problem"):
            response["content"][MEDIA_TYPE] = response["content"].pop(media_type)
