"""What every PassageIndex does, whatever it is made of; each implementation runs this suite."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from index_samples import ALPHA, BETA, ENCODER, TABLE, make_document, write_index
from summitqa.errors import DocumentNotFoundError
from summitqa.index import NewDocument, VectorOptions, open_index
from summitqa.protocols import PassageIndex, Vectors
from summitqa.reading import build_view

Make = Callable[..., PassageIndex]
PASSAGES = [*ALPHA[1], *BETA[1], *TABLE[1]]


def encode(question: str) -> Vectors:
    """Return the vector of *question*, of shape (dim,)."""
    vector: Vectors = ENCODER.encode_query([question])[0]
    return vector


class PassageIndexContract:
    """The contract; a subclass gives the fixture ``make``, which returns an opened index of documents."""

    @pytest.fixture
    def index(self, make: Make) -> PassageIndex:
        """Return an index of the three sample documents."""
        return make(ALPHA, BETA, TABLE)

    @pytest.fixture
    def empty(self, make: Make) -> PassageIndex:
        """Return an index of nothing."""
        return make()

    def test_it_says_what_it_is(self, index: PassageIndex) -> None:
        """Generation, encoder and number of passages."""
        assert (index.generation, index.encoder_id, len(index)) == (1, ENCODER.id, 7)

    def test_rows_are_in_order_of_document_and_passage(self, index: PassageIndex) -> None:
        """Row by row, every field of every passage is as it was made."""
        assert index.passages(range(7)) == PASSAGES

    def test_passages_come_in_the_order_asked_for(self, index: PassageIndex) -> None:
        """Rows may be asked for in any order, and none at all."""
        assert index.passages([5, 2]) == [PASSAGES[5], PASSAGES[2]]
        assert index.passages([]) == []

    @pytest.mark.parametrize("sample", [ALPHA, BETA, TABLE])
    def test_a_document_comes_back_whole(self, index: PassageIndex, sample: NewDocument) -> None:
        """Text, digest, title, source and blocks are as they were."""
        assert index.document(sample[0].id) == sample[0]

    def test_an_unknown_document_is_not_found(self, index: PassageIndex) -> None:
        """The error is the one that becomes a 404."""
        with pytest.raises(DocumentNotFoundError):
            index.document("nothing")

    def test_documents_are_listed_by_id(self, index: PassageIndex) -> None:
        """Each with its number of passages and characters."""
        found = [(info.id, info.n_passages, info.n_characters) for info in index.documents()]
        assert found == [(d.id, len(p), len(d.text)) for d, p, _ in (ALPHA, BETA, TABLE)]

    def test_every_passage_is_nearest_to_itself(self, index: PassageIndex) -> None:
        """The vector of a passage finds it with cosine 1."""
        texts = {document.id: document.text for document, _, _ in (ALPHA, BETA, TABLE)}
        for row, passage in enumerate(PASSAGES):
            ((found, cosine),) = index.search_dense(encode(build_view(passage, texts[passage.document_id]).text), 1)
            assert (found, round(cosine, 5)) == (row, 1.0)

    def test_dense_results_fall_and_ties_come_by_row(self, index: PassageIndex) -> None:
        """The order is (-score, row), all of it."""
        found = index.search_dense(encode("Who hosts the talks?"), 7)
        assert found == sorted(found, key=lambda pair: (-pair[1], pair[0]))
        assert sorted(row for row, _ in found) == list(range(7))

    def test_a_shorter_result_is_the_beginning_of_a_longer_one(self, index: PassageIndex) -> None:
        """K decides where the list ends and nothing else."""
        vector, terms = encode("Vladimir"), ["vladimir", "talks", "in"]
        assert [index.search_dense(vector, k) for k in range(8)] == [
            index.search_dense(vector, 7)[:k] for k in range(8)
        ]
        lexical = index.search_lexical(terms, 7)
        assert [index.search_lexical(terms, k) for k in range(8)] == [lexical[:k] for k in range(8)]

    def test_more_wanted_than_there_are(self, index: PassageIndex) -> None:
        """There is no padding."""
        assert len(index.search_dense(encode("Putin"), 1000)) == 7
        assert len(index.search_lexical(["putin"], 1000)) == 1

    def test_given_rows_are_scored_as_search_scores_them(self, index: PassageIndex) -> None:
        """In the order asked for, repeated rows included."""
        vector = encode("Erdoğan will host the talks")
        found = dict(index.search_dense(vector, 7))
        assert index.score_dense(vector, [6, 2, 2]) == pytest.approx([found[6], found[2], found[2]], abs=1e-6)
        assert index.score_dense(vector, []) == []

    def test_words_find_their_passages(self, index: PassageIndex) -> None:
        """Folded words match, whole numbers match, scores are positive."""
        assert [row for row, _ in index.search_lexical(["erdogan"], 5)] == [2]
        assert [row for row, _ in index.search_lexical(["3.5"], 5)] == [1]
        assert [row for row, _ in index.search_lexical(["medinsky", "moscow", "putin"], 5)] == [3, 0]
        assert all(score > 0 for _, score in index.search_lexical(["in", "the", "talks"], 7))

    def test_context_is_searched_too(self, index: PassageIndex) -> None:
        """A table row is found by its column names and its heading."""
        assert [row for row, _ in index.search_lexical(["odds"], 5)] == [6]
        assert {row for row, _ in index.search_lexical(["agenda"], 5)} >= {5, 6}

    @pytest.mark.parametrize("term", ['"', "NEAR(", "*", "-", "words:putin", "a\0b", "", "OR", "%", "\\", "'"])
    def test_terms_are_data(self, index: PassageIndex, term: str) -> None:
        """No term is query language, and none is an error."""
        assert {row for row, _ in index.search_lexical([term], 5)} <= {0}
        assert 4 in [row for row, _ in index.search_lexical([term, "asia"], 5)]

    def test_no_terms_find_nothing(self, index: PassageIndex) -> None:
        """A question of stop words has no lexical hits."""
        assert index.search_lexical([], 5) == []

    def test_only_absent_terms_are_matched(self, index: PassageIndex) -> None:
        """Words that some passage holds, or a word of their stem, are not in the answer."""
        found = index.match_terms(["zelenskiy", "putin", "represent", "2023", "medynsky", "medynsky"])
        assert found == {"zelenskiy": ["zelenskyy"], "2023": [], "medynsky": ["medinsky"]}
        assert index.match_terms([]) == {}

    def test_an_empty_index_answers_everything_with_nothing(self, empty: PassageIndex) -> None:
        """No passages is no error."""
        assert (len(empty), empty.documents(), empty.passages([])) == (0, [], [])
        assert empty.search_dense(encode("Putin"), 5) == empty.search_lexical(["putin"], 5) == []
        assert empty.match_terms(["putin"]) == {"putin": []}

    def test_a_document_without_passages_is_in_the_list(self, make: Make) -> None:
        """It can be read, and the rows of the others are not disturbed."""
        hollow = (make_document("aaa", "Nothing here.")[0], (), ENCODER.encode_passages([]))
        index = make(hollow, BETA)
        assert [info.n_passages for info in index.documents()] == [0, 2]
        assert index.passages([0, 1]) == list(BETA[1])

    def test_identical_passages_are_told_apart_by_row(self, make: Make) -> None:
        """Where k cuts through equal scores, the lower rows are in."""
        index = make(*(make_document(f"d{i}", "Peace talks.", "Peace talks.") for i in range(20)))
        assert [row for row, _ in index.search_dense(encode("peace talks"), 5)] == [0, 1, 2, 3, 4]
        assert [row for row, _ in index.search_lexical(["peace"], 5)] == [0, 1, 2, 3, 4]

    def test_several_threads_get_the_same_answers(self, index: PassageIndex) -> None:
        """One index serves all threads."""

        def ask(_: int) -> object:
            rows = [row for row, _ in index.search_lexical(["vladimir", "talks"], 5)]
            return rows, index.search_dense(encode("talks"), 3), index.passages(rows), index.match_terms(["putn"])

        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(ask, range(200)))
        assert answers == [ask(0)] * 200

    def test_it_is_its_own_context_manager(self, index: PassageIndex) -> None:
        """Leaving the block closes it, and closing twice is harmless."""
        with index as entered:
            assert entered is index
        index.close()


class TestLocalIndex(PassageIndexContract):
    """The index on this machine, vectors compared one by one."""

    flat_limit = 1000

    @pytest.fixture
    def make(self, tmp_path: Path) -> Iterator[Make]:
        """Return a function that writes and opens an index."""
        with ExitStack() as stack:

            def make(*documents: NewDocument) -> PassageIndex:
                write_index(tmp_path / "index", *documents, options=VectorOptions(flat_limit=self.flat_limit))
                return stack.enter_context(open_index(tmp_path / "index", encoder_id=ENCODER.id))

            yield make


class TestLocalIndexWithHnsw(TestLocalIndex):
    """The same with the approximate search that large indexes use."""

    flat_limit = 0
