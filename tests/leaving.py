"""An engine that answers when it is let, and a client that can leave before."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.types import ASGIApp, Message

from api_fakes import ApiClient, FakeEngine
from summitqa.api.service import Service
from summitqa.types import Answer, NoAnswer


@dataclass
class GatedEngine(FakeEngine):
    """Answers once the gate is open; tells when it was first asked."""

    started: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: str, **options: Any) -> Answer | NoAnswer:
        """Wait for the gate, then answer."""
        self.started.set()
        self.gate.wait()
        return super().ask(question, **options)


class RawClient:
    """A client that can leave before it is answered, which no HTTP library does in one process."""

    def __init__(self, app: ASGIApp, body: Mapping[str, Any], path: str = "/v1/chat") -> None:
        self.sent: list[Message] = []
        self.progress = asyncio.Event()
        self._app = app
        self._path = path
        self._left = asyncio.Event()
        self._inbox: list[Message] = [{"type": "http.request", "body": json.dumps(body).encode()}]

    async def receive(self) -> Message:
        """Give the body, then nothing until the client leaves."""
        if self._inbox:
            return self._inbox.pop()
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Keep what the application sends."""
        self.sent.append(message)
        self.progress.set()

    def leave(self) -> None:
        """Close the connection."""
        self._left.set()

    @property
    def body(self) -> bytes:
        """What came of the response's body."""
        return b"".join(message.get("body", b"") for message in self.sent)

    async def wait_for(self, part: bytes) -> None:
        """Wait until *part* has come."""
        async with asyncio.timeout(30):  # only so that a broken stream fails instead of hanging
            while part not in self.body:
                self.progress.clear()
                await self.progress.wait()

    async def call(self) -> None:
        """Ask."""
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": self._path,
            "raw_path": self._path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "http_version": "1.1",
            "headers": [(b"content-type", b"application/json"), (b"host", b"testserver")],
            "server": ("testserver", 80),
        }
        await self._app(scope, self.receive, self.send)


def service_of(api: ApiClient) -> Service:
    """Return what the application works with."""
    service: Service = api.app.state.service
    return service


async def wait_for_places(api: ApiClient, taken: int) -> None:
    """Let the event loop turn until so many places of the pool are taken."""
    async with asyncio.timeout(30):  # only so that a broken pool fails instead of hanging
        while service_of(api).pool.taken != taken:  # noqa: ASYNC110 - the pool has nobody to tell but its caller
            await asyncio.sleep(0)
