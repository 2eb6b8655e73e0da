"""Question types and typed spans."""

import pytest

from summitqa.questions import (
    AnswerType,
    answer_type,
    asks_for_several,
    counted_words,
    fitting_spans,
    gives_reason,
    only_repeats,
    typed_spans,
)

TEXT = (
    "By late Wednesday, the Council confirmed that Ana Brkić would not attend on May 11, 2025. Instead, adviser "
    "Jo van Dyke will speak in Oslo, three weeks after the U.N. vote, for $3.5 million or 20 percent."
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who is coming?", "name"),
        ("whos in the delegation", "name"),
        ("Which minister signed it?", "name"),
        ("When does it start?", "time"),
        ("On what date was it offered?", "time"),
        ("How long did it last?", "duration"),
        ("How long ago was it built?", "time"),
        ("How often does it run?", "other"),
        ("What was the name of the ship?", "name"),
        ("How many rows are there?", "number"),
        ("What is the price of the plan?", "number"),
        ("Where was it held?", "place"),
        ("What city hosts the talks?", "place"),
        ("Why Oslo?", "reason"),
        ("What was said?", "other"),
    ],
)
def test_the_question_word_or_noun_tells_the_type(question: str, kind: AnswerType) -> None:
    """A question asks for a name, time, number, place or reason by its question word or its noun."""
    assert answer_type(question) == kind


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("time", ["late Wednesday", "May 11, 2025", "three weeks after"]),
        ("number", ["11", "2025", "three", "$3.5 million", "20 percent"]),
        ("place", ["Oslo"]),
        ("other", []),
    ],
)
def test_typed_spans_have_the_shape_asked_for(kind: AnswerType, expected: list[str]) -> None:
    """Times, numbers and places are found by their shape, in order."""
    assert [span.text_of(TEXT) for span in typed_spans(TEXT, kind)] == expected


def test_a_count_is_no_date_or_time() -> None:
    """Asked how many, years and hours do not fit, unless it is they that are counted."""
    text = "Built in 2019, it took 3 h and 40 workers, for 12 days."
    assert [s.text_of(text) for s in fitting_spans(text, "number", counted_words("How many workers?"))] == ["40"]
    assert "12" in [s.text_of(text) for s in fitting_spans(text, "number", counted_words("How many days was it?"))]
    assert [s.text_of(text) for s in typed_spans(text, "duration")] == ["3 h", "12 days"]


def test_what_is_counted_follows_how_many() -> None:
    """The words between "how many" and the next function word are what is counted."""
    assert counted_words("How many child seats does it have?") == ("child", "seats")
    assert counted_words("Who has them?") == ()


def test_a_reason_has_its_words() -> None:
    """Because, due to and their like lead to a reason."""
    assert gives_reason("It closed because the dike broke.")
    assert gives_reason("It closed, since nobody came.")
    assert not gives_reason("It closed on Monday.")
    assert not gives_reason("It has changed since then, and since 2021 it has been closed.")


@pytest.mark.parametrize(
    ("text", "repeats"),
    [
        ("The mayor closed the old bridge and walked home.", True),
        ("The mayor closed the old bridge because it swayed.", False),
        ("The mayor closed the old bridge for repairs.", False),
        ("It swayed.", False),
        ("The mayor closed the old bridge; two cables had snapped overnight.", False),
    ],
)
def test_a_text_only_repeats_a_why_question(text: str, repeats: bool) -> None:
    """It adds next to nothing, and nothing that may be a reason; asked otherwise, the same text may answer."""
    assert only_repeats("Why did the mayor close the old bridge?", text) is repeats
    assert not only_repeats("Who closed the old bridge?", text)


def test_names_keep_particles_and_drop_function_words() -> None:
    """A name spans its particles; a capitalised function word at a sentence's start is no name."""
    names = [span.text_of(TEXT) for span in typed_spans(TEXT, "name")]
    assert {"Ana Brkić", "Jo van Dyke", "U.N.", "Oslo"} <= set(names)
    assert "By" not in names


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Who is expected in Oslo?", True),
        ("Which issues are on the table?", True),
        ("List the documents I need", True),
        ("What time does it open?", False),
        ("Why was it moved?", False),
    ],
)
def test_some_questions_want_more_than_one_thing(question: str, several: bool) -> None:
    """Who-is, plural and list questions may be answered by several quotes."""
    assert asks_for_several(question) is several
