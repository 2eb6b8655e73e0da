"""Finding and reading files: what is passed over, what is accepted, and what is refused in one line."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from summitqa.corpus.files import find_files, read_text
from summitqa.errors import EmptyCorpusError, UnreadableDocumentError

NOBODY = 65534


def refusal(path: Path, max_file_bytes: int = 1000) -> str:
    """Return the message with which reading *path* is refused; one line that names the file."""
    with pytest.raises(UnreadableDocumentError) as caught:
        read_text(path, max_file_bytes=max_file_bytes)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ")


@contextmanager
def without_privileges() -> Iterator[None]:
    """Run a block as nobody where it would run as root, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_folders_are_searched_for_supported_files(tmp_path: Path) -> None:
    """Every depth is searched; other formats, hidden files and hidden folders are passed over."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    for name in ("z.txt", "a/b/README.md", "a/x.TEXT", "a/y.markdown", "a/.hidden.txt", ".git/c.txt", "d.pdf", "e"):
        (tmp_path / name).write_text("text")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a/b/README.md", "a/x.TEXT", "a/y.markdown", "z.txt"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    """A folder "notes.md" is searched, not read."""
    (tmp_path / "notes.md").mkdir()
    (tmp_path / "notes.md" / "a.txt").write_text("text")
    assert find_files([tmp_path]) == [tmp_path / "notes.md" / "a.txt"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    """A file and the folder it is in give one document."""
    path = tmp_path / "a.txt"
    path.write_text("text")
    assert find_files([tmp_path, path, tmp_path / ".." / tmp_path.name / "a.txt"]) == [path]


def test_a_hidden_file_can_be_named(tmp_path: Path) -> None:
    """What a person names is read, hidden or not."""
    path = tmp_path / ".notes.txt"
    path.write_text("text")
    assert find_files([path]) == [path]


def test_a_missing_path_is_refused(tmp_path: Path) -> None:
    """A path that does not exist is named, even beside one that does."""
    (tmp_path / "a.txt").write_text("text")
    with pytest.raises(EmptyCorpusError, match=r"gone: does not exist"):
        find_files([tmp_path, tmp_path / "gone"])


@pytest.mark.parametrize("name", ["a.pdf", "a"])
def test_an_unsupported_format_is_refused(tmp_path: Path, name: str) -> None:
    """A file that is named must be of a format that can be read."""
    (tmp_path / name).write_text("text")
    with pytest.raises(
        UnreadableDocumentError, match=r"not supported; expected one of \.txt, \.text, \.md, \.markdown"
    ):
        find_files([tmp_path / name])


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n\xc2\xa0"])
def test_empty_files_are_refused(tmp_path: Path, data: bytes) -> None:
    """No byte at all, whitespace, or a byte order mark alone are nothing to quote."""
    (tmp_path / "a.txt").write_bytes(data)
    assert refusal(tmp_path / "a.txt").startswith("is empty or holds only whitespace")


def test_undecodable_bytes_are_refused_with_their_place(tmp_path: Path) -> None:
    """The first byte that is not UTF-8 is named with its offset."""
    (tmp_path / "a.txt").write_bytes("Erdoğan, ".encode() + b"caf\xe9")
    assert refusal(tmp_path / "a.txt").startswith("byte 13 (0xe9) is not UTF-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_other_unicode_encodings_are_refused_by_name(tmp_path: Path, encoding: str) -> None:
    """A file with another encoding's byte order mark is told what it is."""
    (tmp_path / "a.txt").write_bytes("\ufeffPeace".encode(encoding))
    assert refusal(tmp_path / "a.txt").startswith("is UTF-16 or UTF-32, expected UTF-8")


def test_nul_bytes_are_refused(tmp_path: Path) -> None:
    """A NUL byte is not text, though UTF-8 allows it."""
    (tmp_path / "a.txt").write_bytes(b"Peace\0talks")
    assert refusal(tmp_path / "a.txt").startswith("byte 5 is NUL")


def test_large_files_are_refused_before_they_are_read(tmp_path: Path) -> None:
    """The limit counts bytes; the message names the setting that raises it."""
    (tmp_path / "a.txt").write_bytes("ğ".encode() * 501)
    message = refusal(tmp_path / "a.txt", max_file_bytes=1001)
    assert message.startswith("has 1,002 bytes, more than the 1,001 allowed")
    assert "SUMMITQA_MAX_FILE_BYTES" in message


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    """As many bytes as allowed are allowed."""
    (tmp_path / "a.txt").write_bytes(b"Peace")
    assert read_text(tmp_path / "a.txt", max_file_bytes=5) == "Peace"


def test_only_regular_files_are_read(tmp_path: Path) -> None:
    """A pipe would block for ever; it is refused."""
    os.mkfifo(tmp_path / "a.txt")
    assert refusal(tmp_path / "a.txt").startswith("is not a regular file")


def test_a_dangling_link_is_refused(tmp_path: Path) -> None:
    """A link to nothing inside a folder is no silent gap."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert find_files([tmp_path]) == [tmp_path / "a.txt"]
    assert refusal(tmp_path / "a.txt").startswith("cannot be read (no such file or directory)")


def test_forbidden_files_are_refused(tmp_path: Path) -> None:
    """A file that may not be read is named with the reason."""
    path = tmp_path / "a.txt"
    path.write_text("text")
    path.chmod(0)
    with without_privileges():
        assert refusal(path).startswith("cannot be read (permission denied)")


def test_forbidden_folders_are_refused(tmp_path: Path) -> None:
    """A folder that may not be looked into is no empty folder."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0)
    with without_privileges(), pytest.raises(UnreadableDocumentError, match=r"closed: cannot be .*permission denied"):
        find_files([folder])
    folder.chmod(0o700)


def test_newlines_and_mark_are_normalised(tmp_path: Path) -> None:
    """A byte order mark goes, every kind of newline becomes one; all else stays, tabs and spaces too."""
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbfa \r\nb\t\rc\n\nd ")
    assert read_text(tmp_path / "a.txt", max_file_bytes=100) == "a \nb\t\nc\n\nd "
