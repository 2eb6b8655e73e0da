"""Crashes and damage: an index opens as one of the two that a crash stood between, or says that it is damaged."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index_samples import ALPHA, BETA, ENCODER, TABLE, flip_bit, put_aside, write_index
from summitqa.errors import IndexBusyError, IndexCorruptError, IndexNotFoundError
from summitqa.index import IndexCondition, current_generation, index_state, open_index

DIE_AT_A_RENAME = """
import os, pathlib, sys
sys.path.insert(0, sys.argv[3])
from index_samples import BETA, TABLE, write_index
left = int(sys.argv[2])
def count_down(event, _):
    global left
    if event == "os.rename":
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(count_down)
write_index(pathlib.Path(sys.argv[1]), BETA, TABLE)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an index of two documents."""
    write_index(tmp_path / "index", ALPHA, BETA)
    return tmp_path / "index"


def look(folder: Path) -> tuple[list[str], int, list[tuple[int, float]], list[int]]:
    """Return what an index answers: documents, generation, and both ways of searching."""
    with open_index(folder, encoder_id=ENCODER.id) as index:
        lexical = [row for row, _ in index.search_lexical(["moscow", "putin", "odds"], 9)]
        ids = [info.id for info in index.documents()]
        return ids, index.generation, index.search_dense(ENCODER.encode_query(["Moscow"])[0], 9), lexical


def compose(folder: Path, files: dict[str, bytes]) -> None:
    """Make *folder* hold exactly *files*."""
    for path in folder.iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("n_renames", [0, 1, 2, 3])
def test_a_writer_killed_between_two_steps_does_no_harm(folder: Path, n_renames: int) -> None:
    """Killed before any of its moves, it leaves the old or the new index, whole; the next writer tidies up."""
    old = look(folder)
    code = [sys.executable, "-c", DIE_AT_A_RENAME, str(folder), str(n_renames), str(Path(__file__).parent)]
    assert subprocess.run(code, check=False).returncode == (9 if n_renames < 3 else 0)
    ids, generation, *_ = found = look(folder)
    assert found == old if n_renames < 2 else (ids, generation) == (["beta", "table"], 2)
    assert current_generation(folder) == generation
    write_index(folder, TABLE)
    assert look(folder)[0] == ["table"]
    assert sorted(path.suffix for path in folder.iterdir()) == [".faiss", ".json", ".lock", ".sqlite"]


def test_a_crash_is_healed_by_the_next_opening(folder: Path) -> None:
    """Every mixture of old and new that the order of the moves allows opens, and is mended on disk."""
    old, old_answers = put_aside(folder), look(folder)
    write_index(folder, BETA, TABLE)
    new, new_answers = put_aside(folder), look(folder)
    for catalog, vectors, expected in ((old, old, old_answers), (new, old, new_answers), (new, new, new_answers)):
        compose(
            folder,
            {
                "manifest.json": new["manifest.json"],
                "catalog.sqlite": catalog["catalog.sqlite"],
                "vectors.faiss": vectors["vectors.faiss"],
            },
        )
        assert look(folder) == expected
        assert index_state(folder).problems == ()


def test_readers_never_see_a_half_written_index(folder: Path) -> None:
    """While one generation follows another, every opening succeeds and is one of them, whole."""
    expected = {1: look(folder)[0]} | {n: ["table"] if n % 2 else ["alpha", "table"] for n in range(2, 30)}

    def read(_reader: int) -> bool:
        ids, generation, dense, _ = look(folder)
        return ids == expected[generation] and len(dense) == {1: 5}.get(generation, 2 if generation % 2 else 5)

    def write(generation: int) -> int:
        while True:
            try:
                return write_index(folder, *([TABLE] if generation % 2 else [ALPHA, TABLE])).generation
            except IndexBusyError:  # a reader is putting vectors back that it saw missing
                continue

    with ThreadPoolExecutor(3) as pool:
        written = pool.submit(lambda: [write(n) for n in range(2, 30)])
        readings = list(pool.map(read, range(60)))
    assert written.result() == list(range(2, 30))
    assert all(readings)


def test_vectors_of_another_catalog_are_not_used(folder: Path) -> None:
    """Whole but stale vectors are made anew."""
    old = put_aside(folder)
    write_index(folder, BETA, TABLE)
    expected = look(folder)
    (folder / "vectors.faiss").write_bytes(old["vectors.faiss"])
    assert look(folder) == expected


def test_a_manifest_of_another_index_is_not_believed(folder: Path, tmp_path: Path) -> None:
    """A catalog that no manifest vouches for is damaged as far as anyone can tell."""
    write_index(tmp_path / "other", TABLE)
    (folder / "manifest.json").write_bytes((tmp_path / "other" / "manifest.json").read_bytes())
    with pytest.raises(IndexCorruptError, match=r"its SHA-256 is not the one in manifest\.json.*--rebuild"):
        open_index(folder)


@pytest.mark.parametrize("name", ["vectors.faiss", "manifest.json"])
def test_a_missing_derived_file_is_put_back(folder: Path, name: str) -> None:
    """The index opens and the file is there again, as it was but for the manifest's record of the past."""
    expected, before = look(folder), put_aside(folder)
    (folder / name).unlink()
    assert look(folder) == expected
    assert index_state(folder).problems == ()
    assert put_aside(folder)["vectors.faiss"] == before["vectors.faiss"]


