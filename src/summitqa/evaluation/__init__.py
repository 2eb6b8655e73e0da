"""Evaluation: how often the quotes answer the questions, told without an LLM, a key or a network."""

from summitqa.evaluation.gold import GoldQuestion, load_gold
from summitqa.evaluation.runner import EvaluationResult, evaluate_gold

__all__ = ["EvaluationResult", "GoldQuestion", "evaluate_gold", "load_gold"]
