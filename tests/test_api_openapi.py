"""The description of the API."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api_fakes import ApiClient
from summitqa.api.examples import (
    ANSWER_EXAMPLE,
    CHAT_EXAMPLES,
    COMPLETION_EXAMPLES,
    SEARCH_EXAMPLES,
    VERIFY_EXAMPLES,
)
from summitqa.api.openai_requests import CompletionRequest
from summitqa.api.problems import MEDIA_TYPE
from summitqa.api.requests import ChatRequest, SearchRequest, VerifyRequest
from summitqa.schemas import AnswerResponse
from summitqa.types import text_sha256

ARTICLE = (Path(__file__).parents[1] / "seeds" / "istanbul-peace-summit.txt").read_text("utf-8")


def describe() -> dict[str, Any]:
    """Return the description as a client gets it."""
    description: dict[str, Any] = ApiClient().get("/openapi.json").json()
    return description


def operations() -> dict[str, dict[str, Any]]:
    """Return the described operations by method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in describe()["paths"].items()
        for method, operation in methods.items()
    }


def test_the_description_lists_the_routes() -> None:
    """Every route of the API is described, the page is not."""
    assert list(operations()) == [
        "POST /v1/chat",
        "POST /v1/search",
        "POST /v1/verify",
        "POST /v1/chat/completions",
        "GET /v1/models",
        "GET /v1/models/{model}",
        "GET /v1/documents",
        "GET /v1/documents/{document_id}",
        "GET /v1/documents/{document_id}/text",
        "GET /healthz",
        "GET /readyz",
        "GET /version",
    ]


def test_every_operation_has_a_tag_a_summary_and_a_description() -> None:
    """A reader of the description finds words at every route."""
    for operation in operations().values():
        assert all(operation.get(key) for key in ("tags", "summary", "description"))


def test_every_error_is_described_as_a_problem() -> None:
    """Whatever is not a success is a problem document, on OpenAI's routes its envelope, unforeseen errors included."""
    for operation in operations().values():
        speaks_openai = operation["tags"] == ["openai"]
        errors = {code: response for code, response in operation["responses"].items() if code[0] not in "23"}
        assert "default" in errors
        for response in errors.values():
            (media_type,) = response["content"]
            schema = response["content"][media_type]["schema"]["$ref"].rpartition("/")[2]
            expected = ("application/json", "OpenAIErrorResponse") if speaks_openai else (MEDIA_TYPE, "Problem")
            assert (media_type, schema) == expected


def test_routes_that_do_work_say_that_they_can_fail() -> None:
    """500 and 503 are described wherever the engine is asked."""
    for name, operation in operations().items():
        if name not in {"GET /healthz", "GET /version", "GET /v1/models", "GET /v1/models/{model}"}:
            assert {"500", "503"} <= set(operation["responses"])


def test_the_frameworks_own_error_shape_is_not_described() -> None:
    """Only our own shape of validation errors is given out, so only that is described."""
    assert [name for name in describe()["components"]["schemas"] if "Validation" in name] == []


def test_the_description_is_made_once() -> None:
    """Asking twice gives the same description."""
    api = ApiClient()
    assert api.get("/openapi.json").content == api.get("/openapi.json").content


@pytest.mark.parametrize("example", CHAT_EXAMPLES.values())
def test_chat_examples_are_accepted(example: dict[str, Any]) -> None:
    """Each example of a question can be sent as it stands."""
    assert ChatRequest.model_validate(example["value"]).asked


def test_the_example_for_openai_clients_is_accepted() -> None:
    """The example of a completion can be sent as it stands."""
    assert CompletionRequest.model_validate(COMPLETION_EXAMPLES["question"]["value"]).to_chat().asked


def test_the_search_and_verify_examples_are_accepted() -> None:
    """The other examples can be sent as well, and the quote stands in the article."""
    assert SearchRequest.model_validate(SEARCH_EXAMPLES["search"]["value"]).k == 3
    quote = VerifyRequest.model_validate(VERIFY_EXAMPLES["quote"]["value"])
    assert ARTICLE[quote.start_char_index : quote.end_char_index] == quote.cited_text


def test_the_example_of_an_answer_is_true() -> None:
    """The example has the shape of an answer, and quotes the article where it says."""
    (citation,) = AnswerResponse.model_validate(ANSWER_EXAMPLE).citations
    (exact,) = citation.answer_spans
    start, end = citation.start_char_index, citation.end_char_index
    assert ARTICLE[start:end] == citation.cited_text
    assert ARTICLE[exact.start_char_index : exact.end_char_index] == exact.text
    assert (ARTICLE[:start].endswith(citation.prefix), ARTICLE[end:].startswith(citation.suffix)) == (True, True)
    assert citation.document_sha256 == text_sha256(ARTICLE)
