"""The int8 encoder finds the same best passage as full precision, on the gold questions over the seed article."""

from __future__ import annotations

import json
from pathlib import Path

from summitqa.chunking import split_passages
from summitqa.corpus import load_documents
from summitqa.models import OnnxEncoder
from summitqa.protocols import Encoder
from summitqa.reading import build_view
from summitqa.settings import Settings

ROOT = Path(__file__).parent.parent
GOLD = [json.loads(line) for line in (ROOT / "eval" / "gold.jsonl").read_text(encoding="utf-8").splitlines() if line]


def test_int8_ranks_the_passage_first_that_fp32_does(minilm: OnnxEncoder, minilm_fp32: OnnxEncoder) -> None:
    """For at least 95 of 100 gold questions both put the same passage first."""
    texts = _passage_texts(minilm_fp32)
    questions = [line["question"] for line in GOLD if line["answerable"] and not line["history"]]
    rows_int8, rows_fp32 = (_best_rows(encoder, questions, texts) for encoder in (minilm, minilm_fp32))
    same = sum(left == right for left, right in zip(rows_int8, rows_fp32, strict=True))
    assert same / len(questions) >= 0.95


def _passage_texts(encoder: Encoder) -> list[str]:
    settings = Settings()
    documents = load_documents([ROOT / "seeds"], max_file_bytes=settings.max_file_bytes)
    return [
        build_view(passage, document.text).text
        for document in documents
        for passage in split_passages(document, encoder, max_tokens=settings.passage_tokens)
    ]


def _best_rows(encoder: Encoder, questions: list[str], texts: list[str]) -> list[int]:
    scores = encoder.encode_query(questions) @ encoder.encode_passages(texts).T
    return [int(row) for row in scores.argmax(axis=1)]
