"""The outer edge of every request: its id, its size, its headers, its line in the log, its last resort.

Plain ASGI, no knowledge of routes. The log never holds a question: bodies and query strings stay out.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summitqa.api.problems import internal_problem

LastResort = Callable[[Request], Response]
"""Answers a request whose handling raised what nobody expected."""

REQUEST_ID = "X-Request-ID"
SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
"""On every response, so that no document or error is ever taken for a page of ours."""

access_logger = logging.getLogger("summitqa.access")
logger = logging.getLogger(__name__)

_REQUEST_ID_PATTERN = re.compile(r"[A-Za-z0-9._-]{1,64}")


class EdgeMiddleware:
    """Wraps the application; bodies larger than *max_body_bytes* are refused with 413."""

    def __init__(self, app: ASGIApp, max_body_bytes: int, last_resort: LastResort = internal_problem) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes
        self.last_resort = last_resort

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one HTTP request; anything else passes through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope).get(REQUEST_ID))
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Sender(send, request_id)
        started = time.perf_counter()
        try:
            await self.app(scope, _LimitedReceiver(scope, receive, self.max_body_bytes), answer)
        except Exception:
            logger.exception("request %s failed", request_id)
            if answer.status is not None:
                raise  # too late for another answer: let the server break the connection off
            await self.last_resort(Request(scope))(scope, receive, answer)
        finally:
            _log_access(scope, answer.status, time.perf_counter() - started, request_id)


class _Sender:
    """Sends on, with our headers added to the start of the response."""

    def __init__(self, send: Send, request_id: str) -> None:
        self.status: int | None = None
        self._send = send
        self._request_id = request_id

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self._request_id
            headers.update(SECURITY_HEADERS)
        await self._send(message)


class _LimitedReceiver:
    """Receives until the body is larger than allowed, whether or not its length was announced."""

    def __init__(self, scope: Scope, receive: Receive, max_bytes: int) -> None:
        self._announced = Headers(scope=scope).get("content-length", "")
        self._receive = receive
        self._max_bytes = max_bytes
        self._received = 0

    async def __call__(self) -> Message:
        if self._announced.isascii() and self._announced.isdigit():
            self._check(int(self._announced[:20]))
        message = await self._receive()
        self._received += len(message.get("body", b""))
        self._check(self._received)
        return message

    def _check(self, n_bytes: int) -> None:
        if n_bytes > self._max_bytes:
            raise HTTPException(413, f"the body is larger than {self._max_bytes} bytes; send less")


def _request_id(given: str | None) -> str:
    """Return the client's request id if it is fit for a header and a log line, else a new one."""
    return given if given and _REQUEST_ID_PATTERN.fullmatch(given) else uuid.uuid4().hex


def _log_access(scope: Scope, status: int | None, elapsed_s: float, request_id: str) -> None:
    path = quote(scope["path"][:200], errors="replace")  # quoted: a path may hold a line break
    access_logger.info("%s %s %s %.1f ms %s", scope["method"], path, status, elapsed_s * 1000, request_id)
