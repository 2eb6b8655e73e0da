"""Plain text: what becomes of each kind of line, and where the quotable part begins and ends."""

from corpus_texts import outline
from summitqa.corpus import parse_document


def blocks(text: str) -> list[str]:
    """Return the blocks of a plain text."""
    return outline(parse_document(text, document_id="x"))


def test_detached_bullets_mark_the_line_below() -> None:
    """A bullet or number on its own line, a blank line between or not, makes the next line an item."""
    assert blocks("We need:\n-\nbread\n-\n\nsalt\nThat is all.") == ["We need:", "- bread", "- salt", "That is all."]
    assert blocks("We need:\n1.\nbread\n2.\nsalt") == ["We need:", "- bread", "- salt"]


def test_a_bullet_without_text_is_dropped() -> None:
    """A bullet above another, or at the end, marks nothing; a number alone is text."""
    assert blocks("We need:\n-\n-\nbread\n-") == ["We need:", "- bread"]
    assert blocks("The answer was:\n42.") == ["The answer was:", "42."]


def test_items_are_quoted_without_their_mark() -> None:
    """Bullets, numbers and letters are not part of an item."""
    assert blocks("We need:\n• bread\n•salt") == ["We need:", "- bread", "- salt"]
    assert blocks("We need:\n1) bread\n2) salt") == ["We need:", "- bread", "- salt"]
    assert blocks("We need:\na) bread\nb) salt") == ["We need:", "- bread", "- salt"]


def test_a_number_outside_a_list_is_text() -> None:
    """A line that begins with a number of its own keeps it."""
    assert blocks("It rained.\n7. May was the coldest day of the year by far.") == [
        "It rained.",
        "7. May was the coldest day of the year by far.",
    ]


def test_dialogue_marks_are_not_quoted() -> None:
    """The question after "Q:" stands above its answer, both without their letters."""
    assert blocks("Q: Who pays?\nA: The state does.") == ["## Who pays?", "The state does."]


def test_a_long_question_is_text() -> None:
    """What an interviewer says at length can be quoted."""
    asked = "It was long. It was hard. It was cold. It was dark. Why did you go?"
    assert blocks(f"Q: {asked}\nA: For peace.") == [asked, "For peace."]


def test_rules_are_no_blocks() -> None:
    """Lines of signs part paragraphs and vanish."""
    assert blocks("It rained.\n-----\nIt snowed.\n* * *\nIt blew.") == ["It rained.", "It snowed.", "It blew."]


def test_headings_keep_their_number() -> None:
    """A section's number is part of its name."""
    assert blocks("Rules apply.\n2.1 Refunds\nNone are paid.\n2.2 Fees\nAll are due.")[1::2] == [
        "### 2.1 Refunds",
        "### 2.2 Fees",
    ]


def test_offsets_survive_emoji_and_combining_marks() -> None:
    """Offsets count code points, so that characters beyond the first plane and bare marks shift nothing."""
    text = "🎉👩‍👩‍👧 Peace e\u0301 held.\n\nسلام عليكم.\n\n- 和平 🕊️"
    document = parse_document(text, document_id="x")
    assert [block.span.text_of(text) for block in document.blocks] == [
        "🎉👩‍👩‍👧 Peace e\u0301 held.",
        "سلام عليكم.",
        "和平 🕊️",
    ]
