"""The windows that the resolver's model reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitqa.models.resolver import MAX_TEXT_TOKENS, MAX_WINDOW_TOKENS, build_window, open_term_model
from summitqa.models.tokens import ModelTokenizer
from summitqa.models.weights import packaged_model_folder
from summitqa.words import content_words


@pytest.fixture(scope="module")
def tokenizer() -> ModelTokenizer:
    """Return the packaged tokenizer."""
    return ModelTokenizer(packaged_model_folder() / "tokenizer.json")


def test_words_know_their_text_span_and_first_token(tokenizer: ModelTokenizer) -> None:
    """Token 0 is the opening mark; a word of several tokens is at its first."""
    window = build_window(tokenizer, ["Who is Zelenskyy?", "A president."], "Where is he?")
    assert [(word.text, word.span.start, word.token) for word in window.words[:4]] == [
        (0, 0, 1),
        (0, 4, 2),
        (0, 7, 3),
        (1, 0, window.words[3].token),
    ]
    assert window.words[3].token > 5


def test_the_question_is_the_second_part(tokenizer: ModelTokenizer) -> None:
    """Types are 0 up to the mark after the earlier turns, and 1 from the question on."""
    window = build_window(tokenizer, ["Who came"], "Where is he?")
    assert window.types.tolist() == [0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_punctuation_of_earlier_turns_is_not_read(tokenizer: ModelTokenizer) -> None:
    """Marks, bars and quotation marks take no room; those of the question are read."""
    marked, bare = (build_window(tokenizer, [text], "And he?") for text in ("| “Who?” | came, !", "Who came"))
    assert marked.ids.tolist() == bare.ids.tolist()


def test_the_oldest_turns_are_left_out_first(tokenizer: ModelTokenizer) -> None:
    """Long quotes are cut, and what does not fit is the beginning of the conversation."""
    history = [f"turn {number} " + "word " * 200 for number in range(8)]
    window = build_window(tokenizer, history, "And then?")
    assert len(window.ids) <= MAX_WINDOW_TOKENS
    assert {word.text for word in window.words} == {6, 7}
    assert sum(word.text == 7 for word in window.words) == MAX_TEXT_TOKENS


def test_the_packaged_model_knows_what_a_follow_up_leaves_out() -> None:
    """The subject of the earlier question is likelier than its other content words; the card is that of the files."""
    model = open_term_model(threads=1)
    text = "What does the Kestrel Bridge cost in a year?"
    (scores,) = model.score_words([text], "When was it built?")
    of_content = [(span.text_of(text), score) for span, score in scores if content_words(span.text_of(text))]
    likeliest = [word for word, _ in sorted(of_content, key=lambda word: -word[1])[:2]]
    assert sorted(likeliest) == ["Bridge", "Kestrel"]
    assert model.score_words([], "When was it built?") == []
    assert len(model.id) == 12


@given(history=st.lists(st.text(max_size=60), max_size=5), question=st.text(max_size=300))
def test_windows_are_bounded_and_words_in_order(tokenizer: ModelTokenizer, history: list[str], question: str) -> None:
    """Whatever is said, the window fits and each word's token is inside it."""
    window = build_window(tokenizer, history, question)
    tokens = [word.token for word in window.words]
    assert len(window.ids) == len(window.types) <= MAX_WINDOW_TOKENS
    assert tokens == sorted(set(tokens))
    assert all(0 < token < len(window.ids) for token in tokens)
