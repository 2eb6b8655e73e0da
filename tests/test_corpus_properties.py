"""What holds for the blocks of any text at all."""

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus_texts import texts
from summitqa.corpus import parse_document
from summitqa.types import Document, Span

MARKS = re.compile(
    r"(?:[^\w]|\d|_|(?:Q|A|Question|Answer)\s?\d{0,3}\s?(?=[:.)])|[a-zA-Z](?=[.)])|[ivxIVX]+(?=[.)])|o(?=\s))*"
)
documents = st.builds(
    lambda text, markdown: parse_document(text, document_id="any", markdown=markdown), texts, st.booleans()
)


def spans_of(document: Document) -> list[Span]:
    """Return the spans of blocks, and of the cells inside each."""
    return [span for block in document.blocks for span in (block.span, *block.cells)]


@given(documents)
def test_blocks_are_clean_and_in_order(document: Document) -> None:
    """Blocks are filled, stripped, inside the text, in order, and never overlap."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        assert block.span.text_of(document.text) == block.span.text_of(document.text).strip()
        end = block.span.end


@given(documents)
def test_cells_partition_their_row(document: Document) -> None:
    """Cells lie inside their row in order, stripped; the first and last filled ones reach its ends."""
    for block in document.blocks:
        filled = [cell for cell in block.cells if len(cell)]
        assert all(a.end <= b.start for a, b in zip(block.cells, block.cells[1:], strict=False))
        assert all(cell.text_of(document.text) == cell.text_of(document.text).strip() for cell in filled)
        if block.kind == "table_row":
            assert (filled[0].start, filled[-1].end) == (block.span.start, block.span.end)


@given(documents)
def test_something_can_be_quoted(document: Document) -> None:
    """A text with any character that is not whitespace has a block that is neither heading nor header row."""
    quotable = [block for block in document.blocks if block.kind != "heading" and not block.is_table_header]
    assert bool(quotable) == bool(document.text.strip())


@given(documents)
def test_context_stands_above(document: Document) -> None:
    """Introductions and headers of lists and tables stand above or at their block."""
    for block in document.blocks:
        assert block.introduction is None or block.introduction.end <= block.span.start
        assert all(cell.start <= block.span.end for cell in block.header)
        assert (block.level is not None) == (block.kind == "heading")


@given(texts, st.booleans())
def test_canonical_text_only_changes_newlines(text: str, markdown: bool) -> None:
    """The canonical text is the source without its byte order mark and with one kind of newline."""
    document = parse_document(text, document_id="any", markdown=markdown)
    assert document.text == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


@given(texts)
def test_no_word_of_a_plain_text_is_lost(text: str) -> None:
    """Between the blocks of a plain text stand only signs, numbers, and marks such as "Q:", "a)" and "iv."."""
    document = parse_document(text, document_id="any")
    ends = [0, *(block.span.end for block in document.blocks)]
    starts = [*(block.span.start for block in document.blocks), len(document.text)]
    for start, end in zip(ends, starts, strict=True):
        assert MARKS.fullmatch(document.text[start:end])


@given(documents)
def test_the_title_is_one_short_line(document: Document) -> None:
    """A title is one line of at most 120 characters, and never empty."""
    assert 0 < len(document.title) <= 120
    assert document.title == " ".join(document.title.split())
