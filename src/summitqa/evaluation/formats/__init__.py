"""Formats people already have, evaluated by their own rules: SQuAD 1.1 and 2.0, and BEIR.

Each format reads its files piece by piece, makes documents of them, asks, and returns a frozen result with ``tables()``
and ``to_json()``. Nothing here knows gold files, gates or how a table is shown.
"""

from summitqa.evaluation.formats.asking import RunOptions
from summitqa.evaluation.formats.beir import BeirResult, evaluate_beir
from summitqa.evaluation.formats.squad import SquadMode, SquadResult, evaluate_squad

__all__ = ["BeirResult", "RunOptions", "SquadMode", "SquadResult", "evaluate_beir", "evaluate_squad"]
