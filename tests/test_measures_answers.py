"""Short answers, against the published SQuAD rules on cases with known results."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.evaluation.measures import exact_match, normalize_answer, token_f1


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("The Cat.", "cat"),
        ("an  apple a day", "apple day"),
        ("theatre", "theatre"),
        ("U.S.", "us"),
        ("$1,200", "1200"),
        ("state-of-the-art", "stateoftheart"),  # punctuation goes before articles do
        ("The", ""),
        (" A\tman\n", "man"),
    ],
)
def test_normalisation_is_squads(text: str, normal: str) -> None:
    """Lower case, punctuation dropped, then articles as whole words, then white space; as evaluate-v2.0.py gives."""
    assert (normalize_answer(text), normalize_answer(text, official=True)) == (normal, normal)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_our_extension_changes_nothing_in_ascii(text: str) -> None:
    """Only typographic characters are treated otherwise than by the published rule."""
    assert normalize_answer(text) == normalize_answer(text, official=True)


def test_typographic_quotes_are_dropped_unless_the_official_rule_is_asked_for() -> None:
    """``won’t`` equals ``won't`` here; the published script keeps the typographic apostrophe."""
    assert exact_match("won’t", ["won't"]) == 1.0
    assert exact_match("won’t", ["won't"], official=True) == 0.0
    assert normalize_answer("“a dog”", official=True) == "“ dog”"


@pytest.mark.parametrize(
    ("given_answer", "accepted", "f1"),
    [
        ("the Cat", ["cat"], 1.0),
        ("cat sat", ["the cat sat down"], 0.8),  # 2 common, precision 2/2, recall 2/3
        ("cat cat", ["cat"], 2 / 3),  # a token counts as often as it is in both: precision 1/2, recall 1
        ("Saint Bernadette Soubirous", ["Bernadette"], 0.5),
        ("dog", ["cat"], 0.0),
        ("cat", ["dog", "cat"], 1.0),
        ("", ["cat"], 0.0),
        ("the", [""], 1.0),  # both are empty after normalisation
        ("cat", [], 0.0),
    ],
)
def test_token_f1_is_squads(given_answer: str, accepted: list[str], f1: float) -> None:
    """The harmonic mean of token precision and recall, best over the accepted answers."""
    assert token_f1(given_answer, accepted) == pytest.approx(f1)
    assert token_f1(given_answer, accepted, official=True) == pytest.approx(f1)


def test_exact_match_needs_every_word() -> None:
    """Exact match is equality with one of the accepted answers after normalisation."""
    assert exact_match("A cat.", ["dog", "the cat"]) == 1.0
    assert exact_match("cat", ["cat sat"]) == 0.0
    assert exact_match("cat", []) == 0.0
