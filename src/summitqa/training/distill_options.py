"""The options of :mod:`summitqa.training.distill` and its four steps."""

from __future__ import annotations

import argparse
from pathlib import Path

from summitqa.training.window_table import TOKEN_BUDGET

LABEL_SHARE = 0.2
"""Weight of the labels beside the teacher, where the windows are those that the teacher knows."""

LABEL_SHARE_OF_TUNING = 0.5
"""The same, where many windows are new to the teacher."""


def parse_options() -> argparse.Namespace:
    """Return what was chosen on the command line; ``what`` is the step."""
    parser = argparse.ArgumentParser(description="Teach the reader by a larger model.")
    commands = parser.add_subparsers(dest="what", required=True)
    teach, learn, mend, tune = (commands.add_parser(name) for name in ("teach", "learn", "mend", "tune"))
    for command in (teach, learn, mend, tune):
        command.add_argument("--windows", type=Path, required=True, help="what distill_data wrote")
        command.add_argument("--model", type=Path, required=True, help="Hugging Face folder to begin from")
        command.add_argument("--vocabulary", type=Path, required=True, help="folder of the reader's tokenizer.json")
        command.add_argument("--out", type=Path, required=True)
        command.add_argument("--passes", type=float, default=1.0)
        command.add_argument("--minutes", type=float, default=600.0, help="end after so many at the latest")
        command.add_argument("--seed", type=int, default=11)
        command.add_argument("--budget", type=int, default=TOKEN_BUDGET, help="tokens of a batch, padding counted")
    teach.add_argument("--rate", type=float, default=5e-5)
    teach.add_argument("--variants", type=int, nargs="*", help="variants of the windows to train on (default: all)")
    learn.add_argument("--rate", type=float, default=3e-4)
    learn.add_argument("--scores", type=Path, nargs="+", required=True, help="what teachers wrote")
    learn.add_argument("--layers", type=int, nargs="*", help="layers of the model to keep (default: all)")
    mend.add_argument("--rate", type=float, default=1.5e-4)
    mend.add_argument("--teacher", type=Path, required=True, help="Hugging Face folder of the wide reader")
    tune.add_argument("--rate", type=float, default=8e-5)
    tune.add_argument("--teacher", type=Path, required=True, help="Hugging Face folder of a trained reader")
    for command, share in ((learn, LABEL_SHARE), (mend, LABEL_SHARE), (tune, LABEL_SHARE_OF_TUNING)):
        command.add_argument("--label-share", type=float, default=share, help="weight of the labels beside the teacher")
        command.add_argument(
            "--keep",
            type=_share_of,
            nargs="*",
            default=[],
            metavar="NAME=SHARE",
            help="of the pairs whose source's name begins so, draw this share; all of the others",
        )
    return parser.parse_args()


def _share_of(text: str) -> tuple[str, float]:
    name, _, share = text.partition("=")
    return name, float(share)
