"""The span model, with its packaged weights."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from summitqa.errors import ModelDigestError, ModelRuntimeError
from summitqa.models.reader import READER_FOLDER
from summitqa.models.spans import CARD, GRAPH, MAX_WINDOW_TOKENS, SpanModel, load_card
from summitqa.reading import ReadingView, build_view
from summitqa.types import Passage, Span

TEXT = "Opening Hours\nThe museum in Lund opens at nine. Ana Brkić 🙂 directs it. It has two halls.\n"
TEXT += "Hall | Floor\nNorth | 3"
QUESTION = "Who directs the museum?"


@pytest.fixture(scope="module")
def model() -> SpanModel:
    """Return the packaged span model."""
    return SpanModel(READER_FOLDER, threads=2)


def span_of(piece: str, text: str = TEXT) -> Span:
    start = text.index(piece)
    return Span(start, start + len(piece))


def prose(text: str, units: Sequence[Span], heading: Span | None = None) -> ReadingView:
    whole = Span(units[0].start, units[-1].end)
    return build_view(Passage("p", "d", whole, "paragraph", tuple(units), (heading,) if heading else ()), text)


def museum() -> ReadingView:
    units = [span_of(s) for s in ("The museum in Lund opens at nine.", "Ana Brkić 🙂 directs it.", "It has two halls.")]
    return prose(TEXT, units, span_of("Opening Hours"))


def test_the_unit_with_the_answer_scores_highest(model: SpanModel) -> None:
    """The sentence that answers wins, and its best span is the exact answer, in document offsets."""
    (scores,) = model.score_units(QUESTION, [museum()])
    best = max(scores, key=lambda score: score.score)
    assert scores.index(best) == 1
    assert best.answer is not None
    assert best.answer.text_of(TEXT).startswith("Ana Brkić")


def test_spans_never_lie_in_context(model: SpanModel) -> None:
    """Every span lies inside its unit, even when the heading would answer."""
    view = museum()
    (scores,) = model.score_units("Opening hours?", [view])
    for unit, score in zip(view.passage.units, scores, strict=True):
        assert score.answer is not None
        assert score.answer in unit


def test_a_table_row_is_answered_by_one_cell(model: SpanModel) -> None:
    """The best span of a row is inside a single cell."""
    row = Passage(
        id="p",
        document_id="d",
        span=span_of("North | 3"),
        kind="table_row",
        units=(span_of("North | 3"),),
        cells=(span_of("North"), span_of("3")),
        header=(span_of("Hall"), span_of("Floor")),
    )
    ((score,),) = model.score_units("On which floor is the north hall?", [build_view(row, TEXT)])
    assert score.answer == span_of("3")


def test_a_score_does_not_depend_on_the_passages_beside(model: SpanModel) -> None:
    """Each passage is read alone, so its scores are the same in any company."""
    alone = model.score_units(QUESTION, [museum()])[0]
    other = prose("Rain is likely.", [Span(0, 15)])
    assert model.score_units(QUESTION, [other, museum(), other])[1] == alone


@pytest.mark.parametrize("text", ["a", "🙂🙂", "\u200b", "x\x07y", "word " * 3000])
def test_odd_passages_are_read_without_harm(model: SpanModel, text: str) -> None:
    """One character, emoji, control characters and thousands of tokens give a score or none at all."""
    text = text.strip() or text
    view = prose(text, [Span(0, len(text))])
    ((score,),) = model.score_units("What?", [view])
    assert score.answer is None or score.answer in Span(0, len(text))


def test_a_long_passage_is_read_to_its_end(model: SpanModel) -> None:
    """An answer beyond the first window is found in a later one."""
    filler = "The weather was mild and the harbour was quiet all day. " * (MAX_WINDOW_TOKENS // 5)
    text = f"{filler}Ana Brkić directs the museum."
    view = prose(text, [Span(0, len(filler) - 1), span_of("Ana Brkić directs the museum.", text)])
    (scores,) = model.score_units(QUESTION, [view])
    assert scores[1].score > scores[0].score


def test_a_failed_window_is_an_error(model: SpanModel, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the runtime fails on one passage of three, nothing is scored: a crash is never taken for "no answer"."""
    run, calls = model._session.run, []

    def fail_once(feeds: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        calls.append(feeds)
        if len(calls) == 2:
            raise ModelRuntimeError("onnxruntime failed")
        return run(feeds)

    monkeypatch.setattr(model._session, "run", fail_once)
    with pytest.raises(ModelRuntimeError):
        model.score_units(QUESTION, [museum(), museum(), museum()])


def test_a_short_budget_affords_one_passage(model: SpanModel) -> None:
    """However little time there is, one passage is read; with enough, all are."""
    views = [museum()] * 6
    assert model.affordable(QUESTION, views, 0.0) == 1
    assert model.affordable(QUESTION, views, 60.0) == 6
    assert model.affordable(QUESTION, [], 1.0) == 0


def test_answers_joined_by_and_are_found_together(model: SpanModel) -> None:
    """What stands beside the best span with nothing but "and" between is an answer as well."""
    text = "The choir is led by Ana Brkić and Jo Lind."
    ((score,),) = model.score_units("Who leads the choir?", [prose(text, [Span(0, len(text))])])
    assert score.answer is not None
    found = " ".join(span.text_of(text) for span in (score.answer, *score.joined))
    assert "Ana Brkić" in found
    assert "Jo Lind" in found


def test_a_question_longer_than_the_window_is_cut(model: SpanModel) -> None:
    """A very long question still leaves room for the passage."""
    (scores,) = model.score_units("why " * 400 + QUESTION, [museum()])
    assert all(score.answer is not None for score in scores)


@pytest.mark.parametrize("name", [GRAPH, CARD])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    """A flipped byte in the graph or a broken card is refused with the file's name."""
    folder = tmp_path / "reader"
    shutil.copytree(READER_FOLDER, folder)
    damaged = bytearray((folder / name).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / name).write_bytes(b"{" if name == CARD else damaged)
    with pytest.raises(ModelDigestError, match=name):
        SpanModel(folder, threads=1)


def test_the_card_names_data_and_scores() -> None:
    """The model card says what it was trained on, under which licences, and what it scored."""
    card = load_card(READER_FOLDER)
    assert all({"sha256", "licence"} <= set(entry) for entry in card["data"].values())
    assert card["held_out"]
