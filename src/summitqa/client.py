"""A typed client of the HTTP API: one method a route, the API's own models back, our own errors out.

What is sent, how a response is read and when to try again are functions of their own that send nothing, so that
another way of sending needs only its own few lines. This module knows nothing of engines or indexes.
"""

from __future__ import annotations

import email.utils
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, ValidationError

from summitqa.errors import (
    RemoteError,
    RemoteProblemError,
    RemoteTimeoutError,
    UnknownServerError,
    UnreachableServerError,
)
from summitqa.schemas import (
    AnswerResponse,
    DocumentInfoResponse,
    DocumentResponse,
    DocumentsResponse,
    IndexResponse,
    SearchResponse,
    VerificationResponse,
)

BACK_OFF_S = 0.2
"""Wait before the first new attempt; doubled for each further one."""

MAX_WAIT_S = 30.0
"""Longest wait, whatever the server asks for."""

PROBLEM_TYPE = "application/problem+json"

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Call:
    """A request to be sent: ``path`` is below the server's address, ``body`` is JSON."""

    method: Literal["GET", "POST"]
    path: str
    body: dict[str, Any] | None = None

    def __str__(self) -> str:
        """Return method and path, for messages."""
        return f"{self.method} {self.path}"


class _Version(BaseModel):
    name: Literal["summitqa"]
    version: str


class _Ready(BaseModel):
    index: IndexResponse


class Client:
    """Asks one server, over connections that are kept; safe to use from several threads.

    Args:
        base_url: address of the server, such as ``http://127.0.0.1:8000``.
        timeout_s: longest wait for a connection, and for each part of a response.
        retries: new attempts after a 503 or a lost connection; nothing else is tried again.
        transport: sends the requests; ``None`` for the network.
        sleep: waits the given number of seconds before a new attempt.

    Raises:
        UnreachableServerError: if *base_url* is no address.

    Every method that asks the server raises:
        UnreachableServerError: if nothing answers there.
        UnknownServerError: if what answers is no summitqa server.
        RemoteTimeoutError: if the answer takes longer than *timeout_s*.
        RemoteProblemError: if the server answers with an error.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout_s: float = 30,
        retries: int = 2,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = check_url(base_url)
        self._timeout_s = timeout_s
        self._retries = retries
        self._sleep = sleep
        self._http = httpx.Client(base_url=self.base_url, timeout=timeout_s, transport=transport)

    def ask(
        self, question: str, *, history: Sequence[str] = (), document_ids: Sequence[str] | None = None
    ) -> AnswerResponse:
        """Ask *question*, after the user's earlier turns *history*, of all documents or of some."""
        return self._get(ask_call(question, history, document_ids), AnswerResponse)

    def search(self, question: str, *, k: int = 10) -> SearchResponse:
        """Return the *k* passages closest to *question*, best first."""
        return self._get(Call("POST", "/v1/search", {"question": question, "k": k}), SearchResponse)

    def verify(
        self, document_id: str, start: int, end: int, cited_text: str, *, prefix: str = "", suffix: str = ""
    ) -> VerificationResponse:
        """Say whether *cited_text* stands at ``[start, end)`` of the document, has moved, or is gone."""
        body = {
            "document_id": document_id,
            "start_char_index": start,
            "end_char_index": end,
            "cited_text": cited_text,
            "prefix": prefix,
            "suffix": suffix,
        }
        return self._get(Call("POST", "/v1/verify", body), VerificationResponse)

    def documents(self) -> list[DocumentInfoResponse]:
        """List the documents by id."""
        return self._get(Call("GET", "/v1/documents"), DocumentsResponse).documents

    def document(self, document_id: str) -> DocumentResponse:
        """Return a document's title, digest and blocks; a problem of status 404 if there is none of that id."""
        return self._get(Call("GET", _document_path(document_id)), DocumentResponse)

    def document_text(self, document_id: str) -> str:
        """Return the canonical text of a document, which offsets count in; status 404 as for :meth:`document`."""
        call = Call("GET", f"{_document_path(document_id)}/text")
        return read_text(self._send(call), call, self.base_url)

    def version(self) -> str:
        """Return the version of the server."""
        return self._get(Call("GET", "/version"), _Version).version

    def ready(self) -> IndexResponse:
        """Return which index and models answer; an error if the server cannot answer questions now."""
        return self._get(Call("GET", "/readyz"), _Ready).index

    def close(self) -> None:
        """Close the connections; closing twice is harmless."""
        self._http.close()

    def __enter__(self) -> Self:
        """Return the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()

    def _get(self, call: Call, model: type[Model]) -> Model:
        return read_model(self._send(call), model, call, self.base_url)

    def _send(self, call: Call) -> httpx.Response:
        """Send *call*, again after a 503 or a lost connection as often as allowed; return any other response."""
        for attempt in range(self._retries + 1):
            is_last = attempt == self._retries
            try:
                response = self._http.request(call.method, call.path, json=call.body)
            except httpx.TransportError as error:
                if is_last or isinstance(error, httpx.TimeoutException):
                    raise transport_error(error, self.base_url, self._timeout_s) from error
                self._sleep(wait_s(attempt, None))
                continue
            if is_last or response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return response
            self._sleep(wait_s(attempt, response.headers.get("retry-after")))
        raise ValueError(f"retries is 0 or more, not {self._retries}")


def check_url(base_url: str) -> str:
    """Return *base_url* without a slash at its end.

    Raises:
        UnreachableServerError: if it is not an address of HTTP.
    """
    try:
        url = httpx.URL(base_url)
    except (httpx.InvalidURL, TypeError):
        url = httpx.URL()
    if url.scheme not in {"http", "https"} or not url.host:
        raise UnreachableServerError(f"{base_url}: not an address; write one such as http://127.0.0.1:8000")
    return base_url.rstrip("/")


def ask_call(question: str, history: Sequence[str], document_ids: Sequence[str] | None) -> Call:
    """Return the request that asks *question* as the last of the user's turns."""
    turns = [{"role": "user", "content": turn} for turn in (*history, question)]
    body: dict[str, Any] = {"messages": turns} if history else {"question": question}
    if document_ids is not None:
        body["document_ids"] = list(document_ids)
    return Call("POST", "/v1/chat", body)


