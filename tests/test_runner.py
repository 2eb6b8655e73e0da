"""The runner, on engines whose faults are known: each must show in the measure meant for it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from summitqa.answering import build_citation
from summitqa.errors import ModelRuntimeError
from summitqa.evaluation import EvaluationResult, evaluate_gold
from summitqa.types import Answer, Document, IndexState, NoAnswer, Quote, ReadPassage, Span

TEXT = "Ana opens the fair. It costs 5 crowns. Rain is likely."
STATE = IndexState(1, "encoder", "reader")
GOLD = [
    {"id": "a", "question": "Who opens the fair?", "answerable": True, "answers": ["Ana"], "tags": ["fact"],
     "evidence": [{"document": "d", "quote": "Ana opens the fair."}]},
    {"id": "b", "question": "What does it cost?", "answerable": True, "answers": ["5 crowns"], "tags": ["fact"],
     "evidence": [{"document": "d", "quote": "It costs 5 crowns."}]},
    {"id": "c", "question": "Who closes the fair?", "answerable": False, "tags": ["unanswerable"]},
    {"id": "e", "question": "Will it snow?", "answerable": False, "tags": ["unanswerable"]},
]  # fmt: skip


class FakeEngine:
    """An engine that answers by a function from question to span, ``None`` for silence."""

    def __init__(self, choose: Callable[[str], Span | None]) -> None:
        self._choose = choose

    def ask(self, question: str) -> Answer | NoAnswer:
        span = self._choose(question)
        if span is None:
            return NoAnswer(question, None, "not_in_documents", 0.1, (), STATE)
        citation = build_citation(1, Quote("d", span, "paragraph"), self.document("d"))
        return Answer(question, None, None, citation.cited_text, 0.9, (citation,), (), STATE)

    def search(self, question: str, *, k: int) -> list[ReadPassage]:
        del question, k
        return [ReadPassage("d", Span(0, 19), TEXT[:19], (), 1, 1.0, 0.5, None)]

    def document(self, document_id: str) -> Document:
        return Document(id=document_id, title="Fair", text=TEXT, blocks=())


def evaluate(folder: Path, choose: Callable[[str], Span | None]) -> EvaluationResult:
    path = folder / "gold.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in GOLD), encoding="utf-8")
    return evaluate_gold(path, FakeEngine(choose))


def test_an_engine_that_always_abstains_has_no_hit_and_half_precision(tmp_path: Path) -> None:
    """Silence on four questions, two of them answerable: abstention precision 2/4, recall 2/2."""
    measures = evaluate(tmp_path, lambda _: None).measures
    assert measures["citation hit (answerable)"] == 0.0
    assert (measures["abstention precision"], measures["abstention recall"]) == (0.5, 1.0)


def test_an_engine_that_always_cites_the_first_sentence_never_abstains(tmp_path: Path) -> None:
    """One of two answerable questions is hit, one of four answers is right, recall of silence is zero."""
    measures = evaluate(tmp_path, lambda _: Span(0, 19)).measures
    assert measures["citation hit (answerable)"] == 0.5
    assert measures["citation hit (answers given)"] == 0.25
    assert measures["abstention recall"] == 0.0


def test_an_engine_that_raises_scores_zero_and_is_listed(tmp_path: Path) -> None:
    """A failed question stays in every mean and in the list of failures."""

    def fail(_: str) -> Span | None:
        raise ModelRuntimeError("broken")

    result = evaluate(tmp_path, fail)
    assert (result.measures["errors"], result.measures["citation hit (answerable)"]) == (4.0, 0.0)
    assert result.measures["abstention recall"] == 0.0
    assert [why for _, _, why in result.failures()] == ["error: ModelRuntimeError"] * 4


def test_a_right_engine_has_perfect_measures(tmp_path: Path) -> None:
    """The right sentence for each answerable question and silence otherwise."""
    spans = {"Who opens the fair?": Span(0, 19), "What does it cost?": Span(20, 38)}
    measures = evaluate(tmp_path, spans.get).measures
    assert measures["citation hit (answerable)"] == measures["abstention F1"] == 1.0
    assert measures["token F1"] == pytest.approx((1 / 2 + 2 / 3) / 2)  # 1 of 3 and 2 of 4 tokens common
    assert measures["recall@1"] == 0.5
