"""Which pieces of a plain text are headings.

A heading is never quoted, so a line taken for one by mistake is lost to every answer, while a missed
heading costs only context: in doubt a line stays text. A line must look like a heading
(:mod:`summitqa.corpus.shapes`), stand where a heading stands, and have something below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from summitqa.corpus import shapes
from summitqa.corpus.lines import ends_sentence
from summitqa.corpus.pieces import Piece

_PROSE_BYTES = 40  # in UTF-8, since scripts with more bytes a character say more with each
_LONG_LINE = 60
_MIN_PUNCTUATED = 0.7
_BREAKS_OFF = (":", "：", ",", ";")


class Strength(IntEnum):
    """How much speaks for a heading: its words alone, its looks, or a mark that only headings have."""

    NO = 0
    WEAK = 1
    STRONG = 2
    MARKED = 3


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text is written, as far as it bears on what counts as a heading.

    Attributes:
        counts: how often each piece occurs; speakers, buttons and page headers come again.
        punctuated: whether its long lines end in full stops, so that a line without one stands out.
        omits_stops: whether short statements lack their full stop, so that the lack of one means little.
        shouts: whether it is mostly in capitals, so that capitals mean nothing.
        has_title: whether the first piece is the title.
    """

    counts: Counter[str]
    punctuated: bool
    omits_stops: bool
    shouts: bool
    has_title: bool


def choose_headings(pieces: Sequence[Piece]) -> tuple[set[int], bool]:
    """Return the positions of the pieces that are headings, and whether the first of them is the title.

    The last piece is never a heading, so that a document always keeps something to quote.
    """
    habits = _read_habits(pieces)
    strengths = [_strength(pieces, i, habits) for i in range(len(pieces))]
    chosen = {0} if habits.has_title else set()
    for chain in _chains(strengths):
        chosen |= _of_chain(pieces, strengths, chain)
    last_text = max((i for i in range(len(pieces)) if i not in chosen), default=-1)
    kept = {i for i in chosen if i < last_text}
    return kept, habits.has_title and 0 in kept


def asks(piece: Piece) -> bool:
    """Tell whether *piece* is a question by its mark or by its look."""
    return bool(piece.marker and piece.marker.style == "question") or shapes.is_question(piece.text)


def _read_habits(pieces: Sequence[Piece]) -> Habits:
    long_lines = [piece.text for piece in pieces if len(piece.text) >= _LONG_LINE]
    letters = [character for piece in pieces for character in piece.text[:200] if character.isalpha()]
    return Habits(
        counts=Counter(piece.text for piece in pieces),
        punctuated=sum(map(ends_sentence, long_lines)) >= _MIN_PUNCTUATED * len(long_lines),
        omits_stops=any(_is_unfinished_statement(piece) for piece in pieces[1:]),
        shouts=sum(character.isupper() for character in letters) > 0.5 * len(letters),
        has_title=_has_title(pieces),
    )


def _has_title(pieces: Sequence[Piece]) -> bool:
    """Tell whether the first piece is a title: one line without a full stop, unlike the lines below it."""
    if len(pieces) < 2 or pieces[0].role != "text" or pieces[0].n_lines > 1 or pieces[0].marker:
        return False
    first, second = pieces[0].text, pieces[1].text
    starts_faq = shapes.is_question(first) and any(asks(piece) for piece in pieces[1:])
    starts_form = shapes.is_key_value(first) and shapes.is_key_value(second)
    starts_menu = len(first.split()) == 1 == len(second.split()) and shapes.could_be_heading(second)
    return shapes.could_be_title(first) and not (starts_faq or starts_form or starts_menu)


def _strength(pieces: Sequence[Piece], i: int, habits: Habits) -> Strength:
    piece = pieces[i]
    if piece.heading_level:
        return Strength.MARKED
    if (i == 0 and habits.has_title) or piece.role != "text" or piece.n_lines > 1 or i + 1 == len(pieces):
        return Strength.NO
    if piece.marker:
        return _marked_strength(pieces, i)
    if i and asks(pieces[i - 1]) and not asks(piece):  # an answer, however short
        return Strength.NO
    if habits.counts[piece.text] > 1 or not _may_follow(pieces, i):
        return Strength.NO
    return _bare_strength(piece, habits, set_off=piece.gap and not pieces[i + 1].gap)


def _bare_strength(piece: Piece, habits: Habits, *, set_off: bool) -> Strength:
    """Judge a line without a mark by its looks."""
    text = piece.text
    if shapes.is_question(text):
        return Strength.STRONG
    if not shapes.could_be_heading(text):
        return Strength.NO
    capitals = shapes.is_all_caps(text)
    if shapes.is_section_label(text) or (not habits.shouts if capitals else shapes.is_title_case(text)):
        return Strength.STRONG
    stands_out = habits.punctuated and (set_off or not habits.omits_stops or shapes.opens_as_question(text))
    return Strength.WEAK if stands_out and shapes.is_label(text) else Strength.NO


