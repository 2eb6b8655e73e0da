"""Question-answer data in SQuAD form, as documents with questions whose answers are spans of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from summitqa.corpus import parse_document
from summitqa.types import Document, Span


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question on a document; without answers it is one that the document does not answer.

    Attributes:
        paragraph: the span of the paragraph it was asked on.
        answers: every accepted answer, as spans of the document.
    """

    question: str
    paragraph: Span
    answers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A document made of an article's paragraphs, with the questions asked on them."""

    document: Document
    questions: tuple[TrainingQuestion, ...]


def load_articles(path: Path, *, max_paragraphs: int = 40) -> Iterator[Article]:
    """Yield the articles of a SQuAD file; long ones in parts of *max_paragraphs*, each an article.

    Raises:
        ValueError: if an answer does not stand where the file says.
    """
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    for number, article in enumerate(data):
        paragraphs = article["paragraphs"]
        for part, first in enumerate(range(0, len(paragraphs), max_paragraphs)):
            name = f"{path.stem}-{number}-{part}"
            yield _join(name, paragraphs[first : first + max_paragraphs])


def _join(name: str, paragraphs: list[dict[str, object]]) -> Article:
    texts: list[str] = []
    questions: list[TrainingQuestion] = []
    offset = 0
    for paragraph in paragraphs:
        text = " ".join(str(paragraph["context"]).splitlines())
        if len(text) != len(str(paragraph["context"])):
            text = str(paragraph["context"]).replace("\r\n", "  ").replace("\n", " ").replace("\r", " ")
        whole = Span(offset, offset + len(text))
        questions.extend(_questions(paragraph["qas"], whole, text))
        texts.append(text)
        offset += len(text) + 2
    document = parse_document("\n\n".join(texts), document_id=name, source=name, markdown=False)
    return Article(document, tuple(questions))


def _questions(qas: object, paragraph: Span, text: str) -> Iterator[TrainingQuestion]:
    assert isinstance(qas, list)
    for qa in qas:
        spans = set()
        for answer in qa["answers"]:
            start = answer["answer_start"]
            if text[start : start + len(answer["text"])] != answer["text"]:
                raise ValueError(f"answer {answer['text']!r} does not stand at {start}")
            spans.add(Span(paragraph.start + start, paragraph.start + start + len(answer["text"])))
        yield TrainingQuestion(qa["question"], paragraph, tuple(sorted(spans)))
