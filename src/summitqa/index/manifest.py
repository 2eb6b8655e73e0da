"""The manifest: what the index files should be, so that a damaged or stale one is noticed on open.

It is written before the files it describes are moved into place, and names the catalog it replaces
as well: whichever of the two a crash leaves behind is recognised. It carries a digest of itself, so
that damage to it is not taken for damage to the catalog. It knows nothing of what the files hold.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from summitqa import __version__
from summitqa.errors import IndexCorruptError, IndexMismatchError, IndexNotFoundError
from summitqa.index.files import MANIFEST, REBUILD, move_into_place, read_error, write_new

SCHEMA_VERSION = 1
"""Version of catalog and manifest together; raised by any change that older code would misread.

A change of what :mod:`summitqa.words` takes for a word is one: the lexical index is made of its words."""

_SELF = "manifest_sha256"
_TYPES: dict[str, type | tuple[type, ...]] = {"int": int, "str": str, "str | None": (str, type(None))}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the files of an index should be; digests are hexadecimal SHA-256 of whole files.

    Attributes:
        generation: number of writes that led to the catalog.
        catalog_sha256: digest of the catalog.
        previous_catalog_sha256: digest of the catalog it replaces, ``None`` for a first one.
        vectors_sha256: digest of the FAISS file derived from the catalog.
        summitqa_version: the version that wrote the index.
    """

    generation: int
    encoder_id: str
    dim: int
    n_documents: int
    n_passages: int
    catalog_sha256: str
    previous_catalog_sha256: str | None
    vectors_sha256: str
    schema_version: int = SCHEMA_VERSION
    summitqa_version: str = __version__


def save_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest in one step.

    Raises:
        IndexWriteError: if the disk is full, or the folder cannot be written.
    """
    data = asdict(manifest)
    data[_SELF] = _digest(data)
    text = json.dumps(data, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    write_new(folder, MANIFEST, lambda file: file.write(text.encode("utf-8", "surrogatepass")))
    move_into_place(folder, MANIFEST)


def load_manifest(folder: Path) -> Manifest:
    """Read and check the manifest.

    Raises:
        IndexNotFoundError: if there is none.
        IndexCorruptError: if it is damaged; the catalog may well be sound.
        IndexMismatchError: if it is of another version of the format.
        IndexStoreError: if it cannot be read.
    """
    path = folder / MANIFEST
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFoundError(f'{path}: no such file; run "summitqa index" on your sources') from None
    except OSError as error:
        raise read_error(path, error) from error
    return _parse(path, raw)


def check_schema(path: Path, found: int) -> None:
    """Raise IndexMismatchError, saying what to do, unless *found* is the version this code reads and writes."""
    if found == SCHEMA_VERSION:
        return
    who, remedy = ("a newer", "update summitqa, or ") if found > SCHEMA_VERSION else ("an older", "")
    raise IndexMismatchError(
        f"{path}: written by {who} summitqa in format {found}, this one reads format {SCHEMA_VERSION}; "
        f"{remedy}{REBUILD}"
    )


def _parse(path: Path, raw: bytes) -> Manifest:
    damaged = IndexCorruptError(f'{path}: damaged; run "summitqa index" on your sources')
    try:
        data: Any = json.loads(raw)
    except (ValueError, RecursionError):
        raise damaged from None
    if not isinstance(data, dict) or data.pop(_SELF, None) != _digest(data):
        raise damaged
    version = data.get("schema_version")
    if type(version) is not int:
        raise damaged
    check_schema(path, version)
    expected = {field.name: _TYPES[str(field.type)] for field in fields(Manifest)}
    if data.keys() != expected.keys() or not all(_is(data[name], kind) for name, kind in expected.items()):
        raise damaged
    return Manifest(**data)


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    return isinstance(value, kind) and not isinstance(value, bool)


def _digest(data: dict[str, Any]) -> str:
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()
