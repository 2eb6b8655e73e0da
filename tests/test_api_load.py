"""The application under load: a full queue, clients that leave, shutting down."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from api_fakes import ApiClient, FakeEngine
from summitqa.api.service import Service
from summitqa.types import Answer, NoAnswer


@dataclass
class GatedEngine(FakeEngine):
    """Answers once the gate is open; tells when it was first asked."""

    started: threading.Event = field(default_factory=threading.Event)
    gate: threading.Event = field(default_factory=threading.Event)

    def ask(self, question: str, *, document_ids: Sequence[str] | None = None) -> Answer | NoAnswer:
        """Wait for the gate, then answer."""
        self.started.set()
        self.gate.wait()
        return super().ask(question, document_ids=document_ids)


class RawClient:
    """A client that can leave before it is answered, which no HTTP library does in one process."""

    def __init__(self, app: FastAPI, question: str) -> None:
        self.sent: list[Message] = []
        self._app = app
        self._left = asyncio.Event()
        self._inbox: list[Message] = [{"type": "http.request", "body": json.dumps({"question": question}).encode()}]

    async def receive(self) -> Message:
        """Give the body, then nothing until the client leaves."""
        if self._inbox:
            return self._inbox.pop()
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Keep what the application sends."""
        self.sent.append(message)

    def leave(self) -> None:
        """Close the connection."""
        self._left.set()

    async def call(self) -> None:
        """Ask."""
        scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": "/v1/chat",
            "raw_path": b"/v1/chat",
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


def test_a_full_queue_is_503_with_retry_after() -> None:
    """The question that finds no place is turned away at once; the one being answered is not disturbed."""
    engine = GatedEngine()
    api = ApiClient(engine, workers=1, queue_size=0)

    async def scenario() -> tuple[httpx.Response, httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(api.app), base_url="http://testserver") as client:
            first = asyncio.create_task(client.post("/v1/chat", json={"question": "first"}))
            await asyncio.to_thread(engine.started.wait)
            second = await client.post("/v1/chat", json={"question": "second"})
            engine.gate.set()
            return await first, second

    first, second = asyncio.run(scenario())
    assert (first.status_code, second.status_code) == (200, 503)
    assert (second.headers["retry-after"], second.json()["type"]) == ("1", "urn:summitqa:error:overloaded")
    assert [question for question, _ in engine.asked] == ["first"]


def test_a_client_that_leaves_the_queue_gives_its_place_back() -> None:
    """A waiting question whose client has gone is never asked, and its place is free at once."""
    engine = GatedEngine()
    api = ApiClient(engine, workers=1, queue_size=1)

    async def scenario() -> RawClient:
        first, second = RawClient(api.app, "first"), RawClient(api.app, "second")
        answering = asyncio.create_task(first.call())
        await asyncio.to_thread(engine.started.wait)
        waiting = asyncio.create_task(second.call())
        await wait_for_places(api, 2)
        second.leave()
        await waiting
        assert service_of(api).pool.taken == 1
        engine.gate.set()
        await answering
        assert first.sent[0]["status"] == 200
        return second

    second = asyncio.run(scenario())
    service_of(api).pool.close()
    assert second.sent[0]["status"] == 499
    assert [question for question, _ in engine.asked] == ["first"]


@pytest.mark.parametrize("close_engine", [True, False])
def test_shutting_down_closes_the_engine_if_asked(close_engine: bool) -> None:
    """The application closes its pool, and the engine only if it was told to."""
    api = ApiClient(close_engine=close_engine)

    async def live() -> None:
        async with api.app.router.lifespan_context(api.app):
            pass

    asyncio.run(live())
    assert api.engine.closed is close_engine
    assert api.post("/v1/chat", {"question": "x"}).status_code == 503


def test_applications_share_nothing() -> None:
    """Two applications in one process answer with their own engines."""
    one, two = ApiClient(), ApiClient()
    one.post("/v1/chat", {"question": "x"})
    assert (len(one.engine.asked), len(two.engine.asked)) == (1, 0)
