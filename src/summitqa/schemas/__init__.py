"""The JSON that summitqa gives out: one shape for the terminal, HTTP and evaluation.

Owns the response models and the way to them from the values of :mod:`summitqa.types`. Knows nothing of
HTTP, engines or files.
"""

from summitqa.schemas.conversion import (
    NO_ANSWER_TEXTS,
    answer_to_json,
    citation_to_json,
    document_info_to_json,
    document_to_json,
    document_url,
    index_to_json,
    passage_to_json,
    span_url,
    verification_to_json,
)
from summitqa.schemas.models import (
    AnswerResponse,
    AnswerSpanResponse,
    BlockResponse,
    CarriedTermResponse,
    CitationResponse,
    CorrectionResponse,
    DocumentInfoResponse,
    DocumentResponse,
    DocumentsResponse,
    IndexResponse,
    PassageResponse,
    PlaceResponse,
    ReadyResponse,
    SearchResponse,
    SpanResponse,
    TableResponse,
    VerificationResponse,
    VersionResponse,
)

__all__ = [
    "NO_ANSWER_TEXTS",
    "AnswerResponse",
    "AnswerSpanResponse",
    "BlockResponse",
    "CarriedTermResponse",
    "CitationResponse",
    "CorrectionResponse",
    "DocumentInfoResponse",
    "DocumentResponse",
    "DocumentsResponse",
    "IndexResponse",
    "PassageResponse",
    "PlaceResponse",
    "ReadyResponse",
    "SearchResponse",
    "SpanResponse",
    "TableResponse",
    "VerificationResponse",
    "VersionResponse",
    "answer_to_json",
    "citation_to_json",
    "document_info_to_json",
    "document_to_json",
    "document_url",
    "index_to_json",
    "passage_to_json",
    "span_url",
    "verification_to_json",
]
