"""Words that deny, and words with their opposites."""

import pytest

from summitqa.polarity import OPPOSITES, denies, opposites_in


@pytest.mark.parametrize(
    "text", ["He will not attend.", "It isn't free.", "It isn’t free.", "They REFUSED.", "after failing", "No fee."]
)
def test_a_text_denies(text: str) -> None:
    """By a word of its own or by an ending, whatever the apostrophe or the case."""
    assert denies(text)


@pytest.mark.parametrize(
    "text", ["", "He notes it.", "The knot held.", "Nova Scotia", "Pier No. 5", "Nonetheless it rose."]
)
def test_a_text_does_not_deny(text: str) -> None:
    """Beginnings of other words are no denials."""
    assert not denies(text)


def test_words_of_a_question_have_opposites() -> None:
    """Each with all that means its contrary."""
    assert opposites_in("Who lost the oldest ship?") == (
        ("lost", ("won", "gained")),
        ("oldest", ("newest", "youngest")),
    )


def test_a_measure_has_none() -> None:
    """After "how": "how long" and "how short" ask for the same."""
    assert [word for word, _ in opposites_in("How long is the oldest pier?")] == ["oldest"]


def test_a_question_that_names_both_sides_has_none() -> None:
    """Who asks for winner and loser is answered by either."""
    assert opposites_in("Was it first or last?") == ()


def test_opposites_go_both_ways() -> None:
    """Whatever is an opposite has one."""
    assert all(word in OPPOSITES[other] for word, others in OPPOSITES.items() for other in others)
