"""Reading large JSON files piece by piece: one element of an array at a time, one line at a time.

Owns what is told about files that cannot be read: which, where, and what to do. Knows nothing of what is in them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

from pydantic import BaseModel, ValidationError

from summitqa.errors import EvaluationDataError

PIECE_CHARS = 1 << 20
_SPACE = " \t\n\r"

Model = TypeVar("Model", bound=BaseModel)


def read_array(path: Path, key: str) -> Iterator[Any]:
    """Yield the elements of the array under *key* of the object that the JSON file *path* holds.

    Only one element, and the piece of the file it stands in, is in memory at a time.

    Raises:
        EvaluationDataError: if the file cannot be read, is not JSON in UTF-8, or holds no such array.
    """
    found = False
    with _open_text(path) as file:
        cursor = _Cursor(file, path)
        cursor.expect("{", f'an object with the array "{key}"')
        more = cursor.peek() != "}"
        while more:
            name = cursor.read_value()
            cursor.expect(":", "a colon")
            if name == key and not found:
                found = True
                yield from _elements(cursor, key)
            else:
                cursor.read_value()
            more = cursor.read_comma("}")
        cursor.expect("}", "the end of the object")
        cursor.expect_end()
    if not found:
        raise EvaluationDataError(f'{path}: holds no "{key}"; name a file of this format')


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text file that are not blank, with their numbers, counted from 1.

    Raises:
        EvaluationDataError: if it cannot be read or is not UTF-8.
    """
    with _open_text(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, line.removesuffix("\n")


def read_json_lines(path: Path, model: type[Model]) -> Iterator[tuple[int, Model]]:
    """Yield the objects of a JSON Lines file as *model*, with their line numbers.

    Raises:
        EvaluationDataError: with the number of the first line that is none.
    """
    for number, line in read_lines(path):
        with faults_told(f"{path}: line {number}"):
            value = model.model_validate_json(line)
        yield number, value


@contextmanager
def faults_told(where: str) -> Iterator[None]:
    """Tell what pydantic finds wrong in one line that begins with *where*.

    Raises:
        EvaluationDataError: in the place of a ValidationError.
    """
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        field = "".join(f"{part}: " for part in first["loc"])
        more = f" (and {error.error_count() - 1} more faults)" if error.error_count() > 1 else ""
        what = "Input should be a JSON object" if first["type"] == "model_type" else first["msg"]
        raise EvaluationDataError(f"{where}: {field}{what}{more}") from error


@contextmanager
def _open_text(path: Path) -> Iterator[TextIO]:
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            yield file
    except UnicodeDecodeError as error:
        raise EvaluationDataError(f"{path}: is not UTF-8 ({error.reason}); save it as UTF-8") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EvaluationDataError(f"{path}: cannot be read ({reason}); name the data to evaluate") from error


def _elements(cursor: _Cursor, key: str) -> Iterator[Any]:
    cursor.expect("[", f'an array under "{key}"')
    more = cursor.peek() != "]"
    while more:
        yield cursor.read_value()
        more = cursor.read_comma("]")
    cursor.expect("]", "the end of the array")


class _Cursor:
    """A position in a JSON text, of which only a piece is in memory."""

    def __init__(self, file: TextIO, path: Path) -> None:
        self._file = file
        self._path = path
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._position = 0
        self._n_before = 0

    def peek(self) -> str:
        """Return the next character that is no white space, without taking it; empty at the end."""
        while True:
            while self._position < len(self._text) and self._text[self._position] in _SPACE:
                self._position += 1
            if self._position < len(self._text) or not self._read_more(PIECE_CHARS):
                return self._text[self._position : self._position + 1]

    def expect(self, character: str, meaning: str) -> None:
        """Take *character*, or say that *meaning* was expected."""
        if self.peek() != character:
            raise self._fault(f"expected {meaning}")
        self._position += 1

    def read_comma(self, closing: str) -> bool:
        """Take a comma and return whether there was one; otherwise *closing* must be next."""
        if self.peek() == ",":
            self._position += 1
            return True
        if self.peek() != closing:
            raise self._fault(f"expected a comma or {closing}")
        return False

    def read_value(self) -> Any:
        """Take a JSON value, reading on as long as it is not whole."""
        self.peek()
        size = PIECE_CHARS
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except json.JSONDecodeError as error:
                if not self._read_more(size):
                    raise self._fault(f"{error.msg}, expected JSON", error.pos) from error
            except RecursionError as error:
                raise self._fault("is nested too deeply") from error
            else:
                # A number at the end of the piece may go on in the next one.
                if end < len(self._text) or not self._read_more(size):
                    self._position = end
                    return value
            size *= 2

    def expect_end(self) -> None:
        """See that nothing follows."""
        if self.peek():
            raise self._fault("expected the end of the file")

    def _read_more(self, size: int) -> bool:
        """Add a piece to the text, dropping what is behind; return whether there was one."""
        piece = self._file.read(size)
        self._n_before += self._position
        self._text = self._text[self._position :] + piece
        self._position = 0
        return bool(piece)

    def _fault(self, what: str, position: int | None = None) -> EvaluationDataError:
        place = self._n_before + (self._position if position is None else position)
        return EvaluationDataError(
            f"{self._path}: character {place}: {what}; the file may be cut off or of another format"
        )
