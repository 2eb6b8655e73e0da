"""What the reader weighs: features of a question and of each quotable unit.

Words only; the span model's scores are the reader's. Feature names are the columns, in order, of what
the fitted weights are keyed by.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summitqa.polarity import denies, opposites_in
from summitqa.questions import AnswerType, answer_type, counted_words, fitting_spans, gives_reason, typed_spans
from summitqa.reading import ReadingView
from summitqa.types import Hit, Span
from summitqa.words import content_words, fold, same_root, split_words

UNIT_FEATURES = (
    "span",  # the span model's score of the unit's best span over "not here", in tens of logits
    "coverage_unit",  # share of the question's content words (by rarity) in the unit
    "coverage_context",  # ... in heading path, introduction and unit
    "coverage_view",  # ... in the whole view
    "names_unit",  # share of the question's names and numbers in the unit; 1 if it has none
    "names_view",  # ... in the whole view
    "type_found",  # something of the type asked for that the question does not mention stands in the unit
    "type_missing",  # the type asked for has a shape, and nothing of that shape stands in the unit
    "retrieval",  # fused score of the passage, 0 to 1
    "reciprocal_rank",  # of the passage
    "log_words",  # logarithm of the unit's length in words
    "leads_in",  # ends with a colon or question mark: introduces, does not state
    "is_item",  # the unit is a list item
    "is_row",  # the unit is a table row
    "row_named",  # share of the words of a row's first cell that the question mentions
    "column_named",  # largest share of a column's name that the question mentions, the first column apart
    "dense",  # cosine of the question and the passage
    "counted_unit",  # asked how many of something: share of its words in the unit; 1 if not asked
    "reason_found",  # asked for a reason, and a word that leads to one stands in the unit
    "reason_missing",  # ... and none does
    "denial_missing",  # the question denies ("not", "never", "without"), and the unit does not
    "denial_added",  # ... the other way round
    "opposite_found",  # instead of a word of the question, its opposite stands in the unit
    "answer_asked",  # share of the exact answer's content words that the question already mentions
    "answer_typed",  # the type asked for has a shape, and the exact answer holds something of that shape
    "answer_untyped",  # ... and it holds nothing of that shape
    "answer_words",  # logarithm of the exact answer's length in words
)
CONFIDENCE_FEATURES = ("score", "margin", *UNIT_FEATURES)


@dataclass(frozen=True, slots=True)
class QuestionProfile:
    """The words, names and expected answer type of a question."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    counted: tuple[str, ...]
    type: AnswerType
    opposites: tuple[tuple[str, tuple[str, ...]], ...]
    denies: bool

    @classmethod
    def of(cls, question: str) -> QuestionProfile:
        """Describe *question*."""
        words = tuple(dict.fromkeys(content_words(question)))
        capitals = {
            fold(span.text_of(question)) for span in typed_spans(question, "name") if span.start > 0 or " " in question
        }
        of_names = {word for name in capitals for word in split_words(name)}
        names = tuple(word for word in words if word in of_names or any(c.isdigit() for c in word))
        return cls(
            words, names, counted_words(question), answer_type(question), opposites_in(question), denies(question)
        )

    def share_of(self, text: str) -> float:
        """Return the share of the content words of *text* that the question mentions, 0 if it has none."""
        words = content_words(text)
        return sum(self.mentions(word) for word in words) / len(words) if words else 0.0

    def mentions(self, word: str) -> bool:
        """Tell whether a form of *word* stands in the question's content words."""
        return any(same_root(word, own) for own in self.words)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quotable unit of a view.

    Attributes:
        view: position of the view among those given.
        unit: the unit in the document.
        text: the unit as the view shows it.
        context_text: the text with heading path and introduction before it.
    """

    view: int
    unit: Span
    text: str
    context_text: str


def describe_views(
    profile: QuestionProfile, views: Sequence[ReadingView], hits: Sequence[Hit]
) -> Iterator[tuple[Candidate, list[float]]]:
    """Yield every unit of the views with its features after ``span`` and before those of the exact answer."""
    bags = [_Bag(view.text) for view in views]
    rarity = _rarity(profile.words, bags)
    asks_why = profile.type == "reason"
    for position, (view, hit, bag) in enumerate(zip(views, hits, bags, strict=True)):
        names_view = bag.share(dict.fromkeys(profile.names, 1.0))
        coverage_view = bag.share(rarity)
        for candidate in _candidates(position, view):
            unit, context = _Bag(candidate.text), _Bag(candidate.context_text)
            found = _finds_type(profile, candidate.text)
            yield (
                candidate,
                [
                    unit.share(rarity),
                    context.share(rarity),
                    coverage_view,
                    unit.share(dict.fromkeys(profile.names, 1.0)),
                    names_view,
                    float(found is True),
                    float(found is False),
                    hit.score,
                    1.0 / (position + 1),
                    math.log1p(unit.n_words),
                    float(candidate.text.rstrip("”\"')").endswith((":", "?"))),
                    float(view.passage.kind == "list_item"),
                    *_row_features(profile, view),
                    hit.dense or 0.0,
                    unit.share(dict.fromkeys(profile.counted, 1.0)),
                    float(asks_why and gives_reason(candidate.text)),
                    float(asks_why and not gives_reason(candidate.text)),
                    *_polarity_features(profile, candidate.text, unit),
                ],
            )


def describe_answer(profile: QuestionProfile, answer: str) -> list[float]:
    """Return the features of the exact answer found in a unit, empty when none was found."""
    has_shape = profile.type not in {"reason", "other"}
    is_typed = bool(has_shape and fitting_spans(answer, profile.type, profile.counted))
    return [
        profile.share_of(answer),
        float(is_typed),
        float(has_shape and not is_typed),
        math.log1p(len(answer.split())),
    ]


def _candidates(position: int, view: ReadingView) -> Iterator[Candidate]:
    context = view.context if view.passage.kind != "table_row" else ""
    for unit in view.passage.units:
        span = view.from_document(unit)
        if span is None:
            continue
        text = span.text_of(view.text)
        around = view.text if view.passage.kind == "table_row" else f"{context}\n{text}".strip()
        yield Candidate(position, unit, text, around)


def _row_features(profile: QuestionProfile, view: ReadingView) -> tuple[float, float, float]:
    """Return whether the view is a table row, and how far the question names its first cell and a column."""
    passage = view.passage
    if passage.kind != "table_row" or not passage.cells:
        return 0.0, 0.0, 0.0
    shown = view.from_document(passage.cells[0])
    key = shown.text_of(view.text) if shown is not None else ""
    columns = [profile.share_of(name) for name in view.column_names[1:]]
    return 1.0, profile.share_of(key), max(columns, default=0.0)


def _polarity_features(profile: QuestionProfile, text: str, unit: _Bag) -> tuple[float, float, float]:
    """Return whether only the question denies, whether only the unit does, and whether it says an opposite."""
    unit_denies = denies(text)
    is_opposed = any(
        not unit.holds(word) and any(unit.holds_exactly(other) for other in others)
        for word, others in profile.opposites
    )
    return (
        float(profile.denies and not unit_denies),
        float(unit_denies and not profile.denies),
        float(is_opposed),
    )


def _finds_type(profile: QuestionProfile, text: str) -> bool | None:
    """Tell whether *text* holds something new of the type asked for; ``None`` if it has no shape."""
    if profile.type in {"reason", "other"}:
        return None
    return any(
        not all(profile.mentions(word) for word in split_words(span.text_of(text)))
        for span in fitting_spans(text, profile.type, profile.counted)
    )


def _rarity(words: Sequence[str], bags: Sequence[_Bag]) -> dict[str, float]:
    """Weigh each question word by how few of the views hold it (the IDF of BM25, smoothed)."""
    n_views = len(bags)
    holding = {word: sum(bag.holds(word) for bag in bags) for word in words}
    return {word: math.log(1 + (n_views - n + 0.5) / (n + 0.5)) for word, n in holding.items()}


class _Bag:
    """The words of a text, by their first letters, for quick comparison of roots."""

    def __init__(self, text: str) -> None:
        self.n_words, self._by_start = _sort_words(text)

    def holds(self, word: str) -> bool:
        """Tell whether a form of *word* is among the words."""
        return any(same_root(word, own) for own in self._by_start.get(word[:4], ()))

    def holds_exactly(self, word: str) -> bool:
        """Tell whether *word* itself is among the words."""
        return word in self._by_start.get(word[:4], ())

    def share(self, weights: dict[str, float]) -> float:
        total = sum(weights.values())
        if not total:
            return 1.0
        return sum(weight for word, weight in weights.items() if self.holds(word)) / total


@lru_cache(maxsize=8192)
def _sort_words(text: str) -> tuple[int, dict[str, list[str]]]:
    """Return how many different words *text* has, and those words by their first letters; kept, as passages recur."""
    by_start: dict[str, list[str]] = {}
    words = dict.fromkeys(split_words(text))
    for word in words:
        by_start.setdefault(word[:4], []).append(word)
    return len(words), by_start
