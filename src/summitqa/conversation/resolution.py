"""Resolution: a follow-up and the turns before it become a question that stands alone.

Rules first, for they keep the question readable: a part takes its place in the question before it, a pronoun becomes
what it stands for. What rules leave open, a model of missing terms answers: the words are added in brackets. A question
that names its subject is never touched, and the model is not asked about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summitqa.conversation.antecedents import Weigh, find_antecedent, quoted_subject
from summitqa.conversation.asking import asks_subject
from summitqa.conversation.dependence import Dependence, Pointer, find_dependence
from summitqa.conversation.frames import fill_frame
from summitqa.conversation.phrases import AUXILIARIES, PREPOSITIONS, WH_WORDS, Phrase, Word, phrases_of, words_of
from summitqa.conversation.small_talk import is_small_talk
from summitqa.protocols import TermModel
from summitqa.schemas import NO_ANSWER_TEXTS
from summitqa.types import CarriedTerm, Span, Turn
from summitqa.words import STOP_WORDS, split_words

MAX_TURNS = 8
"""Earlier turns looked at; what was asked before them is not meant by a pronoun."""

MAX_TURN_CHARS = 1000
"""Characters looked at of each question and answer."""

MAX_WRITTEN_CHARS = 300
"""An earlier question that becomes longer when written out is left as it was asked."""

ADD_FROM = 0.5
"""Probability from which the model's words are added to a question that certainly needs earlier turns."""

UNASKED_FROM = 0.85
"""Probability that some word must have before any is added to a question that may stand alone."""

MAX_GAP = 2
"""Stop words between two added words of one phrase."""

MAX_ADDED = 3
"""Phrases that the model adds, those of the latest turns: more are no topic, but all that was said."""

_MARKER = re.compile(r"\s*\[\d+\](?=\s|$)")
_SILENCES = frozenset(NO_ANSWER_TEXTS.values())
_JOINING = frozenset("if when unless without than".split())
_ASKING = WH_WORDS | AUXILIARIES | frozenset("much many long likely so then i you we".split())


@dataclass(frozen=True, slots=True)
class Resolution:
    """A question as it is understood after the earlier turns.

    Attributes:
        question: written out; the question itself when it stands alone.
        carried_over: what it took over, in the order of the words.
    """

    question: str
    carried_over: tuple[CarriedTerm, ...] = ()


class Resolver:
    """Writes follow-ups out. Deterministic; safe to use from several threads.

    Args:
        terms: finds the words of earlier turns that a question leaves out; ``None`` resolves by rules alone.
    """

    def __init__(self, terms: TermModel | None = None) -> None:
        self._terms = terms

    def resolve(self, question: str, history: Sequence[Turn]) -> Resolution:
        """Return *question* written out after *history*, oldest first.

        Raises:
            ModelRuntimeError: when the model fails.
        """
        if not history:
            return Resolution(question)
        dependence = _dependence(question, history)
        if dependence.is_alone:
            return Resolution(question)
        said = _said(history)
        if not said:
            return Resolution(question)
        written = (_fill(dependence, said) if dependence.is_part else None) or self._complete(dependence, _turns(said))
        if split_words(written) == split_words(dependence.body) and not dependence.is_part:
            return Resolution(question)
        written = written[:1].upper() + written[1:] if question[:1].isupper() else written
        return Resolution(written, tuple(_carried(written, question, history)))

    def _complete(self, dependence: Dependence, turns: Sequence[Turn]) -> str:
        """Return the body with its pointers replaced and, as far as it needs them, words of the turns added."""
        if self._terms is None:
            written = _replace(dependence, turns, _weigh_alike)
        else:
            scores = _TermScores(self._terms, turns, dependence.body)
            written = _replace(dependence, turns, scores.weigh)
            if dependence.is_dependent or scores.highest >= UNASKED_FROM:
                is_mended = written != dependence.body
                written = _add(written, scores.phrases(ADD_FROM, written, last_question_only=is_mended))
            if not any(pointer.kind in {"clause", "one", "time"} for pointer in dependence.pointers):
                return written
        if written == dependence.body and dependence.is_dependent:
            written = _add(written, _topic_of(turns[-1]))
        return written


