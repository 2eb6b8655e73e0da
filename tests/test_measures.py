"""Measures against cases worked out by hand."""

import math

import pytest

from summitqa.evaluation.gold import EvidenceSpans, GoldQuestion
from summitqa.evaluation.measures import (
    citation_hit,
    evidence_recall,
    exact_match,
    mean,
    normalize_answer,
    precision_recall_f1,
    token_f1,
)
from summitqa.types import Span


def gold(*spans: Span, needs_all: bool = False) -> GoldQuestion:
    evidence = tuple(EvidenceSpans("d", "", (span,)) for span in spans)
    return GoldQuestion("q", "?", (), True, (), evidence, frozenset({"all"} if needs_all else set()), None)


def test_normalisation_is_squads() -> None:
    """Case, punctuation, articles and white space do not count."""
    assert normalize_answer(" The  “Deputy”, Minister. ") == "deputy minister"


@pytest.mark.parametrize(
    ("given", "accepted", "expected"),
    [
        ("the Cat", ["cat"], 1.0),
        ("cat sat", ["the cat sat down"], 0.8),  # 2 common, precision 2/2, recall 2/3
        ("dog", ["cat"], 0.0),
        ("cat", ["dog", "cat"], 1.0),
        ("", ["cat"], 0.0),
        ("cat", [], 0.0),
    ],
)
def test_token_f1_is_squads(given: str, accepted: list[str], expected: float) -> None:
    """The harmonic mean of token precision and recall, best over the accepted answers."""
    assert token_f1(given, accepted) == pytest.approx(expected)


def test_exact_match_needs_every_word() -> None:
    """Exact match is equality after normalisation."""
    assert (exact_match("A cat.", ["the cat"]), exact_match("cat", ["cat sat"])) == (1.0, 0.0)


def test_one_alternative_is_enough_evidence() -> None:
    """Any of the alternatives found makes recall one."""
    assert evidence_recall(gold(Span(0, 10), Span(50, 60)), [("d", Span(45, 70))]) == 1.0


def test_all_parts_are_needed_when_the_gold_says_so() -> None:
    """With the tag ``all`` recall is the share of the parts found."""
    assert evidence_recall(gold(Span(0, 10), Span(50, 60), needs_all=True), [("d", Span(45, 70))]) == 0.5


def test_a_place_in_another_document_holds_nothing() -> None:
    """Equal offsets in another document are no evidence."""
    assert evidence_recall(gold(Span(0, 10)), [("e", Span(0, 10))]) == 0.0


@pytest.mark.parametrize(
    ("cited", "hit"),
    [(Span(0, 10), 1.0), (Span(0, 40), 1.0), (Span(5, 9), 1.0), (Span(8, 20), 0.0), (Span(10, 20), 0.0)],
)
def test_a_hit_shares_half_of_the_shorter_span(cited: Span, hit: float) -> None:
    """A citation beside the evidence, or touching it, is no hit."""
    assert citation_hit(gold(Span(0, 10)), ("d", cited)) == hit


def test_precision_recall_f1_by_hand() -> None:
    """Three right of four given and six wanted."""
    assert precision_recall_f1(3, 4, 6) == pytest.approx((0.75, 0.5, 0.6))


def test_the_mean_of_nothing_is_not_a_number() -> None:
    """No value is not zero."""
    assert math.isnan(mean([]))
