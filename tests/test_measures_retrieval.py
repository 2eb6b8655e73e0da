"""Ranked passages: by hand, and against ir_measures."""

import math

import ir_measures
import pytest
from ir_measures import RR, Success, nDCG

from handmade import evidence, record
from summitqa.evaluation.measures.places import Place
from summitqa.evaluation.measures.retrieval import evidence_recall, ndcg, reciprocal_rank
from summitqa.types import Span

ELSEWHERE = [("d", Span(start, start + 10)) for start in range(1000, 1100, 10)]
TWO = record(evidence=(evidence(0, 10), evidence(50, 60)))
BOTH = record(evidence=(evidence(0, 10), evidence(50, 60)), needs_all=True)


def at(start: int, end: int) -> Place:
    return ("d", Span(start, end))


def test_one_alternative_is_enough_evidence() -> None:
    """Any of the alternatives found makes recall one."""
    assert evidence_recall(TWO, [at(45, 70)]) == 1.0


def test_all_parts_are_needed_when_the_gold_says_so() -> None:
    """Where every quote is needed, recall is the share of them found."""
    assert evidence_recall(BOTH, [at(45, 70)]) == 0.5


@pytest.mark.parametrize(("passage", "held"), [(at(5, 90), 1.0), (at(6, 49), 0.0), (("e", Span(0, 10)), 0.0)])
def test_half_of_a_quote_makes_a_passage_relevant(passage: Place, held: float) -> None:
    """Five of ten characters do, four do not, and equal offsets in another document are no evidence."""
    assert evidence_recall(record(), [passage]) == held


def test_halves_in_two_passages_do_not_add_up() -> None:
    """A single passage must hold half of the quote."""
    assert evidence_recall(record(), [at(0, 4), at(4, 8)]) == 0.0


def test_a_quote_may_stand_in_several_places() -> None:
    """A passage that holds the second place of a quote holds the quote."""
    assert evidence_recall(record(evidence=(evidence(0, 10, (80, 90)),)), [at(75, 95)]) == 1.0


def test_reciprocal_rank_looks_at_ten_passages() -> None:
    """The first relevant passage at rank 3 gives 1/3; at rank 11 it comes too late."""
    assert reciprocal_rank(record(), [*ELSEWHERE[:2], at(0, 10)]) == 1 / 3
    assert reciprocal_rank(record(), [*ELSEWHERE, at(0, 10)]) == 0.0
    assert reciprocal_rank(record(), []) == 0.0


def test_ndcg_by_hand() -> None:
    """One relevant passage at rank 3 gives 1 / log2(4); at rank 1 the ranking is ideal."""
    assert ndcg(record(), [*ELSEWHERE[:2], at(0, 10)]) == pytest.approx(0.5)
    assert ndcg(record(), [at(0, 10), *ELSEWHERE]) == pytest.approx(1.0)
    assert ndcg(record(), []) == 0.0


def test_a_quote_that_is_not_found_makes_the_ideal_higher() -> None:
    """The first of two quotes at rank 1, the other nowhere: 1 / (1 + 1 / log2(3))."""
    assert ndcg(TWO, [at(0, 10)]) == pytest.approx(1 / (1 + 1 / math.log2(3)))


def test_one_passage_may_hold_every_quote() -> None:
    """Nothing is left to find when the first passage holds both."""
    assert ndcg(TWO, [at(0, 60)]) == pytest.approx(1.0)


def test_repeating_a_passage_gains_nothing() -> None:
    """The same passage ten times is one relevant passage and nine others."""
    assert ndcg(TWO, [at(0, 10)] * 10) == ndcg(TWO, [at(0, 10)])


@pytest.mark.parametrize("relevant", [{0}, {1, 3}, {0, 1, 2}, {9}, {10}, set()])
def test_ranks_agree_with_ir_measures(relevant: set[int]) -> None:
    """For rankings of twelve passages, relevant where said, and one relevant passage that is never returned."""
    gold = record(evidence=tuple(evidence(100 * rank, 100 * rank + 10) for rank in [*sorted(relevant), 99]))
    places = [at(100 * rank, 100 * rank + 10) for rank in range(12)]
    qrels = {"q": {f"p{rank}": 1 for rank in [*relevant, 99]}}
    run = {"q": {f"p{rank}": 12.0 - rank for rank in range(12)}}
    # What lies beyond rank 10 is not seen, so there the ideal has the two passages that were missed as well.
    wanted = ir_measures.calc_aggregate([nDCG @ 10, RR @ 10, Success @ 5], qrels, run)
    assert ndcg(gold, places, 10) == pytest.approx(wanted[nDCG @ 10])
    assert reciprocal_rank(gold, places, 10) == pytest.approx(wanted[RR @ 10])
    assert evidence_recall(gold, places[:5]) == wanted[Success @ 5]
