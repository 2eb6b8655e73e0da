"""A fake engine for the tests of the API: a document, an answer, and a question for every outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import httpx

from summitqa.api import create_app
from summitqa.errors import DocumentNotFoundError, IndexNotFoundError, QuestionError, SummitQAError
from summitqa.types import (
    Answer,
    AnswerSpan,
    Block,
    Citation,
    Document,
    DocumentInfo,
    IndexState,
    NoAnswer,
    Place,
    ReadPassage,
    Span,
    TableCells,
    Turn,
    Verification,
)

TEXT = "Notes 🙂\nThe lighthouse at Skagen opened in 1858.\nRoom | Price\nAttic | 40 €\n"
NOTES = Document(
    id="notes",
    title="Notes 🙂",
    text=TEXT,
    source="notes.txt",
    blocks=(
        Block("heading", Span(0, 7), level=1),
        Block("paragraph", Span(8, 48)),
        Block("table_row", Span(49, 61), cells=(Span(49, 53), Span(56, 61)), header=(Span(49, 53), Span(56, 61))),
        Block(
            "table_row",
            Span(62, 74),
            introduction=Span(8, 48),
            cells=(Span(62, 67), Span(70, 74)),
            header=(Span(49, 53), Span(56, 61)),
        ),
    ),
)
STATE = IndexState(generation=3, encoder="hashing-512", reader="fake")
PASSAGE = ReadPassage("notes", Span(8, 48), TEXT[8:48], ("Notes 🙂",), 1, 0.123456, 0.65432109, None)
CITATION = Citation(
    index=1,
    document_id="notes",
    document_title="Notes 🙂",
    document_sha256=NOTES.sha256,
    span=Span(8, 48),
    cited_text=TEXT[8:48],
    answer_spans=(AnswerSpan(Span(43, 47), "1858"),),
    prefix="Notes 🙂\n",
    suffix="\nRoom",
    heading_path=("Notes 🙂",),
    block="paragraph",
    also_at=(Place("two words", "Two words", "0" * 64, Span(1, 2)),),
)
ROW_CITATION = replace(
    CITATION,
    index=2,
    span=Span(62, 74),
    cited_text=TEXT[62:74],
    answer_spans=(AnswerSpan(Span(70, 74), "40 €"),),
    block="table_row",
    table=TableCells(("Room", "Price"), ("Attic", "40 €")),
    also_at=(),
)
ANSWER = Answer(
    question="When did the lighthouse open?",
    resolved_question=None,
    answer="1858",
    text=f"{TEXT[8:48]} [1]",
    confidence=0.912345,
    citations=(CITATION, ROW_CITATION),
    passages=(PASSAGE,),
    index=STATE,
    timing_ms={"retrieve": 1.23456, "total": 2.0},
)
NO_ANSWER = NoAnswer("Why?", None, "not_in_documents", 0.1, (PASSAGE,), STATE, {"total": 1.0})


@dataclass
class FakeEngine:
    """Answers every question alike; longer than 20 words is a QuestionError; *failure* is raised if given."""

    failure: Exception | None = None
    asked: list[tuple[str, Sequence[str] | None]] = field(default_factory=list)
    verified: list[tuple[str, Span, str, str, str]] = field(default_factory=list)
    closed: bool = False
    conversations: list[tuple[tuple[Turn, ...], bool]] = field(default_factory=list)

    @property
    def state(self) -> IndexState:
        """The fixed state, unless closed."""
        if self.closed:
            raise IndexNotFoundError("index: the index is closed; start the server again")
        return STATE

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: float | None = None,
    ) -> Answer | NoAnswer:
        """Answer, or not if the question says why."""
        self._check(question)
        self.asked.append((question, document_ids))
        self.conversations.append((tuple(history), resolve))
        for document_id in document_ids or ():
            self.document(document_id)
        outcome = NO_ANSWER if "why" in question.lower() else ANSWER
        return replace(outcome, question=question, passages_skipped=0 if budget_ms is None else 3)

    def search(self, question: str, *, k: int = 10) -> list[ReadPassage]:
        """Return the one passage."""
        self._check(question)
        return [PASSAGE][:k]

    def verify(
        self,
        document_id: str,
        span: Span,
        quote: str,
        *,
        prefix: str = "",
        suffix: str = "",
    ) -> Verification:
        """Compare with the one document."""
        self.verified.append((document_id, span, quote, prefix, suffix))
        if document_id != NOTES.id:
            return Verification("unknown_document", None, None)
        if TEXT[span.start : span.end] == quote:
            return Verification("valid", span, NOTES.sha256)
        return Verification("stale", None, NOTES.sha256)

    def documents(self) -> list[DocumentInfo]:
        """List the one document."""
        return [DocumentInfo(NOTES.id, NOTES.title, NOTES.sha256, NOTES.source, len(TEXT), 2)]

    def document(self, document_id: str) -> Document:
        """Return the one document."""
        if document_id != NOTES.id:
            raise DocumentNotFoundError(f'no document "{document_id}"; see the list of documents')
        return NOTES

    def suggest(self) -> tuple[str, ...]:
        """Suggest the question that is answered."""
        return (ANSWER.question,)

    def close(self) -> None:
        """Remember it."""
        self.closed = True

    def _check(self, question: str) -> None:
        if self.failure is not None:
            raise self.failure
        if len(question.split()) > 20:
            raise QuestionError("question: more than 20 words; ask a shorter one")


def every_error() -> list[type[SummitQAError]]:
    """Return SummitQAError and all classes below it."""
    found: list[type[SummitQAError]] = [SummitQAError]
    for cls in found:
        found.extend(cls.__subclasses__())
    return found


class ApiClient:
    """Calls an application made over a fake engine, without a server or a socket."""

    def __init__(self, engine: FakeEngine | None = None, **options: Any) -> None:
        self.engine = engine or FakeEngine()
        self.app = create_app(self.engine, **options)

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send one request, in an event loop of its own, and return the response."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
                return await client.request(method, path, **options)

        return asyncio.run(send())

    def get(self, path: str, **options: Any) -> httpx.Response:
        """GET *path*."""
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any) -> httpx.Response:
        """POST *body* as JSON."""
        return self.call("POST", path, json=body)

    def post_raw(self, path: str, content: bytes, content_type: str = "application/json") -> httpx.Response:
        """POST bytes as they are."""
        return self.call("POST", path, content=content, headers={"Content-Type": content_type})
