"""The sentence that introduces a list or table."""

import pytest

from summitqa.corpus import parse_document
from summitqa.corpus.introductions import find_introduction
from summitqa.types import Block, Span


def introduction(text: str, kind: str = "paragraph") -> str | None:
    """Return what introduces a list below a block that is all of *text*."""
    block = Block("heading" if kind == "heading" else "paragraph", Span(0, len(text)))
    found = find_introduction(text, [block])
    return found.text_of(text) if found else None


def introductions(text: str, *, markdown: bool = False) -> list[str | None]:
    """Return the introduction of each list item or row."""
    blocks = parse_document(text, document_id="x", markdown=markdown).blocks
    found = [block.introduction for block in blocks if block.kind in ("list_item", "table_row")]
    return [span.text_of(text) if span else None for span in found]


def test_the_last_sentence_with_a_colon_introduces() -> None:
    """Only the sentence is taken, not its paragraph."""
    assert introduction("Talks begin today. These people come:") == "These people come:"


@pytest.mark.parametrize(
    "sentence",
    ["It covers the following points.", "The terms are as follows.", "Prices are listed below.", "Table 2. Sales"],
)
def test_words_that_announce_introduce(sentence: str) -> None:
    """A sentence without a colon introduces when it says so."""
    assert introduction(sentence) == sentence


@pytest.mark.parametrize(
    "text", ["Talks begin today.", "See: the list. It is long.", "The following day was cold. He left."]
)
def test_other_sentences_do_not(text: str) -> None:
    """A colon or an announcement further up says nothing about what follows now."""
    assert introduction(text) is None


def test_headings_and_nothing_introduce_nothing() -> None:
    """A heading is context already."""
    assert introduction("Members:", "heading") is None
    assert find_introduction("", []) is None


def test_lists_in_lists_have_their_own() -> None:
    """An item that ends with a colon introduces the items below it; its siblings keep theirs."""
    plain = "You need:\n- proof, such as:\n  - a bill\n  - a letter\n- a photo"
    expected = ["You need:", "proof, such as:", "proof, such as:", "You need:"]
    assert introductions(plain) == expected
    assert introductions(plain.replace(":\n-", ":\n\n-", 1), markdown=True) == expected


def test_letters_below_a_number_have_their_own() -> None:
    """In numbered clauses the clause with a colon introduces its letters."""
    text = "Rules apply.\n1. You may cancel if:\na) we agree; or\nb) you pay.\n2. We may cancel too."
    assert introductions(text) == [None, "You may cancel if:", "You may cancel if:", None]


def test_a_paragraph_between_ends_a_list() -> None:
    """What introduces one list does not introduce the next."""
    assert introductions("Bring:\n- bread\n\nThanks to all of you.\n\n- salt") == ["Bring:", None]
