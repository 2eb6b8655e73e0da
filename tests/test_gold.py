"""The gold file and its checks."""

import json
from pathlib import Path
from typing import Any

import pytest

from summitqa.errors import DocumentNotFoundError, EvaluationDataError
from summitqa.evaluation import load_gold
from summitqa.types import Document, Span

TEXT = "The fair opens on Friday. It costs nothing. The fair opens on Friday."
LINE: dict[str, Any] = {
    "id": "q1",
    "question": "When does it open?",
    "answerable": True,
    "answers": ["Friday"],
    "evidence": [{"document": "fair", "quote": "The fair opens on Friday."}],
    "tags": ["fact"],
}


def document_of(document_id: str) -> Document:
    if document_id != "fair":
        raise DocumentNotFoundError(document_id)
    return Document(id="fair", title="Fair", text=TEXT, blocks=())


def write(folder: Path, *lines: dict[str, Any]) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def test_every_place_of_a_quote_is_evidence(tmp_path: Path) -> None:
    """A sentence that stands twice in the document is evidence in both places."""
    (question,) = load_gold(write(tmp_path, LINE), document_of)
    assert question.evidence[0].spans == (Span(0, 25), Span(44, 69))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"evidence": [{"document": "fair", "quote": "It costs 5."}], "answers": []},
            "quote is not in document 'fair'",
        ),
        ({"evidence": [{"document": "gone", "quote": "x"}], "answers": []}, "document 'gone' is not in the index"),
        ({"answers": ["Monday"]}, "answer 'Monday' is in none of the quotes"),
        ({"evidence": [], "answers": []}, "answerable, but without evidence"),
        ({"answerable": False, "tags": ["unanswerable"]}, "unanswerable, but with evidence"),
        ({"answerable": False, "evidence": [], "answers": []}, "disagree"),
        ({"tags": ["typo"]}, "unknown tag 'typo'"),
        ({"question": " "}, "the question is empty"),
        ({"answerable": "yes"}, "answerable: Input should be a valid boolean"),
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    """Each fault is told with file and line number."""
    with pytest.raises(EvaluationDataError, match="line 2: ") as caught:
        load_gold(write(tmp_path, LINE, LINE | {"id": "q2", "question": "And?"} | change), document_of)
    assert fault in str(caught.value)


def test_ids_and_questions_are_unique(tmp_path: Path) -> None:
    """A second line with the same id and question has two faults."""
    with pytest.raises(EvaluationDataError, match=r"id q1 is also on line 1 \(and 1 more fault"):
        load_gold(write(tmp_path, LINE, LINE), document_of)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"{", b"\xff\xfe", b"[]"])
def test_a_broken_file_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    """Empty, truncated, mis-encoded and wrongly typed files are refused."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvaluationDataError, match=r"gold\.jsonl"):
        load_gold(path, document_of)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A missing gold file says which and what to do."""
    with pytest.raises(EvaluationDataError, match="no such file"):
        load_gold(tmp_path / "none.jsonl", document_of)
