"""The harness can fail: dishonest and broken engines, each caught by the measure meant for it, with numbers by hand.

Every engine is asked four questions about a document of five sentences: two have an answer, two have none.
"""

import dataclasses
import threading
import time
from collections.abc import Sequence

import pytest

from fair import COSTS, OPENS, RAIN, TEXT, Choice, FairTarget, answer, citation, gold, silence
from summitqa.errors import ModelRuntimeError
from summitqa.evaluation.records import Evaluation
from summitqa.evaluation.runner import run_questions
from summitqa.evaluation.summary import summarise
from summitqa.types import Answer, NoAnswer, Span

QUESTIONS = [
    gold("a", "Who opens the fair?", OPENS, answers=["Ana"]),
    gold("b", "What does it cost?", COSTS, answers=["5 crowns"]),
    gold("c", "Who closes the fair?", tags="unanswerable near-miss"),
    gold("e", "Will it snow?", tags="unanswerable near-miss"),
]
RIGHT = {"Who opens the fair?": (OPENS, "Ana"), "What does it cost?": (COSTS, "5 crowns")}


def evaluate(choose: Choice, *, timeout_s: float = 10, found: Sequence[Span] = (Span(0, 54),)) -> Evaluation:
    target = FairTarget(choose, found)
    return summarise("fair", target.system(), run_questions(QUESTIONS, target, timeout_s=timeout_s), n_resamples=50)


def figures(evaluation: Evaluation) -> dict[str, float | None]:
    return {name: figure.value for name, figure in evaluation.groups[0].figures.items()}


def answer_rightly(question: str) -> Answer | NoAnswer:
    if question not in RIGHT:
        return silence(question, confidence=0.0)
    span, short = RIGHT[question]
    return answer(question, citation(span), short=short, confidence=1.0)


def test_an_engine_that_is_right_has_perfect_measures() -> None:
    """The right sentence for each answerable question and silence otherwise; nothing is lost in the harness itself."""
    found = figures(evaluate(answer_rightly))
    perfect = """answer_accuracy answer_precision citation_hit citation_precision citation_recall exact_match token_f1
        verbatim recall@1 recall@3 recall@5 recall@10 mrr@10 ndcg@10 abstention_precision abstention_recall
        abstention_f1 auroc_silence""".split()
    assert {name: found[name] for name in perfect} == dict.fromkeys(perfect, 1.0)
    assert (found["brier"], found["ece"], found["errors"], found["timeouts"]) == (0.0, 0.0, 0.0, 0.0)
    # Two of four questions have no right answer: risks 0, 0, 1/3, 2/4; of 3.2 questions covered 2 are right.
    assert (found["aurc"], found["accuracy@80"]) == pytest.approx(((1 / 3 + 1 / 2) / 4, 2 / 3.2))


def test_one_that_always_abstains_is_caught_by_hits_and_by_precision_of_silence() -> None:
    """Four silences, two of them right: precision 2/4, recall 2/2, F1 2/3; nothing found is ever quoted."""
    found = figures(evaluate(silence))
    assert (found["citation_hit"], found["citation_recall"], found["token_f1"]) == (0.0, 0.0, 0.0)
    assert (found["abstention_precision"], found["abstention_recall"]) == (0.5, 1.0)
    assert found["abstention_f1"] == pytest.approx(2 / 3)
    assert (found["answer_accuracy"], found["aurc"], found["accuracy@80"]) == (0.5, 1.0, 0.0)
    assert found["answer_precision"] is None


def test_one_that_always_cites_the_first_sentence_is_caught_by_precision_of_answers() -> None:
    """One of four answers is right, at confidence 0.9: Brier (0.01 + 3 · 0.81) / 4, ECE 0.9 - 1/4, no separation."""
    found = figures(evaluate(lambda q: answer(q, citation(OPENS), short="Ana")))
    assert (found["answer_precision"], found["citation_hit"], found["answer_accuracy"]) == (0.25, 0.5, 0.25)
    assert (found["abstention_recall"], found["abstention_f1"], found["abstention_precision"]) == (0.0, 0.0, None)
    assert found["citation_precision"] == 0.25
    assert (found["brier"], found["ece"]) == pytest.approx((0.61, 0.65))
    assert found["auroc_silence"] == 0.5
    assert (found["aurc"], found["accuracy@80"]) == pytest.approx((0.75, 0.25))


def test_the_wrong_sentence_of_the_right_passage_is_caught_by_citations_not_by_recall() -> None:
    """The passage holds the evidence at rank 1, the third sentence cited from it holds none."""

    def choose(question: str) -> Answer | NoAnswer:
        return answer(question, citation(RAIN)) if question in RIGHT else silence(question)

    found = figures(evaluate(choose))
    assert (found["recall@1"], found["ndcg@10"], found["verbatim"]) == (1.0, 1.0, 1.0)
    caught = ("citation_hit", "citation_precision", "citation_recall", "answer_precision", "exact_match", "token_f1")
    assert {found[name] for name in caught} == {0.0}


