"""The page in a browser: when the server is gone, slow, busy or breaks, and when what lies between them does."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from browser.corpus import WHEN
from browser.page_engine import PageEngine
from browser.steps import ask, ask_and_wait, open_page
from loopback import serving
from summitqa.api import create_app

RESOLVED: dict[str, object] = {"question": WHEN, "resolved_question": None, "carried_over": [], "corrections": []}


def test_a_server_that_is_gone(browser: Browser) -> None:
    """The page says so, keeps the question, and offers to try again."""
    with browser.new_context() as context:
        page = context.new_page()
        with serving(create_app(PageEngine())) as address:
            open_page(page, address)
        turn = ask_and_wait(page, WHEN)
        expect(turn.locator(".failure")).to_contain_text("The server can’t be reached. Is it still running?")
        expect(turn.locator(".question")).to_have_text(WHEN)
        expect(turn.get_by_role("button", name="Try again")).to_be_visible()


def test_trying_again_answers_in_the_same_place(page: Page) -> None:
    """Once the server is back, one click is enough."""
    page.route("**/v1/chat", lambda route: route.abort("connectionrefused"))
    turn = ask_and_wait(page, WHEN)
    page.unroute("**/v1/chat")
    turn.get_by_role("button", name="Try again").click()
    expect(turn.locator(".exact")).to_have_text("Thursday evenings")
    expect(page.locator(".turn")).to_have_count(1)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("busy", "The server can’t answer just now: too many questions at once; try again in a second"),
        ("too long", "question: more than 20 words; ask a shorter one"),
    ],
)
def test_a_refusal_is_told_in_words(page: Page, question: str, words: str) -> None:
    """503 and 422 show what the server says, and the question can be edited."""
    turn = ask_and_wait(page, question)
    expect(turn.locator(".failure p").first).to_have_text(words)
    turn.get_by_role("button", name="Edit the question").click()
    expect(page.get_by_label("Your question")).to_have_value(question)
    expect(page.get_by_label("Your question")).to_be_focused()


def test_an_error_midway_is_told(page: Page, engine: PageEngine) -> None:
    """A stream that had begun ends in words, not in silence."""
    with page.expect_response("**/v1/chat"):
        turn = ask(page, "broken")
    engine.gate.set()
    expect(turn.locator(".failure")).to_contain_text("The answer broke off: something went wrong in the server")


def test_a_stream_that_ends_early_is_told(page: Page) -> None:
    """Half an answer is not taken for one."""
    body = f"event: resolved\ndata: {json.dumps(RESOLVED)}\n\n"
    page.route("**/v1/chat", lambda route: route.fulfill(body=body, content_type="text/event-stream"))
    expect(ask_and_wait(page, WHEN).locator(".failure")).to_contain_text("broke off before the answer was complete")


def test_a_slow_answer_can_be_stopped(make_page: Callable[..., Page], engine: PageEngine) -> None:
    """After a while the page says that the server is slow; the question stays when it is stopped."""
    page = make_page()
    page.clock.install()
    page.reload()
    turn = ask(page, "slow")
    expect(turn.locator(".pending")).to_contain_text("Searching the documents")
    page.clock.fast_forward(6000)
    expect(turn.locator(".pending")).to_contain_text("the server is slow")
    turn.get_by_role("button", name="Stop").click()
    expect(turn.locator(".failure")).to_contain_text("Stopped.")
    expect(turn.locator(".question")).to_have_text("slow")
    engine.gate.set()


def refuse_streams(route: Route) -> None:
    """Answer as a server that does not know how to stream."""
    if not json.loads(route.request.post_data or "{}").get("stream"):
        route.continue_()
        return
    problem = {"detail": "stream: not available", "errors": [{"pointer": "#/stream", "detail": "not available"}]}
    route.fulfill(status=422, body=json.dumps(problem), content_type="application/problem+json")


def swallow_streams(route: Route) -> None:
    """Answer as a proxy that lets no event through."""
    if json.loads(route.request.post_data or "{}").get("stream"):
        route.fulfill(body="", content_type="text/event-stream")
    else:
        route.continue_()


@pytest.mark.parametrize("interfere", [refuse_streams, swallow_streams])
def test_without_streaming_the_answer_comes_whole(page: Page, interfere: Callable[[Route], None]) -> None:
    """The page falls back to a plain request, and stays there."""
    page.route("**/v1/chat", interfere)
    for _ in range(2):
        expect(ask_and_wait(page, WHEN).locator(".exact")).to_have_text("Thursday evenings")


def test_the_question_under_way_is_not_lost_in_a_reload(page: Page, engine: PageEngine) -> None:
    """It is there with a way to ask it again."""
    expect(ask(page, "slow").locator(".pending")).to_be_visible()
    page.reload()
    expect(page.locator(".turn .question")).to_have_text("slow")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    engine.gate.set()


def test_a_list_that_fails_can_be_asked_for_again(page: Page) -> None:
    """Without its documents the page says why, and recovers."""
    page.route("**/v1/documents", lambda route: route.abort())
    page.reload()
    expect(page.locator("#promise")).to_contain_text("can’t be reached")
    page.unroute("**/v1/documents")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#promise")).to_contain_text("2 documents")
