"""The runner: one record a question, whatever comes back, and nothing taken on trust."""

import dataclasses
import logging
import threading
from collections.abc import Callable

import pytest

from fair import COSTS, OPENS, RAIN, TENTS, TEXT, FairTarget, answer, citation, gold, silence
from summitqa.errors import EvaluationDataError, ModelRuntimeError, RemoteTimeoutError
from summitqa.evaluation.gold import GoldQuestion
from summitqa.evaluation.records import Excerpt, Record
from summitqa.evaluation.runner import run_questions, written_out
from summitqa.types import Answer, Document, NoAnswer, Span

WHO = gold("a", "Who opens the fair?", OPENS, answers=["Ana"])
COST = gold("b", "What does it cost?", COSTS, answers=["5 crowns"])
SNOW = gold("c", "Will it snow?", tags="unanswerable")
FOLLOW_UP = dataclasses.replace(
    COST, id="f", question="And the price?", history=("Who opens it?",), standalone="Price?"
)


def run(target: FairTarget, *questions: GoldQuestion, timeout_s: float = 10, workers: int = 1) -> list[Record]:
    return run_questions(questions, target, timeout_s=timeout_s, workers=workers)


def first(choose: Callable[[str], Answer | NoAnswer]) -> Record:
    return run(FairTarget(choose), WHO)[0]


def test_an_answer_becomes_a_record() -> None:
    """Everything that measures need is kept, with the gold beside it; the runner's own time replaces the system's."""
    record = first(lambda q: answer(q, citation(OPENS), short="Ana"))
    (quote,) = record.citations
    assert (record.id, record.outcome, record.answer, record.confidence) == ("a", "answered", "Ana", 0.9)
    assert (record.accepted, record.evidence, record.split) == (WHO.answers, WHO.evidence, WHO.split)
    assert (quote.document_id, quote.span, quote.text, quote.verbatim) == ("fair", OPENS, "Ana opens the fair.", True)
    assert record.passages == (("fair", Span(0, 54)), ("fair", Span(55, 89)))
    assert record.timing_ms["read"] == 2.0
    assert record.timing_ms["total"] != 3.0


def test_a_silence_becomes_a_record() -> None:
    """With its reason and its confidence, and without citations."""
    record = first(silence)
    assert (record.outcome, record.reason, record.confidence) == ("no_answer", "not_in_documents", 0.1)
    assert record.citations == ()


def test_a_person_sees_quotes_in_context() -> None:
    """The surroundings of citation and evidence come with where they begin."""
    record = first(lambda q: answer(q, citation(TENTS)))
    assert (record.citations[0].context, record.citations[0].context_start) == (TEXT, 0)
    assert record.evidence_context == (Excerpt(TEXT, 0),)


def test_records_come_in_the_order_of_the_questions() -> None:
    """However many workers there are, and whichever is done first."""
    questions = [dataclasses.replace(WHO, id=f"q{i}") for i in range(20)]
    target = FairTarget(lambda q: answer(q, citation(OPENS)))
    assert [r.id for r in run(target, *questions, workers=4)] == [q.id for q in questions]


def test_an_exception_is_a_record_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    """Type and message in one line in the record, the traceback in the log."""

    def choose(question: str) -> Answer | NoAnswer:
        if question == WHO.question:
            raise ModelRuntimeError("broken\nbadly")
        return silence(question)

    with caplog.at_level(logging.ERROR):
        failed, other = run(FairTarget(choose), WHO, SNOW)
    assert (failed.outcome, failed.error) == ("error", "ModelRuntimeError: broken badly")
    assert (failed.timing_ms, failed.passages) == ({}, ())
    assert failed.evidence_context == (Excerpt(TEXT, 0),)
    assert other.outcome == "no_answer"
    assert caplog.records[0].exc_info is not None


def test_a_question_that_takes_too_long_is_a_timeout_and_the_others_go_on() -> None:
    """The time waited is its time; the late answer is dropped."""
    hold = threading.Event()

    def choose(question: str) -> Answer | NoAnswer:
        if question == WHO.question:
            hold.wait()
        return silence(question)

    late, other = run(FairTarget(choose), WHO, SNOW, timeout_s=0.5)
    hold.set()
    assert (late.outcome, late.error, late.timing_ms) == ("timeout", "no answer within 0.5 s", {"total": 500.0})
    assert other.outcome == "no_answer"


