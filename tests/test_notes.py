"""Notes on questions that ask for more than quotes."""

import pytest

from summitqa.conversation.notes import COMPARE_NOTE, COUNT_NOTE, SUMMARISE_NOTE, WHY_NOTE, note_on


@pytest.mark.parametrize(
    ("question", "quoted", "note"),
    [
        ("Summarise the article", "It rained.", SUMMARISE_NOTE),
        ("Compare the Breeze and the Gale plan", "Breeze | 9 daler", COMPARE_NOTE),
        ("What is the difference between both plans?", None, COMPARE_NOTE),
        ("How many people came?", "Many people came.", COUNT_NOTE),
        ("How many people came?", "Some 300 people came.", None),
        ("Why was the fair cancelled?", "The fair was cancelled.", WHY_NOTE),
        ("Why was the fair cancelled?", "It was cancelled because of the rain.", None),
        ("Who leads the fair?", "Ana leads it.", None),
    ],
)
def test_a_note_says_what_the_quotes_do_not_do(question: str, quoted: str | None, note: str | None) -> None:
    """Only where it is true: quotes that give the reason or the number need no note."""
    assert note_on(question, quoted) == note
