"""Places: characters of documents as sets, and how much of the gold evidence they hold. Knows spans only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from summitqa.evaluation.gold import EvidenceSpans
from summitqa.types import Span

Place = tuple[str, Span]
"""A document id and a span in it."""

CharacterSet = dict[str, list[Span]]
"""By document id the spans of a set of characters: in order, none empty, none touching another."""


class Expected(Protocol):
    """What is expected of an answer; gold questions and records both say it."""

    @property
    def evidence(self) -> tuple[EvidenceSpans, ...]:
        """Quotes that answer the question, each with all places where it stands."""
        ...

    @property
    def needs_all(self) -> bool:
        """Whether every quote is needed, instead of any one of them."""
        ...


def union_of(places: Iterable[Place]) -> CharacterSet:
    """Return the characters that lie in at least one of *places*."""
    union: CharacterSet = {}
    for document_id, span in sorted(places):
        merged = union.setdefault(document_id, [])
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif len(span):
            merged.append(span)
    return union


def size_of(characters: CharacterSet) -> int:
    """Return how many characters there are."""
    return sum(len(span) for spans in characters.values() for span in spans)


def size_of_common(left: CharacterSet, right: CharacterSet) -> int:
    """Return how many characters are in both sets."""
    return sum(common(a, b) for document_id in left for a in left[document_id] for b in right.get(document_id, ()))


def common(left: Span, right: Span) -> int:
    """Return how many characters two spans of one document share."""
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def evidence_places(expected: Expected) -> list[Place]:
    """Return every place where a gold quote stands."""
    return [(part.document_id, span) for part in expected.evidence for span in part.spans]


def covered(part: EvidenceSpans, characters: CharacterSet) -> int:
    """Return how many characters of a gold quote are in the set, at the place where most of them are."""
    return max(size_of_common({part.document_id: [span]}, characters) for span in part.spans)


def is_held(part: EvidenceSpans, places: Sequence[Place]) -> bool:
    """Tell whether a single one of *places* holds at least half of the characters of a gold quote."""
    return any(
        document_id == part.document_id and common(span, evidence) * 2 >= len(evidence)
        for document_id, span in places
        for evidence in part.spans
    )
