"""The names of all measures, as reports and ``thresholds.toml`` use them, and what each means in one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from summitqa.evaluation.measures.questions import RECALL_AT

STAGES = ("total", "resolve", "retrieve", "read")
"""Of answering a question. ``total`` is timed by the runner, the others are what the system reports."""

PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure, as a reader needs to know it.

    Attributes:
        better: which way it should go.
        description: one line without its name.
        per_question: it is the mean of what :func:`question_scores` gives; otherwise it only exists for a set.
        unit: of the value; a ``share`` lies between 0 and 1 (``follow_up_gap`` between -1 and 1).
    """

    name: str
    better: Literal["higher", "lower"]
    description: str
    per_question: bool = False
    unit: Literal["share", "ms", "count"] = "share"


def _means() -> Iterator[Measure]:
    told = {
        "answer_accuracy": "questions handled rightly: answered with a right quote, or silence if unanswerable",
        "answer_precision": "of the answers given, those whose first citation is right",
        "citation_hit": "answerable questions whose first citation shares half of its, or the evidence's, characters",
        "citation_precision": "of the characters cited, those that are evidence",
        "citation_recall": "of the evidence's characters, those that are cited",
        "all_recall": "where every quote is needed, the share of them that is cited",
        "exact_match": "short answers equal to an accepted one, by SQuAD's rules",
        "token_f1": "words shared with the best accepted answer, by SQuAD's rules",
        "verbatim": "citations that stand in the document exactly as cited; must be 1",
        **{f"recall@{k}": f"evidence held by the first {k} passages retrieved" for k in RECALL_AT},
        "mrr@10": "mean of 1 / rank of the first passage that holds evidence, among ten",
        "ndcg@10": "ranking quality of the first ten passages, all places of evidence considered",
    }
    for name, description in told.items():
        yield Measure(name, "higher", description, per_question=True)
    yield Measure("brier", "lower", "mean squared distance of confidence and rightness of the answers", True)


def _sets() -> Iterator[Measure]:
    yield Measure("abstention_precision", "higher", "of the silences, those whose question has no answer")
    yield Measure("abstention_recall", "higher", "of the questions without an answer, those met with silence")
    yield Measure("abstention_f1", "higher", "harmonic mean of precision and recall of silence")
    yield Measure("auroc_silence", "higher", "chance that an answerable question gets more confidence than another")
    yield Measure("aurc", "lower", "area under the risk–coverage curve: mean risk when answering the surest first")
    yield Measure("accuracy@80", "higher", "right answers among the surest 80 % of all questions")
    yield Measure("ece", "lower", "distance of confidence and share of right answers, over ten equal bins")
    yield Measure("follow_up_gap", "lower", "accuracy lost when a follow-up is not written out")
    for stage in STAGES:
        for percent in PERCENTILES:
            description = f"{percent} % of the questions took no longer ({stage})"
            yield Measure(f"latency_{stage}_p{percent}", "lower", description, unit="ms")
    yield Measure("errors", "lower", "questions that failed; each counts as zero", unit="count")
    yield Measure("timeouts", "lower", "questions that took too long; each counts as zero", unit="count")


MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*_means(), *_sets())}
"""Every measure by its name, in the order of reports."""
