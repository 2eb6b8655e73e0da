"""The engine: the one place where summitqa's parts are joined.

:func:`build_index` turns sources into an index, :func:`open_engine` opens one for questions. Everything
else (CLI, API, evaluation) talks to an :class:`Engine` and constructs no part itself.
"""

from summitqa.engine.building import build_index, embed_passages, index_fingerprint
from summitqa.engine.engine import Engine
from summitqa.engine.opening import join_engine, open_engine, open_passage_encoder
from summitqa.index import IndexSummary

__all__ = [
    "Engine",
    "IndexSummary",
    "build_index",
    "embed_passages",
    "index_fingerprint",
    "join_engine",
    "open_engine",
    "open_passage_encoder",
]
