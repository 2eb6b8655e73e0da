"""What a person does on the page, and what can be read off it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from summitqa.types import Answer, Span


def open_page(page: Page, address: str) -> None:
    """Open the page and wait until it can be used."""
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_be_attached()
    expect(page.locator("#promise")).to_contain_text("2 documents")


def ask(page: Page, question: str) -> Locator:
    """Type a question, send it, and return its turn, which need not be answered yet."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".turn").last
    expect(turn.locator(".question")).to_have_text(question)
    return turn


def ask_and_wait(page: Page, question: str) -> Locator:
    """Ask, and return the turn once it is settled."""
    turn = ask(page, question)
    expect(turn.locator(".outcome:not([aria-busy])")).to_be_attached()
    return turn


def marked(page: Page, selector: str = "mark.chosen") -> str:
    """Return the text tinted in the document."""
    return "".join(page.locator(f"#reading {selector}").all_text_contents())


def expect_in_view(page: Page, selector: str) -> None:
    """Wait until an element is within the part of the document that can be seen."""
    expect(page.locator(selector).first).to_be_in_viewport(ratio=0.9)


def span_of(outcome: object, index: int = 0) -> Span:
    """Return the place of a citation."""
    assert isinstance(outcome, Answer)
    return outcome.citations[index].span
