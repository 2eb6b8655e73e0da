"""The gold file and its checks."""

import json
from pathlib import Path
from typing import Any

import pytest

from summitqa.errors import DocumentNotFoundError, EvaluationDataError
from summitqa.evaluation import Fault, lint_gold, load_gold
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


QUOTES = [
    {"document": "fair", "quote": "The fair opens on Friday."},
    {"document": "fair", "quote": "It costs nothing."},
]


def faults(folder: Path, *lines: dict[str, Any]) -> list[Fault]:
    return lint_gold(write(folder, *lines), document_of)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"evidence": [{"document": "fair", "quote": "It costs 5."}], "answers": []},
            "quote is not in document 'fair': 'It costs 5.'",
        ),
        ({"evidence": [{"document": "gone", "quote": "x"}], "answers": []}, "document 'gone' is not in the index"),
        ({"evidence": [QUOTES[0], QUOTES[0]]}, "quote is given twice: 'fair: The fair opens on Friday.'"),
        ({"answers": ["Friday", "Friday"]}, "answer is given twice: 'Friday'"),
        ({"answers": ["Monday"]}, "answer 'Monday' is in none of the quotes"),
        ({"evidence": [], "answers": []}, "answerable, but without evidence"),
        ({"answerable": False, "tags": ["unanswerable"]}, "unanswerable, but with evidence or answers"),
        (
            {"answerable": False, "evidence": [], "answers": []},
            "the tag 'unanswerable' and the field 'answerable' disagree",
        ),
        ({"tags": ["fact", "near-miss"]}, "answerable, but tagged 'near-miss', a kind of unanswerable question"),
        ({"tags": ["fact", "fact"]}, "a tag is given twice"),
        ({"tags": ["all"]}, "the tag 'all' needs two quotes or more, found 1"),
        ({"tags": ["list-all"]}, "the tag 'list-all' needs two quotes or more, found 1"),
        ({"tags": ["follow-up"]}, "the tag 'follow-up' needs a history"),
        (
            {"history": ["What is on?"], "standalone": "When does the fair open?"},
            "a question with a history needs the tag 'follow-up'",
        ),
        (
            {"history": ["What is on?"], "tags": ["follow-up"]},
            "a question with a history needs 'standalone', the question written out",
        ),
        ({"standalone": "When does the fair open?"}, "'standalone' is for questions with a history"),
        (
            {"tags": ["paraphrase"]},
            "tagged 'paraphrase', but shares 'open' with the quote 'The fair opens on Friday.'",
        ),
        ({"question": " "}, "the question is empty"),
        ({"id": ""}, "the id is empty"),
        ({"answers": ["Friday", ""]}, "an answer is empty"),
        ({"evidence": [*QUOTES, {"document": "fair", "quote": ""}]}, "a quote is empty"),
        ({"answerable": "yes"}, "answerable: Input should be a valid boolean"),
        ({"answers": "Friday"}, "answers: Input should be a valid list"),
        ({"evidence": [{"document": "fair"}]}, "evidence.0.quote: Field required"),
        ({"colour": "red"}, "colour: Extra inputs are not permitted"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, change: dict[str, Any], fault: str) -> None:
    """Each fault is told alone, with its line number."""
    line = LINE | {"id": "q2", "question": "When does it open, please?"} | change
    assert faults(tmp_path, LINE, line) == [Fault(2, fault)]


def test_an_unknown_tag_is_told_with_the_known_ones(tmp_path: Path) -> None:
    """A typing error is easily put right."""
    (fault,) = faults(tmp_path, LINE | {"tags": ["facts"]})
    assert fault.message.startswith("unknown tag 'facts'; known are all, attribution, ")


def test_all_faults_are_listed_by_line(tmp_path: Path) -> None:
    """Every fault of every line, in order; a line that cannot be read does not hide the next ones."""
    path = write(tmp_path, LINE | {"answers": ["Monday"], "tags": []}, LINE | {"id": "q2"}, LINE | {"id": 3, "x": 1})
    path.write_text(path.read_text(encoding="utf-8").replace('"q1"', '"q1', 1), encoding="utf-8")
    assert [fault.line for fault in lint_gold(path, document_of)] == [1, 3, 3]


