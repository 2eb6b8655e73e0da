"""The conversation on the terminal: what lines do, in a pipe, in a terminal, and against a server."""

from __future__ import annotations

import io
import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from api_fakes import ANSWER, NOTES, TEXT, FakeEngine
from loopback import serving
from summitqa.api import create_app
from summitqa.cli import main
from summitqa.cli.chat import talk
from summitqa.cli.conversation import HELP, MAX_TURNS, Conversation
from summitqa.errors import QuestionError
from summitqa.schemas import AnswerResponse, answer_to_json
from summitqa.schemas.models import CarriedTermResponse, CorrectionResponse
from summitqa.types import Turn

QUOTES = """\
The lighthouse at Skagen opened in 1858. [1]
  [1] notes 8–48 · Notes 🙂; also two words 1–2
Attic | 40 € [2]
  [2] notes 62–74 · Notes 🙂
confidence high (0.91)
"""


@dataclass
class FakeAsked:
    """Gives out the next of *answers* for each question, and remembers what it was asked."""

    answers: list[AnswerResponse] = field(default_factory=list)
    asked: list[tuple[str, tuple[Turn, ...], bool]] = field(default_factory=list)

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), resolve: bool = True, **_options: Any
    ) -> AnswerResponse:
        """Answer, or refuse a question of one letter."""
        if len(question) == 1:
            raise QuestionError("the question is too short; ask a longer one")
        self.asked.append((question, tuple(history), resolve))
        answer = self.answers.pop(0) if self.answers else answer_to_json(ANSWER)
        return answer.model_copy(update={"question": question})

    def document_text(self, document_id: str) -> str:
        """Return the text of the one document."""
        assert document_id == NOTES.id
        return TEXT


class Screen:
    """A conversation and what it has printed since it was last looked at."""

    def __init__(self, *answers: AnswerResponse) -> None:
        self.asked = FakeAsked(list(answers))
        self._output = io.StringIO()
        self.conversation = Conversation(
            self.asked, Console(file=self._output, highlight=False, soft_wrap=True, markup=False)
        )

    def type(self, line: str) -> str:
        """Type a line; return what it prints."""
        assert self.conversation.handle(line)
        printed = self._output.getvalue()
        self._output.seek(0)
        self._output.truncate()
        return printed


def changed(**fields: Any) -> AnswerResponse:
    """Return the answer with other fields."""
    return answer_to_json(ANSWER).model_copy(update=fields)


SILENT = changed(outcome="no_answer", reason="off_topic", citations=[], text="…", suggestions=["Who [b]opened[/b] it?"])
SMALL_TALK = SILENT.model_copy(update={"reason": "small_talk", "text": "Ask me something.", "passages": []})
FOLLOW_UP = changed(
    resolved_question="Who opened the lighthouse?",
    carried_over=[CarriedTermResponse(term="lighthouse", turn=0)],
    corrections=[CorrectionResponse(typed="opend", corrected="opened")],
)


def test_an_answer_is_quoted_with_its_places() -> None:
    """A question prints its quotes, where they stand, and how sure the answer is."""
    assert Screen().type("When did it open?") == QUOTES


def test_questions_are_asked_after_the_earlier_ones() -> None:
    """Each question comes with those before it and with what was quoted for them, not with what was not."""
    screen = Screen(changed(), SILENT)
    for line in ("When?", " Who? ", "Where?"):
        screen.type(line)
    first, second = Turn("When?", ANSWER.text), Turn("Who?", None)
    assert screen.asked.asked == [("When?", (), True), ("Who?", (first,), True), ("Where?", (first, second), True)]


def test_small_talk_is_no_turn() -> None:
    """A greeting shows what to ask, and is not part of the conversation; brackets are no markup."""
    screen = Screen(SMALL_TALK)
    assert screen.type("hello") == "Ask me something.\nYou could ask:\n  Who [b]opened[/b] it?\n"
    assert screen.conversation.history == []


def test_only_so_many_turns_are_kept() -> None:
    """A conversation without end does not grow without end."""
    screen = Screen()
    for number in range(MAX_TURNS + 5):
        screen.type(f"question {number}")
    history = screen.conversation.history
    assert (len(history), history[-1].question) == (MAX_TURNS, f"question {MAX_TURNS + 4}")


