"""Going on from the shipped reader: the trainable model reads as the graph does."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from summitqa.errors import ModelDigestError
from summitqa.models.onnx import OnnxSession
from summitqa.models.reader import READER_FOLDER
from summitqa.models.spans import GRAPH, TOKENIZER
from summitqa.models.weights import packaged_model_folder
from summitqa.training.warm_start import main, open_shipped
from summitqa.training.window_tokens import WindowTokenizer
from summitqa.training.windows import Window


def test_the_trainable_model_reads_as_the_graph_it_came_from() -> None:
    """Up to the rounding of activations: the same best start and end, scores that go together."""
    text = "The pool opens at 7 am on weekdays. It was built by Ilse Kramer in 1932."
    encoded = WindowTokenizer(packaged_model_folder()).encode("Who built the pool?", Window("", text, None))
    assert encoded is not None
    ids = np.array([encoded.ids], dtype=np.int64)
    types = np.zeros_like(ids)
    types[0, encoded.question_length + 2 :] = 1
    start, end = OnnxSession(READER_FOLDER / GRAPH, threads=1).run({"input_ids": ids, "token_type_ids": types})
    with torch.inference_mode():
        out = open_shipped(READER_FOLDER).eval()(
            input_ids=torch.from_numpy(ids), token_type_ids=torch.from_numpy(types)
        )
    for of_graph, of_model in ((start[0], out.start_logits[0].numpy()), (end[0], out.end_logits[0].numpy())):
        assert int(of_graph.argmax()) == int(of_model.argmax())
        assert np.corrcoef(of_graph, of_model)[0, 1] > 0.98


def test_what_is_gone_on_from_has_the_tokenizer_that_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packaged encoder's cuts texts and fills them up; exported again, it would cut what the reader reads."""
    monkeypatch.setattr("sys.argv", ["warm_start", "--out", str(tmp_path / "start")])
    main()
    assert (tmp_path / "start" / TOKENIZER).read_bytes() == (READER_FOLDER / TOKENIZER).read_bytes()


def test_a_graph_that_is_not_the_one_of_its_card_is_refused(tmp_path: Path) -> None:
    """Training does not go on from a damaged file."""
    folder = tmp_path / "reader"
    shutil.copytree(READER_FOLDER, folder)
    with (folder / GRAPH).open("r+b") as graph:
        graph.seek(5000)
        graph.write(b"damaged")
    with pytest.raises(ModelDigestError, match=GRAPH):
        open_shipped(folder)
