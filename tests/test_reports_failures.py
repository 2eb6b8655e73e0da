"""Which questions failed, how, and the quotes in their context."""

from dataclasses import replace

from report_samples import COSTS, OPENS, RAIN, TEXT, evaluation, record
from summitqa.evaluation.records import Excerpt
from summitqa.evaluation.reports.failures import Passage, explain, find_failures


def test_what_is_right_is_no_failure() -> None:
    """Of the four questions, the wrong sentence and the crash are failures, in this order."""
    assert [(f.record.id, f.kind, f.reason) for f in find_failures(evaluation())] == [
        ("b", "wrong quote", "wrong quote"),
        ("e", "no result", "failed: ModelRuntimeError: broken"),
    ]


def test_expected_and_given_are_cut_out_of_their_context() -> None:
    """The quote is where its offsets say, with what stands before and after it."""
    failure = find_failures(evaluation())[0]
    assert failure.expected == (Passage("fair", TEXT[:20], "It costs 5 crowns.", " Rain is likely.…"),)
    assert failure.given == (Passage("fair", TEXT[:39], "Rain is likely.", ""),)


def test_a_context_that_begins_later_is_marked_by_offset() -> None:
    """An excerpt from character 16 on begins with an ellipsis, and the quote is still in its place."""
    (failure,) = find_failures(
        evaluation(records=[record("b", COSTS, RAIN, evidence_context=(Excerpt(TEXT[14:40], 14),))])
    )
    assert failure.expected == (Passage("fair", "…fair. ", "It costs 5 crowns.", " R…"),)


def test_a_context_without_the_quote_is_not_shown() -> None:
    """A quote that is not in its place is shown alone, never looked for elsewhere."""
    wrong = record("b", COSTS, RAIN)
    moved = replace(wrong, citations=(replace(wrong.citations[0], context_start=7),), evidence_context=())
    (failure,) = find_failures(evaluation(records=[moved]))
    assert failure.given == (Passage("fair", "", "Rain is likely.", ""),)
    assert failure.expected == (Passage("fair", "", "It costs 5 crowns.", ""),)


def test_every_way_to_fail_has_its_words() -> None:
    """Silence, an answer where there is none, and a timeout are told apart."""
    assert explain(record("x", OPENS, None)) == "no answer (not in documents)"
    assert explain(record("x", None, RAIN)) == "answered, though the documents do not say"
    assert explain(record("x", OPENS, None, outcome="timeout", error="no answer within 5 s")) == "took too long"
