"""Questions in the form in which follow-ups are written out."""

import random

import pytest

from summitqa.training.bracketed import bracket


@pytest.mark.parametrize(
    ("question", "bracketed"),
    [
        (
            "When will the request be discussed?",
            {"When will it be discussed (request)?", "When (the request be discussed)?"},
        ),
        (
            "Why did the council close the bridge?",
            {
                "Why did it close the bridge (council)?",
                "Why did the council close it (bridge)?",
                "Why (the council close the bridge)?",
            },
        ),
        ("Who lives in the Netherlands?", {"Who lives there (Netherlands)?"}),
        ("Who spoke after the Brandt sisters?", {"Who spoke after them (Brandt sisters)?"}),
        ("Who met the mayor?", {"Who met him (mayor)?", "Who met her (mayor)?"}),
    ],
)
def test_a_phrase_stands_in_brackets(question: str, bracketed: set[str]) -> None:
    """A pronoun takes its place, or only the question words stay before the brackets."""
    assert {bracket(question, random.Random(seed)) for seed in range(40)} == bracketed


@pytest.mark.parametrize("question", ["Who?", "how much does parking cost", "", "Who is the owner of Brandt's farm?"])
def test_a_question_without_a_definite_phrase_stays(question: str) -> None:
    """No name and no article, or an owner, or what another phrase belongs to."""
    assert bracket(question, random.Random(1)) is None
