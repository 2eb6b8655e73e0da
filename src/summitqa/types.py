"""The values that flow through summitqa: spans, documents, passages, hits, quotes, answers.

Everything here is frozen data without behaviour beyond checking itself. Offsets are Unicode code
points in a document's canonical text, half-open. This module knows nothing of files, models, indexes
or HTTP, and imports only the standard library.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "table_row"]
NoAnswerReason = Literal["not_in_documents", "off_topic", "low_confidence", "empty_index", "small_talk"]
VerifyStatus = Literal["valid", "moved", "stale", "unknown_document"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points ``[start, end)`` in a canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Raise ``ValueError`` unless ``0 <= start <= end``."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        """Return the number of code points covered."""
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        """Tell whether *other* lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def text_of(self, text: str) -> str:
        """Return the characters of *text* this span covers.

        Raises:
            ValueError: if the span reaches beyond the end of *text*.
        """
        if self.end > len(text):
            raise ValueError(f"span [{self.start}, {self.end}) exceeds a text of {len(text)}")
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A structural piece of a document.

    Attributes:
        kind: what the block is.
        span: its quotable text, without bullets, hash marks or outer pipes.
        level: 1 to 6 for a heading, ``None`` otherwise.
        introduction: for list items and table rows, the sentence that introduces the list or table.
        cells: for a table row, the spans of its cells, left to right; empty cells are empty spans.
        header: for a table row, the spans of the header cells, aligned with ``cells`` as far as both
            reach. A header row itself has ``header == cells``.
    """

    kind: BlockKind
    span: Span
    level: int | None = None
    introduction: Span | None = None
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()

    @property
    def is_table_header(self) -> bool:
        """Tell whether this row is its table's header."""
        return self.kind == "table_row" and self.cells == self.header


