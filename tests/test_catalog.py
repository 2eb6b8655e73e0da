"""The catalog: what goes in comes out, words are found as they are meant, damage does not pass."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index_samples import ALPHA, BETA, ENCODER, TABLE, flip_bit, make_document
from summitqa.errors import (
    DocumentNotFoundError,
    IndexCorruptError,
    IndexMismatchError,
    IndexStoreError,
    IndexWriteError,
)
from summitqa.index import NewDocument
from summitqa.index.builder import CatalogBuilder
from summitqa.index.catalog import MAX_TERMS, Catalog
from summitqa.index.manifest import SCHEMA_VERSION
from summitqa.index.records import decode_block, decode_passage, encode_block, encode_passage
from summitqa.index.schema import check_sqlite
from summitqa.types import Block, Passage, Span
from summitqa.words import split_words


def build(path: Path, *documents: NewDocument) -> Path:
    """Write a catalog of *documents*."""
    with CatalogBuilder(path, encoder_id="e", dim=ENCODER.dim, fingerprint="f", generation=7) as builder:
        for document, passages, vectors in documents:
            builder.add(document, passages, vectors)
        builder.finish()
    return path


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """Return a catalog of the three sample documents: rows 0-2 alpha, 3-4 beta, 5-6 table."""
    with Catalog(build(tmp_path / "catalog.sqlite", ALPHA, BETA, TABLE)) as opened:
        yield opened


def rows(catalog: Catalog, *terms: str, k: int = 10) -> list[int]:
    """Return the rows found for *terms*."""
    return [row for row, _ in catalog.search_lexical(terms, k)]


def test_meta_says_what_the_catalog_holds(catalog: Catalog) -> None:
    """Generation, encoder and counts come back."""
    meta = catalog.meta
    actual = (meta.generation, meta.encoder_id, meta.dim, meta.fingerprint, meta.n_documents, meta.n_passages)
    assert actual == (7, "e", 64, "f", 3, 7)


@pytest.mark.parametrize("sample", [ALPHA, BETA, TABLE])
def test_a_document_comes_back_whole(catalog: Catalog, sample: NewDocument) -> None:
    """Text, title, source, digest, blocks, passages and vectors are what they were."""
    document, passages, vectors = sample
    assert catalog.document(document.id) == document
    assert tuple(catalog.passages_of(document.id)) == passages
    assert np.array_equal(catalog.vectors_of(document.id), vectors)


def test_rows_are_contiguous_in_order_of_document_and_passage(catalog: Catalog) -> None:
    """Row 0 is the first passage of the first document, the last row the last of the last."""
    assert catalog.passages(range(7)) == [*ALPHA[1], *BETA[1], *TABLE[1]]
    assert np.array_equal(np.concatenate(list(catalog.vectors())), np.concatenate([ALPHA[2], BETA[2], TABLE[2]]))


def test_passages_come_in_the_order_asked_for(catalog: Catalog) -> None:
    """Rows may be asked for in any order and twice, and in any number."""
    assert catalog.passages([4, 0, 4]) == [BETA[1][1], ALPHA[1][0], BETA[1][1]]
    assert catalog.passages([1] * 1200) == [ALPHA[1][1]] * 1200
    assert catalog.passages([]) == []


@pytest.mark.parametrize("row", [7, -1])
def test_a_row_that_is_not_there_is_the_callers_mistake(catalog: Catalog, row: int) -> None:
    """Rows out of range are refused."""
    with pytest.raises(ValueError, match="no passage at rows"):
        catalog.passages([0, row])


@pytest.mark.parametrize("document_id", ["", "Alpha", "alpha' OR 1=1 --", "a\0", "\ud800"])
def test_an_unknown_document_is_not_found(catalog: Catalog, document_id: str) -> None:
    """An id is data, whatever it holds."""
    with pytest.raises(DocumentNotFoundError, match="no document of that id"):
        catalog.document(document_id)


def test_documents_are_listed_by_id(catalog: Catalog) -> None:
    """The list shows title, digest, source and sizes of each."""
    alpha = catalog.documents()[0]
    assert [info.id for info in catalog.documents()] == ["alpha", "beta", "table"]
    assert (alpha.title, alpha.sha256, alpha.source) == ("Talks", ALPHA[0].sha256, "alpha.txt")
    assert (alpha.n_characters, alpha.n_passages) == (len(ALPHA[0].text), 3)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("putin", [0]),
        ("erdogan", [2]),
        ("zelenskyy", [1]),
        ("visits", [1]),
        ("represented", [3]),
        ("3.5", [1]),
        ("14:30", [1]),
        ("1,200", [1]),
        ("3", []),
        ("5", []),
        ("200", []),
        ("put", []),
    ],
)
def test_words_are_found_whole_and_by_stem(catalog: Catalog, term: str, expected: list[int]) -> None:
    """Diacritics are folded, endings stemmed, and a number is one word."""
    assert rows(catalog, term) == expected


def test_a_table_row_is_found_by_its_header_and_its_heading(catalog: Catalog) -> None:
    """What is indexed is the reading view, context included."""
    assert rows(catalog, "odds") == [6]
    assert set(rows(catalog, "agenda")) == {5, 6}


def test_the_title_counts_less_than_the_text(catalog: Catalog) -> None:
    """Three passages have "talks" in their title and one in its text, which comes first."""
    assert rows(catalog, "talks") == [2, 0, 1]


def test_scores_are_positive_and_fall(catalog: Catalog) -> None:
    """More and rarer words score higher; even a word in every passage scores above zero."""
    scores = [score for _, score in catalog.search_lexical(["talks", "erdogan", "vladimir"], 10)]
    assert scores == sorted(scores, reverse=True)
    assert min(scores) > 0


def test_equal_scores_come_by_row(tmp_path: Path) -> None:
    """Identical passages are told apart by their rows, also where k cuts them."""
    with Catalog(build(tmp_path / "c", make_document("a", *["The same words."] * 30))) as catalog:
        assert rows(catalog, "words", k=5) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("k", [0, -1])
def test_none_wanted(catalog: Catalog, k: int) -> None:
    """Asking for nothing gives nothing."""
    assert catalog.search_lexical(["putin"], k) == []


@pytest.mark.parametrize(
    "term",
    [
        '"',
        '""',
        "NEAR(a b)",
        "putin*",
        "-putin",
        "words:putin",
        "{words}:",
        "^putin",
        "a\0b",
        "",
        " ",
        "(",
        "\ud800",
        "AND",
        "é" * 5000,
    ],
)
def test_terms_are_data(catalog: Catalog, term: str) -> None:
    """Nothing in a term is query language, and a strange one does not hide the others."""
    assert set(rows(catalog, term)) <= {0}
    assert set(rows(catalog, term, "asia", '"')) >= {4}


def test_only_so_many_terms_count(catalog: Catalog) -> None:
    """A very long question is cut to its first distinct terms."""
    noise = [f"x{i}" for i in range(MAX_TERMS)]
    assert rows(catalog, *noise, "putin") == []
    assert rows(catalog, *noise[1:] * 3, "putin") == [0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60))
def test_every_word_of_any_text_is_found(tmp_path: Path, text: str) -> None:
    """Whatever script or symbol, the words that the splitter sees are words of the index."""
    with Catalog(build(tmp_path / "c", make_document("a", text))) as catalog:
        words = split_words(text)
        assert all(catalog.holds(word) for word in words)
        assert [word for word, _ in catalog.words()] == sorted(set(words))


def test_words_count_the_passages_that_hold_them(catalog: Catalog) -> None:
    """A word twice in one passage counts once."""
    counts = dict(catalog.words())
    assert (counts["vladimir"], counts["in"], counts["agenda"]) == (2, 2, 2)


spans = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)).map(lambda pair: Span(min(pair), max(pair)))
many = st.lists(spans, max_size=5).map(tuple)
kinds = st.sampled_from(["heading", "paragraph", "list_item", "table_row"])


@given(st.builds(Block, kinds, spans, st.none() | st.integers(1, 6), st.none() | spans, many, many))
def test_any_block_survives_its_columns(block: Block) -> None:
    """Offsets come back exactly."""
    assert decode_block(encode_block(block)) == block


@given(st.builds(Passage, st.text(), st.text(), spans, kinds, many, many, st.none() | spans, many, many))
def test_any_passage_survives_its_columns(passage: Passage) -> None:
    """Offsets come back exactly."""
    assert decode_passage(encode_passage(passage)) == passage


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([BETA, ALPHA], "ascending order of id"),
        ([ALPHA, ALPHA], "ascending order of id"),
        ([(ALPHA[0], ALPHA[1], ALPHA[2][1:])], "vectors are float32 of shape"),
        ([(ALPHA[0], ALPHA[1], ALPHA[2].astype(np.float64))], "vectors are float64"),
        ([(ALPHA[0], ALPHA[1], np.full_like(ALPHA[2], np.nan))], "not a finite number"),
        ([(ALPHA[0], BETA[1], BETA[2])], "not of this document"),
        ([(make_document("alpha", "short")[0], ALPHA[1], ALPHA[2])], "not of this document"),
    ],
)
def test_what_does_not_fit_together_is_the_callers_mistake(
    tmp_path: Path, documents: list[NewDocument], message: str
) -> None:
    """Ids out of order, vectors of another shape or type, and passages of another document are refused."""
    with pytest.raises(ValueError, match=message):
        build(tmp_path / "c", *documents)


def test_a_sound_catalog_passes_the_check(catalog: Catalog) -> None:
    """The digest of the content is that of what was written."""
    catalog.check()


def test_a_large_catalog_passes_the_check(tmp_path: Path) -> None:
    """What FTS5 writes late is in the digest."""
    documents = [make_document(f"{i:03}", *(f"Word{i} word{i * j} again." for j in range(40))) for i in range(50)]
    with Catalog(build(tmp_path / "c", *documents)) as catalog:
        catalog.check()


def contents(path: Path) -> list[Any]:
    """Return everything a catalog says."""
    with Catalog(path) as catalog:
        catalog.check()
        ids = [info.id for info in catalog.documents()]
        found = catalog.search_lexical(["putin", "talks", "moscow"], 9), catalog.words(), catalog.meta
        return [found, [catalog.document(i) for i in ids], [catalog.vectors_of(i).tolist() for i in ids]]


def test_a_flipped_bit_anywhere_is_found_or_means_nothing(tmp_path: Path) -> None:
    """Without a manifest as well: damage is an error, unless it is in bytes that nobody reads."""
    path = build(tmp_path / "c", ALPHA, BETA, TABLE)
    sound, expected, harmless = path.read_bytes(), contents(path), 0
    offsets = [*range(0, 200, 7), *range(200, len(sound), 397)]
    for offset in offsets:
        path.write_bytes(sound)
        flip_bit(path, offset, bit=offset % 8)
        try:
            assert contents(path) == expected
            harmless += 1
        except (IndexCorruptError, IndexMismatchError):
            continue
    assert harmless < len(offsets)


@pytest.mark.parametrize("stored", [ALPHA[0].text.encode(), ALPHA[2].tobytes(), b"porter ascii", b"Talks"])
def test_a_flipped_bit_in_what_is_stored_is_found(tmp_path: Path, stored: bytes) -> None:
    """Text, vectors, schema and titles are covered by the check."""
    path = build(tmp_path / "c", ALPHA)
    flip_bit(path, path.read_bytes().index(stored) + len(stored) // 2)
    with pytest.raises(IndexCorruptError, match=r"c: damaged \(.*\); run \"summitqa index --rebuild\""):
        contents(path)


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_truncated_catalog_is_found(tmp_path: Path, share: float) -> None:
    """Cut anywhere, it is corrupt."""
    path = build(tmp_path / "c", ALPHA, BETA, TABLE)
    sound = path.read_bytes()
    path.write_bytes(sound[: int(len(sound) * share)])
    with pytest.raises(IndexCorruptError, match="damaged"):
        contents(path)


@pytest.mark.parametrize("raw", [b"not a database" * 100, b"SQLite format 3\0"])
def test_what_is_no_catalog_is_corrupt(tmp_path: Path, raw: bytes) -> None:
    """Foreign files are told from catalogs."""
    (tmp_path / "c").write_bytes(raw)
    with pytest.raises(IndexCorruptError, match="damaged"):
        Catalog(tmp_path / "c")


def test_another_format_is_a_mismatch(tmp_path: Path) -> None:
    """A catalog of a newer format is not called damaged."""
    path = build(tmp_path / "c", ALPHA)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(SCHEMA_VERSION + 1),))
    with pytest.raises(IndexMismatchError, match="update summitqa"):
        Catalog(path)


def test_a_closed_catalog_says_so(catalog: Catalog) -> None:
    """Using it after closing is the caller's mistake; closing twice is harmless."""
    catalog.close()
    catalog.close()
    with pytest.raises(ValueError, match="the index is closed"):
        catalog.documents()


