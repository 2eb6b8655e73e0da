"""Marks at the start of lines: what they are and whether they stand in a sequence."""

import pytest

from summitqa.corpus.lines import split_lines
from summitqa.corpus.markers import find_markers, is_detached_marker


def marks(text: str) -> list[str]:
    """Return "style number" of each line of *text*, with "+" in a sequence, "" for none."""
    lines = split_lines(text)
    found = find_markers(lines)
    return [
        f"{m.style} {'.'.join(map(str, m.number))}".strip() + "+" * m.in_sequence if (m := found.get(i)) else ""
        for i in range(len(lines))
    ]


@pytest.mark.parametrize("mark", ["-", "–", "*", "•", "▪", "·", "1.", "12)", "(3)"])
def test_a_mark_alone_on_its_line_is_detached(mark: str) -> None:
    """Bullets and numbers may stand above their text."""
    assert is_detached_marker(mark)


@pytest.mark.parametrize("text", ["", "--", "a", "2024.", "- x", "…"])
def test_other_lines_are_not_detached_marks(text: str) -> None:
    """Rules, words and years are not."""
    assert not is_detached_marker(text)


@pytest.mark.parametrize("text", ["- peace", "• peace", "•peace", "*  peace", "– peace", "o   peace"])
def test_bullets_are_read(text: str) -> None:
    """A sign and a space, or a round sign alone, mark an item."""
    assert marks(text) == ["bullet"]


@pytest.mark.parametrize(
    "text", ["-peace", "--- peace", "5 May", "3.5 million people", "1990. It was cold.", "o peace"]
)
def test_signs_inside_text_are_no_bullets(text: str) -> None:
    """A sign without a space, a quantity, and a year mark nothing."""
    assert marks(text) == [""]


def test_numbers_in_a_row_are_a_sequence() -> None:
    """Each of two numbers that follow each other knows it, whatever stands between."""
    assert marks("1. a\ntext\n2. b\n4. d") == ["number 1+", "", "number 2+", "number 4"]


def test_dotted_numbers_need_a_sibling_or_parent() -> None:
    """A "2.1" counts below "2" or beside "2.2"; a quantity does not."""
    assert marks("2. Fees\n2.1 Refunds\n3.5 Million left\n2.2 Terms") == [
        "number 2",
        "dotted 2.1+",
        "",
        "dotted 2.2+",
    ]


def test_letters_and_numerals_need_a_sequence() -> None:
    """One "A. Smith" is a name; "a) b) c)" and "i. ii." are lists."""
    assert marks("A. Smith spoke.") == [""]
    assert marks("a) x\nb) y") == ["letter 1+", "letter 2+"]
    assert marks("I. x\nII. y\nIII. z\nIV. w") == ["roman 1+", "roman 2+", "roman 3+", "roman 4+"]


def test_questions_and_answers_belong_together() -> None:
    """An "A:" counts only in a text that asks with "Q:"."""
    assert marks("Q: Why?\nA: Because.") == ["question", "answer"]
    assert marks("A: Because.") == [""]
    assert marks("Question 1: Why?\nAnswer 1: So.") == ["question", "answer"]
