"""Words that deny, and words with their opposites."""

import pytest

from summitqa.polarity import denies, with_opposites


@pytest.mark.parametrize(
    "text", ["He will not attend.", "It isn't free.", "It isn’t free.", "They REFUSED.", "No fee."]
)
def test_a_text_denies(text: str) -> None:
    """By a word of its own or by an ending, whatever the apostrophe or the case."""
    assert denies(text)


@pytest.mark.parametrize("text", ["", "He notes it.", "The knot held.", "Nova Scotia", "Nonetheless it rose."])
def test_a_text_does_not_deny(text: str) -> None:
    """Beginnings of other words are no denials."""
    assert not denies(text)


def test_words_of_a_question_have_opposites() -> None:
    """Each with all that means its contrary."""
    found = with_opposites("Who lost the oldest ship?")
    assert set(found) == {"lost", "oldest"}
    assert "won" in found["lost"]


def test_a_measure_has_none() -> None:
    """After "how": "how long" and "how short" ask for the same."""
    assert with_opposites("How long is the oldest pier?").keys() == {"oldest"}
