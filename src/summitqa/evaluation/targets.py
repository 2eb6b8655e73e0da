"""Systems under test: an engine in this process, or a server asked over HTTP, with the same results.

Both give what the API gives out: its numbers are rounded, so an engine's are rounded in the same way. Times are those
of the system itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from summitqa import __version__, errors
from summitqa.client import Client
from summitqa.errors import RemoteProblemError, SummitQAError
from summitqa.schemas import (
    AnswerResponse,
    BlockResponse,
    CarriedTermResponse,
    CitationResponse,
    CorrectionResponse,
    IndexResponse,
    PassageResponse,
    SpanResponse,
    answer_to_json,
    passage_to_json,
)
from summitqa.types import (
    Answer,
    AnswerSpan,
    Block,
    CarriedTerm,
    Citation,
    Correction,
    Document,
    IndexState,
    NoAnswer,
    Place,
    ReadPassage,
    Span,
    TableCells,
    Turn,
)

PROBLEM_PREFIX = "urn:summitqa:error:"
"""Begins the type of a problem document that stands for one of our own errors."""


class AskedEngine(Protocol):
    """The part of :class:`summitqa.engine.Engine` that is evaluated."""

    @property
    def state(self) -> IndexState:
        """What answers."""
        ...

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer | NoAnswer:
        """Answer a question, asked after *history*."""
        ...

    def search(self, question: str, *, k: int) -> list[ReadPassage]:
        """Return the closest passages."""
        ...

    def document(self, document_id: str) -> Document:
        """Return a document."""
        ...


class EngineTarget:
    """An engine in this process."""

    def __init__(self, engine: AskedEngine) -> None:
        self._engine = engine

    def ask(self, question: str, history: Sequence[str]) -> Answer | NoAnswer:
        """Answer *question* after the earlier turns, which are asked first: a follow-up may need what they found."""
        return _after_earlier_turns(
            lambda asked, turns: outcome_of(answer_to_json(self._engine.ask(asked, history=turns))), question, history
        )

    def search(self, question: str, k: int) -> list[ReadPassage]:
        """Return the *k* best passages."""
        return [_passage_of(passage_to_json(passage)) for passage in self._engine.search(question, k=k)]

    def document(self, document_id: str) -> Document:
        """Return a document. Raises DocumentNotFoundError."""
        return self._engine.document(document_id)

    def system(self) -> dict[str, str]:
        """Return encoder, reader, index generation and version."""
        state = self._engine.state
        return _system(state.encoder, state.reader, state.generation, __version__)


def _after_earlier_turns(
    ask: Callable[[str, Sequence[Turn]], Answer | NoAnswer], question: str, history: Sequence[str]
) -> Answer | NoAnswer:
    """Ask the user's earlier turns one by one, then *question* with what they were answered."""
    turns: list[Turn] = []
    for earlier in history:
        outcome = ask(earlier, turns)
        turns.append(Turn(earlier, outcome.text if isinstance(outcome, Answer) else None))
    return ask(question, turns)


