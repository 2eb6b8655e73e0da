"""The API's routes when everything is as it should be."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

import pytest

from api_fakes import ANSWER, CITATION, NO_ANSWER, NOTES, TEXT, ApiClient, FakeEngine
from summitqa import __version__
from summitqa.schemas import answer_to_json, citation_to_json
from summitqa.types import Span


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()


def test_a_question_is_answered(api: ApiClient) -> None:
    """A question alone gets the answer in the shape of every surface."""
    response = api.post("/v1/chat", {"question": ANSWER.question})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")
    assert response.json() == answer_to_json(ANSWER).model_dump()


def test_the_same_question_gives_the_same_bytes(api: ApiClient) -> None:
    """Two answers to one question are equal byte for byte."""
    assert api.post("/v1/chat", {"question": "x"}).content == api.post("/v1/chat", {"question": "x"}).content


def test_no_answer_is_200_without_citations(api: ApiClient) -> None:
    """That the documents don't say is a result, not an error."""
    response = api.post("/v1/chat", {"question": NO_ANSWER.question})
    assert (response.status_code, response.json()) == (200, answer_to_json(NO_ANSWER).model_dump())


def test_the_last_message_is_the_question(api: ApiClient) -> None:
    """Of a conversation, the last message is asked; the turns before it are accepted."""
    turns = [("system", "Be brief."), ("user", "When?"), ("assistant", ""), ("user", "And where?")]
    response = api.post("/v1/chat", {"messages": [{"role": role, "content": text} for role, text in turns]})
    assert response.status_code == 200
    assert api.engine.asked == [("And where?", None)]


def test_documents_can_be_chosen(api: ApiClient) -> None:
    """The chosen documents reach the engine."""
    assert api.post("/v1/chat", {"question": "x", "document_ids": ["notes"], "stream": False}).status_code == 200
    assert api.engine.asked == [("x", ["notes"])]


def test_line_breaks_and_emoji_are_part_of_a_question(api: ApiClient) -> None:
    """White space and any letter reach the engine as they were sent."""
    api.post("/v1/chat", {"question": "Où\tist\n🙂?"})
    assert api.engine.asked == [("Où\tist\n🙂?", None)]


def test_a_parameter_of_the_content_type_is_fine(api: ApiClient) -> None:
    """JSON declared with a charset is JSON."""
    assert api.post_raw("/v1/chat", b'{"question": "x"}', "application/json; charset=utf-8").status_code == 200


def test_search_returns_passages(api: ApiClient) -> None:
    """A search gives the passages with their scores and the state of the index."""
    body = api.post("/v1/search", {"question": "lighthouse", "k": 1}).json()
    assert (body["question"], len(body["passages"]), body["index"]["generation"]) == ("lighthouse", 1, 3)
    assert body["passages"][0]["url"] == "/documents/notes#char=8,48"


def test_a_whole_citation_can_be_verified(api: ApiClient) -> None:
    """A citation can be sent back as an answer gave it; what is needed of it reaches the engine."""
    response = api.post("/v1/verify", citation_to_json(CITATION).model_dump())
    assert (response.status_code, response.json()["status"]) == (200, "valid")
    assert api.engine.verified == [("notes", Span(8, 48), CITATION.cited_text, CITATION.prefix, CITATION.suffix)]


@pytest.mark.parametrize(
    ("document_id", "status"), [("notes", "stale"), ("gone", "unknown_document")], ids=["stale", "unknown"]
)
def test_a_quote_that_does_not_stand_is_a_status(api: ApiClient, document_id: str, status: str) -> None:
    """Neither a changed text nor an unknown document is an error of verification."""
    quote = {"document_id": document_id, "start_char_index": 0, "end_char_index": 5, "cited_text": "other"}
    response = api.post("/v1/verify", quote)
    assert (response.status_code, response.json()["status"], response.json()["url"]) == (200, status, None)


