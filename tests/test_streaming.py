"""Answers as server-sent events: their order, their end, and clients that are slow, many, or gone."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from typing import Any

import httpx
import pytest

from api_fakes import ANSWER, ApiClient, FakeEngine
from leaving import GatedEngine, RawClient, service_of, wait_for_places
from loopback import serving
from summitqa.api import create_app
from summitqa.errors import ModelRuntimeError, QuestionError
from summitqa.schemas import answer_to_json
from summitqa.schemas.events import CitationsEvent, ResolvedEvent

ASKED = {"question": ANSWER.question, "stream": True}
SILENCE_S = 0.001
"""A keep-alive so short that a question that waits begins its stream at once."""


def events_of(text: str) -> list[tuple[str, Any]]:
    """Return name and data of each event; comments are left out."""
    events = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            events.append((lines["event"], json.loads(lines["data"])))
    return events


def test_citations_come_before_the_text() -> None:
    """The events tell how the question was understood, what is quoted, the whole answer, and the end."""
    response = ApiClient().post("/v1/chat", ASKED)
    answer = answer_to_json(ANSWER)
    (one, resolved), (two, citations), (three, whole), (four, nothing) = events_of(response.text)
    assert (one, two, three, four) == ("resolved", "citations", "answer", "done")
    assert ResolvedEvent.model_validate(resolved).question == ANSWER.question
    assert CitationsEvent.model_validate(citations).citations == answer.citations
    assert (whole, nothing) == (answer.model_dump(mode="json"), {})


def test_a_stream_is_declared_as_one_that_nobody_may_keep() -> None:
    """Neither caches nor proxies hold events back, and no length is promised."""
    headers = ApiClient().post("/v1/chat", ASKED).headers
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")
    assert "content-length" not in headers


def test_a_silence_is_streamed_like_an_answer() -> None:
    """Without an answer there are no citations, and the same events."""
    events = events_of(ApiClient().post("/v1/chat", {"question": "Why?", "stream": True}).text)
    assert [name for name, _ in events] == ["resolved", "citations", "answer", "done"]
    assert (events[1][1]["citations"], events[2][1]["outcome"]) == ([], "no_answer")


@pytest.mark.parametrize(
    ("body", "status"),
    [({"question": "word " * 21}, 422), ({"question": "When?", "document_ids": ["none"]}, 404), ({}, 422)],
)
def test_what_is_wrong_from_the_start_is_an_ordinary_problem(body: dict[str, Any], status: int) -> None:
    """An error known before the stream begins has its status, as without streaming."""
    response = ApiClient().post("/v1/chat", body | {"stream": True})
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_a_long_wait_is_kept_alive_by_comments() -> None:
    """While nothing is known, comments show that the connection lives; the events follow."""
    engine = GatedEngine()
    api = ApiClient(engine, keep_alive_s=SILENCE_S)

    async def scenario() -> RawClient:
        client = RawClient(api.app, ASKED)
        asking = asyncio.create_task(client.call())
        await client.wait_for(b": keep-alive\n\n" * 2)
        engine.gate.set()
        await asking
        return client

    client = asyncio.run(scenario())
    assert [name for name, _ in events_of(client.body.decode())] == ["resolved", "citations", "answer", "done"]
    assert client.sent[-1] == {"type": "http.response.body", "body": b"", "more_body": False}


@pytest.mark.parametrize(
    ("failure", "status", "kind"),
    [
        (ModelRuntimeError("the reader failed; see the log"), 500, "urn:summitqa:error:model-runtime"),
        (QuestionError("not a question"), 422, "urn:summitqa:error:question"),
        (RuntimeError("secret"), 500, "about:blank"),
    ],
)
def test_what_breaks_midway_is_an_event(
    failure: Exception, status: int, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Once the stream has begun, the problem document comes as its last event, and tells no secrets."""
    engine = GatedEngine(failure=failure)
    api = ApiClient(engine, keep_alive_s=SILENCE_S)

    async def scenario() -> RawClient:
        client = RawClient(api.app, ASKED)
        asking = asyncio.create_task(client.call())
        await client.wait_for(b"keep-alive")
        engine.gate.set()
        await asking
        return client

    with caplog.at_level(logging.ERROR):
        client = asyncio.run(scenario())
    ((name, problem),) = events_of(client.body.decode())
    assert (name, problem["status"], problem["type"]) == ("error", status, kind)
    assert "secret" not in client.body.decode()
    assert client.sent[-1]["more_body"] is False
    assert len(caplog.records) == (1 if status == 500 else 0)


