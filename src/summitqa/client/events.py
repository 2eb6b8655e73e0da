"""Server-sent events (WHATWG HTML, 9.2.6), as far as summitqa sends them, read from bytes as they come."""

from __future__ import annotations

import json
from collections.abc import Iterator

import httpx
from pydantic import ValidationError

from summitqa.client.calls import Call
from summitqa.client.responses import problem_error, unknown_server
from summitqa.errors import UnreachableServerError
from summitqa.schemas import AnswerResponse
from summitqa.schemas.events import AnswerEvent, CitationsEvent, ResolvedEvent

_MODELS: dict[str, type[AnswerEvent]] = {
    "resolved": ResolvedEvent,
    "citations": CitationsEvent,
    "answer": AnswerResponse,
}


class EventDecoder:
    """Turns the bytes of one stream into the events of an answer; comments and unknown events are left out.

    Lines end at line feeds only. A quote may hold other characters that some take for the end of a line.

    Raises:
        UnknownServerError: if the response is no stream of events.
    """

    def __init__(self, response: httpx.Response, call: Call, base_url: str) -> None:
        if not response.headers.get("content-type", "").startswith("text/event-stream"):
            raise unknown_server(response, call, base_url)
        self.is_done = False
        self._response = response
        self._call = call
        self._base_url = base_url
        self._rest = b""

    def feed(self, chunk: bytes) -> Iterator[AnswerEvent]:
        """Yield the events that are complete with *chunk*.

        Raises:
            RemoteProblemError: if the server says that something broke.
            UnknownServerError: if this is no stream of a summitqa server.
        """
        *blocks, self._rest = (self._rest + chunk).split(b"\n\n")
        for block in blocks:
            fields = dict(line.partition(b": ")[::2] for line in block.split(b"\n") if not line.startswith(b":"))
            name = fields.get(b"event", b"").decode("utf-8", "replace")
            if name == "done":
                self.is_done = True
            elif name == "error":
                raise self._problem(fields.get(b"data", b""))
            elif name in _MODELS:
                yield self._read(_MODELS[name], fields.get(b"data", b""))

    def finish(self) -> None:
        """Say that the stream has ended.

        Raises:
            UnreachableServerError: if it was not complete.
        """
        if not self.is_done:
            raise UnreachableServerError(
                f"{self._base_url}: the stream broke off before the answer was complete; ask again"
            )

    def _read(self, model: type[AnswerEvent], data: bytes) -> AnswerEvent:
        try:
            return model.model_validate_json(data, extra="ignore")
        except ValidationError as error:
            raise unknown_server(self._response, self._call, self._base_url) from error

    def _problem(self, data: bytes) -> Exception:
        try:
            problem = json.loads(data)
            return problem_error(problem, int(problem["status"]))
        except (ValueError, TypeError, KeyError):
            return unknown_server(self._response, self._call, self._base_url)
