"""Citations against gold evidence, in characters, by hand."""

import pytest

from handmade import cited, evidence, record
from summitqa.evaluation.measures.citations import (
    all_recall,
    citation_hit,
    citation_precision,
    citation_recall,
    first_citation_hit,
    verbatim_share,
)
from summitqa.evaluation.measures.places import covered, size_of, union_of
from summitqa.types import Span

ONE = record()
TWO = record(evidence=(evidence(0, 10), evidence(50, 80)))
BOTH = record(evidence=(evidence(0, 10), evidence(50, 80)), needs_all=True)
TWICE = record(evidence=(evidence(0, 10, (40, 50)),))


def test_a_union_counts_a_character_once() -> None:
    """[0, 10), [5, 15) and [15, 20) are twenty characters of one document; another document is apart."""
    union = union_of(
        [("d", Span(15, 20)), ("d", Span(0, 10)), ("d", Span(5, 15)), ("e", Span(3, 4)), ("e", Span(9, 9))]
    )
    assert union == {"d": [Span(0, 20)], "e": [Span(3, 4)]}
    assert size_of(union) == 21


def test_a_quote_is_covered_at_its_best_place() -> None:
    """Four characters at one place and seven at the other are seven."""
    assert covered(evidence(0, 10, (40, 50)), union_of([("d", Span(6, 10)), ("d", Span(40, 47))])) == 7


@pytest.mark.parametrize(
    ("span", "hit"),
    [(Span(0, 10), 1.0), (Span(0, 40), 1.0), (Span(5, 9), 1.0), (Span(8, 20), 0.0), (Span(10, 20), 0.0)],
)
def test_a_hit_shares_half_of_the_shorter_span(span: Span, hit: float) -> None:
    """A citation beside the evidence, or touching it, is no hit."""
    assert citation_hit(ONE, ("d", span)) == hit


def test_a_hit_is_in_the_same_document() -> None:
    """Equal offsets in another document are no hit."""
    assert citation_hit(ONE, ("e", Span(0, 10))) == 0.0


def test_only_the_first_citation_can_be_the_hit() -> None:
    """A right second citation does not make up for a wrong first one."""
    assert first_citation_hit(ONE, [cited(90, 99), cited(0, 10)]) == 0.0
    assert first_citation_hit(ONE, [cited(0, 10), cited(90, 99)]) == 1.0
    assert first_citation_hit(ONE, []) == 0.0


def test_a_statement_made_twice_is_right_at_either_place() -> None:
    """The gold quotes one place, the system cites another and names the first: hit, precision and recall are 1."""
    citations = [cited(300, 310, also=[Span(0, 10)])]
    assert first_citation_hit(ONE, citations) == 1.0
    assert citation_precision(ONE, citations) == 1.0
    assert citation_recall(ONE, citations) == 1.0


def test_both_places_in_the_gold_need_not_both_be_cited() -> None:
    """A gold quote that stands twice is wholly cited at one place."""
    assert citation_recall(TWICE, [cited(40, 50)]) == 1.0
    assert citation_precision(TWICE, [cited(40, 50)]) == 1.0


def test_precision_is_the_share_of_cited_characters_that_are_evidence() -> None:
    """Of [5, 25) five characters of twenty are evidence; a second, right citation makes it 35 of 50."""
    assert citation_precision(TWO, [cited(5, 25)]) == 0.25
    assert citation_precision(TWO, [cited(5, 25), cited(50, 80)]) == 0.7


def test_citing_twice_changes_nothing() -> None:
    """Cited characters are a set."""
    assert citation_precision(ONE, [cited(5, 25)] * 3) == 0.25
    assert citation_recall(ONE, [cited(0, 6)] * 3) == 0.6


def test_recall_is_of_the_best_alternative() -> None:
    """Six of ten characters of one alternative and three of thirty of the other are 0.6."""
    assert citation_recall(TWO, [cited(0, 6), cited(50, 53)]) == 0.6


def test_recall_is_of_all_parts_where_all_are_needed() -> None:
    """Six of ten and three of thirty characters are nine of forty."""
    assert citation_recall(BOTH, [cited(0, 6), cited(50, 53)]) == 9 / 40


def test_all_recall_counts_quotes_that_are_half_cited() -> None:
    """Of two needed quotes the first is cited by six of ten characters, the second by three of thirty."""
    assert all_recall(BOTH, [cited(0, 6), cited(50, 53)]) == 0.5
    assert all_recall(BOTH, [cited(0, 80)]) == 1.0
    assert all_recall(BOTH, []) == 0.0


def test_a_false_quote_is_never_right() -> None:
    """A citation that does not stand in the document counts among the cited characters, not among the right ones."""
    false = cited(0, 10, verbatim=False)
    assert first_citation_hit(ONE, [false]) == 0.0
    assert citation_precision(ONE, [false, cited(10, 20)]) == 0.0
    assert citation_recall(ONE, [false]) == 0.0
    assert all_recall(BOTH, [false]) == 0.0
    assert verbatim_share([false, cited(0, 10), cited(0, 10), cited(0, 10)]) == 0.75


def test_citing_everything_costs_precision_and_citing_a_word_costs_recall() -> None:
    """Both are hits; a whole document of 1000 characters has precision 0.01, a single character has recall 0.1."""
    everything, word = [cited(0, 1000)], [cited(3, 4)]
    assert (first_citation_hit(ONE, everything), first_citation_hit(ONE, word)) == (1.0, 1.0)
    assert (citation_precision(ONE, everything), citation_recall(ONE, everything)) == (0.01, 1.0)
    assert (citation_precision(ONE, word), citation_recall(ONE, word)) == (1.0, 0.1)


def test_nothing_cited_is_nothing_right() -> None:
    """Without a citation there is neither precision nor recall, and an answer without one is not verbatim."""
    assert (citation_precision(ONE, []), citation_recall(ONE, []), verbatim_share([])) == (0.0, 0.0, 0.0)


def test_a_question_without_evidence_has_no_right_character() -> None:
    """Whatever is cited for an unanswerable question is wrong."""
    assert citation_precision(record(answerable=False), [cited(0, 10)]) == 0.0
