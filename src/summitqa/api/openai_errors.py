"""Errors in OpenAI's envelope, made from the problem documents that every other route answers with."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from summitqa.api.problems import MEDIA_TYPE, problem_for
from summitqa.api.streaming import Fail

PATHS = ("/v1/chat/completions", "/v1/models")

_CODES = {
    "extra_forbidden": "unknown_parameter",
    "missing": "missing_required_parameter",
    "model_not_found": "model_not_found",
    "unsupported_content": "unsupported_value",
    "unsupported_value": "unsupported_value",
}
"""What OpenAI calls each kind of wrong field; any other is an invalid value."""

_STATUSES = {"model_not_found": 404}

Handler = Callable[[Request, Exception], Any]


def in_envelope(handle: Handler) -> Handler:
    """Return *handle*, its problem documents turned into OpenAI's envelope on OpenAI's paths."""

    async def handle_for_path(request: Request, error: Exception) -> Response:
        response: Response = await handle(request, error)
        return wrap_problem(request, response, error)

    return handle_for_path


def wrap_problem(request: Request, response: Response, error: Exception | None = None) -> Response:
    """Return *response*, in OpenAI's envelope if it is a problem document and *request* speaks OpenAI."""
    if not _speaks_openai(request) or response.media_type != MEDIA_TYPE:
        return response
    problem = json.loads(bytes(response.body))
    code = _code_of(problem, error)
    # OpenAI has no 422: a wrong field is a bad request.
    status = _STATUSES.get(code or "", 400 if response.status_code == 422 else response.status_code)
    headers = {name: response.headers[name] for name in ("retry-after", "allow") if name in response.headers}
    return JSONResponse(_envelope(problem, code, status), status, headers)


def fail_in_envelope(request: Request) -> Fail:
    """Return what tells the client of *request*, in the middle of a stream, what went wrong."""

    async def fail(error: Exception) -> bytes:
        response = wrap_problem(request, await problem_for(request, error), error)
        return b"data: " + bytes(response.body) + b"\n\n"

    return fail


def _speaks_openai(request: Request) -> bool:
    path: str = request.scope["path"]
    return path in PATHS or path.startswith("/v1/models/")


def _envelope(problem: Mapping[str, Any], code: str | None, status: int) -> dict[str, Any]:
    kind = "invalid_request_error" if status < 500 else "server_error"
    errors = problem.get("errors") or [{"pointer": "#"}]
    return {
        "error": {"message": problem["detail"], "type": kind, "param": _parameter(errors[0]["pointer"]), "code": code}
    }


def _code_of(problem: Mapping[str, Any], error: Exception | None) -> str | None:
    if isinstance(error, RequestValidationError):
        found = error.errors()[0]["type"]
        return None if found == "json_invalid" else _CODES.get(found, "invalid_value")
    name = str(problem["type"]).rpartition(":")[2]
    return None if name == "blank" else name.replace("-", "_")


def _parameter(pointer: str) -> str | None:
    """Return a JSON pointer as OpenAI writes the way to a parameter: ``messages[0].content``."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("#").split("/")[1:]]
    return "".join(f"[{part}]" if part.isdigit() else f".{part}" for part in parts).lstrip(".") or None
