"""Ranked passages against gold evidence, and ranked documents against judgements. Door to ``ir_measures``.

A passage is relevant if it holds at least half of the characters of a gold quote. Only distinct passages count:
one that is returned again is not relevant at its second rank, so that nothing is gained by repeating it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import Measure, R, nDCG

from summitqa.evaluation.measures.places import Expected, Place, is_held

JUDGED = {"ndcg@10": nDCG @ 10, "recall@100": R @ 100}
"""Measures of documents ranked against judgements: Järvelin and Kekäläinen (2002) and the usual recall."""


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
    (value,) = _calculate([nDCG @ k], qrels, [str(rank) for rank in range(len(relevance))])
    return value


def judged_scores(relevance: Mapping[str, int], ranking: Sequence[str]) -> dict[str, float]:
    """Return the measures ``JUDGED`` of document ids, best first, as ``trec_eval`` computes them and BEIR reports them.

    Args:
        relevance: judgements by document id; 0 for one judged irrelevant.
        ranking: distinct document ids.
    """
    return dict(zip(JUDGED, _calculate(list(JUDGED.values()), relevance, ranking), strict=True))


def _calculate(measures: Sequence[Measure], relevance: Mapping[str, int], ranking: Sequence[str]) -> list[float]:
    """Return the measures of a ranking; all zero where there is nothing ranked, or nothing to find."""
    if not ranking or not relevance:
        return [0.0] * len(measures)
    # Scores that fall with the rank keep the order of equals; trec_eval would sort them by id.
    run = {document_id: float(len(ranking) - rank) for rank, document_id in enumerate(ranking)}
    found = ir_measures.calc_aggregate(measures, {"q": dict(relevance)}, {"q": run})
    return [float(found[measure]) for measure in measures]


def _relevance(expected: Expected, places: Sequence[Place]) -> list[bool]:
    return [
        place not in places[:rank] and any(is_held(part, [place]) for part in expected.evidence)
        for rank, place in enumerate(places)
    ]
