"""report.md: short, and markup in questions shows as text."""

from report_samples import OPENS, RAIN, evaluation, four_records, record
from summitqa.evaluation.comparison import compare_set
from summitqa.evaluation.gates import Breach, check_gates
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.reports.markdown import render_markdown, result_table


def test_the_table_has_a_row_for_each_split_with_its_figures() -> None:
    """Of the three test questions two are handled rightly, the dev question is not, so 2 of 4 in all."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in result_table([evaluation()]).split("\n")]
    assert rows[0][:4] == ["questions", "n", "answer accuracy", "citation hit"]
    assert [(row[0], row[1], row[2].split()[0], row[3].split()[0]) for row in rows[2:]] == [
        ("fair, test", "3", "0.667", "0.500"),
        ("fair, dev", "1", "0.000", "0.000"),
        ("fair, all", "4", "0.500", "0.333"),
    ]


def test_a_measure_without_value_is_a_dash() -> None:
    """There is no accepted short answer in the sample, so token F1 has no value."""
    header, _, *rows = [line.split(" | ") for line in result_table([evaluation()]).split("\n")]
    assert {row[header.index("token F1")] for row in rows} == {"–"}


def test_broken_gates_and_unfinished_questions_come_first() -> None:
    """A reader sees what is wrong before any table."""
    text = render_markdown(Report((evaluation(),), tuple(check_gates([evaluation()], None)), (), "summitqa 1.0"))
    assert "**1 broken gate:**\n\n- fair, all: errors is 1, expected 0 (e)\n" in text
    assert text.index("broken gate") < text.index("| questions |")
    assert "- e: failed: ModelRuntimeError: broken\n" in text
    assert "Not handled rightly: 2 of 4 in fair; each is shown in report.html." in text
    assert text.endswith("Made by summitqa 1.0.\n")


def test_a_clean_run_says_so() -> None:
    """Without a breach there is one clear sentence."""
    assert "**All gates hold.**" in render_markdown(Report((evaluation(records=[record("a", OPENS, OPENS)]),)))


def test_a_comparison_tells_verdict_and_flips() -> None:
    """Ten questions that got worse are named, with the word for it."""
    before = evaluation(records=[record(f"q{i}", OPENS, OPENS) for i in range(11)])
    after = evaluation(records=[record(f"q{i}", OPENS, RAIN) for i in range(11)])
    text = render_markdown(Report((after,), (), (compare_set(before, after),)))
    assert "| test | citation hit | 1.000 | 0.000 | -1.000 | -1.000 to -1.000 | worse |" in text
    assert "Right to wrong: q0, q1, q2, q3, q4, q5, q6, q7, q8, q9 and 1 more." in text
    assert "Wrong to right: none." in text


def test_markup_shows_as_text() -> None:
    """HTML, links, table bars and line breaks from outside cannot change the page."""
    hostile = "<img src=x>|[a](b)\n# *x* `y`"
    breach = Breach("fair", hostile, "errors", 1.0, "0")
    text = render_markdown(Report((evaluation(hostile, four_records()),), (breach,)))
    escaped = r"\<img src=x\>\|\[a\](b) \# \*x\* \`y\`"
    assert f"- fair, {escaped}: errors is 1, expected 0" in text
    assert f"| {escaped}, test | 3 |" in text
    assert "<img" not in text.replace(r"\<img", "")


def test_times_are_left_out() -> None:
    """Two runs that differ in their times alone give the same bytes."""
    texts = {render_markdown(Report((evaluation(records=four_records(timing_ms={"total": t})),))) for t in (1.0, 9.0)}
    assert len(texts) == 1
