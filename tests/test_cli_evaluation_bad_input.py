"""What ``summitqa eval`` says to data and options that cannot be used: one line, exit code 2, nothing written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from loopback import serving
from pool import LINES, question, write_documents, write_gold
from report_samples import evaluation
from summitqa.cli import main
from summitqa.evaluation.reports import write_reports

Refuse = Callable[..., str]


@pytest.fixture
def refuse(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Refuse:
    """Run ``summitqa eval`` where ``docs`` and ``pool.jsonl`` are; return its only line, all else as it should be."""
    monkeypatch.chdir(tmp_path)
    write_documents(tmp_path / "docs")
    write_gold(tmp_path / "pool.jsonl")

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["summitqa", "eval", *arguments])
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        assert (stopped.value.code, out, err.count("\n")) == (2, "", 1)
        assert sorted(tmp_path.rglob("*")) == before
        return err.removesuffix("\n")

    return run


def refuse_gold(refuse: Refuse, content: bytes) -> str:
    Path("bad.jsonl").write_bytes(content)
    return refuse("--documents", "docs", "--gold", "bad.jsonl", "--report", "out")


def refuse_gates(refuse: Refuse, content: str, *more: str) -> str:
    Path("gates.toml").write_text(content, encoding="utf-8")
    given = ("--documents", "docs", "--gold", "pool.jsonl", "--report", "out")
    return refuse(*given, "--thresholds", "gates.toml", *more)


def refuse_baseline(refuse: Refuse, content: str) -> str:
    Path("baseline.json").write_text(content, encoding="utf-8")
    return refuse("--documents", "docs", "--gold", "pool.jsonl", "--report", "out", "--baseline", "baseline.json")


GOOD = json.dumps(LINES[0]).encode()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "bad.jsonl: no question in it; write one JSON object a line"),
        (b" \n\n", "bad.jsonl: no question in it"),
        (GOOD + b'\n{"id": "caf\xe9"}\n', "bad.jsonl: line 2: is not UTF-8"),
        (GOOD.decode().encode("utf-16"), "bad.jsonl: line 1: is not UTF-8"),
        (GOOD + b"\n" + GOOD[:40], "bad.jsonl: line 2: is not JSON, cut off or malformed"),
        (b"[1, 2]", "bad.jsonl: line 1: is not a JSON object"),
        (GOOD.replace(b'"answerable": true', b'"answerable": "yes"'), "bad.jsonl: line 1: answerable: Input should be"),
        (GOOD.replace(b'["7 am"]', b'"7 am"'), "bad.jsonl: line 1: answers: Input should be a valid list"),
        (GOOD.replace(b"opening-hours", b"prices"), "bad.jsonl: line 1: document 'prices' is not in the index"),
        (GOOD.replace(b"opens at", b"closes at"), "bad.jsonl: line 1: quote is not in document 'opening-hours'"),
        (GOOD.replace(b"fact", b"facts"), "bad.jsonl: line 1: unknown tag 'facts'"),
        (GOOD + b"\n" + GOOD, "bad.jsonl: line 2: id q1 is also on line 1 (and 1 more fault)"),
    ],
)
def test_a_wrong_gold_file(refuse: Refuse, content: bytes, message: str) -> None:
    """Empty, mis-encoded, cut off, of wrong types, about unknown documents: file and line are told."""
    assert refuse_gold(refuse, content).startswith(f"error: {message}")


def test_a_gold_file_that_is_missing_or_a_folder(refuse: Refuse) -> None:
    """The path is told as it was given."""
    assert (
        refuse("--documents", "docs", "--gold", "none.jsonl") == "error: none.jsonl: no such file; name one with --gold"
    )
    assert refuse("--documents", "docs", "--gold", "docs").startswith("error: docs: cannot be read (")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[pool.test", "gates.toml: not TOML: "),
        ("", "gates.toml: no gate in it"),
        ("[pool.test]\naccuracy = {min = 1}", "gates.toml: pool.test.accuracy: unknown measure 'accuracy'; known are "),
        ('[pool.test]\nece = {max = "low"}', "gates.toml: pool.test.ece.max: expected a number, found 'low'"),
        ("[pool.test]\nece = {maximum = 1}", "gates.toml: pool.test.ece: expected min or max, found 'maximum'"),
        ("[pool.tset]\nece = {max = 1}", "gates.toml: pool.tset.ece: unknown group 'tset'; pool has "),
        ("[poool.test]\nece = {max = 1}", "gates.toml: no gate for the question set 'pool', it has poool"),
    ],
)
def test_wrong_thresholds(refuse: Refuse, content: str, message: str) -> None:
    """Found before the run; the key is told."""
    assert refuse_gates(refuse, content).startswith(f"error: {message}")


def test_gates_for_a_group_that_a_sample_lost(refuse: Refuse) -> None:
    """No gate passes because its questions were not asked."""
    message = refuse_gates(refuse, '[pool."follow-up"]\nece = {max = 1}', "--sample", "1", "--seed", "2")
    assert message.startswith("error: gates.toml: pool.\"follow-up\".ece: unknown group 'follow-up'")


def test_missing_thresholds(refuse: Refuse) -> None:
    """The option to name them is told."""
    message = refuse("--documents", "docs", "--gold", "pool.jsonl", "--thresholds", "none.toml")
    assert message == "error: none.toml: no such file; name one with --thresholds"


def test_a_wrong_baseline(refuse: Refuse, tmp_path: Path) -> None:
    """Missing, damaged, of another schema version, of another question set: found before the run."""
    write_reports(tmp_path / "other", [evaluation("fair")], generated_by="test")
    text = (tmp_path / "other" / "report.json").read_text(encoding="utf-8")
    given = ("--documents", "docs", "--gold", "pool.jsonl", "--baseline")
    assert refuse(*given, "none.json") == "error: none.json: no such report; name a report.json"
    assert refuse_baseline(refuse, text[:100]).startswith("error: baseline.json: damaged report: not JSON (")
    newer = text.replace('"schema_version": 1', '"schema_version": 2')
    assert refuse_baseline(refuse, newer).startswith("error: baseline.json: report has schema version 2, expected 1")
    assert refuse_baseline(refuse, text).startswith("error: baseline: no question set 'pool' in it, it has fair")


@pytest.fixture(scope="module")
def other_server() -> Iterator[str]:
    """Give the address of a server that is none of ours."""
    with serving(Starlette(routes=[Route("/{path:path}", lambda _: PlainTextResponse("hello"))])) as url:
        yield url


def test_a_wrong_url(refuse: Refuse, other_server: str) -> None:
    """No address, nobody there, somebody else: the address is told."""
    given = ("--gold", "pool.jsonl", "--report", "out", "--url")
    assert refuse(*given, "localhost").startswith("error: localhost: not an address; write one such as ")
    assert refuse(*given, "http://127.0.0.1:9").startswith("error: http://127.0.0.1:9: no server answers there (")
    assert refuse(*given, other_server).startswith(f"error: {other_server}: is not a summitqa server")


def test_documents_and_indexes_that_are_not_there(refuse: Refuse) -> None:
    """The path is told, and the command that makes an index."""
    assert "none" in refuse("--documents", "none", "--gold", "pool.jsonl")
    assert "summitqa index" in refuse("--index", "none", "--gold", "pool.jsonl")


def test_a_report_folder_that_holds_something_else(refuse: Refuse) -> None:
    """Documents are not deleted for a report."""
    given = ("--documents", "docs", "--gold", "pool.jsonl", "--report")
    assert refuse(*given, "docs").startswith("error: docs: holds 'opening-hours.txt', which is no part of a report")
    assert refuse(*given, "pool.jsonl").startswith("error: pool.jsonl: not a folder")


def test_a_wrong_suite(refuse: Refuse) -> None:
    """A set whose gold file is wrong is found before any set is asked."""
    good = '[one]\ngold = "pool.jsonl"\ndocuments = ["docs"]\n'
    Path("suite.toml").write_text(good + '[two]\ngold = "none.jsonl"\ndocuments = ["docs"]\n')
    message = refuse("--suite", "suite.toml", "--report", "out", "--index-cache", "kept")
    assert message == "error: none.jsonl: no such file; name one with --gold"
    assert refuse("--suite", "none.toml") == "error: none.toml: no such file; name one with --suite"


def test_faults_of_a_line_are_counted(refuse: Refuse, tmp_path: Path) -> None:
    """The first is told, with how many more there are."""
    write_gold(tmp_path / "bad.jsonl", [*LINES, question("q8", " ", tags=["x"])])
    message = refuse("--documents", "docs", "--gold", "bad.jsonl")
    assert message == "error: bad.jsonl: line 5: the question is empty (and 2 more faults)"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("", "no questions; name a file with --gold, or several sets with --suite"),
        ("--gold pool.jsonl --documents docs --index index", "--documents and --index cannot go together"),
        ("--gold pool.jsonl --index index --url http://127.0.0.1:9", "--index and --url cannot go together"),
        ("--suite s.toml --url http://127.0.0.1:9", "--suite and --url cannot go together"),
        ("--suite s.toml --gold pool.jsonl", "--suite names its sets itself; leave --gold out"),
        ("--suite s.toml --name x", "--suite names its sets itself; leave --name out"),
        ("--gold pool.jsonl --documents docs --resume", "--resume needs --report"),
        ("--gold pool.jsonl --documents docs --reader-only", "--reader-only is for --format squad"),
        ("--gold pool.jsonl --documents docs --name a/b", "'a/b' is no name of a question set"),
    ],
)
def test_options_that_do_not_fit_together(refuse: Refuse, options: str, message: str) -> None:
    """The two options are named, or what is missing."""
    assert refuse(*options.split()).startswith(f"error: {message}")
