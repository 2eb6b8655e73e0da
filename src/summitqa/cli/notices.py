"""What a person at the terminal is told beside results: on stderr, so that results can be piped."""

from __future__ import annotations

import sys


def print_notice(text: str) -> None:
    """Print a line for the person at the terminal, apart from results."""
    print(text, file=sys.stderr, flush=True)


def print_error(text: str) -> None:
    """Print what went wrong, in one line."""
    print_notice(f"error: {text}")