class HttpTarget:
    """A server. Its problems are raised as the errors an engine would have raised, where they are the same."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ask(self, question: str, history: Sequence[str]) -> Answer | NoAnswer:
        """Answer *question* after the earlier turns, which are asked first: a follow-up may need what they found."""
        with _as_local_errors():
            return _after_earlier_turns(
                lambda asked, turns: outcome_of(self._client.ask(asked, history=turns)), question, history
            )

    def search(self, question: str, k: int) -> list[ReadPassage]:
        """Return the *k* best passages."""
        with _as_local_errors():
            return [_passage_of(passage) for passage in self._client.search(question, k=k).passages]

    def document(self, document_id: str) -> Document:
        """Return a document, its digest worked out from the text that came. Raises DocumentNotFoundError."""
        with _as_local_errors():
            shown = self._client.document(document_id)
            text = self._client.document_text(document_id)
        blocks = tuple(_block_of(block) for block in shown.blocks)
        return Document(shown.id, shown.title, text, blocks, shown.source)

    def system(self) -> dict[str, str]:
        """Return encoder, reader, index generation and version."""
        with _as_local_errors():
            version, index = self._client.version(), self._client.ready()
        return _system(index.encoder, index.reader, index.generation, version)


def outcome_of(response: AnswerResponse) -> Answer | NoAnswer:
    """Return what the API gives out as the value it was made of."""
    passages = tuple(_passage_of(passage) for passage in response.passages)
    if response.reason is not None:
        return NoAnswer(
            question=response.question,
            resolved_question=response.resolved_question,
            reason=response.reason,
            confidence=response.confidence,
            passages=passages,
            index=_state_of(response.index),
            timing_ms=response.timing_ms,
            carried_over=_carried_of(response.carried_over),
            corrections=_corrections_of(response.corrections),
            note=response.note,
            suggestions=tuple(response.suggestions),
        )
    return Answer(
        question=response.question,
        resolved_question=response.resolved_question,
        answer=response.answer,
        text=response.text,
        confidence=response.confidence,
        citations=tuple(_citation_of(citation) for citation in response.citations),
        passages=passages,
        index=_state_of(response.index),
        timing_ms=response.timing_ms,
        carried_over=_carried_of(response.carried_over),
        corrections=_corrections_of(response.corrections),
        note=response.note,
    )


def _carried_of(responses: Sequence[CarriedTermResponse]) -> tuple[CarriedTerm, ...]:
    return tuple(CarriedTerm(one.term, one.turn) for one in responses)


def _corrections_of(responses: Sequence[CorrectionResponse]) -> tuple[Correction, ...]:
    return tuple(Correction(one.typed, one.corrected) for one in responses)


def _system(encoder: str, reader: str, generation: int, version: str) -> dict[str, str]:
    return {"encoder": encoder, "reader": reader, "generation": str(generation), "version": version}


def _citation_of(response: CitationResponse) -> Citation:
    table = response.table
    return Citation(
        index=response.index,
        document_id=response.document_id,
        document_title=response.document_title,
        document_sha256=response.document_sha256,
        span=_span_of(response),
        cited_text=response.cited_text,
        answer_spans=tuple(AnswerSpan(_span_of(answer), answer.text) for answer in response.answer_spans),
        prefix=response.prefix,
        suffix=response.suffix,
        heading_path=tuple(response.heading_path),
        block=response.block,
        table=None if table is None else TableCells(tuple(table.header), tuple(table.row)),
        also_at=tuple(
            Place(place.document_id, place.document_title, place.document_sha256, _span_of(place))
            for place in response.also_at
        ),
    )


def _passage_of(response: PassageResponse) -> ReadPassage:
    return ReadPassage(
        document_id=response.document_id,
        span=_span_of(response),
        text=response.text,
        heading_path=tuple(response.heading_path),
        rank=response.rank,
        score=response.score,
        dense=response.dense,
        lexical=response.lexical,
    )


def _block_of(response: BlockResponse) -> Block:
    return Block(
        kind=response.kind,
        span=_span_of(response),
        level=response.level,
        introduction=None if response.introduction is None else _span_of(response.introduction),
        cells=tuple(_span_of(cell) for cell in response.cells),
        header=tuple(_span_of(cell) for cell in response.header),
    )


def _state_of(response: IndexResponse) -> IndexState:
    return IndexState(response.generation, response.encoder, response.reader)


def _span_of(response: SpanResponse | CitationResponse) -> Span:
    return Span(response.start_char_index, response.end_char_index)


@contextmanager
def _as_local_errors() -> Iterator[None]:
    """Raise a problem of the server as the error of ours that it stands for."""
    try:
        yield
    except RemoteProblemError as error:
        local = _local_error(str(error.problem.get("type", "")))
        if local is None:
            raise
        raise local(str(error)) from error


def _local_error(problem_type: str) -> type[SummitQAError] | None:
    words = problem_type.removeprefix(PROBLEM_PREFIX).split("-")
    found = getattr(errors, "".join(word.capitalize() for word in words) + "Error", None)
    is_ours = problem_type.startswith(PROBLEM_PREFIX) and isinstance(found, type) and issubclass(found, SummitQAError)
    return found if is_ours else None
