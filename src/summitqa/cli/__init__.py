"""The terminal command: parse, call, print.

Nothing heavy is imported until a command runs, so that ``summitqa --help`` is instant. Exit codes: 0
answered, 1 error, 2 usage, 3 no answer.
"""

from __future__ import annotations

import logging
import os
import sys

from summitqa.cli.commands import app
from summitqa.errors import SummitQAError

__all__ = ["main"]

EXIT_ERROR = 1
EXIT_INTERRUPTED = 130


def main() -> None:
    """Run the command line; whatever goes wrong becomes one line on stderr and an exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    try:
        app()
    except SummitQAError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away (head, less): not an error. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # The outermost edge: a user never sees a traceback unasked.
        if os.environ.get("SUMMITQA_DEBUG"):
            raise
        _fail(f"unexpected {type(error).__name__}; set SUMMITQA_DEBUG=1 to see where, and please report it")


def _fail(message: str) -> None:
    print(f"error: {message}", file=sys.stderr)
    sys.exit(EXIT_ERROR)
