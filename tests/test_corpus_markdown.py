"""Markdown: every construct to blocks, each span as it stands in the source without notation."""

import pytest

from corpus_texts import outline
from summitqa.corpus import parse_document
from summitqa.corpus.markdown import render_inline


def blocks(text: str) -> list[str]:
    """Return the blocks of a Markdown text."""
    return outline(parse_document(text, document_id="x", markdown=True))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# A\n\nx", "# A"),
        ("###  A b  ###  \n\nx", "### A b"),
        ("#\tA#\n\nx", "# A#"),
        ("A\n=\n\nx", "# A"),
        ("A *b*\n---\n\nx", "## A *b*"),
    ],
)
def test_headings(source: str, expected: str) -> None:
    """Signs and underlines give the level and are left out; inline marks stay."""
    assert blocks(source) == [expected, "x"]


def test_empty_headings_are_no_blocks() -> None:
    """A "#" alone names nothing."""
    assert blocks("#\n\n## ##\n\nx") == ["x"]


def test_a_paragraph_above_a_rule_is_no_heading() -> None:
    """Where the blank line was forgotten, sentences and several lines stay text."""
    assert blocks("It rained all day.\n---\nx") == ["It rained all day.", "x"]
    assert blocks("It rained\nall day\n---\nx") == ["It rained\nall day", "x"]


def test_a_text_of_headings_alone_is_paragraphs() -> None:
    """Something can always be quoted."""
    assert blocks("# A\n\n## B") == ["A", "B"]


def test_paragraphs_keep_their_lines() -> None:
    """A paragraph is one span over its lines, hard breaks and inline marks included."""
    assert blocks("One *two*  \nthree\\\n  four\n\nfive") == ["One *two*  \nthree\\\n  four", "five"]


def test_items_are_their_own_text() -> None:
    """Nested items are blocks of their own; later paragraphs of an item are paragraphs."""
    text = "1. one\n   goes on\n2. two\n   - a\n   - b\n\n   more of two\n3. [x] three"
    assert blocks(text) == ["- one\n   goes on", "- two", "- a", "- b", "more of two", "- three"]


def test_bullets_inside_bullets() -> None:
    """An item that is only a list, or only a heading, is the innermost text."""
    assert blocks("- - a\n  - b\n- # c #") == ["- a", "- b", "- c"]


def test_quotes_are_paragraphs_without_their_signs() -> None:
    """Each line is a block where ">" stands between; lines without one stay together."""
    assert blocks("> one\n> two\n\n> three\nfour\n\n> - five\n>   six") == [
        "one",
        "two",
        "three\nfour",
        "- five",
        "- six",
    ]


def test_headings_inside_quotes_and_lists_are_text() -> None:
    """They do not stand above what follows outside."""
    assert blocks("> ## Note\n> Mind the gap.\n\nx") == ["Note", "Mind the gap.", "x"]


def test_code_is_quoted_without_its_fence() -> None:
    """Fenced and indented code are paragraphs; an unclosed fence runs to the end."""
    assert blocks("```py\nx = 1\n\ny = 2\n```\n\n    z = 3\n    w\n\n~~~\nq") == ["x = 1\n\ny = 2", "z = 3\n    w", "q"]
    assert blocks("> ```\n> a\n> b\n> ```") == ["a", "b"]


def test_html_with_text_is_kept() -> None:
    """Tags without text, comments, rules and link definitions are no blocks."""
    assert blocks("<div>\n<b>x</b>\n</div>\n\n<!-- y -->\n\n<br>\n\n***\n\n[z]: http://z\n\nw") == [
        "<div>\n<b>x</b>\n</div>",
        "w",
    ]


def test_tables_have_headers() -> None:
    """With or without outer pipes; short rows, empty and escaped cells as they are."""
    assert blocks("| A | B |\n|---|:-:|\n| 1 | |\n| 2 \\| 3 | 4 |\n\nC|D\n-|-\n5|6") == [
        "|= A | B",
        "| 1 | ",
        "| 2 \\| 3 | 4",
        "|= C | D",
        "| 5 | 6",
    ]


def test_tables_inside_quotes_and_items() -> None:
    """The signs of what a table stands in are not part of its cells."""
    assert blocks("> | A | B |\n> |---|---|\n> | 1 | 2 |") == ["|= A | B", "| 1 | 2"]
    assert blocks("- | A | B |\n  |---|---|\n  | 1 | 2 |") == ["|= A | B", "| 1 | 2"]


def test_front_matter_is_skipped() -> None:
    """The block of settings at the top is not text; a rule there is only a rule."""
    assert blocks("---\ntitle: A\n---\n\nx") == ["x"]
    assert blocks("---\ntitle: A\n...\nx") == ["x"]
    assert blocks("---\n\nx\n\n---\n\ny") == ["x", "y"]


def test_nesting_beyond_reason_loses_nothing() -> None:
    """A text nested deeper than the parser follows is read as plain text."""
    assert any("deep inside" in block for block in blocks("> " * 200 + "deep inside"))


def test_rendering_drops_inline_marks() -> None:
    """A title reads as on the page."""
    assert render_inline("**A** _b_ `c` [d](e) ![f](g) \\* &amp; h  \ni") == "A b c d f * & h i"
