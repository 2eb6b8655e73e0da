"""Question-answer data in SQuAD form, as documents with questions whose answers are spans of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summitqa.corpus import parse_document
from summitqa.types import Document, Span

SENTENCES_JOINED = 4
"""Sentences of a QAMR article that make a paragraph."""

PART_PARAGRAPHS = 40


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


@dataclass(frozen=True, slots=True)
class Part:
    """Up to ``PART_PARAGRAPHS`` paragraphs of one article of a SQuAD file, as they stand in its JSON."""

    name: str
    title: str
    paragraphs: list[dict[str, Any]]


Use = Literal["train", "fit", "report"]
"""What an article is for: the span model is trained, ranking and confidence are fitted, and the rest only measured."""

HELD_OUT: tuple[Use, ...] = ("fit", "report")
"""What the span model never sees."""


def load_parts(path: Path, uses: Collection[Use]) -> Iterator[Part]:
    """Yield the articles of a SQuAD file that are for one of *uses*, long ones in parts.

    A tenth of the articles, by the hash of file and position, is held out from the span model; where a file has fewer
    than five articles, a tenth of the parts. QAMR's single sentences are joined to paragraphs first.
    """
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    for number, article in enumerate(articles):
        paragraphs = article["paragraphs"]
        if path.stem.startswith("qamr"):
            paragraphs = list(_join_sentences(paragraphs))
        for part, first in enumerate(range(0, len(paragraphs), PART_PARAGRAPHS)):
            unit = f"{path.stem}/{number}/{part}" if len(articles) < 5 else f"{path.stem}/{number}"
            if _use_of(unit) in uses:
                chosen = paragraphs[first : first + PART_PARAGRAPHS]
                yield Part(f"{path.stem}-{number}-{part}", article.get("title", ""), chosen)


def load_articles(path: Path, uses: Collection[Use]) -> Iterator[Article]:
    """Yield the parts of :func:`load_parts` as documents with their questions.

    Raises:
        ValueError: if an answer does not stand where the file says.
    """
    for part in load_parts(path, uses):
        yield _join(part.name, part.paragraphs)


def _use_of(unit: str) -> Use:
    digest = hashlib.sha256(unit.encode()).digest()
    if int.from_bytes(digest[:4], "big") % 10:
        return "train"
    return "report" if digest[4] % 2 else "fit"


def _join_sentences(sentences: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for first in range(0, len(sentences), SENTENCES_JOINED):
        text, qas = "", []
        for sentence in sentences[first : first + SENTENCES_JOINED]:
            offset = len(text) + 1 if text else 0
            text = f"{text} {sentence['context']}" if text else sentence["context"]
            for qa in sentence["qas"]:
                answers = [{**a, "answer_start": a["answer_start"] + offset} for a in qa["answers"]]
                qas.append({**qa, "answers": answers})
        yield {"context": text, "qas": qas}


def _join(name: str, paragraphs: Sequence[dict[str, Any]]) -> Article:
    texts: list[str] = []
    questions: list[TrainingQuestion] = []
    offset = 0
    for paragraph in paragraphs:
        text = paragraph["context"].replace("\n", " ").replace("\r", " ")
        whole = Span(offset, offset + len(text))
        questions.extend(_questions(paragraph["qas"], whole, text))
        texts.append(text)
        offset += len(text) + 2
    document = parse_document("\n\n".join(texts), document_id=name, source=name, markdown=False)
    return Article(document, tuple(questions))


def _questions(qas: Sequence[dict[str, Any]], paragraph: Span, text: str) -> Iterator[TrainingQuestion]:
    for qa in qas:
        spans = set()
        for answer in qa["answers"]:
            start = answer["answer_start"]
            if text[start : start + len(answer["text"])] != answer["text"]:
                raise ValueError(f"answer {answer['text']!r} does not stand at {start}")
            spans.add(Span(paragraph.start + start, paragraph.start + start + len(answer["text"])))
        yield TrainingQuestion(qa["question"], paragraph, tuple(sorted(spans)))
