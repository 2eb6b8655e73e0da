"""Average a trained reader with the one it went on from: ``python -m summitqa.training.average``.

Fine-tuned weights and the weights they began from, averaged, do better on other data than either (WiSE-FT, Wortsman
et al. 2022). On 600 held-out questions of each of SQuAD, SQuADShifts and QAMR, paragraph given, F1 and AUROC:
began from 80.4, 73.5, 76.6 and 0.724; trained 81.3, 74.3, 77.0 and 0.733; averaged 81.9, 74.8, 77.5 and 0.737.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from safetensors.torch import load_file, save_file

from summitqa.training.warm_start import open_shipped
from summitqa.training.widths import WEIGHTS


def main() -> None:
    """Write the averaged model beside the trained one."""
    parser = argparse.ArgumentParser(description="Average a trained reader with the one it went on from.")
    parser.add_argument("--model", type=Path, required=True, help="Hugging Face folder that training wrote")
    parser.add_argument("--start", type=Path, required=True, help="folder of the shipped reader it went on from")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--share", type=float, default=0.8, help="share of the trained weights")
    options = parser.parse_args()
    before, after = open_shipped(options.start).state_dict(), load_file(options.model / WEIGHTS)
    mixed = {name: (options.share * w + (1 - options.share) * before[name]).contiguous() for name, w in after.items()}
    shutil.copytree(options.model, options.out, dirs_exist_ok=True, ignore=shutil.ignore_patterns("checkpoint*"))
    save_file(mixed, options.out / WEIGHTS, metadata={"format": "pt"})
    with (options.out / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps({"share_of_trained_weights": options.share}) + "\n")


if __name__ == "__main__":
    main()