def test_the_error_tells_the_first_fault_and_how_many_more(tmp_path: Path) -> None:
    """With file and line number."""
    path = write(
        tmp_path, LINE, LINE | {"id": "q2", "question": "And?", "answers": ["Monday", "noon"], "tags": ["all"]}
    )
    with pytest.raises(EvaluationDataError) as caught:
        load_gold(path, document_of)
    assert str(caught.value) == f"{path}: line 2: answer 'Monday' is in none of the quotes (and 2 more faults)"


def test_ids_and_questions_are_unique(tmp_path: Path) -> None:
    """Case and white space do not make another question; another history does."""
    again = {"id": "q1", "question": "when  does it OPEN?"}
    assert faults(tmp_path, LINE, LINE | again) == [
        Fault(2, "id q1 is also on line 1"),
        Fault(2, "asks the same as line 1"),
    ]
    history = {"id": "q2", "history": ["What is on?"], "standalone": "When does the fair open?", "tags": ["follow-up"]}
    assert faults(tmp_path, LINE, LINE | history) == []


def test_a_quote_may_be_needed_or_an_alternative(tmp_path: Path) -> None:
    """The tags ``all`` and ``list-all`` make every quote needed."""
    two = LINE | {"evidence": QUOTES}
    lines = [two | {"id": tag, "question": f"{tag}?", "tags": [tag]} for tag in ("list", "all", "list-all")]
    questions = load_gold(write(tmp_path, *lines), document_of)
    assert [question.needs_all for question in questions] == [False, True, True]


def test_a_split_depends_on_the_id_alone(tmp_path: Path) -> None:
    """The SHA-256 of "a" begins with ca and that of "b" with 3e, both even; that of "e" begins with 3f."""
    lines = [LINE | {"id": identity, "question": f"{identity}?"} for identity in ("a", "b", "e")]
    assert [question.split for question in load_gold(write(tmp_path, *lines), document_of)] == ["dev", "dev", "test"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault(0, "no question in it; write one JSON object a line")),
        (b"\n \n", Fault(0, "no question in it; write one JSON object a line")),
        (b'\n{"id": "q', Fault(2, "is not JSON, cut off or malformed at column 8 (Unterminated string starting at)")),
        (b'"one"\n', Fault(1, "is not a JSON object")),
        (b'{"id": "a", "id": "b"}\n', Fault(1, "the field 'id' is given twice")),
        (b"\n\n\xff\xfe", Fault(3, "is not UTF-8 (invalid start byte); save the file as UTF-8")),
        (b"[" * 100_000, Fault(1, "is not JSON that can be read: nested too deeply")),
    ],
)
def test_a_broken_file_is_one_clear_fault(tmp_path: Path, content: bytes, fault: Fault) -> None:
    """Empty, truncated, mis-encoded and wrongly typed files are refused, with the line if there is one."""
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    assert lint_gold(path, document_of) == [fault]
    with pytest.raises(EvaluationDataError) as caught:
        load_gold(path, document_of)
    assert str(caught.value) == f"{path}: {fault}"


def test_text_that_is_none_is_refused(tmp_path: Path) -> None:
    """Half of a surrogate pair cannot be written to any report."""
    message = "holds half of a surrogate pair, which is no text and cannot be reported"
    assert faults(tmp_path, LINE | {"id": "\ud800"}) == [Fault(1, message)]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A missing gold file says which and what to do; a folder cannot be read."""
    assert lint_gold(tmp_path / "none.jsonl", document_of) == [Fault(0, "no such file; name one with --gold")]
    assert lint_gold(tmp_path, document_of) == [Fault(0, "cannot be read (Is a directory)")]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Some editors write one."""
    path = write(tmp_path, LINE)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert lint_gold(path, document_of) == []
