"""The page in a browser, on the real engine and the seed article: what a newcomer does without reading anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.steps import ask_and_wait, expect_in_view, marked
from loopback import serving
from summitqa.api import create_app
from summitqa.engine import build_index, open_engine
from summitqa.settings import Settings

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve the seed article."""
    settings = Settings(index_dir=tmp_path / "index")
    build_index([SEEDS], settings)
    with serving(create_app(open_engine(settings), close_engine=True)) as url:
        yield url


def test_a_newcomer_asks_checks_follows_up_and_shares(browser: Browser, address: str) -> None:
    """From a question to a colleague who opens the link on the quote."""
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page = context.new_page()
        page.goto(address)
        turn = ask_and_wait(page, "How likely is a prisoner exchange?")
        expect(turn.locator("td.answering .exact")).to_have_text("High")
        turn.locator(".mark").first.click()
        expect(page.locator("#reading tr.chosen")).to_contain_text("Prisoner Exchanges")
        turn = ask_and_wait(page, "And sanctions relief?")
        expect(turn.locator(".understood")).to_contain_text("likely")
        expect(turn.locator("td.answering .exact")).to_have_text("Very Low")
        turn.locator(".mark").first.click()
        expect_in_view(page, "#reading tr.chosen")
        page.get_by_role("button", name="Copy quote with link").click()
        expect(page.locator("#toast")).to_contain_text("Copied")
        link = page.evaluate("navigator.clipboard.readText()").split("\n")[-1]
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        colleague = context.new_page()
        colleague.goto(link)
        expect_in_view(colleague, "#reading tr.chosen")
        assert "Sanctions Relief" in marked(colleague)
