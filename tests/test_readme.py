"""What the README claims."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summitqa.cli.commands import app
from summitqa.corpus import parse_document
from summitqa.evaluation.gates import load_thresholds
from summitqa.evaluation.gold import lint_gold
from summitqa.evaluation.readme import measures_table
from summitqa.evaluation.reports.content import HEADLINES, shown_name
from summitqa.evaluation.suite import load_suite
from summitqa.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "eval" / "README.md").read_text(encoding="utf-8")


def settings_table() -> Iterator[str]:
    """Yield the rows of the table of settings, as the code has them."""
    for name, field in Settings.model_fields.items():
        default = "the user's cache folder" if field.default_factory else f"`{field.default}`"
        yield f"| `SUMMITQA_{name.upper()}` | {default} | {field.description} |"


def between_markers(text: str, name: str) -> list[str]:
    """Return the lines of the table between the markers of that name."""
    return text.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0].strip().splitlines()


def gold_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ids_of_test_split(path: Path) -> list[str]:
    """Return the ids that the hash puts into ``test``."""
    ids = [str(line["id"]) for line in gold_lines(path)]
    return [identity for identity in ids if hashlib.sha256(identity.encode()).digest()[0] % 2]


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


def test_the_result_table_has_the_sets_and_measures_of_make_eval() -> None:
    """The table is the one ``make eval-table`` writes, its header that of the questions there are.

    Whether its figures are those of the models is checked by ``make eval``, which asks the questions.
    """
    table = between_markers(README, "results")
    header = [f"{one.name} ({len(ids_of_test_split(one.gold))})" for one in load_suite(ROOT / "eval" / "suite.toml")]
    assert table[0] == f"| measure | {' | '.join(header)} |"
    assert [shown_name(name) for name in HEADLINES] == [row.split("**")[1] for row in table[2:]]


def test_the_list_of_measures_is_not_stale() -> None:
    """The guide to evaluation lists the measures as the code has them."""
    assert between_markers(GUIDE, "measures") == measures_table().splitlines()


def test_the_numbers_of_questions_are_right() -> None:
    """The guide to evaluation says how many gold questions there are, and how many have no answer."""
    rows = re.findall(r"^\| `(\S*gold.jsonl)` \|.*\| (\d+) \| (\d+) \|$", GUIDE, re.MULTILINE)
    assert [ROOT / "eval" / path for path, _, _ in rows] == [s.gold for s in load_suite(ROOT / "eval" / "suite.toml")]
    for path, n_questions, n_unanswerable in rows:
        lines = gold_lines(ROOT / "eval" / path)
        unanswerable = [line for line in lines if not line["answerable"]]
        assert (path, len(lines), len(unanswerable)) == (path, int(n_questions), int(n_unanswerable))


def test_the_example_questions_of_the_guide_are_sound(tmp_path: Path) -> None:
    """The two lines of a gold file that the guide shows have no fault."""
    path = tmp_path / "my.jsonl"
    path.write_text(re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)[0], encoding="utf-8")
    hours = parse_document("The pool opens at 7 am on weekdays.", document_id="opening-hours")
    assert lint_gold(path, lambda _: hours) == []


def test_the_example_gates_of_the_guide_are_sound(tmp_path: Path) -> None:
    """The thresholds that the guide shows can be loaded, as can those of the project."""
    path = tmp_path / "my.toml"
    path.write_text(re.findall(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[0], encoding="utf-8")
    assert len(load_thresholds(path).bounds) == 3
    assert load_thresholds(ROOT / "eval" / "thresholds.toml").bounds


def test_the_commands_of_the_guide_have_the_options_they_show() -> None:
    """Every option of ``summitqa eval`` that the guide names is one."""
    command = next(info.callback for info in app.registered_commands if info.name == "eval")
    assert command is not None
    shown = set(re.findall(r"(?<![\w<!-])--[a-z][a-z-]+", GUIDE))
    options = {f"--{name.replace('_', '-')}" for name in command.__annotations__}
    renamed = {"--index", "--format", "--json"}
    assert shown - options - renamed == set()


def test_every_link_inside_the_project_leads_somewhere() -> None:
    """Files the README links to exist."""
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []
