"""Names of documents: ids that are safe in an address, titles that fit a line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.corpus.naming import MAX_TITLE_CHARS, make_document_id, shorten_title


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("istanbul-peace-summit", "istanbul-peace-summit"),
        ("Annual Report (final) v2.1", "annual-report-final-v2-1"),
        ("Erdoğan_Straße__Łódź", "erdogan-strasse-lodz"),
        ("2025 🎉 party", "2025-party"),
        ("README", "readme"),
    ],
)
def test_names_become_slugs(name: str, expected: str) -> None:
    """Lower-case ASCII letters and digits are kept, diacritics folded, all else is a hyphen."""
    assert make_document_id(name) == expected


@pytest.mark.parametrize("name", ["🎉", "---", "سلام", "和平"])
def test_names_without_latin_letters_get_a_hash(name: str) -> None:
    """A name with nothing left is "document-" and a hash."""
    assert re.fullmatch(r"document-[0-9a-f]{8}", make_document_id(name))


def test_names_of_other_scripts_stay_different() -> None:
    """A name that loses letters keeps what is left and gets a hash of the whole."""
    first, second = make_document_id("план 2024"), make_document_id("отчёт 2024")
    assert first != second
    assert re.fullmatch(r"2024-[0-9a-f]{8}", first)


def test_encodings_of_one_name_give_one_id() -> None:
    """Letters with their marks apart, as some file systems store them, make no difference."""
    assert make_document_id("й") == make_document_id("и\u0306")


@given(st.text())
def test_ids_are_plain_and_stable(name: str) -> None:
    """Every name has an id of lower-case letters, digits and single hyphens, the same each time."""
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", make_document_id(name))
    assert make_document_id(name) == make_document_id(name)


def test_short_titles_stay() -> None:
    """Up to 120 characters nothing changes but whitespace."""
    assert shorten_title(" Rain \t today\n") == "Rain today"
    assert shorten_title("x" * 120) == "x" * 120


def test_long_titles_end_at_a_word() -> None:
    """A longer title is cut after a whole word, without the comma before the ellipsis."""
    title = shorten_title("a" * 100 + " bbbb, " + "c" * 50)
    assert title == "a" * 100 + " bbbb…"


@given(st.text())
def test_titles_fit(text: str) -> None:
    """No title is longer than 120 characters, however it is spaced."""
    assert len(shorten_title(text)) <= MAX_TITLE_CHARS
