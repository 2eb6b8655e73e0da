"""Passages: what they hold, where they break, and what is read with them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_texts import texts
from summitqa.chunking import split_passages
from summitqa.corpus import load_document, parse_document
from summitqa.reading import build_view
from summitqa.testing import HashingEncoder
from summitqa.types import Document, Passage

SEED = Path(__file__).parents[1] / "seeds" / "istanbul-peace-summit.txt"
TOKENIZER = HashingEncoder()

documents = st.builds(
    lambda text, markdown: parse_document(text, document_id="any", markdown=markdown), texts, st.booleans()
)
budgets = st.integers(1, 60)


def passages_of(text: str, max_tokens: int = 40, *, markdown: bool = True) -> tuple[Document, list[Passage]]:
    """Parse and split *text*."""
    document = parse_document(text, document_id="sample", markdown=markdown)
    return document, split_passages(document, TOKENIZER, max_tokens=max_tokens)


def shown(document: Document, passages: list[Passage]) -> list[str]:
    """Return what is read of each passage."""
    return [build_view(passage, document.text).text for passage in passages]


def words(n: int, word: str = "word") -> str:
    """Return a sentence of *n* words, full stop included in the count."""
    return " ".join(["Word", *[word] * (n - 2)]) + "."


@given(documents, budgets)
def test_passages_cover_every_quotable_character_once(document: Document, max_tokens: int) -> None:
    """Each character of paragraphs, items and rows that is not whitespace lies in exactly one passage's units."""
    quotable = [block for block in document.blocks if block.kind != "heading" and not block.is_table_header]
    expected = [i for b in quotable for i in range(b.span.start, b.span.end) if not document.text[i].isspace()]
    units = [unit for p in split_passages(document, TOKENIZER, max_tokens=max_tokens) for unit in p.units]
    actual = [i for unit in units for i in range(unit.start, unit.end) if not document.text[i].isspace()]
    assert actual == expected


@given(documents, budgets)
def test_passages_fit_their_budget(document: Document, max_tokens: int) -> None:
    """What is read of a passage, context included, has at most as many tokens as allowed."""
    passages = split_passages(document, TOKENIZER, max_tokens=max_tokens)
    counts = [len(TOKENIZER.token_spans(view)) for view in shown(document, passages)]
    assert all(count <= max_tokens for count in counts)


@given(documents, budgets)
def test_units_lie_in_their_passage(document: Document, max_tokens: int) -> None:
    """Units are stripped, in order, and reach both ends of their passage; passages do not overlap."""
    end = 0
    for passage in split_passages(document, TOKENIZER, max_tokens=max_tokens):
        assert (passage.units[0].start, passage.units[-1].end) == (passage.span.start, passage.span.end)
        for unit in passage.units:
            assert end <= unit.start < unit.end
            assert unit.text_of(document.text) == unit.text_of(document.text).strip()
            end = unit.end


@given(documents, budgets)
def test_ids_are_unique_and_repeatable(document: Document, max_tokens: int) -> None:
    """Splitting twice gives the same passages, and no two of them share an id."""
    passages = split_passages(document, TOKENIZER, max_tokens=max_tokens)
    assert passages == split_passages(document, TOKENIZER, max_tokens=max_tokens)
    assert len({passage.id for passage in passages}) == len(passages)


@given(documents, budgets)
def test_passages_stay_below_their_headings(document: Document, max_tokens: int) -> None:
    """No heading lies inside a passage; those of its path stand above it, outermost first."""
    headings = [block.span for block in document.blocks if block.kind == "heading"]
    for passage in split_passages(document, TOKENIZER, max_tokens=max_tokens):
        assert not any(heading.overlaps(passage.span) for heading in headings)
        assert list(passage.heading_path) == sorted(passage.heading_path)
        assert all(heading in headings and heading.end <= passage.span.start for heading in passage.heading_path)


def test_empty_document_has_no_passages() -> None:
    """Nothing but whitespace gives nothing."""
    assert passages_of(" \n\n")[1] == []


