"""Gold questions: one JSON object a line, checked before anything is measured.

Knows the file format and the documents' texts; nothing of engines or measures. What can be wrong with a single line is
in :mod:`summitqa.evaluation.gold_checks`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.gold_checks import NEEDS_ALL_TAGS, GoldLine, check_line
from summitqa.types import Document, Span


@dataclass(frozen=True, slots=True)
class EvidenceSpans:
    """A gold quote and every place in its document where it stands."""

    document_id: str
    quote: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with what is accepted as its answer.

    Attributes:
        evidence: quotes that answer it; alternatives, unless the tag ``all`` makes every one needed.
        standalone: for a follow-up, the question written out.
    """

    id: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    answers: tuple[str, ...]
    evidence: tuple[EvidenceSpans, ...]
    tags: frozenset[str]
    standalone: str | None

    @property
    def split(self) -> Literal["dev", "test"]:
        """``dev`` questions may be tuned on, ``test`` ones may not; by the hash of the id."""
        return "dev" if hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0 else "test"

    @property
    def needs_all(self) -> bool:
        """Tell whether every quote of the evidence is needed: tags ``all`` and ``list-all``."""
        return not NEEDS_ALL_TAGS.isdisjoint(self.tags)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong with a gold file.

    Attributes:
        line: its number, the first is 1; 0 for the file as a whole.
    """

    line: int
    message: str

    def __str__(self) -> str:
        """Return the message after the line number."""
        return f"line {self.line}: {self.message}" if self.line else self.message


def lint_gold(path: Path, document_of: Callable[[str], Document]) -> list[Fault]:
    """Return everything that is wrong with the gold file *path*, by line; nothing if it may be used."""
    return _read(path, document_of)[1]


def load_gold(path: Path, document_of: Callable[[str], Document]) -> list[GoldQuestion]:
    """Load the gold questions of *path*, checked against the documents they quote.

    Raises:
        EvaluationDataError: with the line number of the first fault and how many more there are.
    """
    questions, faults = _read(path, document_of)
    if faults:
        n_more = len(faults) - 1
        more = f" (and {n_more} more fault{'s' if n_more > 1 else ''})" if n_more else ""
        raise EvaluationDataError(f"{path}: {faults[0]}{more}")
    return questions


def _read(path: Path, document_of: Callable[[str], Document]) -> tuple[list[GoldQuestion], list[Fault]]:
    """Return the questions that could be made and all faults; the questions are complete only without faults."""
    lines = _lines(path)
    if isinstance(lines, Fault):
        return [], [lines]
    parsed: list[tuple[int, GoldLine]] = []
    faults: list[Fault] = []
    for number, text in lines:
        try:
            parsed.append((number, _parse(text)))
        except ValidationError as error:
            faults += [Fault(number, _told(dict(one))) for one in error.errors()]
        except ValueError as error:
            faults.append(Fault(number, str(error)))
    questions = []
    for number, line in parsed:
        wrong = list(check_line(line, document_of))
        faults += [Fault(number, message) for message in wrong]
        questions += [] if wrong else [_question(line, document_of)]
    faults += _duplicates(parsed)
    return questions, sorted(faults, key=lambda fault: fault.line)


def _lines(path: Path) -> list[tuple[int, str]] | Fault:
    """Return the lines that are not empty with their numbers, or why there are none."""
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        return Fault(0, "no such file; name one with --gold")
    except UnicodeDecodeError as error:
        return Fault(content.count(b"\n", 0, error.start) + 1, f"is not UTF-8 ({error.reason}); save the file as UTF-8")
    except OSError as error:
        return Fault(0, f"cannot be read ({error.strerror})")
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return lines or Fault(0, "no question in it; write one JSON object a line")


def _parse(text: str) -> GoldLine:
    """Return the line's fields.

    Raises:
        ValidationError: if a field is missing, unknown or of the wrong type.
        ValueError: if the line is not a JSON object with every key once.
    """
    try:
        values = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON, cut off or malformed at column {error.colno} ({error.msg})") from error
    except RecursionError as error:
        raise ValueError("is not JSON that can be read: nested too deeply") from error
    if any("\ud800" <= c <= "\udfff" for c in json.dumps(values, ensure_ascii=False)):
        raise ValueError("holds half of a surrogate pair, which is no text and cannot be reported")
    if not isinstance(values, dict):
        raise ValueError("is not a JSON object")  # noqa: TRY004 -- a fault of the file, told with the others
    return GoldLine.model_validate(values)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"the field {next(key for key in keys if keys.count(key) > 1)!r} is given twice")
    return values


def _told(error: dict[str, Any]) -> str:
    return f"{'.'.join(str(part) for part in error['loc'])}: {error['msg']}"


def _duplicates(parsed: list[tuple[int, GoldLine]]) -> Iterator[Fault]:
    """Yield a fault for each id, and each question with its history, that was there before; case and spaces aside."""
    ids: dict[str, int] = {}
    asked: dict[tuple[str, ...], int] = {}
    for number, line in parsed:
        question = tuple(" ".join(turn.casefold().split()) for turn in (*line.history, line.question))
        if ids.setdefault(line.id, number) != number:
            yield Fault(number, f"id {line.id} is also on line {ids[line.id]}")
        if asked.setdefault(question, number) != number:
            yield Fault(number, f"asks the same as line {asked[question]}")


def _question(line: GoldLine, document_of: Callable[[str], Document]) -> GoldQuestion:
    evidence = [
        EvidenceSpans(part.document, part.quote, tuple(_occurrences(document_of(part.document).text, part.quote)))
        for part in line.evidence
    ]
    return GoldQuestion(
        id=line.id,
        question=line.question,
        history=tuple(line.history),
        answerable=line.answerable,
        answers=tuple(line.answers),
        evidence=tuple(evidence),
        tags=frozenset(line.tags),
        standalone=line.standalone,
    )


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)
