"""What a run is held against."""

from pathlib import Path

import pytest

from report_samples import COSTS, OPENS, RAIN, evaluation, record
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.criteria import Criteria, check_criteria, judge, load_criteria
from summitqa.evaluation.gold import GoldQuestion


def thresholds(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "thresholds.toml"
    path.write_text(text)
    return path


def asked(identity: str) -> GoldQuestion:
    return GoldQuestion(identity, f"{identity}?", (), False, (), (), frozenset({"unanswerable"}), None)


TWO_SETS = "[fair.test]\ncitation_hit = {min = 0.5}\n[other.test]\ncitation_hit = {min = 0.5}\n"


def test_a_set_run_by_itself_passes_over_the_gates_of_others(tmp_path: Path) -> None:
    """One file of gates serves all sets, run together or alone."""
    criteria = load_criteria(thresholds(tmp_path, TWO_SETS), None, only="fair")
    assert criteria.other_sets == {"other"}
    assert judge([evaluation("fair", [record("a", OPENS, OPENS)])], criteria).breaches == ()


def test_a_set_without_any_gate_is_refused(tmp_path: Path) -> None:
    """A mistyped name would otherwise pass whatever the answers are."""
    with pytest.raises(EvaluationDataError, match="no gate for the question set 'fare', it has fair, other"):
        load_criteria(thresholds(tmp_path, TWO_SETS), None, only="fare")


def test_gates_of_every_set_are_enough(tmp_path: Path) -> None:
    """``*`` is a gate for any set."""
    path = thresholds(tmp_path, '["*".all]\ntimeouts = {max = 0}\n')
    assert load_criteria(path, None, only="fair").other_sets == frozenset()


@pytest.mark.parametrize(
    ("gates", "message"),
    [("[fair.tset]\nece = {max = 1}", "unknown group 'tset'"), ("[fare.all]\nece = {max = 1}", "unknown question set")],
)
def test_gates_are_checked_before_anything_is_asked(tmp_path: Path, gates: str, message: str) -> None:
    """A group or set that the questions do not have is found from the questions alone."""
    criteria = load_criteria(thresholds(tmp_path, gates), None, only=None)
    with pytest.raises(EvaluationDataError, match=message):
        check_criteria(criteria, {"fair": [asked("a")]})


def test_a_gate_that_will_be_broken_passes_the_check_before_the_run(tmp_path: Path) -> None:
    """Only names are checked then."""
    check_criteria(
        load_criteria(thresholds(tmp_path, "[fair.all]\nece = {max = 0}"), None, only=None), {"fair": [asked("a")]}
    )


def test_a_baseline_of_other_sets_is_found_before_the_run() -> None:
    """It would be of no use after it."""
    with pytest.raises(EvaluationDataError, match="no question set 'fair' in it, it has other"):
        check_criteria(Criteria(baseline={"other": evaluation("other")}), {"fair": [asked("a")]})


def test_gates_and_losses_are_told_together(tmp_path: Path) -> None:
    """Two right answers that become wrong break the gate, and are a loss against the baseline."""
    before = evaluation("fair", [record("a", OPENS, OPENS), record("b", COSTS, COSTS)])
    after = evaluation("fair", [record("a", OPENS, RAIN), record("b", COSTS, RAIN)])
    path = thresholds(tmp_path, "[fair.test]\ncitation_hit = {min = 0.5}")
    criteria = Criteria(load_criteria(path, None, only="fair").thresholds, {"fair": before})
    report = judge([after], criteria)
    told = [(breach.measure, breach.expected) for breach in report.breaches]
    assert told[0] == ("citation_hit", "at least 0.5")
    assert ("citation_hit", "no loss against the baseline's 1") in told
    assert [flip.direction for flip in report.comparisons[0].flips] == ["right to wrong"] * 2
