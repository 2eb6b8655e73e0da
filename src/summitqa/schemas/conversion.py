"""From the values of :mod:`summitqa.types` to the models that are given out.

Keys come in the order the models declare and numbers are rounded, so that the same index and question
give the same JSON, ``timing_ms`` apart.
"""

from __future__ import annotations

from urllib.parse import quote

from summitqa.schemas.models import (
    AnswerResponse,
    AnswerSpanResponse,
    BlockResponse,
    CarriedTermResponse,
    CitationResponse,
    CorrectionResponse,
    DocumentInfoResponse,
    DocumentResponse,
    IndexResponse,
    PassageResponse,
    PlaceResponse,
    SpanResponse,
    TableResponse,
    VerificationResponse,
)
from summitqa.types import (
    Answer,
    Block,
    Citation,
    Document,
    DocumentInfo,
    IndexState,
    NoAnswer,
    NoAnswerReason,
    Place,
    ReadPassage,
    Span,
    Verification,
)

NO_ANSWER_TEXTS: dict[NoAnswerReason, str] = {
    "not_in_documents": "The documents don't say.",
    "off_topic": "The documents are not about this.",
    "low_confidence": "The documents don't say it clearly enough to be quoted.",
    "empty_index": "There are no documents to answer from.",
    "small_talk": "Ask me something about the documents: I answer with quotes from them and say where they stand.",
}
"""What stands in ``text`` when there is no answer."""


def answer_to_json(answer: Answer | NoAnswer) -> AnswerResponse:
    """Return *answer* in the shape that every surface gives out."""
    if isinstance(answer, Answer):
        reason, exact, text, citations = None, answer.answer, answer.text, answer.citations
    else:
        reason, exact, text, citations = answer.reason, None, NO_ANSWER_TEXTS[answer.reason], ()
    return AnswerResponse(
        question=answer.question,
        resolved_question=answer.resolved_question,
        carried_over=[CarriedTermResponse(term=one.term, turn=one.turn) for one in answer.carried_over],
        corrections=[CorrectionResponse(typed=one.typed, corrected=one.corrected) for one in answer.corrections],
        outcome="answered" if reason is None else "no_answer",
        reason=reason,
        answer=exact,
        text=text,
        note=answer.note,
        suggestions=list(answer.suggestions) if isinstance(answer, NoAnswer) else [],
        confidence=_rounded(answer.confidence),
        citations=[citation_to_json(citation) for citation in citations],
        passages=[passage_to_json(passage) for passage in answer.passages],
        passages_skipped=answer.passages_skipped,
        timing_ms={step: _rounded(ms, 2) for step, ms in answer.timing_ms.items()},
        index=index_to_json(answer.index),
    )


def citation_to_json(citation: Citation) -> CitationResponse:
    """Return *citation* with its offsets, its context and its address."""
    table = citation.table
    return CitationResponse(
        index=citation.index,
        document_id=citation.document_id,
        document_title=citation.document_title,
        document_sha256=citation.document_sha256,
        start_char_index=citation.span.start,
        end_char_index=citation.span.end,
        cited_text=citation.cited_text,
        answer_spans=[
            AnswerSpanResponse(start_char_index=a.span.start, end_char_index=a.span.end, text=a.text)
            for a in citation.answer_spans
        ],
        prefix=citation.prefix,
        suffix=citation.suffix,
        heading_path=list(citation.heading_path),
        block=citation.block,
        table=None if table is None else TableResponse(header=list(table.header), row=list(table.row)),
        also_at=[_place_to_json(place) for place in citation.also_at],
        url=span_url(citation.document_id, citation.span),
    )


def passage_to_json(passage: ReadPassage) -> PassageResponse:
    """Return a passage that was read, with its scores to four digits."""
    return PassageResponse(
        document_id=passage.document_id,
        start_char_index=passage.span.start,
        end_char_index=passage.span.end,
        text=passage.text,
        heading_path=list(passage.heading_path),
        rank=passage.rank,
        score=_rounded(passage.score),
        dense=None if passage.dense is None else _rounded(passage.dense),
        lexical=None if passage.lexical is None else _rounded(passage.lexical),
        url=span_url(passage.document_id, passage.span),
    )


def index_to_json(state: IndexState) -> IndexResponse:
    """Return what answered."""
    return IndexResponse(generation=state.generation, encoder=state.encoder, reader=state.reader)


def verification_to_json(document_id: str, verification: Verification) -> VerificationResponse:
    """Return the outcome of checking a quote of the document *document_id*."""
    span = verification.span
    return VerificationResponse(
        status=verification.status,
        start_char_index=None if span is None else span.start,
        end_char_index=None if span is None else span.end,
        document_sha256=verification.document_sha256,
        url=None if span is None else span_url(document_id, span),
    )


def document_info_to_json(info: DocumentInfo, modified: str | None = None) -> DocumentInfoResponse:
    """Return one line of the list of documents; *modified* is when its file was last changed, if that is known."""
    return DocumentInfoResponse(
        id=info.id,
        title=info.title,
        sha256=info.sha256,
        source=info.source,
        n_characters=info.n_characters,
        n_passages=info.n_passages,
        modified=modified,
        url=document_url(info.id),
    )


def document_to_json(document: Document) -> DocumentResponse:
    """Return *document* with its blocks, without its text."""
    return DocumentResponse(
        id=document.id,
        title=document.title,
        sha256=document.sha256,
        source=document.source,
        n_characters=len(document.text),
        url=document_url(document.id),
        text_url=f"/v1{document_url(document.id)}/text",
        blocks=[_block_to_json(block) for block in document.blocks],
    )


def document_url(document_id: str) -> str:
    """Return the path of a document's page; the id is percent-encoded."""
    return f"/documents/{quote(document_id, safe='')}"


def span_url(document_id: str, span: Span) -> str:
    """Return the path of a document's page opened at *span*, with an RFC 5147 ``char`` fragment."""
    return f"{document_url(document_id)}#char={span.start},{span.end}"


def _place_to_json(place: Place) -> PlaceResponse:
    return PlaceResponse(
        document_id=place.document_id,
        document_title=place.document_title,
        document_sha256=place.document_sha256,
        start_char_index=place.span.start,
        end_char_index=place.span.end,
        url=span_url(place.document_id, place.span),
    )


def _block_to_json(block: Block) -> BlockResponse:
    return BlockResponse(
        start_char_index=block.span.start,
        end_char_index=block.span.end,
        kind=block.kind,
        level=block.level,
        introduction=None if block.introduction is None else _span_to_json(block.introduction),
        cells=[_span_to_json(cell) for cell in block.cells],
        header=[_span_to_json(cell) for cell in block.header],
    )


def _span_to_json(span: Span) -> SpanResponse:
    return SpanResponse(start_char_index=span.start, end_char_index=span.end)


def _rounded(number: float, digits: int = 4) -> float:
    """Round, and turn the minus zero that rounding may leave into zero."""
    return round(number, digits) + 0.0
