"""The engine behind the page in its tests: knows its answers by heart, and fails or waits when it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event

from browser.corpus import CLUB, HOSTILE, OUTCOMES, STATE, WHEN, WHO, no_answer
from summitqa.answering import verify_quote
from summitqa.errors import DocumentNotFoundError, OverloadedError, QuestionError
from summitqa.types import (
    Answer,
    Document,
    DocumentInfo,
    IndexState,
    NoAnswer,
    ReadPassage,
    Span,
    Turn,
    Verification,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What reached the engine with a question."""

    question: str
    history: tuple[Turn, ...]
    resolve: bool
    document_ids: tuple[str, ...] | None


@dataclass
class PageEngine:
    """Answers from ``OUTCOMES``; "busy", "too long" and "broken" fail; "slow" waits for ``gate``, as "broken" does."""

    documents_by_id: dict[str, Document] = field(default_factory=lambda: {d.id: d for d in (CLUB, HOSTILE)})
    asked: list[Asked] = field(default_factory=list)
    gate: Event = field(default_factory=Event)
    closed: bool = False

    def forget(self) -> None:
        """Be as new; whatever still waits for the old gate is let go."""
        self.gate.set()
        self.documents_by_id, self.asked, self.gate = {d.id: d for d in (CLUB, HOSTILE)}, [], Event()

    @property
    def state(self) -> IndexState:
        """The one state."""
        return STATE

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: float | None = None,  # noqa: ARG002 - the page sets none
    ) -> Answer | NoAnswer:
        """Answer as ``OUTCOMES`` says; a follow-up that is not resolved is met with silence."""
        self.asked.append(Asked(question, tuple(history), resolve, tuple(document_ids) if document_ids else None))
        self._misbehave(question)
        outcome = OUTCOMES.get(question, no_answer(question))
        return no_answer(question) if outcome.resolved_question and not (resolve and history) else outcome

    def search(self, question: str, *, k: int = 10) -> list[ReadPassage]:  # noqa: ARG002 - the page does not search
        """Find nothing."""
        return []

    def verify(self, document_id: str, span: Span, quote: str, *, prefix: str = "", suffix: str = "") -> Verification:
        """Check against the documents as they are now."""
        return verify_quote(self.document(document_id), span, quote, prefix=prefix, suffix=suffix)

    def documents(self) -> list[DocumentInfo]:
        """List the documents."""
        found = self.documents_by_id.values()
        return [DocumentInfo(d.id, d.title, d.sha256, d.source, len(d.text), 1) for d in found]

    def document(self, document_id: str) -> Document:
        """Return a document."""
        if document_id not in self.documents_by_id:
            raise DocumentNotFoundError(f'no document "{document_id}"')
        return self.documents_by_id[document_id]

    def suggest(self) -> tuple[str, ...]:
        """Suggest two questions."""
        return (WHEN, WHO)

    def close(self) -> None:
        """Remember it."""
        self.closed = True

    def _misbehave(self, question: str) -> None:
        if question == "busy":
            raise OverloadedError("too many questions at once; try again in a second")
        if question == "too long":
            raise QuestionError("question: more than 20 words; ask a shorter one")
        if question in {"slow", "broken"}:
            self.gate.wait(30)
        if question == "broken":
            raise RuntimeError("a defect")
