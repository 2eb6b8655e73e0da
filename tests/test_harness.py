"""The harness on files and the real engine: checking, sampling, asking, resuming."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loopback import serving
from pool import LINES, question, write_documents, write_gold
from summitqa.api import create_app
from summitqa.engine import build_index, open_engine
from summitqa.errors import DocumentNotFoundError, EvaluationDataError
from summitqa.evaluation.harness import (
    HarnessOptions,
    evaluate_set,
    journal_path,
    lint_set,
    load_questions,
    remove_journals,
)
from summitqa.evaluation.records import Evaluation, Record
from summitqa.evaluation.suite import QuestionSet
from summitqa.evaluation.systems import open_documents, open_target
from summitqa.protocols import Progress
from summitqa.settings import Settings

SETTINGS = Settings()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with documents, gold file, and an index of the documents."""
    base = tmp_path_factory.mktemp("pool")
    write_gold(base / "pool.jsonl")
    build_index([write_documents(base / "docs")], Settings(index_dir=base / "index"))
    return base


@pytest.fixture
def pool(folder: Path) -> QuestionSet:
    """Return the questions with the documents they are asked of."""
    return QuestionSet("pool", folder / "pool.jsonl", (folder / "docs",))


def evaluate(question_set: QuestionSet, options: HarnessOptions | None = None) -> Evaluation:
    options = options or HarnessOptions()
    return evaluate_set(question_set, load_questions(question_set, SETTINGS, options), SETTINGS, options)


def untimed(evaluation: Evaluation) -> list[Record]:
    return [dataclasses.replace(record, timing_ms={}) for record in evaluation.records]


class Counting:
    """A bar that counts the questions newly asked, and ends the run after some of them."""

    def __init__(self, last: int | None = None) -> None:
        self.finished: list[int] = []
        self._last = last

    @contextmanager
    def __call__(self, name: str) -> Iterator[Progress | None]:
        """Give a callback for the questions of the set, none for indexing."""
        yield self._show if name == "pool" else None

    def _show(self, done: int, total: int) -> None:
        assert total == 5
        self.finished.append(done)
        if done == self._last:
            raise KeyboardInterrupt


def test_documents_index_and_server_give_the_same_records(folder: Path, pool: QuestionSet) -> None:
    """Documents indexed for the run, an index that is there, and a running server answer alike."""
    indexed = QuestionSet("pool", pool.gold, index_dir=folder / "index")
    with open_engine(Settings(index_dir=folder / "index")) as engine, serving(create_app(engine)) as url:
        served = evaluate(QuestionSet("pool", pool.gold, url=url))
    own = evaluate(pool)
    assert untimed(own) == untimed(evaluate(indexed)) == untimed(served)
    assert [record.id for record in own.records] == ["q1", "q2", "q3", "q4"]
    assert own.groups[0].figures["verbatim"].value == 1.0
    assert own.groups[0].figures["follow_up_gap"].n == 1


def test_linting_tells_the_faults_and_counts_the_questions(folder: Path, pool: QuestionSet, tmp_path: Path) -> None:
    """Every fault is found; without one the questions are counted."""
    wrong = write_gold(tmp_path / "wrong.jsonl", [*LINES, question("q1", "Who?", "nowhere", "rules"), {"id": 3}])
    n, faults = lint_set(QuestionSet("wrong", wrong, pool.documents), SETTINGS)
    assert (n, sorted({fault.line for fault in faults})) == (0, [5, 6])
    assert lint_set(pool, SETTINGS) == (4, [])
    assert lint_set(QuestionSet("pool", pool.gold, index_dir=folder / "index"), SETTINGS) == (4, [])


def test_documents_are_found_by_id_in_files_and_index(folder: Path, pool: QuestionSet) -> None:
    """Both ways give the same document, and the same error for one that is not there."""
    for question_set in (pool, QuestionSet("pool", pool.gold, index_dir=folder / "index")):
        with open_documents(question_set, SETTINGS) as document_of:
            assert document_of("rules").title == "Rules"
            with pytest.raises(DocumentNotFoundError):
                document_of("none")


