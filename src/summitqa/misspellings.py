"""Misspellings of everyday English words: question words, function words and the verbs that questions are made of.

The documents do not help with those, for a search leaves most of them out. Only one slip is mended, of a word that is
no word itself: whoever asks should know which words the documents, or the language, have.
"""

from __future__ import annotations

from functools import lru_cache

MIN_LENGTH = 4
"""Letters of a typed word below which one slip makes too many other words."""

_EVERYDAY = tuple(
    """what when where which while whom whose because about after again against before between could would should
    does have will with from that than then their there these they this those were your until during without
    about accept accepted according affect agree agreed agreement allow allowed already always answer argue arrive
    arrived attend attending become began begin beginning believe believed bring broke build built called cause caused
    change changed choose close closed come coming confirm confirmed continue cost decide decided definitely describe
    describes different difference discuss discussed document does doing either else enough every everything exactly
    expect expected explain fail failed finally find finish finished first follow following forward friend gave give
    given going government happen happened happening happens having help important include included including
    increase interested involved join keep kind know known last later lead leader leads learn leave left likely listen
    little live look many maybe mean means meant meet meeting mention mentioned might minister most much necessary need
    needed never number offer offered often open opened other ought people perhaps person place plan planned please
    possible president probably problem promise promised propose proposed quote quoted reach really reason receive
    received refuse refused remember report reported represent request responsible result role said same says send
    sending sent separate several show since someone something speak speaking spoke start started stay still stop
    stopped support suppose supposed surprise take taken talk talking tell their think thought through today together
    told tomorrow tried trying understand used using usually visit wait want wanted wants went whether winning work
    worked working write writing written wrote year years yesterday""".split()
)

_KNOWN_SLIPS = dict(
    slip.split("-")
    for slip in """teh-the hte-the adn-and nad-and hwo-how ohw-how wich-which whihc-which whcih-which witch-which
    wat-what waht-what whta-what wen-when whne-when wehn-when wher-where whoo-who taht-that thier-their becuase-because
    becasue-because becouse-because cuz-because alot-much definately-definitely recieve-receive beleive-believe
    untill-until tommorow-tomorrow happend-happened""".split()
)
"""Slips of short words, and such as are more than one."""

_REAL = frozenset({"witch", "wen", "wat"})
"""Of those, words of their own; a question must begin with one for it to be a slip."""


@lru_cache(maxsize=4096)
def mend(word: str, *, opens: bool) -> str | None:
    """Return the everyday word that the folded *word* is a slip of, ``None`` if it is none.

    Args:
        word: as it was typed, folded.
        opens: it opens the question, where a question word is likely.
    """
    if word in _KNOWN_SLIPS:
        return None if word in _REAL and not opens else _KNOWN_SLIPS[word]
    if len(word) < MIN_LENGTH or not word.isalpha():
        return None
    found = [everyday for everyday in dict.fromkeys(_EVERYDAY) if _is_one_slip(word, everyday)]
    return found[0] if len(found) == 1 else None


def is_known_slip(word: str) -> bool:
    """Tell whether the folded *word* is a slip whatever the documents hold."""
    return word in _KNOWN_SLIPS


def _is_one_slip(typed: str, meant: str) -> bool:
    """Tell whether one letter left out, doubled or mistaken, or two letters swapped, make *meant* into *typed*.

    The first letter is right, and in a word of five letters or fewer no letter is mistaken for another.
    """
    if typed == meant or typed[0] != meant[0] or abs(len(typed) - len(meant)) > 1:
        return False
    if len(typed) == len(meant):
        apart = [i for i, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
        if len(apart) == 2 and apart[1] == apart[0] + 1:
            return typed[apart[0]] == meant[apart[1]] and typed[apart[1]] == meant[apart[0]]
        return len(apart) == 1 and len(meant) > 5
    longer, shorter = sorted((typed, meant), key=len, reverse=True)
    return len(meant) >= MIN_LENGTH and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
