"""Which questions stand alone, and by which words the others show that they do not."""

import pytest

from summitqa.conversation.dependence import find_dependence


@pytest.mark.parametrize(
    "question",
    [
        "When does the Kestrel Bridge close?",
        "How long does it take to fit winter tyres?",
        "Is it true that Moen leads the fair?",
        "Are there any trains to Lund?",
        "Does Moen want his money back?",
        "If the battery of the Cargo bike is cold, can I charge it?",
        "What do the visitors of the fair say about their tickets in May?",
        "Who said that the fair in Lund was cancelled?",
        "Which of the stalls at the fair was cheapest this year?",
        "What did everyone else at the Lund fair do?",
        "Moen job title?",
        "So, Who Is Showing Up?",
        "Why Now, and Why Lund?",
    ],
)
def test_a_question_that_names_its_subject_stands_alone(question: str) -> None:
    """Expletives, conjunctions and pronouns whose antecedent is in the question point nowhere else."""
    found = find_dependence(question)
    assert (found.is_alone, found.is_dependent) == (True, False)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Who is going in his place?", ["person"]),
        ("Does it do repairs?", ["thing"]),
        ("What do they want?", ["several"]),
        ("Why was that confirmed?", ["clause"]),
        ("Who said this?", ["clause"]),
        ("How many people live there?", ["place"]),
        ("Which one is the cheapest?", ["one"]),
        ("Has it done so before?", ["thing", "clause"]),
        ("Who else?", ["clause"]),
        ("Who goes instead?", ["clause"]),
        ("Says who?", ["clause"]),
        ("What happened then?", ["clause"]),
        ("What changed since then?", ["time"]),
        ("Why then?", ["time"]),
        ("Why him?", ["person"]),
    ],
)
def test_pointing_words_are_found(question: str, kinds: list[str]) -> None:
    """Each word that stands for something said before, in order, with what it can stand for."""
    assert [pointer.kind for pointer in find_dependence(question).pointers] == kinds


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("And Trump?", "Trump?"),
        ("What about territorial status?", "territorial status?"),
        ("and on gravel", "on gravel"),
        ("And what if it rains?", "if it rains?"),
        ("By what vote?", "By what vote?"),
        ("Which cities?", "Which cities?"),
        ("Why not?", "Why not?"),
        ("Why not in Lund?", "Why not in Lund?"),
        ("How so?", "Why?"),
        ("On dry ground?", "On dry ground?"),
        ("A single berth?", "A single berth?"),
        ("Norway?", "Norway?"),
    ],
)
def test_a_part_of_a_question_is_known(question: str, body: str) -> None:
    """What has no verb of its own, less its opening, takes its place in another question."""
    found = find_dependence(question)
    assert (found.is_part, found.body) == (True, body)


@pytest.mark.parametrize("question", ["What happened?", "How many are included?", "And when does the audit come out?"])
def test_some_questions_can_not_be_told(question: str) -> None:
    """A short question without a name and without a pointing word may be either."""
    found = find_dependence(question)
    assert (found.is_alone, found.is_dependent) == (False, False)


def test_a_name_after_why_is_known() -> None:
    """Whether that is a part of a question is for those to say who know what was spoken of."""
    asked = ["Why Lund?", "Why not the mayor?", "Why wait?", "Why is Lund closed?", "Why Now, and Why Lund?"]
    assert [find_dependence(question).reason_for for question in asked] == ["Lund", "the mayor", None, None, None]
