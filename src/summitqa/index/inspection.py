"""What state an index is in, for people (``summitqa doctor``) and for servers that wait for a newer one.

Nothing here changes a file, and nothing raises because of what it finds.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from summitqa.errors import IndexNotFoundError, IndexStoreError
from summitqa.index.files import CATALOG, FILES, MANIFEST, VECTORS, digest_file
from summitqa.index.manifest import load_manifest
from summitqa.index.schema import APPLICATION_ID
from summitqa.index.snapshot import OpenCatalog, open_catalog

_HEADER = struct.Struct(">16s44xI4xI")  # SQLite's file format: user_version at byte 60, application_id at 68
_MAX_GENERATION = 2**31 - 2


@dataclass(frozen=True, slots=True)
class IndexCondition:
    """The state of an index folder.

    Attributes:
        exists: whether there is a catalog, sound or not.
        sizes: bytes of each of the files that are there.
        problems: one line each, what is wrong and how to mend it; empty for an index in order.

    The others are ``None`` when the catalog cannot be used.
    """

    exists: bool
    generation: int | None
    encoder_id: str | None
    dim: int | None
    n_documents: int | None
    n_passages: int | None
    sizes: dict[str, int]
    problems: tuple[str, ...]


def index_state(folder: Path) -> IndexCondition:
    """Describe the index in *folder*, reading all of it."""
    sizes = {name: size for name in FILES if (size := _size(folder / name)) is not None}
    try:
        opened = open_catalog(folder)
    except IndexStoreError as error:
        return IndexCondition(CATALOG in sizes, None, None, None, None, None, sizes, (str(error),))
    with opened.catalog as catalog:
        meta = catalog.meta
    problems = tuple(_find_problems(folder, opened))
    return IndexCondition(
        True, meta.generation, meta.encoder_id, meta.dim, meta.n_documents, meta.n_passages, sizes, problems
    )


def current_generation(folder: Path) -> int | None:
    """Return the generation of the index in *folder* now, ``None`` if there is none that can be read.

    Reads a few bytes of the catalog's header, so that a server may ask often.
    """
    try:
        with (folder / CATALOG).open("rb") as file:
            header = file.read(_HEADER.size)
    except OSError:
        return None
    if len(header) < _HEADER.size:
        return None
    magic, generation, application_id = _HEADER.unpack(header)
    if magic != b"SQLite format 3\0" or application_id != APPLICATION_ID or generation > _MAX_GENERATION:
        return None
    return int(generation)


def last_generation(folder: Path) -> int:
    """Return the generation of the last write to *folder* as far as can be known; 0 if there was none."""
    try:
        return load_manifest(folder).generation
    except IndexStoreError:
        return current_generation(folder) or 0


def _find_problems(folder: Path, opened: OpenCatalog) -> list[str]:
    """Return what is wrong beside the catalog, all of which the next opening mends."""
    remedy = "it is made anew when the index is opened next"
    if opened.manifest is None:
        try:
            load_manifest(folder)
        except IndexNotFoundError:
            return [f"{folder / MANIFEST}: missing, {remedy}"]
        except IndexStoreError:
            return [f"{folder / MANIFEST}: damaged, {remedy}"]
        return [f"{folder / MANIFEST}: of a write that was cut short, {remedy}"]
    try:
        with (folder / VECTORS).open("rb") as file:
            sound = digest_file(file) == opened.manifest.vectors_sha256
    except OSError as error:
        return [f"{folder / VECTORS}: {error.strerror or error}, {remedy}"]
    return [] if sound else [f"{folder / VECTORS}: stale or damaged, {remedy}"]


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
