"""Results of other formats than gold questions: their tables, their page, and the folder they are written to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from report_samples import evaluation
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.formats.beir_result import BeirResult, BeirScore, mean_scores
from summitqa.evaluation.formats.squad_result import SquadResult
from summitqa.evaluation.formats.squad_scores import SquadPrediction, best_exact, best_f1, score_predictions
from summitqa.evaluation.records import CurvePoint
from summitqa.evaluation.reports import result_html, write_reports, write_result
from summitqa.evaluation.reports.markdown import render_tables
from summitqa.evaluation.reports.result_html import render_result_html
from summitqa.evaluation.results import Miss
from test_reports_html import HOSTILE, Page

TABLE = ("SQuAD dev_1, 2 questions", ["questions", "n"], [["all", "2"], ["a|b", "0"]])

RIGHT = SquadPrediction("right", "When?", ("1858",), "1858", 0.9)
PREDICTIONS = (
    RIGHT,
    SquadPrediction("part", "Who?", ("Ada Lund", "Lund", "Lund"), "keeper Ada Lund", 0.8),
    SquadPrediction("wrong", "Where?", ("Skagen",), "Brann", 0.7),
    SquadPrediction("silent", "Why?", ("for ships",), "for ships", 0.4),
    SquadPrediction("loud", "How?", (), "by hand", 0.6),
    SquadPrediction("quiet", "Whose?", (), "ours", 0.3),
    SquadPrediction("broken", "What?", ("a lamp",), "", 0.0, "ModelRuntimeError: the reader broke"),
)


def squad(predictions: tuple[SquadPrediction, ...] = PREDICTIONS, name: str = "dev.json") -> SquadResult:
    """Return the result of a run with these predictions and the threshold 0.5."""
    return SquadResult(
        name=name,
        mode="corpus",
        system={"encoder": "e1", "reader": "r1"},
        sample=None,
        seed=7,
        configured=score_predictions(predictions, 0.5),
        best_exact=best_exact(predictions),
        best_f1=best_f1(predictions),
        predictions=predictions,
    )


def score(name: str, ndcg: float, recall: float, error: str | None = None) -> BeirScore:
    """Return a question that hybrid retrieval does so well at, and bm25 not at all."""
    of = {"bm25": {"ndcg@10": 0.0, "recall@100": 0.0}, "hybrid": {"ndcg@10": ndcg, "recall@100": recall}}
    return BeirScore(name, f"{name}?", of, error)


def beir() -> BeirResult:
    """Return the result of a run over four questions."""
    scores = (
        score("found", 0.5, 1.0),
        score("late", 0.0, 0.5),
        score("never", 0.0, 0.0),
        score("e", 0.0, 0.0, "broke"),
    )
    return BeirResult("sci/test", {"encoder": "e1"}, None, 7, mean_scores(scores, ["bm25", "hybrid"]), scores)


def words_of(text: str) -> str:
    """Return the words of a page that a person would see."""
    return " ".join("".join(Page(text).texts).split())


def test_tables_become_markdown_that_shows_what_is_in_them() -> None:
    """What would be markup is escaped, numbers stand right."""
    assert render_tables([TABLE], "summitqa 1").splitlines() == [
        "# Evaluation",
        "",
        "## SQuAD dev\\_1, 2 questions",
        "",
        "| questions | n |",
        "| --- | ---: |",
        "| all | 2 |",
        "| a\\|b | 0 |",
        "",
        "Made by summitqa 1.",
    ]


def test_what_squad_got_wrong_is_told_by_kind() -> None:
    """Expected and given as they count at the configured threshold; right answers and right silences are no misses."""
    assert squad().misses() == [
        Miss("part", "Who?", "right in part", ("Ada Lund", "Lund"), ("keeper Ada Lund",), (("confidence", "0.80"),)),
        Miss("wrong", "Where?", "wrong answer", ("Skagen",), ("Brann",), (("confidence", "0.70"),)),
        Miss("silent", "Why?", "no answer", ("for ships",), (), (("confidence", "0.40"), ("withheld", "for ships"))),
        Miss("loud", "How?", "should be silent", (), ("by hand",), (("confidence", "0.60"),)),
        Miss("broken", "What?", "no result", ("a lamp",), (), (("error", "ModelRuntimeError: the reader broke"),)),
    ]


def test_the_curve_of_squad_by_hand() -> None:
    """The surest first, each question wrong without an exact match, the failed one last; none gives no curve."""
    shares = [0.0, 1 / 2, 2 / 3, 3 / 4, 3 / 5, 4 / 6, 5 / 7]
    thresholds = [0.9, 0.8, 0.7, 0.6, 0.4, 0.3, 0.0]
    expected = [CurvePoint(n / 7, risk, t) for n, (risk, t) in enumerate(zip(shares, thresholds, strict=True), start=1)]
    assert squad().risk_coverage() == pytest.approx(expected)
    assert beir().risk_coverage() == ()


def test_the_figures_to_judge_by() -> None:
    """In the format's own writing, and as shares to be drawn."""
    exact, f1 = squad().headlines()
    assert (exact.name, exact.shown, exact.share.n) == ("exact match", "28.57", 7)
    assert exact.share.value == pytest.approx(2 / 7)
    assert (f1.name, f1.shown) == ("F1", "40.00")
    low, high = exact.interval.split(" to ")
    assert (exact.share.low, exact.share.high) == pytest.approx((float(low) / 100, float(high) / 100), abs=1e-4)
    assert [(h.name, h.shown) for h in beir().headlines()] == [
        ("hybrid, ndcg@10", "0.125"),
        ("hybrid, recall@100", "0.375"),
    ]


