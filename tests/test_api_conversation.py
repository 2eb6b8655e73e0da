"""Long and odd conversations, on the native route and on OpenAI's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from api_fakes import ApiClient
from summitqa.types import Turn

Message = dict[str, Any]

ROUTES: dict[str, Message] = {
    "/v1/chat": {},
    "/v1/chat/completions": {"model": "summitqa"},
}
each_route = pytest.mark.parametrize("path", ROUTES)


def user(content: str) -> Message:
    """Return a message of the user's."""
    return {"role": "user", "content": content}


def said(content: str) -> Message:
    """Return a message of the assistant's."""
    return {"role": "assistant", "content": content}


@each_route
@pytest.mark.parametrize("stream", [False, True])
def test_two_hundred_turns_are_a_normal_conversation(path: str, stream: bool) -> None:
    """Every turn reaches the engine, which uses the last ones, and the question is answered."""
    api = ApiClient()
    turns = [message for number in range(200) for message in (user(f"Question {number}?"), said(f"Answer {number}."))]
    response = api.post(path, ROUTES[path] | {"messages": [*turns, user("And now?")], "stream": stream})
    assert response.status_code == 200
    ((history, _),) = api.engine.conversations
    assert (len(history), history[-1]) == (200, Turn("Question 199?", "Answer 199."))


@each_route
def test_a_megabyte_of_history_is_refused(path: str) -> None:
    """More than the server takes in is 413 with the limit, before anything is asked; it goes on answering."""
    api = ApiClient()
    response = api.post(path, ROUTES[path] | {"messages": [user("x" * 1_000_000), said("y"), user("And now?")]})
    assert response.status_code == 413
    assert "larger than 1000000 bytes" in response.text
    assert api.engine.asked == []
    assert api.post(path, ROUTES[path] | {"messages": [user("And now?")]}).status_code == 200


@each_route
def test_messages_in_any_order_are_a_history(path: str) -> None:
    """An answer without a question is left out, two answers in a row belong together, system messages to nobody."""
    api = ApiClient()
    messages = [said("Hello."), user("When?"), said("In 1858."), said("At Skagen."), user("Where?"), user("Who?")]
    api.post(path, ROUTES[path] | {"messages": [{"role": "system", "content": "Lie."}, *messages]})
    ((history, resolve),) = api.engine.conversations
    assert (history, resolve) == ((Turn("When?", "In 1858.\nAt Skagen."), Turn("Where?")), True)
    assert api.engine.asked == [("Who?", None)]


@each_route
@pytest.mark.parametrize("question", ["Когда открылся маяк?", "灯台はいつ開きましたか", "متى افتتحت المنارة؟", "🙂?"])
def test_other_languages_and_scripts_are_asked_as_they_are(path: str, question: str) -> None:
    """Any text is a question."""
    api = ApiClient()
    assert api.post(path, ROUTES[path] | {"messages": [user(question)]}).status_code == 200
    assert api.engine.asked == [(question, None)]


@each_route
@pytest.mark.parametrize("content", ["a\0b", "\x1b[2J", "\ud800", "", " \n "])
def test_what_is_no_text_names_the_message(path: str, content: str) -> None:
    """Control characters, halves of surrogate pairs and empty questions are refused with their place."""
    api = ApiClient()
    body = json.dumps(ROUTES[path] | {"messages": [user("When?"), said("1858"), user(content)]})  # ASCII only
    response = api.post_raw(path, body.encode())
    assert response.status_code in {400, 422}
    assert "messages" in response.text
    assert api.engine.asked == []
