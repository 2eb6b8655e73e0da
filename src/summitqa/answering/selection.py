"""Selection: from the reader's best units to the quotes that make the answer.

Mostly the best unit alone. A list or table is answered by all of its parts that the question asks for:
the items or rows it names, or every one when it names none but asks for what the list is of. Spans only;
nothing is searched for in text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summitqa.answering.tables import choose_rows, extreme_rows, is_superlative, table_rows
from summitqa.questions import AnswerType, answer_type, asks_for_several, typed_spans
from summitqa.reading import ReadingView
from summitqa.types import Block, Document, Quote, Reading, Span
from summitqa.words import content_words, fold, same_root

MAX_PROBABILITY = 0.99
"""Of several quotes together, whose probabilities are added up."""

EXTREME_PROBABILITY = 0.7
"""At least, of rows at an extreme that the question and the header name together."""

CONTRADICTION_SHARE = 0.4
"""A reading contradicts the best one only if it is at least this share as probable."""

MAX_CONTRADICTIONS = 2


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
    extreme = selector.select_extreme()
    if extreme is not None:
        choices.append(extreme)
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
        if view.passage.kind == "table_row":
            choice = choose_rows(self._question, document, best.unit, view.passage.header)
            return self._together(best, view, document, choice.rows, choice.answers) if choice else self._alone(best)
        if view.passage.kind == "list_item":
            items = _items_asked_for(self._question, document, _siblings(document, best.unit), best.unit)
        else:
            listed = _introduced_by(document, best.unit)
            items = _items_asked_for(self._question, document, listed, None) if listed else []
        return self._together(best, view, document, items, [None] * len(items)) if items else self._alone(best)

    def select_extreme(self) -> Selection | None:
        """Return the rows at the extreme the question names, of the best table that has its words, if there is one.

        The reader cannot tell an extreme from a single row, so a sentence may look better to it than any row.
        """
        for reading in self._readings:
            view = self._views[reading.view]
            if view.passage.kind != "table_row":
                continue
            document = self._document_of(view.passage.document_id)
            rows = table_rows(document, view.passage.header)
            choice = extreme_rows(self._question, document, rows) if len(rows) > 1 else None
            if choice is None or not self._is_about(view, document):
                continue
            selection = self._together(reading, view, document, choice.rows, choice.answers)
            return Selection(selection.quotes, max(selection.probability, EXTREME_PROBABILITY))
        return None

    def _is_about(self, view: ReadingView, document: Document) -> bool:
        """Tell whether headings, introduction and header of the table hold most words of the question."""
        passage = view.passage
        spans = [*passage.heading_path, *passage.header, *([passage.introduction] if passage.introduction else [])]
        around = {word for span in spans for word in _words(document, span)} | set(content_words(document.title))
        asked = [word for word in dict.fromkeys(content_words(self._question)) if not is_superlative(word)]
        return sum(any(same_root(word, own) for own in around) for word in asked) * 2 >= len(asked)

    def _alone(self, best: Reading) -> Selection:
        """Return *best* with its repetitions, and what contradicts it beside it."""
        same = [best, *self._repetitions(best), *self._contradictions(best)]
        return Selection(tuple(_quote_of(reading, self._views) for reading in same), best.probability)

    def _together(
        self,
        best: Reading,
        view: ReadingView,
        document: Document,
        parts: Sequence[Block],
        answers: Sequence[Span | None],
    ) -> Selection:
        """Return *parts* as the answer; each quotes the answer given, or else the reader's own."""
        chosen = {part.span for part in parts} | {part.introduction for part in parts}
        together = [reading for reading in self._readings if self._is_in(document, reading) and reading.unit in chosen]
        exact = {reading.unit: reading.answer for reading in together}
        quotes = [
            _quote_of_block(part, view, document, answer or exact.get(part.span))
            for part, answer in zip(parts, answers, strict=True)
        ]
        probability = max(best.probability, sum(reading.probability for reading in together))
        return Selection(tuple(quotes), min(MAX_PROBABILITY, probability))

    def _contradictions(self, best: Reading) -> list[Reading]:
        """Return readings that are nearly as good and give another number or time than *best* does.

        Two documents that disagree are both shown; which is right is not for summitqa to say.
        """
        kind = answer_type(self._question)
        said = self._value_of(best, kind)
        if said is None:
            return []
        asked = self._coverage(best)
        others = [
            reading
            for reading in self._readings
            if reading.probability >= CONTRADICTION_SHARE * best.probability
            and self._coverage(reading) >= asked
            and self._value_of(reading, kind) not in {None, said}
        ]
        return others[:MAX_CONTRADICTIONS]

    def _value_of(self, reading: Reading, kind: AnswerType) -> str | None:
        """Return the number or time that *reading* answers with, folded; ``None`` if that is not what is asked."""
        if kind not in {"number", "time"} or reading.answer is None:
            return None
        document = self._document_of(self._views[reading.view].passage.document_id)
        values = [
            span.text_of(text) for text in [reading.answer.text_of(document.text)] for span in typed_spans(text, kind)
        ]
        return fold(values[0]) if values else None

    def _coverage(self, reading: Reading) -> int:
        """Return how many content words of the question stand in the unit of *reading*."""
        document = self._document_of(self._views[reading.view].passage.document_id)
        words = _words(document, reading.unit)
        return sum(any(same_root(word, own) for own in words) for word in set(content_words(self._question)))

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


def _named(question: str, word_lists: Sequence[Sequence[str]]) -> list[int]:
    """Return the positions of the lists that hold the most question words which at most half of the lists hold."""
    hits: Counter[int] = Counter()
    for word in dict.fromkeys(content_words(question)):
        holding = [i for i, words in enumerate(word_lists) if any(same_root(word, own) for own in words)]
        if 0 < len(holding) * 2 <= len(word_lists):
            hits.update(holding)
    most = max(hits.values(), default=0)
    return sorted(position for position, count in hits.items() if count == most)


def _words(document: Document, span: Span) -> list[str]:
    return content_words(span.text_of(document.text))