def test_what_beir_did_not_find_is_told_by_kind() -> None:
    """With the scores of every retriever; what failed has none worth telling."""
    facts = (("bm25", "ndcg@10 0.000, recall@100 0.000"), ("hybrid", "ndcg@10 0.000, recall@100 0.500"))
    late, never, failed = beir().misses()
    assert late == Miss("late", "late?", "not among the first ten", facts=facts)
    assert (never.id, never.kind) == ("never", "not among the first hundred")
    assert failed == Miss("e", "e?", "no result", facts=(("error", "broke"),))


def test_the_page_of_squad_has_figures_curve_and_failures() -> None:
    """What a newcomer looks for, in words; the curve is drawn, and both answers stand side by side."""
    text = render_result_html(squad(), "summitqa 1")
    words = words_of(text)
    for told in (
        "SQuAD dev.json, of all contexts, at confidence 0.5",
        "encoder: e1. reader: r1.",
        "7 questions; 95 % interval",
        "5 questions not handled rightly",
        "should be silent (1)",
        "Silence: the documents do not say.",
        "best threshold on these questions",
        "Made by summitqa 1.",
    ):
        assert told in words
    assert text.count('<polyline class="curve"') == 1
    assert text.count('<svg class="bar"') == 2
    assert '<blockquote class="expected">Skagen</blockquote>' in text
    assert '<blockquote class="given">Brann</blockquote>' in text


def test_the_page_of_beir_has_no_curve() -> None:
    """A ranking has no confidence, and no expected answer to show."""
    text = render_result_html(beir(), "summitqa 1")
    words = words_of(text)
    assert "BEIR sci/test, 4 questions" in words
    assert "3 questions not handled rightly" in words
    assert "nDCG@10 0.000, recall@100 0.500" in words.replace("ndcg", "nDCG")
    assert "polyline" not in text
    assert "#confidence" not in text
    assert "Expected" not in words


def test_what_could_not_be_finished_comes_first() -> None:
    """Then the kinds by how often they occur, each with those of its questions that are shown."""
    headings = [line for line in render_result_html(squad(), "").splitlines() if '<details class="more"' in line]
    assert [line.partition("<summary>")[2].partition(" (")[0] for line in headings] == [
        "no result",
        "no answer",
        "right in part",
        "should be silent",
        "wrong answer",
    ]


def test_of_thousands_only_the_first_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page says how many more there are, and where."""
    monkeypatch.setattr(result_html, "LISTED", 2)
    wrong = tuple(replace(PREDICTIONS[2], id=f"q{n}") for n in range(5))
    words = words_of(render_result_html(squad(wrong), ""))
    assert "wrong answer (5)" in words
    assert "and 3 more, in report.json" in words
    assert [name for name in ("q0", "q1", "q2", "q3", "q4") if name in words] == ["q0", "q1"]


def test_nothing_missed_is_told_too() -> None:
    """A perfect run has a page."""
    assert "0 questions not handled rightly" in words_of(render_result_html(squad((RIGHT,)), ""))


@pytest.mark.parametrize("hostile_error", [None, HOSTILE])
def test_html_and_script_show_as_text(hostile_error: str | None) -> None:
    """Whatever a data set holds makes no element and no attribute; the page asks nothing of others."""
    prediction = SquadPrediction(HOSTILE, HOSTILE, (HOSTILE,), f"other {HOSTILE}", 0.9, hostile_error)
    result = replace(squad((prediction,), HOSTILE), system={HOSTILE: HOSTILE})
    page = Page(render_result_html(result, HOSTILE))
    assert page.open == []
    assert page.names().isdisjoint({"script", "link", "img", "iframe", "form", "object", "base"})
    assert not [attrs for _, attrs in page.elements if "onclick" in attrs]
    assert "".join(page.texts).count(HOSTILE) >= 7
    links = [attrs["href"] or "" for tag, attrs in page.elements if tag == "a"]
    targets = {f"#{attrs['id']}" for _, attrs in page.elements if "id" in attrs}
    assert set(links) <= targets


def test_an_earlier_report_makes_room(tmp_path: Path) -> None:
    """Its other files would be about other questions; the job summary gets the tables too."""
    folder, summary = tmp_path / "out", tmp_path / "summary.md"
    write_reports(folder, [evaluation()], generated_by="test")
    write_result(folder, squad(), generated_by="test", step_summary=summary)
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "report.md"]
    content = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert content == {"generated_by": "test", **json.loads(json.dumps(squad().to_json()))}
    assert "5 questions not handled rightly" in (folder / "report.html").read_text(encoding="utf-8")
    assert summary.read_text(encoding="utf-8") == (folder / "report.md").read_text(encoding="utf-8")


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path) -> None:
    """As for every report."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(EvaluationDataError, match="no part of a report"):
        write_result(tmp_path, squad(), generated_by="test")
