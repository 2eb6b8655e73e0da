"""The format BEIR: reading folders, ranking documents, and the figures."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from summitqa.errors import EvaluationDataError, ModelRuntimeError
from summitqa.evaluation.formats import BeirResult, RunOptions, evaluate_beir, indexing
from summitqa.evaluation.formats.beir import rank_documents, score_ranking
from summitqa.evaluation.formats.beir_files import BeirQuery, find_files, load_queries, read_corpus
from summitqa.evaluation.formats.beir_result import MEASURES
from summitqa.evaluation.formats.deep import DeepSearch
from summitqa.index import open_index
from summitqa.protocols import Vectors
from summitqa.settings import Settings
from summitqa.testing import HashingEncoder
from summitqa.types import Hit, Passage, Span

DATA = Path(__file__).parent / "data" / "evaluation" / "beir"


class BrokenEncoder(HashingEncoder):
    """Fails on questions about a fair; counts the questions it encodes."""

    def __init__(self, broken: str = "fair") -> None:
        super().__init__()
        self.broken = broken
        self.asked: list[str] = []

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        if self.broken and self.broken in texts[0]:
            raise ModelRuntimeError("the encoder broke")
        return super().encode_query(texts)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the sample folder that may be changed."""
    return Path(shutil.copytree(DATA, tmp_path / "beir"))


def evaluate(path: Path = DATA, encoder: HashingEncoder | None = None, **options: Any) -> BeirResult:
    return evaluate_beir(path, encoder=encoder or HashingEncoder(), settings=Settings(), options=RunOptions(**options))


def scores_of(result: BeirResult, retriever: str, measure: str) -> dict[str, float]:
    return {question.id: question.scores[retriever][measure] for question in result.questions}


def hit(document_id: str, row: int) -> Hit:
    passage = Passage(f"p{row}", document_id, Span(row, row + 1), "paragraph", (Span(row, row + 1),))
    return Hit(passage, row, 1.0 - row / 10, row + 1)


def test_measures_by_hand() -> None:
    """nDCG: (1 / log2 2 + 2 / log2 4) / (2 / log2 2 + 1 / log2 3); recall: one of two relevant documents among 100."""
    query = BeirQuery("q", "?", {"a": 1, "b": 2, "z": 0})
    scores = score_ranking(query, ["a", "x", "b"])
    assert scores["ndcg@10"] == pytest.approx((1 + 2 / 2) / (2 + 1 / math.log2(3)))
    assert scores["recall@100"] == 1.0
    assert score_ranking(query, ["x", "a"])["recall@100"] == 0.5
    assert score_ranking(query, [f"x{n}" for n in range(10)] + ["b"])["ndcg@10"] == 0.0


def test_a_question_without_anything_found_or_relevant_is_zero() -> None:
    """It stays in the mean."""
    nothing = dict.fromkeys(MEASURES, 0.0)
    assert score_ranking(BeirQuery("q", "?", {"a": 1}), []) == nothing
    assert score_ranking(BeirQuery("q", "?", {"a": 0}), ["a"]) == nothing


def test_a_document_stands_where_its_best_passage_does() -> None:
    """Further passages of a document are passed over, and the question itself is no result."""
    hits = [hit("b", 0), hit("a", 1), hit("b", 2), hit("q", 3), hit("c", 4)]
    assert rank_documents(hits, leave_out="q") == ["b", "a", "c"]
    many = [hit(f"d{n}", n % 10) for n in range(150)]
    assert rank_documents(many, leave_out="") == [f"d{n}" for n in range(100)]


