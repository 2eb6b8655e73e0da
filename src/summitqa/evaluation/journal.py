"""The journal of a run: one JSON line a finished question, so that a run that was broken off can be resumed.

The first line says what the run was made of (data, system, options). A journal of another run is refused, never
mixed in. Knows nothing of what the values mean.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from summitqa.errors import EvaluationDataError

JOURNAL_VERSION = 1
"""Of the lines' form; a journal of another version is one of another run."""


def run_digest(identity: Mapping[str, Any]) -> str:
    """Return the SHA-256 of what a run is made of; the order of keys does not matter."""
    return hashlib.sha256(json.dumps(identity, sort_keys=True).encode()).hexdigest()


def file_digest(*paths: Path) -> str:
    """Return the SHA-256 over the contents of *paths*, in order, which are read piece by piece.

    Raises:
        EvaluationDataError: if one cannot be read.
    """
    digest = hashlib.sha256()
    for path in paths:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise EvaluationDataError(f"{path}: cannot be read ({reason}); name the file to evaluate") from error
    return digest.hexdigest()


class Journal:
    """The finished questions of one run, in a file that grows; a context manager that holds it open.

    Args:
        path: the file, made when there is none; ``None`` keeps the journal in memory, for a run that is not resumed.
        identity: what the run is made of: data, system and options, JSON values by name.
    """

    def __init__(self, path: Path | None, identity: Mapping[str, Any]) -> None:
        self._path = path
        self._identity = dict(identity)
        self._file: BinaryIO | None = None
        self._done: dict[str, Any] = {}

    def __enter__(self) -> Self:
        """Read what is finished, and stand ready for more.

        Raises:
            EvaluationDataError: if the file is the journal of another run, none at all, or cannot be written.
        """
        if self._path is None:
            return self
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("a+b")
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise EvaluationDataError(f"{self._path}: cannot be written ({reason}); name another folder") from error
        try:
            self._read(self._file, self._path)
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what is in it stays."""
        if self._file is not None:
            self._file.close()

    def __contains__(self, question_id: str) -> bool:
        """Tell whether the question is finished."""
        return question_id in self._done

    def __getitem__(self, question_id: str) -> Any:
        """Return the value of a finished question."""
        return self._done[question_id]

    def __len__(self) -> int:
        """Return the number of finished questions."""
        return len(self._done)

    def add(self, question_id: str, value: Any) -> None:
        """Note that a question is finished, with its JSON value; on disk when this returns, if the process ends."""
        self._done[question_id] = value
        self._write(_line({"id": question_id, "value": value}))

    def _read(self, file: BinaryIO, path: Path) -> None:
        """Take in whole lines, and cut off a last one that was not finished."""
        file.seek(0)
        head = _line({"journal": JOURNAL_VERSION, "run": run_digest(self._identity), "identity": self._identity})
        whole = 0
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n") and (number > 1 or head.startswith(line)):
                break
            self._take(number, line, path)
            whole += len(line)
        file.truncate(whole)
        if not whole:
            self._write(head)

    def _take(self, number: int, line: bytes, path: Path) -> None:
        try:
            entry = json.loads(line)
            if number == 1:
                self._check_head(entry, path)
            else:
                self._done[entry["id"]] = entry["value"]
        except (ValueError, KeyError, TypeError) as error:
            raise EvaluationDataError(
                f"{path}: line {number}: not a line of a journal; delete the file, or name another"
            ) from error

    def _check_head(self, head: Mapping[str, Any], path: Path) -> None:
        if (head["journal"], head["run"]) == (JOURNAL_VERSION, run_digest(self._identity)):
            return
        then = head["identity"]
        names = sorted(then.keys() | self._identity.keys())
        changed = [name for name in names if then.get(name) != self._identity.get(name)] or ["version"]
        raise EvaluationDataError(
            f"{path}: is the journal of another run (different: {', '.join(changed)}); "
            "delete it, or repeat that run's options"
        )

    def _write(self, line: bytes) -> None:
        if self._file is not None:
            self._file.write(line)
            self._file.flush()


def _line(entry: Mapping[str, Any]) -> bytes:
    return json.dumps(entry).encode() + b"\n"