class _TermScores:
    """What the model says of the words of the last turns, as it is asked once for a question."""

    def __init__(self, model: TermModel, turns: Sequence[Turn], question: str) -> None:
        self._texts = [text for turn in turns for text in (turn.question, turn.answer) if text]
        self._last_question = turns[-1].question
        self._scores = model.score_words(self._texts, question)

    @property
    def highest(self) -> float:
        """The probability of the likeliest word."""
        return max((score for scores in self._scores for _, score in scores), default=0.0)

    def weigh(self, phrase: Phrase) -> float:
        """Return the probability that the question needs the words of *phrase*."""
        wanted = set(split_words(phrase.text)) - STOP_WORDS
        found = [
            score
            for text, scores in zip(self._texts, self._scores, strict=True)
            for span, score in scores
            if wanted.intersection(split_words(span.text_of(text)))
        ]
        return max(found, default=0.0)

    def phrases(self, threshold: float, known_in: str, *, last_question_only: bool) -> list[str]:
        """Return the phrases of the words from *threshold* on that *known_in* does not hold, in order of the turns.

        Numbers alone are none, and of many only the latest are returned.
        """
        known = set(split_words(known_in))
        found: list[str] = []
        for text, scores in zip(self._texts, self._scores, strict=True):
            if last_question_only and text != self._last_question:
                continue
            chosen = [
                span
                for span, score in scores
                if score >= threshold and _content(span.text_of(text)) - known and not _is_question_word(span, text)
            ]
            for span in _joined(text, chosen):
                if _content(span.text_of(text)) - known and any(c.isalpha() for c in span.text_of(text)):
                    found.append(span.text_of(text).removesuffix("'s").removesuffix("’s"))
                    known |= _content(span.text_of(text))
        return found[-MAX_ADDED:]


@dataclass(frozen=True, slots=True)
class _Said:
    """An earlier turn, its question written out, and the one whose question a part of a question changes."""

    turn: Turn
    frame: Turn


def written_out(history: Sequence[Turn]) -> list[Turn]:
    """Return the last turns with their questions written out by rules, small talk left out, all text cut short."""
    return _turns(_said(history))


def _turns(said: Sequence[_Said]) -> list[Turn]:
    return [one.turn for one in said]


def _said(history: Sequence[Turn]) -> list[_Said]:
    """Return the last turns that said something. "Why?" is asked by the way: what follows changes what was before."""
    said: list[_Said] = []
    for turn in history[-MAX_TURNS:]:
        question, answer = _cut(turn.question), _quoted(turn.answer or "")
        if not any(c.isalnum() for c in question) or is_small_talk(question):
            continue
        dependence = _dependence(question, _turns(said))
        is_aside = bool(said) and dependence.is_part and words_of(dependence.body)[0].folded == "why"
        if said and not dependence.is_alone:
            question = _by_rules(dependence, said) or question
        written = Turn(question, answer)
        said.append(_Said(written, said[-1].frame if is_aside else written))
    return said


def _dependence(question: str, history: Sequence[Turn]) -> Dependence:
    """Return what *question* shows of its need for earlier turns; "Why Lund?" is a part if Lund was just spoken of."""
    found = find_dependence(question)
    if found.reason_for is None or not history:
        return found
    said = set(split_words(f"{history[-1].question} {history[-1].answer or ''}"))
    is_known = bool(_content(found.reason_for)) and _content(found.reason_for) <= said
    return replace(found, is_part=True, is_alone=False) if is_known else found


def _by_rules(dependence: Dependence, said: Sequence[_Said]) -> str | None:
    """Return a follow-up written out by rules alone, ``None`` if that changes nothing or makes it too long."""
    turns = _turns(said)
    filled = _fill(dependence, said) if dependence.is_part else None
    written = filled or _replace(dependence, turns, _weigh_alike)
    if written == dependence.body and dependence.pointers:
        written = _add(written, _topic_of(turns[-1]))
    return written if written != dependence.body and len(written) <= MAX_WRITTEN_CHARS else None


def _quoted(answer: str) -> str | None:
    """Return what was quoted, without its markers, cut short; ``None`` for what stands there without an answer."""
    text = _cut(_MARKER.sub("", answer[:MAX_TURN_CHARS]))
    return text if text and text not in _SILENCES else None


