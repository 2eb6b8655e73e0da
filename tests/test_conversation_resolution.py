"""Follow-ups are written out; questions that stand alone are not touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.conversation import Resolver
from summitqa.schemas import NO_ANSWER_TEXTS
from summitqa.types import CarriedTerm, Turn
from summitqa.words import content_words
from term_models import ListedTerms

LIKELY = Turn("How likely is an agreement on prisoner exchanges?", "Prisoner Exchanges | High [1]")
WINNER = Turn("Who won the first round in Lund?", "Ana Brkić, a nurse, won the first round in Lund on Sunday. [1]")
HOST = Turn("Who will host the fair?", "Lund: Mayor Ola Moen (Host) opens it [1]")
PAIR = Turn("Who is expected?", "Norway: Ana Brkić (Mayor), Ola Moen (Guide) [1]")
TRAWLER = Turn("Which trawler was rammed in 2019?", "A Danish cutter rammed the trawler Petrel. [1]")


@pytest.mark.parametrize(
    ("question", "turn", "written"),
    [
        ("And on sanctions relief?", LIKELY, "How likely is an agreement on sanctions relief?"),
        ("And Trump?", Turn("Is Putin attending the summit?"), "Is Trump attending the summit?"),
        ("What does he risk?", Turn("Why is Moen in a tough spot?"), "What does Moen risk?"),
        ("Who goes in his place?", Turn("Is Moen coming?"), "Who goes in Moen's place?"),
        ("How old is she?", WINNER, "How old is Ana Brkić?"),
        ("Who is with him?", Turn("Who comes?", "Norway: Ola Moen (Mayor) [1]"), "Who is with Ola Moen?"),
        ("And what does he say?", LIKELY, "What does he say (an agreement on prisoner exchanges)?"),
        ("What happened to its captain?", TRAWLER, "What happened to the trawler Petrel's captain?"),
        ("Does it do repairs?", Turn("What is the address of the Lund hub?"), "Does the Lund hub do repairs?"),
        ("How many live there?", Turn("Will Moen be in Lund?"), "How many live in Lund?"),
        ("When was that confirmed?", Turn("Is Moen coming?"), "When was that confirmed (Moen coming)?"),
        ("Why him?", HOST, "Why will Mayor Ola Moen host the fair?"),
        ("Why there?", HOST, "Why will Mayor Ola Moen host the fair in Lund?"),
        ("Why Lund?", Turn("Where is the fair?", "The fair is in Lund. [1]"), "Why Lund (the fair)?"),
        ("Why there?", Turn("Where is the fair held?", "It is held in Lund. [1]"), "Why is the fair held in Lund?"),
        ("Why then?", Turn("When does it open?", "It opens at 9:30 on Friday. [1]"), "Why does it open on Friday?"),
        ("What changed since then?", Turn("Who came in 2019?"), "What changed since 2019?"),
        ("Who are they?", PAIR, "Who are Ana Brkić and Ola Moen?"),
        ("Why them?", PAIR, "Why are Ana Brkić and Ola Moen expected?"),
        ("Why him?", Turn("What is Moen's trouble?"), "Why Moen (Moen's trouble)?"),
        ("When was it fixed?", Turn("What broke on 12 May?"), "When was it fixed (broke on 12 May)?"),
        ("And cancel it?", Turn("Can I pause the plan?"), "Cancel the plan?"),
        ("Which one is cheapest?", Turn("What plans are there?"), "Which of the plans is cheapest?"),
    ],
)
def test_a_follow_up_is_written_out_by_rules(question: str, turn: Turn, written: str) -> None:
    """Parts take their place, pointing words become what they stand for, names come from quotes too."""
    assert Resolver().resolve(question, [turn]).question == written


@pytest.mark.parametrize(
    "question", ["When does the Kestrel Bridge close?", "What is the fee for lost keys and locks?"]
)
def test_a_question_that_stands_alone_is_not_touched(question: str) -> None:
    """Not a character changes, nothing is carried over, and the model is not even asked."""
    model = ListedTerms(prisoner=1.0, exchanges=1.0)
    resolution = Resolver(model).resolve(question, [LIKELY])
    assert (resolution.question, resolution.carried_over, model.asked) == (question, (), [])


def test_without_history_nothing_is_resolved() -> None:
    """The first question of a conversation is what it is, pronouns and all."""
    assert Resolver(ListedTerms()).resolve("Who is he?", []).question == "Who is he?"


def test_carried_terms_name_the_turn_they_came_from() -> None:
    """Terms are counted from the oldest turn, which is 0; the latest turn that has the words counts."""
    history = [Turn("Who is Ana Brkić?"), Turn("Where does Moen live?"), Turn("Why there?")]
    assert Resolver().resolve("What does he do?", history).carried_over == (CarriedTerm("Moen", 1),)


def test_earlier_follow_ups_are_written_out_first() -> None:
    """A chain of follow-ups keeps its subject."""
    history = [Turn("How likely is an agreement on prisoner exchanges?"), Turn("And on sanctions relief?")]
    resolution = Resolver().resolve("And on territorial status?", history)
    assert resolution.question == "How likely is an agreement on territorial status?"
    assert [term.turn for term in resolution.carried_over] == [0, 0]


def test_a_question_for_the_reason_is_asked_by_the_way() -> None:
    """What follows it changes the question before it, and so does another question word."""
    history = [Turn("Who is expected from Oslo?"), Turn("Why?")]
    assert Resolver().resolve("And from Lund?", history).question == "Who is expected from Lund?"
    assert Resolver().resolve("Since when?", [Turn("Is Moen coming?"), Turn("Why not?")]).question == (
        "Since when is Moen coming?"
    )


def test_a_name_after_why_that_was_not_spoken_of_is_a_new_topic() -> None:
    """It stands alone, as does everything with a verb."""
    assert Resolver().resolve("Why Oslo?", [HOST]).question == "Why Oslo?"


def test_small_talk_between_two_questions_is_passed_over() -> None:
    """Thanks are no subject."""
    history = [Turn("Is Putin attending the summit?"), Turn("Thank you!")]
    resolution = Resolver().resolve("And Trump?", history)
    assert (resolution.question, resolution.carried_over[0].turn) == ("Is Trump attending the summit?", 0)
    assert Resolver().resolve("And Trump?", [Turn("Hello")]).question == "And Trump?"


def test_a_silence_is_no_answer() -> None:
    """A client that sends back what stands there when there is no answer is understood like one that sends nothing."""
    model = ListedTerms()
    for text in NO_ANSWER_TEXTS.values():
        Resolver(model).resolve("When was it paid?", [Turn("How much is the deposit?", text)])
    assert model.asked == [(["How much is the deposit?"], "When was it paid?")] * len(NO_ANSWER_TEXTS)


def test_only_the_latest_phrases_are_added_and_no_lone_numbers() -> None:
    """More than a few words are no topic."""
    model = ListedTerms(ana=0.9, lund=0.9, stalls=0.9, oslo=0.9, **{"90": 0.9})
    turn = Turn("Ana met Lund and Bo met stalls and saw Oslo", "| 90")
    assert Resolver(model).resolve("Was it paid?", [turn]).question.endswith("(Lund, stalls, Oslo)?")


def test_the_models_words_are_added_in_brackets() -> None:
    """What rules leave open, in the words of the turns, stop words between two of them kept."""
    model = ListedTerms(deposit=0.9, bike=0.8, much=0.1)
    turn = Turn("How much is the deposit for a bike?", "bike | 90 daler")
    resolution = Resolver(model).resolve("When was it paid?", [turn])
    assert resolution.question == "When was the deposit paid (bike)?"


def test_the_model_must_be_surer_when_the_question_may_stand_alone() -> None:
    """Without a pointing word, a likely word is not enough."""
    history = [Turn("What does the Breeze plan cost?")]
    likely, sure = (Resolver(ListedTerms(breeze=p, plan=p)) for p in (0.7, 0.95))
    assert likely.resolve("How many are included?", history).question == "How many are included?"
    assert sure.resolve("How many are included?", history).question == "How many are included (Breeze plan)?"


@given(
    st.text(min_size=1, max_size=40), st.lists(st.builds(Turn, st.text(max_size=60), st.text(max_size=60)), max_size=12)
)
def test_nothing_is_made_up(question: str, history: list[Turn]) -> None:
    """Whatever was said: every content word of the result is in the question or the turns, and it is the same twice."""
    first, second = (Resolver(ListedTerms(a=0.9)).resolve(question, history) for _ in range(2))
    said = " ".join([question, *(f"{turn.question} {turn.answer}" for turn in history)])
    assert first == second
    assert {w for w in content_words(first.question) if w.isalpha()} <= {*content_words(said), "which", "not"}
    assert all(0 <= term.turn < len(history) for term in first.carried_over)
