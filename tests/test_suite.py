"""Suites of question sets."""

from pathlib import Path

import pytest

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.suite import QuestionSet, check_name, load_suite, name_of


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    """Sets come in the order of the file, each with its gold file and documents."""
    path = tmp_path / "suite.toml"
    path.write_text(
        '[b]\ngold = "b.jsonl"\ndocuments = ["../b", "c.txt"]\n[a]\ngold = "a/a.jsonl"\ndocuments = ["a"]\n'
    )
    assert load_suite(path) == [
        QuestionSet("b", tmp_path / "b.jsonl", (tmp_path / "../b", tmp_path / "c.txt")),
        QuestionSet("a", tmp_path / "a/a.jsonl", (tmp_path / "a",)),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no question set in it"),
        ("[a", "not TOML"),
        ("a = 1", "a: Input should be a valid dictionary"),
        ('[a]\ngold = "a.jsonl"', "a.documents: Field required"),
        ('[a]\ngold = "a.jsonl"\ndocuments = []', "a.documents: List should have at least 1 item"),
        ('[a]\ngold = 3\ndocuments = ["d"]', "a.gold: Input should be a valid string"),
        ('[a]\ngold = "a.jsonl"\ndocuments = ["d"]\nindex = "i"', "a.index: Extra inputs are not permitted"),
        ('["../a"]\ngold = "a.jsonl"\ndocuments = ["d"]', "'../a' is no name of a question set"),
    ],
)
def test_a_wrong_suite_is_told_in_one_line(tmp_path: Path, content: str, message: str) -> None:
    """The message names file and key."""
    path = tmp_path / "suite.toml"
    path.write_text(content)
    with pytest.raises(EvaluationDataError) as told:
        load_suite(path)
    assert str(told.value).startswith(f"{path}: ")
    assert message in str(told.value)
    assert "\n" not in str(told.value)


def test_a_missing_suite_names_its_option(tmp_path: Path) -> None:
    """A person learns which option to give."""
    with pytest.raises(EvaluationDataError, match="no such file; name one with --suite"):
        load_suite(tmp_path / "none.toml")


@pytest.mark.parametrize("name", ["", "a b", "a/b", "..", "-a", "a.b", "*"])
def test_names_that_would_not_do_are_refused(name: str) -> None:
    """A name is part of file names and keys."""
    with pytest.raises(EvaluationDataError, match="is no name of a question set"):
        check_name(name)


@pytest.mark.parametrize(("file", "name"), [("my.jsonl", "my"), ("fragen äöü v2.jsonl", "fragen-äöü-v2"), (".x", "x")])
def test_a_set_without_a_name_gets_that_of_its_file(file: str, name: str) -> None:
    """What a name may not have becomes a hyphen, and the result is a name."""
    assert name_of(Path("folder") / file) == name == check_name(name_of(Path(file)))
