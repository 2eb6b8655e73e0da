"""Gates: the thresholds file, what is a breach, and what always is."""

from pathlib import Path

import pytest

from report_samples import COSTS, OPENS, RAIN, cited, evaluation, record
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.gates import Breach, Threshold, check_gates, load_thresholds
from summitqa.evaluation.records import Evaluation


def write(folder: Path, text: str) -> Path:
    path = folder / "thresholds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def breaches_of(folder: Path, text: str, *evaluations: Evaluation) -> list[Breach]:
    return check_gates(evaluations or [right()], load_thresholds(write(folder, text)))


def right(name: str = "fair") -> Evaluation:
    """Return a run in which one of two answerable questions is answered with the right quote, none failed."""
    return evaluation(name, [record("a", OPENS, OPENS), record("b", COSTS, RAIN)])


def test_bounds_are_read_by_set_group_and_measure(tmp_path: Path) -> None:
    """Quoted keys name tags within a split and measures at a rank."""
    text = '[fair."test/fact"]\n"recall@5" = {min = 0.5, max = 1}\n["*".all]\ntimeouts = {max = 0}\n'
    assert load_thresholds(write(tmp_path, text)).bounds == (
        Threshold("fair", "test/fact", "recall@5", 0.5, 1.0),
        Threshold("*", "all", "timeouts", None, 0.0),
    )


def test_the_long_form_of_toml_is_the_same(tmp_path: Path) -> None:
    """A table for each measure says what an inline table says."""
    bounds = load_thresholds(write(tmp_path, "[fair.test.citation_hit]\nmin = 0.7\n")).bounds
    assert bounds == (Threshold("fair", "test", "citation_hit", 0.7, None),)


def test_a_figure_on_the_bound_passes(tmp_path: Path) -> None:
    """One of two hits is 0.5, which is at least and at most 0.5."""
    assert breaches_of(tmp_path, "[fair.test]\ncitation_hit = {min = 0.5, max = 0.5}\n") == []


def test_a_figure_below_the_minimum_is_a_breach(tmp_path: Path) -> None:
    """A half is less than 0.6, and the line says so."""
    (breach,) = breaches_of(tmp_path, "[fair.test]\ncitation_hit = {min = 0.6}\n")
    assert breach == Breach("fair", "test", "citation_hit", 0.5, "at least 0.6")
    assert str(breach) == "fair, test: citation_hit is 0.5, expected at least 0.6"


def test_a_figure_above_the_maximum_is_a_breach(tmp_path: Path) -> None:
    """A half is more than 0.4, and more than a maximum of 0."""
    (breach,) = breaches_of(tmp_path, "[fair.test]\ncitation_hit = {max = 0.4}\n")
    assert breach.expected == "at most 0.4"
    assert len(breaches_of(tmp_path, "[fair.test]\ncitation_hit = {max = 0}\n")) == 1


def test_a_measure_without_a_value_is_a_breach(tmp_path: Path) -> None:
    """No question needs all its evidence, so the gate on all_recall must not pass."""
    (breach,) = breaches_of(tmp_path, "[fair.test]\nall_recall = {min = 0}\n")
    assert str(breach) == "fair, test: all_recall has no value, expected at least 0 (no question of this kind)"


def test_a_star_holds_for_every_set_beside_its_own_bounds(tmp_path: Path) -> None:
    """Two sets break the gate of all, one of them its own too."""
    text = '["*".test]\ncitation_hit = {min = 0.9}\n[fair.test]\ncitation_hit = {min = 0.8}\n'
    found = breaches_of(tmp_path, text, right(), right("other"))
    assert [(b.question_set, b.expected) for b in found] == [
        ("fair", "at least 0.9"),
        ("other", "at least 0.9"),
        ("fair", "at least 0.8"),
    ]


def test_a_set_that_lost_a_group_breaks_a_gate_of_all(tmp_path: Path) -> None:
    """One set has table questions, the other none: that is a breach there, not a pass."""
    tabled = evaluation("tabled", [record("a", OPENS, OPENS, tags=("table",))])
    found = breaches_of(tmp_path, '["*"."test/table"]\ncitation_hit = {min = 0.5}\n', tabled, right())
    assert [(b.question_set, b.value) for b in found] == [("fair", None)]


