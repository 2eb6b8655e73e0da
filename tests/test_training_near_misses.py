"""Near misses for training: what is changed, and when nothing can be."""

from __future__ import annotations

import random

import pytest

from summitqa.training.near_misses import (
    delete_answer,
    negate,
    swap_mention,
    swap_opposite,
    swap_question_word,
    swap_within,
)
from summitqa.types import Span

PASSAGE = "Maren Solvik supported the plan of 1998. Her rival Jonas Berg opposed the bridge."


def test_a_name_of_another_text_takes_the_place_of_one_in_the_question() -> None:
    """The new name is not in the passage."""
    swapped = swap_mention("What did Maren Solvik want?", PASSAGE, ["Then came Ilse Kramer."], random.Random(1))
    assert swapped == "What did Ilse Kramer want?"


def test_a_name_of_the_same_passage_takes_the_place_of_one_in_the_question() -> None:
    """Every word of the new question still stands in the passage."""
    assert swap_within("What did Maren Solvik want?", PASSAGE, random.Random(1)) == "What did Jonas Berg want?"


def test_a_question_without_a_name_of_the_passage_is_not_swapped() -> None:
    """There is nothing whose place another could take."""
    assert swap_within("What did Ilse Kramer want?", PASSAGE, random.Random(1)) is None


def test_a_word_becomes_its_opposite() -> None:
    """Only a word whose opposite the passage does not hold."""
    assert swap_opposite("Who built the oldest house?", PASSAGE, random.Random(3)) in {
        "Who destroyed the oldest house?",
        "Who built the youngest house?",
    }
    assert swap_opposite("Who supported it?", PASSAGE, random.Random(1)) is None


def test_how_big_stays_how_big() -> None:
    """After "how" an opposite asks for the same."""
    assert swap_opposite("How big is it?", PASSAGE, random.Random(1)) is None


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Where was it built?", "Where wasn't it built?"),
        ("What can he see?", "What can not he see?"),
        ("Why did the talks fail?", "Why didn't the talks fail?"),
        ("Who won?", None),
        ("What isn't made of wood?", None),
    ],
)
def test_an_auxiliary_is_negated(question: str, negated: str | None) -> None:
    """A question without one, or that is negated already, is left alone."""
    assert negate(question) == negated


def test_why_is_asked_only_where_no_reason_is_given() -> None:
    """A passage with "because" may answer it; a place without a name is none."""
    assert swap_question_word("When did she leave?", "She left in May.", random.Random(1)) in {
        "Why did she leave?",
        "Where did she leave?",
    }
    for seed in range(9):
        swapped = swap_question_word("When did she leave?", "She left because of him.", random.Random(seed))
        assert swapped == "Where did she leave?"


def test_an_answer_is_deleted_with_the_preposition_before_it() -> None:
    """The rest reads on and holds no accepted answer."""
    text = "The museum opened in May 1990 in the old town hall."
    start = text.index("May")
    assert delete_answer(text, Span(start, start + 8), ["May 1990"]) == "The museum opened in the old town hall."
    assert delete_answer(text, Span(4, 10), ["museum"]) is None
