"""Formats people already have, evaluated by their own rules: SQuAD 1.1 and 2.0, and BEIR.

Each format reads its files piece by piece, makes documents of them, asks, and returns a frozen result that is a
:class:`summitqa.evaluation.results.FormatResult`. Nothing here knows gold files, gates or how a table is shown.
"""

from summitqa.evaluation.formats.asking import RunOptions
from summitqa.evaluation.formats.beir import evaluate_beir
from summitqa.evaluation.formats.beir_result import BeirResult
from summitqa.evaluation.formats.squad import evaluate_squad
from summitqa.evaluation.formats.squad_result import SquadMode, SquadResult

__all__ = ["BeirResult", "RunOptions", "SquadMode", "SquadResult", "evaluate_beir", "evaluate_squad"]
