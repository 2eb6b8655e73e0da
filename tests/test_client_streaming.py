"""Streams and the client for asyncio, against the real application and against servers that misbehave."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from api_fakes import ANSWER, NO_ANSWER, NOTES, PASSAGE, STATE, TEXT, FakeEngine
from leaving import GatedEngine
from loopback import serving
from summitqa import __version__
from summitqa.api import create_app
from summitqa.api.streaming import render_answer
from summitqa.client import BACK_OFF_S, AsyncClient, Client, EventDecoder, ask_call
from summitqa.errors import (
    ModelRuntimeError,
    RemoteError,
    RemoteProblemError,
    RemoteTimeoutError,
    UnknownServerError,
    UnreachableServerError,
)
from summitqa.schemas import AnswerResponse, answer_to_json, index_to_json, passage_to_json
from summitqa.schemas.events import AnswerEvent, citations_of, resolved_of
from summitqa.types import Turn

URL = "http://testserver"
STREAM = {"Content-Type": "text/event-stream; charset=utf-8"}
WHOLE = answer_to_json(ANSWER)
EVENTS = [resolved_of(WHOLE), citations_of(WHOLE), WHOLE]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Give the address of a fake engine's server."""
    with serving(create_app(FakeEngine())) as url:
        yield url


Stream = Callable[[list[httpx.Response | Exception], list[float]], list[AnswerEvent]]


def handler_of(responses: list[httpx.Response | Exception]) -> Callable[[httpx.Request], httpx.Response]:
    """Return what answers with *responses*, one after the other."""

    def handle(_request: httpx.Request) -> httpx.Response:
        response = responses.pop(0)
        if isinstance(response, Exception):
            raise response
        return response

    return handle


def stream_blocking(responses: list[httpx.Response | Exception], waits: list[float]) -> list[AnswerEvent]:
    """Ask with the client that waits."""
    with Client(URL, transport=httpx.MockTransport(handler_of(responses)), sleep=waits.append) as client:
        return list(client.stream("When?"))


def stream_async(responses: list[httpx.Response | Exception], waits: list[float]) -> list[AnswerEvent]:
    """Ask with the client for asyncio."""

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def ask() -> list[AnswerEvent]:
        transport = httpx.MockTransport(handler_of(responses))
        async with AsyncClient(URL, transport=transport, sleep=sleep) as client:
            return [event async for event in client.stream("When?")]

    return asyncio.run(ask())


both = pytest.mark.parametrize("stream", [stream_blocking, stream_async])


def busy() -> httpx.Response:
    """Return a refusal."""
    return httpx.Response(503, headers={"Content-Type": "application/problem+json"}, json={"detail": "busy"})


def whole(answer: AnswerResponse = WHOLE) -> bytes:
    """Return the bytes of a whole stream."""
    return b": keep-alive\n\n" + b"".join(render_answer(answer))


def test_a_stream_gives_typed_events_in_order(url: str) -> None:
    """What was understood, what is quoted, and the whole answer come one by one, from a real server."""
    with Client(url) as client:
        assert list(client.stream(ANSWER.question)) == EVENTS


def test_a_stream_can_be_awaited(url: str) -> None:
    """The client for asyncio gives the same events."""

    async def ask() -> list[AnswerEvent]:
        async with AsyncClient(url) as client:
            return [event async for event in client.stream(ANSWER.question)]

    assert asyncio.run(ask()) == EVENTS


@both
def test_a_busy_server_and_a_lost_connection_are_tried_again(stream: Stream) -> None:
    """Before the first event, a stream is asked for again like anything else."""
    waits: list[float] = []
    lost = httpx.ConnectError("refused")
    answers: list[httpx.Response | Exception] = [busy(), lost, httpx.Response(200, headers=STREAM, content=whole())]
    assert stream(answers, waits) == EVENTS
    assert waits == [BACK_OFF_S, 2 * BACK_OFF_S]


@both
def test_a_problem_instead_of_a_stream_is_raised(stream: Stream) -> None:
    """A refusal has no events; the error carries the problem document."""
    with pytest.raises(RemoteProblemError, match="busy") as caught:
        stream([busy(), busy(), busy()], [])
    assert (caught.value.status, caught.value.problem) == (503, {"detail": "busy"})


@both
@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b'event: error\ndata: {"detail": "the reader failed", "status": 500}\n\n', RemoteProblemError),
        (b"event: error\ndata: {}\n\n", UnknownServerError),
        (b"event: error\n\n", UnknownServerError),
        (b"event: answer\ndata: {}\n\n", UnknownServerError),
        (b"event: answer\xff\ndata: {}\n\n", UnreachableServerError),
        (whole()[:-30], UnreachableServerError),
        (b"", UnreachableServerError),
    ],
)
def test_a_stream_that_breaks_is_an_error(stream: Stream, content: bytes, error: type[RemoteError]) -> None:
    """An error event, nonsense, and an end before the end are told apart, and never taken for an answer."""
    with pytest.raises(error):
        stream([httpx.Response(200, headers=STREAM, content=content)], [])


