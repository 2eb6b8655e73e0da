"""The command ``summitqa chat``: reads lines from a terminal or a pipe and hands them to a conversation."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Annotated

import typer

from summitqa.cli.options import IndexOption

PROMPT = "> "

UrlOption = Annotated[str | None, typer.Option("--url", help="Ask the server at this address instead of an index.")]


def chat(index_dir: IndexOption = None, url: UrlOption = None) -> None:
    """Talk to the documents: follow-ups, sources, scores, quotes in their context. /help lists the commands."""
    from summitqa.cli.answers import result_console
    from summitqa.cli.asking import open_asked
    from summitqa.cli.conversation import Conversation

    refuse_both(url, index_dir)
    with open_asked(url, index_dir) as asked:
        talk(Conversation(asked, result_console()).handle)


def refuse_both(url: str | None, index_dir: object) -> None:
    """Refuse to ask a server and an index at once."""
    if url is not None and index_dir is not None:
        raise typer.BadParameter("give --url or --index, not both")


def talk(handle: Callable[[str], bool]) -> None:
    """Hand each line to *handle* until it says that the conversation is over, or the input ends.

    Ctrl-C drops the line, or the answer under way; Ctrl-D leaves.
    """
    is_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    lines = _typed_lines() if is_terminal else _piped_lines()
    for line in lines:
        try:
            if not handle(line):
                return
        except KeyboardInterrupt:
            if not is_terminal:
                raise
            print("stopped")


def _typed_lines() -> Iterator[str]:
    """Yield the lines that a person types, with editing and history where the platform has them."""
    with suppress(ImportError):
        import readline  # noqa: F401 - importing it gives input() its line editing

    print("Ask the documents. /help lists the commands, Ctrl-D leaves.")
    while True:
        try:
            yield input(PROMPT)
        except KeyboardInterrupt:
            print()
        except EOFError:
            print()
            return


def _piped_lines() -> Iterator[str]:
    """Yield the lines of a pipe or file, each repeated in the output so that it reads like a conversation."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text are a question without an answer
    for line in sys.stdin:
        if line.strip():
            print(PROMPT + line.strip(), flush=True)
            yield line
