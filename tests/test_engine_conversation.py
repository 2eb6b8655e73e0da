"""The engine in a conversation: follow-ups, typing mistakes, small talk and notes, with a hashing encoder."""

from collections.abc import Iterator, Sequence

import pytest

from summitqa.chunking import split_passages
from summitqa.conversation import Resolver
from summitqa.conversation.phrases import words_of
from summitqa.corpus import parse_document
from summitqa.engine import Engine
from summitqa.index import IndexWriter, open_index
from summitqa.models.reader import open_reader
from summitqa.reading import build_view
from summitqa.settings import Settings
from summitqa.snapshots import LiveIndex
from summitqa.testing import HashingEncoder
from summitqa.types import Answer, CarriedTerm, Correction, NoAnswer, Span, Turn

FAIR = """The spring fair in Lund

The fair opens on Friday and lasts nine days. Ana Brkić leads it.

Who Is Coming?
Guests expected at the fair are Mayor Ola Moen of Oslo and the choir of Reykjavik.

Stall | Rent
---|---
Corner | 90 crowns
Middle | 60 crowns
"""


class PieceEncoder(HashingEncoder):
    """Splits every word of more than four letters, so that all of those may be misspelt."""

    def token_spans(self, text: str) -> list[Span]:
        """Return pieces of at most four letters."""
        return [Span(start, min(start + 4, len(text))) for start in range(0, len(text), 4)]


class EveryTerm:
    """Wants every word of the earlier turns added."""

    @property
    def id(self) -> str:
        """Name it."""
        return "every"

    def score_words(self, history: Sequence[str], question: str) -> list[list[tuple[Span, float]]]:
        """Score each word 0.9 after any question."""
        return [[(word.span, 0.9 if question else 0.0) for word in words_of(text)] for text in history]


@pytest.fixture(scope="module")
def engine(live: LiveIndex) -> Iterator[Engine]:
    """Open an engine on the fair."""
    with Engine(live, PieceEncoder(), open_reader(threads=2), Settings()) as opened:
        yield opened


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveIndex:
    """Index the fair."""
    encoder, folder = PieceEncoder(), tmp_path_factory.mktemp("index")
    document = parse_document(FAIR, document_id="fair", source="fair.txt", markdown=False)
    passages = split_passages(document, encoder, max_tokens=60)
    vectors = encoder.encode_passages([build_view(passage, document.text).text for passage in passages])
    with IndexWriter(folder, encoder_id=encoder.id, fingerprint="test") as writer:
        writer.replace(set(), [(document, passages, vectors)], dim=encoder.dim)
    return LiveIndex(lambda: open_index(folder), lambda: 1)


RENT = Turn("What is the rent of the corner stall?", "Corner | 90 crowns [1]")


def test_a_follow_up_is_answered_and_shown(engine: Engine) -> None:
    """The answer is that of the question written out, which stands beside the one asked, with what it took over."""
    outcome = engine.ask("And the middle stall?", history=[RENT])
    assert isinstance(outcome, Answer)
    assert outcome.question == "And the middle stall?"
    assert outcome.resolved_question == "What is the rent of the middle stall?"
    assert outcome.carried_over == (CarriedTerm("rent", 0),)
    assert outcome.citations[0].cited_text == "Middle | 60 crowns"


def test_words_added_to_a_question_that_points_back_to_nothing_do_not_cost_its_answer(live: LiveIndex) -> None:
    """Where they lead to silence it is asked as it was typed; a question that points back is not."""
    engine = Engine(live, PieceEncoder(), open_reader(threads=2), Settings(), Resolver(EveryTerm()))
    earlier = Turn("Does gunpowder smell of sulphur?", None)
    outcome = engine.ask("What is the middle rent?", history=[earlier])
    assert isinstance(outcome, Answer)
    assert (outcome.resolved_question, outcome.carried_over) == (None, ())
    assert outcome.citations[0].cited_text == "Middle | 60 crowns"
    assert set(outcome.timing_ms) == {"resolve", "retrieve", "read", "total"}
    silence = engine.ask("Who sells it?", history=[earlier])
    assert isinstance(silence, NoAnswer)
    assert silence.resolved_question is not None


def test_as_typed_nothing_is_changed(engine: Engine) -> None:
    """Without resolving, neither follow-ups nor typing mistakes nor greetings are understood."""
    for question in ("And the middle stall?", "Who leads the fiar?", "Hello"):
        outcome = engine.ask(question, history=[RENT], resolve=False)
        assert (outcome.resolved_question, outcome.carried_over, outcome.corrections) == (None, (), ())
        assert not (isinstance(outcome, NoAnswer) and outcome.reason == "small_talk")


def test_typing_mistakes_are_corrected_and_shown(engine: Engine) -> None:
    """Several in one question: words of the documents and everyday words."""
    outcome = engine.ask("wich gests are expectd at the fair")
    assert outcome.resolved_question == "which guests are expected at the fair"
    assert outcome.corrections == (
        Correction("wich", "which"),
        Correction("gests", "guests"),
        Correction("expectd", "expected"),
    )


def test_typing_mistakes_of_earlier_turns_are_corrected_too(engine: Engine) -> None:
    """A follow-up takes over the word that was meant."""
    outcome = engine.ask("And the middle stall?", history=[Turn("wich rent has the cornr stall?")])
    assert outcome.resolved_question == "Which rent has the middle stall?"


@pytest.mark.parametrize("question", ["Who is Fenwick Zrinski?", "Was it 2031?", "Who leads the fair?"])
def test_names_numbers_and_right_words_stay(engine: Engine, question: str) -> None:
    """What is close to nothing, or right, is not corrected."""
    outcome = engine.ask(question)
    assert (outcome.resolved_question, outcome.corrections) == (None, ())


def test_small_talk_is_met_with_questions_to_ask(engine: Engine) -> None:
    """No citation, no passage, and what the headings suggest; the same questions on their own."""
    outcome = engine.ask("Hello there!")
    assert isinstance(outcome, NoAnswer)
    assert (outcome.reason, outcome.passages) == ("small_talk", ())
    assert outcome.suggestions == engine.suggest()
    assert outcome.suggestions[0] == "Who Is Coming?"


def test_a_silence_suggests_what_stands_nearby(engine: Engine) -> None:
    """The headings of the closest passages make the suggestions."""
    outcome = engine.ask("Which guests are expected at the wedding in Rome?", resolve=False)
    assert isinstance(outcome, NoAnswer)
    assert "Who Is Coming?" in outcome.suggestions


def test_a_question_that_asks_for_more_has_a_note(engine: Engine) -> None:
    """Answered or not."""
    assert "summarise" in (engine.ask("Summarise the fair").note or "")
    assert engine.ask("When does the fair open?").note is None


def test_searching_takes_the_conversation_too(engine: Engine) -> None:
    """The passages of a follow-up are those of the question written out."""
    written_out = engine.search("What is the rent of the middle stall?")
    assert engine.search("And the middle stall?", history=[RENT]) == written_out


@pytest.mark.parametrize(
    "history",
    [
        [Turn("word " * 100_000, "word " * 100_000)] * 3,
        [Turn("Who leads the fair?")] * 200,
        [Turn("", ""), Turn("\x00\ud800"), Turn("?!")],
    ],
)
def test_any_history_is_bearable(engine: Engine, history: list[Turn]) -> None:
    """Endless, long and wordless histories are looked at as far as they help."""
    outcome = engine.ask("When does it open?", history=history)
    assert len(outcome.resolved_question or "") < 2000
