"""Gold questions: one JSON object a line, checked before anything is measured.

Knows the file format and the documents' texts; nothing of engines or measures.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from summitqa.errors import DocumentNotFoundError, EvaluationDataError
from summitqa.types import Document, Span

KNOWN_TAGS = frozenset(
    """fact list list-all table table-multi why paraphrase spelling follow-up attribution unanswerable contradiction all
    near-miss off-topic instruction""".split()
)


class _Evidence(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    document: str
    quote: str


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    id: str
    question: str
    history: list[str] = []
    answerable: bool
    answers: list[str] = []
    evidence: list[_Evidence] = []
    tags: list[str] = []
    standalone: str | None = None


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
        """Tell whether every quote of the evidence is needed."""
        return "all" in self.tags


def load_gold(path: Path, document_of: Callable[[str], Document]) -> list[GoldQuestion]:
    """Load and check the gold questions of *path* against the documents they quote.

    Raises:
        EvaluationDataError: with the line number of the first fault and how many there are.
    """
    questions: list[GoldQuestion] = []
    faults: list[str] = []
    ids: dict[str, int] = {}
    asked: dict[tuple[str, ...], int] = {}
    for number, line in _lines(path):
        try:
            parsed = _Line.model_validate(json.loads(line))
            question = _locate(parsed, document_of)
        except ValidationError as error:
            first = error.errors()[0]
            faults.append(f"line {number}: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}")
            continue
        except (ValueError, EvaluationDataError) as error:
            faults.append(f"line {number}: {error}")
            continue
        key = (*(turn.casefold() for turn in question.history), question.question.casefold())
        faults += [f"line {number}: id {question.id} is also on line {ids[question.id]}"] if question.id in ids else []
        faults += [f"line {number}: asks the same as line {asked[key]}"] if key in asked else []
        ids.setdefault(question.id, number)
        asked.setdefault(key, number)
        questions.append(question)
    if faults:
        more = f" (and {len(faults) - 1} more faults)" if len(faults) > 1 else ""
        raise EvaluationDataError(f"{path}: {faults[0]}{more}")
    if not questions:
        raise EvaluationDataError(f"{path}: no question in it")
    return questions


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise EvaluationDataError(f"{path}: no such file; name one with --gold") from error
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationDataError(f"{path}: cannot be read as UTF-8 ({error})") from error
    return ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


def _locate(line: _Line, document_of: Callable[[str], Document]) -> GoldQuestion:
    """Check one question and find where its quotes stand."""
    _check(line)
    evidence = []
    for part in line.evidence:
        try:
            text = document_of(part.document).text
        except DocumentNotFoundError as error:
            raise EvaluationDataError(f"document {part.document!r} is not in the index") from error
        spans = tuple(_occurrences(text, part.quote))
        if not spans:
            raise EvaluationDataError(f"quote is not in document {part.document!r}: {part.quote[:60]!r}")
        evidence.append(EvidenceSpans(part.document, part.quote, spans))
    values: dict[str, Any] = line.model_dump(include={"id", "question", "answerable", "standalone"})
    return GoldQuestion(
        **values,
        history=tuple(line.history),
        answers=tuple(line.answers),
        evidence=tuple(evidence),
        tags=frozenset(line.tags),
    )


def _check(line: _Line) -> None:
    quotes = [part.quote for part in line.evidence]
    unknown = sorted(set(line.tags) - KNOWN_TAGS)
    loose = [answer for answer in line.answers if not any(answer in quote for quote in quotes)]
    if not line.question.strip():
        raise EvaluationDataError("the question is empty")
    if any(not quote.strip() for quote in quotes):
        raise EvaluationDataError("a quote is empty")
    if unknown:
        raise EvaluationDataError(f"unknown tag {unknown[0]!r}")
    if line.answerable and not quotes:
        raise EvaluationDataError("answerable, but without evidence")
    if not line.answerable and (quotes or line.answers):
        raise EvaluationDataError("unanswerable, but with evidence or answers")
    if line.answerable == ("unanswerable" in line.tags):
        raise EvaluationDataError("the tag 'unanswerable' and the field 'answerable' disagree")
    if loose:
        raise EvaluationDataError(f"answer {loose[0]!r} is in none of the quotes")


def _occurrences(text: str, quote: str) -> Iterator[Span]:
    start = text.find(quote)
    while start >= 0:
        yield Span(start, start + len(quote))
        start = text.find(quote, start + 1)