def test_budget_of_nothing_is_refused() -> None:
    """A budget below one token is a caller's mistake."""
    with pytest.raises(ValueError, match="max_tokens"):
        passages_of("Text.", 0)


def test_short_paragraphs_share_a_passage() -> None:
    """Paragraphs below one heading are packed together, and their sentences are the units."""
    document, (passage,) = passages_of("# Title\n\nOne here. Two here.\n\nThree here.")
    assert [unit.text_of(document.text) for unit in passage.units] == ["One here.", "Two here.", "Three here."]
    assert shown(document, [passage]) == ["Title\nOne here. Two here.\n\nThree here."]


def test_passages_break_between_paragraphs() -> None:
    """Where not all fits, a paragraph goes whole into the next passage."""
    _, passages = passages_of(f"{words(15)}\n\n{words(15)}\n\n{words(15)}")
    assert [len(passage.units) for passage in passages] == [2, 1]


def test_sentences_that_fit_are_never_cut() -> None:
    """A paragraph beyond the budget is broken between sentences."""
    _, passages = passages_of(" ".join(words(9, f"w{i}") for i in range(10)))
    assert [len(passage.units) for passage in passages] == [4, 3, 3]


def test_a_sentence_beyond_the_budget_is_cut_after_a_clause() -> None:
    """Its pieces are units of their own, cut at a comma, or else at a space."""
    document, passages = passages_of("one two three four, five six seven eight nine ten eleven twelve", 8)
    units = [unit.text_of(document.text) for passage in passages for unit in passage.units]
    assert units == ["one two three four,", "five six seven eight nine ten eleven twelve"]
    document, passages = passages_of("one two three four five six seven", 3)
    assert [p.units[0].text_of(document.text) for p in passages] == ["one two three", "four five six", "seven"]


def test_a_word_beyond_the_budget_is_cut_between_tokens() -> None:
    """Without a space in reach the cut falls between two tokens."""
    document, passages = passages_of("a.b.c.d.e", 4)
    assert [p.span.text_of(document.text) for p in passages] == ["a.b.", "c.d.", "e"]


def test_passages_never_cross_a_heading() -> None:
    """Each section has its own, with the headings above it, outermost first."""
    document, passages = passages_of("# A\n\nx.\n\n## B\n\ny.\n\n### C\n\nz.\n\n## D\n\nw.\n\n# E\n\nv.")
    assert shown(document, passages) == ["A\nx.", "A › B\ny.", "A › B › C\nz.", "A › D\nw.", "E\nv."]


def test_levels_may_be_skipped() -> None:
    """A deeper heading goes when one as high or higher comes, whatever lies between."""
    document, passages = passages_of("### A\n\nx.\n\n# B\n\ny.\n\n#### C\n\nz.\n\n## D\n\nw.")
    assert shown(document, passages) == ["A\nx.", "B\ny.", "B › C\nz.", "B › D\nw."]


def test_kinds_are_never_mixed() -> None:
    """Paragraph, list, table and paragraph are passages of their own."""
    _, passages = passages_of("x:\n\n- a\n- b\n\n| A | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\ny.")
    assert [p.kind for p in passages] == ["paragraph", "list_item", "table_row", "table_row", "paragraph"]


def test_items_share_their_introduction() -> None:
    """Items of one list are packed together, read below the sentence that introduces them."""
    document, passages = passages_of("Bring this:\n\n- bread. Or salt.\n- water")
    assert shown(document, passages)[1] == "Bring this:\nbread. Or salt.\n- water"
    assert [unit.text_of(document.text) for unit in passages[1].units] == ["bread. Or salt.", "water"]


def test_a_long_item_is_quoted_by_its_sentences() -> None:
    """An item of more than two sentences is not one quote."""
    _, (passage,) = passages_of("- One. Two. Three.\n- Four.")
    assert len(passage.units) == 4


def test_lists_with_other_introductions_are_apart() -> None:
    """Items below an item are passages of their own, with that item above them."""
    document, passages = passages_of("- one, such as:\n  - a\n  - b\n- two")
    assert shown(document, passages) == ["one, such as:", "one, such as:\na\n  - b", "two"]


