"""Measures: pure functions of what was expected and what was given, each with its definition and source."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence

from summitqa.evaluation.gold import GoldQuestion
from summitqa.types import Span

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation + "’‘“”–—")

Place = tuple[str, Span]
"""A document id and a span in it."""


def normalize_answer(text: str) -> str:
    """Lower-case, drop punctuation and articles, fix white space: the SQuAD evaluation script's rule.

    Rajpurkar et al. 2016; typographic quotes and dashes are dropped like their ASCII forms.
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(given: str, accepted: Iterable[str]) -> float:
    """Return 1 if *given* equals an accepted answer after normalisation (SQuAD)."""
    return float(any(normalize_answer(given) == normalize_answer(answer) for answer in accepted))


def token_f1(given: str, accepted: Iterable[str]) -> float:
    """Return the best harmonic mean of token precision and recall over the accepted answers (SQuAD)."""
    return max((_f1(normalize_answer(given).split(), normalize_answer(a).split()) for a in accepted), default=0.0)


def evidence_recall(gold: GoldQuestion, places: Sequence[Place]) -> float:
    """Return how much of the needed evidence *places* hold: 1 or 0 for alternatives, a share when all are needed.

    A quote counts as held when a single place holds at least half of its characters.
    """
    held = [_is_held(part.document_id, part.spans, places) for part in gold.evidence]
    if gold.needs_all:
        return sum(held) / len(held)
    return float(any(held))


def citation_hit(gold: GoldQuestion, place: Place) -> float:
    """Return 1 if at least half of the cited characters, or half of a gold quote, are common to both."""
    document_id, span = place
    for part in gold.evidence:
        if part.document_id == document_id:
            for evidence in part.spans:
                common = _common(span, evidence)
                if common and common * 2 >= min(len(span), len(evidence)):
                    return 1.0
    return 0.0


def precision_recall_f1(n_right: int, n_given: int, n_wanted: int) -> tuple[float, float, float]:
    """Return precision, recall and their harmonic mean; 1 where there was nothing to be wrong about."""
    precision = n_right / n_given if n_given else 1.0
    recall = n_right / n_wanted if n_wanted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, ``nan`` for none."""
    return sum(values) / len(values) if values else float("nan")


def _is_held(document_id: str, spans: Sequence[Span], places: Sequence[Place]) -> bool:
    return any(
        other == document_id and _common(span, evidence) * 2 >= len(evidence)
        for other, span in places
        for evidence in spans
    )


def _common(left: Span, right: Span) -> int:
    return max(0, min(left.end, right.end) - max(left.start, right.start))


def _f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    if not given or not wanted:
        return float(given == wanted)
    common = sum((Counter(given) & Counter(wanted)).values())
    return precision_recall_f1(common, len(given), len(wanted))[2]
