"""Comparison with a baseline: what counts as a change, and which questions are compared at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from report_samples import COSTS, OPENS, RAIN, evaluation, record
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.changes import Change, Comparison, Flip
from summitqa.evaluation.comparison import compare, compare_set, load_baseline, significant_losses
from summitqa.evaluation.records import Record
from summitqa.evaluation.reports import write_reports


def answered(*rightly: bool, split: str = "test") -> list[Record]:
    """Return a record for each question, answered with the right sentence or another."""
    return [record(f"q{i}", OPENS, OPENS if right else RAIN, split=split) for i, right in enumerate(rightly)]


def compared(before: list[Record], after: list[Record]) -> Comparison:
    return compare_set(evaluation(records=before), evaluation(records=after))


def change_of(comparison: Comparison, measure: str, group: str = "test") -> Change:
    (change,) = [c for c in comparison.changes if (c.measure, c.group) == (measure, group)]
    return change


def test_a_loss_on_every_question_is_worse_and_a_breach() -> None:
    """Ten of ten before, none of ten now: the difference is -1 in every resample."""
    comparison = compared(answered(*[True] * 10), answered(*[False] * 10))
    change = change_of(comparison, "citation_hit")
    assert change == Change("test", "citation_hit", 1.0, 0.0, -1.0, -1.0, -1.0, 10, "worse")
    breach = next(b for b in significant_losses([comparison]) if b.measure == "citation_hit")
    assert str(breach) == (
        "fair, test: citation_hit is 0, expected no loss against the baseline's 1 "
        "(difference -1.000, 95 % interval -1.000 to -1.000)"
    )


def test_a_gain_on_every_question_is_better_and_no_breach() -> None:
    """None of ten before, ten of ten now."""
    comparison = compared(answered(*[False] * 10), answered(*[True] * 10))
    assert change_of(comparison, "answer_accuracy").verdict == "better"
    assert significant_losses([comparison]) == []


def test_a_smaller_error_is_better() -> None:
    """Brier falls from 0.9² to (0.9 - 1)²; a measure that should be low gets better by falling."""
    change = change_of(compared(answered(*[False] * 10), answered(*[True] * 10)), "brier")
    assert [change.before, change.after] == pytest.approx([0.81, 0.01])
    assert change.verdict == "better"


def test_one_flip_of_four_is_no_evidence() -> None:
    """A question that 0.75⁴ = 32 % of the resamples do not draw cannot carry a verdict, but it is listed."""
    comparison = compared(answered(True, True, True, True), answered(True, True, True, False))
    change = change_of(comparison, "citation_hit")
    assert (change.difference, change.verdict) == (-0.25, "no evidence of change")
    assert comparison.flips == (Flip("q3", "Question q3?", "test", "right to wrong"),)
    assert significant_losses([comparison]) == []


def test_the_same_run_has_not_changed() -> None:
    """Every difference between equal runs is exactly zero, and nothing flipped."""
    comparison = compared(answered(True, False), answered(True, False))
    assert {(c.difference, c.low, c.high, c.verdict) for c in comparison.changes} == {
        (0.0, 0.0, 0.0, "no evidence of change")
    }
    assert comparison.flips == ()


def test_a_measure_of_the_whole_set_is_compared_too() -> None:
    """Three unanswerable questions met with silence before and with an answer now: recall of silence falls by 1."""
    silent = [record(f"s{i}", None, None) for i in range(3)]
    loud = [record(f"s{i}", None, RAIN) for i in range(3)]
    change = change_of(compared(silent + answered(True), loud + answered(True)), "abstention_recall")
    assert (change.before, change.after, change.verdict) == (1.0, 0.0, "worse")


def test_a_measure_of_answers_given_sees_wrong_answers_that_are_new() -> None:
    """Eight silences that became wrong answers: precision falls from 2/2 to 2/10, though no answer was given twice."""
    before = [*answered(True, True), *(record(f"n{i}", COSTS, None) for i in range(8))]
    after = [*answered(True, True), *(record(f"n{i}", COSTS, RAIN) for i in range(8))]
    change = change_of(compared(before, after), "answer_precision")
    assert (change.before, change.after, change.verdict) == (1.0, 0.2, "worse")


def test_a_loss_on_dev_alone_is_no_breach() -> None:
    """What may be tuned on is compared under all, and gates look at test."""
    before, after = answered(*[True] * 10, split="dev"), answered(*[False] * 10, split="dev")
    comparison = compared(before, after)
    assert change_of(comparison, "citation_hit", "all").verdict == "worse"
    assert {change.group for change in comparison.changes} == {"all"}
    assert significant_losses([comparison]) == []


def test_times_are_not_compared() -> None:
    """A report from a slower machine is no loss."""
    slow = [replace(r, timing_ms={"total": 900.0}) for r in answered(True, True)]
    assert not [c for c in compared(answered(True, True), slow).changes if c.measure.startswith("latency")]


def test_questions_that_are_not_the_same_are_listed_and_left_out() -> None:
    """One question is new, one is gone, one has other evidence, one other words: two of them enter no difference."""
    before = [record("same", OPENS, OPENS), record("gone", OPENS, OPENS), record("moved", OPENS, RAIN)]
    before += [record("reworded", OPENS, RAIN)]
    after = [record("new", OPENS, OPENS), record("same", OPENS, OPENS), record("moved", COSTS, COSTS)]
    after += [record("reworded", OPENS, OPENS, question="In other words?")]
    comparison = compared(before, after)
    assert (comparison.added, comparison.removed, comparison.changed) == (("new",), ("gone",), ("moved", "reworded"))
    assert (comparison.n_common, comparison.flips) == (1, ())
    assert change_of(comparison, "citation_hit").difference == 0.0


def test_a_baseline_is_read_from_a_report(tmp_path: Path) -> None:
    """What was written is compared with itself by name, and nothing changed."""
    write_reports(tmp_path / "out", [evaluation("fair"), evaluation("other")], generated_by="test")
    baseline = load_baseline(tmp_path / "out" / "report.json")
    comparisons = compare(baseline, [evaluation("other")])
    assert [(c.name, c.n_common) for c in comparisons] == [("other", 4)]


def test_a_baseline_of_another_question_set_is_refused() -> None:
    """The set must be in the baseline, and share questions with it."""
    with pytest.raises(EvaluationDataError, match=r"^baseline: no question set 'other' in it, it has fair; make a new"):
        compare({"fair": evaluation()}, [evaluation("other")])
    with pytest.raises(EvaluationDataError, match=r"^baseline: no question of 'fair' in common; make a new"):
        compared([record("x", OPENS, OPENS)], [record("y", OPENS, OPENS)])
