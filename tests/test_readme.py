"""What the README claims."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from summitqa.cli.commands import app
from summitqa.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> Iterator[str]:
    """Yield the rows of the table of settings, as the code has them."""
    for name, field in Settings.model_fields.items():
        default = "the user's cache folder" if field.default_factory else f"`{field.default}`"
        yield f"| `SUMMITQA_{name.upper()}` | {default} | {field.description} |"


def test_every_setting_is_listed_as_it_is() -> None:
    """The table of settings has each setting with its default and meaning."""
    assert [row for row in settings_table() if row not in README] == []


def test_every_command_is_listed() -> None:
    """The table of commands names what the terminal command has."""
    names = {info.name or info.callback.__name__ for info in app.registered_commands if info.callback}
    assert names == set(re.findall(r"^\| `summitqa (\w+)", README, re.MULTILINE))


@pytest.mark.parametrize("block", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_python_blocks_are_valid(block: str) -> None:
    """Each block of Python compiles."""
    compile(block, "README.md", "exec")


def test_every_link_inside_the_project_leads_somewhere() -> None:
    """Files the README links to exist."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
