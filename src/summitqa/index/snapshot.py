"""Opening the files of an index together: is the catalog sound, and are the vectors those of the catalog?

What is derived and found missing, stale or damaged is made anew from the catalog, in memory first and
then, where the folder can be written, on disk. Nothing is ever embedded again here.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from summitqa.errors import IndexBusyError, IndexCorruptError, IndexNotFoundError, IndexStoreError
from summitqa.index.catalog import Catalog, CatalogMeta, corrupt_error
from summitqa.index.files import (
    CATALOG,
    VECTORS,
    digest_file,
    move_into_place,
    read_error,
    remove_new_files,
    write_lock,
    write_new,
)
from summitqa.index.manifest import Manifest, load_manifest, save_manifest
from summitqa.index.vectors import FLAT_LIMIT, FaissVectors

_ATTEMPTS = 20
"""Times an index is tried to be opened while writers replace its files; one is enough but for that."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VectorOptions:
    """How vectors are searched: FAISS's threads, and the number of passages up to which all are compared."""

    threads: int = 1
    flat_limit: int = FLAT_LIMIT


@dataclass(frozen=True, slots=True)
class OpenCatalog:
    """A catalog that was found sound.

    Attributes:
        sha256: digest of its file.
        identity: what tells its file from another of the same name.
        manifest: the manifest if it describes this very file, else ``None``.
    """

    catalog: Catalog
    sha256: str
    identity: tuple[int, int]
    manifest: Manifest | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A sound catalog and the vectors that belong to it."""

    catalog: Catalog
    vectors: FaissVectors


def open_snapshot(folder: Path, options: VectorOptions, *, locked: bool = False) -> Snapshot:
    """Open an index, mending on the way what is derived; *locked* says that the caller has the write lock.

    Raises:
        IndexNotFoundError: if there is none.
        IndexCorruptError: if the catalog is damaged.
        IndexMismatchError: if it is of another version of the format.
        IndexBusyError: if it is replaced faster than it can be opened.
        IndexStoreError: if it cannot be read.
    """
    opened = open_catalog(folder)
    with ExitStack() as stack:
        catalog = stack.enter_context(opened.catalog)
        vectors = _load_vectors(folder, opened, options)
        if vectors is None:
            vectors = build_vectors(catalog, options)
            _mend(folder, opened, vectors, locked=locked)
        stack.pop_all()
        return Snapshot(catalog, vectors)


def open_catalog(folder: Path) -> OpenCatalog:
    """Open the catalog and make sure that it is whole.

    Its digest must be one of the two that the manifest names: a crash between two moves leaves the
    previous one. Without a sound manifest it is checked against the digest it holds of its own content.

    Raises:
        IndexStoreError: as :func:`open_snapshot` does.
    """
    for _ in range(_ATTEMPTS):
        manifest = _load_sound_manifest(folder)
        try:
            opened = _open_checked(folder / CATALOG, manifest)
        except IndexCorruptError:
            if _load_sound_manifest(folder) == manifest:
                raise
            continue  # a writer came between the two files
        if opened is not None:
            return opened
    raise IndexBusyError(f"{folder}: replaced again and again while it was being opened; try again")


def build_vectors(catalog: Catalog, options: VectorOptions) -> FaissVectors:
    """Make the FAISS index of the vectors in *catalog*."""
    n, dim = catalog.meta.n_passages, catalog.meta.dim
    return FaissVectors.build(catalog.vectors(), n=n, dim=dim, threads=options.threads, flat_limit=options.flat_limit)


def put_in_place(
    folder: Path, meta: CatalogMeta, vectors: FaissVectors, *, sha256: str, previous_sha256: str | None
) -> None:
    """Write vectors and manifest of the catalog of digest *sha256*; the caller has the write lock.

    A new catalog waiting beside the old one is moved between the two. The manifest goes first, for it
    names both catalogs; a crash after any step leaves an index that opens.

    Raises:
        IndexWriteError: if the disk is full, or the folder cannot be written.
    """
    manifest = Manifest(
        generation=meta.generation,
        encoder_id=meta.encoder_id,
        dim=meta.dim,
        n_documents=meta.n_documents,
        n_passages=meta.n_passages,
        catalog_sha256=sha256,
        previous_catalog_sha256=previous_sha256,
        vectors_sha256=write_new(folder, VECTORS, vectors.save),
    )
    save_manifest(folder, manifest)
    if previous_sha256 != sha256:
        move_into_place(folder, CATALOG)
    move_into_place(folder, VECTORS)


def _load_sound_manifest(folder: Path) -> Manifest | None:
    try:
        return load_manifest(folder)
    except (IndexNotFoundError, IndexCorruptError):
        return None


def _open_checked(path: Path, manifest: Manifest | None) -> OpenCatalog | None:
    """Open the catalog at *path* if it is sound; ``None`` if a writer replaced it meanwhile."""
    with _open_file(path) as file, ExitStack() as stack:
        sha256 = digest_file(file)
        if manifest is not None and sha256 not in {manifest.catalog_sha256, manifest.previous_catalog_sha256}:
            raise corrupt_error(path, "its SHA-256 is not the one in manifest.json")
        catalog = stack.enter_context(Catalog(path))
        identity = _identify(os.fstat(file.fileno()))
        if _identify(path.stat()) != identity:
            return None
        if manifest is None:
            catalog.check()
        stack.pop_all()
        described = manifest is not None and manifest.catalog_sha256 == sha256
        return OpenCatalog(catalog, sha256, identity, manifest if described else None)


def _load_vectors(folder: Path, opened: OpenCatalog, options: VectorOptions) -> FaissVectors | None:
    """Return the vectors on disk if they are those of the catalog, else ``None``."""
    if opened.manifest is None:
        return None
    try:
        with _open_file(folder / VECTORS) as file:
            if digest_file(file) != opened.manifest.vectors_sha256:
                return None
            n, dim = opened.catalog.meta.n_passages, opened.catalog.meta.dim
            return FaissVectors.load(file, n=n, dim=dim, threads=options.threads)
    except (IndexNotFoundError, IndexCorruptError):
        return None


def _mend(folder: Path, opened: OpenCatalog, vectors: FaissVectors, *, locked: bool) -> None:
    """Write the vectors that were made anew, if that can be done now and nobody has done it meanwhile."""
    try:
        if _is_whole(folder, opened.sha256):  # a writer was between two moves and has finished
            return
        with nullcontext() if locked else write_lock(folder):
            if _identify((folder / CATALOG).stat()) != opened.identity:
                return
            try:
                put_in_place(folder, opened.catalog.meta, vectors, sha256=opened.sha256, previous_sha256=opened.sha256)
            finally:
                remove_new_files(folder)
            _LOG.info("%s: made anew from the catalog", folder / VECTORS)
    except (IndexStoreError, OSError) as error:
        _LOG.info("%s: made anew from the catalog, kept in memory: %s", folder / VECTORS, error)


def _is_whole(folder: Path, catalog_sha256: str) -> bool:
    """Tell whether manifest and vectors on disk are those of the catalog of that digest."""
    manifest = _load_sound_manifest(folder)
    if manifest is None or manifest.catalog_sha256 != catalog_sha256:
        return False
    try:
        with _open_file(folder / VECTORS) as file:
            return digest_file(file) == manifest.vectors_sha256
    except IndexNotFoundError:
        return False


@contextmanager
def _open_file(path: Path) -> Iterator[BufferedReader]:
    """Open *path* for reading; its being missing and its being unreadable become our errors."""
    try:
        with path.open("rb") as file:
            yield file
    except (FileNotFoundError, NotADirectoryError):
        raise IndexNotFoundError(f'{path}: no such file; run "summitqa index" on your sources') from None
    except OSError as error:
        raise read_error(path, error) from error


def _identify(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
