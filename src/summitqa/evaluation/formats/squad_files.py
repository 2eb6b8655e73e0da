"""SQuAD 1.1 and 2.0 files: their structure, checked while they are read, and their contexts as documents.

Source: Rajpurkar et al. 2016 and 2018. ``{"data": [{"title", "paragraphs": [{"context", "qas": [{"id", "question",
"answers": [{"text", "answer_start"}], "is_impossible"}]}]}]}``; version 1.1 has no ``is_impossible``. What else is
in a file is passed over. Knows nothing of how questions are answered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from summitqa.corpus import parse_document
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.formats.pieces import faults_told, read_array
from summitqa.types import Document


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Answer(_Strict):
    text: str


class _Qa(_Strict):
    id: str = Field(min_length=1)
    question: str
    answers: list[_Answer]
    is_impossible: bool | None = None


class _Paragraph(_Strict):
    context: str
    qas: list[_Qa]


class _Article(_Strict):
    title: str = ""
    paragraphs: list[_Paragraph]


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question with the answers that are accepted; none means that its context does not answer it."""

    id: str
    question: str
    accepted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SquadParagraph:
    """A context with the questions asked on it."""

    title: str
    context: str
    questions: tuple[SquadQuestion, ...]

    @property
    def document_id(self) -> str:
        """Identity of the context: equal contexts are one document."""
        return f"context-{hashlib.sha256(self.context.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def read_paragraphs(path: Path) -> Iterator[SquadParagraph]:
    """Yield the paragraphs of a SQuAD file in its order, one article in memory at a time.

    Raises:
        EvaluationDataError: naming article, paragraph and question, counted from 1, of the first fault.
    """
    seen: set[str] = set()
    for number, value in enumerate(read_array(path, "data"), start=1):
        where = f"{path}: article {number}"
        with faults_told(where):
            article = _Article.model_validate(value)
        for position, paragraph in enumerate(article.paragraphs, start=1):
            yield _check_paragraph(paragraph, article.title, f"{where}, paragraph {position}", seen)
    if not seen:
        raise EvaluationDataError(f"{path}: no question in it")


def make_document(paragraph: SquadParagraph) -> Document:
    """Return the context as a document, titled as its article."""
    document = parse_document(paragraph.context, document_id=paragraph.document_id)
    title = " ".join(paragraph.title.replace("_", " ").split())
    return replace(document, title=title) if title else document


def _check_paragraph(paragraph: _Paragraph, title: str, where: str, seen: set[str]) -> SquadParagraph:
    if not paragraph.context.strip():
        raise EvaluationDataError(f"{where}: the context is empty")
    if "\0" in paragraph.context or any("\ud800" <= c <= "\udfff" for c in paragraph.context):
        raise EvaluationDataError(f"{where}: the context holds characters that are no text")
    for number, qa in enumerate(paragraph.qas, start=1):
        _check_question(qa, f"{where}, question {number}", seen)
        seen.add(qa.id)
    questions = (SquadQuestion(qa.id, qa.question, tuple(a.text for a in qa.answers)) for qa in paragraph.qas)
    return SquadParagraph(title, paragraph.context, tuple(questions))


def _check_question(qa: _Qa, where: str, seen: set[str]) -> None:
    if qa.id in seen:
        raise EvaluationDataError(f"{where}: the id {qa.id!r} was there before")
    if not qa.question.strip():
        raise EvaluationDataError(f"{where}: the question is empty")
    if qa.is_impossible is None and not qa.answers:
        raise EvaluationDataError(
            f"{where}: has no answers; unanswerable questions need is_impossible, as in version 2.0"
        )
    if qa.is_impossible is not None and qa.is_impossible == bool(qa.answers):
        raise EvaluationDataError(f"{where}: is_impossible is {str(qa.is_impossible).lower()}, answers say otherwise")
