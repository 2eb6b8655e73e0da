"""Evaluation: how often the quotes answer the questions, told without an LLM, a key or a network."""

from summitqa.evaluation.gold import Fault, GoldQuestion, lint_gold, load_gold
from summitqa.evaluation.records import Evaluation, Record
from summitqa.evaluation.runner import Target, run_questions, written_out
from summitqa.evaluation.summary import summarise

__all__ = [
    "Evaluation",
    "Fault",
    "GoldQuestion",
    "Record",
    "Target",
    "lint_gold",
    "load_gold",
    "run_questions",
    "summarise",
    "written_out",
]
