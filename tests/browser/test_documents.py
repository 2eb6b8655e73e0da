"""The page in a browser: the list of documents, reading one, and asking in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.corpus import CLUB, HOSTILE, WHEN
from browser.page_engine import PageEngine
from browser.steps import ask_and_wait


def test_documents_are_listed_with_size_and_date(page: Page, engine: PageEngine, tmp_path: Path) -> None:
    """A document whose file can be looked at has a date, another has none."""
    file = tmp_path / "club.md"
    file.touch()
    engine.documents_by_id[CLUB.id] = replace(CLUB, source=str(file))
    page.reload()
    items = page.locator(".documents li")
    expect(items.nth(0)).to_contain_text(f"{len(CLUB.text):,} characters")
    expect(items.nth(0).locator("time")).to_be_visible()
    expect(items.nth(1)).to_contain_text("hostile.txt")
    expect(items.nth(1).locator("time")).to_have_count(0)


def test_a_document_is_opened_read_and_left(page: Page) -> None:
    """The list leads to the text and back."""
    page.get_by_role("link", name="Chess club").click()
    expect(page.get_by_role("heading", name="Fees")).to_be_attached()
    page.get_by_role("button", name="All documents").click()
    expect(page.locator(".documents li")).to_have_count(2)


def test_a_question_is_asked_in_one_document_or_all(page: Page, engine: PageEngine) -> None:
    """The choice reaches the engine, is shown with the question, and can be taken back."""
    page.get_by_role("link", name="Chess club").click()
    page.get_by_role("button", name="Ask only this document").click()
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.get_by_label("Ask in", exact=True)).to_have_value(CLUB.id)
    expect(ask_and_wait(page, WHEN).locator(".scope")).to_have_text(f"Asked in {CLUB.title}")
    page.get_by_label("Ask in", exact=True).select_option(label="all documents")
    ask_and_wait(page, WHEN)
    assert [asked.document_ids for asked in engine.asked] == [(CLUB.id,), None]


def test_a_single_document_lies_open(make_page: Callable[..., Page], engine: PageEngine) -> None:
    """Where there is one document only, there is nothing to choose."""
    page = make_page()
    del engine.documents_by_id[HOSTILE.id]
    page.reload()
    expect(page.get_by_role("heading", name="Fees")).to_be_attached()
    expect(page.locator("#scope-line")).to_be_hidden()
    expect(page.get_by_label("Your question")).to_be_focused()
