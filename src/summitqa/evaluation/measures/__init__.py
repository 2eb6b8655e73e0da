"""Measures: pure functions of what was expected and what was given, each with its definition and source.

* :mod:`~summitqa.evaluation.measures.answers`: short answers, by SQuAD's rules.
* :mod:`~summitqa.evaluation.measures.retrieval`: ranked passages.
* :mod:`~summitqa.evaluation.measures.citations`: quotes, in characters.
* :mod:`~summitqa.evaluation.measures.questions`: all of these for one question.
* :mod:`~summitqa.evaluation.measures.confidence` and :mod:`~summitqa.evaluation.measures.sets`: what only a set has.
* :mod:`~summitqa.evaluation.measures.catalog`: the names.
"""

from summitqa.evaluation.measures.answers import exact_match, normalize_answer, token_f1
from summitqa.evaluation.measures.catalog import MEASURES, Measure
from summitqa.evaluation.measures.citations import citation_hit
from summitqa.evaluation.measures.places import Place
from summitqa.evaluation.measures.questions import question_scores
from summitqa.evaluation.measures.retrieval import evidence_recall

__all__ = [
    "MEASURES",
    "Measure",
    "Place",
    "citation_hit",
    "evidence_recall",
    "exact_match",
    "normalize_answer",
    "question_scores",
    "token_f1",
]
