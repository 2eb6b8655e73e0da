"""The page in a browser: screens of every width, both themes, the keyboard alone, assistive technology."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.corpus import ADULT, CHILD, MEETS, WHEN, WHO
from browser.steps import ask_and_wait, expect_in_view, marked

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
SCREENS = [(360, 740), (768, 1024), (1440, 900)]


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with the page as it is."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    return [f"{one['id']}: {node['html'][:150]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return int(page.evaluate("document.scrollingElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS, ids=[f"{width}px" for width, _ in SCREENS])
def test_every_screen_and_theme(
    make_page: Callable[..., Page], shoot: Callable[[Page, str], None], screen: tuple[int, int], theme: str
) -> None:
    """Nothing is wider than the screen, and axe-core finds no fault in any of the main states."""
    width, height = screen
    page = make_page(viewport={"width": width, "height": height}, color_scheme=theme)
    faults = []

    def look(state: str) -> None:
        shoot(page, f"{width}-{theme}-{state}")
        faults.extend([f"{state}: {fault}" for fault in violations(page)])
        assert overflow(page) <= 0

    look("1-start")
    for question in (ADULT, CHILD, "busy", "Who won?", WHO):
        ask_and_wait(page, question)
    page.locator(".mark").last.hover()
    look("2-answers")
    page.locator(".mark").last.click()
    expect_in_view(page, "#reading mark.chosen")
    look("3-source")
    assert faults == []


def test_the_keyboard_is_enough(page: Page) -> None:
    """Ask, reach the mark, open the quote, step on, and come back, without a pointer."""
    ask_and_wait(page, WHO)
    first = page.locator(".mark").first
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#reading mark.chosen")).to_be_focused()
    page.get_by_role("button", name="Next quote").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reading mark.chosen")).to_have_text("Ola Moen 🎻, treasurer")
    page.keyboard.press("Escape")
    expect(first).to_be_focused()


def test_tab_goes_round_the_whole_page(page: Page) -> None:
    """Nothing traps the focus: from the question box, tabbing comes back to it."""
    ask_and_wait(page, WHEN)
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.textContent.slice(0, 20)"))
    assert {"question", "reading", "show-documents", "1"} <= set(seen)


def test_on_a_phone_the_source_is_a_sheet(make_page: Callable[..., Page]) -> None:
    """It covers the chat, which cannot be reached meanwhile, and gives the focus back when it is closed."""
    page = make_page(viewport={"width": 360, "height": 740}, has_touch=True)
    expect(page.locator("#panel")).to_be_hidden()
    mark = ask_and_wait(page, WHEN).locator(".mark")
    mark.click()
    expect(page.get_by_role("dialog", name="Source")).to_be_visible()
    expect_in_view(page, "#reading mark.chosen")
    assert marked(page) == MEETS
    assert page.locator("#chat").evaluate("node => node.inert")
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(mark).to_be_focused()
    assert not page.locator("#chat").evaluate("node => node.inert")


def test_a_sheet_can_be_closed_by_its_button_and_by_the_page_behind(make_page: Callable[..., Page]) -> None:
    """Whoever uses a finger finds a way out as well."""
    page = make_page(viewport={"width": 360, "height": 740})
    for close in ("button", "backdrop"):
        page.get_by_role("button", name="Documents").click()
        expect(page.locator("#panel")).to_be_visible()
        if close == "button":
            page.get_by_label("Close the source").click()
        else:
            page.mouse.click(180, 20)
        expect(page.locator("#panel")).to_be_hidden()


def test_at_200_percent_everything_is_in_reach(
    make_page: Callable[..., Page], shoot: Callable[[Page, str], None]
) -> None:
    """A screen of 1280 by 800 shows half as much; the page reflows and scrolls."""
    page = make_page(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    ask_and_wait(page, ADULT).locator(".mark").click()
    expect(page.locator("#reading tr.chosen")).to_be_in_viewport()
    shoot(page, "zoom-200")
    assert overflow(page) <= 0
    page.get_by_label("Close the source").click()
    page.get_by_label("Your question").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_in_viewport()


def test_the_answer_is_announced(page: Page) -> None:
    """Who hears the page is told the outcome, its confidence and the quotes, or that there is none."""
    ask_and_wait(page, WHEN)
    announcer = page.locator("#announcer")
    expect(announcer).to_have_text(f"One quote, high confidence. {MEETS}")
    ask_and_wait(page, "Who won?")
    expect(announcer).to_have_text("The documents don't say.")


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_motion_is_for_those_who_like_it(make_page: Callable[..., Page], motion: str, behaviour: str) -> None:
    """Scrolling glides only if reduced motion was not asked for."""
    page = make_page(reduced_motion=motion)
    expect(page.locator("#reading")).to_have_css("scroll-behavior", behaviour)


def test_without_javascript_the_page_says_what_to_do(browser: Browser, url: str) -> None:
    """The rest of the page, which would not work, is not shown."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(url)
        expect(page.locator("noscript .notice")).to_be_visible()
        expect(page.locator("noscript .notice")).to_contain_text("This page needs JavaScript")
        expect(page.locator("#columns")).to_be_hidden()
