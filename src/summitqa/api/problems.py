"""Errors as RFC 9457 problem documents: which status each error has, and what a client gets to read.

The text of our own errors is written for the person behind the call and is shown; the text of any
other exception never is.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from summitqa.errors import (
    DocumentNotFoundError,
    IndexStoreError,
    OverloadedError,
    QuestionError,
    SummitQAError,
)

MEDIA_TYPE = "application/problem+json"
STATUSES: Mapping[type[SummitQAError], int] = {
    SummitQAError: 500,
    IndexStoreError: 503,
    OverloadedError: 503,
    DocumentNotFoundError: 404,
    QuestionError: 422,
}
"""The status of each error; one not listed has that of the nearest class above it."""

RETRY_AFTER_S = 1
CLIENT_LEFT = 499  # nginx's number for it; nobody receives it, the access log shows it

logger = logging.getLogger(__name__)

Location = Sequence[str | int]
"""The way to a field in a JSON body: keys and positions."""

_TITLES = {413: "Content Too Large", 422: "Unprocessable Content"}  # Python before 3.13 has the older names
_MESSAGES = {
    "extra_forbidden": "unknown field; remove it",
    "missing": "required",
    "string_unicode": "half of a surrogate pair in the name of a field; remove it",
    "string_type": "must be a string",
    "model_attributes_type": "must be a JSON object",
}


class FieldProblem(BaseModel):
    """What is wrong with one field of the body."""

    pointer: str = Field(description="JSON pointer of the field, as a URI fragment.")
    detail: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    type: str = Field(description="What kind of problem it is; stable, for programs to compare.")
    title: str
    status: int
    detail: str = Field(description="What happened and what to do, for the person behind the call.")
    instance: str = Field(description="The path that was asked for.")
    request_id: str = Field(description="The same as in the X-Request-ID header; quote it when you report an error.")
    errors: list[FieldProblem] | None = Field(None, description="The fields that are wrong, for a 422.")


class FieldError(Exception):
    """An error of ours, together with the field of the body that it is about."""

    def __init__(self, error: SummitQAError, location: Location) -> None:
        super().__init__(_clean(str(error), 1000))
        self.error = error
        self.location = location


@contextmanager
def blaming(location: Location) -> Iterator[None]:
    """Say of a QuestionError raised inside that the field at *location* caused it."""
    try:
        yield
    except QuestionError as error:
        raise FieldError(error, location) from error


def status_of(error: type[SummitQAError]) -> int:
    """Return the HTTP status of an error class, looked up along its MRO."""
    return next(STATUSES[cls] for cls in error.__mro__ if cls in STATUSES)


def problem_type(error: type[SummitQAError]) -> str:
    """Return the stable identifier of an error class: ``urn:summitqa:error:document-not-found``."""
    words = re.findall("[A-Z]+[a-z]*", error.__name__.removesuffix("Error"))
    return f"urn:summitqa:error:{'-'.join(words).lower()}"


def problem_response(
    request: Request,
    status: int,
    detail: str,
    *,
    type_: str = "about:blank",
    errors: list[FieldProblem] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem document for *request*."""
    problem = Problem(
        type=type_,
        title=_TITLES.get(status) or HTTPStatus(status).phrase,
        status=status,
        detail=_clean(detail, 1000),
        instance=_path(request),
        request_id=request.state.request_id,
        errors=errors,
    )
    return Response(problem.model_dump_json(exclude_none=True), status, headers, MEDIA_TYPE)


def internal_problem(request: Request) -> Response:
    """Return the problem document for an exception that nobody expected."""
    detail = f"something went wrong in the server; its log tells more under {request.state.request_id}"
    return problem_response(request, 500, detail)


async def problem_for(request: Request, error: Exception) -> Response:
    """Return what *error* is answered with, for where the framework does not ask: in a stream under way."""
    handle = next((HANDLERS[cls] for cls in type(error).__mro__ if cls in HANDLERS), None)
    if handle is None:
        logger.error("request %s failed", request.state.request_id, exc_info=error)
        return internal_problem(request)
    response: Response = await handle(request, error)
    return response


