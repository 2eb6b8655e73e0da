"""The HTTP client, against the real application and against servers that misbehave."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from api_fakes import ANSWER, NO_ANSWER, NOTES, PASSAGE, STATE, TEXT, FakeEngine
from loopback import serving
from summitqa import __version__
from summitqa.api import create_app
from summitqa.client import BACK_OFF_S, MAX_WAIT_S, Client, ask_call, wait_s
from summitqa.errors import RemoteError, RemoteProblemError, RemoteTimeoutError, UnknownServerError
from summitqa.errors import UnreachableServerError as Unreachable
from summitqa.schemas import answer_to_json, document_info_to_json, document_to_json, index_to_json, passage_to_json

URL = "http://testserver"
VERSION = {"name": "summitqa", "version": "9"}
BUSY = {"type": "urn:summitqa:error:overloaded", "status": 503, "detail": "busy; try again"}

Handler = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Give a client of a fake engine behind a real server."""
    with serving(create_app(FakeEngine())) as url, Client(url) as client:
        yield client


def answering(*responses: httpx.Response | Exception, waits: list[float] | None = None, **options: Any) -> Client:
    """Return a client whose server gives *responses* one after the other; its waits are noted, not waited."""
    left = list(responses)

    def handle(_request: httpx.Request) -> httpx.Response:
        response = left.pop(0)
        if isinstance(response, Exception):
            raise response
        return response

    noted = waits if waits is not None else []
    return Client(URL, transport=httpx.MockTransport(handle), sleep=noted.append, **options)


def problem(status: int, document: Any, headers: dict[str, str] | None = None) -> httpx.Response:
    """Return a response with a problem document."""
    kind = {"Content-Type": "application/problem+json"}
    return httpx.Response(status, headers=kind | (headers or {}), content=json.dumps(document))


def test_an_answer_comes_as_the_model_the_server_gives_out(client: Client) -> None:
    """What the engine answered is what the client returns."""
    question = ANSWER.question
    assert client.ask(question) == answer_to_json(ANSWER)
    assert client.ask("Why?") == answer_to_json(NO_ANSWER)


def test_earlier_turns_and_documents_are_sent() -> None:
    """A question with history is a conversation of the user's turns; one without is a plain question."""
    assert ask_call("And now?", ["Before?"], ["notes"]).body == {
        "messages": [{"role": "user", "content": "Before?"}, {"role": "user", "content": "And now?"}],
        "document_ids": ["notes"],
    }
    assert ask_call("Now?", (), None).body == {"question": "Now?"}


def test_every_route_has_its_method(client: Client) -> None:
    """Search, verify, documents, text, version and readiness give what the engine has."""
    found = client.search("lighthouse", k=3)
    assert (found.passages, found.index) == ([passage_to_json(PASSAGE)], index_to_json(STATE))
    assert client.verify("notes", 8, 48, TEXT[8:48]).status == "valid"
    assert client.documents() == [document_info_to_json(FakeEngine().documents()[0])]
    assert client.document("notes") == document_to_json(NOTES)
    assert client.document_text("notes") == TEXT
    assert (client.version(), client.ready()) == (__version__, index_to_json(STATE))


def test_a_document_id_is_a_single_segment_of_the_path() -> None:
    """Slashes, spaces and question marks in an id are percent-encoded."""
    seen: list[bytes] = []

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(200, text="x")

    Client(URL, transport=httpx.MockTransport(handle)).document_text("a/b c?")
    assert seen == [b"/v1/documents/a%2Fb%20c%3F/text"]


def test_a_problem_is_carried_whole(client: Client) -> None:
    """The error says what the server said, and holds status and problem document."""
    with pytest.raises(RemoteProblemError, match="more than 20 words") as caught:
        client.ask("word " * 21)
    assert (caught.value.status, caught.value.problem["type"]) == (422, "urn:summitqa:error:question")
    assert caught.value.problem["errors"][0]["pointer"] == "#/question"
    with pytest.raises(RemoteProblemError) as missing:
        client.document("none")
    assert missing.value.status == 404


def test_a_busy_server_is_asked_again_when_it_says() -> None:
    """A 503 is tried again after the seconds of Retry-After, or else after a wait that doubles."""
    waits: list[float] = []
    busy = [problem(503, BUSY, {"Retry-After": "7"}), problem(503, BUSY)]
    assert answering(*busy, httpx.Response(200, json=VERSION), waits=waits).version() == "9"
    assert waits == [7.0, 2 * BACK_OFF_S]


