"""What a client can get wrong: each gets a 4xx problem document that says what and where."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from api_fakes import ApiClient

LONG = "word " * 21


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()


def check_problem(response: httpx.Response, status: int, detail: str) -> dict[str, Any]:
    """Check the parts that every problem document has, and return it."""
    problem: dict[str, Any] = response.json()
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, problem["status"]) == (status, status)
    assert detail in problem["detail"]
    assert "\n" not in problem["detail"]
    assert problem["request_id"] == response.headers["x-request-id"]
    return problem


@pytest.mark.parametrize(
    ("body", "pointer", "detail"),
    [
        ({"question": ""}, "#/question", "question: must not be empty"),
        ({"question": " \n\t"}, "#/question", "question: must not be empty"),
        ({"question": 5}, "#/question", "question: must be a string"),
        ({"question": ["x"]}, "#/question", "question: must be a string"),
        ({"question": True}, "#/question", "question: must be a string"),
        ({"question": "a\0b"}, "#/question", "question: holds the unprintable character U+0000 at position 1"),
        ({"question": "\x7f"}, "#/question", "question: holds the unprintable character U+007F at position 0"),
        ({"question": LONG}, "#/question", "more than 20 words"),
        ({"question": "x", "quesiton": "y"}, "#/quesiton", "quesiton: unknown field"),
        ({"question": "x", "a/b~c": 1}, "#/a~1b~0c", "a/b~c: unknown field"),
        ({"question": "x", "stream": "yes"}, "#/stream", "stream: must be a valid boolean"),
        ({"question": "x", "document_ids": []}, "#/document_ids", "document_ids: "),
        ({"question": "x", "document_ids": "notes"}, "#/document_ids", "document_ids: must be a valid list"),
        ({"question": "x", "document_ids": ["notes", 1]}, "#/document_ids/1", "document_ids.1: must be a string"),
        ({}, "#", "exactly one of"),
        ({"question": None}, "#", "exactly one of"),
        ({"question": "x", "messages": [{"role": "user", "content": "y"}]}, "#", "exactly one of"),
        ({"messages": []}, "#/messages", 'must end with a message of the role "user"'),
        ({"messages": [{"role": "assistant", "content": "y"}]}, "#/messages", "must end with a message"),
        ({"messages": [{"role": "user", "content": " "}]}, "#/messages", "must not be empty"),
        ({"messages": [{"role": "user"}]}, "#/messages/0/content", "messages.0.content: required"),
        ({"messages": [{"role": "tool", "content": "y"}]}, "#/messages/0/role", "messages.0.role: must be"),
        ({"messages": [{"role": "user", "content": "y", "name": "z"}]}, "#/messages/0/name", "unknown field"),
        ({"messages": [{"role": "user", "content": LONG}]}, "#/messages/0/content", "more than 20 words"),
        ([], "#", "the body: must be a JSON object"),
        ("x", "#", "the body: must be a JSON object"),
        (5, "#", "the body: must be a JSON object"),
    ],
)
def test_a_wrong_question_names_the_field(api: ApiClient, body: object, pointer: str, detail: str) -> None:
    """A body of the wrong form is 422 with a pointer to the field; the engine is not asked."""
    problem = check_problem(api.post("/v1/chat", body), 422, detail)
    assert problem["errors"][0]["pointer"] == pointer
    assert api.engine.asked == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/question"),
        ({"question": "x", "k": 0}, "#/k"),
        ({"question": "x", "k": 101}, "#/k"),
        ({"question": "x", "k": 1.5}, "#/k"),
        ({"question": "x", "k": "5"}, "#/k"),
        ({"question": "x", "k": True}, "#/k"),
        ({"question": "x", "k": 10**30}, "#/k"),
        ({"question": LONG}, "#/question"),
        ({"query": "x", "question": "x"}, "#/query"),
    ],
)
def test_a_wrong_search_names_the_field(api: ApiClient, body: object, pointer: str) -> None:
    """A search is checked as strictly as a question."""
    assert check_problem(api.post("/v1/search", body), 422, "")["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"start_char_index": -1}, "#/start_char_index"),
        ({"start_char_index": 6}, "#"),
        ({"end_char_index": 2**31}, "#/end_char_index"),
        ({"cited_text": ""}, "#/cited_text"),
        ({"document_id": ""}, "#/document_id"),
        ({"document_sha256": "abc"}, "#/document_sha256"),
        ({"prefix": "x" * 201}, "#/prefix"),
        ({"quote": "x"}, "#/quote"),
    ],
)
def test_a_wrong_quote_names_the_field(api: ApiClient, change: dict[str, object], pointer: str) -> None:
    """A quote to verify is checked before the engine sees it."""
    quote = {"document_id": "notes", "start_char_index": 0, "end_char_index": 5, "cited_text": "Notes"}
    assert check_problem(api.post("/v1/verify", quote | change), 422, "")["errors"][0]["pointer"] == pointer
    assert api.engine.verified == []


@pytest.mark.parametrize("field", ["question", "cited_text", "prefix", "document_id"])
def test_half_a_surrogate_pair_is_refused(api: ApiClient, field: str) -> None:
    """JSON can write a string that no text can hold; it never reaches the engine."""
    path = "/v1/chat" if field == "question" else "/v1/verify"
    rest = "" if field == "question" else ', "start_char_index": 0, "end_char_index": 1'
    response = api.post_raw(path, f'{{"{field}": "\\ud800"{rest}}}'.encode())
    assert f"#/{field}" in [error["pointer"] for error in check_problem(response, 422, "")["errors"]]


def test_half_a_surrogate_pair_as_a_key_is_refused(api: ApiClient) -> None:
    """The name of a field is checked too, and the problem document is still UTF-8."""
    check_problem(api.post_raw("/v1/chat", b'{"question": "x", "\\udfff": 1}'), 422, "surrogate")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "the body is empty"),
        (b"{", "the body is not JSON"),
        (b"question=x", "the body is not JSON"),
        (b'{"question": "\xff"}', "the body is not JSON in UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"question": ' + b"9" * 5000 + b"}", "too large a number"),
    ],
)
def test_a_body_that_is_not_json_is_400(api: ApiClient, body: bytes, detail: str) -> None:
    """A body that cannot be parsed is told apart from one with wrong fields."""
    check_problem(api.post_raw("/v1/chat", body), 400, detail)


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "text/json", "json", "application/json\xff"]
)
def test_a_body_not_declared_as_json_is_415(api: ApiClient, content_type: str) -> None:
    """Other content types are refused, also if the body would be JSON."""
    headers = {"Content-Type": content_type.encode("latin-1")}
    check_problem(api.call("POST", "/v1/chat", content=b'{"question": "x"}', headers=headers), 415, "application/json")


def test_a_body_over_the_limit_is_413() -> None:
    """A body that is announced to be too large is refused."""
    api = ApiClient(max_body_bytes=100)
    check_problem(api.post("/v1/chat", {"question": "x" * 100}), 413, "larger than 100 bytes")


def test_a_body_at_the_limit_is_read() -> None:
    """The limit itself is allowed."""
    body = b'{"question": "x"}'
    assert ApiClient(max_body_bytes=len(body)).post_raw("/v1/chat", body).status_code == 200
    assert ApiClient(max_body_bytes=len(body) - 1).post_raw("/v1/chat", body).status_code == 413


def test_a_chunked_body_over_the_limit_is_413() -> None:
    """A body without an announced length is counted while it arrives."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b'"' + b"x" * 9

    api = ApiClient(max_body_bytes=100)
    response = api.call("POST", "/v1/chat", content=chunks(), headers={"Content-Type": "application/json"})
    check_problem(response, 413, "larger than 100 bytes")


