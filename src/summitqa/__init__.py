"""summitqa answers questions about your documents in the author's own words.

Importing this package loads no model library; :func:`open_engine` does, when it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summitqa.engine import Engine, build_index, open_engine

__all__ = ["Engine", "__version__", "build_index", "open_engine"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import the engine when one of its names is first used (PEP 562)."""
    if name in {"Engine", "build_index", "open_engine"}:
        from summitqa import engine  # noqa: PLC0415 - kept off the import path on purpose

        return getattr(engine, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