def wait_s(attempt: int, retry_after: str | None) -> float:
    """Return the seconds to wait after the failed *attempt*, counted from 0.

    The server's Retry-After (RFC 9110, 10.2.3: seconds or a date) goes first, back-off by doubling is the default.
    """
    asked = _seconds_of(retry_after.strip()) if retry_after else None
    return min(MAX_WAIT_S, BACK_OFF_S * 2**attempt if asked is None else max(0.0, asked))


def read_model(response: httpx.Response, model: type[Model], call: Call, base_url: str) -> Model:
    """Return the body of *response* as *model*; fields that a newer server adds are left out.

    Raises:
        RemoteProblemError: if the server answered with an error.
        UnknownServerError: if it is no summitqa server.
    """
    _check_status(response, call, base_url)
    try:
        return model.model_validate_json(response.content, extra="ignore")
    except ValidationError as error:
        raise _unknown_server(response, call, base_url) from error


def read_text(response: httpx.Response, call: Call, base_url: str) -> str:
    """Return the body of *response* as text, character by character.

    Raises:
        RemoteProblemError: if the server answered with an error.
        UnknownServerError: if it is no summitqa server.
    """
    _check_status(response, call, base_url)
    try:
        return response.content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unknown_server(response, call, base_url) from error


def transport_error(error: httpx.TransportError, base_url: str, timeout_s: float) -> RemoteError:
    """Return *error*, raised while sending, as one of ours."""
    if isinstance(error, httpx.TimeoutException):
        return RemoteTimeoutError(f"{base_url}: no answer within {timeout_s:g} s; ask again, or allow more time")
    reason = " ".join(str(error).split()) or type(error).__name__
    return UnreachableServerError(
        f'{base_url}: no server answers there ({reason}); start one with "summitqa serve", or name another address'
    )


def _check_status(response: httpx.Response, call: Call, base_url: str) -> None:
    if response.status_code == httpx.codes.OK:
        return
    problem = _problem_of(response)
    if problem is not None:
        raise RemoteProblemError(str(problem["detail"]), status=response.status_code, problem=problem)
    if not response.is_server_error:
        raise _unknown_server(response, call, base_url)
    raise RemoteProblemError(
        f"{base_url}: answered {call} with status {response.status_code}; see the server's log, then ask again",
        status=response.status_code,
    )


def _problem_of(response: httpx.Response) -> dict[str, Any] | None:
    if response.headers.get("content-type", "").split(";")[0].strip() != PROBLEM_TYPE:
        return None
    try:
        problem = response.json()
    except ValueError:
        return None
    return problem if isinstance(problem, dict) and isinstance(problem.get("detail"), str) else None


def _unknown_server(response: httpx.Response, call: Call, base_url: str) -> UnknownServerError:
    kind = response.headers.get("content-type", "").split(";")[0].strip() or "no content type"
    return UnknownServerError(
        f"{base_url}: is not a summitqa server, or one of another version ({call} gave status "
        f'{response.status_code}, {kind}); name the address that "summitqa serve" shows'
    )


def _seconds_of(retry_after: str) -> float | None:
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:10])
    try:
        moment = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - datetime.now(UTC).timestamp()


def _document_path(document_id: str) -> str:
    return f"/v1/documents/{quote(document_id, safe='')}"