def test_a_client_that_leaves_a_stream_drops_its_question(caplog: pytest.LogCaptureFixture) -> None:
    """A question that still waits when its client hangs up is never asked, its place is free, and nothing is logged."""
    engine = GatedEngine()
    api = ApiClient(engine, workers=1, queue_size=1, keep_alive_s=SILENCE_S)

    async def scenario() -> RawClient:
        first, second = RawClient(api.app, ASKED), RawClient(api.app, {"question": "second", "stream": True})
        answering = asyncio.create_task(first.call())
        await asyncio.to_thread(engine.started.wait)
        waiting = asyncio.create_task(second.call())
        await second.wait_for(b"keep-alive")
        second.leave()
        await waiting
        assert service_of(api).pool.taken == 1
        engine.gate.set()
        await answering
        return second

    with caplog.at_level(logging.WARNING):
        second = asyncio.run(scenario())
    service_of(api).pool.close()
    assert second.sent[0]["status"] == 200
    assert events_of(second.body.decode()) == []
    assert [question for question, _ in engine.asked] == [ASKED["question"]]
    assert caplog.records == []


def test_a_client_that_leaves_before_the_stream_begins_is_no_error() -> None:
    """Hanging up at once ends the request as it does without streaming."""
    engine = GatedEngine()
    api = ApiClient(engine, workers=1)

    async def scenario() -> RawClient:
        client = RawClient(api.app, ASKED)
        asking = asyncio.create_task(client.call())
        await wait_for_places(api, 1)
        client.leave()
        await asking
        engine.gate.set()
        return client

    assert asyncio.run(scenario()).sent[0]["status"] == 499
    service_of(api).pool.close()


def test_many_streams_at_once_are_answered_or_told_to_wait() -> None:
    """Of 64 streams asked for together, those that find a place are answered whole, the others are 503 at once."""
    engine = GatedEngine()
    api = ApiClient(engine, workers=2, queue_size=30)

    async def scenario() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(api.app), base_url="http://testserver") as client:
            asking = [asyncio.create_task(client.post("/v1/chat", json=ASKED)) for _ in range(64)]
            refused = [await done for _, done in zip(range(32), asyncio.as_completed(asking), strict=False)]
            assert {response.status_code for response in refused} == {503}
            engine.gate.set()
            return await asyncio.gather(*asking)

    responses = asyncio.run(scenario())
    answered = [response for response in responses if response.status_code == 200]
    assert len(answered) == 32
    assert {events_of(response.text)[-1][0] for response in answered} == {"done"}
    assert {response.status_code for response in responses} == {200, 503}
    assert service_of(api).pool.taken == 0


def test_a_client_that_does_not_read_holds_up_nobody() -> None:
    """While one client leaves its stream unread, others are answered; it finds its whole stream when it reads."""
    body = json.dumps(ASKED).encode()
    head = f"POST /v1/chat HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    with serving(create_app(FakeEngine(), workers=1, queue_size=0)) as url:
        address = (httpx.URL(url).host, httpx.URL(url).port or 0)
        with socket.create_connection(address) as slow:
            slow.sendall(head.encode() + b"Connection: close\r\n\r\n" + body)
            with httpx.Client(base_url=url) as client:
                for _ in range(5):
                    while client.post("/v1/chat", json=ASKED).status_code == 503:
                        continue  # the slow client's own question is still being answered
            with slow.makefile("rb") as reader:
                assert b"event: done\ndata: {}\n\n" in reader.read()


def test_a_client_that_hangs_up_leaves_the_server_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    """Connections broken off in the middle of a stream end without a traceback, and the next question is answered."""
    engine = GatedEngine()
    with caplog.at_level(logging.WARNING), serving(create_app(engine, keep_alive_s=SILENCE_S)) as url:
        with httpx.Client(base_url=url) as client, client.stream("POST", "/v1/chat", json=ASKED) as response:
            assert next(response.iter_lines()) == ": keep-alive"
        engine.gate.set()
        assert httpx.post(f"{url}/v1/chat", json={"question": "again"}).status_code == 200
    assert caplog.records == []
