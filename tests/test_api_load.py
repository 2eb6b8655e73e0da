"""The application under load: a full queue, clients that leave, shutting down."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from api_fakes import ApiClient
from leaving import GatedEngine, RawClient, service_of, wait_for_places


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
        first, second = RawClient(api.app, {"question": "first"}), RawClient(api.app, {"question": "second"})
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
