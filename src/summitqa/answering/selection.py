"""Selection: from the reader's best units to the quotes that make the answer.

Mostly the best unit alone, with its repetitions and what contradicts it; a bare "Yes." brings what follows. A list or
table is answered by all of its parts that the question asks for: the items or rows it names, those at an extreme, or
every one when it asks for what the list is of. Spans only; nothing is searched for in text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from summitqa.answering.contradictions import find_contradictions
from summitqa.answering.lists import choose_items
from summitqa.answering.material import Material
from summitqa.answering.tables import RowChoice, choose_rows
from summitqa.answering.wholes import WholeChoice, choose_all, choose_by_order
from summitqa.questions import asks_for_several, is_bare, only_repeats
from summitqa.reading import ReadingView
from summitqa.types import Block, Document, Quote, Reading, Span

MAX_PROBABILITY = 0.99
"""Of several quotes together, whose probabilities are added up."""

WHOLE_PROBABILITY = 0.85
"""At least, of an extreme or a whole list whose surroundings hold the question's words."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The quotes that answer a question, the best first, and how probable it is that they do."""

    quotes: tuple[Quote, ...]
    probability: float


def select_quotes(
    question: str, readings: Sequence[Reading], views: Sequence[ReadingView], document_of: Callable[[str], Document]
) -> Selection:
    """Return the quotes that answer *question*; none when nothing was read that says more than a "why" question does.

    A list whose items share the probability among them beats a single sentence that is less probable
    than they are together, when the question may want several things.

    Args:
        question: the question as it was read.
        readings: what the reader proposes, best first.
        views: the views it read.
        document_of: gives the document of an id.
    """
    material = Material(question, readings, views, document_of)
    material = replace(material, readings=[r for r in readings if not only_repeats(question, material.text_of(r))])
    if not material.readings:
        return Selection((), 0.0)
    choices = [_select(material, material.readings[0])]
    if asks_for_several(question):
        choices += [_select(material, first) for first in _firsts_of_lists(material)]
    choices += [_select_whole(material, whole) for whole in (choose_by_order(material), choose_all(material)) if whole]
    return max(choices, key=lambda choice: choice.probability)


def _select(material: Material, best: Reading) -> Selection:
    """Return *best*, or the parts of its list or table that the question asks for."""
    passage, document = material.passage_of(best), material.source_of(best)
    if passage.kind == "table_row":
        rows = choose_rows(material.question, document, best.unit, passage.header)
        return _together(material, best, rows) if rows else _alone(material, best)
    items = choose_items(material.question, document, best.unit)
    return _together(material, best, RowChoice(tuple(items), (None,) * len(items))) if items else _alone(material, best)


def _select_whole(material: Material, whole: WholeChoice) -> Selection:
    selection = _together(material, whole.reading, whole.choice)
    return Selection(selection.quotes, max(selection.probability, WHOLE_PROBABILITY))


def _firsts_of_lists(material: Material) -> list[Reading]:
    """Return the best reading of each list."""
    first: dict[tuple[str, Span], Reading] = {}
    for reading in material.readings:
        passage = material.passage_of(reading)
        if passage.kind == "list_item":
            first.setdefault((passage.document_id, passage.introduction or passage.span), reading)
    return list(first.values())


def _alone(material: Material, best: Reading) -> Selection:
    """Return *best* with its repetitions elsewhere, white space apart, and what contradicts it."""
    said = _said(material, best)
    same = [r for r in material.readings if r is not best and _said(material, r) == said]
    shown = [best, *same, *find_contradictions(material, best)]
    return Selection(tuple(_quote_reading(material, reading) for reading in shown), best.probability)


def _together(material: Material, best: Reading, choice: RowChoice) -> Selection:
    """Return the parts chosen as one answer; each quotes the exact answer given, or else the reader's own."""
    document = material.source_of(best)
    chosen = {part.span for part in choice.rows} | {part.introduction for part in choice.rows}
    together = [r for r in material.readings if material.source_of(r).id == document.id and r.unit in chosen]
    exact = {reading.unit: reading.answer for reading in together}
    headings = material.passage_of(best).heading_path
    quotes = [
        _quote_block(document, part, headings, answer or exact.get(part.span))
        for part, answer in zip(choice.rows, choice.answers, strict=True)
    ]
    probability = max(best.probability, sum(reading.probability for reading in together))
    return Selection(tuple(quotes), min(MAX_PROBABILITY, probability))


def _quote_reading(material: Material, reading: Reading) -> Quote:
    passage = material.passage_of(reading)
    answers = [reading.answer] if reading.answer is not None else []
    if asks_for_several(material.question):
        answers += reading.joined
    return Quote(
        document_id=passage.document_id,
        span=_quoted_span(material, reading),
        kind=passage.kind,
        heading_path=passage.heading_path,
        answers=tuple(sorted(answers)),
        cells=passage.cells,
        header=passage.header,
    )


def _said(material: Material, reading: Reading) -> list[str]:
    """Return the words that quoting *reading* shows."""
    return _quoted_span(material, reading).text_of(material.source_of(reading).text).split()


def _quoted_span(material: Material, reading: Reading) -> Span:
    """Return the unit of *reading*, if it is bare with the sentence after it on the same line."""
    if not is_bare(material.text_of(reading)):
        return reading.unit
    text = material.source_of(reading).text
    for unit in material.passage_of(reading).units:
        between = text[reading.unit.end : unit.start]
        if unit.start >= reading.unit.end and "\n" not in between and not between.strip():
            return Span(reading.unit.start, unit.end)
    return reading.unit


def _quote_block(document: Document, block: Block, headings: tuple[Span, ...], answer: Span | None) -> Quote:
    """Quote a whole item or row."""
    answers = (answer,) if answer is not None and answer in block.span else ()
    return Quote(document.id, block.span, block.kind, headings, answers, block.cells, block.header)
