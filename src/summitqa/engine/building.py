"""Building: sources become the documents, passages and vectors of an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from summitqa.chunking import CHUNKING_VERSION, split_passages
from summitqa.corpus import load_documents
from summitqa.engine.opening import open_passage_encoder
from summitqa.index import IndexSummary, IndexWriter, NewDocument
from summitqa.protocols import Encoder, Progress, Vectors
from summitqa.reading import build_view
from summitqa.settings import Settings
from summitqa.types import Document, Passage


def build_index(
    sources: Sequence[Path], settings: Settings, *, rebuild: bool = False, progress: Progress | None = None
) -> IndexSummary:
    """Make the index in ``settings.index_dir`` hold exactly the documents of *sources*.

    Unchanged documents are not embedded again; documents no longer in *sources* are removed. The new
    index takes the old one's place at once, or not at all.

    Args:
        sources: files and folders.
        settings: where the index is and which encoder makes it.
        rebuild: start from nothing, also when the old index is damaged.
        progress: called with the number of passages embedded and their total.

    Raises:
        CorpusError: if a source cannot be used.
        ModelError: if the encoder cannot be loaded or run.
        IndexStoreError: if the index is being written by another process, damaged, or cannot be written.
    """
    documents = load_documents(sources, max_file_bytes=settings.max_file_bytes)
    encoder = open_passage_encoder(settings)
    fingerprint = index_fingerprint(settings.passage_tokens)
    with IndexWriter(settings.index_dir, encoder_id=encoder.id, fingerprint=fingerprint, rebuild=rebuild) as writer:
        keep = writer.unchanged(documents)
        new = [document for document in documents if document.id not in keep]
        split = [split_passages(document, encoder, max_tokens=settings.passage_tokens) for document in new]
        return writer.replace(keep, list(_embed(new, split, encoder, progress)), dim=encoder.dim)


def index_fingerprint(passage_tokens: int) -> str:
    """Return what decides the passages of a document beside its text; another one means that all are made anew."""
    return f"chunking-{CHUNKING_VERSION}/{passage_tokens}"


def embed_passages(document: Document, passages: Sequence[Passage], encoder: Encoder) -> Vectors:
    """Return the vectors (n, dim) of a document's passages: of their reading views, as questions look for them.

    Raises:
        ModelRuntimeError: if the encoder fails.
    """
    return encoder.encode_passages([build_view(passage, document.text).text for passage in passages])


def _embed(
    documents: Sequence[Document], split: Sequence[Sequence[Passage]], encoder: Encoder, progress: Progress | None
) -> Iterator[NewDocument]:
    """Yield each document with its passages and their vectors, made when it is taken."""
    total, done = sum(len(passages) for passages in split), 0
    for document, passages in zip(documents, split, strict=True):
        vectors = embed_passages(document, passages, encoder)
        done += len(passages)
        if progress is not None:
            progress(done, total)
        yield document, passages, vectors
