"""The JSON shapes that every surface gives out."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api_fakes import ANSWER, CITATION, NO_ANSWER, NOTES, PASSAGE, ROW_CITATION, TEXT
from summitqa import schemas
from summitqa.schemas import (
    NO_ANSWER_TEXTS,
    AnswerResponse,
    answer_to_json,
    citation_to_json,
    document_to_json,
    document_url,
    passage_to_json,
    span_url,
    verification_to_json,
)
from summitqa.types import NoAnswerReason, Span, Verification


def test_an_answer_has_the_documented_keys_in_order() -> None:
    """The keys of an answer come in the order of the design."""
    assert list(json.loads(answer_to_json(ANSWER).model_dump_json())) == [
        "question",
        "resolved_question",
        "carried_over",
        "corrections",
        "outcome",
        "reason",
        "answer",
        "text",
        "note",
        "suggestions",
        "confidence",
        "citations",
        "passages",
        "passages_skipped",
        "timing_ms",
        "index",
    ]


def test_a_citation_carries_everything_needed_to_check_it() -> None:
    """Every field of a citation is given out under its documented name."""
    assert citation_to_json(CITATION).model_dump() == {
        "index": 1,
        "document_id": "notes",
        "document_title": "Notes 🙂",
        "document_sha256": NOTES.sha256,
        "start_char_index": 8,
        "end_char_index": 48,
        "cited_text": "The lighthouse at Skagen opened in 1858.",
        "answer_spans": [{"start_char_index": 43, "end_char_index": 47, "text": "1858"}],
        "prefix": "Notes 🙂\n",
        "suffix": "\nRoom",
        "heading_path": ["Notes 🙂"],
        "block": "paragraph",
        "table": None,
        "also_at": [
            {
                "start_char_index": 1,
                "end_char_index": 2,
                "document_id": "two words",
                "document_title": "Two words",
                "document_sha256": "0" * 64,
                "url": "/documents/two%20words#char=1,2",
            }
        ],
        "url": "/documents/notes#char=8,48",
    }


def test_a_table_row_carries_its_cells_and_header() -> None:
    """A quoted table row shows the header above its cells."""
    table = citation_to_json(ROW_CITATION).table
    assert table is not None
    assert table.model_dump() == {"header": ["Room", "Price"], "row": ["Attic", "40 €"]}


def test_an_answer_is_answered_and_keeps_its_text() -> None:
    """An answer has no reason and gives its quotes as they are."""
    shown = answer_to_json(ANSWER)
    assert (shown.outcome, shown.reason, shown.answer, shown.text) == ("answered", None, "1858", ANSWER.text)


def test_numbers_are_rounded() -> None:
    """Probabilities and scores have four digits, milliseconds two."""
    shown = answer_to_json(ANSWER)
    assert (shown.confidence, shown.passages[0].score, shown.passages[0].dense) == (0.9123, 0.1235, 0.6543)
    assert shown.timing_ms == {"retrieve": 1.23, "total": 2.0}


def test_rounding_leaves_no_minus_zero() -> None:
    """A tiny negative score is given out as 0.0."""
    assert '"score":0.0,' in passage_to_json(replace(PASSAGE, score=-1e-9)).model_dump_json()


def test_a_leg_that_did_not_find_a_passage_has_no_score() -> None:
    """A missing score is null, not zero."""
    assert passage_to_json(PASSAGE).lexical is None


def test_no_answer_has_no_citation() -> None:
    """Without an answer there is a reason and a sentence, the closest passages, and no citation."""
    shown = answer_to_json(NO_ANSWER)
    assert (shown.outcome, shown.reason, shown.answer, shown.citations) == ("no_answer", "not_in_documents", None, [])
    assert shown.text == "The documents don't say."
    assert len(shown.passages) == 1


@pytest.mark.parametrize("reason", get_args(NoAnswerReason))
def test_every_reason_has_a_sentence(reason: NoAnswerReason) -> None:
    """Each reason for silence is told in a sentence."""
    assert answer_to_json(replace(NO_ANSWER, reason=reason)).text == NO_ANSWER_TEXTS[reason]


def test_the_json_reads_back() -> None:
    """A client that validates with the same model gets the same answer."""
    shown = answer_to_json(ANSWER)
    assert AnswerResponse.model_validate_json(shown.model_dump_json()) == shown


def test_blocks_are_ranges_of_the_text() -> None:
    """A document's blocks and cells cut the canonical text where the document does."""
    row = document_to_json(NOTES).blocks[3]
    assert TEXT[row.start_char_index : row.end_char_index] == "Attic | 40 €"
    assert [TEXT[c.start_char_index : c.end_char_index] for c in (*row.cells, *row.header)] == [
        "Attic",
        "40 €",
        "Room",
        "Price",
    ]
    assert row.introduction is not None
    assert (row.introduction.start_char_index, row.introduction.end_char_index) == (8, 48)


def test_a_document_says_where_its_text_is() -> None:
    """The description of a document leads to its page and its text."""
    shown = document_to_json(replace(NOTES, id="a b"))
    assert (shown.url, shown.text_url) == ("/documents/a%20b", "/v1/documents/a%20b/text")


def test_a_moved_quote_has_a_place() -> None:
    """A verification with a span gives its offsets and its address."""
    shown = verification_to_json("notes", Verification("moved", Span(3, 5), NOTES.sha256))
    assert (shown.start_char_index, shown.end_char_index, shown.url) == (3, 5, "/documents/notes#char=3,5")


def test_a_stale_quote_has_no_place() -> None:
    """A verification without a span has neither offsets nor an address."""
    shown = verification_to_json("notes", Verification("stale", None, NOTES.sha256))
    assert (shown.start_char_index, shown.end_char_index, shown.url) == (None, None, None)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.integers(0, 9), st.integers(0, 9))
def test_an_address_is_plain_ascii_with_one_fragment(document_id: str, start: int, length: int) -> None:
    """Whatever the id, its address is ASCII, has one segment after /documents, and ends in the offsets."""
    url = span_url(document_id, Span(start, start + length))
    assert url.isascii()
    assert url == f"{document_url(document_id)}#char={start},{start + length}"
    assert (url.count("/"), url.count("#"), url.count("?")) == (2, 1, 0)


def test_the_public_names_are_these() -> None:
    """What the other surfaces build on does not change by accident."""
    assert [name for name in schemas.__all__ if not name.endswith("Response")] == [
        "NO_ANSWER_TEXTS",
        "answer_to_json",
        "citation_to_json",
        "document_info_to_json",
        "document_to_json",
        "document_url",
        "index_to_json",
        "passage_to_json",
        "span_url",
        "verification_to_json",
    ]
