"""What a question set is asked of: opened for the length of a run.

Joins the engine and the client to the harness; knows neither questions nor measures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from summitqa.client import Client
from summitqa.corpus import load_documents
from summitqa.engine import build_index, open_engine
from summitqa.errors import DocumentNotFoundError, IndexBusyError, IndexStoreError, IndexWriteError
from summitqa.evaluation.runner import Target
from summitqa.evaluation.suite import QuestionSet
from summitqa.evaluation.targets import EngineTarget, HttpTarget
from summitqa.protocols import Progress
from summitqa.settings import Settings
from summitqa.types import Document

Bar = Callable[[str], AbstractContextManager[Progress | None]]
"""Gives a callback that shows how far the work of that name is, or ``None`` when nobody looks."""


def no_bar(name: str) -> AbstractContextManager[Progress | None]:
    """Show nothing."""
    del name
    return nullcontext()


@contextmanager
def open_documents(question_set: QuestionSet, settings: Settings) -> Iterator[Callable[[str], Document]]:
    """Give a function that returns a document by its id, or raises DocumentNotFoundError.

    Documents that are files are read as they are; no model is loaded for them.

    Raises:
        SummitQAError: if documents, index or server cannot be used.
    """
    if question_set.documents:
        yield _document_of(question_set, settings)
    else:
        with open_target(question_set, settings) as target:
            yield cache(target.document)


@contextmanager
def open_target(
    question_set: QuestionSet,
    settings: Settings,
    *,
    timeout_s: float = 30.0,
    index_cache: Path | None = None,
    bar: Bar = no_bar,
) -> Iterator[Target]:
    """Give what the questions are asked of; documents are indexed first.

    Args:
        question_set: says what is opened.
        settings: models and their options.
        timeout_s: seconds a server may take to answer.
        index_cache: folder in which indexes made here are kept for the next run; ``None`` for a temporary one.
        bar: shows how far the indexing is.

    Raises:
        SummitQAError: if documents, index, models or server cannot be used.
    """
    with ExitStack() as stack:
        if question_set.url is not None:
            yield HttpTarget(stack.enter_context(Client(question_set.url, timeout_s=timeout_s)))
            return
        folder = question_set.index_dir or settings.index_dir
        if question_set.documents:
            cache_dir = index_cache or Path(stack.enter_context(TemporaryDirectory(prefix="summitqa-eval-")))
            folder = cache_dir / question_set.name
            with bar(f"indexing {question_set.name}") as progress:
                _index(question_set, settings.model_copy(update={"index_dir": folder}), progress)
        engine = stack.enter_context(open_engine(settings.model_copy(update={"index_dir": folder})))
        yield EngineTarget(engine)


def _document_of(question_set: QuestionSet, settings: Settings) -> Callable[[str], Document]:
    documents = load_documents(question_set.documents, max_file_bytes=settings.max_file_bytes)
    by_id = {document.id: document for document in documents}

    def find(document_id: str) -> Document:
        try:
            return by_id[document_id]
        except KeyError as error:
            raise DocumentNotFoundError(f"no document {document_id!r}; there are {', '.join(by_id)}") from error

    return find


def _index(question_set: QuestionSet, settings: Settings, progress: Progress | None) -> None:
    """Index the documents; a kept index that is damaged, or of another version, is made anew."""
    sources = list(question_set.documents)
    try:
        build_index(sources, settings, progress=progress)
    except (IndexBusyError, IndexWriteError):
        raise
    except IndexStoreError:
        build_index(sources, settings, rebuild=True, progress=progress)