@pytest.mark.parametrize("path", ["/v1/documents/gone", "/v1/documents/gone/text", "/v1/documents/%00"])
def test_an_unknown_document_is_404(api: ApiClient, path: str) -> None:
    """A wrong document id is named."""
    problem = check_problem(api.get(path), 404, "no document")
    assert (problem["type"], problem["instance"]) == ("urn:summitqa:error:document-not-found", path)


def test_a_question_to_an_unknown_document_is_404(api: ApiClient) -> None:
    """A wrong document id in a question is named as well."""
    check_problem(api.post("/v1/chat", {"question": "x", "document_ids": ["gone"]}), 404, 'no document "gone"')


@pytest.mark.parametrize("path", ["/nothing", "/v1/", "/docs", "/redoc", "/v1/chat/", "/static/../app.py", "/%ff"])
def test_an_unknown_route_is_404(api: ApiClient, path: str) -> None:
    """What is not there is a problem document too."""
    check_problem(api.get(path), 404, "there is nothing at")


def test_a_wrong_method_is_405(api: ApiClient) -> None:
    """A wrong method names the right ones."""
    response = api.get("/v1/chat")
    check_problem(response, 405, "GET is not allowed at /v1/chat")
    assert response.headers["allow"] == "POST"


def test_many_errors_are_told_in_one_line(api: ApiClient) -> None:
    """The first wrong field is told in words, the others are counted and listed up to twenty."""
    body = {"question": "x"} | {f"field{i}": i for i in range(30)}
    problem = check_problem(api.post("/v1/chat", body), 422, "field0: unknown field; remove it (and 29 more)")
    assert len(problem["errors"]) == 20
