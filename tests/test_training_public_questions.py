"""Own questions on public paragraphs: found by digest, paired with passages of their article."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from summitqa.training.public_questions import paragraph_key, public_question_pairs
from summitqa.training.squad import load_parts

NAME = "squad1_train_sample"


@pytest.fixture
def paragraph(tmp_path: Path) -> str:
    """Write twenty articles of three paragraphs; return a paragraph of one that is for training."""
    owners = {"Ana": "a bank", "Bo": "a school", "Cy": "a count"}
    paragraphs = [
        [f"The mill of town {n} was built in 18{n}. Its owner {who} sold it to {to}." for who, to in owners.items()]
        for n in range(10, 30)
    ]
    data = [{"title": "Mills", "paragraphs": [{"context": text, "qas": []} for text in texts]} for texts in paragraphs]
    (tmp_path / f"{NAME}.json").write_text(json.dumps({"data": data}), encoding="utf-8")
    part = next(iter(load_parts(tmp_path / f"{NAME}.json", ["train"])))
    return str(part.paragraphs[0]["context"])


def write_questions(folder: Path, *questions: tuple[str, str, list[str]]) -> Path:
    """Write questions as (paragraph, question, answers)."""
    path = folder / "public.jsonl"
    lines = [{"paragraph": key, "question": question, "answers": answers} for key, question, answers in questions]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_answered_and_unanswerable_questions_become_pairs(paragraph: str, tmp_path: Path) -> None:
    """The first window is the paragraph; it answers only what has an answer."""
    key = paragraph_key(NAME, paragraph)
    path = write_questions(tmp_path, (key, "Who got the mill?", ["a bank"]), (key, "Who gave the bank away?", []))
    pairs = {pair.question: pair for pair in public_question_pairs(tmp_path, path, random.Random(1))}
    answered, unanswerable = pairs["Who got the mill?"], pairs["Who gave the bank away?"]
    assert answered.first.answer is not None
    assert answered.first.text[slice(*answered.first.answer)] == "a bank"
    assert unanswerable.first.answer is None
    assert unanswerable.first.text in paragraph
    assert {pair.source for pair in pairs.values()} == {"public_questions"}


def test_an_answer_that_is_not_in_its_paragraph_is_an_error(paragraph: str, tmp_path: Path) -> None:
    """Nothing is trained on such a line in silence."""
    path = write_questions(tmp_path, (paragraph_key(NAME, paragraph), "Who got the mill?", ["a king"]))
    with pytest.raises(ValueError, match="a king"):
        list(public_question_pairs(tmp_path, path, random.Random(1)))
