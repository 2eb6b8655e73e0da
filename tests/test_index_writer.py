"""Writing an index: idempotent, one writer at a time, all or nothing."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index_samples import ALPHA, BETA, ENCODER, FINGERPRINT, TABLE, make_document, put_aside, write_index
from summitqa.errors import IndexBusyError, IndexMismatchError, IndexStoreError, IndexWriteError
from summitqa.index import IndexSummary, IndexWriter, current_generation, open_index
from summitqa.index.files import write_new
from summitqa.index.manifest import SCHEMA_VERSION
from summitqa.types import Block, Document, Span

HOLD_THE_LOCK = """
import pathlib, sys, time
from summitqa.index import IndexWriter
with IndexWriter(pathlib.Path(sys.argv[1]), encoder_id="e", fingerprint="f"):
    print("locked", flush=True)
    time.sleep(60)
"""


def open_writer(folder: Path, *, encoder_id: str = ENCODER.id, fingerprint: str = FINGERPRINT) -> IndexWriter:
    """Return a writer that makes what the samples are made of."""
    return IndexWriter(folder, encoder_id=encoder_id, fingerprint=fingerprint)


def ids(folder: Path) -> list[str]:
    """Return the ids of the documents in the index of *folder*."""
    with open_index(folder) as index:
        return [info.id for info in index.documents()]


def test_a_first_write_adds_everything(tmp_path: Path) -> None:
    """The folder is made, and the summary counts what is in it."""
    summary = write_index(tmp_path / "a" / "b", ALPHA, BETA)
    assert summary == IndexSummary(added=2, changed=0, removed=0, unchanged=0, n_passages=5, generation=1)


def test_a_second_write_of_the_same_writes_nothing(tmp_path: Path) -> None:
    """Generation and files stay, down to the last byte."""
    write_index(tmp_path, ALPHA, BETA)
    before = put_aside(tmp_path)
    assert write_index(tmp_path, BETA, ALPHA) == IndexSummary(0, 0, 0, 2, n_passages=5, generation=1)
    assert put_aside(tmp_path) == before


def test_documents_are_added_changed_removed_and_kept(tmp_path: Path) -> None:
    """One write does all four, and counts them."""
    gone = make_document("gone", "Soon forgotten.")
    write_index(tmp_path, ALPHA, BETA, gone)
    changed = make_document("beta", "Someone else represents Moscow.")
    summary = write_index(tmp_path, ALPHA, changed, TABLE)
    assert summary == IndexSummary(added=1, changed=1, removed=1, unchanged=1, n_passages=6, generation=2)
    with open_index(tmp_path) as index:
        assert [index.document(i) for i in ("alpha", "beta", "table")] == [ALPHA[0], changed[0], TABLE[0]]
        assert index.passages(range(6)) == [*ALPHA[1], *changed[1], *TABLE[1]]
        assert [row for row, _ in index.search_lexical(["medinsky", "forgotten"], 9)] == []
        assert [row for row, _ in index.search_dense(TABLE[2][1], 1)] == [5]


def test_the_way_to_an_index_does_not_show(tmp_path: Path) -> None:
    """The same documents at the same generation give the same files, whatever was there before."""
    write_index(tmp_path / "a", ALPHA)
    write_index(tmp_path / "a", BETA, TABLE, ALPHA)
    write_index(tmp_path / "b", TABLE, make_document("x", "Something else."))
    write_index(tmp_path / "b", ALPHA, BETA, TABLE)
    first, second = put_aside(tmp_path / "a"), put_aside(tmp_path / "b")
    assert {name: first[name] == second[name] for name in ("catalog.sqlite", "vectors.faiss")} == {
        "catalog.sqlite": True,
        "vectors.faiss": True,
    }


@pytest.mark.parametrize(
    "other",
    [
        make_document("alpha", "Another text.")[0],
        Document("alpha", "Another title", ALPHA[0].text, ALPHA[0].blocks, ALPHA[0].source),
        Document("alpha", ALPHA[0].title, ALPHA[0].text, ALPHA[0].blocks, "moved/alpha.txt"),
        Document("alpha", ALPHA[0].title, ALPHA[0].text, (Block("heading", Span(0, 5), 1),), ALPHA[0].source),
        make_document("gamma", "Putin won’t be showing up.")[0],
    ],
    ids=["text", "title", "source", "blocks", "id"],
)
def test_a_document_that_differs_in_anything_is_not_unchanged(tmp_path: Path, other: Document) -> None:
    """Text, title, source, blocks and id all count."""
    write_index(tmp_path, ALPHA, BETA)
    with open_writer(tmp_path) as writer:
        assert writer.unchanged([other, BETA[0]]) == {"beta"}


def test_another_encoder_or_other_settings_keep_nothing(tmp_path: Path) -> None:
    """All documents are made anew, and the index says by whom."""
    write_index(tmp_path, ALPHA)
    assert write_index(tmp_path, ALPHA, encoder_id="other") == IndexSummary(0, 1, 0, 0, n_passages=3, generation=2)
    assert write_index(tmp_path, ALPHA, encoder_id="other", fingerprint="f2").changed == 1
    with open_index(tmp_path, encoder_id="other") as index:
        assert index.generation == 3


def test_the_width_of_the_vectors_may_change_with_the_encoder(tmp_path: Path) -> None:
    """An index of wide vectors follows one of narrow ones."""
    write_index(tmp_path, ALPHA)
    wide = np.eye(3, 100, dtype=np.float32)
    with open_writer(tmp_path, encoder_id="wide") as writer:
        writer.replace(set(), [(ALPHA[0], ALPHA[1], wide)], dim=100)
    with open_index(tmp_path, encoder_id="wide") as index:
        assert index.search_dense(wide[2], 1) == [(2, 1.0)]


def test_an_index_may_become_empty(tmp_path: Path) -> None:
    """Removing every document leaves an index that opens."""
    write_index(tmp_path, ALPHA)
    assert write_index(tmp_path).removed == 1
    assert ids(tmp_path) == []


@pytest.mark.parametrize("keep", [{"nothing"}, {"alpha", "nothing"}])
def test_keeping_what_is_not_there_is_the_callers_mistake(tmp_path: Path, keep: set[str]) -> None:
    """Only documents in the index can be kept."""
    write_index(tmp_path, ALPHA)
    with open_writer(tmp_path) as writer, pytest.raises(ValueError, match="documents to keep are not in the index"):
        writer.replace(keep, [], dim=64)


@pytest.mark.parametrize(("encoder_id", "dim"), [("other", 64), (ENCODER.id, 65)])
def test_keeping_what_another_encoder_made_is_the_callers_mistake(tmp_path: Path, encoder_id: str, dim: int) -> None:
    """Vectors of two encoders never stand in one index."""
    write_index(tmp_path, ALPHA)
    with open_writer(tmp_path, encoder_id=encoder_id) as writer, pytest.raises(ValueError, match="another encoder"):
        writer.replace({"alpha"}, [], dim=dim)


def test_a_mistake_leaves_the_old_index_and_nothing_else(tmp_path: Path) -> None:
    """Documents that cannot be written are an error before anything is replaced."""
    write_index(tmp_path, ALPHA)
    before = put_aside(tmp_path)
    with open_writer(tmp_path) as writer, pytest.raises(ValueError, match="ascending order"):
        writer.replace({"alpha"}, [BETA, BETA], dim=64)
    assert put_aside(tmp_path) == before


def test_a_writer_writes_once(tmp_path: Path) -> None:
    """What it knows of the old index is out of date after that."""
    with open_writer(tmp_path) as writer:
        writer.replace(set(), [ALPHA], dim=64)
        with pytest.raises(ValueError, match="a writer writes once"):
            writer.replace(set(), [BETA], dim=64)
    assert ids(tmp_path) == ["alpha"]


def test_a_second_writer_in_this_process_is_refused(tmp_path: Path) -> None:
    """At once, and the first goes on."""
    with open_writer(tmp_path) as writer:
        with pytest.raises(IndexBusyError, match="another process is writing this index"), open_writer(tmp_path):
            pass
        assert writer.replace(set(), [ALPHA], dim=64).generation == 1
    assert ids(tmp_path) == ["alpha"]


def test_a_writer_in_another_process_is_noticed_until_it_dies(tmp_path: Path) -> None:
    """Readers go on reading, writers are refused, and a killed writer leaves no lock behind."""
    write_index(tmp_path, ALPHA)
    with subprocess.Popen([sys.executable, "-c", HOLD_THE_LOCK, tmp_path], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"locked\n"
        with pytest.raises(IndexBusyError):
            write_index(tmp_path, BETA)
        assert ids(tmp_path) == ["alpha"]
        other.kill()
    write_index(tmp_path, BETA)
    assert ids(tmp_path) == ["beta"]


def test_a_writer_elsewhere_does_not_keep_readers_from_mending_in_memory(tmp_path: Path) -> None:
    """Without the lock, missing vectors are made and not written."""
    write_index(tmp_path, ALPHA)
    (tmp_path / "vectors.faiss").unlink()
    with open_writer(tmp_path):
        assert ids(tmp_path) == ["alpha"]
        assert not (tmp_path / "vectors.faiss").exists()


@contextmanager
def disk_of(n_bytes: int) -> Iterator[None]:
    """Let no file grow beyond *n_bytes*, as on a full disk; the system then fails the write itself."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("n_bytes", [0, 1000, 5000, 60_000, 150_000])
