"""What is sent, and where to. Sends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

import httpx

from summitqa.errors import UnreachableServerError
from summitqa.types import Turn


@dataclass(frozen=True, slots=True)
class Call:
    """A request to be sent: ``path`` is below the server's address, ``body`` is JSON."""

    method: Literal["GET", "POST"]
    path: str
    body: dict[str, Any] | None = None

    def __str__(self) -> str:
        """Return method and path, for messages."""
        return f"{self.method} {self.path}"


VERSION = Call("GET", "/version")
READY = Call("GET", "/readyz")
DOCUMENTS = Call("GET", "/v1/documents")


def ask_call(
    question: str,
    history: Sequence[str | Turn] = (),
    document_ids: Sequence[str] | None = None,
    *,
    resolve: bool = True,
    budget_ms: int | None = None,
    stream: bool = False,
) -> Call:
    """Return the request that asks *question* as the last of the user's turns."""
    body: dict[str, Any] = {"question": question}
    if history:
        asked = {"role": "user", "content": question}
        body = {"messages": [*(message for turn in history for message in _messages_of(turn)), asked]}
    if document_ids is not None:
        body["document_ids"] = list(document_ids)
    if not resolve:
        body["resolve"] = False
    if budget_ms is not None:
        body["budget_ms"] = budget_ms
    if stream:
        body["stream"] = True
    return Call("POST", "/v1/chat", body)


def search_call(question: str, k: int) -> Call:
    """Return the request for the *k* passages closest to *question*."""
    return Call("POST", "/v1/search", {"question": question, "k": k})


def verify_call(document_id: str, start: int, end: int, cited_text: str, context: tuple[str, str]) -> Call:
    """Return the request that checks a quote; *context* is what stood before and after it."""
    body = {
        "document_id": document_id,
        "start_char_index": start,
        "end_char_index": end,
        "cited_text": cited_text,
        "prefix": context[0],
        "suffix": context[1],
    }
    return Call("POST", "/v1/verify", body)


def document_call(document_id: str) -> Call:
    """Return the request for a document's blocks."""
    return Call("GET", f"/v1/documents/{quote(document_id, safe='')}")


def text_call(document_id: str) -> Call:
    """Return the request for a document's canonical text."""
    return Call("GET", f"{document_call(document_id).path}/text")


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


def _messages_of(turn: str | Turn) -> Iterator[dict[str, str]]:
    asked, answer = (turn.question, turn.answer) if isinstance(turn, Turn) else (turn, None)
    yield {"role": "user", "content": asked}
    if answer is not None:
        yield {"role": "assistant", "content": answer}
