"""Who is asked: the index of this machine, or a server. Both answer in the same shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summitqa.cli.options import settings_of
from summitqa.schemas import AnswerResponse, answer_to_json
from summitqa.types import Turn

if TYPE_CHECKING:
    from summitqa.engine import Engine


class Asked(Protocol):
    """Answers questions and shows documents."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: int | None = None,
    ) -> AnswerResponse:
        """Answer *question*, asked after *history*. Raises SummitQAError."""
        ...

    def document_text(self, document_id: str) -> str:
        """Return a document's canonical text. Raises SummitQAError."""
        ...


class AskedEngine:
    """The engine of this process, behind the shape that a client has."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        resolve: bool = True,
        document_ids: Sequence[str] | None = None,
        budget_ms: int | None = None,
    ) -> AnswerResponse:
        """Answer *question*, asked after *history*."""
        return answer_to_json(
            self._engine.ask(question, history=history, resolve=resolve, document_ids=document_ids, budget_ms=budget_ms)
        )

    def document_text(self, document_id: str) -> str:
        """Return a document's canonical text."""
        return self._engine.document(document_id).text


@contextmanager
def open_asked(url: str | None, index_dir: Path | None) -> Iterator[Asked]:
    """Give the server at *url*, or else the engine of the index.

    Raises:
        SummitQAError: if the address is none, or the index cannot be used.
    """
    if url is not None:
        from summitqa.client import Client

        with Client(url) as client:
            yield client
        return
    from summitqa.engine import open_engine

    with open_engine(settings_of(index_dir=index_dir)) as engine:
        yield AskedEngine(engine)
