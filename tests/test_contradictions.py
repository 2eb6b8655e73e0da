"""Two places that give different values for the same question are both shown."""

from summitqa.answering import select_quotes
from summitqa.chunking import split_passages
from summitqa.corpus import parse_document
from summitqa.reading import build_view
from summitqa.testing import HashingEncoder
from summitqa.types import Reading, Span

TEXTS = {
    "letter": "The outage lasted 40 minutes. It began at noon.",
    "report": "The outage lasted 55 minutes. Nobody was hurt in 3 places.",
}
DOCUMENTS = {name: parse_document(text, document_id=name, source=name, markdown=False) for name, text in TEXTS.items()}
VIEWS = [
    build_view(passage, document.text)
    for document in DOCUMENTS.values()
    for passage in split_passages(document, HashingEncoder(), max_tokens=60)
]


def reading(text: str, answer: str, probability: float) -> Reading:
    for number, view in enumerate(VIEWS):
        whole = DOCUMENTS[view.passage.document_id].text
        for unit in view.passage.units:
            if unit.text_of(whole) == text:
                start = whole.index(answer)
                return Reading(number, unit, Span(start, start + len(answer)), probability, probability)
    raise AssertionError(text)


FIRST = reading("The outage lasted 40 minutes.", "40 minutes", 0.8)
OTHER = reading("The outage lasted 55 minutes.", "55 minutes", 0.6)
ASIDE = reading("Nobody was hurt in 3 places.", "3", 0.5)


def quoted(question: str, *readings: Reading) -> list[str]:
    selection = select_quotes(question, readings, VIEWS, DOCUMENTS.__getitem__)
    return [quote.document_id for quote in selection.quotes]


def test_two_values_are_both_shown() -> None:
    """The letter says 40 minutes and the report 55: both are quoted, the surer one first."""
    assert quoted("How long did the outage last?", FIRST, OTHER, ASIDE) == ["letter", "report"]


def test_a_much_less_probable_value_is_not_shown() -> None:
    """What the reader hardly believes contradicts nothing."""
    doubtful = reading("The outage lasted 55 minutes.", "55 minutes", 0.2)
    assert quoted("How long did the outage last?", FIRST, doubtful) == ["letter"]


def test_only_values_can_contradict() -> None:
    """A question for something else than a number or a time gets the best quote alone."""
    assert quoted("What lasted?", FIRST, OTHER) == ["letter"]
