"""Opening an index: what is missing, foreign or unreadable is said; readers keep what they opened."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import summitqa.index
from index_samples import ALPHA, BETA, ENCODER, TABLE, put_aside, write_index
from summitqa.errors import IndexMismatchError, IndexNotFoundError, IndexStoreError, IndexWriteError
from summitqa.index import current_generation, index_state, open_index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an index of two documents."""
    write_index(tmp_path / "index", ALPHA, BETA)
    return tmp_path / "index"


@pytest.fixture
def bind_permissions() -> Iterator[Callable[[Path], None]]:
    """Return a function that becomes a user whom permissions bind, and may only read a folder, until the test ends."""
    folders: list[Path] = []
    user = os.geteuid()

    def bind(folder: Path) -> None:
        folders.append(folder)
        folder.chmod(0o555)
        if user == 0:
            os.seteuid(65534)

    yield bind
    os.seteuid(user)
    for folder in folders:
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return the folder of an index that every user may reach."""
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        write_index(Path(base) / "index", ALPHA, BETA)
        yield Path(base) / "index"


def ids(folder: Path) -> list[str]:
    """Return the ids of the documents in the index of *folder*."""
    with open_index(folder) as index:
        return [info.id for info in index.documents()]


@pytest.mark.parametrize("name", ["index", "nowhere", "file"])
def test_a_missing_index_says_how_to_make_one(tmp_path: Path, name: str) -> None:
    """An empty folder, no folder, and a file in its place are all the same to the user."""
    (tmp_path / "index").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(IndexNotFoundError, match='no such file; run "summitqa index"'):
        open_index(tmp_path / name)


def test_another_encoder_is_refused(folder: Path) -> None:
    """The error names both encoders and the way out."""
    expected = 'built with encoder hashing-64, settings name other; run "summitqa index"'
    with pytest.raises(IndexMismatchError, match=expected):
        open_index(folder, encoder_id="other")


def test_any_encoder_will_do_when_none_is_named(folder: Path) -> None:
    """Reading documents needs no encoder."""
    assert ids(folder) == ["alpha", "beta"]


@pytest.mark.parametrize("name", ["catalog.sqlite", "vectors.faiss", "manifest.json"])
def test_a_folder_in_a_files_place_is_said(folder: Path, name: str) -> None:
    """What cannot be read is an error of the index store, not a crash."""
    (folder / name).unlink()
    (folder / name).mkdir()
    with pytest.raises(IndexStoreError, match=f"{name}: cannot be read"):
        open_index(folder)


@pytest.mark.parametrize("name", ["in dex", "a?mode=rw#b", "50%25 é", "ü/日本"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """Characters that mean something in a URI mean nothing here."""
    write_index(tmp_path / name, ALPHA)
    assert ids(tmp_path / name) == ["alpha"]


def test_an_open_index_keeps_its_snapshot(folder: Path) -> None:
    """A writer does not disturb a reader, who sees the new index when opening it again."""
    with open_index(folder) as index:
        write_index(folder, TABLE)
        assert (index.generation, len(index), index.document("alpha")) == (1, 5, ALPHA[0])
        assert [row for row, _ in index.search_lexical(["medinsky"], 3)] == [3]
        assert index.match_terms(["putn"]) == {"putn": ["putin"]}
        assert len(index.search_dense(ENCODER.encode_query(["Putin"])[0], 9)) == 5
    assert ids(folder) == ["table"]


def test_two_processes_read_at_once(folder: Path) -> None:
    """An index open here opens elsewhere."""
    code = (
        "import pathlib, sys; from summitqa.index import open_index; print(len(open_index(pathlib.Path(sys.argv[1]))))"
    )
    with open_index(folder) as index:
        done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
        assert int(done.stdout) == len(index)


def test_reading_changes_nothing(folder: Path) -> None:
    """A sound index is left alone, down to the last byte."""
    before = put_aside(folder)
    ids(folder)
    assert put_aside(folder) == before


def test_a_read_only_folder_can_be_read(open_folder: Path, bind_permissions: Callable[[Path], None]) -> None:
    """Readers need no permission to write."""
    bind_permissions(open_folder)
    assert ids(open_folder) == ["alpha", "beta"]


def test_what_a_read_only_folder_lacks_is_made_in_memory(
    open_folder: Path, bind_permissions: Callable[[Path], None]
) -> None:
    """Vectors and manifest are not needed on disk."""
    for name in ("vectors.faiss", "manifest.json"):
        (open_folder / name).unlink()
    bind_permissions(open_folder)
    with open_index(open_folder) as index:
        assert [row for row, _ in index.search_dense(ALPHA[2][1], 1)] == [1]
    assert sorted(path.name for path in open_folder.iterdir()) == ["catalog.sqlite", "write.lock"]


def test_a_read_only_folder_cannot_be_written(open_folder: Path, bind_permissions: Callable[[Path], None]) -> None:
    """The error says which file and what to do."""
    bind_permissions(open_folder)
    with pytest.raises(IndexWriteError, match=r"cannot be written \(Permission denied\).*SUMMITQA_INDEX_DIR"):
        write_index(open_folder, TABLE)


def test_an_unreadable_file_is_said(open_folder: Path, bind_permissions: Callable[[Path], None]) -> None:
    """Permissions that forbid reading are not taken for damage."""
    (open_folder / "catalog.sqlite").chmod(0o000)
    bind_permissions(open_folder)
    with pytest.raises(IndexStoreError, match=r"catalog\.sqlite: cannot be read \(Permission denied\)"):
        open_index(open_folder)


def test_the_state_of_a_sound_index(folder: Path) -> None:
    """Generation, encoder, counts and sizes, and nothing wrong."""
    state = index_state(folder)
    assert (state.exists, state.generation, state.encoder_id, state.dim) == (True, 1, ENCODER.id, 64)
    assert (state.n_documents, state.n_passages, state.problems) == (2, 5, ())
    assert state.sizes == {name: len(data) for name, data in put_aside(folder).items()}


def test_the_state_of_no_index(tmp_path: Path) -> None:
    """What is missing is a problem with a way out, not an error."""
    state = index_state(tmp_path)
    assert (state.exists, state.generation, state.encoder_id, state.sizes) == (False, None, None, {})
    assert ['run "summitqa index"' in problem for problem in state.problems] == [True]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("manifest.json", None, "manifest.json: missing, it is made anew"),
        ("manifest.json", b"{}", "manifest.json: damaged, it is made anew"),
        ("vectors.faiss", None, "vectors.faiss: No such file or directory, it is made anew"),
        ("vectors.faiss", b"x", "vectors.faiss: stale or damaged, it is made anew"),
        ("catalog.sqlite", b"x", "catalog.sqlite: damaged"),
    ],
)
def test_the_state_of_a_damaged_index(folder: Path, name: str, data: bytes | None, expected: str) -> None:
    """The problem names the file; looking mends nothing."""
    if data is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(data)
    before = put_aside(folder)
    (problem,) = index_state(folder).problems
    assert expected in problem
    assert put_aside(folder) == before


def test_a_server_sees_a_newer_generation(folder: Path) -> None:
    """The generation on disk rises with every write, and is the one an index opened now has."""
    assert current_generation(folder) == 1
    write_index(folder, TABLE)
    with open_index(folder) as index:
        assert current_generation(folder) == index.generation == 2


@pytest.mark.parametrize("data", [None, b"", b"SQLite format 3\0", b"x" * 100, b"SQLite format 3\0" + b"\xff" * 100])
def test_no_generation_where_there_is_no_catalog(tmp_path: Path, data: bytes | None) -> None:
    """Missing, short and foreign files have none."""
    if data is not None:
        (tmp_path / "catalog.sqlite").write_bytes(data)
    assert current_generation(tmp_path) is None


def test_importing_the_index_does_not_import_faiss() -> None:
    """FAISS is loaded when an index is opened or written."""
    code = "import sys, summitqa.index; print('faiss' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_public_names_are_pinned() -> None:
    """What the package exports changes only on purpose."""
    assert sorted(summitqa.index.__all__) == [
        "IndexCondition",
        "IndexSummary",
        "IndexWriter",
        "LocalIndex",
        "NewDocument",
        "VectorOptions",
        "current_generation",
        "index_state",
        "open_index",
    ]


def test_damage_to_the_files_does_not_reach_an_open_index(folder: Path) -> None:
    """A small catalog is in memory: overwriting its file in place changes nothing for whoever has it open."""
    with open_index(folder) as index:
        (folder / "catalog.sqlite").write_bytes(b"damaged")
        assert index.document("alpha") == ALPHA[0]
        assert index.search_lexical(["rain"], 5) == index.search_lexical(["rain"], 5)