def test_a_follow_up_shows_how_it_was_understood() -> None:
    """The question as understood comes first, with the way to ask it as typed, which forgets that understanding."""
    screen = Screen(changed(), FOLLOW_UP, changed())
    screen.type("When did the lighthouse open?")
    shown = screen.type("Who opend it?")
    assert shown == f"understood as: Who opened the lighthouse? (/typed asks as typed)\n{QUOTES}"
    assert screen.type("/typed") == QUOTES
    before = (Turn("When did the lighthouse open?", ANSWER.text),)
    assert screen.asked.asked[1:] == [("Who opend it?", before, True), ("Who opend it?", before, False)]
    assert len(screen.conversation.history) == 2


def test_why_shows_what_an_answer_rests_on() -> None:
    """Corrections, terms carried over with the question they came from, passages with their scores, and times."""
    screen = Screen(changed(), FOLLOW_UP)
    screen.type("When did the lighthouse open?")
    screen.type("Who opend it?")
    assert screen.type("/why").splitlines() == [
        "outcome: answered, probability 0.91",
        "corrected: opend → opened",
        "carried over: lighthouse (from: When did the lighthouse open?)",
        "1. score 0.12, meaning 0.65, words – · notes 8–48",
        "    The lighthouse at Skagen opened in 1858.",
        "retrieve 1.2 ms, total 2.0 ms",
    ]


def test_sources_show_documents_and_digests() -> None:
    """Each quote's place comes with the title and digest of its document."""
    screen = Screen()
    screen.type("When?")
    lines = screen.type("/sources").splitlines()
    assert lines[0] == "[1] notes 8–48 · Notes 🙂; also two words 1–2"
    assert lines[1] == f"    Notes 🙂 · SHA-256 {NOTES.sha256}"
    assert len(lines) == 4


def test_a_quote_is_opened_in_its_context() -> None:
    """The text around the quote is shown as it stands, the quote between double brackets."""
    screen = Screen()
    screen.type("When?")
    assert screen.type("/open 2") == f"[2] notes 62–74 · Notes 🙂\n{TEXT[:62]}[[{TEXT[62:74]}]]\n\n"


@pytest.mark.parametrize(
    ("lines", "printed"),
    [
        (["/why"], "nothing was asked yet\n"),
        (["/open 1"], "nothing was asked yet\n"),
        (["When?", "/open 3"], "name a quote by its number, 1 to 2\n"),
        (["When?", "/open"], "name a quote by its number, 1 to 2\n"),
        (["When?", "/reset"], "forgotten\n"),
        (["When?", "/reset", "/sources"], "nothing was asked yet\n"),
        (["/help"], f"{HELP}\n"),
        (["/etc/passwd"], "there is no command /etc/passwd; /help lists them\n"),
        (["?"], "error: the question is too short; ask a longer one\n"),
        ([""], ""),
    ],
)
def test_commands_that_have_nothing_to_show_say_so(lines: list[str], printed: str) -> None:
    """Every line is answered in words, and the conversation goes on."""
    screen = Screen()
    assert [screen.type(line) for line in lines][-1] == printed


def test_a_silence_has_no_sources() -> None:
    """Without an answer, nothing was quoted and there is nothing to open."""
    screen = Screen(SILENT)
    assert screen.type("When?").startswith("The documents don't say. (off topic)\nClosest passages, not an answer:\n")
    assert (screen.type("/sources"), screen.type("/open 1")) == ("nothing was quoted\n", "nothing was quoted\n")


def test_documents_cannot_steer_the_terminal() -> None:
    """Control characters in a quote are shown, not obeyed, and offsets still fit."""
    citation = (
        answer_to_json(ANSWER).citations[0].model_copy(update={"cited_text": "a\x1b[2J\x9bb", "answer_spans": []})
    )
    assert Screen(changed(citations=[citation])).type("When?").startswith("a\ufffd[2J\ufffdb [1]\n")


def test_a_server_cannot_steer_the_terminal() -> None:
    """Neither with the id of a document nor with what it says beside the quotes."""
    hostile = "\x1b[2J"
    citation = answer_to_json(ANSWER).citations[0].model_copy(update={"document_id": hostile})
    told = {"resolved_question": hostile, "note": hostile, "citations": [citation]}
    screen = Screen(changed(**told))
    assert "\x1b" not in screen.type("When?") + screen.type("/sources")
    greeted = SMALL_TALK.model_copy(update={"text": hostile})
    assert "\x1b" not in Screen(greeted).type("Hello")


