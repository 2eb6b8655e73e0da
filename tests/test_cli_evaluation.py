"""``summitqa eval`` as a person or a CI job runs it, in this process, with the real models."""

from __future__ import annotations

import dataclasses
import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from api_fakes import FakeEngine
from loopback import serving
from pool import DOGS, LINES, SEVEN, question, write_documents, write_gold
from summitqa.api import create_app
from summitqa.cli import main
from summitqa.engine import build_index, open_engine
from summitqa.evaluation.records import CitedQuote
from summitqa.evaluation.reports import load_report, write_reports
from summitqa.evaluation.summary import summarise
from summitqa.settings import Settings
from summitqa.types import Answer, NoAnswer, Span

Run = Callable[..., tuple[int, str, str]]
REPORT_FILES = ["junit.xml", "report.html", "report.json", "report.md"]

# Tests whose ids are all of the ``test`` split; nothing in the documents is like them.
LOST = [question(f"t{n}", f"What does quantum number {n} describe?", DOGS, "rules") for n in (0, 8, 9, 10, 11, 13, 15)]


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with documents, gold file and index."""
    base = tmp_path_factory.mktemp("pool")
    write_gold(base / "pool.jsonl")
    build_index([write_documents(base / "docs")], Settings(index_dir=base / "index"))
    return base


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``summitqa eval`` in an empty folder with arguments; return exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.delenv("SUMMITQA_DEBUG", raising=False)

    def run_once(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["summitqa", "eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        code = stopped.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return run_once


@pytest.fixture
def asked(pool: Path) -> list[str | Path]:
    """Return the arguments of a run over documents."""
    return ["--documents", pool / "docs", "--gold", pool / "pool.jsonl"]


@pytest.fixture(scope="module")
def pool_url(pool: Path) -> Iterator[str]:
    """Give the address of a server of the documents."""
    with open_engine(Settings(index_dir=pool / "index")) as engine, serving(create_app(engine)) as url:
        yield url


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def untimed(path: Path) -> list[object]:
    (evaluation,) = load_report(path)
    return [dataclasses.replace(record, timing_ms={}) for record in evaluation.records]


def test_one_command_measures_documents_and_reports(run: Run, asked: list[str | Path], tmp_path: Path) -> None:
    """The figures of the test split are printed, the folder holds all four reports and nothing else is left."""
    code, out, err = run(*asked, "--report", "out")
    assert code == 0
    assert "pool, test: 2 of 4 questions" in out
    assert "answer accuracy" in out
    assert "all gates hold" in out
    assert err == "report: out/report.html\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == REPORT_FILES
    assert len(ET.parse(tmp_path / "out" / "junit.xml").findall(".//testcase")) == 4


def test_an_index_and_a_server_give_the_same_report(
    run: Run, asked: list[str | Path], pool: Path, pool_url: str, tmp_path: Path
) -> None:
    """``--documents``, ``--index`` and ``--url`` differ in nothing but times."""
    gold = ["--gold", pool / "pool.jsonl", "--report"]
    run(*asked, "--report", "a")
    assert run("--index", pool / "index", *gold, "b")[0] == run("--url", pool_url, *gold, "c")[0] == 0
    first, second, third = (untimed(tmp_path / name / "report.json") for name in "abc")
    assert first == second == third


def test_json_is_the_report(run: Run, asked: list[str | Path], tmp_path: Path) -> None:
    """What --json prints is what report.json holds, and can serve as a baseline."""
    _, out, _ = run(*asked, "--json", "--report", "out", "--name", "mine")
    assert out == (tmp_path / "out" / "report.json").read_text(encoding="utf-8")
    baseline = write(tmp_path / "baseline.json", out)
    code, out, _ = run(*asked, "--name", "mine", "--baseline", baseline)
    assert (code, "mine against the baseline, 4 questions in common: no evidence of change" in out) == (0, True)


def test_a_suite_runs_its_sets_and_keeps_their_indexes(run: Run, pool: Path, tmp_path: Path) -> None:
    """Two sets, one report; each index is kept under the name of its set."""
    write(pool / "suite.toml", "".join(f'[{n}]\ngold = "pool.jsonl"\ndocuments = ["docs"]\n' for n in ("one", "two")))
    code, out, _ = run("--suite", pool / "suite.toml", "--report", "out", "--index-cache", "kept", "--workers", "2")
    assert code == 0
    assert ("one, test" in out, "two, test" in out) == (True, True)
    assert [evaluation.name for evaluation in load_report(tmp_path / "out" / "report.json")] == ["one", "two"]
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["one", "two"]


def test_a_broken_gate_is_exit_code_1_and_still_reported(run: Run, asked: list[str | Path], tmp_path: Path) -> None:
    """The gate is named with what was measured, and the report is written."""
    gates = write(tmp_path / "gates.toml", "[pool.test]\nerrors = {min = 1}\n[other.test]\nerrors = {min = 1}\n")
    code, out, _ = run(*asked, "--thresholds", gates, "--report", "out")
    assert code == 1
    assert "broken gate: pool, test: errors is 0, expected at least 1" in out
    assert "all gates hold" not in out
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_significant_loss_is_exit_code_1_with_what_flipped(run: Run, pool: Path, tmp_path: Path) -> None:
    """Seven questions that the baseline answered rightly are met with silence: worse, and each is listed."""
    gold = write_gold(tmp_path / "lost.jsonl", LOST)
    arguments: list[str | Path] = ["--documents", pool / "docs", "--gold", gold, "--report"]
    assert run(*arguments, "now")[0] == 1  # "not one quote was given" is a gate that always holds
    (now,) = load_report(tmp_path / "now" / "report.json")
    quote = CitedQuote("rules", Span(9, 9 + len(DOGS)), DOGS, verbatim=True)
    right = [dataclasses.replace(r, outcome="answered", reason=None, citations=(quote,)) for r in now.records]
    write_reports(tmp_path / "good", [summarise("lost", {}, right)], generated_by="test")
    code, out, _ = run(*arguments, "now", "--baseline", tmp_path / "good" / "report.json")
    assert code == 1
    assert "test: citation hit worse, -1.000" in out
    assert "right to wrong: 7" in out
    assert "broken gate: lost, test: citation_hit is 0, expected no loss against the baseline's 1" in out


def test_questions_that_fail_are_listed_and_break_a_gate(run: Run, pool: Path, tmp_path: Path) -> None:
    """A question too long for the engine is an error of its own: one line, no traceback, exit code 1."""
    long = question("q9", "Who " * 600 + "?", SEVEN, "opening-hours")
    gold = write_gold(tmp_path / "long.jsonl", [*LINES, long])
    code, out, err = run("--documents", pool / "docs", "--gold", gold)
    assert code == 1
    assert "failed: QuestionError: the question has 2401 characters" in out
    assert "broken gate: long, all: errors is 1, expected 0 (q9)" in out
    assert err == ""


class HangingEngine(FakeEngine):
    """Answers nothing before it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def ask(self, question: str, **options: Any) -> Answer | NoAnswer:
        """Wait, then answer."""
        self.let_go.wait()
        return super().ask(question, **options)


