"""A tiny document with gold questions, and a target whose behaviour is a function: for tests of runner and harness."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from summitqa.answering import build_citation
from summitqa.errors import DocumentNotFoundError
from summitqa.evaluation.gold import EvidenceSpans, GoldQuestion
from summitqa.types import Answer, Citation, Document, IndexState, NoAnswer, Place, Quote, ReadPassage, Span

#       0                    20                  38               55
TEXT = "Ana opens the fair. It costs 5 crowns. Rain is likely.\nTents are dry. Ana opens the fair.\n"
OPENS, COSTS, RAIN, TENTS, AGAIN = Span(0, 19), Span(20, 38), Span(39, 54), Span(55, 69), Span(70, 89)
FAIR = Document(id="fair", title="Fair", text=TEXT, blocks=())
STATE = IndexState(1, "encoder", "reader")

Choice = Callable[[str], Answer | NoAnswer]


def gold(identity: str, question: str, *spans: Span, answers: Sequence[str] = (), tags: str = "fact") -> GoldQuestion:
    """Return a question that the sentences at *spans* answer, an unanswerable one without any."""
    evidence = tuple(EvidenceSpans("fair", span.text_of(TEXT), (span,)) for span in spans)
    return GoldQuestion(identity, question, (), bool(spans), tuple(answers), evidence, frozenset(tags.split()), None)


def citation(span: Span, *, also_at: Sequence[Span] = (), number: int = 1) -> Citation:
    """Return the true citation of a span."""
    places = [Place("fair", "Fair", FAIR.sha256, span) for span in also_at]
    return build_citation(number, Quote("fair", span, "paragraph"), FAIR, places)


def answer(question: str, *citations: Citation, short: str | None = None, confidence: float = 0.9) -> Answer:
    """Return an answer of these citations."""
    text = " ".join(citation.cited_text for citation in citations)
    return Answer(question, None, short, text, confidence, citations, (), STATE, {"read": 2.0, "total": 3.0})


def silence(question: str, confidence: float = 0.1) -> NoAnswer:
    """Return a silence."""
    return NoAnswer(question, None, "not_in_documents", confidence, (), STATE, {"read": 2.0, "total": 3.0})


class FairTarget:
    """Answers as *choose* says and finds the passages *found*; remembers what it was asked and searched for."""

    def __init__(self, choose: Choice, found: Sequence[Span] = (Span(0, 54), Span(55, 89))) -> None:
        self._choose = choose
        self._found = found
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.searched: list[str] = []

    def ask(self, question: str, history: Sequence[str]) -> Answer | NoAnswer:
        """Answer."""
        self.asked.append((question, tuple(history)))
        return self._choose(question)

    def search(self, question: str, k: int) -> Sequence[ReadPassage]:
        """Return the same passages for every question."""
        self.searched.append(question)
        return [
            ReadPassage("fair", span, span.text_of(TEXT), (), rank, 1 / rank, None, None)
            for rank, span in enumerate(self._found[:k], start=1)
        ]

    def document(self, document_id: str) -> Document:
        """Return the only document."""
        if document_id != "fair":
            raise DocumentNotFoundError(f"no document {document_id!r}")
        return FAIR

    def system(self) -> dict[str, str]:
        """Return nothing of interest."""
        return {"encoder": "none"}
