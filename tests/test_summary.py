"""The summary: groups, figures, intervals and curves."""

import pytest

from handmade import cited, evidence, record
from summitqa.evaluation.measures import MEASURES
from summitqa.evaluation.records import Evaluation, Figure
from summitqa.evaluation.summary import summarise

WRONG = (cited(90, 99),)
RECORDS = [
    record("a", split="test", tags=("table",), confidence=0.9),
    record("b", split="test", tags=("table",), citations=WRONG, confidence=0.8),
    record("c", split="dev", tags=("all", "list-all"), needs_all=True, evidence=(evidence(0, 10), evidence(50, 60))),
    record("d", "no_answer", split="dev", answerable=False, confidence=0.2),
    record("e", "error", split="test", tags=("follow-up",), history=("x?",), standalone="y?"),
]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return summarise("fair", {"encoder": "none"}, RECORDS, [record("e#written-out")], n_resamples=200)


def figure(evaluation: Evaluation, group: str, measure: str) -> Figure:
    return next(g for g in evaluation.groups if g.name == group).figures[measure]


def test_groups_are_all_splits_and_tags(evaluation: Evaluation) -> None:
    """The tag ``all`` is told from the group of all questions; a group without a question is left out."""
    assert {group.name: group.n_questions for group in evaluation.groups} == {
        "all": 5,
        "dev": 2,
        "test": 3,
        "needs-all": 1,
        "follow-up": 1,
        "list-all": 1,
        "table": 2,
        "unanswerable": 1,
        "dev/needs-all": 1,
        "dev/list-all": 1,
        "dev/unanswerable": 1,
        "test/follow-up": 1,
        "test/table": 2,
    }
    assert [group.name for group in evaluation.groups][:3] == ["all", "dev", "test"]


def test_every_group_has_every_measure_in_order(evaluation: Evaluation) -> None:
    """A gate never looks for a figure in vain."""
    assert {tuple(group.figures) for group in evaluation.groups} == {tuple(MEASURES)}
    assert all(name == figure.measure for group in evaluation.groups for name, figure in group.figures.items())


def test_figures_by_hand(evaluation: Evaluation) -> None:
    """Three of five handled rightly; two hits of four answerable; one of two table questions; one error."""
    assert figure(evaluation, "all", "answer_accuracy").value == pytest.approx(3 / 5)
    assert figure(evaluation, "all", "citation_hit").value == pytest.approx(2 / 4)
    assert figure(evaluation, "test/table", "citation_hit").value == 0.5
    assert figure(evaluation, "needs-all", "all_recall").value == 0.5
    assert figure(evaluation, "all", "errors") == Figure("errors", 1.0, None, None, 5)


def test_the_interval_is_that_of_the_resamples(evaluation: Evaluation) -> None:
    """One of two right: the resamples are 0, 1/2 and 1, so the interval reaches from 0 to 1."""
    assert figure(evaluation, "table", "citation_hit") == Figure("citation_hit", 0.5, 0.0, 1.0, 2)


def test_the_interval_of_the_calibration_error_begins_at_its_value() -> None:
    """Three, six and nine of twelve right at confidence 1/4, 1/2 and 3/4 is perfect; noise can only raise the error."""
    answers = [
        record(f"{n_right} {i}", confidence=n_right / 12, citations=(cited(0, 10),) if i < n_right else WRONG)
        for n_right in (3, 6, 9)
        for i in range(12)
    ]
    error = figure(summarise("calibrated", {}, answers), "all", "ece")
    assert (error.value, error.low) == (0.0, 0.0)
    assert (error.high or 0.0) > 0.05


def test_every_interval_holds_its_value(evaluation: Evaluation) -> None:
    """Whatever the measure and the group."""
    for group in evaluation.groups:
        for one in group.figures.values():
            if one.value is not None and one.low is not None and one.high is not None:
                assert one.low <= one.value <= one.high


def test_what_is_not_measured_has_no_value(evaluation: Evaluation) -> None:
    """Silence cannot be judged among table questions."""
    assert figure(evaluation, "table", "abstention_f1") == Figure("abstention_f1", None, None, None, 0)


def test_questions_written_out_enter_the_gap_and_nothing_else(evaluation: Evaluation) -> None:
    """The follow-up failed, written out it is right: gap 1, of one question; its group's accuracy stays 0."""
    assert figure(evaluation, "test", "follow_up_gap") == Figure("follow_up_gap", 1.0, 1.0, 1.0, 1)
    assert figure(evaluation, "follow-up", "answer_accuracy").value == 0.0
    assert len(evaluation.records) == 5


def test_curves_are_over_all_questions(evaluation: Evaluation) -> None:
    """The risk–coverage curve ends at full coverage; the bins hold the three answers and the failure."""
    assert (evaluation.risk_coverage[-1].coverage, evaluation.risk_coverage[-1].risk) == (1.0, 3 / 5)
    assert sum(one.n for one in evaluation.calibration) == 4


def test_the_same_records_give_the_same_figures(evaluation: Evaluation) -> None:
    """Resamples are seeded, so reports can be compared byte by byte."""
    again = summarise("fair", {"encoder": "none"}, RECORDS, [record("e#written-out")], n_resamples=200)
    assert again == evaluation


def test_no_record_gives_no_group() -> None:
    """An empty run is empty, not an error."""
    empty = summarise("none", {}, [])
    assert (empty.groups, empty.risk_coverage, empty.calibration) == ((), (), ())
