"""Manners for foreign model libraries: their noise is kept from the user, their errors are cut to a line.

Knows no library in particular beyond how transformers switches its progress bars off.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


def first_line(error: Exception) -> str:
    """Return what fits into a message of one line: the error's first line, or its type if it says nothing."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep foreign warnings, progress bars and log lines off the user's terminal.

    onnxruntime's quantisation logs through the root logger, which would set up logging for the whole
    process unless the root has a handler.
    """
    handler, disabled = logging.NullHandler(), logging.root.manager.disable
    logging.getLogger().addHandler(handler)
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _hide_progress_bars()
            yield
    finally:
        logging.disable(disabled)
        logging.getLogger().removeHandler(handler)


def _hide_progress_bars() -> None:
    try:
        from transformers.utils import logging as transformers_logging  # noqa: PLC0415
    except ImportError:
        return
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call,unused-ignore]
