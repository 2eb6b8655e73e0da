"""The page in a browser: checking a quote in its source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from playwright.sync_api import Page, expect

from browser.corpus import ADULT, CLUB, MEETS, OUTCOMES, WHEN, WHO
from browser.page_engine import PageEngine
from browser.steps import ask_and_wait, expect_in_view, marked, open_page, span_of


def test_hovering_a_mark_shows_the_quote_in_its_place(page: Page) -> None:
    """The card shows heading and context, can be hovered itself, and goes with Escape."""
    mark = ask_and_wait(page, WHEN).locator(".mark")
    mark.hover()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("Chess club 🙂🎉")
    expect(card.locator("mark")).to_have_text(MEETS)
    card.hover()
    expect(card).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_focusing_a_mark_shows_the_card_too(page: Page) -> None:
    """The keyboard gets what the pointer gets, and the card describes the mark."""
    mark = ask_and_wait(page, WHEN).locator(".mark")
    mark.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(mark).to_have_attribute("aria-describedby", "preview")


def test_a_click_shows_exactly_the_cited_text(page: Page) -> None:
    """Emoji and right-to-left text stand before the quote, and the tint covers the cited text, no more and no less."""
    ask_and_wait(page, WHEN).locator(".mark").click()
    expect_in_view(page, "#reading mark.chosen")
    assert marked(page) == MEETS == span_of(OUTCOMES[WHEN]).text_of(CLUB.text)
    assert marked(page, "mark .exact") == "Thursday evenings"
    expect(page.locator(".places")).to_contain_text("word for word")


def test_all_quotes_are_tinted_and_the_chosen_one_stands_out(page: Page) -> None:
    """Next and previous go through the quotes of the answer and come round."""
    turn = ask_and_wait(page, WHO)
    turn.locator(".mark").nth(1).click()
    expect(page.locator("#reading mark")).to_have_count(3)
    assert marked(page) == "Ola Moen 🎻, treasurer"
    page.get_by_role("button", name="Next quote").click()
    expect(page.locator("#reading mark.chosen")).to_have_text("Lin Wei, coach")
    page.get_by_role("button", name="Next quote").click()
    expect(page.locator("#reading mark.chosen")).to_have_text("Ana Brkić, chair")
    page.get_by_role("button", name="Previous quote").click()
    expect(page.locator(".count")).to_have_text("Quote 3 of 3")
    expect(turn.locator(".mark[aria-current]")).to_have_text("3")


def test_a_row_is_tinted_in_its_table(page: Page) -> None:
    """The document is rendered with its tables, and the quoted row stands out with the exact cell."""
    ask_and_wait(page, ADULT).locator(".mark").click()
    expect(page.locator("#reading tr.chosen")).to_have_text("Adult40 crownsyearly")
    assert marked(page, ".exact") == "40 crowns"


def test_a_document_is_rendered_from_its_blocks(page: Page) -> None:
    """Headings, paragraphs, list items and cells are what they are, with their own text."""
    page.get_by_role("link", name="Chess club").click()
    reading = page.locator("#reading")
    expect(reading.locator(":is(h3, h4)")).to_have_text(["Chess club 🙂🎉", "Who plays", "Fees"])
    assert reading.locator("li").all_text_contents() == ["Ana Brkić, chair", "Ola Moen 🎻, treasurer", "Lin Wei, coach"]
    assert reading.locator("th").all_text_contents() == ["Member", "Fee", "Paid"]
    expect(reading.get_by_text("ברוכים")).to_have_css("direction", "rtl")


def test_a_permanent_link_opens_the_quote(page: Page, make_page: Callable[..., Page], url: str) -> None:
    """The address after a click opens the same quote with its exact answer for somebody else."""
    ask_and_wait(page, WHEN).locator(".mark").click()
    expect(page.locator("#reading mark.chosen")).to_be_focused()
    span = span_of(OUTCOMES[WHEN])
    assert f"#doc=chess-club&char={span.start},{span.end}" in page.url
    other = make_page(page.url.removeprefix(url))
    expect_in_view(other, "#reading mark.chosen")
    assert (marked(other), marked(other, ".exact")) == (MEETS, "Thursday evenings")


def test_the_address_that_the_api_gives_out_works(make_page: Callable[..., Page]) -> None:
    """A citation's url opens the page on the quote."""
    span = span_of(OUTCOMES[WHEN])
    page = make_page(f"/documents/chess-club#char={span.start},{span.end}")
    expect(page.locator("#reading mark.chosen")).to_have_text(MEETS)


