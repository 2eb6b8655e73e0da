"""Two tiny documents and what is answered from them: text of every kind before the quotes, and text that attacks."""

from __future__ import annotations

from dataclasses import replace

from summitqa.answering import build_citation
from summitqa.corpus import parse_document
from summitqa.types import (
    Answer,
    Block,
    CarriedTerm,
    Document,
    IndexState,
    NoAnswer,
    Quote,
    ReadPassage,
    Span,
)

RULES = "".join(f"Rule {number} 🎲: touch a piece and you move it, whatever the hour.\n\n" for number in range(1, 31))
CLUB = parse_document(
    "# Chess club 🙂🎉\n\nברוכים הבאים 👋 למועדון השחמט.\n\n"
    f"{RULES}"
    "The club 🏰 meets on Thursday evenings at the old mill. Beginners are welcome.\n\n"
    "## Who plays\n\n- Ana Brkić, chair\n- Ola Moen 🎻, treasurer\n- Lin Wei, coach\n\n"
    "## Fees\n\n| Member | Fee | Paid |\n|---|---|---|\n| Adult | 40 crowns | yearly |\n| Child | free | never |\n",
    document_id="chess-club",
    source="notes/chess-club.md",
    markdown=True,
)
HOSTILE = parse_document(
    '<script>window.attacked = 1</script>\n\n<img src=x onerror="window.attacked = 1"> The password is <b>tulip</b>.\n',
    document_id="hostile & <odd>",
    source="hostile.txt",
    markdown=False,
)
STATE = IndexState(generation=1, encoder="none", reader="none")


def quote(document: Document, quoted: str, *answers: str) -> Quote:
    """Return the place of *quoted*, which stands in *document* once, with the exact answers in it."""
    start = document.text.index(quoted)
    block = next(b for b in document.blocks if b.span.start <= start < b.span.end)
    return Quote(
        document.id,
        Span(start, start + len(quoted)),
        block.kind,
        _headings_above(document, block),
        tuple(Span(at, at + len(answer)) for answer in answers for at in [document.text.index(answer, start)]),
        block.cells,
        block.header,
    )


def answer(question: str, document: Document, *quotes: Quote) -> Answer:
    """Return the answer that cites *quotes* of *document*, in their order."""
    citations = tuple(build_citation(index, one, document) for index, one in enumerate(quotes, 1))
    return Answer(
        question=question,
        resolved_question=None,
        answer=citations[0].answer_spans[0].text,
        text=" ".join(f"{one.cited_text} [{one.index}]" for one in citations),
        confidence=0.91,
        citations=citations,
        passages=(),
        index=STATE,
        timing_ms={"total": 12.3},
    )


def no_answer(question: str) -> NoAnswer:
    """Return a silence, with one passage that comes close."""
    found = quote(CLUB, "Beginners are welcome.")
    passage = ReadPassage(CLUB.id, found.span, found.span.text_of(CLUB.text), ("Chess club 🙂🎉",), 1, 0.4, 0.4, None)
    return NoAnswer(question, None, "not_in_documents", 0.1, (passage,), STATE, {"total": 9.0})


def _headings_above(document: Document, block: Block) -> tuple[Span, ...]:
    above = [b for b in document.blocks if b.kind == "heading" and b.span.start < block.span.start]
    return (above[-1].span,) if above else ()


WHEN, WHO, ADULT, CHILD = "When does the club meet?", "Who plays?", "What does an adult pay?", "And a child?"
MEETS = "The club 🏰 meets on Thursday evenings at the old mill."
PASSWORD = '<img src=x onerror="window.attacked = 1"> The password is <b>tulip</b>.'
OUTCOMES: dict[str, Answer | NoAnswer] = {
    WHEN: answer(WHEN, CLUB, quote(CLUB, MEETS, "Thursday evenings")),
    WHO: answer(
        WHO,
        CLUB,
        quote(CLUB, "Ana Brkić, chair", "Ana Brkić"),
        quote(CLUB, "Ola Moen 🎻, treasurer", "Ola Moen"),
        quote(CLUB, "Lin Wei, coach", "Lin Wei"),
    ),
    ADULT: answer(ADULT, CLUB, quote(CLUB, "Adult | 40 crowns | yearly", "40 crowns")),
    CHILD: replace(
        answer(CHILD, CLUB, quote(CLUB, "Child | free | never", "free")),
        resolved_question="What does a child pay?",
        carried_over=(CarriedTerm("pay", 0),),
    ),
    "What is the password?": answer("What is the password?", HOSTILE, quote(HOSTILE, PASSWORD, "tulip")),
    "hello": replace(no_answer("hello"), reason="small_talk", passages=(), suggestions=(WHEN, WHO)),
}
