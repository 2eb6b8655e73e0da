"""An index of a data set's documents, made with the engine's own steps from a stream of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from summitqa.chunking import split_passages
from summitqa.engine import embed_passages, index_fingerprint
from summitqa.evaluation.formats.asking import RunOptions
from summitqa.index import IndexWriter, NewDocument
from summitqa.protocols import Encoder, Progress
from summitqa.types import Document

BATCH_DOCUMENTS = 5000
"""Written at a time; a run that was broken off embeds at most this many documents again."""


@contextmanager
def data_index(
    documents: Iterable[Document], encoder: Encoder, passage_tokens: int, source: str, options: RunOptions
) -> Iterator[Path]:
    """Give the folder of an index of *documents*: the one that *options* keep, or else one that is gone afterwards.

    For the arguments and errors see :func:`index_documents`.
    """
    with ExitStack() as stack:
        folder = options.index_dir or Path(stack.enter_context(TemporaryDirectory(prefix="summitqa-eval-")))
        index_documents(
            folder,
            documents,
            encoder,
            passage_tokens=passage_tokens,
            source=source,
            progress=options.index_progress,
        )
        yield folder


def index_documents(
    folder: Path,
    documents: Iterable[Document],
    encoder: Encoder,
    *,
    passage_tokens: int,
    source: str,
    progress: Progress | None = None,
) -> None:
    """Make the index in *folder* hold *documents*, whose ids are distinct; those in it already are not embedded again.

    Args:
        folder: made when there is none; whatever index of another source it holds is replaced.
        documents: taken one batch at a time.
        encoder: embeds them.
        passage_tokens: budget of a passage.
        source: what the documents are, such as a digest of their file.
        progress: called with the number of passages embedded so far, twice.

    Raises:
        ModelError: if the encoder fails.
        IndexStoreError: if the index cannot be written.
    """
    fingerprint = f"{index_fingerprint(passage_tokens)}/{source}"
    kept: set[str] = set()
    n_embedded = 0
    for batch in _batches(documents):
        with IndexWriter(folder, encoder_id=encoder.id, fingerprint=fingerprint) as writer:
            kept |= writer.unchanged(batch)
            new = [_embed(document, encoder, passage_tokens) for document in batch if document.id not in kept]
            if new:  # a batch that is there already is left alone, with those that may follow it in the index
                writer.replace(kept, new, dim=encoder.dim)
        kept.update(document.id for document in batch)
        n_embedded += sum(len(passages) for _, passages, _ in new)
        if progress is not None:
            progress(n_embedded, n_embedded)


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    iterator = iter(documents)
    while batch := list(islice(iterator, BATCH_DOCUMENTS)):
        yield batch


def _embed(document: Document, encoder: Encoder, passage_tokens: int) -> NewDocument:
    passages = split_passages(document, encoder, max_tokens=passage_tokens)
    return document, passages, embed_passages(document, passages, encoder)
