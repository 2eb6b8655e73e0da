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


def test_headings_that_are_questions_stay_as_they_are() -> None:
    """Lead-ins and all; those that lean on what stands above them come after the others."""
    headings = ["Will It Last?", "So, Who Is Coming?", "What’s on the Table?", "The goose is lost. What now?"]
    assert [suggest_questions([heading]) for heading in headings] == [(heading,) for heading in headings]
    assert suggest_questions(headings[:3]) == ("So, Who Is Coming?", "What’s on the Table?", "Will It Last?")


def test_numbers_of_headings_are_left_out() -> None:
    """Nobody asks for "2.1 Budget"; a year is no number of a heading."""
    asked = suggest_questions(["2.1 Budget", "3. Ferries", "2019 in figures"])
    assert [question.partition("“")[2].partition("”")[0] for question in asked] == [
        "Budget",
        "Ferries",
        "2019 in figures",
    ]


def test_there_are_few_suggestions() -> None:
    """However many headings there are, three questions are enough."""
    assert len(suggest_questions(f"Chapter {number}" for number in range(50))) == 3
