"""Errors as problem documents."""

from __future__ import annotations

import logging

import pytest

from api_fakes import ApiClient, FakeEngine, every_error
from summitqa.api.problems import STATUSES, problem_type, status_of
from summitqa.errors import (
    CitationError,
    DocumentNotFoundError,
    IndexMismatchError,
    ModelRuntimeError,
    OverloadedError,
    QuestionError,
    SummitQAError,
)


@pytest.mark.parametrize("error", every_error(), ids=lambda error: error.__name__)
def test_every_error_has_the_status_of_its_nearest_listed_class(error: type[SummitQAError]) -> None:
    """Each error of the tree has a status, through the class nearest above it, and reaches the client with it."""
    nearest = next(cls for cls in error.__mro__ if cls in STATUSES)
    assert status_of(error) == STATUSES[nearest]
    response = ApiClient(FakeEngine(failure=error("what went wrong; what to do"))).post("/v1/chat", {"question": "x"})
    assert (response.status_code, response.json()["type"]) == (STATUSES[nearest], problem_type(error))
    assert response.json()["detail"] == "what went wrong; what to do"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QuestionError, 422),
        (DocumentNotFoundError, 404),
        (OverloadedError, 503),
        (IndexMismatchError, 503),
        (ModelRuntimeError, 500),
        (CitationError, 500),
    ],
)
def test_a_client_is_blamed_for_its_own_errors_only(error: type[SummitQAError], status: int) -> None:
    """The statuses that matter, one by one."""
    assert status_of(error) == status


def test_the_types_of_problems_differ() -> None:
    """No two errors share an identifier."""
    types = [problem_type(error) for error in every_error()]
    assert sorted(set(types)) == sorted(types)


def test_overload_says_when_to_come_back() -> None:
    """A client may try again after a second."""
    response = ApiClient(FakeEngine(failure=OverloadedError("busy"))).post("/v1/chat", {"question": "x"})
    assert response.headers["retry-after"] == "1"


def test_a_servers_error_is_logged_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """A 5xx of our own leaves its message in the log, under the request id; it says all there is to know."""
    ApiClient(FakeEngine(failure=ModelRuntimeError("model: failed"))).call(
        "POST", "/v1/chat", json={"question": "x"}, headers={"X-Request-ID": "id-1"}
    )
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert record.getMessage() == "request id-1: model: failed"
    assert record.exc_info is None


def test_a_clients_error_is_not_logged_as_an_error(caplog: pytest.LogCaptureFixture) -> None:
    """A 4xx is the client's business."""
    ApiClient(FakeEngine(failure=QuestionError("question: no"))).post("/v1/chat", {"question": "x"})
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_an_unknown_exception_is_hidden_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The text of an exception that is not ours goes to the log with its traceback, never to the client."""
    response = ApiClient(FakeEngine(failure=KeyError("/secret/path"))).post("/v1/chat", {"question": "x"})
    problem = response.json()
    assert (response.status_code, problem["title"], problem["type"]) == (500, "Internal Server Error", "about:blank")
    assert "secret" not in response.text
    assert problem["request_id"] in problem["detail"]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert problem["request_id"] in record.getMessage()
    assert "/secret/path" in caplog.text


def test_an_error_response_has_the_security_headers() -> None:
    """Headers and request id are on the last resort too."""
    response = ApiClient(FakeEngine(failure=KeyError("x"))).post("/v1/chat", {"question": "x"})
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-request-id"] == response.json()["request_id"]


def test_a_problem_about_a_field_repeats_no_input() -> None:
    """What the client sent is not sent back, apart from the names of fields."""
    response = ApiClient().post("/v1/chat", {"question": 12345, "x" * 500: "<script>"})
    assert "12345" not in response.text
    assert "<script>" not in response.text
    assert "x" * 101 not in response.text
