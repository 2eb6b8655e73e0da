"""Reading views: what a model reads, and where each character of it stands in the document."""

from hypothesis import assume, given
from hypothesis import strategies as st

from corpus_texts import texts
from summitqa.chunking import split_passages
from summitqa.corpus import parse_document
from summitqa.reading import ReadingView, build_view
from summitqa.testing import HashingEncoder
from summitqa.types import Passage, Span

TABLE = "Prices:\n\n| Item | Price |\n|---|---|\n| Tea | 2 |"


def views_of(text: str, max_tokens: int = 40) -> list[tuple[str, ReadingView]]:
    """Return the canonical text with each view of a Markdown text."""
    document = parse_document(text, document_id="x", markdown=True)
    passages = split_passages(document, HashingEncoder(), max_tokens=max_tokens)
    return [(document.text, build_view(passage, document.text)) for passage in passages]


@st.composite
def views(draw: st.DrawFn) -> tuple[str, ReadingView]:
    """Draw a view of some document that has one."""
    found = views_of(draw(texts), draw(st.integers(1, 60)))
    assume(found)
    return draw(st.sampled_from(found))


@given(views())
def test_segments_partition_the_view(drawn: tuple[str, ReadingView]) -> None:
    """Segments follow one another without a gap, and those from the document hold its characters."""
    text, view = drawn
    ends = [0, *(segment.span.end for segment in view.segments)]
    assert [segment.span.start for segment in view.segments] == ends[:-1]
    assert ends[-1] == len(view.text)
    for segment in view.segments:
        if segment.source_start is not None:
            source = Span(segment.source_start, segment.source_start + len(segment.span))
            assert source.text_of(text) == segment.span.text_of(view.text)


@given(views(), st.data())
def test_spans_return_from_the_document(drawn: tuple[str, ReadingView], data: st.DataObject) -> None:
    """A span of source characters goes to the document and back unchanged; one that touches context does not."""
    _, view = drawn
    start = data.draw(st.integers(0, len(view.text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(view.text))))
    found = view.to_document(span)
    assert found is None or view.from_document(found) == span


@given(views())
def test_every_unit_is_shown(drawn: tuple[str, ReadingView]) -> None:
    """Each unit of a passage can be found in its view, and leads back to itself."""
    _, view = drawn
    for unit in view.passage.units:
        shown = view.from_document(unit)
        assert shown is not None
        assert view.to_document(shown) == unit


def test_a_row_reads_as_sentences() -> None:
    """Column names stand before their cells and are context, as the introduction is."""
    _, view = views_of(TABLE)[-1]
    assert view.text == "Prices:\nItem: Tea. Price: 2."
    assert view.context == "Prices:\nItem:\n.\nPrice:\n."


def test_spans_across_cells_lie_in_the_row() -> None:
    """From the first cell to the last, the column name between them is spanned by the row's own characters."""
    text, view = views_of(TABLE)[-1]
    found = view.to_document(Span(view.text.index("Tea"), view.text.index("2") + 1))
    assert found is not None
    assert found.text_of(text) == "Tea | 2"


def test_context_leads_nowhere() -> None:
    """A span that begins or ends in context, or is empty, has no place in the document."""
    _, view = views_of(TABLE)[-1]
    assert view.to_document(Span(0, 6)) is None
    assert view.to_document(Span(view.text.index("Tea"), view.text.index("Price:") + 3)) is None
    assert view.to_document(Span(9, 9)) is None


def test_places_not_shown_are_not_found() -> None:
    """A span outside the passage, or half inside, is not in the view."""
    text = "One here. Two here."
    view = build_view(Passage("p", "x", Span(0, 9), "paragraph", (Span(0, 9),)), text)
    assert view.from_document(Span(0, 9)) == Span(0, 9)
    assert view.from_document(Span(4, 14)) is None
    assert view.from_document(Span(10, 19)) is None


def test_an_introduction_inside_the_passage_is_not_repeated() -> None:
    """What is read as source is not read as context too."""
    text = "Bring: bread"
    view = build_view(Passage("p", "x", Span(0, 12), "list_item", (Span(7, 12),), introduction=Span(0, 6)), text)
    assert view.text == text
