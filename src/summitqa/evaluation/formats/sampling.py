"""Which questions are asked when not all are: a choice by hash, so that each question's chance is its own affair."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable


def choose_sample(ids: Iterable[str], n: int | None, seed: int) -> set[str]:
    """Return the ids of *n* questions, all of them if there are fewer or *n* is ``None``.

    The n smallest by the hash of seed and id. The order of the questions plays no part, and one that is added or
    removed elsewhere changes the choice by itself at most.

    Raises:
        ValueError: if *n* is below 1.
    """
    if n is None:
        return set(ids)
    if n < 1:
        raise ValueError(f"a sample has 1 question or more, not {n}")
    return set(heapq.nsmallest(n, ids, key=lambda question_id: _rank(question_id, seed)))


def _rank(question_id: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\0{question_id}".encode("utf-8", "surrogatepass")).digest()
