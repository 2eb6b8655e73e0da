"""What can be wrong with one gold question: pure checks, each yielding a message that says what and where.

Knows the fields of a line and the texts of the documents it quotes; nothing of files or of other lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pydantic import BaseModel, ConfigDict

from summitqa.errors import DocumentNotFoundError
from summitqa.types import Document
from summitqa.words import content_words, same_root

KNOWN_TAGS = frozenset(
    """fact list list-all table table-multi why paraphrase spelling follow-up attribution unanswerable contradiction all
    near-miss off-topic instruction""".split()
)

NEEDS_ALL_TAGS = frozenset({"all", "list-all"})
"""Every quote of the evidence is needed, not one of them."""

_SILENCE_TAGS = frozenset({"near-miss", "off-topic", "instruction"})
"""Kinds of unanswerable questions."""

_SHOWN_CHARS = 60


class EvidenceLine(BaseModel):
    """A quote as the file gives it."""

    model_config = ConfigDict(extra="forbid", strict=True)
    document: str
    quote: str


class GoldLine(BaseModel):
    """A question as the file gives it; types and field names are checked, nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)
    id: str
    question: str
    history: list[str] = []
    answerable: bool
    answers: list[str] = []
    evidence: list[EvidenceLine] = []
    tags: list[str] = []
    standalone: str | None = None


def check_line(line: GoldLine, document_of: Callable[[str], Document]) -> Iterator[str]:
    """Yield what is wrong with *line*, the plainest faults first."""
    yield from _empty(line)
    yield from _tags(line)
    yield from _answerability(line)
    yield from _evidence(line, document_of)
    yield from _follow_up(line)
    yield from _paraphrase(line)


def _empty(line: GoldLine) -> Iterator[str]:
    texts = {
        "the id": [line.id],
        "the question": [line.question],
        "a turn of the history": line.history,
        "an answer": line.answers,
        "a quote": [part.quote for part in line.evidence],
        "'standalone'": [line.standalone] if line.standalone is not None else [],
    }
    for name, values in texts.items():
        if not all(value.strip() for value in values):
            yield f"{name} is empty"


def _tags(line: GoldLine) -> Iterator[str]:
    for tag in sorted(set(line.tags) - KNOWN_TAGS):
        yield f"unknown tag {tag!r}; known are {', '.join(sorted(KNOWN_TAGS))}"
    if len(set(line.tags)) < len(line.tags):
        yield "a tag is given twice"
    if line.answerable and (wrong := sorted(_SILENCE_TAGS & set(line.tags))):
        yield f"answerable, but tagged {wrong[0]!r}, a kind of unanswerable question"


def _answerability(line: GoldLine) -> Iterator[str]:
    if line.answerable and not line.evidence:
        yield "answerable, but without evidence"
    if not line.answerable and (line.evidence or line.answers):
        yield "unanswerable, but with evidence or answers"
    if line.answerable == ("unanswerable" in line.tags):
        yield "the tag 'unanswerable' and the field 'answerable' disagree"


def _evidence(line: GoldLine, document_of: Callable[[str], Document]) -> Iterator[str]:
    for part in line.evidence:
        try:
            text = document_of(part.document).text
        except DocumentNotFoundError:
            yield f"document {part.document!r} is not in the index"
        else:
            if part.quote not in text:
                yield f"quote is not in document {part.document!r}: {part.quote[:_SHOWN_CHARS]!r}"
    quotes = [part.quote for part in line.evidence]
    if line.evidence:
        for answer in line.answers:
            if not any(answer in quote for quote in quotes):
                yield f"answer {answer!r} is in none of the quotes"
    yield from _repeated("quote", [f"{part.document}: {part.quote}" for part in line.evidence])
    yield from _repeated("answer", line.answers)
    needing = sorted(NEEDS_ALL_TAGS & set(line.tags))
    if needing and len(line.evidence) < 2:
        yield f"the tag {needing[0]!r} needs two quotes or more, found {len(line.evidence)}"


def _repeated(name: str, values: Sequence[str]) -> Iterator[str]:
    for value in dict.fromkeys(value for value in values if values.count(value) > 1):
        yield f"{name} is given twice: {value[:_SHOWN_CHARS]!r}"


def _follow_up(line: GoldLine) -> Iterator[str]:
    if "follow-up" in line.tags and not line.history:
        yield "the tag 'follow-up' needs a history"
    if line.history and "follow-up" not in line.tags:
        yield "a question with a history needs the tag 'follow-up'"
    if line.history and line.standalone is None:
        yield "a question with a history needs 'standalone', the question written out"
    if line.standalone is not None and not line.history:
        yield "'standalone' is for questions with a history"


def _paraphrase(line: GoldLine) -> Iterator[str]:
    if "paraphrase" not in line.tags:
        return
    asked = content_words(line.question)
    for part in line.evidence:
        shared = [word for word in asked if any(same_root(word, own) for own in content_words(part.quote))]
        if shared:
            yield f"tagged 'paraphrase', but shares {shared[0]!r} with the quote {part.quote[:_SHOWN_CHARS]!r}"