def test_offsets_shifted_by_one_are_caught_by_the_verbatim_rate() -> None:
    """The text is right and the offsets are not: no citation is verbatim, and none can be a hit."""

    def choose(question: str) -> Answer | NoAnswer:
        if question not in RIGHT:
            return silence(question)
        span, short = RIGHT[question]
        shifted = dataclasses.replace(citation(span), span=Span(span.start + 1, span.end + 1))
        return answer(question, shifted, short=short)

    evaluation = evaluate(choose)
    found = figures(evaluation)
    assert (found["verbatim"], found["citation_hit"], found["answer_accuracy"]) == (0.0, 0.0, 0.5)
    assert [record.citations[0].verbatim for record in evaluation.records[:2]] == [False, False]


def test_quotes_shifted_by_one_with_their_text_are_caught_in_characters() -> None:
    """Verbatim and still hits, but one character of 19, and one of 18, is cited beside the evidence and one missed."""

    def choose(question: str) -> Answer | NoAnswer:
        if question not in RIGHT:
            return silence(question)
        span = Span(RIGHT[question][0].start + 1, RIGHT[question][0].end + 1)
        shifted = dataclasses.replace(citation(OPENS), span=span, cited_text=span.text_of(TEXT))
        return answer(question, shifted)

    found = figures(evaluate(choose))
    assert (found["verbatim"], found["citation_hit"]) == (1.0, 1.0)
    assert found["citation_precision"] == found["citation_recall"] == pytest.approx((18 / 19 + 17 / 18) / 2)


def test_one_that_hangs_is_caught_by_timeouts() -> None:
    """All four are timeouts, listed, and zero everywhere; the time waited is the latency."""
    hold = threading.Event()

    def choose(question: str) -> Answer | NoAnswer:
        hold.wait()
        return answer_rightly(question)

    evaluation = evaluate(choose, timeout_s=0.02)
    hold.set()
    found = figures(evaluation)
    assert (found["timeouts"], found["errors"], found["latency_total_p50"]) == (4.0, 0.0, 20.0)
    assert (found["citation_hit"], found["answer_accuracy"], found["abstention_recall"]) == (0.0, 0.0, 0.0)
    assert [record.error for record in evaluation.records] == ["no answer within 0.02 s"] * 4


def test_one_that_is_slow_is_caught_by_the_clock_of_the_runner() -> None:
    """It sleeps for 20 ms and says that it took 0.001 ms; a sleep is never shorter than asked for."""

    def choose(question: str) -> Answer | NoAnswer:
        time.sleep(0.02)
        return dataclasses.replace(silence(question), timing_ms={"total": 0.001})

    assert (figures(evaluate(choose))["latency_total_p50"] or 0.0) >= 19.0


def test_one_that_raises_is_caught_by_errors_and_scores_zero() -> None:
    """All four failed and are listed; no mean leaves them out, and their sureness counts as misplaced."""

    def choose(_: str) -> Answer | NoAnswer:
        raise ModelRuntimeError("broken")

    evaluation = evaluate(choose)
    found = figures(evaluation)
    assert (found["errors"], found["timeouts"]) == (4.0, 0.0)
    zero = """answer_accuracy answer_precision citation_hit citation_precision citation_recall exact_match token_f1
        recall@10 mrr@10 ndcg@10 abstention_precision abstention_recall abstention_f1 auroc_silence
        accuracy@80""".split()
    assert {name: found[name] for name in zero} == dict.fromkeys(zero, 0.0)
    assert (found["brier"], found["ece"], found["aurc"]) == (1.0, 1.0, 1.0)
    assert [record.error for record in evaluation.records] == ["ModelRuntimeError: broken"] * 4


def test_raising_instead_of_abstaining_gains_nothing() -> None:
    """For one that fails on what it does not know silence is not recalled, and half of its answers are wrong."""

    def choose(question: str) -> Answer | NoAnswer:
        if question not in RIGHT:
            raise ModelRuntimeError("broken")
        return answer_rightly(question)

    found = figures(evaluate(choose))
    assert (found["abstention_recall"], found["answer_accuracy"], found["answer_precision"]) == (0.0, 0.5, 0.5)
    assert found["auroc_silence"] == 0.0


def test_one_that_cites_everything_is_caught_by_precision() -> None:
    """The whole text of 89 characters holds every answer: all hits, but 19 and 18 characters of 89 are evidence."""

    def choose(question: str) -> Answer | NoAnswer:
        return answer(question, citation(Span(0, 89))) if question in RIGHT else silence(question)

    found = figures(evaluate(choose))
    assert (found["citation_hit"], found["citation_recall"]) == (1.0, 1.0)
    assert found["citation_precision"] == pytest.approx((19 / 89 + 18 / 89) / 2)


def test_an_answer_without_a_citation_is_caught_by_the_verbatim_rate() -> None:
    """The right words without a quote are worth nothing here."""
    found = figures(evaluate(lambda q: answer(q, short="Ana")))
    assert (found["verbatim"], found["citation_hit"], found["exact_match"], found["answer_precision"]) == (0, 0, 0, 0)