def _cut(text: str) -> str:
    """Return the beginning of *text* on one line, without halves of surrogate pairs, which no model can read."""
    return " ".join(text[:MAX_TURN_CHARS].encode("utf-8", "ignore").decode("utf-8").split())


def _replace(dependence: Dependence, turns: Sequence[Turn], weigh: Weigh) -> str:
    """Return the body with the first pointer of each kind replaced by what it stands for, as far as rules go."""
    body, pointers = dependence.body, dependence.pointers
    for pointer in reversed(pointers):
        if any(other.kind == pointer.kind and other.span < pointer.span for other in pointers):
            continue
        text = _replacement(pointer, dependence.body, turns, weigh)
        if text is not None:
            body = body[: pointer.span.start] + text + body[pointer.span.end :]
    return body


def _fill(dependence: Dependence, said: Sequence[_Said]) -> str | None:
    """Return an earlier question with the part in its place; a part that points back is filled in as it is."""
    turns, part = _turns(said), dependence.body
    spots = [pointer for pointer in dependence.pointers if pointer.kind in {"place", "time"}]
    opening = words_of(part)[0].folded
    if (spots or any(p.kind == "clause" for p in dependence.pointers)) and opening in PREPOSITIONS:
        return None  # "after that" is no part that could take another's place
    for pointer in reversed(dependence.pointers):
        if pointer.kind in {"person", "thing", "several"}:
            if _is_object(pointer, part, opening):
                return None  # "cancel it" has a verb of its own
            text = _replacement(pointer, part, turns, _weigh_alike)
            part = part if text is None else part[: pointer.span.start] + text + part[pointer.span.end :]
    frame = said[-1].frame
    if WH_WORDS.isdisjoint(word.folded for word in words_of(part)):
        return fill_frame(part, frame.question)
    filled = fill_frame(part, frame.question, quoted_subject(frame) if asks_subject(frame.question) else None)
    return filled if filled is None else _spotted(filled, spots, turns)


def _is_object(pointer: Pointer, part: str, opening: str) -> bool:
    """Tell whether *pointer* follows what must be a verb at the beginning of *part*."""
    is_owner = pointer.word in {"his", "its", "their", "theirs"} or _precedes_noun(pointer, part)
    return (
        bool(part[: pointer.span.start].strip()) and not is_owner and opening not in PREPOSITIONS | WH_WORDS | _JOINING
    )


def _spotted(written: str, pointers: Sequence[Pointer], turns: Sequence[Turn]) -> str:
    """Return *written* with the place or time that "Why there?" or "Why then?" means, unless it has it already."""
    for pointer in pointers:
        found = find_antecedent(pointer.kind, turns, _weigh_alike)
        if found is not None and not _content(found) <= set(split_words(written)):
            end = "?" if written.endswith("?") else ""
            written = f"{written.removesuffix('?')} {_in(pointer, found)}{end}"
    return written


def _in(pointer: Pointer, text: str) -> str:
    """Return *text* with a preposition for its kind, if it needs one."""
    if pointer.kind == "place":
        return f"in {text}"
    if re.fullmatch(r"(?:19|20)\d\ds?", text):
        return f"in {text}"
    if text[:1].isupper():
        return f"on {text}"
    return f"at {text}" if re.match(r"\d+(?:[.:]\d\d)?\s*[ap]\.?m|\d+:", text) else text


def _replacement(pointer: Pointer, body: str, turns: Sequence[Turn], weigh: Weigh) -> str | None:
    """Return the words to put in the place of *pointer*, ``None`` if nothing fits."""
    if pointer.kind == "one":
        return _noun_for_one(pointer, turns[-1])
    if pointer.kind == "clause":
        return None
    found = find_antecedent(pointer.kind, turns, weigh)
    if found is None:
        return None
    if pointer.word in {"his", "its", "their", "theirs"} or (pointer.word == "her" and _precedes_noun(pointer, body)):
        return f"{found}'" if found.endswith("s") else f"{found}'s"
    return _in(pointer, found) if pointer.kind == "place" else found


