"""The manifest: written in one step, and never taken for sound when it is not."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from index_samples import flip_bit
from summitqa.errors import IndexCorruptError, IndexMismatchError, IndexNotFoundError, IndexStoreError, IndexWriteError
from summitqa.index.manifest import SCHEMA_VERSION, Manifest, load_manifest, save_manifest

MANIFEST = Manifest(
    generation=3,
    encoder_id="hashing-64é",
    dim=64,
    n_documents=2,
    n_passages=5,
    catalog_sha256="c" * 64,
    previous_catalog_sha256="p" * 64,
    vectors_sha256="f" * 64,
)


def forge(folder: Path, **changes: Any) -> None:
    """Write a manifest with *changes* and a fitting digest of itself; ``None`` as a name removes nothing."""
    save_manifest(folder, MANIFEST)
    path = folder / "manifest.json"
    data = json.loads(path.read_text("utf-8")) | changes
    del data["manifest_sha256"]
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    path.write_text(json.dumps(data | {"manifest_sha256": hashlib.sha256(canonical.encode()).hexdigest()}), "utf-8")


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    """Every field comes back as it was."""
    save_manifest(tmp_path, MANIFEST)
    assert load_manifest(tmp_path) == MANIFEST


def test_a_first_manifest_has_no_previous_catalog(tmp_path: Path) -> None:
    """The digest of the previous catalog may be missing."""
    first = Manifest(1, "e", 8, 0, 0, "c" * 64, None, "f" * 64)
    save_manifest(tmp_path, first)
    assert load_manifest(tmp_path) == first


def test_saving_leaves_one_file(tmp_path: Path) -> None:
    """Nothing is left beside the manifest."""
    save_manifest(tmp_path, MANIFEST)
    save_manifest(tmp_path, MANIFEST)
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_a_missing_manifest_is_not_found(tmp_path: Path) -> None:
    """The error names the command that makes an index."""
    with pytest.raises(IndexNotFoundError, match=r'manifest\.json: no such file; run "summitqa index"'):
        load_manifest(tmp_path)


def test_any_flipped_bit_is_noticed_or_means_nothing(tmp_path: Path) -> None:
    """A damaged manifest is refused, unless only white space changed."""
    save_manifest(tmp_path, MANIFEST)
    path = tmp_path / "manifest.json"
    sound = path.read_bytes()
    for offset in range(len(sound)):
        path.write_bytes(sound)
        flip_bit(path, offset, bit=offset % 8)
        try:
            assert load_manifest(tmp_path) == MANIFEST
        except IndexCorruptError:
            continue


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"generation": 1}', b"[" * 100_000])
def test_what_is_no_manifest_is_corrupt(tmp_path: Path, raw: bytes) -> None:
    """Truncated, foreign and hostile files are told from sound ones."""
    (tmp_path / "manifest.json").write_bytes(raw)
    with pytest.raises(IndexCorruptError, match=r"manifest\.json: damaged"):
        load_manifest(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"generation": "3"},
        {"generation": True},
        {"dim": None},
        {"catalog_sha256": 1},
        {"extra": 1},
        {"schema_version": "1"},
    ],
)
def test_wrong_types_and_names_are_corrupt(tmp_path: Path, changes: dict[str, Any]) -> None:
    """A digest that fits does not excuse fields that don't."""
    forge(tmp_path, **changes)
    with pytest.raises(IndexCorruptError, match="damaged"):
        load_manifest(tmp_path)


def test_a_newer_format_asks_for_an_update(tmp_path: Path) -> None:
    """The person is told to update summitqa, whatever else the newer manifest holds."""
    forge(tmp_path, schema_version=SCHEMA_VERSION + 1, extra=1)
    with pytest.raises(
        IndexMismatchError, match="a newer summitqa in format 2, this one reads format 1; update summitqa"
    ):
        load_manifest(tmp_path)


def test_an_older_format_asks_for_a_rebuild(tmp_path: Path) -> None:
    """The person is told to index again."""
    forge(tmp_path, schema_version=0)
    with pytest.raises(IndexMismatchError, match=r'an older summitqa in format 0.*"summitqa index --rebuild"'):
        load_manifest(tmp_path)


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """A folder in the manifest's place is an error of the index store."""
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(IndexStoreError, match="cannot be read"):
        load_manifest(tmp_path)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is not there cannot be written to."""
    with pytest.raises(IndexWriteError, match="cannot be written"):
        save_manifest(tmp_path / "nowhere", MANIFEST)
