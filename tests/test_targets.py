"""Systems under test: an engine and a server of the same engine give the same records."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import httpx
import pytest

from api_fakes import ANSWER, CITATION, NOTES, FakeEngine
from loopback import serving
from summitqa import __version__
from summitqa.api import create_app
from summitqa.client import Client
from summitqa.errors import (
    CitationError,
    DocumentNotFoundError,
    IndexNotFoundError,
    OverloadedError,
    QuestionError,
    RemoteProblemError,
    SummitQAError,
)
from summitqa.evaluation.gold import EvidenceSpans, GoldQuestion
from summitqa.evaluation.records import Record
from summitqa.evaluation.runner import Target, run_questions
from summitqa.evaluation.targets import EngineTarget, HttpTarget, outcome_of
from summitqa.schemas import answer_to_json
from summitqa.types import Answer, Span, Turn

EVIDENCE = EvidenceSpans("notes", CITATION.cited_text, (CITATION.span,))


def gold(question_id: str, question: str, *, history: tuple[str, ...] = ()) -> GoldQuestion:
    return GoldQuestion(question_id, question, history, True, ("1858",), (EVIDENCE,), frozenset({"fact"}), None)


QUESTIONS = [
    gold("answered", "When did the lighthouse open?"),
    gold("silent", "Why did it open?"),
    gold("follow-up", "And when?", history=("Is there a lighthouse?",)),
    gold("refused", "word " * 21),
]


@pytest.fixture(scope="module")
def over_http() -> Iterator[HttpTarget]:
    """Give a fake engine behind a real server."""
    with serving(create_app(FakeEngine())) as url, Client(url) as client:
        yield HttpTarget(client)


def records(target: Target) -> list[Record]:
    """Return the records of the questions without what time they took."""
    found = run_questions(QUESTIONS, target, timeout_s=30)
    return [dataclasses.replace(record, timing_ms=dict.fromkeys(record.timing_ms, 0.0)) for record in found]


def test_engine_and_server_give_equal_records(over_http: HttpTarget) -> None:
    """Answers, silences, follow-ups and failures are the same in every field, times apart."""
    in_process = records(EngineTarget(FakeEngine()))
    assert records(over_http) == in_process
    assert [record.outcome for record in in_process] == ["answered", "no_answer", "answered", "error"]
    assert in_process[0].confidence == 0.9123  # of 0.912345, as the API rounds it
    assert in_process[3].error == "QuestionError: question: more than 20 words; ask a shorter one"


def test_both_show_the_same_document_and_system(over_http: HttpTarget) -> None:
    """A document with all its blocks, and the identity of what answered."""
    in_process = EngineTarget(FakeEngine())
    assert in_process.document("notes") == over_http.document("notes") == NOTES
    system = {"encoder": "hashing-512", "reader": "fake", "generation": "3", "version": __version__}
    assert in_process.system() == over_http.system() == system


def test_both_raise_the_same_error_for_an_unknown_document(over_http: HttpTarget) -> None:
    """The runner counts on DocumentNotFoundError."""
    for target in (EngineTarget(FakeEngine()), over_http):
        with pytest.raises(DocumentNotFoundError, match='no document "none"'):
            target.document("none")


def test_the_way_to_json_and_back_loses_nothing_but_digits() -> None:
    """A value that is rounded already comes back as it was."""
    response = answer_to_json(ANSWER)
    outcome = outcome_of(response)
    assert answer_to_json(outcome) == response
    assert isinstance(outcome, Answer)
    assert outcome.citations == ANSWER.citations
    assert outcome.passages[0].span == Span(8, 48)


def problem_of(problem_type: str) -> HttpTarget:
    """Return a target whose server answers everything with a problem of this type."""
    body = {"type": problem_type, "detail": "what went wrong", "status": 422}
    headers = {"Content-Type": "application/problem+json"}
    transport = httpx.MockTransport(lambda _: httpx.Response(422, json=body, headers=headers))
    return HttpTarget(Client("http://testserver", transport=transport, retries=0))


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("question", QuestionError),
        ("document-not-found", DocumentNotFoundError),
        ("overloaded", OverloadedError),
        ("index-not-found", IndexNotFoundError),
        ("citation", CitationError),
    ],
)
def test_a_servers_problem_is_the_error_an_engine_raises(name: str, error: type[SummitQAError]) -> None:
    """The type of the problem names the class, whatever the method."""
    with pytest.raises(error, match=r"^what went wrong$") as caught:
        problem_of(f"urn:summitqa:error:{name}").ask("?", ())
    assert type(caught.value) is error


@pytest.mark.parametrize(
    "kind", ["about:blank", "urn:summitqa:error:invalid-request", "urn:summitqa:error:", "question"]
)
def test_any_other_problem_stays_the_clients_error(kind: str) -> None:
    """What no class of ours stands for is raised as it came."""
    with pytest.raises(RemoteProblemError, match="what went wrong"):
        problem_of(kind).search("?", 10)


def test_an_engine_is_asked_the_earlier_turns_first() -> None:
    """What was quoted for them is known when the follow-up is asked, as it is in a conversation."""
    engine = FakeEngine()
    EngineTarget(engine).ask("And when?", ("Is there a lighthouse?",))
    assert [history for history, _ in engine.conversations] == [(), (Turn("Is there a lighthouse?", ANSWER.text),)]
