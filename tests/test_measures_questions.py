"""The scores of one question, and the list of all measures."""

import pytest

from handmade import cited, evidence, record
from summitqa.evaluation.measures import MEASURES, question_scores
from summitqa.evaluation.records import OutcomeKind
from summitqa.types import Span

PASSAGES = (("d", Span(100, 120)), ("d", Span(0, 20)))


def test_an_answered_question_by_hand() -> None:
    """Half of the evidence cited first, found at rank 2, confidence 0.8, one of two words of the answer given."""
    given = record(
        citations=(cited(5, 10), cited(30, 35)), passages=PASSAGES, answer="red", accepted=("red car",), confidence=0.8
    )
    assert question_scores(given) == pytest.approx(
        {
            "answer_accuracy": 1.0,
            "recall@1": 0.0,
            "recall@3": 1.0,
            "recall@5": 1.0,
            "recall@10": 1.0,
            "mrr@10": 0.5,
            "ndcg@10": 0.6309297535714575,  # 1 / log2(3)
            "citation_hit": 1.0,
            "citation_recall": 0.5,
            "exact_match": 0.0,
            "token_f1": 2 / 3,
            "citation_precision": 0.5,
            "answer_precision": 1.0,
            "brier": (0.8 - 1.0) ** 2,
            "verbatim": 1.0,
        }
    )


def test_silence_on_an_answerable_question_scores_zero_where_an_answer_was_due() -> None:
    """Finding is still measured; precision is about answers given, and none was."""
    scores = question_scores(record(outcome="no_answer", passages=PASSAGES))
    assert scores["recall@3"] == 1.0
    due = ("answer_accuracy", "citation_hit", "citation_recall", "exact_match", "token_f1")
    assert {scores[name] for name in due} == {0.0}
    assert not {"answer_precision", "citation_precision", "brier", "verbatim"} & set(scores)


def test_silence_on_an_unanswerable_question_is_right() -> None:
    """There is nothing else to measure."""
    assert question_scores(record(outcome="no_answer", answerable=False)) == {"answer_accuracy": 1.0}


def test_an_answer_to_an_unanswerable_question_is_wrong_whatever_it_cites() -> None:
    """All measures of answers given count it; with confidence 0.5 Brier is 0.25."""
    scores = question_scores(record(answerable=False, citations=(cited(0, 10),)))
    assert scores == {
        "answer_accuracy": 0.0,
        "answer_precision": 0.0,
        "citation_precision": 0.0,
        "brier": 0.25,
        "verbatim": 1.0,
    }


@pytest.mark.parametrize("outcome", ["error", "timeout"])
@pytest.mark.parametrize("answerable", [True, False])
def test_a_failure_scores_the_worst_everywhere(outcome: OutcomeKind, answerable: bool) -> None:
    """Also in measures of answers given, and whatever the record holds besides."""
    failed = record(outcome=outcome, answerable=answerable, citations=(cited(0, 10),), passages=PASSAGES, answer="x")
    scores = question_scores(failed)
    assert scores.pop("brier") == 1.0
    assert set(scores.values()) == {0.0}
    silent = question_scores(record(outcome="no_answer", answerable=answerable))
    assert set(scores) == set(silent) | {"answer_precision", "citation_precision"}


def test_squad_measures_do_not_apply_where_all_parts_are_needed() -> None:
    """Accepted answers are parts there; the share of needed quotes is measured instead."""
    parts = record(needs_all=True, evidence=(evidence(0, 10), evidence(50, 60)))
    scores = question_scores(parts)
    assert scores["all_recall"] == 0.5
    assert not {"exact_match", "token_f1"} & set(scores)


def test_without_a_short_answer_the_first_quote_is_the_answer() -> None:
    """SQuAD's rules need a text to compare."""
    assert question_scores(record(accepted=("xxxxxxxxxx",)))["exact_match"] == 1.0


def test_a_false_first_quote_makes_the_answer_wrong() -> None:
    """What is not in the document is not an answer from it."""
    scores = question_scores(record(citations=(cited(0, 10, verbatim=False),)))
    assert (scores["citation_hit"], scores["answer_accuracy"], scores["verbatim"]) == (0.0, 0.0, 0.0)


def test_every_score_is_a_known_measure() -> None:
    """Scores of all kinds of questions are named in MEASURES and marked as scores of a question."""
    both = (evidence(0, 10), evidence(50, 60))
    kinds = [record(), record(answerable=False), record(needs_all=True, evidence=both), record(outcome="error")]
    named = {name for kind in kinds for name in question_scores(kind)}
    assert named == {name for name, measure in MEASURES.items() if measure.per_question}


def test_measures_say_which_way_is_better() -> None:
    """Losses, times and failures should be low, everything else high."""
    low = {name for name, measure in MEASURES.items() if measure.better == "lower"}
    times = {name for name in MEASURES if name.startswith("latency_")}
    assert low == {"aurc", "brier", "ece", "errors", "timeouts", "follow_up_gap"} | times
    assert all(measure.description and measure.name == name for name, measure in MEASURES.items())
