"""Training pairs of the project's own question sets: windows as the reader gets them, answers where they stand."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from summitqa.models import OnnxEncoder
from summitqa.training.authored import BUDGETS, authored_pairs
from summitqa.training.windows import Pair

DOCUMENT = """# The pool

The pool opens at 7 am on weekdays. It was built by Ilse Kramer in 1932.

| Ticket | Price |
| --- | --- |
| Adult | 4 francs |
| Child | 2 francs |

## The sauna

The sauna is closed in July. Nobody knows who paid for it.
"""
QUESTIONS = [
    ("When can I swim?", ["7 am"], "The pool opens at 7 am on weekdays.", ["fact"]),
    ("What does a child pay?", ["2 francs"], "Child | 2 francs", ["table"]),
    ("Who paid for the pool?", [], None, ["unanswerable", "near-miss"]),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "pool.md").write_text(DOCUMENT, encoding="utf-8")
    lines = [
        json.dumps(
            {
                "id": str(number),
                "question": question,
                "answerable": bool(answers),
                "answers": answers,
                "evidence": [{"document": "pool", "quote": quote}] if quote else [],
                "tags": tags,
            }
        )
        for number, (question, answers, quote, tags) in enumerate(QUESTIONS)
    ]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


@pytest.fixture
def pairs(folder: Path, minilm: OnnxEncoder) -> list[Pair]:
    return authored_pairs(folder, minilm, random.Random(1), bracketed=0.0)


def test_every_question_comes_once_for_each_budget(pairs: list[Pair]) -> None:
    """Passages of different lengths are learnt from."""
    assert [pair.question for pair in pairs] == [question for question, *_ in QUESTIONS] * len(BUDGETS)


def test_some_questions_come_as_follow_ups_written_out(folder: Path, minilm: OnnxEncoder) -> None:
    """Those of which a phrase can stand in brackets; the others stay."""
    asked = {pair.question for pair in authored_pairs(folder, minilm, random.Random(1), bracketed=1.0)}
    assert "Who paid for it (pool)?" in asked
    assert "When can I swim?" in asked


def test_the_answer_stands_where_the_pair_says(pairs: list[Pair]) -> None:
    """It is an accepted one, in the window of the evidence."""
    for pair in pairs:
        if pair.accepted:
            assert pair.first.answer is not None
            start, end = pair.first.answer
            assert pair.first.text[start:end] in pair.accepted


def test_a_table_row_has_its_cells_and_its_headings(pairs: list[Pair]) -> None:
    """Spans must lie in a cell; heading path and column names may be read."""
    row = pairs[1].first
    assert [row.text[start:end] for start, end in row.cells] == ["Child", "2 francs"]
    assert "The pool" in row.context


def test_no_negative_holds_the_evidence(pairs: list[Pair]) -> None:
    """The second window lacks what the first one has."""
    for pair in pairs:
        assert pair.second.answer is None
        assert not any(answer in pair.second.text for answer in pair.accepted)


def test_an_unanswerable_question_has_two_windows_without_an_answer(pairs: list[Pair]) -> None:
    """The first is the passage that looks most like answering it."""
    assert pairs[2].accepted == ()
    assert pairs[2].first.answer is None
