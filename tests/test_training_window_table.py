"""Tables of windows: what is gathered on the device is what was encoded, batches keep their budget."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from summitqa.models.weights import packaged_model_folder
from summitqa.training.window_table import DeviceTable, SpecialTokens, TableBuilder, WindowTable, cut_batches
from summitqa.training.window_tokens import Encoded, WindowTokenizer
from summitqa.training.windows import Window

TEXT = "The pool opens at 7 am on weekdays. It was built by Ilse Kramer in 1932."


@pytest.fixture(scope="module")
def tokenizer() -> WindowTokenizer:
    return WindowTokenizer(packaged_model_folder())


@pytest.fixture(scope="module")
def windows(tokenizer: WindowTokenizer) -> list[Encoded]:
    answer = (TEXT.index("7 am"), TEXT.index("7 am") + 4)
    made = [
        ("When can I swim?", Window("Hours\n", TEXT, answer)),
        ("When can I swim?", Window("", "The sauna is closed in July.", None)),
        ("Who sold it?", Window("Hours\n", TEXT, None)),
        ("Who sold it?", Window("", "Adult | 4 francs", None, ((0, 5), (8, 16)))),
    ]
    encoded = [tokenizer.encode(question, window) for question, window in made]
    return [window for window in encoded if window is not None]


@pytest.fixture(scope="module")
def table(windows: list[Encoded]) -> WindowTable:
    builder = TableBuilder()
    builder.add("hours", 0, windows[:2])
    builder.add("owners", 3, windows[2:])
    return builder.build()


@pytest.fixture(scope="module")
def special(tokenizer: WindowTokenizer) -> SpecialTokens:
    return SpecialTokens(tokenizer.cls, tokenizer.sep, tokenizer.pad)


def test_a_batch_holds_first_windows_then_second_ones_as_they_were_encoded(
    table: WindowTable, windows: list[Encoded], special: SpecialTokens
) -> None:
    """Ids, types, mask, readable tokens and answers come out as they went in, padded."""
    batch = DeviceTable(table, special, "cpu").batch(np.array([1, 0]), 48)
    for row, window in enumerate([windows[2], windows[0], windows[3], windows[1]]):
        n = len(window.ids)
        assert batch.ids[row].tolist() == window.ids + [special.pad] * (48 - n)
        assert batch.mask[row].tolist() == [1] * n + [0] * (48 - n)
        assert batch.types[row].nonzero().flatten().tolist() == list(range(window.question_length + 2, n))
        assert batch.readable[row].nonzero().flatten().tolist() == [0, *window.readable]
        assert (int(batch.start[row]), int(batch.end[row])) == (window.start, window.end)
    assert batch.rows.tolist() == [2, 0, 3, 1]


def test_texts_and_questions_are_kept_once(table: WindowTable) -> None:
    """Four windows of two questions and three texts."""
    assert len(table.question_ends) == 2
    assert len(table.text_ends) == 3
    assert table.part.tolist() == [0, 3]
    assert [str(table.sources[source]) for source in table.source] == ["hours", "owners"]


def test_a_table_comes_back_from_its_file(table: WindowTable, windows: list[Encoded], tmp_path: Path) -> None:
    """Saving and loading changes nothing."""
    path = tmp_path / "new" / "windows.npz"
    table.save(path)
    loaded = WindowTable.load(path)
    assert loaded.n_tokens.tolist() == [len(window.ids) for window in windows]
    assert np.array_equal(loaded.text_tokens, table.text_tokens)
    assert np.array_equal(loaded.text_readable, table.text_readable)
    assert loaded.sources.tolist() == table.sources.tolist()


def test_batches_hold_every_pair_once_within_the_budget() -> None:
    """Padded tokens stay within the budget, and a pair that alone is over it is a batch of its own."""
    rng = np.random.default_rng(1)
    n_tokens = rng.integers(10, 200, size=2000)
    pairs = np.arange(500) * 2
    batches = cut_batches(n_tokens, pairs, 1500, rng)
    assert sorted(int(pair) for chosen, _ in batches for pair in chosen) == pairs.tolist()
    for chosen, length in batches:
        assert length % 16 == 0
        assert length >= max(n_tokens[2 * chosen].max(), n_tokens[2 * chosen + 1].max())
        assert 2 * len(chosen) * length <= 1500
    assert [len(chosen) for chosen, _ in cut_batches(n_tokens, pairs[:3], 1, rng)] == [1, 1, 1]