def test_figures_by_hand() -> None:
    """By words, only documents with one of them are found; by meaning all are, equals in the order of their ids."""
    result = evaluate()
    assert scores_of(result, "bm25", "ndcg@10") == {
        "q-oil": 1.0,  # bergen holds both words, skagen one
        "q-fair": 1.0,
        "q-ships": 0.0,  # in no document
        "fair": 1.0,  # skagen holds "opened"; the document fair is the question itself
    }
    assert scores_of(result, "bm25", "recall@100") == {"q-oil": 1.0, "q-fair": 1.0, "q-ships": 0.0, "fair": 1.0}
    third = pytest.approx(1 / math.log2(4))  # after bergen and another, all with a cosine of 0
    assert scores_of(result, "dense", "ndcg@10") == {"q-oil": 1.0, "q-fair": 1.0, "q-ships": third, "fair": third}
    assert scores_of(result, "dense", "recall@100") == dict.fromkeys(("q-oil", "q-fair", "q-ships", "fair"), 1.0)
    assert scores_of(result, "hybrid", "ndcg@10") == {"q-oil": 1.0, "q-fair": 1.0, "q-ships": third, "fair": 1.0}
    assert {name: of["ndcg@10"].value for name, of in result.figures.items()} == pytest.approx(
        {"dense": 0.75, "bm25": 0.75, "hybrid": 0.875}
    )


def test_a_corpus_is_read_as_documents_under_their_titles() -> None:
    """A title is the heading of its text, or all there is; what has no text at all is left out."""
    documents = {document.id: document for document in read_corpus(DATA / "corpus.jsonl")}
    assert list(documents) == ["skagen", "bergen", "fair", "name"]
    skagen = documents["skagen"]
    assert (skagen.title, skagen.text[:8]) == ("Skagen", "Skagen\n\n")
    assert [(block.kind, block.span.text_of(skagen.text)) for block in skagen.blocks] == [
        ("heading", "Skagen"),
        ("paragraph", "The white lighthouse opened in 1858. It burned oil."),
    ]
    assert documents["name"].text == "Lighthouse keepers"
    assert [block.kind for block in documents["name"].blocks] == ["paragraph"]


def test_lists_and_tables_below_a_title_keep_their_structure(tmp_path: Path) -> None:
    """All spans of a block move down together."""
    text = "Stalls for rent:\n- corner\n- middle\n\n| Stall | Rent |\n| --- | --- |\n| Corner | 90 |\n"
    path = tmp_path / "corpus.jsonl"
    path.write_text(json.dumps({"_id": "x", "title": "Fair 🙂", "text": text}), encoding="utf-8")
    (document,) = read_corpus(path)
    items = [block for block in document.blocks if block.kind == "list_item"]
    rows = [block for block in document.blocks if block.kind == "table_row" and not block.is_table_header]
    assert [item.span.text_of(document.text) for item in items] == ["corner", "middle"]
    assert items[0].introduction is not None
    assert items[0].introduction.text_of(document.text) == "Stalls for rent:"
    assert [cell.text_of(document.text) for cell in (*rows[0].header, *rows[0].cells)] == [
        "Stall",
        "Rent",
        "Corner",
        "90",
    ]


def test_queries_come_with_their_judgements_in_the_order_of_their_file() -> None:
    """Questions without a judgement are not asked."""
    queries = load_queries(find_files(DATA))
    assert [query.id for query in queries] == ["q-oil", "q-fair", "q-ships", "fair"]
    assert queries[0].relevance == {"skagen": 1, "bergen": 2, "fair": 0}


def test_qrels_may_lack_a_header_and_have_windows_line_ends(folder: Path) -> None:
    """The first line is data unless it ends in the word score."""
    (folder / "qrels" / "test.tsv").write_bytes(b"q-oil\tbergen\t2\r\nq-fair\tfair\t1\r\n")
    assert [query.relevance for query in load_queries(find_files(folder))] == [{"bergen": 2}, {"fair": 1}]


