"""Close words: misspelt names are found, other words are left alone."""

import pytest

from summitqa.index.spelling import CloseWords

VOCABULARY = CloseWords(
    (word, 1)
    for word in """
    putin zelenskyy erdogan medinsky fomin ushakov volodymyr kremlin donetsk kherson turkey kyiv moscow washington
    antalya ceasefire prisoner negotiation humanitarian corridors sanctions presidential istanbul trump iraq table
    attack internal state last will here meditation contested 2022 14:30 war talks peace zaporizhzhia lukashenko
    """.split()
)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("zelensky", "zelenskyy"),
        ("zelenskiy", "zelenskyy"),
        ("zelenskij", "zelenskyy"),
        ("zelinsky", "zelenskyy"),
        ("medinski", "medinsky"),
        ("medinskiy", "medinsky"),
        ("medinksy", "medinsky"),
        ("erdogen", "erdogan"),
        ("erdogn", "erdogan"),
        ("putn", "putin"),
        ("puten", "putin"),
        ("volodimir", "volodymyr"),
        ("ushakof", "ushakov"),
        ("fomine", "fomin"),
        ("cremlin", "kremlin"),
        ("donestk", "donetsk"),
        ("kerson", "kherson"),
        ("turkiye", "turkey"),
        ("moskow", "moscow"),
        ("washingtn", "washington"),
        ("antalia", "antalya"),
        ("istambul", "istanbul"),
        ("ceesefire", "ceasefire"),
        ("prisonner", "prisoner"),
        ("negociation", "negotiation"),
        ("humanitarain", "humanitarian"),
        ("corridoors", "corridors"),
        ("zaporizhia", "zaporizhzhia"),
        ("lukashenka", "lukashenko"),
    ],
)
def test_a_misspelt_word_is_found(term: str, expected: str) -> None:
    """Names and words as people really misspell them lead to the one that is meant, and to it alone."""
    assert VOCABULARY.find(term) == [expected]


@pytest.mark.parametrize(
    "term",
    [
        "iran",
        "trumpet",
        "putting",
        "turkish",
        "tale",
        "lost",
        "wall",
        "hero",
        "where",
        "international",
        "connected",
        "istria",
    ],
)
def test_another_word_is_left_alone(term: str) -> None:
    """Real words that are merely similar are not taken for misspelt ones."""
    assert VOCABULARY.find(term) == []


@pytest.mark.parametrize("term", ["", "wa", "war", "2023", "14:31", "1,200", "b2b", "3.5", "\0", '"'])
def test_short_words_and_numbers_are_left_alone(term: str) -> None:
    """One digit more or less is another fact, and short words are all close to each other."""
    assert VOCABULARY.find(term) == []


def test_the_order_is_fixed() -> None:
    """Words of nearly the same length come first, then frequent ones, then by the alphabet; three at most."""
    words = [("marinas", 1), ("marinos", 5), ("marines", 1), ("marinus", 1), ("marinass", 9)]
    expected = ["marinos", "marinas", "marines"]
    assert CloseWords(words).find("marinis") == CloseWords(reversed(words)).find("marinis") == expected


def test_only_the_fewest_edits_count() -> None:
    """A word two edits away is not offered beside one that is one edit away."""
    assert CloseWords([("zelenskyy", 1), ("zelenska", 9)]).find("zelenskiy") == ["zelenskyy"]


def test_words_of_any_script_are_compared() -> None:
    """Cyrillic names are found as Latin ones are."""
    assert CloseWords([("зеленский", 1)]).find("зелeнский".replace("e", "и")) == ["зеленский"]


def test_no_vocabulary_no_words() -> None:
    """An empty index has no close words."""
    assert CloseWords([]).find("putin") == []


def test_of_words_as_close_the_one_that_sounds_alike_comes_first() -> None:
    """A name with a doubled letter is rather that name than another word of its length."""
    words = CloseWords([("matters", 9), ("mateus", 1)])
    assert words.find("matteus")[0] == "mateus"
