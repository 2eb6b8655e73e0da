"""An answer, or a silence with its reason."""

import pytest

from summitqa.answering import Evidence, compose_outcome
from summitqa.types import Answer, Document, Hit, IndexState, NoAnswer, Passage, Quote, Span

TEXT = "The ferry sails at noon. The ferry sails at noon."
FIRST, SECOND = Span(0, 24), Span(25, 49)
DOCUMENT = Document(id="d", title="Ferry", text=TEXT, blocks=())
HIT = Hit(Passage("p", "d", Span(0, 49), "paragraph", (FIRST, SECOND)), row=0, score=1.0, rank=1, dense=0.6)


def evidence(
    question: str, probability: float, *, hits: tuple[Hit, ...] = (HIT,), quotes: tuple[Quote, ...] = ()
) -> Evidence:
    quotes = quotes or (Quote("d", FIRST, "paragraph"),)
    return Evidence(question, None, hits, len(hits), quotes, probability, 0.5, IndexState(1, "e", "r"))


def compose(given: Evidence) -> Answer | NoAnswer:
    return compose_outcome(given, lambda _: DOCUMENT, {})


def test_a_probable_quote_is_an_answer_with_its_marker() -> None:
    """The text is the quote and its marker, nothing else."""
    outcome = compose(evidence("When does the ferry sail?", 0.5))
    assert isinstance(outcome, Answer)
    assert outcome.text == "The ferry sails at noon. [1]"


def test_the_same_statement_twice_is_one_citation() -> None:
    """The second place is kept beside the first."""
    quotes = (Quote("d", FIRST, "paragraph"), Quote("d", SECOND, "paragraph"))
    outcome = compose(evidence("When does the ferry sail?", 0.9, quotes=quotes))
    assert isinstance(outcome, Answer)
    assert [place.span for place in outcome.citations[0].also_at] == [SECOND]


@pytest.mark.parametrize(
    ("question", "probability", "hits", "reason"),
    [
        ("When does the ferry sail?", 0.4, (HIT,), "low_confidence"),
        ("Who steers the ferry?", 0.1, (HIT,), "not_in_documents"),
        ("Do whales sleep?", 0.1, (Hit(HIT.passage, 0, 1.0, 1, dense=0.05),), "off_topic"),
        ("Do whales sleep?", 0.0, (), "empty_index"),
    ],
)
def test_silence_has_its_reason(question: str, probability: float, hits: tuple[Hit, ...], reason: str) -> None:
    """Close, absent, elsewhere and nothing at all are told apart; there is no citation by type."""
    outcome = compose(evidence(question, probability, hits=hits))
    assert isinstance(outcome, NoAnswer)
    assert outcome.reason == reason
    assert len(outcome.passages) == len(hits)


def test_an_answer_to_a_question_on_another_topic_has_no_probability() -> None:
    """Without a common word and far from all that was found, even a probable quote is not trusted."""
    far = (Hit(HIT.passage, 0, 1.0, 1, dense=0.2),)
    outcome = compose(evidence("Do whales sleep?", 0.9, hits=far))
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.confidence) == ("off_topic", 0.0)
    assert isinstance(compose(evidence("Do whales sleep?", 0.9)), Answer)
    assert isinstance(compose(evidence("What was it about?", 0.9, hits=far)), Answer)


def test_a_silence_shows_a_few_passages() -> None:
    """Not all that were read."""
    hits = tuple(Hit(HIT.passage, row, 1.0, row + 1, dense=0.6) for row in range(9))
    assert len(compose(evidence("Who steers the ferry?", 0.1, hits=hits)).passages) == 4