def test_a_full_disk_leaves_the_old_index(tmp_path: Path, n_bytes: int) -> None:
    """Wherever it runs out: one line that says so, the old index serving, nothing left over."""
    write_index(tmp_path, ALPHA)
    before = put_aside(tmp_path)
    large = make_document("large", *(f"Sentence {i} of a long document about word{i}." for i in range(500)))
    with disk_of(n_bytes), pytest.raises(IndexWriteError, match=r"cannot be written .* earlier index is untouched"):
        write_index(tmp_path, ALPHA, large)
    assert put_aside(tmp_path) == before
    assert ids(tmp_path) == ["alpha"]
    assert write_index(tmp_path, ALPHA, large).generation == 2


def test_a_file_that_cannot_be_filled_is_said(tmp_path: Path) -> None:
    """What the system says comes through in one line."""

    def fail(_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(IndexWriteError, match=r"vectors\.faiss\.new: cannot be written \(No space left on device\)"):
        write_new(tmp_path, "vectors.faiss", fail)


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    """An index cannot be where a file is."""
    (tmp_path / "index").touch()
    with pytest.raises(IndexWriteError, match="index: cannot be written"):
        write_index(tmp_path / "index", ALPHA)


def test_a_damaged_index_is_refused_and_rebuilt_on_request(tmp_path: Path) -> None:
    """Damage is not overwritten without being asked to; the generation goes on rising."""
    write_index(tmp_path, ALPHA)
    (tmp_path / "catalog.sqlite").write_bytes(b"damage" * 1000)
    with pytest.raises(IndexStoreError, match=r'damaged .* run "summitqa index --rebuild"'):
        write_index(tmp_path, ALPHA)
    assert write_index(tmp_path, ALPHA, rebuild=True).generation == 2
    assert ids(tmp_path) == ["alpha"]


def test_a_rebuild_keeps_nothing(tmp_path: Path) -> None:
    """A sound index is made anew as well."""
    write_index(tmp_path, ALPHA, BETA)
    assert write_index(tmp_path, ALPHA, rebuild=True) == IndexSummary(0, 1, 1, 0, n_passages=3, generation=2)


def test_an_index_of_another_format_is_refused_and_rebuilt_on_request(tmp_path: Path) -> None:
    """A newer summitqa's index is not overwritten by accident."""
    write_index(tmp_path, ALPHA)
    code = (
        "import pathlib, sys, summitqa.index.manifest as m; folder = pathlib.Path(sys.argv[1]);"
        "import dataclasses; m.save_manifest(folder, dataclasses.replace(m.load_manifest(folder),"
        f"schema_version={SCHEMA_VERSION + 1}))"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path], check=True)
    with pytest.raises(IndexMismatchError, match="update summitqa"):
        write_index(tmp_path, ALPHA)
    write_index(tmp_path, ALPHA, rebuild=True)
    assert ids(tmp_path) == ["alpha"]


def test_writing_the_same_mends_what_is_derived(tmp_path: Path) -> None:
    """``summitqa index`` without changes puts missing files back, for a server that may only read."""
    write_index(tmp_path, ALPHA)
    before = put_aside(tmp_path)
    (tmp_path / "vectors.faiss").unlink()
    assert write_index(tmp_path, ALPHA).generation == 1
    assert put_aside(tmp_path)["vectors.faiss"] == before["vectors.faiss"]


def test_the_generation_never_falls(tmp_path: Path) -> None:
    """Every write that changes something counts one up."""
    generations = [write_index(tmp_path, *documents).generation for documents in ([ALPHA], [BETA], [BETA], [ALPHA])]
    assert generations == [1, 2, 2, 3]
    assert current_generation(tmp_path) == 3


def test_only_index_files_are_in_the_folder(tmp_path: Path) -> None:
    """Three files and the lock."""
    write_index(tmp_path, ALPHA)
    write_index(tmp_path, BETA)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "catalog.sqlite",
        "manifest.json",
        "vectors.faiss",
        "write.lock",
    ]
