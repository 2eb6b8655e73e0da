"""Close words for a word that no passage holds: misspelt and differently transliterated names.

The door to rapidfuzz. Two words are close when few edits part them, measured against the shorter of the
two; one edit more is allowed when both sound alike, that is when only vowels, doubled letters or letters of
one sound differ (``Turkiye``, ``Turkey``). Numbers and short words have no close words: ``2022`` is not ``2023``.

The limits were tuned on the lists in ``tests/test_spelling.py``. A real word that the documents happen not to
use can still be close to one that they do (``attach``, ``attack``): a caller who knows which words are real
should not ask about those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from summitqa.words import STOP_WORDS

MIN_LENGTH = 4
"""Letters of the shorter word below which no two words are close."""

MAX_CANDIDATES = 3

_FIRST_LETTERS = str.maketrans("cqzwfjy", "kksvvii")
_SOUNDS = str.maketrans("cqzwv", "kksff", "aeiouyhj")
_REPEATED = re.compile(r"(.)\1+")


class CloseWords:
    """Finds close words in a vocabulary of folded words; fixed once made, safe in several threads."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        """Take each word with the number of passages that hold it."""
        self._counts = {word: n for word, n in words if _is_candidate(word) and word not in STOP_WORDS}
        self._groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._counts:
            self._groups[_first_letter(word), len(word)].append(word)

    def find(self, term: str) -> list[str]:
        """Return up to ``MAX_CANDIDATES`` words as few edits from *term* as any.

        Words that sound like it come first, then those of nearly its length, the more frequent, and in order of the
        alphabet.
        """
        if not _is_candidate(term):
            return []
        found = self._candidates(term)
        fewest = min((edits for _, edits in found), default=0)
        best = [word for word, edits in found if edits == fewest]
        sound = _sound(term)
        best.sort(key=lambda word: (_sound(word) != sound, abs(len(word) - len(term)), -self._counts[word], word))
        return best[:MAX_CANDIDATES]

    def _candidates(self, term: str) -> list[tuple[str, int]]:
        """Return the words within the limits, each with the edits that part it from *term*."""
        reach = _limit(len(term)) + 2  # a longer word may stand further off than a shorter one
        first = _first_letter(term)
        found = []
        for length in range(len(term) - reach, len(term) + reach + 1):
            group = self._groups.get((first, length), [])
            most = _limit(min(length, len(term))) + 1
            close = extract(term, group, scorer=OSA.distance, score_cutoff=most, limit=None)
            found += [(word, int(edits)) for word, edits, _ in close if _is_close(term, word, int(edits))]
        return found


def _limit(length: int) -> int:
    """Return the edits that may part two words that do not sound alike; *length* is the shorter one's."""
    return 1 if length < 11 else 2


def _is_close(term: str, word: str, edits: int) -> bool:
    shorter, same_length = min(len(term), len(word)), len(term) == len(word)
    if _sound(term) == _sound(word):
        # Of four letters, one for another makes another word, even a vowel: "lost", "last".
        return edits <= _limit(shorter) + (shorter >= 6) and not (shorter == MIN_LENGTH and same_length)
    if shorter < 6 and (shorter == MIN_LENGTH or (same_length and sorted(term) != sorted(word))):
        return False  # so does a consonant in a short word: "Iran", "Iraq"
    return edits <= _limit(shorter)


def _is_candidate(word: str) -> bool:
    return len(word) >= MIN_LENGTH and word.isalpha()


def _first_letter(word: str) -> str:
    return word[0].translate(_FIRST_LETTERS)


def _sound(word: str) -> str:
    return _REPEATED.sub(r"\1", word.replace("ph", "f").translate(_SOUNDS))
