"""Which rows of a table a question asks for."""

import pytest

from summitqa.answering.limits import rows_beyond
from summitqa.answering.tables import choose_rows, extreme_rows, table_rows
from summitqa.corpus import parse_document

TEXT = """Night ferries

Ferry | Departs | Crossing | Fare | Minimum stay | Risk of delay
---|---|---|---|---|---
Aurora | 21:40 | 9 h 30 min | €61 | 1 night | Low
Borealis | 19:05 | 11 h | €48 | 2 nights | Very high
Borealis Plus | 23:15 | 11 h | €75 | 2 nights | Medium
"""
DOCUMENT = parse_document(TEXT, document_id="ferries", source="ferries.txt", markdown=False)
HEADER = next(block.header for block in DOCUMENT.blocks if block.cells)
ROWS = table_rows(DOCUMENT, HEADER)


def keys(question: str, best: str = "Aurora") -> list[str]:
    unit = next(row.span for row in ROWS if row.span.text_of(TEXT).startswith(best))
    choice = choose_rows(question, DOCUMENT, unit, HEADER)
    return [row.cells[0].text_of(TEXT) for row in choice.rows] if choice else []


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which ferry is the cheapest?", ["Borealis"]),
        ("What's the most expensive ferry?", ["Borealis Plus"]),
        ("Which ferry has the longest crossing?", ["Borealis", "Borealis Plus"]),
        ("Which is the fastest crossing?", ["Aurora"]),
        ("Which ferry departs last?", ["Borealis Plus"]),
        ("Which ferry has the highest risk of delay?", ["Borealis"]),
        ("Which ferry carries the least risk?", ["Aurora"]),
    ],
)
def test_an_extreme_is_found_by_the_order_of_its_column(question: str, expected: list[str]) -> None:
    """The superlative and the column's name choose the rows; ties come together."""
    assert keys(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "Which ferry is the nicest?",
        "Which ferry has a minimum stay of 1 night?",
        "Does it take at least a day?",
        "Which is the best ferry?",
    ],
)
def test_without_a_column_that_is_named_nothing_is_concluded(question: str) -> None:
    """A superlative that names no ordered column, or is none, chooses no row."""
    assert extreme_rows(question, DOCUMENT, ROWS) is None


def test_the_value_itself_is_the_answer_when_it_is_asked_for() -> None:
    """The lowest fare is a fare, the cheapest ferry is a ferry."""
    for question, expected in (("What is the lowest fare?", "€48"), ("Which ferry is cheapest?", "Borealis")):
        choice = extreme_rows(question, DOCUMENT, ROWS)
        assert choice is not None
        (answer,) = choice.answers
        assert answer is not None
        assert answer.text_of(TEXT) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which ferries cost more than 50 euros?", ["Aurora", "Borealis Plus"]),
        ("Is there one under €50?", ["Borealis"]),
        ("Which ferries take longer than ten hours?", ["Borealis", "Borealis Plus"]),
        ("Which ferries have a crossing of at least 11 h?", ["Borealis", "Borealis Plus"]),
        ("Which ferry leaves before 20:00?", ["Borealis"]),
        ("Which ferries cost more than 10 euros?", []),
        ("Which ferries carry more than 100 cars?", []),
        ("Which ferries cost more than the others?", []),
    ],
)
def test_rows_beyond_a_limit_are_found_on_its_scale(question: str, expected: list[str]) -> None:
    """A limit is compared with the one column of its unit; what all rows or none fulfil tells nothing."""
    choice = rows_beyond(question, DOCUMENT, ROWS)
    assert [row.cells[0].text_of(TEXT) for row in choice.rows] == expected if choice else not expected


def test_a_row_is_found_by_its_key() -> None:
    """The longest key that is named is meant."""
    assert keys("When does the Borealis Plus leave?", "Borealis Plus") == ["Borealis Plus"]
    assert keys("When does the Borealis leave?", "Borealis") == ["Borealis"]


def test_rows_are_found_by_a_value_they_share() -> None:
    """Every row with the value that the question mentions."""
    assert keys("Which ferries take 11 h?", "Borealis") == ["Borealis", "Borealis Plus"]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which talks have a low chance?", ["Fishing", "Tariffs"]),
        ("Which talks have a very low chance?", ["Border"]),
        ("Whose chance is low but not very low?", ["Fishing", "Border", "Tariffs"]),
    ],
)
def test_a_value_is_not_mistaken_for_a_stronger_one(question: str, expected: list[str]) -> None:
    """Whichever row was found best, "low" and "very low" each name their own rows."""
    text = "Talks | Chance\n---|---\nFishing | Low\nBorder | Very low\nTariffs | Low\nVisas | High\n"
    document = parse_document(text, document_id="talks", source="talks.md", markdown=True)
    header = next(block.header for block in document.blocks if block.cells)
    for best in table_rows(document, header)[:3]:
        choice = choose_rows(question, document, best.span, header)
        assert choice is not None
        assert [row.cells[0].text_of(text) for row in choice.rows] == expected
