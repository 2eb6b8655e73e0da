"""Greetings are met with questions worth asking; questions are never taken for greetings."""

import pytest

from summitqa.conversation import is_small_talk, suggest_questions


@pytest.mark.parametrize(
    "message",
    [
        "Hi",
        "hello there!",
        "Thank you very much.",
        "thanks",
        "Good morning",
        "help",
        "What can you do?",
        "Hi, how are you?",
    ],
)
def test_small_talk_is_known(message: str) -> None:
    """Whole messages of greeting, thanks and questions about summitqa itself."""
    assert is_small_talk(message)


@pytest.mark.parametrize(
    "message",
    [
        "Hi, who is coming?",
        "Who thanked the mayor?",
        "help with my bike",
        "What is this clause about?",
        "hello world fair",
    ],
)
def test_a_question_is_no_small_talk(message: str) -> None:
    """Anything beside the greeting makes it a question."""
    assert not is_small_talk(message)


def test_headings_make_questions() -> None:
    """Headings that are questions come first, as they are; the others are asked about; none twice."""
    headings = ["The spring fair in Lund", "Who Is Coming?", "Who Is Coming?", "x " * 20]
    assert suggest_questions(headings) == (
        "Who Is Coming?",
        "What do the documents say about “The spring fair in Lund”?",
    )


def test_there_are_few_suggestions() -> None:
    """However many headings there are, three questions are enough."""
    assert len(suggest_questions(f"Chapter {number}" for number in range(50))) == 3