@both
def test_what_is_no_stream_is_not_from_summitqa(stream: Stream) -> None:
    """A page where events should be is named as such."""
    with pytest.raises(UnknownServerError, match="text/html"):
        stream([httpx.Response(200, html="<h1>It works!</h1>")], [])


@both
@pytest.mark.parametrize(
    ("failure", "error"),
    [(httpx.ReadTimeout("slow"), RemoteTimeoutError), (httpx.ReadError("lost"), UnreachableServerError)],
)
def test_a_connection_lost_midway_is_not_tried_again(
    stream: Stream, failure: httpx.TransportError, error: type[RemoteError]
) -> None:
    """Events that came are not asked for twice."""

    class Broken(httpx.AsyncByteStream, httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield whole()[:50]
            raise failure

        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield whole()[:50]
            raise failure

    waits: list[float] = []
    with pytest.raises(error):
        stream([httpx.Response(200, headers=STREAM, stream=Broken())], waits)
    assert waits == []


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_events_are_read_from_chunks_of_any_size(size: int) -> None:
    """Where the network cuts the bytes makes no difference, even inside a character or at a strange line end."""
    strange = WHOLE.model_copy(update={"text": "one\u2028two\u0085three\r\nfour 🙂"})
    decoder = EventDecoder(httpx.Response(200, headers=STREAM), ask_call("When?"), URL)
    content = whole(strange)
    events = [event for start in range(0, len(content), size) for event in decoder.feed(content[start : start + size])]
    decoder.finish()
    assert events == [resolved_of(strange), citations_of(strange), strange]


def test_events_and_fields_of_a_newer_server_are_left_out() -> None:
    """Unknown events are passed over, unknown fields dropped."""
    newer = json.dumps(WHOLE.model_dump(mode="json") | {"mood": "good"})
    content = f"event: mood\ndata: 1\n\nevent: answer\ndata: {newer}\n\nevent: done\ndata: {{}}\n\n"
    assert stream_blocking([httpx.Response(200, headers=STREAM, content=content.encode())], []) == [WHOLE]


def test_an_error_event_of_a_real_server_is_raised() -> None:
    """A failure after the stream has begun reaches the caller with its problem document."""
    engine = GatedEngine(failure=ModelRuntimeError("the reader failed"))
    with serving(create_app(engine, keep_alive_s=0.001)) as url, Client(url) as client:
        engine.gate.set()
        with pytest.raises(RemoteProblemError, match="the reader failed") as caught:
            list(client.stream("When?"))
    assert (caught.value.status, caught.value.problem["type"]) == (500, "urn:summitqa:error:model-runtime")


def test_leaving_a_stream_hangs_up() -> None:
    """Whoever takes the first event only can go on with the same client."""
    with serving(create_app(FakeEngine(), workers=1, queue_size=1)) as url, Client(url) as client:
        events = client.stream("When?")
        assert next(events) == resolved_of(WHOLE.model_copy(update={"question": "When?"}))
        events.close()
        assert client.version() == __version__


def test_every_way_to_ask_is_sent() -> None:
    """History with answers, resolution, documents, budget and streaming have their fields; defaults are left out."""
    body = ask_call(
        "And now?", [Turn("Before?", "Then. [1]"), Turn("Who?"), "Why?"], resolve=False, budget_ms=50, stream=True
    ).body
    assert body == {
        "messages": [
            {"role": "user", "content": "Before?"},
            {"role": "assistant", "content": "Then. [1]"},
            {"role": "user", "content": "Who?"},
            {"role": "user", "content": "Why?"},
            {"role": "user", "content": "And now?"},
        ],
        "resolve": False,
        "budget_ms": 50,
        "stream": True,
    }


def test_the_client_for_asyncio_has_every_route(url: str) -> None:
    """Each method gives what the one that waits gives."""

    async def ask() -> dict[str, Any]:
        async with AsyncClient(url) as client:
            return {
                "answered": await client.ask(ANSWER.question, history=["Before?"], resolve=False),
                "silent": await client.ask("Why?"),
                "found": (await client.search("lighthouse", k=3)).passages,
                "verified": (await client.verify("notes", 8, 48, TEXT[8:48])).status,
                "documents": [one.id for one in await client.documents()],
                "document": (await client.document("notes")).sha256,
                "text": await client.document_text("notes"),
                "version": await client.version(),
                "index": await client.ready(),
            }

    assert asyncio.run(ask()) == {
        "answered": WHOLE,
        "silent": answer_to_json(NO_ANSWER),
        "found": [passage_to_json(PASSAGE)],
        "verified": "valid",
        "documents": ["notes"],
        "document": NOTES.sha256,
        "text": TEXT,
        "version": __version__,
        "index": index_to_json(STATE),
    }


def test_both_clients_have_the_same_methods() -> None:
    """What one client can, the other can."""
    assert {name for name in vars(Client) if name[0] != "_"} == {name for name in vars(AsyncClient) if name[0] != "_"}
