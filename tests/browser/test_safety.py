"""The page in a browser: hostile text stays text, and offsets and events are read right."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from browser.corpus import HOSTILE, PASSWORD
from browser.steps import ask_and_wait

ATTACK = "<img src=x onerror='window.attacked = 1'><script>window.attacked = 1</script>"


def test_a_document_full_of_markup_shows_as_text(page: Page) -> None:
    """In the answer, the card, the list and the source, what looks like HTML is only read."""
    turn = ask_and_wait(page, "What is the password?")
    turn.locator(".mark").hover()
    expect(page.get_by_role("tooltip")).to_contain_text(PASSWORD)
    turn.locator(".mark").click()
    expect(page.locator("#reading mark.chosen")).to_have_text(PASSWORD)
    expect(page.locator("#panel-head h2")).to_have_text(HOSTILE.title)
    expect(page.locator("img, #chat script, #panel script, #reading b")).to_have_count(0)
    assert page.evaluate("window.attacked") is None


def test_a_question_full_of_markup_shows_as_text(page: Page) -> None:
    """What is typed is shown as typed, after a reload too."""
    ask_and_wait(page, ATTACK)
    page.reload()
    expect(page.locator(".question")).to_have_text(ATTACK)
    expect(page.locator("img")).to_have_count(0)
    assert page.evaluate("window.attacked") is None


def test_a_damaged_conversation_in_storage_does_no_harm(page: Page) -> None:
    """What cannot be read is left out, and the page works."""
    page.evaluate("localStorage.setItem('summitqa.conversation', '[{]')")
    page.reload()
    expect(page.locator("#intro")).to_be_visible()


def test_offsets_are_converted_like_python_counts(page: Page) -> None:
    """For every code point of a text with wide characters, the units are those of its UTF-16."""
    text = "a🙂שלום👩‍🚀e\u0301🎉z"
    units = [len(text[:point].encode("utf-16-le")) // 2 for point in range(len(text) + 1)]
    converted = page.evaluate(
        """async ([text, n]) => {
            const { Offsets } = await import("/static/offsets.js");
            const offsets = new Offsets(text), units = Array.from({ length: n }, (_, point) => offsets.toUnits(point));
            return [offsets.nPoints, units];
        }""",
        [text, len(units)],
    )
    assert converted == [len(text), units]


def test_events_are_read_however_they_are_cut(page: Page) -> None:
    """Comments, every kind of line end and pieces of any size give the same events."""
    stream = ': hello\nevent: resolved\r\ndata: {"a":\rdata: "é🙂"}\r\n\r\n: keep-alive\n\nevent: done\ndata: {}\n\n'
    events = page.evaluate(
        """async (stream) => {
            const { readEvents } = await import("/static/api.js"), bytes = new TextEncoder().encode(stream), found = [];
            for (const size of [1, 2, 3, 7, bytes.length]) {
                const body = new ReadableStream({ start(controller) {
                    for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
                    controller.close();
                } });
                found.push([]);
                for await (const event of readEvents(body)) found.at(-1).push(event);
            }
            return found;
        }""",
        stream,
    )
    assert events == [[["resolved", {"a": "é🙂"}], ["done", {}]]] * 5