def test_documents_are_listed(api: ApiClient) -> None:
    """The list names every document with its digest, size and page; this one's file is nowhere, so it has no date."""
    assert api.get("/v1/documents").json() == {
        "documents": [
            {
                "id": "notes",
                "title": "Notes 🙂",
                "sha256": NOTES.sha256,
                "source": "notes.txt",
                "n_characters": len(TEXT),
                "n_passages": 2,
                "modified": None,
                "url": "/documents/notes",
            }
        ],
        "suggestions": [ANSWER.question],
    }


def test_a_document_shows_its_blocks(api: ApiClient) -> None:
    """A document is described by its blocks with their offsets."""
    body = api.get("/v1/documents/notes").json()
    assert [block["kind"] for block in body["blocks"]] == ["heading", "paragraph", "table_row", "table_row"]
    assert (body["blocks"][1]["start_char_index"], body["blocks"][1]["end_char_index"]) == (8, 48)


def test_the_canonical_text_is_exact(api: ApiClient) -> None:
    """The text is served as UTF-8 with nothing added, and its ETag is the digest of the bytes."""
    response = api.get("/v1/documents/notes/text")
    assert response.content == TEXT.encode()
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["etag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'


@pytest.mark.parametrize("tags", [f'"{NOTES.sha256}"', f'"old", W/"{NOTES.sha256}"', "*"])
def test_a_text_the_client_holds_is_not_sent_again(api: ApiClient, tags: str) -> None:
    """If-None-Match with the digest gets 304 and no body."""
    response = api.get("/v1/documents/notes/text", headers={"If-None-Match": tags})
    assert (response.status_code, response.content) == (304, b"")


def test_a_text_that_changed_is_sent(api: ApiClient) -> None:
    """If-None-Match with another digest gets the text."""
    assert api.get("/v1/documents/notes/text", headers={"If-None-Match": '"old"'}).content == TEXT.encode()


def test_the_process_is_alive_even_without_an_index() -> None:
    """Liveness does not depend on the index."""
    assert ApiClient(FakeEngine(closed=True)).get("/healthz").json() == {"status": "alive"}


def test_an_open_index_is_ready(api: ApiClient) -> None:
    """Readiness tells the generation and the models."""
    assert api.get("/readyz").json() == {
        "status": "ready",
        "index": {"generation": 3, "encoder": "hashing-512", "reader": "fake"},
    }


def test_a_closed_index_is_not_ready() -> None:
    """Without an index readiness is 503 and says why."""
    response = ApiClient(FakeEngine(closed=True)).get("/readyz")
    assert (response.status_code, response.json()["type"]) == (503, "urn:summitqa:error:index-not-found")


def test_the_version_is_the_packages(api: ApiClient) -> None:
    """The version is that of the package."""
    assert api.get("/version").json() == {"name": "summitqa", "version": __version__}


def test_a_request_id_is_echoed(api: ApiClient) -> None:
    """A client's request id comes back."""
    assert api.get("/healthz", headers={"X-Request-ID": "abc-1.2_3"}).headers["x-request-id"] == "abc-1.2_3"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "a;b"])
def test_an_unfit_request_id_is_replaced(api: ApiClient, given: str) -> None:
    """An id that is not fit for a header and a log line is not used."""
    new = api.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (len(new), new.isalnum()) == (32, True)


def test_the_access_log_holds_no_question(api: ApiClient, caplog: pytest.LogCaptureFixture) -> None:
    """One line a request: method, path, status, time, id; neither the body nor the query string."""
    caplog.set_level(logging.INFO, "summitqa.access")
    api.call(
        "POST", "/v1/chat?q=secret", json={"question": "secret plans"}, headers={"X-Request-ID": "id-1"}
    ).raise_for_status()
    (record,) = caplog.records
    arguments: Any = record.args
    assert arguments[:3] == ("POST", "/v1/chat", 200)
    assert arguments[4] == "id-1"
    assert "secret" not in record.getMessage()


def test_the_access_log_stays_on_one_line(api: ApiClient, caplog: pytest.LogCaptureFixture) -> None:
    """A line break in a path is written in its encoded form."""
    caplog.set_level(logging.INFO, "summitqa.access")
    api.get("/a%0Ab")
    assert "GET /a%0Ab 404" in caplog.text
