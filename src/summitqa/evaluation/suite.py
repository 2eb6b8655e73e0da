"""Question sets, and suites of them: which questions are asked of what.

``suite.toml`` has a table for each set, its name the one that reports and ``thresholds.toml`` use; paths are relative
to the file::

    [article]
    gold = "gold.jsonl"
    documents = ["../seeds"]           # files and folders

Knows names and paths; opens nothing but the suite file itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.toml_files import read_toml

_NAME = re.compile(r"\w[\w-]*")


class _SetTable(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    gold: str = Field(min_length=1)
    documents: list[str] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Gold questions and the one thing they are asked of: documents, an index of them, or a server.

    Attributes:
        name: letters, digits, ``_`` and ``-``; distinct within a run.
        documents: files and folders that are indexed for the run.
        index_dir: an index that is there already.
        url: a server.
    """

    name: str
    gold: Path
    documents: tuple[Path, ...] = ()
    index_dir: Path | None = None
    url: str | None = None


def load_suite(path: Path) -> list[QuestionSet]:
    """Return the question sets of a suite file, in its order.

    Raises:
        EvaluationDataError: in one line, if it cannot be read, is empty, or a table is not that of a set.
    """
    tables = read_toml(path, "--suite")
    if not tables:
        raise EvaluationDataError(f'{path}: no question set in it; write one such as [mine] gold = "mine.jsonl"')
    return [_question_set(path, name, table) for name, table in tables.items()]


def check_name(name: str) -> str:
    """Return *name* if a question set may have it.

    Raises:
        EvaluationDataError: if not: it becomes part of file names and of keys in ``thresholds.toml``.
    """
    if not _NAME.fullmatch(name):
        raise EvaluationDataError(f"{name!r} is no name of a question set: use letters, digits, _ and -")
    return name


def name_of(gold: Path) -> str:
    """Return the name of a set that was given none: that of its file, without what a name may not have."""
    return "-".join(re.findall(r"\w+", gold.stem)) or "questions"


def _question_set(path: Path, name: str, table: Any) -> QuestionSet:
    try:
        given = _SetTable.model_validate(table)
        check_name(name)
    except ValidationError as error:
        first = error.errors()[0]
        field = "".join(f".{part}" for part in first["loc"])
        raise EvaluationDataError(f"{path}: {name}{field}: {first['msg']}") from error
    except EvaluationDataError as error:
        raise EvaluationDataError(f"{path}: {error}") from error
    documents = tuple(path.parent / document for document in given.documents)
    return QuestionSet(name, path.parent / given.gold, documents)
