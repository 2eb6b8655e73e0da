"""FaissVectors: exact below the limit, close to it above, and none of FAISS's conventions outside."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from summitqa.errors import IndexCorruptError
from summitqa.index.vectors import FaissVectors
from summitqa.protocols import Vectors

DIM = 16


def make_vectors(n: int, dim: int = DIM, seed: int = 0) -> Vectors:
    """Return *n* random unit vectors."""
    vectors = np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32)
    unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit


def build(vectors: Vectors, flat_limit: int = 1000) -> FaissVectors:
    """Build from *vectors* in batches of seven."""
    batches: Iterator[Vectors] = (vectors[i : i + 7] for i in range(0, len(vectors), 7))
    return FaissVectors.build(batches, n=len(vectors), dim=vectors.shape[1], flat_limit=flat_limit)


KINDS = pytest.mark.parametrize("flat_limit", [1000, 0], ids=["flat", "hnsw"])


@KINDS
def test_search_returns_inner_products_best_first(flat_limit: int) -> None:
    """The results are those of comparing every vector."""
    vectors = make_vectors(50)
    query = make_vectors(1, seed=1)[0]
    cosines = vectors @ query
    expected = sorted(range(50), key=lambda row: (-cosines[row], row))[:10]
    found = build(vectors, flat_limit).search(query, 10)
    assert [row for row, _ in found] == expected
    assert [score for _, score in found] == pytest.approx(cosines[expected], abs=1e-6)


@KINDS
@pytest.mark.parametrize("k", [6, 1000])
def test_more_wanted_than_there_are(flat_limit: int, k: int) -> None:
    """FAISS's padding with row -1 does not come through."""
    assert sorted(row for row, _ in build(make_vectors(5), flat_limit).search(make_vectors(1)[0], k)) == [0, 1, 2, 3, 4]


@KINDS
@pytest.mark.parametrize("k", [0, -1])
def test_none_wanted(flat_limit: int, k: int) -> None:
    """Asking for nothing gives nothing."""
    assert build(make_vectors(5), flat_limit).search(make_vectors(1)[0], k) == []


@KINDS
def test_an_empty_index_finds_nothing(flat_limit: int) -> None:
    """No vectors, no results, no error."""
    empty = build(make_vectors(0), flat_limit)
    assert (len(empty), empty.search(make_vectors(1)[0], 3), empty.score(make_vectors(1)[0], [])) == (0, [], [])


def test_equal_scores_are_told_apart_by_row() -> None:
    """Where the cut goes through equal scores, the lower rows are in."""
    same = np.repeat(make_vectors(1), 100, axis=0)
    assert [row for row, _ in build(same).search(same[0], 5)] == [0, 1, 2, 3, 4]


def test_a_tie_behind_better_rows_is_cut_by_row() -> None:
    """A tie that begins within k is cut deterministically as well."""
    vectors = np.repeat(make_vectors(2), [60, 1], axis=0)
    query = vectors[60]
    assert [row for row, _ in build(vectors).search(query, 4)] == [60, 0, 1, 2]


@KINDS
def test_score_agrees_with_search(flat_limit: int) -> None:
    """The score of a given row is the one that search returns for it, in the order asked for."""
    vectors, query = make_vectors(30), make_vectors(1, seed=2)[0]
    index = build(vectors, flat_limit)
    found = dict(index.search(query, 30))
    rows = [7, 3, 29, 3]
    assert index.score(query, rows) == pytest.approx([found[row] for row in rows], abs=1e-6)


@pytest.mark.parametrize("rows", [[5], [-1], [0, 99]])
def test_a_row_that_is_not_there_is_the_callers_mistake(rows: list[int]) -> None:
    """Rows out of range are refused."""
    with pytest.raises(ValueError, match="of 5 vectors"):
        build(make_vectors(5)).score(make_vectors(1)[0], rows)


@pytest.mark.parametrize("query", [np.zeros(DIM + 1), np.zeros((1, DIM)), np.full(DIM, np.nan)])
def test_a_query_that_does_not_fit_is_the_callers_mistake(query: Vectors) -> None:
    """Another width, another shape, and what is no number are refused."""
    with pytest.raises(ValueError, match="query vector"):
        build(make_vectors(5)).search(query, 1)


def test_fewer_vectors_than_promised_are_refused() -> None:
    """The batches must hold as many rows as the catalog has passages."""
    with pytest.raises(ValueError, match="5 vectors for 6 passages"):
        FaissVectors.build(iter([make_vectors(5)]), n=6, dim=DIM)


def test_hnsw_finds_what_flat_finds() -> None:
    """Recall@10 of HNSW against comparing every vector is at least 0.95 on random vectors, the hardest case."""
    vectors, queries = make_vectors(3000, dim=32), make_vectors(100, dim=32, seed=3)
    flat, hnsw = build(vectors, flat_limit=3000), build(vectors, flat_limit=2999)
    pairs = [({r for r, _ in flat.search(q, 10)}, {r for r, _ in hnsw.search(q, 10)}) for q in queries]
    assert sum(len(expected & found) for expected, found in pairs) / 1000 >= 0.95


@KINDS
def test_what_is_saved_is_loaded(flat_limit: int) -> None:
    """A saved index answers as before."""
    index, query = build(make_vectors(40), flat_limit), make_vectors(1, seed=4)[0]
    file = io.BytesIO()
    index.save(file)
    file.seek(0)
    loaded = FaissVectors.load(file, n=40, dim=DIM)
    assert loaded.search(query, 9) == index.search(query, 9)


@pytest.mark.parametrize("raw", [b"", b"IxFI", b"PK\x03\x04" * 20])
def test_what_is_no_index_is_corrupt(tmp_path: Path, raw: bytes) -> None:
    """FAISS's errors become ours."""
    path = tmp_path / "vectors.faiss"
    path.write_bytes(raw)
    with path.open("rb") as file, pytest.raises(IndexCorruptError, match="not a FAISS index"):
        FaissVectors.load(file, n=1, dim=DIM)


@pytest.mark.parametrize(("n", "dim"), [(4, DIM), (5, DIM + 1)])
def test_an_index_of_another_size_is_corrupt(tmp_path: Path, n: int, dim: int) -> None:
    """The number and the width of the vectors must be those of the catalog."""
    path = tmp_path / "vectors.faiss"
    with path.open("wb") as file:
        build(make_vectors(5)).save(file)
    with path.open("rb") as file, pytest.raises(IndexCorruptError, match=f"holds 5 vectors of width 16, expected {n}"):
        FaissVectors.load(file, n=n, dim=dim)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_os_error() -> None:
    """What goes wrong with the file is left to the caller, who knows its name."""
    with Path("/dev/full").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        build(make_vectors(5)).save(file)