def _is_unfinished_statement(piece: Piece) -> bool:
    bare = piece.role == "text" and piece.marker is None and not piece.heading_level and piece.n_lines == 1
    return (
        bare
        and len(piece.text) <= shapes.MAX_HEADING_CHARS
        and not piece.text.endswith(_BREAKS_OFF)
        and not ends_sentence(piece.text)
        and shapes.states_something(piece.text)
        and not (shapes.opens_as_question(piece.text) or shapes.is_title_case(piece.text))
        and not (shapes.is_key_value(piece.text) or shapes.is_furniture(piece.text))
    )


def _marked_strength(pieces: Sequence[Piece], i: int) -> Strength:
    """Judge a line with a mark: a question after "Q:", or a short title after a number.

    Numbers right below one another are a list.
    """
    piece = pieces[i]
    marker = piece.marker
    assert marker is not None
    if marker.style == "question":
        return Strength.MARKED if shapes.could_be_question(piece.text) else Strength.NO
    if not marker.number or not (marker.style == "number" or marker.in_sequence):
        return Strength.NO
    above, below = pieces[i - 1].marker if i else None, pieces[i + 1].marker
    if (above and above.precedes(marker)) or (below and marker.precedes(below)):
        return Strength.NO
    titled = shapes.is_label(piece.text) or shapes.is_title_case(piece.text)
    if shapes.is_question(piece.text) or (titled and shapes.could_be_heading(piece.text)):
        return Strength.MARKED
    return Strength.NO


def _may_follow(pieces: Sequence[Piece], i: int) -> bool:
    """Tell whether what stands above *i* is finished: not "as follows:", not a line that breaks off."""
    if i == 0:
        return True
    above = pieces[i - 1]
    if above.text.endswith(_BREAKS_OFF):
        return False
    finished = ends_sentence(above.text) or i == 1 or shapes.could_be_heading(above.text)
    return pieces[i].gap or above.role != "text" or above.marker is not None or finished


def _stands_above(piece: Piece, strength: Strength, below: Piece, strength_below: Strength) -> bool:
    """Tell whether *below* is what a heading stands above: running text, an introduction, a list, a table.

    The weaker the look of the heading, the plainer the prose must be; a question takes any answer.
    """
    if strength_below == Strength.MARKED:
        return strength == Strength.STRONG
    if below.role != "text" or below.marker or below.n_lines > 1:
        return True
    text = below.text
    if len(text) > shapes.MAX_HEADING_CHARS or (strength == Strength.STRONG and shapes.is_question(piece.text)):
        return True
    if strength == Strength.STRONG and shapes.is_key_value(text):
        return True
    least = _PROSE_BYTES if strength == Strength.WEAK else 1
    return (ends_sentence(text) or text.endswith(":")) and len(text.encode()) >= least and not shapes.is_question(text)


def _chains(strengths: Sequence[Strength]) -> Iterator[list[int]]:
    """Yield the runs of neighbouring candidates; a marked heading stands in a run of its own."""
    chain: list[int] = []
    for i, strength in enumerate([*strengths, Strength.NO]):
        if strength in (Strength.WEAK, Strength.STRONG):
            chain.append(i)
            continue
        if chain:
            yield chain
        chain = []
        if strength == Strength.MARKED:
            yield [i]


def _of_chain(pieces: Sequence[Piece], strengths: Sequence[Strength], chain: list[int]) -> set[int]:
    """Choose the headings of a run of candidates.

    One is a heading. Of two, both are if the second is plainly the lesser. A longer run is names, an
    address or a list without bullets, and only a last line can be a heading, if a blank line sets it off
    and blank lines do not stand everywhere.
    """
    last = chain[-1]
    if strengths[last] == Strength.MARKED:
        return {last}
    piece, below = pieces[last], pieces[last + 1]  # a last piece is no candidate
    if not _stands_above(piece, strengths[last], below, strengths[last + 1]):
        return set()
    if len(chain) == 1 or (len(chain) == 2 and _nests(pieces[chain[0]], piece)):
        return set(chain)
    set_off = piece.gap and not (below.gap and pieces[last - 1].gap)
    return {last} if set_off and strengths[last] == Strength.STRONG else set()


def _nests(outer: Piece, inner: Piece) -> bool:
    """Tell whether *inner* is plainly the lesser: a question, or not in capitals as *outer* is."""
    if asks(inner):
        return not asks(outer)
    return shapes.is_all_caps(outer.text) and not shapes.is_all_caps(inner.text)
