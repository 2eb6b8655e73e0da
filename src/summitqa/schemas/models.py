"""The models of the JSON that summitqa gives out. Offsets are code points in the canonical text, half-open.

Field names follow Anthropic's ``char_location`` citations where they overlap.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from summitqa.types import BlockKind, NoAnswerReason, VerifyStatus


class _Response(BaseModel):
    """Base of all models given out: frozen, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SpanResponse(_Response):
    """A half-open range of code points in a document's canonical text."""

    start_char_index: int = Field(ge=0, description="First code point of the range.")
    end_char_index: int = Field(ge=0, description="Code point after the last one of the range.")


class AnswerSpanResponse(SpanResponse):
    """An exact answer inside a quote."""

    text: str = Field(description="The characters of the range.")


class TableResponse(_Response):
    """The header and the row that a quoted table row consists of."""

    header: list[str]
    row: list[str]


class PlaceResponse(SpanResponse):
    """Another place where the same statement stands."""

    document_id: str
    document_title: str
    document_sha256: str
    url: str


class CitationResponse(_Response):
    """A quote with everything needed to check it."""

    index: int = Field(ge=1, description="The number of the citation's mark in the answer's text, as in [1].")
    document_id: str
    document_title: str
    document_sha256: str = Field(description="SHA-256 of the canonical text the offsets count in, as UTF-8.")
    start_char_index: int = Field(ge=0)
    end_char_index: int = Field(ge=0)
    cited_text: str = Field(description="Exactly the code points from start to end of the document's canonical text.")
    answer_spans: list[AnswerSpanResponse] = Field(description="Exact answers inside the quote; document offsets.")
    prefix: str = Field(description="The characters before the quote.")
    suffix: str = Field(description="The characters after the quote.")
    heading_path: list[str] = Field(description="The headings above the quote, outermost first.")
    block: BlockKind
    table: TableResponse | None = Field(description="For a table row, its cells and their header.")
    also_at: list[PlaceResponse] = Field(description="Other places where the same statement stands.")
    url: str = Field(description="The page of the document, opened at the quote (RFC 5147 fragment).")


class PassageResponse(SpanResponse):
    """A passage that was read for a question, with its scores; larger is better."""

    document_id: str
    text: str
    heading_path: list[str]
    rank: int = Field(ge=1)
    score: float = Field(description="The fused score the passages are ranked by.")
    dense: float | None = Field(description="Cosine of question and passage; null if found by words only.")
    lexical: float | None = Field(description="BM25 score; null if found by meaning only.")
    url: str


class IndexResponse(_Response):
    """What answered: the state of the index and the identities of the models."""

    generation: int
    encoder: str
    reader: str


class CarriedTermResponse(_Response):
    """Words that the question took over from an earlier turn."""

    term: str
    turn: int = Field(ge=0, description="Which of the earlier questions they came from; the oldest is 0.")


class CorrectionResponse(_Response):
    """A word taken for a typing mistake, and the word it was read as."""

    typed: str
    corrected: str


class AnswerResponse(_Response):
    """The answer to a question, or the statement that the documents don't answer it."""

    question: str
    resolved_question: str | None = Field(description="The question as it was understood; null when unchanged.")
    carried_over: list[CarriedTermResponse] = Field([], description="What it took over from earlier turns.")
    corrections: list[CorrectionResponse] = Field([], description="Typing mistakes that were corrected.")
    outcome: Literal["answered", "no_answer"]
    reason: NoAnswerReason | None = Field(description="Why there is no answer; null when answered.")
    answer: str | None = Field(description="The shortest exact answer; null if none was found.")
    text: str = Field(description="The quotes with their marks, nothing else; or a sentence saying there is none.")
    note: str | None = Field(None, description="What quotes cannot do for this question; null where they suffice.")
    suggestions: list[str] = Field([], description="Questions to ask instead, from the documents' headings.")
    confidence: float = Field(description="Calibrated probability that the quote answers the question.")
    citations: list[CitationResponse]
    passages: list[PassageResponse] = Field(description="What was read; without an answer, the closest passages.")
    passages_skipped: int = Field(
        0, description="Passages worth reading that were left out to keep within budget_ms; 0 without a budget."
    )
    timing_ms: dict[str, float]
    index: IndexResponse


class SearchResponse(_Response):
    """The passages closest to a question, best first."""

    question: str
    passages: list[PassageResponse]
    index: IndexResponse


class VerificationResponse(_Response):
    """Whether a quote still stands in its document, and where."""

    status: VerifyStatus
    start_char_index: int | None = Field(description="Where the quote stands now; null unless valid or moved.")
    end_char_index: int | None
    document_sha256: str | None = Field(description="Digest of the document as it is now; null if there is none.")
    url: str | None


class DocumentInfoResponse(_Response):
    """One line of the list of documents."""

    id: str
    title: str
    sha256: str
    source: str
    n_characters: int
    n_passages: int
    modified: str | None = Field(None, description="When its file was last changed, in UTC; null if that is unknown.")
    url: str


class DocumentsResponse(_Response):
    """The documents in the index, by id."""

    documents: list[DocumentInfoResponse]
    suggestions: list[str] = Field([], description="Questions to begin with, from the documents' headings.")


class BlockResponse(SpanResponse):
    """A structural piece of a document, as ranges of its canonical text."""

    kind: BlockKind
    level: int | None = Field(description="1 to 6 for a heading.")
    introduction: SpanResponse | None = Field(description="The sentence that introduces the list or table.")
    cells: list[SpanResponse] = Field(description="The cells of a table row, left to right.")
    header: list[SpanResponse] = Field(description="The header cells aligned with them.")


class DocumentResponse(_Response):
    """One document and its blocks; its text is at ``text_url``."""

    id: str
    title: str
    sha256: str
    source: str
    n_characters: int
    url: str
    text_url: str
    blocks: list[BlockResponse]


class ReadyResponse(_Response):
    """The index is open, and what answers from it."""

    status: Literal["ready"]
    index: IndexResponse


class VersionResponse(_Response):
    """What runs."""

    name: Literal["summitqa"]
    version: str
