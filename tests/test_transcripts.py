"""The conversations that the documentation shows."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "conversations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
TRANSCRIPTS = re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL)
QUESTIONS = re.findall(r'^    "(.*)",$', PAGE, re.MULTILINE)


def test_each_client_is_asked_the_same_ten_questions() -> None:
    """The terminal, the openai package and an MCP client, each to the end."""
    assert len(QUESTIONS) == 10
    assert [re.findall(r"^> (.*)$", transcript, re.MULTILINE) for transcript in TRANSCRIPTS] == [QUESTIONS] * 3


def test_each_client_understands_the_questions_alike() -> None:
    """What a follow-up was understood as does not depend on the protocol."""
    understood = [
        re.findall(r"understood as: \"?(.*?)\"?(?: \(/typed.*)?$", transcript, re.MULTILINE)
        for transcript in TRANSCRIPTS
    ]
    assert understood[0]
    assert understood == [understood[0]] * 3


@pytest.mark.parametrize("name", ["chat", "openai", "mcp"])
def test_the_readme_shows_a_part_of_each(name: str) -> None:
    """Code and output between the markers stand in the page, so both were written by one run."""
    blocks = re.findall(
        r"```\w+\n(.*?)\n```", README.partition(f"<!-- {name} -->")[2].partition("<!-- /")[0], re.DOTALL
    )
    assert blocks
    assert [block for block in blocks if block.removeprefix("$ summitqa chat\n") not in PAGE] == []


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
def test_python_blocks_are_valid(block: str) -> None:
    """Each block of Python compiles."""
    compile(block, "conversations.md", "exec")
