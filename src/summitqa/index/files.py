"""The files of an index folder: their names, how they are read, replaced and locked.

``catalog.sqlite`` is the source of truth, ``vectors.faiss`` and ``manifest.json`` are derived from it.
A file is never changed in place: a new one is written beside it under a name ending in ``.new`` and
moved over it, so that whoever has the old one open keeps it whole. This module is the door to filelock
and knows nothing of what is inside the files.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from summitqa.errors import IndexBusyError, IndexStoreError, IndexWriteError

CATALOG = "catalog.sqlite"
VECTORS = "vectors.faiss"
MANIFEST = "manifest.json"
LOCK = "write.lock"
FILES = (CATALOG, VECTORS, MANIFEST)

REBUILD = 'run "summitqa index --rebuild" on your sources'
"""What to do when the catalog cannot be trusted; ends the messages that say so."""


def new_path(folder: Path, name: str) -> Path:
    """Return where the next version of the file *name* is written before it is moved into place."""
    return folder / f"{name}.new"


def prepare_folder(folder: Path) -> None:
    """Create the index folder if there is none.

    Raises:
        IndexWriteError: if it cannot be created, or something else has its name.
    """
    with write_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)


def remove_new_files(folder: Path) -> None:
    """Remove what a writer left that did not finish; call it with the write lock held."""
    for name in FILES:
        for path in (new_path(folder, name), folder / f"{name}.new-journal"):
            path.unlink(missing_ok=True)


def write_new(folder: Path, name: str, write: Callable[[BinaryIO], object]) -> str:
    """Let *write* fill the next version of the file *name*, flush it to disk, return its SHA-256.

    Raises:
        IndexWriteError: if the disk is full, or the folder cannot be written.
    """
    path = new_path(folder, name)
    with write_errors(path):
        with path.open("wb") as file:
            write(file)
        return sync_file(path)


def sync_file(path: Path) -> str:
    """Flush a written file to disk and return its SHA-256; raises ``OSError``."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        return digest_file(file)


def move_into_place(folder: Path, name: str) -> None:
    """Replace the file *name* by its new version in one step, and make that last.

    Raises:
        IndexWriteError: if the folder cannot be written; the old file then stays.
    """
    path = folder / name
    with write_errors(path):
        new_path(folder, name).replace(path)
        _sync_folder(folder)


def digest_file(file: BufferedIOBase) -> str:
    """Return the hexadecimal SHA-256 of an open file, read from its beginning; leaves it rewound."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


@contextmanager
def write_lock(folder: Path) -> Iterator[None]:
    """Hold the folder's write lock; the operating system releases it when the process dies.

    Raises:
        IndexBusyError: at once, if someone else holds it.
        IndexWriteError: if the lock file cannot be made.
    """
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        with write_errors(folder / LOCK):
            lock.acquire()
    except Timeout:
        message = f"{folder}: another process is writing this index; wait until it has finished and try again"
        raise IndexBusyError(message) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Turn an ``OSError`` while writing *path* into IndexWriteError."""
    try:
        yield
    except Timeout:  # an OSError too, but it says that the lock is held
        raise
    except OSError as error:
        raise write_error(path, error.strerror or str(error)) from error


def write_error(path: Path, reason: str) -> IndexWriteError:
    """Return the error for a *path* that could not be written because of *reason*."""
    return IndexWriteError(
        f"{path}: cannot be written ({reason}), any earlier index is untouched; "
        "free disk space or check permissions, or name another folder in SUMMITQA_INDEX_DIR"
    )


def read_error(path: Path, error: OSError) -> IndexStoreError:
    """Return the error for a *path* that exists and cannot be read."""
    return IndexStoreError(f"{path}: cannot be read ({error.strerror or error}); check the permissions of the folder")


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut, where the system can (Windows cannot open folders)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
