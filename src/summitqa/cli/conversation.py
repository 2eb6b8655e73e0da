"""A conversation on the terminal: what a line does. Knows nothing of keys and prompts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from rich.console import Console

from summitqa.cli.answers import print_answer, print_in_context, print_reasons, print_sources
from summitqa.cli.asking import Asked
from summitqa.errors import SummitQAError
from summitqa.schemas import AnswerResponse
from summitqa.types import Turn

MAX_TURNS = 50
"""Earlier questions that are kept; older ones are forgotten."""

HELP = """\
Type a question; a follow-up may leave out what was said before.
  /sources   where the quotes of the last answer come from
  /why       how the last question was understood, what was read, with which scores
  /open N    quote number N in its context
  /typed     ask the last question again, exactly as it was typed
  /reset     forget the conversation
  /help      this list
  /quit      leave, like Ctrl-D; Ctrl-C drops the line"""


@dataclass
class Conversation:
    """The turns so far; each line is a question or a command that begins with a slash."""

    asked: Asked
    console: Console
    history: list[Turn] = field(default_factory=list)
    last: AnswerResponse | None = None
    before: list[Turn] = field(default_factory=list)
    """The turns that came before the last question."""

    def handle(self, line: str) -> bool:
        """Do what *line* says; return whether the conversation goes on. Errors of ours are printed."""
        name, _, argument = line.strip().partition(" ")
        try:
            if not name:
                return True
            if name in {"/quit", "/exit"}:
                return False
            if name.startswith("/"):
                self._command(name, argument.strip())
            else:
                self._ask(line.strip())
        except SummitQAError as error:
            self.console.print(f"error: {error}")
        return True

    def _ask(self, question: str) -> None:
        answer = self.asked.ask(question, history=self.history)
        self._keep(question, answer, self.history)

    def _keep(self, question: str, answer: AnswerResponse, before: list[Turn]) -> None:
        print_answer(answer, self.console, typed_hint="/typed asks as typed")
        self.last, self.before = answer, before
        if answer.reason == "small_talk":
            return
        turn = Turn(question, answer.text if answer.outcome == "answered" else None)
        self.history = [*before, turn][-MAX_TURNS:]

    def _command(self, name: str, argument: str) -> None:
        if name == "/help":
            self.console.print(HELP)
        elif name == "/reset":
            self.history, self.before, self.last = [], [], None
            self.console.print("forgotten")
        elif (show := self._on_last(name, argument)) is None:
            self.console.print(f"there is no command {name}; /help lists them")
        elif self.last is None:
            self.console.print("nothing was asked yet")
        else:
            show(self.last)

    def _on_last(self, name: str, argument: str) -> Callable[[AnswerResponse], None] | None:
        """Return what a command does with the last answer."""
        return {
            "/sources": lambda last: print_sources(last, self.console),
            "/why": lambda last: print_reasons(last, self.before, self.console),
            "/open": lambda last: self._open(last, argument),
            "/typed": self._ask_as_typed,
        }.get(name)

    def _ask_as_typed(self, last: AnswerResponse) -> None:
        self._keep(last.question, self.asked.ask(last.question, history=self.before, resolve=False), self.before)

    def _open(self, last: AnswerResponse, number: str) -> None:
        found = [citation for citation in last.citations if str(citation.index) == number]
        if not found:
            numbers = f"name a quote by its number, 1 to {len(last.citations)}"
            self.console.print(numbers if last.citations else "nothing was quoted")
        for citation in found:
            print_in_context(citation, self.asked.document_text(citation.document_id), self.console)
