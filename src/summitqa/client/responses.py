"""How a response is read, and which error of ours a failure is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from summitqa.client.calls import Call
from summitqa.errors import (
    RemoteError,
    RemoteProblemError,
    RemoteTimeoutError,
    UnknownServerError,
    UnreachableServerError,
)

PROBLEM_TYPE = "application/problem+json"

Model = TypeVar("Model", bound=BaseModel)


def read_model(response: httpx.Response, model: type[Model], call: Call, base_url: str) -> Model:
    """Return the body of *response* as *model*; fields that a newer server adds are left out.

    Raises:
        RemoteProblemError: if the server answered with an error.
        UnknownServerError: if it is no summitqa server.
    """
    check_status(response, call, base_url)
    try:
        return model.model_validate_json(response.content, extra="ignore")
    except ValidationError as error:
        raise unknown_server(response, call, base_url) from error


def read_text(response: httpx.Response, call: Call, base_url: str) -> str:
    """Return the body of *response* as text, character by character.

    Raises:
        RemoteProblemError: if the server answered with an error.
        UnknownServerError: if it is no summitqa server.
    """
    check_status(response, call, base_url)
    try:
        return response.content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise unknown_server(response, call, base_url) from error


def check_status(response: httpx.Response, call: Call, base_url: str) -> None:
    """Do nothing if *response* is a success; its body must have been read.

    Raises:
        RemoteProblemError: if the server answered with an error.
        UnknownServerError: if it is no summitqa server.
    """
    if response.status_code == httpx.codes.OK:
        return
    problem = _problem_of(response)
    if problem is not None:
        raise problem_error(problem, response.status_code)
    if not response.is_server_error:
        raise unknown_server(response, call, base_url)
    raise RemoteProblemError(
        f"{base_url}: answered {call} with status {response.status_code}; see the server's log, then ask again",
        status=response.status_code,
    )


def problem_error(problem: Mapping[str, Any], status: int) -> RemoteProblemError:
    """Return the error that carries a problem document."""
    return RemoteProblemError(str(problem["detail"]), status=status, problem=problem)


def transport_error(error: httpx.TransportError, base_url: str, timeout_s: float) -> RemoteError:
    """Return *error*, raised while sending, as one of ours."""
    if isinstance(error, httpx.TimeoutException):
        return RemoteTimeoutError(f"{base_url}: no answer within {timeout_s:g} s; ask again, or allow more time")
    reason = " ".join(str(error).split()) or type(error).__name__
    return UnreachableServerError(
        f'{base_url}: no server answers there ({reason}); start one with "summitqa serve", or name another address'
    )


def unknown_server(response: httpx.Response, call: Call, base_url: str) -> UnknownServerError:
    """Return the error of a server that does not answer as summitqa does."""
    kind = response.headers.get("content-type", "").split(";")[0].strip() or "no content type"
    return UnknownServerError(
        f"{base_url}: is not a summitqa server, or one of another version ({call} gave status "
        f'{response.status_code}, {kind}); name the address that "summitqa serve" shows'
    )


def _problem_of(response: httpx.Response) -> dict[str, Any] | None:
    if response.headers.get("content-type", "").split(";")[0].strip() != PROBLEM_TYPE:
        return None
    try:
        problem = response.json()
    except ValueError:
        return None
    return problem if isinstance(problem, dict) and isinstance(problem.get("detail"), str) else None