def test_which_qrels_are_taken(folder: Path) -> None:
    """The named split, else ``test``, else the only one; a choice among others is not made silently."""
    qrels = folder / "qrels"
    shutil.copy(qrels / "test.tsv", qrels / "dev.tsv")
    assert find_files(folder).qrels.name == "test.tsv"
    assert find_files(folder, "dev").qrels.name == "dev.tsv"
    (qrels / "test.tsv").unlink()
    assert find_files(folder).qrels.name == "dev.tsv"
    shutil.copy(qrels / "dev.tsv", qrels / "train.tsv")
    with pytest.raises(EvaluationDataError, match=r"no qrels/test\.tsv \(found: dev, train\)"):
        find_files(folder)
    with pytest.raises(EvaluationDataError, match=r"no qrels/test\.tsv \(found: none\)"):
        find_files(folder / "none")


def replace_line(name: str, number: int, line: str) -> Callable[[Path], None]:
    """Return a change of one line of a file, counted from 1; one past the end is added."""

    def change(folder: Path) -> None:
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        lines[number - 1 : number] = [line]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change


FAULTS: list[tuple[Callable[[Path], object], str]] = [
    (replace_line("corpus.jsonl", 2, "{"), "corpus.jsonl: line 2: Invalid JSON"),
    (replace_line("corpus.jsonl", 3, '{"_id": "fair"}'), "corpus.jsonl: line 3: text: Field required"),
    (
        replace_line("corpus.jsonl", 3, '{"_id": 7, "text": "x"}'),
        "corpus.jsonl: line 3: _id: Input should be a valid string",
    ),
    (replace_line("corpus.jsonl", 6, '{"_id": "fair", "text": "x"}'), "corpus.jsonl: line 6: the id 'fair' was there"),
    (
        replace_line("corpus.jsonl", 3, '{"_id": "f", "text": "x"}'),
        "document 'fair', judged for question 'q-oil', is not in",
    ),
    (replace_line("queries.jsonl", 1, "[]"), "queries.jsonl: line 1: Input should be"),
    (replace_line("queries.jsonl", 1, '{"_id": "q-oil", "text": " "}'), "queries.jsonl: line 1: the question is empty"),
    (
        replace_line("queries.jsonl", 2, '{"_id": "q-oil", "text": "x"}'),
        "queries.jsonl: line 2: the id 'q-oil' was there",
    ),
    (replace_line("qrels/test.tsv", 3, "q-oil bergen 2"), "test.tsv: line 3: expected question id, document id and"),
    (
        replace_line("qrels/test.tsv", 3, "q-oil\tbergen\tgood"),
        "test.tsv: line 3: expected question id, document id and",
    ),
    (replace_line("qrels/test.tsv", 3, "q-oil\tskagen\t2"), "test.tsv: line 3: judges 'skagen' for 'q-oil' again"),
    (replace_line("qrels/test.tsv", 8, "q-9\tskagen\t2"), "test.tsv: line 8: question 'q-9' is not in"),
    (lambda folder: (folder / "queries.jsonl").unlink(), "queries.jsonl: no such file"),
    (lambda folder: (folder / "corpus.jsonl").write_bytes(b"\xff"), "corpus.jsonl: is not UTF-8"),
    (lambda folder: (folder / "qrels" / "test.tsv").write_text(""), "test.tsv: no judgement in it"),
]


@pytest.mark.parametrize(("change", "fault"), FAULTS, ids=[fault for _, fault in FAULTS])
def test_a_fault_is_told_with_its_line_before_anything_is_asked(
    folder: Path, change: Callable[[Path], object], fault: str
) -> None:
    """One line says file, line and fault."""
    change(folder)
    encoder = BrokenEncoder()
    with pytest.raises(EvaluationDataError) as caught:
        evaluate(folder, encoder)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)
    assert encoder.asked == []


