"""Own questions on public paragraphs, as training pairs: other words than the text, unanswerable twins.

The file names a paragraph by its data file and the digest of its text, since the texts themselves are not kept here.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from summitqa.training.squad import load_parts
from summitqa.training.windows import Pair, pairs_of


def public_question_pairs(data: Path, questions: Path, rng: random.Random) -> Iterator[Pair]:
    """Yield the pairs of the JSON lines *questions* on the paragraphs in the folder *data* that are for training.

    Raises:
        ValueError: if an answer does not stand in its paragraph.
    """
    asked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in questions.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        asked[entry["paragraph"]].append(entry)
    for name in sorted({key.partition("/")[0] for key in asked}):
        for part in load_parts(data / f"{name}.json", ["train"]):
            paragraphs = [
                {
                    "context": p["context"],
                    "qas": [_qa(q, p["context"]) for q in asked[paragraph_key(name, p["context"])]],
                }
                for p in part.paragraphs
            ]
            for pair in pairs_of(name, replace(part, paragraphs=paragraphs), rng):
                yield replace(pair, source="public_questions")


def paragraph_key(name: str, text: str) -> str:
    """Return how a paragraph of the data file *name* is called."""
    return f"{name}/{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _qa(question: dict[str, Any], text: str) -> dict[str, Any]:
    answers = [{"text": answer, "answer_start": text.find(answer)} for answer in question["answers"]]
    if any(answer["answer_start"] < 0 for answer in answers):
        raise ValueError(f"no answer to {question['question']!r} in {question['paragraph']}: {question['answers']}")
    return {"question": question["question"], "answers": answers}
