"""The index: passages, their vectors and their words, on disk and opened for search.

``catalog.sqlite`` is the one source of truth; ``vectors.faiss`` and ``manifest.json`` are derived from it and
made anew when they are missing, stale or damaged. Importing this package does not import FAISS.
"""

from summitqa.index.inspection import IndexCondition, current_generation, index_state
from summitqa.index.local import LocalIndex, open_index
from summitqa.index.snapshot import VectorOptions
from summitqa.index.writer import IndexSummary, IndexWriter, NewDocument

__all__ = [
    "IndexCondition",
    "IndexSummary",
    "IndexWriter",
    "LocalIndex",
    "NewDocument",
    "VectorOptions",
    "current_generation",
    "index_state",
    "open_index",
]