def test_a_sample_is_the_same_every_time(pool: QuestionSet) -> None:
    """As many questions as asked for, chosen by the seed, in the order of the file."""
    chosen = [q.id for q in load_questions(pool, SETTINGS, HarnessOptions(sample=2, seed=1))]
    again = [q.id for q in load_questions(pool, SETTINGS, HarnessOptions(sample=2, seed=1))]
    assert chosen == again == sorted(chosen)
    assert len(chosen) == 2
    others = {tuple(q.id for q in load_questions(pool, SETTINGS, HarnessOptions(sample=2, seed=s))) for s in range(9)}
    assert len(others) > 1


def test_a_run_that_was_broken_off_is_resumed(pool: QuestionSet, tmp_path: Path) -> None:
    """Two of five questions are not asked again, and the result is that of a whole run."""
    options = HarnessOptions(journals=tmp_path / "journals", resume=True)
    questions = load_questions(pool, SETTINGS, options)
    with pytest.raises(KeyboardInterrupt):
        evaluate_set(pool, questions, SETTINGS, options, Counting(last=2))
    counting = Counting()
    resumed = evaluate_set(pool, questions, SETTINGS, options, counting)
    assert counting.finished == [3, 4, 5]
    assert untimed(resumed) == untimed(evaluate(pool))


def test_without_resume_a_run_begins_anew(pool: QuestionSet, tmp_path: Path) -> None:
    """A journal that was left is not gone on with unasked."""
    options = HarnessOptions(journals=tmp_path / "journals")
    questions = load_questions(pool, SETTINGS, options)
    for _ in range(2):
        counting = Counting()
        evaluate_set(pool, questions, SETTINGS, options, counting)
        assert counting.finished == [1, 2, 3, 4, 5]


def test_a_journal_of_other_documents_is_refused(pool: QuestionSet, tmp_path: Path) -> None:
    """Answers from before a document changed are not mixed with new ones."""
    options = HarnessOptions(journals=tmp_path / "journals", resume=True)
    evaluate(pool, options)
    documents = write_documents(tmp_path / "docs")
    (documents / "rules.md").write_text((documents / "rules.md").read_text(encoding="utf-8") + "\nNo ball games.\n")
    with pytest.raises(EvaluationDataError, match=r"another run \(different: documents"):
        evaluate(QuestionSet("pool", pool.gold, (documents,)), options)


def test_a_damaged_record_of_a_journal_is_told(pool: QuestionSet, tmp_path: Path) -> None:
    """The line is whole, its value is no record."""
    options = HarnessOptions(journals=tmp_path, resume=True)
    evaluate(pool, options)
    path = journal_path(tmp_path, "pool")
    path.write_text(path.read_text(encoding="utf-8").replace('"outcome": "', '"outcome": "un'), encoding="utf-8")
    with pytest.raises(EvaluationDataError, match=r"journal of pool: damaged record: outcome.*without --resume"):
        evaluate(pool, options)


def test_journals_go_when_a_run_is_over_and_nothing_else_does(tmp_path: Path) -> None:
    """The folder goes with the last of them, unless something else is in it."""
    folder = tmp_path / "journals"
    folder.mkdir()
    for name in ("a.jsonl", "b.jsonl", "mine.txt"):
        (folder / name).write_text("")
    remove_journals(folder, ["a", "c"])
    assert sorted(path.name for path in folder.iterdir()) == ["b.jsonl", "mine.txt"]
    (folder / "mine.txt").unlink()
    remove_journals(folder, ["b"])
    assert not folder.exists()
    remove_journals(folder, ["b"])


def test_indexes_are_kept_where_wanted_and_made_anew_when_damaged(pool: QuestionSet, tmp_path: Path) -> None:
    """A kept index that is damaged is no obstacle to the next run."""
    for _ in range(2):
        with open_target(pool, SETTINGS, index_cache=tmp_path) as target:
            assert target.document("rules").title == "Rules"
        (tmp_path / "pool" / "catalog.sqlite").write_bytes(b"damaged")
