"""Slips of everyday words are mended; other words are left alone."""

import pytest

from summitqa.misspellings import mend


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wich", "which"),
        ("waht", "what"),
        ("hwo", "how"),
        ("comming", "coming"),
        ("happend", "happened"),
        ("beleive", "believe"),
        ("agrement", "agreement"),
        ("peopel", "people"),
        ("responsable", "responsible"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    """One letter left out, doubled, swapped or mistaken, and slips that are known by heart."""
    assert mend(typed, opens=False) == meant


@pytest.mark.parametrize("word", ["hose", "bring", "putin", "wen", "2022", "whet", "fomin", "xyz", "tolmark"])
def test_other_words_stay(word: str) -> None:
    """Real words, names and numbers are no slips."""
    assert mend(word, opens=False) is None


def test_a_real_word_is_a_slip_only_where_a_question_word_stands() -> None:
    """A witch at the start of a question is rather a "which"; elsewhere she is a witch."""
    assert (mend("witch", opens=True), mend("witch", opens=False)) == ("which", None)
