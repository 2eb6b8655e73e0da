"""What a document is called: its id from the file name, its title from its text."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from summitqa.words import fold

MAX_TITLE_CHARS = 120
_SLUG = re.compile(r"[a-z0-9]+")


def make_document_id(name: str) -> str:
    """Return the id for a file name without its suffix: lower-case ASCII letters, digits and hyphens.

    Diacritics are folded. A name that loses letters of another script gets a short hash, so that
    different names stay different: "Straße 5" gives "strasse-5", "план 5" gives "5-" and a hash, and a
    name with nothing left gives "document-" and a hash.
    """
    composed = unicodedata.normalize("NFC", name)
    folded = fold(composed)
    slug = "-".join(_SLUG.findall(folded))
    if slug and all(character.isascii() for character in folded if character.isalnum()):
        return slug
    digest = hashlib.sha256(composed.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug or 'document'}-{digest}"


def shorten_title(text: str) -> str:
    """Return *text* on one line, cut at a word to 120 characters with "…" if it is longer.

    Text without spaces is cut where the limit falls.
    """
    title = " ".join(text.split())
    if len(title) <= MAX_TITLE_CHARS:
        return title
    cut = title[:MAX_TITLE_CHARS]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut[:-1]).rstrip(" ,;:–—-") + "…"