def _precedes_noun(pointer: Pointer, body: str) -> bool:
    after = words_of(body[pointer.span.end :])
    return bool(after) and after[0].folded not in STOP_WORDS | AUXILIARIES


def _noun_for_one(pointer: Pointer, turn: Turn) -> str | None:
    """Return *pointer* with "one" turned into what the last question asked for: "which one" gives "which area"."""
    words = pointer.word.split()
    asked = words_of(turn.question)
    phrases = phrases_of(turn.question)
    if words[0] != "which" or not phrases:
        return None
    is_asked = asked[0].folded in {"which", "what", "who"}
    wanted = [phrase for phrase in phrases if phrase.is_plural and is_asked] or phrases
    noun = wanted[0].text.removeprefix("the ").removeprefix("a ").removeprefix("an ")
    return f"which of the {noun}" if wanted[0].is_plural else f"which {noun}"


def _topic_of(turn: Turn) -> list[str]:
    """Return what a turn says, for a question that rules cannot write out: its words without those that ask."""
    words = words_of(turn.question)
    return [" ".join(word.text for word in words if word.folded not in _ASKING or _is_month_or_name(word))]


def _is_month_or_name(word: Word) -> bool:
    """Tell whether a word that could be an auxiliary is none: "in May", "to Will"."""
    return word.is_capital and word.span.start > 0 and word.folded in {"may", "will"}


def _add(question: str, phrases: Iterable[str]) -> str:
    """Return *question* with *phrases* that it does not hold in brackets before its end."""
    known = set(split_words(question))
    new = [phrase for phrase in phrases if _content(phrase) - known]
    if not new:
        return question
    body = question.rstrip()
    end = body[-1] if body[-1:] in "?!." else ""
    return f"{body.removesuffix(end).rstrip()} ({', '.join(new)}){end}"


def _carried(written: str, question: str, history: Sequence[Turn]) -> Iterable[CarriedTerm]:
    """Yield the runs of words that *written* adds to *question*, each with the latest turn that has its words."""
    own = set(split_words(question))
    run: list[Span] = []
    for word in [*words_of(written), None]:
        is_new = word is not None and word.folded not in AUXILIARIES and bool(set(split_words(word.text)) - own)
        if word is not None and is_new and (not run or _is_gap(written[run[-1].end : word.span.start])):
            run.append(word.span)
            continue
        if run:
            yield from _term(written, run, history)
        run = [word.span] if word is not None and is_new else []


def _term(written: str, run: Sequence[Span], history: Sequence[Turn]) -> Iterable[CarriedTerm]:
    first = next((i for i, span in enumerate(run) if _content(span.text_of(written))), None)
    last = next((i for i in range(len(run) - 1, -1, -1) if _content(run[i].text_of(written))), None)
    if first is None or last is None:
        return
    term = written[run[first].start : run[last].end]
    for ending in ("'s", "’s", "'"):
        term = term.removesuffix(ending)
    term = term.removeprefix("much ").removeprefix("many ").removeprefix("likely ")
    counts = [len(_content(term) & _content(f"{turn.question} {turn.answer or ''}")) for turn in history]
    most = max(counts)
    yield CarriedTerm(term, max(turn for turn, count in enumerate(counts) if count == most))


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return *spans* with those joined that only a few stop words part."""
    joined: list[Span] = []
    for span in spans:
        between = words_of(text[joined[-1].end : span.start]) if joined else []
        if joined and len(between) <= MAX_GAP and _is_gap(text[joined[-1].end : span.start], between_words=True):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _is_gap(text: str, *, between_words: bool = False) -> bool:
    """Tell whether nothing but white space, or stop words too, stands in *text*."""
    if not between_words:
        return not text.strip()
    between = {word.folded for word in words_of(text)}
    return between <= STOP_WORDS - AUXILIARIES and not re.search(r"[.?!;:()|]", text)


def _is_question_word(span: Span, text: str) -> bool:
    word = Word(span.text_of(text), split_words(span.text_of(text))[0], span)
    return word.folded in WH_WORDS | AUXILIARIES and not _is_month_or_name(word)


def _content(text: str) -> set[str]:
    return set(split_words(text)) - STOP_WORDS


def _weigh_alike(phrase: Phrase) -> float:
    del phrase
    return 1.0
