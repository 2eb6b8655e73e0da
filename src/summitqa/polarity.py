"""Polarity: words that deny, and words with their opposites.

A text that says the contrary of what is asked looks much like an answer: it has the names, the topic and the type.
"""

from __future__ import annotations

import re
from itertools import pairwise

from summitqa.words import split_words

_PAIRS = """
accept/reject accepted/rejected add/remove added/removed adult/child after/before agree/disagree agreed/disagreed
ally/enemy allies/enemies allowed/banned allow/forbid always/never ancient/modern arrive/leave arrived/left
attack/defend attacked/defended attract/repel begin/end began/ended beginning/end best/worst better/worse big/small
bigger/smaller biggest/smallest birth/death born/killed bought/sold build/demolish built/destroyed buy/sell
buyers/sellers cheap/expensive cheaper/dearer cheapest/dearest close/open closed/opened common/rare
connected/separated construct/destroy cold/hot colder/hotter coldest/hottest create/destroy created/destroyed
dark/light day/night decline/growth decrease/increase decreased/increased decreasing/increasing deep/shallow
deepest/shallowest defeat/victory defeated/aided direct/indirect discourage/encourage discouraged/encouraged
divided/united dry/wet earlier/later earliest/latest early/late east/west eastern/western easy/hard easier/harder
easiest/hardest empty/full enter/leave entered/left export/import exported/imported exports/imports external/internal
fail/succeed failed/succeeded failure/success fall/rise fell/rose false/true famous/unknown fast/slow faster/slower
fastest/slowest father/mother female/male fewer/more fewest/most final/initial finish/start finished/started
first/last foreign/domestic forget/remember formal/informal founded/dissolved free/enslaved friend/enemy front/back
gave/took give/take good/bad guilty/innocent happy/sad harmful/harmless hate/love hated/loved heavy/light
heavier/lighter heaviest/lightest help/hinder helped/hindered high/low higher/lower highest/lowest hire/dismiss
hired/dismissed husband/wife illegal/legal important/unimportant include/exclude included/excluded inside/outside
join/leave joined/left large/small larger/smaller largest/smallest least/most legal/illegal length/width like/dislike
liked/disliked likely/unlikely likes/dislikes long/short longer/shorter longest/shortest lose/win lost/won gain/lose
gained/lost major/minor majority/minority man/woman maximum/minimum men/women more/less narrow/wide narrowest/widest
near/far nearest/farthest necessary/unnecessary negative/positive new/old newer/older newest/oldest north/south
northern/southern northeast/southwest northwest/southeast official/unofficial offensive/defensive older/younger
oldest/youngest oppose/support opposed/supported opponents/supporters ordinary/special parents/children past/future
peace/war permanent/temporary permitted/forbidden poor/rich poorer/richer poorest/richest popular/unpopular
possible/impossible praised/criticized praise/criticize prevent/cause prevented/caused primary/secondary
private/public protect/endanger protected/endangered pull/push raise/lower raised/lowered reduce/raise
reduced/expanded receive/send received/sent regular/irregular released/arrested remained/left rural/urban
safe/dangerous same/different similar/different simple/complex single/married slave/master soft/hard sold/bought
son/daughter sons/daughters start/stop started/stopped strength/weakness strong/weak stronger/weaker strongest/weakest
student/teacher students/teachers successful/unsuccessful sunrise/sunset supply/demand teach/learn thick/thin
top/bottom under/over upper/lower victory/defeat visible/invisible voluntary/forced warm/cool winner/loser
winners/losers
"""

OPPOSITES: dict[str, tuple[str, ...]] = {}
"""Folded words and what means their contrary."""

for _pair in _PAIRS.split():
    _one, _other = _pair.split("/")
    for _word, _contrary in ((_one, _other), (_other, _one)):
        OPPOSITES[_word] = tuple(dict.fromkeys((*OPPOSITES.get(_word, ()), _contrary)))

_DENIAL = re.compile(
    r"\b(?:not|never|no(?!\.?\s*\d)|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n['’]t|unable|"
    r"fail(?:s|ed|ing|ures?)?|refus(?:e|es|ed|ing|al)|lack(?:s|ed|ing)?|absent|absence)\b",
    re.IGNORECASE,
)


def denies(text: str) -> bool:
    """Tell whether *text* holds a word that denies: "not", "never", "without", "refused"."""
    return _DENIAL.search(text) is not None


def opposites_in(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the folded words of *question* that have opposites it does not name itself, each with them.

    The measure after "how" has none: "how long" and "how short" ask for the same.
    """
    words = split_words(question)
    contrary = {
        word: tuple(other for other in OPPOSITES[word] if other not in words)
        for before, word in pairwise(["", *words])
        if word in OPPOSITES and before != "how"
    }
    return tuple((word, others) for word, others in contrary.items() if others)
