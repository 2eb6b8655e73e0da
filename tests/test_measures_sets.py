"""Measures of sets of records, by hand."""

import numpy as np
import pytest

from handmade import cited, record
from summitqa.evaluation.measures import MEASURES, question_scores
from summitqa.evaluation.measures.sets import set_families, set_statistics
from summitqa.evaluation.records import Record

WRONG = (cited(90, 99),)


def figures(*records: Record, written_out: dict[str, Record] | None = None) -> dict[str, float]:
    scores = [question_scores(one) for one in records]
    statistics = set_statistics(records, scores, written_out or {})
    return {name: float(statistic.of(np.ones((1, len(records))))[0]) for name, statistic in statistics.items()}


def silent(*, answerable: bool) -> Record:
    return record(outcome="no_answer", answerable=answerable)


def test_every_measure_has_a_statistic_in_order() -> None:
    """No name is missing, and families give the same as single statistics."""
    records = [record("a", confidence=0.9), record("b", confidence=0.2, citations=WRONG), silent(answerable=False)]
    assert list(figures(*records)) == list(MEASURES)
    weights = np.array([[1.0, 1.0, 1.0], [2.0, 0.0, 1.0]])
    scores = [question_scores(one) for one in records]
    single = set_statistics(records, scores, {})
    for family in set_families(records, scores, {}):
        for column, name in enumerate(family.n):
            np.testing.assert_array_equal(family.of(weights)[:, column], single[name].of(weights))
            assert family.n[name] == single[name].n


def test_means_are_over_the_questions_they_apply_to() -> None:
    """Two answerable questions, one hit; the unanswerable one counts in accuracy only."""
    found = figures(record(), record(citations=WRONG), silent(answerable=False))
    assert (found["citation_hit"], found["answer_accuracy"]) == pytest.approx((0.5, 2 / 3))


def test_abstention_by_hand() -> None:
    """Three silences, two of them right, of four unanswerable questions: precision 2/3, recall 2/4, F1 4/7."""
    silences = [silent(answerable=True), silent(answerable=False), silent(answerable=False)]
    found = figures(*silences, record(), record(answerable=False), record(answerable=False))
    assert found["abstention_precision"] == pytest.approx(2 / 3)
    assert found["abstention_recall"] == 0.5
    assert found["abstention_f1"] == pytest.approx(4 / 7)


def test_a_failure_is_no_right_silence() -> None:
    """One silence and one error on unanswerable questions: precision and recall 1/2."""
    found = figures(silent(answerable=False), record(outcome="error", answerable=False))
    assert (found["abstention_precision"], found["abstention_recall"], found["abstention_f1"]) == (0.5, 0.5, 0.5)


def test_failing_on_answerable_questions_costs_precision_of_silence() -> None:
    """To the user an error is no answer either."""
    assert figures(silent(answerable=False), record(outcome="timeout"))["abstention_precision"] == 0.5


def test_without_unanswerable_questions_silence_is_not_measured() -> None:
    """There is nothing that it could find."""
    found = figures(record(), silent(answerable=True))
    assert np.isnan([found[name] for name in MEASURES if name.startswith("abstention")]).all()


def test_an_engine_that_always_answers_has_no_precision_of_silence() -> None:
    """No silence was given; recall and F1 are zero."""
    found = figures(record(), record(answerable=False))
    assert np.isnan(found["abstention_precision"])
    assert (found["abstention_recall"], found["abstention_f1"]) == (0.0, 0.0)


def test_the_follow_up_gap_by_hand() -> None:
    """Written out all three are right, as follow-ups one is: 2/3 lost; the question without history does not count."""
    right, wrong = record("a"), [record("b", citations=WRONG), record("c", outcome="no_answer")]
    written_out = {identity: record(identity) for identity in "abc"}
    found = figures(right, *wrong, record("d", citations=WRONG), written_out=written_out)
    assert found["follow_up_gap"] == pytest.approx(2 / 3)


def test_a_failure_of_the_question_written_out_does_not_shrink_the_gap() -> None:
    """It counts as right, the worst for the gap."""
    found = figures(record("a", citations=WRONG), written_out={"a": record("a", outcome="error")})
    assert found["follow_up_gap"] == 1.0


def test_percentiles_are_times_that_were_measured() -> None:
    """Of 1 to 20 ms the median is 10, the 95th percentile 19, the 99th 20; an error has no time."""
    timed = [record(timing_ms={"total": float(ms)}) for ms in range(20, 0, -1)]
    found = figures(*timed, record(outcome="error", timing_ms={"total": 5000.0}))
    assert [found[f"latency_total_p{percent}"] for percent in (50, 95, 99)] == [10.0, 19.0, 20.0]
    assert np.isnan(found["latency_read_p50"])


def test_a_timeout_took_as_long_as_was_waited() -> None:
    """It is part of the percentiles."""
    found = figures(record(), record(outcome="timeout", timing_ms={"total": 3000.0}))
    assert found["latency_total_p99"] == 3000.0


def test_failures_are_counted() -> None:
    """Errors and timeouts are told apart."""
    found = figures(record(outcome="error"), record(outcome="timeout"), record(outcome="timeout"), record())
    assert (found["errors"], found["timeouts"]) == (1.0, 2.0)


def test_weights_are_how_often_a_question_was_drawn() -> None:
    """Drawn three times, a hit weighs three times as much; a resample without an applicable question has no value."""
    records = [record(), record(citations=WRONG), silent(answerable=False)]
    statistics = set_statistics(records, [question_scores(one) for one in records], {})
    hits = statistics["citation_hit"]
    assert hits.n == 2
    np.testing.assert_array_equal(hits.of(np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 4.0]])), [0.75, np.nan])
