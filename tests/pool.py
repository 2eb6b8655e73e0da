"""Two tiny documents on disk with gold questions, for tests of what reads files and asks the real engine."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

OPENING = "Opening hours\n\nThe pool opens at 7 am on weekdays. A day ticket costs 5 crowns.\n"
RULES = "# Rules\n\nDogs are not allowed in the pool. Children under six swim for free.\n"
DOGS = "Dogs are not allowed in the pool."
SEVEN = "The pool opens at 7 am on weekdays."


def question(identity: str, text: str, quote: str = "", document: str = "", **more: Any) -> dict[str, Any]:
    """Return a line of a gold file, unanswerable without a *quote*."""
    evidence = [{"document": document, "quote": quote}] if quote else []
    line = {"id": identity, "question": text, "answerable": bool(quote), "evidence": evidence}
    return line | {"tags": ["fact"] if quote else ["unanswerable", "off-topic"]} | more


LINES = [
    question("q1", "When does the pool open?", SEVEN, "opening-hours", answers=["7 am"]),
    question("q2", "How is sourdough bread baked?"),
    question("q3", "Are dogs allowed in the pool?", DOGS, "rules"),
    question(
        "q4",
        "And children?",
        "Children under six swim for free.",
        "rules",
        history=["Are dogs allowed in the pool?"],
        standalone="Do children swim for free?",
        tags=["follow-up"],
    ),
]


def write_documents(folder: Path) -> Path:
    """Write the two documents to *folder*."""
    folder.mkdir()
    (folder / "opening-hours.txt").write_text(OPENING, encoding="utf-8")
    (folder / "rules.md").write_text(RULES, encoding="utf-8")
    return folder


def write_gold(path: Path, lines: Sequence[dict[str, Any]] = LINES) -> Path:
    """Write a gold file."""
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
