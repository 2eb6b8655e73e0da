"""Telling wrapped prose from text with one line a paragraph."""

from corpus_texts import outline
from summitqa.corpus import parse_document

WRAPPED = """Wolves have been seen again in the western hills, two
hundred years after the last one was shot there. Many
Farmers are worried about their sheep and flocks, and
want guards."""


def paragraphs(text: str) -> list[str]:
    """Return the blocks of a plain text."""
    return outline(parse_document(text, document_id="x"))


def test_wrapped_lines_are_one_paragraph() -> None:
    """Lines that run on in lower case are joined, and so is a full one before a capital."""
    assert paragraphs(WRAPPED) == [WRAPPED]


def test_lines_of_sentences_stay_apart() -> None:
    """One line a paragraph, as a web page gives it, is never joined, long lines neither."""
    text = "The minister resigned on Monday after a week of protests in the capital.\nHe gave no reason.\nTalks go on."
    assert paragraphs(text) == text.split("\n")


def test_a_short_line_ends_a_wrapped_paragraph() -> None:
    """Where the next word would have fitted, a capital begins a new paragraph."""
    text = WRAPPED + "\nNobody knows.\nHunters say that there are more of them than that."
    assert paragraphs(text) == [WRAPPED, "Nobody knows.", "Hunters say that there are more of them than that."]


def test_an_indented_line_begins_a_paragraph() -> None:
    """In a wrapped text with indented first lines no blank line is needed."""
    text = WRAPPED + "\n   The hunters, who are paid by the state, say that there\nare more."
    assert paragraphs(text) == [WRAPPED, "The hunters, who are paid by the state, say that there\nare more."]


def test_a_blank_line_always_parts() -> None:
    """A paragraph never goes on below a blank line, even in lower case."""
    assert paragraphs(WRAPPED + "\n\nand more.") == [WRAPPED, "and more."]


def test_items_go_on_by_indentation() -> None:
    """A line indented deeper than the bullet above belongs to its item in any text."""
    assert paragraphs("List:\n- First item\n  Goes on here.\n- Second\nText after it.") == [
        "List:",
        "- First item\n  Goes on here.",
        "- Second",
        "Text after it.",
    ]


def test_a_comma_goes_on_in_lower_case() -> None:
    """A line that breaks off at a comma is joined to its rest."""
    assert paragraphs("News of the day.\nUsers must migrate,\nbecause the format changed.") == [
        "News of the day.",
        "Users must migrate,\nbecause the format changed.",
    ]


def test_right_to_left_text_is_joined() -> None:
    """Scripts without capitals run on unless a sentence ends."""
    text = "قال الرئيس في خطاب طويل أمام الجمعية العامة إن المحادثات سوف\nتبدأ يوم الخميس."
    assert paragraphs(text) == [text]
