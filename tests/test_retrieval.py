"""Hybrid retrieval over an index whose scores can be worked out by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from summitqa.index import IndexWriter, LocalIndex, open_index
from summitqa.retrieval import HybridRetriever
from summitqa.testing import HashingEncoder
from summitqa.types import Document, Passage, Span

TEXTS = {
    "a-fair": "The spring fair opens on Friday in Lund.",
    "b-bridge": "The bridge was closed by Zoran Zelenkovyy.",
    "c-iraq": "A delegation from Iraq visited the harbour.",
    "d-fair": "The spring fair opens on Friday in Lund.",
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[LocalIndex]:
    """An index of four one-sentence documents, two of them equal."""
    encoder = HashingEncoder()
    items = []
    for name, text in TEXTS.items():
        span = Span(0, len(text))
        document = Document(id=name, title=name, text=text, blocks=())
        passage = Passage(f"p-{name}", name, span, "paragraph", (span,))
        items.append((document, [passage], encoder.encode_passages([text])))
    with IndexWriter(tmp_path, encoder_id=encoder.id, fingerprint="test") as writer:
        writer.replace(set(), items, dim=encoder.dim)
    with open_index(tmp_path) as opened:
        yield opened


def documents_of(index: LocalIndex, question: str, k: int = 2, **options: object) -> list[str]:
    retriever = HybridRetriever(index, HashingEncoder())
    return [hit.passage.document_id for hit in retriever.retrieve(question, k, **options)]  # type: ignore[arg-type]


def test_the_passage_with_the_words_comes_first(index: LocalIndex) -> None:
    """Both legs agree on the passage that holds the question's words."""
    assert documents_of(index, "Which delegation visited the harbour?", k=1) == ["c-iraq"]


def test_equal_scores_are_in_index_order(index: LocalIndex) -> None:
    """Two documents with the same text tie, and the lower row comes first, every time."""
    assert documents_of(index, "When does the fair open?") == ["a-fair", "d-fair"]


def test_hits_keep_the_scores_of_both_legs(index: LocalIndex) -> None:
    """A hit carries cosine and BM25; a passage without a common word has no lexical score."""
    first, *rest = HybridRetriever(index, HashingEncoder()).retrieve("harbour delegation", 4)
    assert first.score == pytest.approx(1.0)
    assert first.dense == pytest.approx(2 / 8**0.5)  # two of its four content words, norms sqrt 2 and 2
    assert first.lexical is not None
    assert all(hit.lexical is None for hit in rest)


def test_asking_within_documents_leaves_the_others_out(index: LocalIndex) -> None:
    """Only passages of the named documents are returned, ranked from one."""
    assert documents_of(index, "spring fair", k=4, document_ids=["d-fair"]) == ["d-fair"]


def test_more_than_there_is_gives_all_there_is(index: LocalIndex) -> None:
    """A large k returns every passage once."""
    assert sorted(documents_of(index, "fair", k=50)) == sorted(TEXTS)


@pytest.mark.parametrize(
    ("question", "respelt"),
    [
        ("Who is Zelenkovi?", "Who is Zelenkovyy?"),
        ("who is zelenkovy", "who is zelenkovyy"),
        ("Which bridge?", "Which bridge?"),
        ("Was it 2031?", "Was it 2031?"),
    ],
)
def test_a_misspelt_name_becomes_the_one_in_the_documents(index: LocalIndex, question: str, respelt: str) -> None:
    """A word that neither the documents nor the encoder know is matched to a close one; others stay."""
    encoder = SyllableEncoder()
    assert HybridRetriever(index, encoder).respell(question) == respelt


def test_a_word_that_the_encoder_knows_is_never_respelt(index: LocalIndex) -> None:
    """Iran is not a misspelt Iraq."""
    assert HybridRetriever(index, HashingEncoder()).respell("Who came from Iran?") == "Who came from Iran?"


class SyllableEncoder(HashingEncoder):
    """Knows short words as one token and splits long ones, as word pieces do with rare names."""

    def token_spans(self, text: str) -> list[Span]:
        """Return pieces of at most six letters."""
        return [Span(start, min(start + 6, len(text))) for start in range(0, len(text), 6)]
