"""Risk and coverage, calibration and separation, by hand."""

import numpy as np
import pytest

from handmade import cited, record
from summitqa.evaluation.measures.confidence import Calibration, RiskCoverage, Separation
from summitqa.evaluation.records import CalibrationBin, CurvePoint, Record

WRONG = (cited(90, 99),)


def right(confidence: float) -> Record:
    return record(confidence=confidence)


def wrong(confidence: float) -> Record:
    return record(confidence=confidence, citations=WRONG)


def silent(confidence: float, *, answerable: bool = True) -> Record:
    return record(outcome="no_answer", confidence=confidence, answerable=answerable)


def area_and_accuracy(*records: Record, coverage: float = 0.8) -> list[float]:
    return [float(v) for v in RiskCoverage(records).area_and_accuracy(np.ones((1, len(records))), coverage)[0]]


def ece(*records: Record) -> float:
    return float(Calibration(records).ece(np.ones((1, len(records))))[0])


def auroc(*records: Record) -> float:
    return float(Separation(records).auroc(np.ones((1, len(records))))[0])


def test_the_area_by_hand() -> None:
    """Right, wrong, right, wrong by falling confidence: risks 0, 1/2, 1/3, 2/4, mean 1/3; given in any order."""
    area, accuracy = area_and_accuracy(wrong(0.6), right(0.9), right(0.7), wrong(0.8))
    assert area == pytest.approx(1 / 3)
    assert accuracy == pytest.approx(
        1 - 1.2 / 3.2
    )  # 3.2 questions covered: three, one wrong, and a fifth of a wrong one


def test_perfect_and_worst_order() -> None:
    """Of five questions four are right: 4/4 at 80 % if the wrong one comes last, 3/4 if it comes first."""
    four = [right(0.5 + i / 100) for i in range(4)]
    assert area_and_accuracy(*four, wrong(0.1)) == pytest.approx([(1 / 5) / 5, 1.0])
    assert area_and_accuracy(*four, wrong(0.9)) == pytest.approx([(1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 5, 0.75])


def test_equal_confidences_have_no_order() -> None:
    """With one confidence for all, the risk is the same at every coverage, whichever way the records are sorted."""
    records = [right(1.0), wrong(1.0), wrong(1.0), right(1.0)]
    assert area_and_accuracy(*records) == area_and_accuracy(*reversed(records)) == pytest.approx([0.5, 0.5])


def test_silence_gains_nothing() -> None:
    """A question met with silence is never right in risk and coverage, so an engine that only abstains has area 1."""
    assert area_and_accuracy(silent(0.9), silent(0.1, answerable=False)) == [1.0, 0.0]


def test_a_failure_comes_last_whatever_its_confidence() -> None:
    """It is wrong and covered at the very end: risks 0 and 1/2."""
    assert area_and_accuracy(right(0.2), record(outcome="error", confidence=1.0))[0] == 0.25


def test_drawing_everything_twice_changes_nothing() -> None:
    """The measures depend on shares, not on counts."""
    records = [right(0.9), wrong(0.8), right(0.8), silent(0.3), right(0.2)]
    values = RiskCoverage(records).area_and_accuracy(np.ones((2, 5)) * [[1.0], [2.0]], 0.8)
    assert values[0] == pytest.approx(values[1])


def test_a_question_that_is_not_drawn_does_not_count() -> None:
    """With weight zero for the wrong one, everything is right."""
    values = RiskCoverage([wrong(0.9), right(0.8), right(0.7)]).area_and_accuracy(np.array([[0.0, 1.0, 2.0]]), 0.8)
    assert list(values[0]) == [0.0, 1.0]


def test_the_curve_has_a_point_for_every_threshold() -> None:
    """Two questions share a confidence, so they are answered together or not at all."""
    points = RiskCoverage([right(0.9), wrong(0.5), right(0.5), silent(0.1)]).points()
    assert points == (CurvePoint(0.25, 0.0, 0.9), CurvePoint(0.75, 1 / 3, 0.5), CurvePoint(1.0, 0.5, 0.1))


def test_calibration_error_by_hand() -> None:
    """0.95 right alone in its bin: 0.05; 0.85 wrong and 0.82 right: 0.835 against 1/2, twice; silence is left out."""
    assert ece(right(0.95), wrong(0.85), right(0.82), silent(0.1)) == pytest.approx((0.05 + 2 * 0.335) / 3)


def test_calibrated_answers_have_no_error() -> None:
    """Three right of four at confidence 0.75."""
    assert ece(right(0.75), right(0.75), wrong(0.75), right(0.75)) == pytest.approx(0.0)


def test_a_failure_counts_as_sure_and_wrong() -> None:
    """It carries no confidence of its own that could excuse it."""
    assert ece(record(outcome="timeout", confidence=0.0)) == 1.0


def test_without_an_answer_there_is_no_calibration() -> None:
    """A system that only abstains has no calibration error, not one of zero."""
    assert np.isnan(ece(silent(0.2)))


def test_bins_are_half_open_and_the_last_is_closed() -> None:
    """0.1 belongs to the second bin, 1.0 to the last; the others are empty."""
    bins = Calibration([right(0.1), wrong(1.0), right(0.9)]).bins()
    assert bins[1] == CalibrationBin(0.1, 0.2, 1, 0.1, 1.0)
    assert bins[9] == CalibrationBin(0.9, 1.0, 2, 0.95, 0.5)
    assert bins[0] == CalibrationBin(0.0, 0.1, 0, 0.0, 0.0)
    assert len(bins) == 10


def test_separation_by_hand() -> None:
    """Answerable 0.9 and 0.5 against unanswerable 0.5 and 0.1: three pairs in order and one tied, of four."""
    assert auroc(right(0.9), wrong(0.5), silent(0.5, answerable=False), silent(0.1, answerable=False)) == 3.5 / 4


def test_separation_needs_both_kinds() -> None:
    """Answerable questions alone cannot be told apart from anything."""
    assert np.isnan(auroc(right(0.9), wrong(0.5)))


def test_a_failure_is_misplaced() -> None:
    """Failing on unanswerable questions does not make them look well separated."""
    assert auroc(right(0.9), record(outcome="error", answerable=False)) == 0.0
    assert auroc(record(outcome="error"), silent(0.1, answerable=False)) == 0.0