def test_a_corpus_without_any_text_is_refused(folder: Path) -> None:
    """There is nothing to search in."""
    (folder / "corpus.jsonl").write_text('{"_id": "fair", "text": ""}\n', encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("q-fair\tfair\t1\n", encoding="utf-8")
    with pytest.raises(EvaluationDataError, match="no document with text"):
        evaluate(folder)


def test_a_question_that_fails_counts_as_zero_and_is_asked_again(tmp_path: Path) -> None:
    """It is listed, stays in every mean, and is what a resumed run asks."""
    journal = tmp_path / "run.jsonl"
    result = evaluate(encoder=BrokenEncoder("which"), journal=journal)
    assert [(q.id, q.error) for q in result.failures] == [("q-fair", "ModelRuntimeError: the encoder broke")]
    assert result.figures["dense"]["recall@100"].value == 0.75
    encoder = BrokenEncoder("")
    assert evaluate(encoder=encoder, journal=journal) == evaluate()
    assert set(encoder.asked) == {"which fair opens"}


def test_a_run_of_other_options_is_not_continued(tmp_path: Path) -> None:
    """A sample has a journal of its own."""
    journal = tmp_path / "run.jsonl"
    assert len(evaluate(journal=journal, sample=2).questions) == 2
    with pytest.raises(EvaluationDataError, match=r"another run \(different: options\)"):
        evaluate(journal=journal)


def test_progress_is_told_for_every_question() -> None:
    """Done and total, once a question."""
    seen: list[tuple[int, int]] = []
    evaluate(progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_corpus_is_indexed_in_batches_that_are_not_made_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Batches end up in one index; the same result, and a second run embeds nothing."""
    whole = evaluate()
    monkeypatch.setattr(indexing, "BATCH_DOCUMENTS", 3)
    embedded: list[int] = []
    for _ in range(2):
        assert evaluate(index_dir=tmp_path / "index", index_progress=lambda n, _: embedded.append(n)) == whole
    assert embedded == [3, 4, 0, 0]


def test_a_broken_off_index_is_completed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was written before the end is kept."""
    monkeypatch.setattr(indexing, "BATCH_DOCUMENTS", 3)
    embedded: list[int] = []

    def stop(done: int, _total: int) -> None:
        embedded.append(done)
        if len(embedded) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(index_dir=tmp_path / "index", index_progress=stop)
    assert evaluate(index_dir=tmp_path / "index", index_progress=stop) == evaluate()
    assert embedded == [3, 0, 1]


def test_a_search_goes_deeper_until_enough_documents_are_named(folder: Path, tmp_path: Path) -> None:
    """One document of many passages does not hide the others; an index that has no more gives what it has."""
    long = " ".join(f"Lamp {n} was cleaned with great care by the keeper of the tower." for n in range(60))
    lines = [{"_id": "a", "text": long}, {"_id": "b", "text": "A lamp."}, {"_id": "c", "text": "No light, one lamp."}]
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    encoder = HashingEncoder()
    indexing.index_documents(
        tmp_path / "index", read_corpus(folder / "corpus.jsonl"), encoder, passage_tokens=30, source="test"
    )
    with open_index(tmp_path / "index") as index:
        assert len(index) > 30
        for n_documents in (3, 4):
            found = DeepSearch(index, n_documents).search_lexical(["keeper", "lamp"], 2)
            assert {passage.document_id for passage in index.passages([row for row, _ in found])} == {"a", "b", "c"}
        assert len(DeepSearch(index, 1).search_dense(encoder.encode_query(["lamp"])[0], 2)) == 2


def test_a_result_is_shown_as_a_table_and_json() -> None:
    """Means come with their intervals; JSON holds every question."""
    result = evaluate()
    ((title, header, rows),) = result.tables()
    assert (title, header) == ("BEIR beir/test, 4 questions", ["retriever", "ndcg@10", "recall@100"])
    assert [(row[0], row[1][:5]) for row in rows] == [("dense", "0.750"), ("bm25", "0.750"), ("hybrid", "0.875")]
    told = json.loads(json.dumps(result.to_json()))
    assert (told["format"], told["system"], len(told["questions"])) == ("beir", {"encoder": "hashing-512"}, 4)
    assert told["figures"]["hybrid"]["recall@100"]["value"] == 1.0