def test_a_failed_question_is_a_breach_without_any_threshold() -> None:
    """The sample has one question that failed; it is named."""
    (breach,) = check_gates([evaluation()], None)
    assert str(breach) == "fair, all: errors is 1, expected 0 (e)"


def test_a_quote_that_is_not_verbatim_is_a_breach_without_any_threshold() -> None:
    """One of two quotes is not what the document says."""
    forged = record("b", COSTS, COSTS, citations=(cited(COSTS, verbatim=False),))
    (breach,) = check_gates([evaluation(records=[record("a", OPENS, OPENS), forged])], None)
    assert str(breach) == "fair, all: verbatim is 0.5, expected 1 (b)"


def test_an_engine_that_never_quotes_breaks_the_verbatim_gate() -> None:
    """Silence everywhere must not pass for honesty, except where silence is all that is right."""
    (breach,) = check_gates([evaluation(records=[record("a", OPENS, None)])], None)
    assert (breach.measure, breach.value) == ("verbatim", None)
    assert check_gates([evaluation(records=[record("c", None, None)])], None) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[fair", "not TOML"),
        ("", "no gate in it"),
        ("fair = 1", "fair: expected a table of groups, found 1"),
        ("[fair]\ntest = 1", "fair.test: expected a table of measures, found 1"),
        ("[fair.test]\ncitation_hit = 0.7", "fair.test.citation_hit: expected {min = ..., max = ...}, found 0.7"),
        ("[fair.test]\ncitation_hits = {min = 1}", "fair.test.citation_hits: unknown measure 'citation_hits'"),
        ("[fair.test]\ncitation_hit = {}", "fair.test.citation_hit: expected min or max, found nothing"),
        ("[fair.test]\ncitation_hit = {least = 1}", "fair.test.citation_hit: expected min or max, found 'least'"),
        ('[fair.test]\ncitation_hit = {min = "1"}', "fair.test.citation_hit.min: expected a number, found '1'"),
        ("[fair.test]\ncitation_hit = {min = true}", "fair.test.citation_hit.min: expected a number, found True"),
        ("[fair.test]\ncitation_hit = {max = nan}", "fair.test.citation_hit.max: expected a number, found nan"),
        ("[fair.test]\ncitation_hit = {min = 1, max = 0}", "fair.test.citation_hit: min 1 is larger than max 0"),
        (
            "[fare.test]\ncitation_hit = {min = 1}",
            "fare.test.citation_hit: unknown question set 'fare'; this run has fair",
        ),
        ('[fair."test/tabel"]\n"recall@5" = {min = 1}', 'fair."test/tabel"."recall@5": unknown group \'test/tabel\''),
    ],
)
def test_a_faulty_file_is_one_line_with_the_key(tmp_path: Path, text: str, fault: str) -> None:
    """Each fault names the file, the key, and what is wrong there."""
    with pytest.raises(EvaluationDataError, match=r"thresholds\.toml: ") as caught:
        breaches_of(tmp_path, text)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_an_unreadable_file_is_one_line(tmp_path: Path, content: bytes | None) -> None:
    """A missing and a mis-encoded file are refused."""
    path = tmp_path / "thresholds.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EvaluationDataError, match=r"^.*thresholds\.toml: (no such file|cannot be read as UTF-8).*$"):
        load_thresholds(path)


def test_the_gates_of_sets_left_out_on_purpose_are_passed_over(tmp_path: Path) -> None:
    """A run over one of several sets does not trip over the gates of the others."""
    thresholds = load_thresholds(write(tmp_path, "[other.test]\ncitation_hit = {min = 1}\n"))
    assert check_gates([right()], thresholds, other_sets={"other"}) == []


def test_the_thresholds_of_this_project_are_well_formed() -> None:
    """The file that CI uses has at least one gate for each of its question sets."""
    bounds = load_thresholds(Path(__file__).parent.parent / "eval" / "thresholds.toml").bounds
    assert {bound.question_set for bound in bounds} >= {"*", "article", "newsroom", "support"}
