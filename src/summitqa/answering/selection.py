"""Selection: from the reader's best units to the quotes that make the answer.

Mostly the best unit alone. A list or table is answered by all of its parts that the question asks for:
the items or rows it names, or every one when it names none but asks for what the list is of. Spans only;
nothing is searched for in text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summitqa.questions import asks_for_several
from summitqa.reading import ReadingView
from summitqa.types import Block, Document, Quote, Reading, Span
from summitqa.words import content_words, same_root

MAX_PROBABILITY = 0.99
"""Of several quotes together, whose probabilities are added up."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes that answer a question, the best first, and how probable it is that they do."""

    quotes: tuple[Quote, ...]
    probability: float


def select_quotes(
    question: str, readings: Sequence[Reading], views: Sequence[ReadingView], document_of: Callable[[str], Document]
) -> Selection:
    """Return the quotes that answer *question*; none when nothing was read.

    A list whose items share the probability among them beats a single sentence that is less probable
    than they are together, when the question may want several things.

    Args:
        question: the question as it was read.
        readings: what the reader proposes, best first.
        views: the views it read.
        document_of: gives the document of an id.
    """
    if not readings:
        return Selection((), 0.0)
    selector = _Selector(question, readings, views, document_of)
    choices = [selector.select(readings[0])]
    if asks_for_several(question):
        choices += [selector.select(first) for first in selector.firsts_of_lists()]
    return max(choices, key=lambda choice: choice.probability)


class _Selector:
    """Chooses the parts that belong to one reading, for one question."""

    def __init__(
        self,
        question: str,
        readings: Sequence[Reading],
        views: Sequence[ReadingView],
        document_of: Callable[[str], Document],
    ) -> None:
        self._question = question
        self._readings = readings
        self._views = views
        self._document_of = document_of

    def firsts_of_lists(self) -> list[Reading]:
        """Return the best reading of each list."""
        first: dict[tuple[str, Span], Reading] = {}
        for reading in self._readings:
            passage = self._views[reading.view].passage
            if passage.kind == "list_item":
                first.setdefault((passage.document_id, passage.introduction or passage.span), reading)
        return list(first.values())

    def select(self, best: Reading) -> Selection:
        """Return *best*, or the parts of its list or table that the question asks for."""
        view = self._views[best.view]
        document = self._document_of(view.passage.document_id)
        parts = self._parts(best, view, document)
        if not parts:
            same = [best, *self._repetitions(best)]
            return Selection(tuple(_quote_of(reading, self._views) for reading in same), best.probability)
        chosen = [*(part.span for part in parts), parts[0].introduction]
        together = [r for r in self._readings if self._is_in(document, r) and any(r.unit == span for span in chosen)]
        exact = {reading.unit: reading.answer for reading in together}
        return Selection(
            tuple(_quote_of_block(part, view, document, exact.get(part.span)) for part in parts),
            min(MAX_PROBABILITY, max(best.probability, sum(reading.probability for reading in together))),
        )

    def _parts(self, best: Reading, view: ReadingView, document: Document) -> list[Block]:
        if view.passage.kind == "table_row":
            return _rows_asked_for(self._question, document, best, view.passage.header)
        if view.passage.kind == "list_item":
            return _items_asked_for(self._question, document, _siblings(document, best.unit), best.unit)
        listed = _introduced_by(document, best.unit)
        return _items_asked_for(self._question, document, listed, None) if listed else []

    def _is_in(self, document: Document, reading: Reading) -> bool:
        return self._views[reading.view].passage.document_id == document.id

    def _repetitions(self, best: Reading) -> list[Reading]:
        """Return the readings elsewhere whose unit says the same, white space apart."""
        said = self._words_of(best)
        return [reading for reading in self._readings if reading is not best and self._words_of(reading) == said]

    def _words_of(self, reading: Reading) -> list[str]:
        document = self._document_of(self._views[reading.view].passage.document_id)
        return reading.unit.text_of(document.text).split()


