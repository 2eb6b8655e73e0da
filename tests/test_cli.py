"""The terminal command, run in this process with the real models."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summitqa.cli import main
from summitqa.engine import build_index
from summitqa.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r'^\$ summitqa ask "([^"]+)"\n(.*?)(?=\n\$ |```)', README, re.DOTALL | re.MULTILINE)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an index of the seeds."""
    folder = tmp_path_factory.mktemp("cli") / "index"
    build_index([ROOT / "seeds"], Settings(index_dir=folder))
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, index_dir: Path) -> Run:
    """Run ``summitqa`` with arguments; return exit code, stdout and stderr."""
    monkeypatch.setenv("SUMMITQA_INDEX_DIR", str(index_dir))

    def run_once(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["summitqa", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            main()
        captured = capsys.readouterr()
        code = stopped.value.code
        return (code if isinstance(code, int) else 0), captured.out, captured.err

    return run_once


def test_indexing_twice_changes_nothing(run: Run) -> None:
    """The second run finds the seed unchanged and adds nothing."""
    code, out, _ = run("index", ROOT / "seeds", "--json")
    summary = json.loads(out)
    assert (code, summary["unchanged"], summary["added"]) == (0, 1, 0)


def test_an_answer_is_quoted_with_its_place(run: Run) -> None:
    """A question on the seed prints the sentence and where it stands, with exit code 0."""
    code, out, _ = run("ask", "Who is Yury Ushakov?")
    assert code == 0
    assert "Kremlin aide Yury Ushakov confirmed talks would still begin Thursday" in out
    assert "[1] istanbul-peace-summit" in out


@pytest.mark.parametrize(("question", "shown"), SHOWN)
def test_the_readme_shows_real_output(run: Run, question: str, shown: str) -> None:
    """What the README shows under a question is what the command prints."""
    assert run("ask", question)[1].strip() == shown.strip()


def test_json_quotes_are_verbatim(run: Run) -> None:
    """The offsets in the JSON give the cited text when applied to the file."""
    _, out, _ = run("ask", "How likely are prisoner exchanges?", "--json")
    citation = json.loads(out)["citations"][0]
    text = (ROOT / "seeds" / "istanbul-peace-summit.txt").read_text(encoding="utf-8")
    assert text[citation["start_char_index"] : citation["end_char_index"]] == citation["cited_text"]


def test_no_answer_has_its_own_exit_code(run: Run) -> None:
    """Off-topic questions give exit code 3 and say that the documents don't say."""
    code, out, _ = run("ask", "How do I bake sourdough bread?")
    assert code == 3
    assert "The documents don't say." in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "  "], "error: the question is empty"),
        (["ask", "x" * 3000], "error: the question has 3000 characters, the limit is 2000"),
        (["ask", "Who?", "--document", "none"], "none"),
        (["ask", "Who?", "--index", "/nonexistent"], "summitqa index"),
        (["index", "/nonexistent"], "error: "),
    ],
)
def test_bad_input_is_one_line_and_exit_code_1(run: Run, arguments: list[str], message: str) -> None:
    """What a user did wrong is told in one line on stderr, without a traceback."""
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert message in err


def test_an_undecodable_question_is_refused(run: Run) -> None:
    """Bytes that are no UTF-8 reach us as lone surrogates, and are told."""
    code, _, err = run("ask", "who \udcff owns")
    assert (code, err) == (1, "error: the question holds bytes that are no text; send it as UTF-8\n")


def test_a_failed_index_leaves_the_old_one_serving(run: Run, tmp_path: Path) -> None:
    """An empty document is refused, and the seed still answers."""
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    assert run("index", tmp_path)[0] == 1
    assert run("ask", "Who is Yury Ushakov?")[0] == 0


def test_a_wrong_setting_is_a_usage_error(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting from the environment that makes no sense is named, with exit code 2."""
    monkeypatch.setenv("SUMMITQA_THREADS", "many")
    code, _, err = run("ask", "Who?")
    assert (code, err.count("\n")) == (2, 1)
    assert "SUMMITQA_THREADS" in err


def test_the_doctor_finds_a_healthy_index(run: Run) -> None:
    """Versions, digests and the index are reported, and nothing is wrong."""
    code, out, _ = run("doctor", "--json")
    report = json.loads(out)
    assert (code, report["problems"]) == (0, [])
    assert report["index"]["n_documents"] == 1


def test_the_doctor_says_how_to_mend_a_missing_index(run: Run, tmp_path: Path) -> None:
    """Without an index the doctor names the command that makes one, with exit code 1."""
    code, out, _ = run("doctor", "--index", tmp_path / "none")
    assert code == 1
    assert "summitqa index" in out


def test_a_server_says_its_address_to_machines_in_one_line(index_dir: Path) -> None:
    """What indexing did before is told to people, on stderr."""
    options = ["--source", str(ROOT / "seeds"), "--index", str(index_dir), "--port", "0", "--json"]
    with subprocess.Popen(
        [sys.executable, "-m", "summitqa", "serve", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        process.send_signal(signal.SIGINT)
        output, told = process.communicate(timeout=60)
    assert url.startswith("http://127.0.0.1:")
    assert (process.returncode, output) == (0, "")
    assert "1 unchanged" in told
