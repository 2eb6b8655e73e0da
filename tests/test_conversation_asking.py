"""A question word alone is asked of the question before it."""

import pytest

from summitqa.conversation.asking import FrameKind, ask_on, asks_subject, join_all, take_apart


@pytest.mark.parametrize(
    ("question", "kind", "auxiliary", "rest"),
    [
        ("Is Moen coming?", "whether", "is", "Moen coming"),
        ("Who will host the fair?", "subject", "will", "host the fair"),
        ("Who won the race?", "subject", "", "won the race"),
        ("Which trawler sank in May?", "subject", "", "sank in May"),
        ("Which hubs do repairs?", "subject", "do", "repairs"),
        ("What did Moen offer?", "object", "did", "Moen offer"),
        ("Who's the mayor of Lund?", "state", "is", "the mayor of Lund"),
        ("Where will the fair be held?", "manner", "will", "the fair be held"),
        ("How likely is a deal?", "manner", "is", "a deal"),
        ("How many people will come?", "subject", "will", "come"),
        ("Prices of the stalls", "other", "", "Prices of the stalls"),
    ],
)
def test_a_question_is_taken_apart(question: str, kind: FrameKind, auxiliary: str, rest: str) -> None:
    """What it asks for, its auxiliary, and what is said."""
    frame = take_apart(question)
    assert (frame.kind, frame.auxiliary, frame.rest) == (kind, auxiliary, rest)


@pytest.mark.parametrize(
    ("part", "question", "written"),
    [
        ("Why?", "Where will the fair be held?", "Why will the fair be held"),
        ("Since when?", "Is Moen coming?", "Since when is Moen coming"),
        ("Why?", "How likely is a deal on stalls?", "Why is a deal on stalls likely"),
        ("Why so soon?", "When does the fair open?", "Why does the fair open so soon"),
        ("Why so many?", "How many guests came?", "Why so many (the guests came)"),
        ("Why not?", "Is breakfast included?", "Why is breakfast not included"),
        ("Why not?", "Can we come?", "Why can we not come"),
        ("Why not?", "Where is the fair?", "Why not (the fair)"),
        ("Why not by train?", "Is Moen coming?", "Why not by train (Moen coming)"),
        ("Who else?", "Is Moen coming?", "Who else is coming"),
        ("Who else?", "Who is coming?", "Who else is coming"),
        ("Who else?", "Where will the fair be held?", "Who else (the fair be held)"),
        ("What else?", "Who is coming?", "What else (coming)"),
        ("How much?", "Did the town borrow money?", "How much (the town borrow money)"),
        ("Why?", "Which trawler was rammed?", "Why was the trawler rammed"),
        ("Why?", "Who won the race?", "Why (won the race)"),
        ("Why?", "What is the deposit?", "Why (the deposit)"),
    ],
)
def test_a_question_word_is_asked_of_what_was_said(part: str, question: str, written: str) -> None:
    """What fits is joined to a question; what was only asked for is left out; the rest stands in brackets."""
    assert ask_on(part, question) == written


@pytest.mark.parametrize(
    ("part", "question", "subject", "written"),
    [
        ("Where?", "Who will host the fair?", "Ana", "Where will Ana host the fair"),
        ("Why?", "Who is coming?", "Ana and Bo", "Why are Ana and Bo coming"),
        ("When?", "Who won the race?", "Ana", "When (Ana won the race)"),
        ("Since when?", "Who is the mayor of Lund?", "Ana", "Since when is Ana the mayor of Lund"),
        ("Why Bo?", "Who will host the fair?", "Ana", "Why will Bo host the fair"),
        ("Why her?", "Who will host the fair?", "Ana", "Why will Ana host the fair"),
        ("Why her?", "Who will host the fair?", None, "Why (host the fair)"),
    ],
)
def test_who_was_named_becomes_the_subject(part: str, question: str, subject: str | None, written: str) -> None:
    """A question for its own subject gets the one that its answer gave."""
    assert ask_on(part, question, subject) == written


def test_only_some_questions_ask_for_their_subject() -> None:
    """Who does something, or who has an office; not whom somebody met, nor who a person is."""
    asked = ["Who came?", "Who is the mayor?", "Who did Moen meet?", "Who is Moen?"]
    assert [asks_subject(question) for question in asked] == [True, True, False, False]


def test_names_are_joined_as_one_phrase() -> None:
    """Commas, and "and" before the last."""
    assert [join_all(names) for names in (["Ana"], ["Ana", "Bo"], ["Ana", "Bo", "Cy"])] == [
        "Ana",
        "Ana and Bo",
        "Ana, Bo and Cy",
    ]