@dataclass(frozen=True, slots=True)
class Document:
    """One source: its canonical text and the blocks found in it, in reading order."""

    id: str
    title: str
    text: str
    blocks: tuple[Block, ...]
    source: str = ""
    sha256: str = field(default="")

    def __post_init__(self) -> None:
        """Fill in the digest of the text, or check the one that was given.

        Raises:
            ValueError: if a digest is given that is not the text's.
        """
        actual = text_sha256(self.text)
        if not self.sha256:
            object.__setattr__(self, "sha256", actual)
        elif self.sha256 != actual:
            raise ValueError(f"document {self.id}: text has SHA-256 {actual}, not {self.sha256}")


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a list of documents shows of each; sizes in code points and counts."""

    id: str
    title: str
    sha256: str
    source: str
    n_characters: int
    n_passages: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and retrieved: a contiguous span of one document, with its context.

    The text is derived from the document, never stored beside it.

    Attributes:
        id: content-derived, stable across runs.
        document_id: the document it is a span of.
        span: the passage in the canonical text.
        kind: the kind of its blocks; a passage never mixes kinds.
        units: the quotable units inside, in order: sentences, list items, or the one table row.
        heading_path: headings above it, outermost first; used for matching, never quoted.
        introduction: the sentence that introduces its list or table.
        cells: for a table row, its cells.
        header: for a table row, the header cells aligned with ``cells``.
    """

    id: str
    document_id: str
    span: Span
    kind: BlockKind
    units: tuple[Span, ...]
    heading_path: tuple[Span, ...] = ()
    introduction: Span | None = None
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score and rank for one question.

    Attributes:
        row: the passage's position in the index.
        score: the fused score, larger is better.
        rank: 1 for the best.
        dense: cosine of question and passage, ``None`` if that leg did not return it.
        lexical: BM25 score (positive, larger is better), ``None`` if that leg did not return it.
    """

    passage: Passage
    row: int
    score: float
    rank: int
    dense: float | None = None
    lexical: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A span that a reader proposes for a question.

    Attributes:
        view: position of the reading view it was found in, in the order given to the reader.
        unit: the quotable unit that holds it, in the document.
        answer: the shortest exact answer inside the unit, ``None`` if the reader found none.
        joined: further exact answers that the unit joins to it ("Ana and *Ilse*").
        score: on one scale across all views of a question, larger is better.
        probability: the reader's own estimate in [0, 1] that the unit answers the question.
    """

    view: int
    unit: Span
    answer: Span | None
    score: float
    probability: float
    joined: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim span chosen as (part of) an answer, with the exact answers inside it.

    Attributes:
        document_id: the document the spans lie in.
        span: what is quoted: a sentence (two, where the first is a bare "Yes."), list item or table row.
        kind: the kind of block it stands in.
        heading_path: headings above it, outermost first.
        answers: exact answers inside ``span``, in order.
        cells: for a table row, its cells.
        header: for a table row, the header cells aligned with ``cells``.
    """

    document_id: str
    span: Span
    kind: BlockKind
    heading_path: tuple[Span, ...] = ()
    answers: tuple[Span, ...] = ()
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """An exact answer inside a cited text, and its characters."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class TableCells:
    """The header and the row a cited table row stands in, as text."""

    header: tuple[str, ...]
    row: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with everything needed to check it. See :func:`summitqa.answering.build_citation`."""

    index: int
    document_id: str
    document_title: str
    document_sha256: str
    span: Span
    cited_text: str
    answer_spans: tuple[AnswerSpan, ...]
    prefix: str
    suffix: str
    heading_path: tuple[str, ...]
    block: BlockKind
    table: TableCells | None = None
    also_at: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Another place where the same statement stands."""

    document_id: str
    document_title: str
    document_sha256: str
    span: Span


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage that was read for a question, with its scores, as shown beside an answer."""

    document_id: str
    span: Span
    text: str
    heading_path: tuple[str, ...]
    rank: int
    score: float
    dense: float | None
    lexical: float | None


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, with the text of what was quoted for it, where that is known."""

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class CarriedTerm:
    """Words that a question took over from an earlier turn; ``turn`` counts from the oldest, which is 0."""

    term: str
    turn: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was taken for a typing mistake, and the word it was read as."""

    typed: str
    corrected: str


@dataclass(frozen=True, slots=True)
class IndexState:
    """What answered: the index generation and the identities of the models."""

    generation: int
    encoder: str
    reader: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The documents answer the question: quotes, each with its citation.

    ``passages_skipped`` counts passages that were worth reading and left out to keep within a time budget. ``note``
    says what the quotes do not do, for a question that asks for more than quotes.
    """

    question: str
    resolved_question: str | None
    answer: str | None
    text: str
    confidence: float
    citations: tuple[Citation, ...]
    passages: tuple[ReadPassage, ...]
    index: IndexState
    timing_ms: dict[str, float] = field(default_factory=dict, compare=False)
    passages_skipped: int = 0
    carried_over: tuple[CarriedTerm, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The documents don't say, or not clearly enough, or nothing was asked; carries no citation by type.

    ``passages_skipped`` and ``note`` are as in :class:`Answer`. ``suggestions`` are questions to ask instead.
    """

    question: str
    resolved_question: str | None
    reason: NoAnswerReason
    confidence: float
    passages: tuple[ReadPassage, ...]
    index: IndexState
    timing_ms: dict[str, float] = field(default_factory=dict, compare=False)
    passages_skipped: int = 0
    carried_over: tuple[CarriedTerm, ...] = ()
    corrections: tuple[Correction, ...] = ()
    note: str | None = None
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of checking a citation against the documents as they are now.

    Attributes:
        status: ``valid`` at the given offsets, ``moved`` to ``span``, ``stale`` when the text is no
            longer in the document, or ``unknown_document``.
        span: where the text stands now, for ``valid`` and ``moved``.
        document_sha256: digest of the document as it is now, ``None`` if there is no such document.
    """

    status: VerifyStatus
    span: Span | None
    document_sha256: str | None


def text_sha256(text: str) -> str:
    """Return the hexadecimal SHA-256 of *text* encoded as UTF-8."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