def test_a_question_that_takes_too_long_is_listed(run: Run, tmp_path: Path) -> None:
    """``--timeout`` is how long is waited; what is late counts as zero, and a gate can forbid it."""
    gates = write(tmp_path / "gates.toml", '["*".all]\ntimeouts = {max = 0}\n')
    gold = write_gold(tmp_path / "late.jsonl", [question("q1", "Why?")])
    engine = HangingEngine()
    with serving(create_app(engine)) as url:
        code, out, _ = run("--url", url, "--gold", gold, "--timeout", "1", "--thresholds", gates)
        engine.let_go.set()
    assert code == 1
    assert "q1 Why?: took too long" in out
    assert "broken gate: late, all: timeouts is 1, expected at most 0" in out


def test_the_job_summary_of_github_gets_the_short_report(
    run: Run, asked: list[str | Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``report.md`` is appended to the file that the variable names."""
    summary = write(tmp_path / "summary.md", "before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    run(*asked, "--report", "out")
    assert summary.read_text(encoding="utf-8") == "before\n" + (tmp_path / "out" / "report.md").read_text("utf-8")


def test_a_sample_asks_fewer(run: Run, asked: list[str | Path]) -> None:
    """Two of four questions."""
    _, out, _ = run(*asked, "--sample", "2", "--seed", "3", "--json")
    assert len(json.loads(out)["evaluations"][0]["records"]) == 2


def test_resume_goes_on_where_a_run_was_broken_off(run: Run, asked: list[str | Path], tmp_path: Path) -> None:
    """With the journal of a run, and of another run."""
    assert run(*asked, "--report", "out", "--resume")[0] == 0
    assert not (tmp_path / "out.journal").exists()
    (tmp_path / "out.journal").mkdir()
    write(tmp_path / "out.journal" / "pool.jsonl", '{"journal": 1, "run": "x", "identity": {"gold": "x"}}\n')
    code, _, err = run(*asked, "--report", "out", "--resume")
    assert (code, "is the journal of another run (different: documents, gold, options, system)" in err) == (2, True)
    assert run(*asked, "--report", "out")[0] == 0


def test_lint_tells_every_fault_with_its_line(run: Run, pool: Path, tmp_path: Path) -> None:
    """All faults on stdout, exit code 2; without a fault the questions are counted."""
    gold = write_gold(tmp_path / "bad.jsonl", [*LINES, question("q1", "Who?", "nowhere", "rules")])
    code, out, _ = run("--documents", pool / "docs", "--gold", gold, "--lint")
    assert (code, out) == (
        2,
        f"{gold}: line 5: quote is not in document 'rules': 'nowhere'\n{gold}: line 5: id q1 is also on line 1\n",
    )
    code, out, _ = run("--documents", pool / "docs", "--gold", pool / "pool.jsonl", "--lint")
    assert (code, out) == (0, f"{pool / 'pool.jsonl'}: 4 questions, no fault\n")
    code, out, _ = run("--documents", pool / "docs", "--gold", gold, "--lint", "--json")
    assert (code, [fault["line"] for fault in json.loads(out)[0]["faults"]]) == (2, [5, 5])


def test_the_index_of_the_settings_is_asked_by_default(run: Run, pool: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ``summitqa ask`` does."""
    monkeypatch.setenv("SUMMITQA_INDEX_DIR", str(pool / "index"))
    assert run("--gold", pool / "pool.jsonl")[0] == 0