def test_a_server_that_stays_busy_is_given_up() -> None:
    """After the last attempt the problem is raised."""
    waits: list[float] = []
    with pytest.raises(RemoteProblemError, match="busy; try again"):
        answering(*[problem(503, BUSY)] * 3, waits=waits).version()
    assert len(waits) == 2


def test_fewer_attempts_than_one_are_refused_at_once() -> None:
    """A mistake in code is told where it is made."""
    with pytest.raises(ValueError, match="retries is 0 or more, not -1"):
        Client("http://testserver", retries=-1)


def test_a_lost_connection_is_tried_again() -> None:
    """Connections that fail to open or break off are worth another attempt."""
    waits: list[float] = []
    lost = [httpx.ConnectError("refused"), httpx.RemoteProtocolError("broke off")]
    assert answering(*lost, httpx.Response(200, json=VERSION), waits=waits).version() == "9"
    assert waits == [BACK_OFF_S, 2 * BACK_OFF_S]


@pytest.mark.parametrize("status", [400, 404, 422, 500, 502])
def test_nothing_else_is_tried_again(status: int) -> None:
    """Any other error is raised at once."""
    waits: list[float] = []
    with pytest.raises(RemoteProblemError, match="no"):
        answering(problem(status, {"detail": "no"}), waits=waits).version()
    assert waits == []


def test_a_slow_server_is_an_error_of_its_own() -> None:
    """A timeout is not tried again, and is a TimeoutError too."""
    waits: list[float] = []
    with pytest.raises(RemoteTimeoutError, match=r"no answer within 2\.5 s; ask again") as caught:
        answering(httpx.ReadTimeout("slow"), waits=waits, timeout_s=2.5).version()
    assert isinstance(caught.value, TimeoutError)
    assert waits == []


def test_where_nothing_listens_is_told_in_one_line() -> None:
    """An address without a server says what to do."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with Client(f"http://127.0.0.1:{port}", retries=0) as client, pytest.raises(Unreachable) as caught:
        client.version()
    assert str(caught.value).startswith(f"http://127.0.0.1:{port}: no server answers there (")
    assert str(caught.value).endswith('start one with "summitqa serve", or name another address')
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "localhost:8000", "ftp://host", "http://", "http://host:port", "notes"])
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    """A wrong address is told before anything is sent."""
    with pytest.raises(Unreachable, match="not an address; write one such as http://127"):
        Client(url)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, html="<h1>It works!</h1>"),
        httpx.Response(200, json={"name": "another", "version": "1"}),
        httpx.Response(200, json=[]),
        httpx.Response(404, text="not found"),
        httpx.Response(302, headers={"Location": "/login"}),
        httpx.Response(404, headers={"Content-Type": "application/problem+json"}, text="{"),
    ],
)
def test_another_server_is_recognised(response: httpx.Response) -> None:
    """What does not answer as summitqa does is named as such, in one line."""
    with pytest.raises(UnknownServerError, match=r"http://testserver: is not a summitqa server.*GET /version gave"):
        answering(response).version()


def test_text_that_is_no_utf8_is_not_from_summitqa() -> None:
    """A document's text is decoded strictly."""
    with pytest.raises(UnknownServerError):
        answering(httpx.Response(200, content=b"\xff")).document_text("notes")


def test_an_error_without_a_problem_document_is_still_told() -> None:
    """A gateway's error page names the request and the status."""
    with pytest.raises(RemoteProblemError, match="answered GET /version with status 502") as caught:
        answering(httpx.Response(502, html="<h1>Bad gateway</h1>")).version()
    assert (caught.value.status, caught.value.problem) == (502, {})


def test_fields_of_a_newer_server_are_left_out() -> None:
    """An answer with unknown fields, nested ones too, is read without them."""
    newer = answer_to_json(ANSWER).model_dump(mode="json")
    newer["mood"] = newer["citations"][0]["mood"] = "good"
    assert answering(httpx.Response(200, json=newer)).ask("?") == answer_to_json(ANSWER)


def test_how_long_to_wait_is_seconds_or_a_date() -> None:
    """Both forms of Retry-After count, nonsense does not, and no server can make a client wait for ever."""
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    future = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    given = [wait_s(0, value) for value in ("3", past, future, "soon", None, "9" * 40)]
    assert given == [3.0, 0.0, MAX_WAIT_S, BACK_OFF_S, BACK_OFF_S, MAX_WAIT_S]


def test_every_error_of_the_client_is_a_remote_error() -> None:
    """Who asks over HTTP can catch one class."""
    assert all(issubclass(e, RemoteError) for e in (Unreachable, UnknownServerError, RemoteTimeoutError))
