"""Words: what counts as one word, however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.words import STOP_WORDS, content_words, fold, same_root, split_words


@pytest.mark.parametrize("name", ["Erdoğan", "ERDOGAN", "erdogan", "Erdog\u0306an"])
def test_diacritics_and_case_are_folded(name: str) -> None:
    """A name is one word with its marks, without them, and with the marks apart."""
    assert split_words(name) == ["erdogan"]


def test_letters_without_decomposition_are_folded() -> None:
    """What people type for letters that are no letter and mark."""
    assert fold("Łódź Ørsted Straße ısı") == "lodz orsted strasse isi"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zelenskyy's Zelenskyy’s", ["zelenskyy", "zelenskyy"]),
        ("won't don’t can't isn't", ["will", "do", "can", "is"]),
        ("we're I've they'll he'd I'm", ["we", "i", "they", "he", "i"]),
        ("O'Brien O’Connor l'Europe", ["obrien", "oconnor", "leurope"]),
        ("U.S. and U.N.", ["us", "and", "un"]),
        ("3.5 1,200 14:30 1990's", ["3.5", "1,200", "14:30", "1990"]),
        ("face-to-face, de_facto", ["face", "to", "face", "de", "facto"]),
        ("سلام 和平", ["سلام", "和平"]),
        ("🎉 — …", []),
    ],
)
def test_words_of_text(text: str, expected: list[str]) -> None:
    """Endings go, names and numbers keep their parts, signs are no words."""
    assert split_words(text) == expected


def test_content_words_leave_stop_words_out() -> None:
    """Function and question words carry no topic; a text of them has no content."""
    assert content_words("Who is Putin meeting in the U.S.?") == ["putin", "meeting", "us"]
    assert content_words("Who are you?") == []


def test_stop_words_are_words() -> None:
    """Each is what the text gives for it, so that none is listed in vain."""
    assert all(split_words(word) == [word] for word in STOP_WORDS)


@given(st.text())
def test_words_are_folded_and_filled(text: str) -> None:
    """Every word is non-empty and does not change when folded again."""
    for word in split_words(text):
        assert word
        assert fold(word) == word


def test_forms_of_a_word_share_a_root() -> None:
    """Endings do not matter; other words that begin alike, and numbers, do."""
    assert same_root("talk", "talks")
    assert same_root("likely", "likelihood")
    assert not same_root("peace", "peach")
    assert not same_root("2022", "2023")
