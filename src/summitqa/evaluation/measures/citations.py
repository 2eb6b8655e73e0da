"""Citations against gold evidence, counted in characters.

Only a verbatim citation can be right: what a citation claims and the document does not say is no evidence. The other
places of a statement (``also_at``) stand for the citation as well as its own, so a statement that is made twice is
right wherever the gold quotes it.
Source of the definitions in characters: Gao et al., *Enabling LLMs to Generate Text with Citations* (ALCE, 2023) for
precision and recall of citations; characters instead of a judge's verdict, because here both sides are spans.
"""

from __future__ import annotations

from collections.abc import Sequence

from summitqa.evaluation.measures.places import (
    Expected,
    Place,
    common,
    covered,
    evidence_places,
    size_of,
    size_of_common,
    union_of,
)
from summitqa.evaluation.records import CitedQuote


def citation_hit(expected: Expected, place: Place) -> float:
    """Return 1 if at least half of the cited characters, or half of a gold quote, are common to both."""
    document_id, span = place
    for other, evidence in evidence_places(expected):
        shared = common(span, evidence) if other == document_id else 0
        if shared and shared * 2 >= min(len(span), len(evidence)):
            return 1.0
    return 0.0


def first_citation_hit(expected: Expected, citations: Sequence[CitedQuote]) -> float:
    """Return 1 if the first citation is verbatim and a :func:`citation_hit` at one of its places."""
    if not citations or not citations[0].verbatim:
        return 0.0
    return max(citation_hit(expected, place) for place in places_of(citations[0]))


def citation_precision(expected: Expected, citations: Sequence[CitedQuote]) -> float:
    """Return the share of the cited characters that are evidence: of any gold quote, needed or alternative.

    Cited characters are the union of all citations, each at the one of its places that holds most evidence.
    """
    gold = union_of(evidence_places(expected))
    chosen = [
        (citation, max(places_of(citation), key=lambda place: size_of_common(union_of([place]), gold)))
        for citation in citations
    ]
    given = size_of(union_of(place for _, place in chosen))
    right = union_of(place for citation, place in chosen if citation.verbatim)
    return size_of_common(right, gold) / given if given else 0.0


def citation_recall(expected: Expected, citations: Sequence[CitedQuote]) -> float:
    """Return the share of the evidence's characters that are cited: of the best alternative, or of all needed."""
    cited = union_of(place for citation in citations if citation.verbatim for place in places_of(citation))
    shares = [(covered(part, cited), len(part.spans[0])) for part in expected.evidence]
    if expected.needs_all:
        return sum(found for found, _ in shares) / sum(length for _, length in shares)
    return max((found / length for found, length in shares), default=0.0)


def all_recall(expected: Expected, citations: Sequence[CitedQuote]) -> float:
    """Return the share of the gold quotes that are cited, each by at least half of its characters."""
    cited = union_of(place for citation in citations if citation.verbatim for place in places_of(citation))
    found = [covered(part, cited) * 2 >= len(part.spans[0]) for part in expected.evidence]
    return sum(found) / len(found)


def verbatim_share(citations: Sequence[CitedQuote]) -> float:
    """Return the share of the citations that stand in their documents as cited; 0 for an answer without any."""
    return sum(citation.verbatim for citation in citations) / len(citations) if citations else 0.0


def places_of(citation: CitedQuote) -> list[Place]:
    """Return where the cited statement stands: where it was cited first, then its other places."""
    return [(citation.document_id, citation.span), *citation.also_at]
