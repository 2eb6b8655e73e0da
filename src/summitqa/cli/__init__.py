"""The terminal command: parse, call, print.

Nothing heavy is imported until a command runs, so that ``summitqa --help`` is instant. Exit codes: 0
answered, 1 error, 2 usage, 3 no answer.
"""

from __future__ import annotations

import io
import logging
import os
import sys

from summitqa.cli.commands import app
from summitqa.cli.exits import EXIT_ERROR, EXIT_INTERRUPTED
from summitqa.cli.notices import print_error
from summitqa.errors import SummitQAError

__all__ = ["main"]


def main() -> None:
    """Run the command line; whatever goes wrong becomes one line on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter still shows the rest
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    try:
        app()
    except SummitQAError as error:
        _fail(str(error))
    except BrokenPipeError:  # the reader of our output went away (head, less): not an error
        _drop_output()
        sys.exit(0)
    except OSError as error:
        _drop_output()
        _fail(f"{error.filename or 'standard output'}: {error.strerror or error}; make room or check its rights")
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        # The outermost edge: a user never sees a traceback unasked.
        if os.environ.get("SUMMITQA_DEBUG"):
            raise
        _fail(f"unexpected {type(error).__name__}; set SUMMITQA_DEBUG=1 to see where, and please report it")


def _drop_output() -> None:
    """Send what is still buffered nowhere, or Python would fail on it again at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str) -> None:
    print_error(message)
    sys.exit(EXIT_ERROR)
