"""Tables in plain text: what is one, its cells, and its header."""

from corpus_texts import outline
from summitqa.corpus import parse_document
from summitqa.corpus.tables import build_rows, split_cells
from summitqa.types import Span


def rows(text: str) -> list[str]:
    """Return the blocks of a plain text."""
    return outline(parse_document(text, document_id="x"))


def cells(row: str) -> list[str]:
    """Return the cells of one row."""
    return [cell.text_of(row) for cell in split_cells(row, Span(0, len(row)))]


def test_outer_pipes_are_no_cells() -> None:
    """With a pipe at the left, the right, both or neither, the cells are the same."""
    assert all(cells(row) == ["a", "b"] for row in ("a | b", "| a | b |", "a|b|", "|a|b"))


def test_empty_cells_are_kept() -> None:
    """An empty cell stays in its column, at the ends too."""
    assert cells("| | b | |") == ["", "b", ""]


def test_escaped_pipes_part_nothing() -> None:
    r"""A "\|" is text."""
    assert cells(r"a \| b | c") == [r"a \| b", "c"]


def test_a_row_is_quoted_without_its_pipes() -> None:
    """The block of a row runs from its first to its last filled cell."""
    text = "|  | Q1 | Q2 |\n|---|---|---|\n| North | 5 | |"
    document = parse_document(text, document_id="x")
    assert [block.span.text_of(text) for block in document.blocks] == ["Q1 | Q2", "North | 5"]


def test_a_ruled_table_has_a_header() -> None:
    """The row above a rule is the header; rules are no rows."""
    assert rows("Name | Age\n--- | ---\nAnn | 31") == ["|= Name | Age", "| Ann | 31"]


def test_boxes_are_tables() -> None:
    """Rules of plus signs or box lines around the rows are left out."""
    assert rows("+----+----+\n| A | B |\n+----+----+\n| 1 | 2 |\n+----+----+") == ["|= A | B", "| 1 | 2"]
    assert rows("│ A │ B │\n├───┼───┤\n│ 1 │ 2 │") == ["|= A | B", "| 1 | 2"]


def test_an_unruled_table_has_a_header_if_it_looks_like_one() -> None:
    """Short cells without figures name columns when rows with figures or several rows follow."""
    assert rows("Name | Age | City\nAnn | 31 | Oslo")[0] == "|= Name | Age | City"
    assert rows("Item | 2023 | 2024\nSales | 5 | 6")[0] == "|= Item | 2023 | 2024"
    assert rows("Ann | 31 | Oslo\nBob | 27 | Rome")[0] == "| Ann | 31 | Oslo"
    assert rows("Ann | Oslo | red\nBob | Rome | blue")[0] == "| Ann | Oslo | red"


def test_tabs_make_a_table() -> None:
    """Two lines with as many tabs are rows."""
    assert rows("Name\tAge\nAnn\t31") == ["|= Name | Age", "| Ann | 31"]


def test_single_pipes_need_three_lines() -> None:
    """Two lines with one pipe each may be a menu or a byline; three are a table."""
    assert rows("It rained.\nBy Ann | 5 May\nBy Ben | 6 May") == ["It rained.", "By Ann | 5 May", "By Ben | 6 May"]
    assert rows("Name | Age\nAnn | 31\nBob | 27") == ["|= Name | Age", "| Ann | 31", "| Bob | 27"]


def test_a_line_with_pipes_alone_is_text() -> None:
    """One row is no table."""
    assert rows("Home | News | Sport\nText of the page.") == ["# Home | News | Sport", "Text of the page."]


def test_a_row_of_another_width_ends_an_unruled_table() -> None:
    """Below a rule rows may lack cells; without one the count must agree."""
    assert rows("a | b | c\n1 | 2 | 3\nx | y and more text.")[-1] == "x | y and more text."
    assert rows("a | b | c\n---|---|---\n1 | 2")[-1] == "| 1 | 2"


def test_bullets_before_tabs_are_a_list() -> None:
    """A tab behind a bullet makes no column."""
    assert rows("You need:\n•\tA passport\n•\tTwo photos") == ["You need:", "- A passport", "- Two photos"]


def test_a_header_alone_is_a_row() -> None:
    """A table without data keeps its only row to quote; empty rows are no blocks."""
    header = (Span(0, 1), Span(2, 3))
    (row,) = build_rows([header, (Span(4, 4), Span(5, 5))], header)
    assert (row.cells, row.header, row.is_table_header) == (header, (), False)
