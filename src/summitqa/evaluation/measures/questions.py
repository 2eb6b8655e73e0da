"""The score of one question in every measure that is a mean over questions. Knows a record, nothing of groups.

A question that failed or timed out scores the worst value in every measure that it could have been part of, also in
those of answers given: it never disappears from a mean. ``verbatim`` alone leaves it out, because it carries no
citation that could be false; the counts ``errors`` and ``timeouts`` are there for it.
"""

from __future__ import annotations

import dataclasses

from summitqa.evaluation.measures.answers import exact_match, token_f1
from summitqa.evaluation.measures.citations import (
    all_recall,
    citation_precision,
    citation_recall,
    first_citation_hit,
    verbatim_share,
)
from summitqa.evaluation.measures.retrieval import evidence_recall, ndcg, reciprocal_rank
from summitqa.evaluation.records import Record

RECALL_AT = (1, 3, 5, 10)


def question_scores(record: Record) -> dict[str, float]:
    """Return the score by measure; a measure that does not apply to this question is not in it.

    See ``MEASURES`` for what each name means. Measures of finding and of quoting apply to answerable questions, silence
    scoring 0; measures of answers given apply to answers and failures; ``answer_accuracy`` applies to every question.
    """
    if has_failed(record):
        record = dataclasses.replace(record, citations=(), passages=(), answer=None)
    scores = {"answer_accuracy": float(is_right(record))}
    if record.answerable:
        scores |= _retrieval(record) | _quoting(record)
    if record.answered or has_failed(record):
        scores |= _answer_given(record)
    if record.answered:
        scores["verbatim"] = verbatim_share(record.citations)
    return scores


def is_hit(record: Record) -> bool:
    """Tell whether the question was answered and the answer's first citation is right."""
    return record.answerable and record.answered and first_citation_hit(record, record.citations) == 1.0


def is_right(record: Record) -> bool:
    """Tell whether the question was handled rightly: answered with a hit, or met with silence if unanswerable."""
    return is_hit(record) if record.answerable else record.outcome == "no_answer"


def has_failed(record: Record) -> bool:
    """Tell whether nothing came back, or not in time."""
    return record.outcome in {"error", "timeout"}


def sureness(record: Record) -> float:
    """Return the confidence an answer is judged by; a failure is judged like a sure answer that is wrong."""
    return 1.0 if has_failed(record) else record.confidence


def _retrieval(record: Record) -> dict[str, float]:
    places = record.passages
    return {
        **{f"recall@{k}": evidence_recall(record, places[:k]) for k in RECALL_AT},
        "mrr@10": reciprocal_rank(record, places, 10),
        "ndcg@10": ndcg(record, places, 10),
    }


def _quoting(record: Record) -> dict[str, float]:
    scores = {
        "citation_hit": float(is_hit(record)),
        "citation_recall": citation_recall(record, record.citations),
    }
    if record.needs_all:
        return scores | {"all_recall": all_recall(record, record.citations)}
    # SQuAD's rules take accepted answers as alternatives; where all parts are needed, they are not.
    given = (record.answer or record.citations[0].text) if record.citations else ""
    if record.accepted:
        scores["exact_match"] = exact_match(given, record.accepted) if given else 0.0
        scores["token_f1"] = token_f1(given, record.accepted) if given else 0.0
    return scores


def _answer_given(record: Record) -> dict[str, float]:
    right = float(is_hit(record))
    return {
        "citation_precision": citation_precision(record, record.citations),
        "answer_precision": right,
        "brier": (sureness(record) - right) ** 2,
    }
