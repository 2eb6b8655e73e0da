"""A browser, a server and a page for each test, which fails on errors in the page and requests to elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from browser.page_engine import PageEngine
from browser.steps import open_page
from loopback import serving
from summitqa.api import create_app

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync")
ARTIFACTS = Path(__file__).parent.parent / "artifacts"


def find_browser() -> str:
    """Return the path of Chromium; without one, CI fails and anybody else is told what is not tested."""
    for path in map(shutil.which, NAMES):
        if path is not None:
            return path
    message = "NO BROWSER: the web page is not tested. Install chromium (as root on Debian: make browser)"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return a browser with a profile of its own; as root it cannot have its sandbox."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else [*FLAGS]
    path = find_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def served() -> Iterator[tuple[PageEngine, str]]:
    """Serve an engine for all tests; give both it and the address."""
    engine = PageEngine()
    with serving(create_app(engine, keep_alive_s=0.05)) as address:
        yield engine, address


@pytest.fixture
def engine(served: tuple[PageEngine, str]) -> Iterator[PageEngine]:
    """Return the engine that answers, as new."""
    engine, _ = served
    engine.forget()
    yield engine
    engine.gate.set()


@pytest.fixture
def url(served: tuple[PageEngine, str], engine: PageEngine) -> str:
    """Return the address of the server; the engine behind it is as new."""
    assert served[0] is engine
    return served[1]


@pytest.fixture
def make_page(browser: Browser, url: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens the page anew, with Playwright's options for a context and a path to open."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            troubles.append(message.text)

    def note_request(request: Request) -> None:
        if not request.url.startswith((url, "blob:", "data:")):
            troubles.append(f"request to {request.url}")

    def make(path: str = "/", **options: object) -> Page:
        settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        page = context.new_page()
        page.on("console", note_message)
        page.on("request", note_request)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        open_page(page, url + path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def page(make_page: Callable[..., Page]) -> Page:
    """Return the page, opened on a wide screen."""
    return make_page()


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Give a function that saves a screenshot to look at."""

    def save(page: Page, name: str) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        page.screenshot(path=ARTIFACTS / f"{name}.png", animations="disabled")

    return save