async def _handle_own_error(request: Request, error: Exception) -> Response:
    return _own_problem(request, cast("SummitQAError", error), None)


async def _handle_field_error(request: Request, error: Exception) -> Response:
    found = cast("FieldError", error)
    return _own_problem(request, found.error, [FieldProblem(pointer=_pointer(found.location), detail=str(found))])


def _own_problem(request: Request, error: SummitQAError, errors: list[FieldProblem] | None) -> Response:
    status, is_overloaded = status_of(type(error)), isinstance(error, OverloadedError)
    if status >= 500 and not is_overloaded:
        logger.error("request %s: %s", request.state.request_id, error)
    return problem_response(
        request,
        status,
        str(error),
        type_=problem_type(type(error)),
        errors=errors,
        headers={"Retry-After": str(RETRY_AFTER_S)} if is_overloaded else None,
    )


async def _handle_invalid_request(request: Request, error: Exception) -> Response:
    found = cast("RequestValidationError", error).errors()
    first = found[0]
    if first["type"] == "json_invalid":
        return problem_response(
            request, 400, f"the body is not JSON: {first['ctx']['error']}, character {first['loc'][-1]}"
        )
    if first["type"] == "missing" and tuple(first["loc"]) == ("body",):
        return problem_response(request, 400, "the body is empty; send a JSON object")
    problems = [_field_problem(item) for item in found[:20]]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    detail = f"{_field_name(first['loc'][1:])}: {problems[0].detail}{more}"
    return problem_response(request, 422, detail, type_="urn:summitqa:error:invalid-request", errors=problems)


async def _handle_http_error(request: Request, error: Exception) -> Response:
    http = cast("HTTPException", error)
    reword = _HTTP_DETAILS.get(http.status_code)
    detail = str(http.detail) if reword is None else reword(request)
    return problem_response(request, http.status_code, detail, headers=http.headers)


async def _handle_client_left(_request: Request, _error: Exception) -> Response:
    return Response(status_code=CLIENT_LEFT)


HANDLERS: Mapping[Any, Callable[[Request, Exception], Any]] = {
    SummitQAError: _handle_own_error,
    FieldError: _handle_field_error,
    RequestValidationError: _handle_invalid_request,
    HTTPException: _handle_http_error,
    ClientDisconnect: _handle_client_left,
}
"""What the application does with each kind of exception."""

_HTTP_DETAILS: Mapping[int, Callable[[Request], str]] = {
    # The framework raises it for a body that it fails to parse for any other reason than the grammar.
    400: lambda _: "the body is not JSON in UTF-8, is nested too deeply, or holds too large a number",
    404: lambda request: f"there is nothing at {_path(request)}; /openapi.json lists what there is",
    405: lambda request: f"{request.method} is not allowed at {_path(request)}; /openapi.json lists what is",
}


def _field_problem(item: Mapping[str, Any]) -> FieldProblem:
    message = _MESSAGES.get(item["type"], item["msg"].replace("Input should be", "must be"))
    return FieldProblem(pointer=_pointer(item["loc"][1:]), detail=_clean(message, 1000))


def _field_name(location: Location) -> str:
    return ".".join(_clean(str(part), 100) for part in location) or "the body"


def _pointer(location: Location) -> str:
    """Return the JSON pointer (RFC 6901) of *location*."""
    parts = (_clean(str(part), 100).replace("~", "~0").replace("/", "~1") for part in location)
    return "#" + "".join(f"/{part}" for part in parts)


def _path(request: Request) -> str:
    """Return the path asked for as it stands in a URI: it is the client's, and may hold anything."""
    return quote(request.scope["path"][:1000], errors="replace")


def _clean(text: str, length: int) -> str:
    """Return *text* cut to *length* characters and fit for UTF-8: keys and paths are the client's."""
    return text[:length].encode("utf-8", "replace").decode("utf-8")
