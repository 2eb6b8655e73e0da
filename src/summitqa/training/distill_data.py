"""Write the windows to distil with: ``python -m summitqa.training.distill_data --data FOLDER --authored FOLDER ...``.

All answered questions of the public data that are for training, the project's own sets and synthetic tables and lists,
in several variants: passages split anew, other near misses, other mined passages. Human-written near misses come more
often than their number. Runs on the CPU; what it writes is all that :mod:`summitqa.training.distill` needs.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from summitqa.engine import open_passage_encoder
from summitqa.models.weights import packaged_model_folder
from summitqa.settings import Settings
from summitqa.training.authored import authored_pairs
from summitqa.training.public_questions import public_question_pairs
from summitqa.training.reader import STRUCTURES
from summitqa.training.structures import structure_pairs
from summitqa.training.window_table import HELD_OUT_PART, TableBuilder
from summitqa.training.window_tokens import WindowTokenizer
from summitqa.training.windows import Pair, load_pairs

LIMITS = {
    "squad1_train_sample": 10_000,
    "squad2_train_10_articles": 10_000,
    "squad2_dev_16_articles": 10_000,
    "squadshifts_new_wiki": 10_000,
    "squadshifts_amazon_reviews": 10_000,
    "squadshifts_reddit": 10_000,
    "qamr_wikinews": 7_000,
    "qamr_wikipedia": 5_000,
}
"""Pairs of a file in a variant; QAMR's many questions a sentence are sampled."""

TIMES = {"squad2_dev_16_articles": 2, "authored": 2, "public_questions": 2}
"""How often the pairs of a source come in a variant, each time drawn anew."""


def main() -> None:
    """Write the table of windows."""
    parser = argparse.ArgumentParser(description="Write the windows to distil with.")
    parser.add_argument("--data", type=Path, required=True, help="folder of SQuAD-form files")
    parser.add_argument("--authored", type=Path, nargs="*", default=[], help="own question sets to train on")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="own question sets to measure on")
    parser.add_argument("--questions", type=Path, help="own questions on public paragraphs")
    parser.add_argument("--variants", type=int, default=4)
    parser.add_argument("--out", type=Path, required=True, help=".npz file")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - sampling, not secrets
    tokenizer = WindowTokenizer(packaged_model_folder())
    builder = TableBuilder()
    for part, pair in _parts(options, rng):
        both = tokenizer.encode(pair.question, pair.first), tokenizer.encode(pair.question, pair.second)
        if both[0] is not None and both[1] is not None:
            builder.add(pair.source, part, (both[0], both[1]))
    table = builder.build()
    table.save(options.out)
    print(f"{len(table.source):,} pairs, {len(table.text_ends):,} texts of {len(table.text_tokens):,} tokens")


def _parts(options: argparse.Namespace, rng: random.Random) -> Iterator[tuple[int, Pair]]:
    encoder = open_passage_encoder(Settings())
    tatqa = options.data.parent / "structure" / "tatqa_dev.json"
    n_draws = options.variants * TIMES["authored"]
    authored = [authored_pairs(folder, encoder, rng, draws=n_draws) for folder in options.authored]
    for variant in range(options.variants):
        pairs = [
            pair
            for name, limit in LIMITS.items()
            for _ in range(TIMES.get(name, 1))
            for pair in load_pairs(options.data / f"{name}.json", ["train"], limit=limit, rng=rng)
        ]
        pairs += structure_pairs(STRUCTURES["tables"], STRUCTURES["lists"], tatqa, rng)
        for drawn in authored:
            size = len(drawn) // options.variants
            pairs += drawn[variant * size : (variant + 1) * size]
        if options.questions is not None:
            for _ in range(TIMES["public_questions"]):
                pairs += public_question_pairs(options.data, options.questions, rng)
        yield from ((variant, pair) for pair in pairs)
        print(f"variant {variant}: {len(pairs):,} pairs", flush=True)
    for name in LIMITS:
        for pair in load_pairs(options.data / f"{name}.json", ["fit"], limit=500, rng=rng):
            yield HELD_OUT_PART, pair
    for folder in options.held_out:
        for pair in authored_pairs(folder, encoder, rng, bracketed=0):
            yield HELD_OUT_PART, pair


if __name__ == "__main__":
    main()