def test_the_same_documents_give_the_same_file(tmp_path: Path) -> None:
    """A catalog depends on nothing but its content."""
    first, second = (build(tmp_path / name, ALPHA, TABLE).read_bytes() for name in "ab")
    assert first == second


def test_offsets_are_readable_json(tmp_path: Path) -> None:
    """Someone with the sqlite3 shell can read the spans."""
    path = build(tmp_path / "c", TABLE)
    with closing(sqlite3.connect(path)) as connection:
        cells = connection.execute("SELECT cells FROM passages WHERE row = 1").fetchone()[0]
    assert json.loads(cells) == [offset for cell in TABLE[1][1].cells for offset in (cell.start, cell.end)]


def test_an_old_sqlite_is_refused() -> None:
    """The error names the version found and the one needed."""
    with (
        closing(sqlite3.connect(":memory:")) as probe,
        pytest.raises(IndexStoreError, match=r"SQLite 3\.31\.1 of this Python is too old, 3\.37 is needed"),
    ):
        check_sqlite(probe, (3, 31, 1))


def test_a_sqlite_without_fts5_is_refused() -> None:
    """The error says what is missing and where to get it."""

    def deny(action: int, *_: object) -> int:
        return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_CREATE_VTABLE else sqlite3.SQLITE_OK

    with closing(sqlite3.connect(":memory:")) as probe:
        probe.set_authorizer(deny)
        with pytest.raises(IndexStoreError, match="has no FTS5"):
            check_sqlite(probe, (3, 40, 1))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A catalog cannot be made where there is no folder."""
    with pytest.raises(IndexWriteError, match="cannot be written"):
        build(tmp_path / "nowhere" / "c", ALPHA)
