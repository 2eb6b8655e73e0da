"""What short lines look like by themselves."""

import pytest

from summitqa.corpus import shapes


@pytest.mark.parametrize(
    "text", ["Kremlin Changes Course", "What’s Actually on the Table?", "Refunds", "The War’s End"]
)
def test_title_case(text: str) -> None:
    """Words of weight are capitals; small words may be small."""
    assert shapes.is_title_case(text)


@pytest.mark.parametrize("text", ["What happens next", "the Way Home", "Rain and snow fall", "5 6 7"])
def test_not_title_case(text: str) -> None:
    """Words of weight in lower case, or a first one, or none at all."""
    assert not shapes.is_title_case(text)


def test_capitals_need_four_letters() -> None:
    """An acronym is no shout."""
    assert shapes.is_all_caps("DATA PROTECTION (2)")
    assert not shapes.is_all_caps("EU")
    assert not shapes.is_all_caps("和平峰会会谈")


@pytest.mark.parametrize("text", ["Who is coming?", "My bike was stolen. What should I do?", "من سيحضر؟"])
def test_questions(text: str) -> None:
    """A short question, or a sentence and a question."""
    assert shapes.is_question(text)


@pytest.mark.parametrize("text", ["“Why?”", "“Why now?", "Anna: Are you there?", "A? B? C?", "word " * 30 + "?", "Who"])
def test_not_questions(text: str) -> None:
    """Quoted or spoken questions, many at once, long ones, and no mark."""
    assert not shapes.is_question(text)


@pytest.mark.parametrize("text", ["Section 3", "ARTICLE IV. TERMS", "Appendix B: Prices", "Step 2"])
def test_section_labels(text: str) -> None:
    """The word of a section, and its number or letter."""
    assert shapes.is_section_label(text)
    assert not shapes.is_section_label("A " + text)


@pytest.mark.parametrize("text", ["Date: 5 May", "Anna Berg: I agree", "CHAIR : Welcome"])
def test_key_value_lines(text: str) -> None:
    """One or two words, a colon, and something."""
    assert shapes.is_key_value(text)


@pytest.mark.parametrize(
    "text", ["Section 2: Terms", "Istanbul Peace Summit: What We Know", "10:30 Coffee", "Requirements:"]
)
def test_not_key_value_lines(text: str) -> None:
    """Sections, long names, times, and a colon at the end."""
    assert not shapes.is_key_value(text)


def test_labels_state_nothing() -> None:
    """A verb makes a statement, unless the line begins as a question."""
    assert shapes.is_label("Cancellation and refunds")
    assert shapes.is_label("What is at stake")
    assert not shapes.is_label("The talks have collapsed")
    assert not shapes.is_label("Bread, salt and water")
    assert not shapes.is_label("one two three four five six seven eight nine")


def test_a_section_number_is_no_sentence() -> None:
    """The full stop after "Article 2" does not end anything."""
    assert shapes.is_one_sentence("ARTICLE 2. TERM AND TERMINATION")
    assert not shapes.is_one_sentence("It rained. It snowed.")