def test_only_the_catalog_is_needed(folder: Path) -> None:
    """Everything else is made from it."""
    expected = look(folder)
    compose(folder, {"catalog.sqlite": put_aside(folder)["catalog.sqlite"]})
    assert look(folder) == expected
    assert sorted(path.name for path in folder.iterdir()) == [
        "catalog.sqlite",
        "manifest.json",
        "vectors.faiss",
        "write.lock",
    ]


def test_without_the_catalog_there_is_no_index(folder: Path) -> None:
    """Vectors and manifest alone are nothing."""
    (folder / "catalog.sqlite").unlink()
    with pytest.raises(IndexNotFoundError, match="no such file"):
        open_index(folder)
    write_index(folder, ALPHA)
    assert look(folder)[:2] == (["alpha"], 2)


@pytest.mark.parametrize("name", ["vectors.faiss", "manifest.json"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_truncated_derived_file_is_made_anew(folder: Path, name: str, share: float) -> None:
    """Cut anywhere, it is noticed and replaced."""
    expected, path = look(folder), folder / name
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert look(folder) == expected
    assert index_state(folder).problems == ()


@pytest.mark.parametrize("name", ["vectors.faiss", "manifest.json"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.6, 0.9])
def test_a_bit_flipped_in_a_derived_file_is_noticed(folder: Path, name: str, share: float) -> None:
    """In its header or in the middle of a vector, damage never reaches a reader."""
    expected, path = look(folder), folder / name
    flip_bit(path, int(path.stat().st_size * share), bit=5)
    assert look(folder) == expected


@pytest.mark.parametrize("share", [0.0, 0.0001, 0.01, 0.2, 0.4, 0.6, 0.8, 0.999])
def test_a_bit_flipped_in_the_catalog_is_an_error(folder: Path, share: float) -> None:
    """Anywhere at all, and both opening and writing say what to do."""
    path = folder / "catalog.sqlite"
    flip_bit(path, int(path.stat().st_size * share), bit=3)
    for act in (lambda: look(folder), lambda: write_index(folder, TABLE)):
        with pytest.raises(IndexCorruptError, match=r'catalog\.sqlite: damaged .*; run "summitqa index --rebuild"'):
            act()


@pytest.mark.parametrize("stored", [ALPHA[0].text.encode(), ALPHA[2].tobytes()], ids=["text", "vectors"])
@pytest.mark.parametrize("manifest", [True, False])
def test_a_bit_flipped_in_text_or_vectors_is_an_error(folder: Path, stored: bytes, *, manifest: bool) -> None:
    """With a manifest or without."""
    path = folder / "catalog.sqlite"
    flip_bit(path, path.read_bytes().index(stored) + len(stored) // 2)
    if not manifest:
        (folder / "manifest.json").unlink()
    with pytest.raises(IndexCorruptError, match="damaged"):
        open_index(folder)


def test_an_error_is_one_line(folder: Path) -> None:
    """Whatever SQLite says, the user reads a line."""
    (folder / "catalog.sqlite").write_bytes(b"x" * 4096)
    (folder / "manifest.json").unlink()
    with pytest.raises(IndexCorruptError) as caught:
        open_index(folder)
    assert "\n" not in str(caught.value)


def test_damage_to_catalog_and_manifest_shows_in_the_state(folder: Path) -> None:
    """The doctor says that there is an index and that it cannot be used."""
    (folder / "catalog.sqlite").write_bytes(b"x")
    (folder / "manifest.json").write_bytes(b"x")
    state = index_state(folder)
    assert isinstance(state, IndexCondition)
    assert (state.exists, state.generation, state.sizes["catalog.sqlite"]) == (True, None, 1)
    assert [problem.endswith('run "summitqa index --rebuild" on your sources') for problem in state.problems] == [True]