def test_a_row_is_read_with_its_header() -> None:
    """Each row is a passage; the header row is none, and a table without a header has rows alone."""
    document, passages = passages_of("Prices:\n\n| Item | Price |\n|---|---|\n| Tea | 2 |\n| Milk | |")
    assert shown(document, passages)[1:] == ["Prices:\nItem: Tea. Price: 2.", "Prices:\nItem: Milk."]
    row = passages[1]
    assert [cell.text_of(document.text) for cell in (*row.header, *row.cells)] == ["Item", "Price", "Tea", "2"]
    assert row.units == (row.span,)
    document, passages = passages_of("Ann | 31 | Oslo\nBob | 27 | Rome", markdown=False)
    assert shown(document, passages) == ["Ann. 31. Oslo.", "Bob. 27. Rome."]


def test_a_row_beyond_the_budget_gives_up_context_first() -> None:
    """Headings and introduction go, then the column names; a longer row still is cut."""
    text = "# Prices\n\nAll of them:\n\n| Item | Price |\n|---|---|\n| Green tea | 2 |"
    assert shown(*passages_of(text, 11))[-1] == "Prices\nItem: Green tea. Price: 2."
    assert shown(*passages_of(text, 9))[-1] == "Item: Green tea. Price: 2."
    assert shown(*passages_of(text, 5))[-1] == "Green tea. 2."
    assert shown(*passages_of(text, 3))[-2:] == ["Green tea |", "2"]


def test_context_takes_half_the_budget_at_most() -> None:
    """Outer headings go first, then the introduction, then the last heading."""
    text = "# a b c\n\n## d e\n\nf g:\n\n- one two three four"
    assert shown(*passages_of(text, 20))[-1].startswith("a b c › d e\nf g:\none")
    assert shown(*passages_of(text, 12))[-1].startswith("d e\nf g:\none")
    assert shown(*passages_of(text, 8))[-1].startswith("d e\none")
    assert shown(*passages_of(text, 3))[-1].startswith("four")


def test_what_stands_between_blocks_is_not_read() -> None:
    """A comment between two paragraphs parts their passages; a bullet between two items does not."""
    document, passages = passages_of("x.\n\n<!-- a note that nobody is meant to read at all -->\n\ny.", 60)
    assert shown(document, passages) == ["x.", "y."]


def test_ids_depend_on_document_and_place() -> None:
    """The same text in another document, or elsewhere in it, has another id."""
    first = parse_document("Same. Same.", document_id="a")
    ids = {
        passage.id
        for document in (
            first,
            parse_document("Same. Same.", document_id="b"),
            parse_document("Same.", document_id="a"),
        )
        for passage in split_passages(document, TOKENIZER, max_tokens=2)
    }
    assert len(ids) == 5


def test_the_article_gives_good_passages() -> None:
    """The list is one passage of four items, each row is one; prose is neither tiny nor cut mid-sentence."""
    document = load_document(SEED, max_file_bytes=100_000)
    passages = split_passages(document, TOKENIZER, max_tokens=128)
    (items,) = (passage for passage in passages if passage.kind == "list_item")
    prose = [passage for passage in passages if passage.kind == "paragraph"]
    assert [unit.text_of(document.text).split(":")[0] for unit in items.units] == [
        "Russia",
        "Ukraine",
        "Turkey",
        "Observers",
    ]
    assert sum(passage.kind == "table_row" for passage in passages) == 5
    assert len(prose) == 12
    assert all(p.span.text_of(document.text).endswith((".", ":")) for p in prose)


def test_spans_of_the_article_hold_the_sentences_around_initials() -> None:
    """Initials such as "U.N." and "U.S." cut no unit."""
    document = load_document(SEED, max_file_bytes=100_000)
    units = [
        unit.text_of(document.text) for p in split_passages(document, TOKENIZER, max_tokens=128) for unit in p.units
    ]
    assert (
        "Observers: EU diplomats, possibly some U.N. representation; U.S. and China will be monitoring remotely"
        in units
    )
