"""Lists: which items of a list a question asks for. Spans only; nothing is searched for in text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from summitqa.answering.material import words_of
from summitqa.questions import asks_for_several
from summitqa.types import Block, Document, Span
from summitqa.words import content_words, same_root

_JOINS = re.compile(r"\b(?:and|or)\b|(?<!\d),(?!\d)|[/&]", re.IGNORECASE)


def items_introduced_by(document: Document, sentence: Span) -> list[Block]:
    """Return the list items or rows that *sentence* introduces."""
    return [block for block in document.blocks if block.introduction == sentence and not block.is_table_header]


def items_around(document: Document, unit: Span) -> list[Block]:
    """Return the uninterrupted run of list items around *unit*, its own item among them."""
    run: list[Block] = []
    for block in document.blocks:
        if block.kind == "list_item":
            run.append(block)
        elif any(unit in item.span for item in run):
            break
        else:
            run = []
    return run if any(unit in item.span for item in run) else []


def choose_items(question: str, document: Document, unit: Span) -> list[Block]:
    """Return the items that *question* asks for, given the unit that was found best; empty for that unit alone.

    When *unit* is an item, its siblings are looked at; when it introduces a list, the items of that. Items that hold
    question words of their own are meant; if none does, all are, provided that several are asked for. Where they are
    not, several items are meant only if the question joins words, and each item has one of its words to itself:
    "What will Ankara and Kyiv do?", but not "How heavy is the battery?", which every step of a guide may mention.
    """
    items = items_around(document, unit)
    if not items:
        introduced = items_introduced_by(document, unit)
        return list(_items_named(question, document, introduced)) or introduced
    named = _items_named(question, document, items)
    if asks_for_several(question):
        return list(named) or items
    if _JOINS.search(question) is None:
        return []
    n_holding = Counter(word for words in named.values() for word in words)
    are_apart = all(any(n_holding[word] == 1 for word in words) for words in named.values())
    return list(named) if are_apart and any(unit in item.span for item in named) else []


def _items_named(question: str, document: Document, items: Sequence[Block]) -> dict[Block, set[str]]:
    """Return the items with the most question words of their own, and those words.

    Words that the introduction or most of the items hold do not tell items apart and are set aside.
    """
    hits: dict[Block, set[str]] = {item: set() for item in items}
    word_lists = [words_of(document, item.span) for item in items]
    for word in dict.fromkeys(content_words(question)):
        holding = [i for i, words in enumerate(word_lists) if any(same_root(word, own) for own in words)]
        if 0 < len(holding) * 2 <= len(word_lists):
            for position in holding:
                hits[items[position]].add(word)
    most = max(map(len, hits.values()), default=0)
    return {item: words for item, words in hits.items() if most and len(words) == most}
