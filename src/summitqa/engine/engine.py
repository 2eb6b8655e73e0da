"""The engine itself: what can be asked of an index, whichever snapshot of it is the newest."""

from __future__ import annotations

from collections.abc import Sequence

from summitqa.answering import verify_quote
from summitqa.closing import Closing
from summitqa.conversation import Resolver, is_small_talk
from summitqa.engine.clock import Clock
from summitqa.engine.inquiry import Inquiry, check_question
from summitqa.engine.parts import Parts
from summitqa.engine.suggestions import Suggestions
from summitqa.errors import DocumentNotFoundError
from summitqa.protocols import Encoder, PassageIndex, Reader
from summitqa.settings import Settings
from summitqa.snapshots import LiveIndex
from summitqa.types import Answer, Document, DocumentInfo, IndexState, NoAnswer, ReadPassage, Span, Turn, Verification


class Engine(Closing):
    """Answers questions from one index. Safe to use from several threads; answers are deterministic.

    When another process has written a newer index, the next question is answered from that one; a
    newer index that cannot be opened is logged, and the old one goes on serving.
    """

    def __init__(
        self,
        live: LiveIndex,
        encoder: Encoder,
        reader: Reader,
        settings: Settings,
        resolver: Resolver | None = None,
    ) -> None:
        self._live = live
        self._parts = Parts(encoder, reader, resolver or Resolver(), settings)
        self._suggestions = Suggestions()

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: float | None = None,
    ) -> Answer | NoAnswer:
        """Answer *question* with quotes, or say that the documents don't.

        Args:
            question: one question in plain words.
            history: the user's earlier turns, oldest first, with what was quoted for them where that is known. A
                follow-up is written out with words of theirs.
            resolve: ``False`` asks as typed: no follow-up is written out, no typing mistake corrected, and small talk
                is searched for like anything else.
            document_ids: only these documents are searched; ``None`` for all.
            budget_ms: milliseconds to answer in. Fewer passages are read when they would not do, at least one; the
                outcome says how many were left out. What is left out depends on the machine's speed at that moment.

        Raises:
            QuestionError: if the question is empty, too long or not text.
            DocumentNotFoundError: if one of *document_ids* is not in the index.
            ModelRuntimeError: if a model fails; never to be taken for "no answer".
            CitationError: if a quote were not verbatim; a defect, never seen by design.
        """
        clock = Clock()
        asked = self._check(question)
        with self._live.use() as index:
            inquiry = Inquiry(asked, index, self._parts, document_ids)
            if resolve and is_small_talk(asked):
                return self._meet_small_talk(asked, index, clock)
            understood = inquiry.understand(history, resolve=resolve)
            clock.mark("resolve")
            return inquiry.answer(understood, clock, budget_ms)

    def search(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        k: int = 10,
        document_ids: Sequence[str] | None = None,
    ) -> list[ReadPassage]:
        """Return the *k* passages most likely to answer *question*, best first. Arguments as for :meth:`ask`.

        Raises:
            QuestionError: if the question is empty, too long or not text.
            DocumentNotFoundError: if one of *document_ids* is not in the index.
            ModelRuntimeError: if a model fails.
        """
        asked = self._check(question)
        with self._live.use() as index:
            inquiry = Inquiry(asked, index, self._parts, document_ids)
            return inquiry.search(inquiry.understand(history, resolve=resolve), k)

    def suggest(self) -> tuple[str, ...]:
        """Return a few questions to begin with, made of the documents' headings."""
        with self._live.use() as index:
            return self._suggestions.of(index)

    def verify(self, document_id: str, span: Span, quote: str, *, prefix: str = "", suffix: str = "") -> Verification:
        """Check a citation against the document as it is now. See :func:`summitqa.answering.verify_quote`."""
        with self._live.use() as index:
            try:
                document = index.document(document_id)
            except DocumentNotFoundError:
                return Verification("unknown_document", None, None)
            return verify_quote(document, span, quote, prefix=prefix, suffix=suffix)

    def documents(self) -> list[DocumentInfo]:
        """List the documents in the index by id."""
        with self._live.use() as index:
            return index.documents()

    def document(self, document_id: str) -> Document:
        """Return a document with its text and blocks.

        Raises:
            DocumentNotFoundError: if it is not in the index.
        """
        with self._live.use() as index:
            return index.document(document_id)

    @property
    def state(self) -> IndexState:
        """What answers: index generation and models."""
        with self._live.use() as index:
            return self._parts.state_with(index)

    def close(self) -> None:
        """Close the index when the last question in progress is done; closing twice is harmless."""
        self._live.close()

    def _check(self, question: str) -> str:
        return check_question(question, self._parts.settings.max_question_chars)

    def _meet_small_talk(self, asked: str, index: PassageIndex, clock: Clock) -> NoAnswer:
        suggestions, state = self._suggestions.of(index), self._parts.state_with(index)
        return NoAnswer(asked, None, "small_talk", 0.0, (), state, clock.finish(), suggestions=suggestions)
