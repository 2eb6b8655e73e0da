"""The format SQuAD: reading files, the official figures, and both ways to ask."""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.formats import RunOptions, SquadMode, SquadResult, evaluate_squad, pieces
from summitqa.evaluation.formats.sampling import choose_sample
from summitqa.evaluation.formats.squad_files import make_document, read_paragraphs
from summitqa.evaluation.formats.squad_scores import (
    ANSWER_NOTHING,
    SquadPrediction,
    best_exact,
    best_f1,
    score_predictions,
)
from summitqa.models.reader import open_reader
from summitqa.settings import Settings
from summitqa.testing import HashingEncoder
from word_reader import WordReader

DATA = Path(__file__).parent / "data" / "evaluation" / "squad.json"
SETTINGS = Settings(min_confidence=0.5)


def evaluate(mode: SquadMode, reader: WordReader | None = None, path: Path = DATA, **options: Any) -> SquadResult:
    return evaluate_squad(
        path,
        encoder=HashingEncoder(),
        reader=reader or WordReader(),
        settings=SETTINGS,
        mode=mode,
        options=RunOptions(**options),
    )


def write(folder: Path, value: Any) -> Path:
    path = folder / "squad.json"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def prediction(accepted: Sequence[str], text: str, confidence: float, error: str | None = None) -> SquadPrediction:
    return SquadPrediction(f"{text}{confidence}", "?", tuple(accepted), text, confidence, error)


PREDICTIONS = [
    prediction(["the cat", "a dog"], "Cat!", 0.9),  # exact 1, F1 1
    prediction(["black cat"], "the cat", 0.8),  # exact 0, F1 2/3: 1 of 1 and 1 of 2 tokens common
    prediction([], "cat", 0.7),  # wrong unless withheld
    prediction(["dog"], "dog", 0.4),  # right unless withheld
    prediction([], "dog", 0.3),
    prediction([], "", 0.2),  # right at any threshold
]


def test_the_official_figures_by_hand() -> None:
    """At 0.5 the first three are answered, the others withheld."""
    scores = score_predictions(PREDICTIONS, 0.5)
    assert scores.overall.total == 6
    assert (scores.overall.exact, scores.overall.f1) == pytest.approx((100 * 3 / 6, 100 * (3 + 2 / 3) / 6))
    assert (scores.has_answer.exact, scores.has_answer.f1) == pytest.approx((100 / 3, 100 * (1 + 2 / 3) / 3))
    assert (scores.no_answer.exact, scores.no_answer.f1) == pytest.approx((100 * 2 / 3, 100 * 2 / 3))


def test_figures_over_no_question_are_none() -> None:
    """SQuAD 1.1 has no unanswerable questions; that is not zero percent."""
    figures = score_predictions(PREDICTIONS[:2], 0.5).no_answer
    assert (figures.total, figures.exact, figures.f1, figures.exact_interval) == (0, None, None, None)


def test_the_best_threshold_by_hand() -> None:
    """Beginning with 3 for silence: exact match goes 4, 4, 3, 4, 3, 3; F1 4, 4.67, 3.67, 4.67, 3.67, 3.67."""
    exact, f1 = best_exact(PREDICTIONS), best_f1(PREDICTIONS)
    assert (exact.value, exact.threshold) == pytest.approx((100 * 4 / 6, 0.9))
    assert (f1.value, f1.threshold) == pytest.approx((100 * (4 + 2 / 3) / 6, 0.8))
    at_best = score_predictions(PREDICTIONS, f1.threshold)
    assert at_best.overall.f1 == pytest.approx(f1.value)


def test_the_best_may_be_to_answer_nothing() -> None:
    """When every answer is wrong the threshold lies above all confidences."""
    found = best_exact([prediction([], "x", 1.0), prediction(["y"], "x", 0.5)])
    assert (found.value, found.threshold) == (50.0, ANSWER_NOTHING)


def test_equal_confidences_are_not_parted() -> None:
    """A right and a wrong answer of the same confidence come together, in whichever order they stand."""
    tied = [prediction(["x"], "x", 0.5), prediction([], "y", 0.5), prediction([], "z", 0.1)]
    for order in (tied, tied[::-1]):
        assert best_exact(order).value == pytest.approx(100 * 2 / 3)
        assert best_exact(order).threshold == ANSWER_NOTHING


