"""Made-up tables and lists for the reader: the shape of windows, answers, near misses, determinism."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from summitqa.training.structures import row_window, structure_pairs
from summitqa.training.windows import Pair

TABLE = {
    "table": {"table": [["", "2021", "2020"], ["Boats", "$  14", "9"], ["Nets", "3", "5"]]},
    "questions": [
        {"question": "How many boats in 2021?", "answer": ["14"], "answer_type": "span", "answer_from": "table"},
        {"question": "Which year?", "answer": ["2021"], "answer_type": "span", "answer_from": "table"},
        {"question": "Change?", "answer": 5, "answer_type": "arithmetic", "answer_from": "table"},
    ],
}


@pytest.fixture
def tatqa(tmp_path: Path) -> Path:
    for question in TABLE["questions"]:
        question["req_comparison"] = False  # type: ignore[index]
    path = tmp_path / "tatqa.json"
    path.write_text(json.dumps([TABLE]), encoding="utf-8")
    return path


@pytest.fixture
def pairs(tatqa: Path) -> list[Pair]:
    return structure_pairs(400, 200, tatqa, random.Random(5))


def test_the_same_seed_gives_the_same_pairs(pairs: list[Pair], tatqa: Path) -> None:
    """All chance comes from the generator handed in."""
    assert pairs == structure_pairs(400, 200, tatqa, random.Random(5))


def test_answers_are_ranges_of_the_first_window(pairs: list[Pair]) -> None:
    """What is accepted stands at the answer's range, within one cell for a table row."""
    for pair in pairs:
        if pair.accepted:
            assert pair.first.answer is not None
            start, end = pair.first.answer
            assert pair.first.text[start:end] in pair.accepted
            assert not pair.first.cells or (start, end) in pair.first.cells
        assert (pair.first.answer is None) == (not pair.accepted)
        assert pair.second.answer is None


def test_about_a_quarter_are_near_misses(pairs: list[Pair]) -> None:
    """One made-up pair in four, give or take chance, is answered by neither window."""
    for source in ("synthetic_tables", "synthetic_lists"):
        made_up = [pair for pair in pairs if pair.source == source]
        assert 0.15 < sum(not pair.accepted for pair in made_up) / len(made_up) < 0.35


def test_no_notation_is_left_over(pairs: list[Pair]) -> None:
    """No bracket, brace or tag of the theme notation reaches a window or a question."""
    for pair in pairs:
        texts = (pair.question, pair.first.context, pair.first.text, pair.second.context, pair.second.text)
        assert not any(sign in text for text in texts for sign in "{}[]<>|")


def test_a_row_reads_as_build_view_shows_it() -> None:
    """Cells follow their headers; an empty cell is left out with its header."""
    window = row_window("Fares\n", ("Zone", "Day", "Month"), ("Harbour", "", "€61"), answer=2)

    assert window.text == "Zone: Harbour. Month: €61."
    assert window.answer == (22, 25)
    assert window.cells == ((6, 13), (22, 25))


def test_tatqa_keeps_questions_answered_by_one_cell(pairs: list[Pair]) -> None:
    """Arithmetic and header cells are skipped; spaces within a cell are closed up."""
    (pair,) = (pair for pair in pairs if pair.source == "tatqa_tables")

    assert pair.first.text == "Boats. 2021: $ 14. 2020: 9."
    assert pair.second.text == "Nets. 2021: 3. 2020: 5."
    assert pair.accepted == ("14", "$ 14")
