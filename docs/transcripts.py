"""Talk to the article in three ways and write down what comes back: ``make transcripts``.

The same ten questions go through ``summitqa chat``, OpenAI's client and an MCP client. All of it goes to
``conversations.md`` beside this script, some of it also between the markers of the README. Nothing is edited: what is
shown as code is what ran, and what is shown below it is what it printed.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

DOCS = Path(__file__).parent
ADDRESS = "http://127.0.0.1:8000"
"""The server's address as it is shown; the one that was asked has another port."""

QUESTIONS = (
    "Who will host the talks?",
    "Why there?",
    "Who is expected in Istanbul?",
    "And from Ukraine?",
    "wich minister is comming from rusia",
    "Who is with him?",
    "How likely is an agreement on prisoner exchanges?",
    "And sanctions relief?",
    "Who is paying for the summit?",
    "Thanks!",
)
"""A follow-up for a place, a list, an added part, misspellings, a pronoun, a new topic, cells of a table, a question
without an answer, small talk."""

OPENAI_CLIENT = """\
from openai import OpenAI

client = OpenAI(base_url="http://127.0.0.1:8000/v1", api_key="none")
messages = []
for question in questions:
    messages.append({"role": "user", "content": question})
    completion = client.chat.completions.create(model="summitqa", messages=messages)
    message = completion.choices[0].message
    messages.append({"role": "assistant", "content": message.content})
    print(">", question)
    if understood := completion.summitqa["resolved_question"]:
        print("understood as:", understood)
    print(message.content)
    for annotation in message.annotations:
        print("  →", annotation.url_citation.url)
"""

MCP_CLIENT = """\
import asyncio

from mcp import Client
from mcp.client.stdio import StdioServerParameters


async def talk():
    history = []
    async with Client(StdioServerParameters(command="summitqa", args=["mcp"])) as client:
        for question in questions:
            result = await client.call_tool("ask", {"question": question, "history": history})
            answer = result.structured_content
            history.append({"question": question, "answer": answer["text"] if answer["citations"] else None})
            print(">", question)
            print(result.content[0].text)


asyncio.run(talk())
"""

PAGE = """\
# Ten questions, three clients

The article in `seeds/`, asked the same ten questions in the terminal, through the `openai` package and through an MCP
client. Everything below is what the programs printed; `make transcripts` prints it anew.

Among the questions are follow-ups ("Why there?", "And from Ukraine?"), a pronoun, misspellings, changes of topic that
are not dragged back, a list, cells of a table, one that the article does not answer, and thanks. What summitqa
understood stands before each answer, and the quotes are always the article's own words.

```python
questions = [
{questions}
]
```

## In the terminal

`summitqa chat`; at a prompt, the lines with `>` are typed.

```text
{terminal}
```

## Through the `openai` package

With `summitqa serve` running:

```python
{openai_client}```

```text
{openai}
```

## Through an MCP client

The official SDK's own client starts `summitqa mcp` and talks to it over standard input and output. The text is what a
model reads, so quotes stand in it as JSON strings; the whole answer comes beside it as structured content.

```python
{mcp_client}```

```text
{mcp}
```
"""


def main() -> None:
    """Hold the three conversations, write the page, and bring the README's excerpts up to date."""
    parser = argparse.ArgumentParser(description="Write docs/conversations.md and the README's excerpts.")
    parser.add_argument("--index", type=Path, default=Path("index"), help="index of seeds/ (default: index)")
    index = parser.parse_args().index.resolve()
    questions = "\n".join(f'    "{question}",' for question in QUESTIONS)
    terminal, openai, mcp = talk_in_terminal(index), talk_through_openai(index), talk_through_mcp(index)
    page = PAGE.format(
        questions=questions,
        terminal=terminal,
        openai=openai,
        mcp=mcp,
        openai_client=OPENAI_CLIENT,
        mcp_client=MCP_CLIENT,
    )
    (DOCS / "conversations.md").write_text(page, encoding="utf-8")
    readme = DOCS.parent / "README.md"
    text = readme.read_text(encoding="utf-8")
    text = put(text, "chat", f"```console\n$ summitqa chat\n{some_turns(terminal, 5, 8)}\n```")
    text = put(text, "openai", f"```python\n{OPENAI_CLIENT}```\n\n```text\n{some_turns(openai, 7, 8)}\n```")
    text = put(text, "mcp", f"```python\n{MCP_CLIENT}```\n\n```text\n{some_turns(mcp, 8, 8)}\n```")
    readme.write_text(text, encoding="utf-8")


def talk_in_terminal(index: Path) -> str:
    """Return what ``summitqa chat`` prints for the questions."""
    return run(["summitqa", "chat"], index, "\n".join(QUESTIONS))


def talk_through_openai(index: Path) -> str:
    """Return what the OpenAI client prints, asking a server of its own."""
    with serving(index) as address:
        client = f"questions = {list(QUESTIONS)!r}\n{OPENAI_CLIENT}".replace(ADDRESS, address)
        return run([sys.executable, "-c", client], index).replace(address, ADDRESS)


def talk_through_mcp(index: Path) -> str:
    """Return what the MCP client prints."""
    client = f"questions = {list(QUESTIONS)!r}\n{MCP_CLIENT}"
    # The SDK hands only harmless variables of the environment on, so the server is started where its index is.
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "index").symlink_to(index)
        return run([sys.executable, "-c", client], index, cwd=Path(folder))


def run(command: list[str], index: Path, typed: str = "", cwd: Path | None = None) -> str:
    """Return what *command* prints, without white space at the ends of lines."""
    done = subprocess.run(
        command, input=typed, env=environment(index), cwd=cwd, stdout=subprocess.PIPE, text=True, check=True
    )
    return re.sub(r"[ \t]+$", "", done.stdout.strip(), flags=re.MULTILINE)


def environment(index: Path) -> dict[str, str]:
    """Return the environment in which ``summitqa`` is this environment's, and its index *index*."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PATH": path, "SUMMITQA_INDEX_DIR": str(index)}


@contextmanager
def serving(index: Path) -> Iterator[str]:
    """Serve *index* on a free port; give the address when it is ready."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = environment(index)
    server = subprocess.Popen(["summitqa", "serve", "--port", str(port)], env=env, stdout=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_until_ready(url: str, server: subprocess.Popen[bytes]) -> None:
    """Return when *url* answers; leave with an error when *server* has ended or takes more than a minute."""
    for _ in range(600):
        if server.poll() is not None:
            sys.exit("summitqa serve ended; is there an index? make index")
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    sys.exit(f"{url} does not answer")


def some_turns(transcript: str, first: int, last: int) -> str:
    """Return the questions of *transcript* from *first* to *last*, counted from one, with what was printed for them."""
    return "".join(re.split(r"^(?=> )", transcript, flags=re.MULTILINE)[first : last + 1]).rstrip()


def put(text: str, name: str, block: str) -> str:
    """Return *text* with *block* between the markers of *name*."""
    before, found, rest = text.partition(f"<!-- {name} -->")
    _, end, after = rest.partition(f"<!-- /{name} -->")
    if not (found and end):
        sys.exit(f"README.md has no markers <!-- {name} --> and <!-- /{name} -->")
    return f"{before}{found}\n\n{block}\n\n{end}{after}"


if __name__ == "__main__":
    main()