@pytest.mark.parametrize("line", ["/quit", "/exit"])
def test_a_command_leaves(line: str) -> None:
    """Who wants to leave by a command can."""
    assert not Screen().conversation.handle(line)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Give the address of a fake engine's server."""
    with serving(create_app(FakeEngine())) as url:
        yield url


def test_a_pipe_gives_a_plain_transcript(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Lines from a pipe are repeated before their answers, without a welcome or colours; its end is the end."""
    monkeypatch.setattr(sys, "argv", ["summitqa", "chat", "--url", url])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"When?\n\n/open 1\nWhy \xff?\n")))
    with pytest.raises(SystemExit) as stopped:
        main()
    printed = capsys.readouterr()
    assert (stopped.value.code, printed.err) == (0, "")
    assert printed.out.startswith(f"> When?\n{QUOTES}> /open 1\n[1] notes 8–48")
    assert "> Why �?\nThe documents don't say." in printed.out
    assert "\x1b" not in printed.out


def test_a_question_can_be_asked_of_a_server(
    url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``summitqa ask --url`` prints what the server answers; an index beside it is a wrong use."""
    codes = []
    for arguments in (["When?"], ["Why?"], ["When?", "--index", "x"]):
        monkeypatch.setattr(sys, "argv", ["summitqa", "ask", *arguments, "--url", url])
        with pytest.raises(SystemExit) as stopped:
            main()
        codes.append(stopped.value.code)
    assert codes == [0, 3, 2]
    assert capsys.readouterr().out.startswith(QUOTES)


def test_ctrl_c_stops_an_answer_and_not_the_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt while a question is answered goes back to the prompt."""
    lines = iter(["slow", "next"])

    def answer(line: str) -> bool:
        handled.append(line)
        if line == "slow":
            raise KeyboardInterrupt
        return True

    def read(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    handled: list[str] = []
    monkeypatch.setattr("builtins.input", read)
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    talk(answer)
    assert handled == ["slow", "next"]


@dataclass
class Terminal:
    """A person at a terminal: types keys, and waits for what should appear."""

    keyboard: int
    seen: str = ""

    def wait_for(self, text: str) -> None:
        """Read until *text* has appeared after what was seen before."""
        while text not in self.seen:
            assert select.select([self.keyboard], [], [], 60)[0], f"{text!r} never came, but {self.seen!r}"
            self.seen += re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", os.read(self.keyboard, 4096).decode("utf-8", "replace"))
        self.seen = self.seen.partition(text)[2]

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.keyboard, keys.encode())


@pytest.fixture
def terminal(url: str) -> Iterator[Callable[[], tuple[Terminal, subprocess.Popen[bytes]]]]:
    """Start ``summitqa chat`` in a terminal of its own."""
    started: list[tuple[int, subprocess.Popen[bytes]]] = []

    def start() -> tuple[Terminal, subprocess.Popen[bytes]]:
        keyboard, screen = pty.openpty()
        command = [str(Path(sys.executable).with_name("summitqa")), "chat", "--url", url]
        # A session of its own makes the terminal the one that Ctrl-C comes from.
        process = subprocess.Popen(
            [sys.executable, "-c", _IN_TERMINAL, *command],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            start_new_session=True,
        )
        os.close(screen)
        started.append((keyboard, process))
        return Terminal(keyboard), process

    yield start
    for keyboard, process in started:
        process.kill()
        process.wait()
        os.close(keyboard)


_IN_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored, if whoever runs the tests was started in the background
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.environ["TERM"] = "xterm"
os.execv(sys.argv[1], sys.argv[1:])
"""


def test_a_terminal_edits_lines_drops_them_and_is_left(
    terminal: Callable[[], tuple[Terminal, subprocess.Popen[bytes]]],
) -> None:
    """Arrow keys edit and bring back earlier lines, Ctrl-C drops the line, Ctrl-D leaves with exit code 0."""
    person, process = terminal()
    person.wait_for("Ctrl-D leaves.")
    person.wait_for("> ")
    person.type("hen?\x01W\r")  # Ctrl-A goes to the line's beginning
    person.wait_for("When?")
    person.wait_for("confidence high (0.91)")
    person.wait_for("> ")
    person.type("a line that I regret")
    person.wait_for("regret")
    person.type("\x03")
    person.wait_for("> ")
    person.type("\x1b[A\r")  # the line before
    person.wait_for("opened in 1858. [1]")
    person.wait_for("> ")
    person.type("\x04")
    assert process.wait(60) == 0
