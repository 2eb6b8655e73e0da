"""The journal of a run that can be resumed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.journal import Journal, file_digest, run_digest

RUN = {"data": "abc", "system": {"reader": "r1"}, "options": {"sample": 5}}


def write(path: Path, *values: tuple[str, Any], identity: dict[str, Any] | None = None) -> None:
    with Journal(path, identity or RUN) as journal:
        for question_id, value in values:
            journal.add(question_id, value)


def test_finished_questions_are_there_when_a_run_is_resumed(tmp_path: Path) -> None:
    """What was added before is in the journal, what was not is not, and more can be added."""
    path = tmp_path / "deep" / "run.jsonl"
    write(path, ("a", {"f1": 0.5}), ("b", ["ü"]))
    write(path, ("c", None))
    with Journal(path, RUN) as journal:
        assert [(q, journal[q]) for q in "abc"] == [("a", {"f1": 0.5}), ("b", ["ü"]), ("c", None)]
        assert ("d" in journal, len(journal)) == (False, 3)


def test_each_question_is_a_line_that_is_written_at_once(tmp_path: Path) -> None:
    """The file holds a head and a line a question while the run is still going on."""
    path = tmp_path / "run.jsonl"
    with Journal(path, RUN) as journal:
        journal.add("a", 1)
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert lines == [{"journal": 1, "run": run_digest(RUN), "identity": RUN}, {"id": "a", "value": 1}]


@pytest.mark.parametrize("n_cut", [1, 5, 20])
def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path, n_cut: int) -> None:
    """A process that died while writing loses that question only, and the file is whole again afterwards."""
    path = tmp_path / "run.jsonl"
    write(path, ("a", 1), ("b", "a longer value"))
    path.write_bytes(path.read_bytes()[:-n_cut])
    write(path, ("c", 3))
    with Journal(path, RUN) as journal:
        assert ("a" in journal, "b" in journal, "c" in journal) == (True, False, True)


def test_a_head_that_was_cut_off_is_written_again(tmp_path: Path) -> None:
    """A process that died at once leaves nothing that stands in the way."""
    path = tmp_path / "run.jsonl"
    write(path)
    path.write_bytes(path.read_bytes()[:20])
    write(path, ("a", 1))
    with Journal(path, RUN) as journal:
        assert journal["a"] == 1


@pytest.mark.parametrize(
    ("identity", "names"),
    [
        (RUN | {"data": "xyz"}, "data"),
        (RUN | {"options": {"sample": 6}, "system": {}}, "options, system"),
        (RUN | {"more": 1}, "more"),
    ],
)
def test_the_journal_of_another_run_is_refused(tmp_path: Path, identity: dict[str, Any], names: str) -> None:
    """The error says which file and what differs, and the file is left as it is."""
    path = tmp_path / "run.jsonl"
    write(path, ("a", 1))
    before = path.read_bytes()
    with pytest.raises(EvaluationDataError, match=rf"run\.jsonl: .*another run \(different: {names}\); delete it"):
        write(path, ("b", 2), identity=identity)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", ["no json\n", "no line end", "[]\n", '{"id": "a"}\n', "\xff\n", "1\n"])
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, content: str) -> None:
    """Some other file of that name is never written to."""
    path = tmp_path / "notes.txt"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(EvaluationDataError, match="line 1: not a line of a journal"):
        write(path, ("a", 1))
    assert path.read_bytes() == content.encode("latin-1")


def test_a_folder_is_no_place_to_write(tmp_path: Path) -> None:
    """What cannot be opened is told in one line."""
    with pytest.raises(EvaluationDataError, match="cannot be written"):
        write(tmp_path)


def test_without_a_path_nothing_is_written() -> None:
    """A run that is not to be resumed has its journal in memory."""
    with Journal(None, RUN) as journal:
        journal.add("a", 1)
        assert journal["a"] == 1


def test_the_digest_of_a_run_does_not_depend_on_the_order_of_keys() -> None:
    """Equal identities have equal digests, others have others."""
    assert run_digest({"a": 1, "b": 2}) == run_digest({"b": 2, "a": 1}) != run_digest({"a": 1, "b": 3})


def test_the_digest_of_files_depends_on_each(tmp_path: Path) -> None:
    """It is the SHA-256 of the files' SHA-256s, so that text may not wander from one to the next."""
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"x")
    second.write_bytes(b"y")
    parts = [hashlib.sha256(b"x").digest(), hashlib.sha256(b"y").digest()]
    assert file_digest(first, second) == hashlib.sha256(b"".join(parts)).hexdigest()
    with pytest.raises(EvaluationDataError, match="none: cannot be read"):
        file_digest(tmp_path / "none")