def test_a_target_may_tell_of_a_timeout_itself() -> None:
    """An HTTP client that gave up is a timeout, not an error."""

    def choose(_: str) -> Answer | NoAnswer:
        raise RemoteTimeoutError("the server did not answer in time")

    assert (first(choose).outcome, first(choose).error) == ("timeout", "the server did not answer in time")


@pytest.mark.parametrize("confidence", [-0.1, 1.5, float("nan")])
def test_a_confidence_that_is_no_probability_is_an_error(confidence: float) -> None:
    """It would pass every threshold, or spoil every mean."""
    record = first(lambda q: answer(q, citation(OPENS), confidence=confidence))
    assert (record.outcome, record.confidence) == ("error", 0.0)
    assert record.error == f"ValueError: confidence {confidence} is no probability"


@pytest.mark.parametrize(
    "change",
    [
        {"span": Span(OPENS.start + 1, OPENS.end + 1)},
        {"cited_text": "Ana opens the fair!"},
        {"document_sha256": "0" * 64},
        {"document_id": "gone"},
        {"span": Span(1000, 1019)},
    ],
)
def test_a_quote_is_checked_against_the_document(change: dict[str, object]) -> None:
    """Other offsets, another text, another version and an unknown document are not verbatim."""
    forged = dataclasses.replace(citation(OPENS), **change)  # type: ignore[arg-type]
    record = first(lambda q: answer(q, forged))
    assert (record.outcome, record.citations[0].verbatim) == ("answered", False)


@pytest.mark.parametrize(("place", "verbatim"), [(Span(70, 89), True), (RAIN, False)])
def test_the_other_places_are_checked_too(place: Span, verbatim: bool) -> None:
    """A place where another sentence stands would gain credit for what was not said."""
    record = first(lambda q: answer(q, citation(OPENS, also_at=[place])))
    assert record.citations[0].also_at == (("fair", place),)
    assert record.citations[0].verbatim is verbatim


def test_history_is_sent_along_and_the_resolved_question_is_searched_for() -> None:
    """Passages of a follow-up are those of what the system understood; without history those of the question."""
    target = FairTarget(lambda q: dataclasses.replace(silence(q), resolved_question="What is the price?"))
    run(target, FOLLOW_UP, WHO)
    assert target.asked == [("And the price?", ("Who opens it?",)), ("Who opens the fair?", ())]
    assert target.searched == ["What is the price?", "Who opens the fair?"]


def test_follow_ups_are_written_out() -> None:
    """Without history, under an id of their own; other questions are left out."""
    (alone,) = written_out([WHO, FOLLOW_UP])
    assert (alone.id, alone.question, alone.history, alone.standalone) == ("f#written-out", "Price?", (), None)
    assert alone.evidence == FOLLOW_UP.evidence


def test_finished_records_are_taken_over() -> None:
    """Only what is left is asked and told about; progress counts both."""
    (finished,) = run(FairTarget(silence), WHO)
    target, seen, steps = FairTarget(silence), list[Record](), list[tuple[int, int]]()
    records = run_questions(
        [WHO, SNOW],
        target,
        timeout_s=10,
        done={"a": finished},
        on_record=seen.append,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert records == [finished, *seen]
    assert [record.id for record in seen] == ["c"]
    assert target.asked == [(SNOW.question, ())]
    assert steps == [(2, 2)]


def test_a_record_of_an_edited_question_is_not_taken_over() -> None:
    """The same id with other evidence is another question."""
    (finished,) = run(FairTarget(silence), WHO)
    target = FairTarget(silence)
    edited = dataclasses.replace(WHO, evidence=COST.evidence)
    run_questions([edited], target, timeout_s=10, done={"a": finished})
    assert len(target.asked) == 1


def test_ids_tell_questions_apart() -> None:
    """Two questions with one id would share a record."""
    with pytest.raises(EvaluationDataError, match="same id"):
        run(FairTarget(silence), WHO, WHO)


def test_the_document_is_fetched_once() -> None:
    """A target over HTTP is not asked for the same document again and again."""
    fetched = []

    class Counting(FairTarget):
        def document(self, document_id: str) -> Document:
            fetched.append(document_id)
            return super().document(document_id)

    run(Counting(lambda q: answer(q, citation(OPENS))), WHO, COST)
    assert fetched == ["fair"]
