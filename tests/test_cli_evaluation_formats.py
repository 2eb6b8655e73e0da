"""``summitqa eval --format squad`` and ``beir``, in this process, with the real models."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summitqa.cli import main

Run = Callable[..., tuple[int, str, str]]

CONTEXT = "The lighthouse of Brann was built in 1858. Its keeper was Ada Lund."
SQUAD = {
    "version": "v2.0",
    "data": [
        {
            "title": "Brann",
            "paragraphs": [
                {
                    "context": CONTEXT,
                    "qas": [
                        {
                            "id": "s1",
                            "question": "When was the lighthouse of Brann built?",
                            "answers": [{"text": "1858", "answer_start": 37}],
                            "is_impossible": False,
                        },
                        {"id": "s2", "question": "How is bread baked?", "answers": [], "is_impossible": True},
                    ],
                }
            ],
        }
    ],
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run ``summitqa eval`` in a folder that holds a SQuAD file and a BEIR folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    (tmp_path / "squad.json").write_text(json.dumps(SQUAD), encoding="utf-8")
    (tmp_path / "beir" / "qrels").mkdir(parents=True)
    corpus = [{"_id": "a", "title": "Brann", "text": CONTEXT}, {"_id": "b", "text": "Bread is baked in an oven."}]
    queries = [{"_id": "q", "text": "lighthouse keeper"}]
    for name, lines in (("corpus", corpus), ("queries", queries)):
        (tmp_path / "beir" / f"{name}.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "beir" / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n")

    def run_once(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["summitqa", "eval", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        code = stopped.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return run_once


@pytest.mark.parametrize(("mode", "asked"), [([], "of all contexts"), (["--reader-only"], "context given")])
def test_squad_gives_the_official_figures(run: Run, mode: list[str], asked: str) -> None:
    """Over the whole corpus or with the context given: figures for all, answerable and unanswerable questions."""
    code, out, _ = run("--format", "squad", "--gold", "squad.json", *mode)
    assert code == 0
    assert f"SQuAD squad.json, {asked}" in out
    assert [word for word in ("has answer", "no answer", "exact match", "best threshold") if word not in out] == []


def test_beir_gives_a_row_for_each_retriever(run: Run) -> None:
    """The only relevant document is found first by words and by meaning: nDCG and recall are 1."""
    _, out, _ = run("--format", "beir", "--gold", "beir", "--json")
    figures = json.loads(out)["figures"]
    found = {name: {measure: mean["value"] for measure, mean in of.items()} for name, of in figures.items()}
    best = {"ndcg@10": 1.0, "recall@100": 1.0}
    assert found == {"dense": best, "bm25": best, "hybrid": best}


def test_a_report_of_a_format_is_written(run: Run, tmp_path: Path) -> None:
    """HTML and Markdown for people, JSON for machines; the journal is gone, the index where it was wanted."""
    _, out, err = run("--format", "beir", "--gold", "beir", "--json", "--report", "out", "--index-cache", "kept")
    assert err == f"report: {Path('out') / 'report.html'}\n"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["report.html", "report.json", "report.md"]
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert {name: report[name] for name in json.loads(out)} == json.loads(out)
    assert "| hybrid | 1.000 \\[1.000, 1.000\\] |" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert "0 questions not handled rightly" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out.journal").exists()
    assert (tmp_path / "kept" / "beir" / "catalog.sqlite").is_file()


def test_a_sample_is_asked_and_resumed(run: Run, tmp_path: Path) -> None:
    """One of two questions; --resume on a run that was not broken off simply runs."""
    arguments = ["--format", "squad", "--gold", "squad.json", "--reader-only", "--sample", "1", "--report", "out"]
    assert run(*arguments)[0] == run(*arguments, "--resume")[0] == 0
    assert len(json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["predictions"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--format", "squad", "--gold", "none.json"], "none.json: cannot be read (no such file or directory)"),
        (["--format", "squad", "--gold", "beir/corpus.jsonl"], "beir/corpus.jsonl: "),
        (["--format", "beir", "--gold", "none"], "none: no qrels/test.tsv"),
        (["--format", "squad"], "no questions; name a file with --gold"),
        (["--format", "beir", "--gold", "beir", "--reader-only"], "--reader-only is for --format squad"),
        (["--format", "squad", "--gold", "squad.json", "--thresholds", "t.toml"], "--thresholds is for gold questions"),
        (["--format", "squad", "--gold", "squad.json", "--url", "http://127.0.0.1:1"], "--url is for gold questions"),
        (["--format", "squad", "--gold", "squad.json", "--lint"], "--lint is for gold questions"),
        (["--format", "squad", "--gold", "squad.json", "--report", "beir"], "beir: holds 'corpus.jsonl', which is no"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_code_2(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    """The line says what and where; nothing is written."""
    before = sorted(tmp_path.rglob("*"))
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"error: {message}")
    assert sorted(tmp_path.rglob("*")) == before
