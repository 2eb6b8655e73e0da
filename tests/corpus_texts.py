"""Texts for the tests of corpus and chunking: a hypothesis strategy, and a short way to write down structure."""

from __future__ import annotations

from hypothesis import strategies as st

from summitqa.types import Block, Document

_STARTS = [
    "",
    "",
    "",
    "- ",
    "* ",
    "• ",
    "1. ",
    "2. ",
    "2.1 ",
    "a) ",
    "b) ",
    "# ",
    "## ",
    "> ",
    "  ",
    "\t",
    "Q: ",
    "A: ",
    "| ",
]
_ENDS = ["", "", ".", " ##", "?", ":", "!", " |", "  ", ",", "。", "؟", "…", "”"]
_WORDS = st.sampled_from(
    [
        *("peace talks Istanbul The U.S. Dr. said won’t Erdoğan 2022 e.g. J. K. | a | <b> `x|y` * _it_ \\| --").split(),
        *("🎉", "👩\u200d👩\u200d👧", "e\u0301", "سلام", "和平", "\u200b", "\ufeff", "\t", "\x0c", "\u2028", "\u00a0"),
    ]
)
_LINES = st.builds(
    lambda start, words, end: start + " ".join(words) + end,
    st.sampled_from(_STARTS),
    st.lists(_WORDS, max_size=14),
    st.sampled_from(_ENDS),
)
_MARKS = st.sampled_from(["", "", "-", "•", "1.", "---", "====", "---|---|---", "```", "> ", "<!-- x -->", "***"])
_STRUCTURED = st.builds(
    lambda lines, newline, bom: bom + newline.join(lines),
    st.lists(st.one_of(_LINES, _LINES, _MARKS), max_size=25),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.sampled_from(["", "", "\ufeff"]),
)

texts = st.one_of(_STRUCTURED, _STRUCTURED, st.text())
"""Arbitrary text, most of it made of lines as documents have them."""


def outline(document: Document) -> list[str]:
    """Return one line a block: "# Title", "## Heading", "Paragraph.", "- item", "| cell | cell", "|= header"."""
    return [_sketch(block, document.text) for block in document.blocks]


def _sketch(block: Block, text: str) -> str:
    own = block.span.text_of(text)
    if block.kind == "heading":
        return "#" * (block.level or 0) + " " + own
    if block.kind == "list_item":
        return "- " + own
    if block.kind == "table_row":
        return ("|= " if block.is_table_header else "| ") + " | ".join(cell.text_of(text) for cell in block.cells)
    return own
