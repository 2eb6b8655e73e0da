"""Retrieval: a question to the passages most likely to answer it, dense and lexical fused.

The two legs are fused by a convex combination of normalised scores, ``w * dense + (1 - w) * lexical``
(Bruch, Gai, Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"). Knows the encoder and
the index by their protocols only, and nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summitqa.misspellings import is_known_slip, mend
from summitqa.protocols import Encoder, PassageSearch
from summitqa.types import Correction, Hit
from summitqa.words import content_words, split_words

DENSE_WEIGHT = 0.7
"""Weight of the dense leg. How often the passages to be read (see :func:`worth_reading`) hold evidence: on the own
sets that ranking is fitted on, where most words are others than the text's, 0.797 with 0.6, 0.834 with 0.7, 0.854 with
0.8; on the ``dev`` halves of four gold sets 0.912, 0.918, 0.912."""

CANDIDATES = 100
"""Passages asked of each leg before they are fused."""

READ_AT_LEAST = 2

_WORD_OR_GAP = re.compile(r"[^\W\d_]+", re.UNICODE)


class HybridRetriever:
    """Finds passages by meaning and by words, with one deterministic order."""

    def __init__(self, index: PassageSearch, encoder: Encoder, *, dense_weight: float = DENSE_WEIGHT) -> None:
        if not 0.0 <= dense_weight <= 1.0:
            raise ValueError(f"dense_weight is a share between 0 and 1, not {dense_weight}")
        self._index = index
        self._encoder = encoder
        self._dense_weight = dense_weight

    def retrieve(self, question: str, k: int, document_ids: Sequence[str] | None = None) -> list[Hit]:
        """Return up to *k* hits by ``(-score, row)``, within *document_ids* when they are given.

        Raises:
            ModelRuntimeError: when the encoder fails.
            IndexCorruptError: when the index turns out to be damaged.
        """
        n_candidates = CANDIDATES if document_ids is None else len(self._index)
        if not len(self._index) or k <= 0:
            return []
        vector = self._encoder.encode_query([question])[0]
        dense = dict(self._index.search_dense(vector, n_candidates))
        lexical = dict(self._index.search_lexical(content_words(question), n_candidates))
        rows = sorted(dense.keys() | lexical.keys())
        missing = [row for row in rows if row not in dense]
        cosines = dense | dict(zip(missing, self._index.score_dense(vector, missing), strict=True))
        scores = _fuse(rows, cosines, lexical, self._dense_weight)
        ordered = sorted(rows, key=lambda row: (-scores[row], row))
        if document_ids is None:
            ordered = ordered[:k]
        passages = zip(ordered, self._index.passages(ordered), strict=True)
        wanted = [(row, p) for row, p in passages if document_ids is None or p.document_id in document_ids]
        return [
            Hit(passage, row, scores[row], rank, cosines[row], lexical.get(row))
            for rank, (row, passage) in enumerate(wanted[:k], start=1)
        ]

    def respell(self, question: str) -> str:
        """Return *question* with its typing mistakes corrected. See :meth:`correct`."""
        return self.correct(question)[0]

    def correct(self, question: str) -> tuple[str, tuple[Correction, ...]]:
        """Return *question* with its typing mistakes corrected, and what was replaced, each word once.

        A misspelt word becomes the close word that the documents hold, else the everyday word it is a slip of.
        Only a word that no passage holds and that the encoder's vocabulary does not know as one word is
        a candidate: ``Zelenskiy`` becomes ``zelenskyy`` where that is in the documents, but ``Iran`` is
        never turned into ``Iraq``.
        """
        words = dict.fromkeys(content_words(question))
        unknown = [word for word in words if is_known_slip(word) or self._is_rare(word)]
        close = self._index.match_terms(unknown) if unknown else {}
        if not close:
            return question, ()
        corrections: list[Correction] = []

        def replace(match: re.Match[str]) -> str:
            typed = match.group()
            corrected = _closest(split_words(typed), close, opens=match.start() == 0)
            if corrected is None:
                return typed
            corrections.append(Correction(typed, _in_case_of(typed, corrected)))
            return corrections[-1].corrected

        return _WORD_OR_GAP.sub(replace, question), tuple(dict.fromkeys(corrections))

    def _is_rare(self, word: str) -> bool:
        return word.isalpha() and len(self._encoder.token_spans(word)) > 1


def _closest(words: Sequence[str], close: Mapping[str, Sequence[str]], *, opens: bool) -> str | None:
    """Return what a typed word is read as: a known slip's word, else the documents' closest, else an everyday one."""
    if len(words) != 1 or words[0] not in close:
        return None
    slip = mend(words[0], opens=opens) if is_known_slip(words[0]) else None
    return slip or next(iter(close[words[0]]), None) or mend(words[0], opens=opens)


def worth_reading(hits: Sequence[Hit], near: float) -> Sequence[Hit]:
    """Return the best hits, and those whose score is at least the share *near* of the best one's.

    The others answer too rarely to be waited for. 0.8 of up to six passages reads 2.8 on the ``dev`` halves of four
    gold sets and finds the evidence of 0.918 of the questions; of up to eight, it reads 3.0, finds 0.927 and answers
    one question in three hundred more; 0.7 of up to four reads 2.9 and finds 0.899.
    """
    n_near = sum(hit.score >= near * hits[0].score for hit in hits)
    return hits[: max(READ_AT_LEAST, n_near)]


def _fuse(rows: Sequence[int], dense: dict[int, float], lexical: dict[int, float], weight: float) -> dict[int, float]:
    """Combine the legs; a passage that the lexical leg did not return has lexical score 0.

    Cosines are min-max-normalised over the candidates; BM25, which has a natural zero, by its maximum.
    """
    low, high = min(dense[row] for row in rows), max(dense[row] for row in rows)
    spread = high - low or 1.0
    top = max(lexical.values(), default=0.0) or 1.0
    return {row: weight * (dense[row] - low) / spread + (1 - weight) * lexical.get(row, 0.0) / top for row in rows}


def _in_case_of(original: str, word: str) -> str:
    return word.capitalize() if original[:1].isupper() else word
