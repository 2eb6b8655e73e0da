"""Ranked passages against gold evidence; nDCG is computed by ``ir_measures``.

A passage is relevant if it holds at least half of the characters of a gold quote. Only distinct passages count:
one that is returned again is not relevant at its second rank, so that nothing is gained by repeating it.
"""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import nDCG

from summitqa.evaluation.measures.places import Expected, Place, is_held


def evidence_recall(expected: Expected, places: Sequence[Place]) -> float:
    """Return how much of the needed evidence *places* hold: 1 or 0 for alternatives, a share when all are needed.

    Recall@k is this of the first k passages. With one quote it is the usual success@k; with alternatives one of them is
    enough, because the answer can be given from it. Source: Manning et al., *Introduction to Information Retrieval*
    (2008), section 8.4, with quotes in the place of documents.
    """
    held = [is_held(part, places) for part in expected.evidence]
    return sum(held) / len(held) if expected.needs_all else float(any(held))


def reciprocal_rank(expected: Expected, places: Sequence[Place], k: int = 10) -> float:
    """Return 1 / rank of the first relevant passage among the first *k*, 0 without one; its mean is MRR@k.

    Source: Voorhees, *The TREC-8 Question Answering Track Report* (1999).
    """
    ranks = [rank for rank, relevant in enumerate(_relevance(expected, places[:k]), start=1) if relevant]
    return 1 / ranks[0] if ranks else 0.0


def ndcg(expected: Expected, places: Sequence[Place], k: int = 10) -> float:
    """Return nDCG@k with gain 1 for a relevant passage: Järvelin and Kekäläinen (2002), as ``trec_eval`` computes it.

    The ideal ranking has every relevant passage at the top: those among the first *k*, and one for every gold quote
    that none of these holds. So, unlike recall, nDCG also rewards finding the second and third place that answers.
    """
    relevance = _relevance(expected, places[:k])
    qrels = {str(rank): 1 for rank, relevant in enumerate(relevance) if relevant}
    qrels |= {f"missed {i}": 1 for i, part in enumerate(expected.evidence) if not is_held(part, places[:k])}
    run = {str(rank): float(len(relevance) - rank) for rank in range(len(relevance))}
    if not run:
        return 0.0
    (metric,) = ir_measures.iter_calc([nDCG @ k], {"q": qrels}, {"q": run})
    return float(metric.value)


def _relevance(expected: Expected, places: Sequence[Place]) -> list[bool]:
    return [
        place not in places[:rank] and any(is_held(part, [place]) for part in expected.evidence)
        for rank, place in enumerate(places)
    ]
