"""Contradictions: another place that gives a different number or date for the same question.

Both are shown; which is right is not for summitqa to say.
"""

from __future__ import annotations

from summitqa.answering.material import Material
from summitqa.questions import AnswerType, answer_type, counted_words, fitting_spans
from summitqa.types import Reading
from summitqa.words import fold

SHARE = 0.4
"""A reading contradicts the best one only if it is at least this share as probable."""

MOST = 2
"""Contradictions shown beside an answer."""


def find_contradictions(material: Material, best: Reading) -> list[Reading]:
    """Return readings that say as much of what was asked as *best* does, nearly as surely, with another value."""
    kind = answer_type(material.question)
    said = _value_of(material, best, kind)
    if said is None:
        return []
    covered = material.n_covered(material.text_of(best))
    others = [
        reading
        for reading in material.readings
        if reading.probability >= SHARE * best.probability
        and _value_of(material, reading, kind) not in {None, said}
        and material.n_covered(material.text_of(reading)) >= covered
    ]
    return others[:MOST]


def _value_of(material: Material, reading: Reading, kind: AnswerType) -> str | None:
    """Return the number or time that *reading* answers with, folded; ``None`` if that is not what is asked."""
    if kind not in {"number", "time", "duration"} or reading.answer is None:
        return None
    answer = reading.answer.text_of(material.source_of(reading).text)
    values = [span.text_of(answer) for span in fitting_spans(answer, kind, counted_words(material.question))]
    return fold(values[0]) if values else None
