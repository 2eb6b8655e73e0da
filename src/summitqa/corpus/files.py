r"""Finding source files and reading them as canonical text: every complaint about a file is made here.

Knows nothing of structure. Canonical text is the file decoded as UTF-8 without its byte order mark,
with ``\r\n`` and lone ``\r`` turned into ``\n``; nothing else changes.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from summitqa.errors import EmptyCorpusError, UnreadableDocumentError

MARKDOWN_SUFFIXES = (".md", ".markdown")
SUPPORTED_SUFFIXES = (".txt", ".text", *MARKDOWN_SUFFIXES)
_FORMATS = ", ".join(SUPPORTED_SUFFIXES)
_OTHER_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)


def find_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named by *paths* and those with a supported suffix below its folders, each once.

    Below a folder, hidden files and folders and other suffixes are passed over.

    Raises:
        EmptyCorpusError: if a path does not exist, or nothing is found.
        UnreadableDocumentError: if a file is named whose format is not supported, or a path may not be
            looked at.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _files_at(path):
            found.setdefault(file.resolve(), file)
    if not found:
        places = ", ".join(str(path) for path in paths) or "nowhere"
        raise EmptyCorpusError(f"no documents found in {places}: expected files ending in {_FORMATS}")
    return sorted(found.values())


def read_text(path: Path, *, max_file_bytes: int) -> str:
    """Return the canonical text of a file.

    Raises:
        UnreadableDocumentError: if it is not a regular file, may not be read, is larger than
            *max_file_bytes*, holds nothing but whitespace, or is not UTF-8 text.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableDocumentError(f"{path}: is not a regular file; name a text file")
        if status.st_size > max_file_bytes:
            raise UnreadableDocumentError(
                f"{path}: has {status.st_size:,} bytes, more than the {max_file_bytes:,} allowed; "
                "split it, or raise SUMMITQA_MAX_FILE_BYTES"
            )
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocumentError(f"{path}: cannot be read ({_reason(error)}); check its permissions") from error
    return _decode(path, data)


def normalise_newlines(text: str) -> str:
    r"""Return *text* without a byte order mark at its start and with every line end as ``\n``."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _files_at(path: Path) -> Iterator[Path]:
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        raise EmptyCorpusError(f"{path}: does not exist; name a file or a folder of {_FORMATS} files") from None
    except OSError as error:
        raise UnreadableDocumentError(f"{path}: cannot be read ({_reason(error)}); check its permissions") from error
    if is_folder:
        yield from _files_below(path)
    elif path.suffix.lower() in SUPPORTED_SUFFIXES:
        yield path
    else:
        raise UnreadableDocumentError(
            f"{path}: format {path.suffix or 'without suffix'} is not supported; expected one of {_FORMATS}"
        )


def _files_below(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UnreadableDocumentError(
            f"{error.filename}: cannot be listed ({_reason(error)}); check its permissions"
        ) from error

    for parent, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and Path(name).suffix.lower() in SUPPORTED_SUFFIXES:
                yield Path(parent, name)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _decode(path: Path, data: bytes) -> str:
    if data.startswith(_OTHER_MARKS):
        raise UnreadableDocumentError(f"{path}: is UTF-16 or UTF-32, expected UTF-8; save it as UTF-8")
    position = data.find(b"\0")
    if position >= 0:
        raise UnreadableDocumentError(f"{path}: byte {position} is NUL, so this is not text; expected UTF-8 text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableDocumentError(
            f"{path}: byte {error.start} (0x{data[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        ) from error
    text = normalise_newlines(text)
    if not text.strip():
        raise UnreadableDocumentError(f"{path}: is empty or holds only whitespace; add text or remove it")
    return text