def test_a_failed_question_is_zero_even_where_silence_is_right() -> None:
    """A failure counts in the total and is right at no threshold."""
    failed = [prediction([], "", 0.0, "ModelRuntimeError: x"), prediction([], "", 0.0)]
    assert score_predictions(failed, 0.5).overall.exact == 50.0
    assert best_exact(failed).value == 50.0


def test_punctuation_is_dropped_as_officially() -> None:
    """ASCII punctuation goes, typographic quotes stay: ``evaluate-v2.0.py`` takes ``string.punctuation``."""
    assert prediction(["won't"], "WONT", 1.0).exact(0.5) == 1.0
    assert prediction(["won’t"], "wont", 1.0).exact(0.5) == 0.0
    assert prediction(["the"], "", 0.0).exact(0.5) == 1.0  # an answer that is empty when normalised


def test_a_file_is_read_as_contexts_with_questions() -> None:
    """Equal contexts have one id, and a document is titled as its article."""
    paragraphs = list(read_paragraphs(DATA))
    assert [(p.title, len(p.questions)) for p in paragraphs] == [("Skagen_Lighthouse", 3), ("Fair", 3), ("Fair", 1)]
    assert paragraphs[1].document_id == paragraphs[2].document_id != paragraphs[0].document_id
    assert paragraphs[0].questions[0].accepted == ("1858", "in 1858")
    assert paragraphs[0].questions[2].accepted == ()
    document = make_document(paragraphs[0])
    assert (document.title, document.text) == ("Skagen Lighthouse", paragraphs[0].context)


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_a_file_read_in_small_pieces_is_the_same(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Where a piece of the file ends does not matter."""
    whole = list(read_paragraphs(DATA))
    monkeypatch.setattr(pieces, "PIECE_CHARS", size)
    assert list(read_paragraphs(DATA)) == whole


def test_only_the_article_at_hand_is_in_memory(tmp_path: Path) -> None:
    """A fault in the second article is met after the first has been given out."""
    good = json.loads(DATA.read_text(encoding="utf-8"))["data"][0]
    paragraphs = read_paragraphs(write(tmp_path, f'{{"data": [{json.dumps(good)}, {{]'))
    assert next(paragraphs).title == "Skagen_Lighthouse"
    with pytest.raises(EvaluationDataError):
        next(paragraphs)


def _change(change: Callable[[Any], None]) -> Any:
    data = json.loads(DATA.read_text(encoding="utf-8"))
    changed = copy.deepcopy(data)
    change(changed["data"])
    return changed


FAULTS: list[tuple[Callable[[Any], Any], str]] = [
    (lambda d: d[1].pop("paragraphs"), "article 2: paragraphs: Field required"),
    (
        lambda d: d[1]["paragraphs"][0].update(context=5),
        "article 2: paragraphs: 0: context: Input should be a valid string",
    ),
    (lambda d: d[1]["paragraphs"][1].update(context=" "), "article 2, paragraph 2: the context is empty"),
    (lambda d: d[1]["paragraphs"][1].update(context="a\0"), "article 2, paragraph 2: the context holds characters"),
    (
        lambda d: d[0]["paragraphs"][0]["qas"][1].update(id="when"),
        "article 1, paragraph 1, question 2: the id 'when' was there before",
    ),
    (lambda d: d[0]["paragraphs"][0]["qas"][0].update(question=""), "question 1: the question is empty"),
    (lambda d: d[0]["paragraphs"][0]["qas"][1].update(answers=[]), "question 2: has no answers"),
    (
        lambda d: d[0]["paragraphs"][0]["qas"][0].update(is_impossible=True),
        "question 1: is_impossible is true, answers",
    ),
    (
        lambda d: d[0]["paragraphs"][0]["qas"][2].update(is_impossible=False),
        "question 3: is_impossible is false, answers",
    ),
    (lambda d: d.clear(), "no question in it"),
]


@pytest.mark.parametrize(("change", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_is_told_with_its_place(tmp_path: Path, change: Callable[[Any], None], fault: str) -> None:
    """Article, paragraph and question are counted from 1."""
    with pytest.raises(EvaluationDataError) as caught:
        list(read_paragraphs(write(tmp_path, _change(change))))
    assert fault in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path / 'squad.json'}: ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", "character 0: expected an object"),
        ("[]", "character 0: expected an object"),
        ("{}", 'holds no "data"'),
        ('{"version": "1.1"}', 'holds no "data"'),
        ('{"data": {}}', "character 9: expected an array"),
        ('{"data": [{"paragraphs": []}', "expected a comma or ]"),
        ('{"data": [{"title": "x', "expected JSON"),
        ('{"data" []}', "character 8: expected a colon"),
        ('{"data": []} x', "character 13: expected the end of the file"),
        ('{"data": [5]}', "article 1: Input should be a JSON object"),
        ('{"data": ' + "[" * 100_000, "nested too deeply"),
    ],
)
def test_a_broken_file_is_one_clear_error(tmp_path: Path, content: str, fault: str) -> None:
    """What is not the JSON it should be is refused with the place where it breaks off."""
    with pytest.raises(EvaluationDataError) as caught:
        list(read_paragraphs(write(tmp_path, content)))
    assert fault in str(caught.value)


def test_a_file_that_cannot_be_decoded_or_found_is_named(tmp_path: Path) -> None:
    """UTF-16 and a missing file are told in one line."""
    path = tmp_path / "squad.json"
    with pytest.raises(EvaluationDataError, match="cannot be read"):
        list(read_paragraphs(path))
    path.write_bytes("{}".encode("utf-16"))
    with pytest.raises(EvaluationDataError, match="is not UTF-8"):
        list(read_paragraphs(path))


def test_a_context_is_read_whole() -> None:
    """With the context given, the answer is found in its own context alone, and unanswerable ones are withheld."""
    result = evaluate("reader_only")
    assert {p.id: (p.text, p.confidence) for p in result.predictions} == {
        "when": ("1858", 1.0),  # lighthouse and opened
        "where": ("Skagen", 0.5),  # tower, but not built
        "height": ("1858", 0.5),  # lighthouse, but not tall
        "cost": ("crowns", 1.0),
        "day": ("Friday", 0.5),  # fair, but "begin" is not "begins"
        "light": ("Friday", 0.0),
        "again": ("Friday", pytest.approx(2 / 3)),  # begins and fair, but not day
    }
    scores = result.configured
    assert (scores.overall.exact, scores.overall.f1) == pytest.approx((100 * 5 / 7, 100 * (5 + 2 / 3) / 7))
    assert (scores.has_answer.exact, scores.has_answer.f1) == pytest.approx((80.0, 100 * (4 + 2 / 3) / 5))
    assert (scores.no_answer.total, scores.no_answer.exact, scores.no_answer.f1) == (2, 50.0, 50.0)
    assert (result.best_exact.value, result.best_exact.threshold) == pytest.approx((100 * 5 / 7, 0.5))


def test_over_the_whole_corpus_another_context_can_mislead() -> None:
    """A question that its own context does not answer is answered from another one, which SQuAD counts as wrong."""
    result = evaluate("corpus")
    given = {p.id: (p.text, p.confidence) for p in result.predictions}
    assert given["light"] == ("1858", 1.0)
    assert given["cost"] == ("crowns", 1.0)
    assert result.configured.overall.exact == pytest.approx(100 * 4 / 7)
    assert result.configured.no_answer.exact == 0.0


def test_every_passage_of_the_context_is_read(tmp_path: Path) -> None:
    """Nothing is cut by retrieval: all sixty sentences are read, in more passages than the engine would read."""
    sentences = [f"Lamp number {n} of the lighthouse was cleaned by hand." for n in range(60)]
    qas = [{"id": "q", "question": "Which lamp?", "answers": [{"text": "hand"}]}]
    path = write(tmp_path, {"data": [{"paragraphs": [{"context": " ".join(sentences), "qas": qas}]}]})
    reader = WordReader()
    evaluate("reader_only", reader, path=path)
    assert sum(reader.n_units) == 60
    assert len(reader.n_units) > SETTINGS.n_read


@pytest.mark.parametrize("mode", ["reader_only", "corpus"])
def test_a_run_that_was_broken_off_is_resumed(tmp_path: Path, mode: SquadMode) -> None:
    """Finished questions are not asked again, and the result is that of a run in one go."""

    def stop(done: int, total: int) -> None:
        if (done, total) == (3, 7):
            raise KeyboardInterrupt

    journal = tmp_path / "run.jsonl"
    with pytest.raises(KeyboardInterrupt):
        evaluate(mode, journal=journal, progress=stop)
    reader, seen = WordReader(), []
    resumed = evaluate(mode, reader, journal=journal, progress=lambda done, total: seen.append((done, total)))
    assert resumed == evaluate(mode)
    assert reader.n_asked == 4
    assert seen == [(n, 7) for n in range(1, 8)]


def test_the_journal_of_other_options_is_refused(tmp_path: Path) -> None:
    """A run over all questions is not continued by one over a sample, or one in another mode."""
    journal = tmp_path / "run.jsonl"
    evaluate("reader_only", journal=journal)
    with pytest.raises(EvaluationDataError, match=r"another run \(different: options\)"):
        evaluate("reader_only", journal=journal, sample=2)
    with pytest.raises(EvaluationDataError, match=r"another run \(different: options\)"):
        evaluate("corpus", journal=journal)


def test_a_question_that_fails_is_listed_and_asked_again(tmp_path: Path) -> None:
    """It scores zero though silence would have been right, and is not noted as finished."""
    data = _change(lambda d: d[1]["paragraphs"][0]["qas"][2].update(question="Is it broken?"))
    path, journal = write(tmp_path, data), tmp_path / "run.jsonl"
    result = evaluate("reader_only", path=path, journal=journal)
    assert [(p.id, p.error) for p in result.failures] == [("light", "ModelRuntimeError: the reader broke")]
    assert result.configured.overall.exact == pytest.approx(100 * 4 / 7)
    reader = WordReader()
    evaluate("reader_only", reader, path=path, journal=journal)
    assert reader.n_asked == 1


def test_a_sample_depends_on_seed_and_ids_alone() -> None:
    """The order of questions plays no part, and adding others leaves a chosen one chosen or replaces it."""
    ids = [f"q{n}" for n in range(100)]
    chosen = choose_sample(ids, 10, 7)
    assert len(chosen) == 10
    assert choose_sample(reversed(ids), 10, 7) == chosen
    assert choose_sample(ids, 10, 8) != chosen
    assert len(choose_sample([*ids, "new"], 10, 7) & chosen) >= 9
    assert choose_sample(ids, 20, 7) > chosen
    assert choose_sample(ids, None, 7) == choose_sample(ids, 1000, 7) == set(ids)
    with pytest.raises(ValueError, match="1 question or more"):
        choose_sample(ids, 0, 7)


def test_a_sample_is_asked_in_the_order_of_the_file() -> None:
    """Only the chosen questions are asked."""
    reader = WordReader()
    result = evaluate("reader_only", reader, sample=3, seed=1)
    ids = [p.id for p in result.predictions]
    assert (reader.n_asked, len(ids)) == (3, 3)
    assert ids == [q.id for p in read_paragraphs(DATA) for q in p.questions if q.id in ids]


def test_an_index_that_is_kept_is_not_made_again(tmp_path: Path) -> None:
    """A second run with the same folder embeds nothing, and gives the same."""
    embedded: list[int] = []
    runs = [
        evaluate("corpus", index_dir=tmp_path / "index", index_progress=lambda done, _: embedded.append(done))
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert embedded == [2, 0]


def test_a_result_is_shown_as_tables_and_json() -> None:
    """Figures are percentages with two digits; JSON holds every prediction."""
    result = evaluate("reader_only")
    (title, header, rows), (_, _, best) = result.tables()
    assert title == "SQuAD squad.json, context given, at confidence 0.5"
    assert header == ["questions", "n", "exact match", "F1"]
    assert [[row[0], row[1], row[2].split(" [")[0], row[3].split(" [")[0]] for row in rows] == [
        ["all", "7", "71.43", "80.95"],
        ["has answer", "5", "80.00", "93.33"],
        ["no answer", "2", "50.00", "50.00"],
    ]
    assert rows[2][2] == "50.00 [0.00, 100.00]"  # of two questions, one right: anything is possible
    assert best == [["exact match", "71.43", "71.43", "0.500"], ["F1", "80.95", "80.95", "0.500"]]
    told = json.loads(json.dumps(result.to_json()))
    assert (told["format"], len(told["predictions"]), told["failures"]) == ("squad", 7, [])
    assert math.isclose(told["configured"]["overall"]["exact"], 500 / 7)


def test_the_packaged_reader_is_measured() -> None:
    """The real reader finds the plain facts of the sample file when their contexts are given."""
    result = evaluate_squad(
        DATA, encoder=HashingEncoder(), reader=open_reader(threads=2), settings=SETTINGS, mode="reader_only"
    )
    texts = {p.id: p.text for p in result.predictions}
    assert texts["when"] == "1858"
    assert "Friday" in texts["day"]
    assert result.failures == ()