def _quote_of(reading: Reading, views: Sequence[ReadingView]) -> Quote:
    passage = views[reading.view].passage
    return Quote(
        document_id=passage.document_id,
        span=reading.unit,
        kind=passage.kind,
        heading_path=passage.heading_path,
        answers=(reading.answer,) if reading.answer is not None else (),
        cells=passage.cells,
        header=passage.header,
    )


def _quote_of_block(block: Block, view: ReadingView, document: Document, answer: Span | None) -> Quote:
    """Quote a whole item or row; its exact answer is the reader's, or the key cell of a row."""
    answers = (answer,) if answer is not None and answer in block.span else ()
    return Quote(document.id, block.span, block.kind, view.passage.heading_path, answers, block.cells, block.header)


def _introduced_by(document: Document, sentence: Span) -> list[Block]:
    """Return the list items or rows that *sentence* introduces."""
    return [block for block in document.blocks if block.introduction == sentence and not block.is_table_header]


def _siblings(document: Document, unit: Span) -> list[Block]:
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


def _items_asked_for(question: str, document: Document, items: Sequence[Block], best: Span | None) -> list[Block]:
    """Return the items that hold question words of their own; all of them if none does and several are asked for.

    Words that the introduction or most of the items hold do not tell items apart and are set aside.
    """
    named = _named(question, [_words(document, item.span) for item in items])
    if named:
        return [items[i] for i in named]
    if best is None or asks_for_several(question):
        return list(items)
    return []


def _rows_asked_for(question: str, document: Document, best: Reading, header: Sequence[Span]) -> list[Block]:
    """Return the rows the question names by their key, or else those sharing the cell value it mentions."""
    rows = [b for b in document.blocks if b.header == tuple(header) and not b.is_table_header and b.cells]
    own = next((row for row in rows if best.unit in row.span), None)
    if own is None or len(rows) < 2:
        return []
    asked = set(content_words(question))
    keys = [_words(document, row.cells[0]) for row in rows]
    named = [row for row, key in zip(rows, keys, strict=True) if key and _mentioned(key, asked) == len(key)]
    if named and own in named:
        return _most_specific(named, rows, keys)
    if named:
        return []
    for column, cell in enumerate(own.cells[1:], start=1):
        value = _words(document, cell)
        if value and len(value) <= 3 and _mentioned(value, asked) == len(value):
            return [row for row in rows if len(row.cells) > column and _words(document, row.cells[column]) == value]
    return []


def _most_specific(named: Sequence[Block], rows: Sequence[Block], keys: Sequence[Sequence[str]]) -> list[Block]:
    """Drop a named row whose key is a part of another named row's key: "Plus" names "Breeze Plus", not "Breeze"."""
    of_row = {row.span: key for row, key in zip(rows, keys, strict=True)}

    def is_part(row: Block) -> bool:
        own = of_row[row.span]
        others = [of_row[other.span] for other in named if other is not row]
        return any(len(other) > len(own) and _mentioned(own, set(other)) == len(own) for other in others)

    return [row for row in named if not is_part(row)]


def _named(question: str, word_lists: Sequence[Sequence[str]]) -> list[int]:
    """Return the positions of the lists that hold the most question words which at most half of the lists hold."""
    hits: Counter[int] = Counter()
    for word in dict.fromkeys(content_words(question)):
        holding = [i for i, words in enumerate(word_lists) if any(same_root(word, own) for own in words)]
        if 0 < len(holding) * 2 <= len(word_lists):
            hits.update(holding)
    most = max(hits.values(), default=0)
    return sorted(position for position, count in hits.items() if count == most)


def _mentioned(words: Sequence[str], asked: set[str]) -> int:
    return sum(any(same_root(word, own) for own in asked) for word in words)


def _words(document: Document, span: Span) -> list[str]:
    return content_words(span.text_of(document.text))
