"""The page in a browser: asking, and reading the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from browser.corpus import ADULT, CHILD, MEETS, WHEN, WHO
from browser.page_engine import PageEngine
from browser.steps import ask, ask_and_wait
from summitqa.types import Turn


def test_the_question_box_has_the_focus(page: Page) -> None:
    """One can type at once."""
    expect(page.get_by_label("Your question")).to_be_focused()


def test_shift_enter_breaks_the_line_and_enter_sends(page: Page, engine: PageEngine) -> None:
    """A question of two lines reaches the engine as it was typed."""
    page.keyboard.type("When does")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("the club meet?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .facts")).to_be_visible()
    assert [asked.question for asked in engine.asked] == ["When does\nthe club meet?"]
    expect(page.get_by_label("Your question")).to_have_value("")


def test_the_exact_answer_is_emphasised_in_its_sentence(page: Page) -> None:
    """The sentence is shown as it stands, with its mark, and emoji before the answer shift nothing."""
    turn = ask_and_wait(page, WHEN)
    expect(turn.locator("blockquote")).to_have_text(f"{MEETS} 1")
    expect(turn.locator(".exact")).to_have_text("Thursday evenings")
    expect(turn.locator(".facts")).to_have_text("High confidence 91 %13 ms")


def test_a_row_is_a_small_table(page: Page) -> None:
    """The row stands under its header, and the cell that answers is marked."""
    turn = ask_and_wait(page, ADULT)
    assert turn.locator("th").all_text_contents() == ["Member", "Fee", "Paid"]
    expect(turn.locator("td.answering")).to_have_text("40 crowns")
    assert turn.locator("td").all_text_contents() == ["Adult", "40 crowns", "yearly 1"]


def test_several_quotes_are_a_list(page: Page) -> None:
    """Each quote has its own mark; their common place is named once."""
    turn = ask_and_wait(page, WHO)
    assert turn.locator("li .exact").all_text_contents() == ["Ana Brkić", "Ola Moen", "Lin Wei"]
    assert turn.locator(".mark").all_text_contents() == ["1", "2", "3"]
    expect(turn.locator(".path")).to_have_text("Who plays")


def test_a_silence_shows_the_closest_passages_as_such(page: Page) -> None:
    """No answer looks different from one, has no mark, and says what the passages are."""
    turn = ask_and_wait(page, "Who won?")
    expect(turn.locator(".silence")).to_have_text("The documents don't say.")
    expect(turn.get_by_role("heading", name="Closest passages, not an answer")).to_be_visible()
    expect(turn.locator(".mark, .confidence")).to_have_count(0)
    turn.get_by_role("link", name="closest passage 1").click()
    expect(page.locator("#reading mark.chosen")).to_have_text("Beginners are welcome.")


def test_a_follow_up_shows_how_it_was_understood(page: Page, engine: PageEngine) -> None:
    """The earlier question and its quote go along, and what was taken over is shown."""
    ask_and_wait(page, ADULT)
    turn = ask_and_wait(page, CHILD)
    assert engine.asked[-1].history == (Turn(ADULT, "Adult | 40 crowns | yearly"),)
    expect(turn.locator(".understood")).to_contain_text("Understood as “What does a child pay?”")
    expect(turn.locator(".understood em")).to_have_text("pay")


def test_a_follow_up_can_be_searched_as_typed_and_back(page: Page, engine: PageEngine) -> None:
    """The same turn is asked again without resolution, and once more with it."""
    ask_and_wait(page, ADULT)
    turn = ask_and_wait(page, CHILD)
    turn.get_by_role("button", name="Search as typed").click()
    expect(turn.locator(".silence")).to_be_visible()
    turn.get_by_role("button", name="Search as understood").click()
    expect(turn.locator("td.answering")).to_contain_text("free")
    assert [asked.resolve for asked in engine.asked] == [True, True, False, True]
    expect(page.locator(".turn")).to_have_count(2)


def test_examples_and_suggestions_are_asked_at_a_click(page: Page) -> None:
    """Before the first question and after small talk, a question can be chosen instead of typed."""
    page.get_by_role("button", name=WHEN).click()
    expect(page.locator(".turn .exact")).to_have_text("Thursday evenings")
    expect(page.locator("#intro")).to_be_hidden()
    ask_and_wait(page, "hello").get_by_role("button", name=WHO).click()
    expect(page.locator(".turn").last.locator(".mark")).to_have_count(3)


def test_the_conversation_survives_a_reload(page: Page) -> None:
    """Questions, answers and what was being typed are there again."""
    ask_and_wait(page, WHEN)
    page.get_by_label("Your question").fill("half a thou")
    page.reload()
    expect(page.locator(".turn .exact")).to_have_text("Thursday evenings")
    expect(page.get_by_label("Your question")).to_have_value("half a thou")


@pytest.mark.parametrize(("accepted", "turns"), [(False, 1), (True, 0)])
def test_the_conversation_can_be_cleared(page: Page, accepted: bool, turns: int) -> None:
    """Clearing asks first, and then forgets everything."""
    ask_and_wait(page, WHEN)
    page.on("dialog", lambda dialog: dialog.accept() if accepted else dialog.dismiss())
    page.locator("summary").click()
    page.get_by_role("button", name="Clear").click()
    page.reload()
    expect(page.locator(".turn")).to_have_count(turns)


def test_the_conversation_is_copied_and_exported_as_markdown(page: Page, url: str, tmp_path: Path) -> None:
    """Both hold the question, the quote and a link to it."""
    ask_and_wait(page, WHEN)
    page.locator("summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as Markdown").click()
    download.value.save_as(tmp_path / "conversation.md")
    text = (tmp_path / "conversation.md").read_text(encoding="utf-8")
    assert text.startswith(
        f"## {WHEN}\n\n> {MEETS}\n>\n> [1] [Chess club 🙂🎉 › Chess club 🙂🎉]({url}/#doc=chess-club&char="
    )
    page.locator("summary").click()
    page.get_by_role("button", name="Copy with citations").click()
    expect(page.locator("#toast")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_a_new_question_replaces_the_one_under_way(page: Page, engine: PageEngine) -> None:
    """The older one is stopped and says so; the newer one is answered."""
    first = ask(page, "slow")
    expect(first.locator(".pending")).to_be_visible()
    second = page.locator(".turn").nth(1)
    ask(page, WHEN)
    expect(second.locator(".exact")).to_have_text("Thursday evenings")
    expect(page.locator(".turn").first.locator(".failure")).to_contain_text("Stopped.")
    engine.gate.set()


def test_nothing_moves_while_an_answer_streams_in(page: Page) -> None:
    """No part of the page is shifted by what arrives later, in spite of recent input or not."""
    page.evaluate("""() => {
        window.shifts = 0;
        const add = (list) => { for (const entry of list.getEntries()) window.shifts += entry.value; };
        new PerformanceObserver(add).observe({ type: "layout-shift" });
    }""")
    ask_and_wait(page, ADULT)
    ask_and_wait(page, CHILD)
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") == 0