def test_copying_a_quote_brings_its_link(page: Page) -> None:
    """The clipboard holds the quote, its place, and an address that opens it."""
    ask_and_wait(page, WHEN).locator(".mark").click()
    page.get_by_role("button", name="Copy quote with link").click()
    expect(page.locator("#toast")).to_contain_text("Copied")
    quoted, where, link = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert (quoted, where) == (f"“{MEETS}”", "Chess club 🙂🎉 › Chess club 🙂🎉")
    open_page(page, link)
    expect(page.locator("#reading mark.chosen")).to_have_text(MEETS)


def test_a_stale_link_says_so(page: Page, engine: PageEngine) -> None:
    """Once the document has changed, the link is not followed silently."""
    ask_and_wait(page, WHEN).locator(".mark").click()
    expect(page.locator("#reading mark.chosen")).to_be_visible()
    engine.documents_by_id[CLUB.id] = replace(CLUB, text=CLUB.text.replace("Rule", "Role"), sha256="")
    page.reload()
    expect(page.locator(".stale")).to_contain_text("This link is stale: the document has changed")


def test_a_link_to_a_document_that_is_gone_says_so(make_page: Callable[..., Page]) -> None:
    """A colleague's link to nothing is told from one to something."""
    page = make_page("/#doc=gone&char=1,5")
    expect(page.locator("#reading")).to_contain_text(
        "This link is stale: the document it points at is not here any more."
    )


def test_a_link_beyond_the_end_says_so(make_page: Callable[..., Page]) -> None:
    """Offsets that the document does not have mark nothing."""
    page = make_page("/#doc=chess-club&char=99990,99999")
    expect(page.locator(".stale")).to_contain_text("beyond the end")
    expect(page.locator("#reading mark")).to_have_count(0)


def test_a_quote_that_moved_is_found_again(page: Page, engine: PageEngine) -> None:
    """An old answer's mark leads to where the quote stands now, and says that it moved."""
    mark = ask_and_wait(page, WHEN).locator(".mark")
    shifted = "x" + CLUB.text
    blocks = tuple(
        replace(b, span=replace(b.span, start=b.span.start + 1, end=b.span.end + 1), cells=(), header=())
        for b in CLUB.blocks
    )
    engine.documents_by_id[CLUB.id] = replace(CLUB, text=shifted, blocks=blocks, sha256="")
    mark.click()
    expect(page.locator(".stale")).to_contain_text("the quote has moved")
    assert marked(page) == MEETS


def test_a_quote_that_is_gone_says_so(page: Page, engine: PageEngine) -> None:
    """An old answer's mark does not tint other text."""
    mark = ask_and_wait(page, WHEN).locator(".mark")
    engine.documents_by_id[CLUB.id] = replace(CLUB, text=CLUB.text.replace("Thursday", "Saturday"), sha256="")
    mark.click()
    expect(page.locator(".stale")).to_contain_text("no longer in it")
    expect(page.locator("#reading mark")).to_have_count(0)


def test_going_back_closes_the_source(page: Page) -> None:
    """The browser's own button undoes the opening."""
    ask_and_wait(page, WHEN).locator(".mark").click()
    expect(page.locator("#reading mark.chosen")).to_be_visible()
    page.go_back()
    expect(page.locator("#panel")).to_be_hidden()
    assert "#" not in page.url
