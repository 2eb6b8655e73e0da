"""The web page: what is served, and what its files must not hold."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from api_fakes import ApiClient

FILES = sorted(path.name for path in files("summitqa.api").joinpath("static").iterdir())
SCRIPTS = [name for name in FILES if name.endswith(".js")]
PAGES = ["/", *(f"/static/{name}" for name in FILES if name != "index.html")]
MEDIA_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
MAX_BYTES = 60_000


def read(name: str) -> str:
    """Return one of the packaged files."""
    return files("summitqa.api").joinpath("static", name).read_text("utf-8")


@pytest.fixture
def api() -> ApiClient:
    return ApiClient()


@pytest.mark.parametrize("path", PAGES)
def test_the_files_are_served(api: ApiClient, path: str) -> None:
    """Each file is served as it is, with its type."""
    name = path.removeprefix("/static/").strip("/") or "index.html"
    response = api.get(path)
    assert (response.status_code, response.text) == (200, read(name))
    assert response.headers["content-type"] == f"{MEDIA_TYPES[name.split('.')[-1]]}; charset=utf-8"


def test_the_page_is_light() -> None:
    """All files together are smaller than many a picture."""
    assert sum(len(read(name).encode()) for name in FILES) < MAX_BYTES


@pytest.mark.parametrize("path", PAGES)
def test_a_file_the_browser_holds_is_not_sent_again(api: ApiClient, path: str) -> None:
    """A browser asks again each time and is told that nothing changed."""
    response = api.get(path)
    assert response.headers["cache-control"] == "no-cache"
    assert api.get(path, headers={"If-None-Match": response.headers["etag"]}).status_code == 304


def test_the_page_answers_head(api: ApiClient) -> None:
    """Monitors may ask for the headers alone."""
    assert api.call("HEAD", "/").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/documents/notes", "/v1/documents", "/nothing"])
def test_the_security_headers_are_on_every_response(api: ApiClient, path: str) -> None:
    """Scripts and styles come from here only; nothing is framed, sniffed or told to others."""
    headers = api.get(path).headers
    policy = dict(directive.split(" ", 1) for directive in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "connect-src": "'self'",
        "img-src": "'self' data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")


def test_the_address_of_a_citation_opens_the_page(api: ApiClient) -> None:
    """A citation's address, which leaves out its fragment on the wire, serves the page."""
    response = api.get("/documents/notes")
    assert (response.status_code, response.text) == (200, read("index.html"))


def test_the_address_of_an_unknown_document_is_404(api: ApiClient) -> None:
    """The status tells machines; the page tells people."""
    response = api.get("/documents/gone")
    assert (response.status_code, response.text) == (404, read("index.html"))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "pattern",
    [r"https?:", r"(src|href)=\"//", r"@import", r"url\("],
    ids=["absolute", "scheme-relative", "import", "url"],
)
def test_nothing_is_loaded_from_elsewhere(name: str, pattern: str) -> None:
    """No file of the page names another site, the name of the SVG format apart."""
    assert re.search(pattern, read(name).replace(' xmlns="http://www.w3.org/2000/svg"', "")) is None


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize(
    "forbidden",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval(", "Function(", "setHTML"],
)
def test_text_enters_the_page_as_text_only(name: str, forbidden: str) -> None:
    """The scripts use nothing that would read text as markup or code."""
    assert forbidden not in read(name)


def test_the_markup_holds_no_script_or_style() -> None:
    """The policy forbids them inline, so there must be none."""
    page = read("index.html")
    assert re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page) is None


def test_every_file_the_page_names_is_there(api: ApiClient) -> None:
    """What the markup refers to is served."""
    names = re.findall(r'(?:src|href)="(/[^"]*)"', read("index.html"))
    assert {name: api.get(name).status_code for name in names} == dict.fromkeys(names, 200)


def test_without_javascript_the_page_says_so() -> None:
    """A reader without JavaScript is told what is missing."""
    assert "<noscript>" in read("index.html")
