"""Blocks of Markdown: the only door to markdown-it-py, whose line maps say where each block stands.

Only block structure is parsed; inline markup stays in the quoted text, because offsets count in the
source. Spans leave out what belongs to the notation: "#", bullets, ">", fences, outer pipes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from summitqa.corpus.introductions import find_introduction
from summitqa.corpus.lines import Line, ends_sentence, join_lines, split_lines, trim
from summitqa.corpus.plain import find_blocks as find_plain_blocks
from summitqa.corpus.tables import build_rows, split_cells
from summitqa.types import Block, BlockKind, Span

_FRONT_MATTER = re.compile(r"---[ \t]*\n[ \t]*[\w\"'-]+[ \t]*:.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ATX = re.compile(r"#{1,6}(?:\s+|$)")
_ATX_END = re.compile(r"(?:^|\s)#+$")
_QUOTE_MARKS = re.compile(r"(?:\s*>)+\s*")
_ITEM_MARKS = re.compile(r"(?:\s*(?:>|[-*+]|\d{1,9}[.)])(?=\s))*\s*")
_TASK = re.compile(r"\[[ xX]\]\s+(?=\S)")
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_WORD = re.compile(r"\w")
_MAX_NESTING = 60
_MAX_SETEXT_CHARS = 150


def find_blocks(text: str) -> list[Block]:
    """Return the blocks of a Markdown text in order; if all were headings they are paragraphs.

    A text nested deeper than markdown-it follows is read as plain text, for nothing may be lost.
    """
    walker = _Walker(text)
    if any(token.level >= _MAX_NESTING - 1 for token in walker.tokens):
        return find_plain_blocks(text)
    blocks = walker.walk()
    if all(block.kind == "heading" for block in blocks):
        return [Block("paragraph", block.span) for block in blocks]
    return blocks


def render_inline(markup: str) -> str:
    """Return *markup* as a reader sees it: no emphasis, links by their text, code as it is."""
    inline = MarkdownIt("commonmark").parseInline(markup)[0]
    parts = []
    for token in inline.children or []:
        if token.type in ("text", "code_inline", "image"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip() or markup


def _blank_front_matter(text: str) -> str:
    """Return *text* with empty lines in place of the "---" block at its top, so that line numbers stay."""
    match = _FRONT_MATTER.match(text)
    return "\n" * match.group().count("\n") + text[match.end() :] if match else text


def _parse(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable("table").disable("inline")
    return parser.parse(text)


class _Walker:
    """Turns the tokens of one text into blocks."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = split_lines(text)
        self.tokens = _parse(_blank_front_matter(text))
        self.blocks: list[Block] = []
        self.introductions: list[Span | None] = []
        self.item_pending = False
        self.rows: list[tuple[Span, ...]] = []

    def walk(self) -> list[Block]:
        for i, token in enumerate(self.tokens):
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self.introductions.append(self._introduction())
                case "bullet_list_close" | "ordered_list_close":
                    self.introductions.pop()
                case "list_item_open":
                    self.item_pending = True
                case "list_item_close":
                    self.item_pending = False
                case "inline":
                    self._add_inline(token, self.tokens[i - 1])
                case "table_open":
                    self.rows = []
                case "tr_open":
                    self._add_row(token)
                case "table_close":
                    self.blocks.extend(build_rows(self.rows, self.rows[0], self._introduction()))
                case "fence" | "code_block":
                    self._add_code(token)
                case "html_block":
                    self._add_html(token)
        return self.blocks

    def _introduction(self) -> Span | None:
        """Return the introduction of a list or table that begins here: a list in a list inherits one."""
        own = find_introduction(self.text, self.blocks)
        return own or (self.introductions[-1] if self.introductions else None)

    def _mapped(self, token: Token) -> Sequence[Line]:
        first, last = token.map or (0, 0)
        return self.lines[first:last]

    def _add_inline(self, token: Token, opening: Token) -> None:
        if opening.type in ("th_open", "td_open"):
            return
        is_atx = opening.type == "heading_open" and opening.markup.startswith("#")
        lines = [self._atx_line(opening)] if is_atx else self._content_lines(self._mapped(token), token.content)
        span = join_lines(lines)
        if span is None:
            return
        if opening.type == "heading_open" and opening.level == 0 and (is_atx or self._is_setext_heading(lines, span)):
            self.blocks.append(Block("heading", span, level=int(opening.tag[1:])))
        elif self.item_pending:
            self.item_pending = False
            self._add_lines(lines, "list_item", self.introductions[-1])
        else:
            self._add_lines(lines)

    def _content_lines(self, source: Sequence[Line], content: str) -> list[Line]:
        """Return the lines of *content*, what markdown-it leaves of *source*, where they stand.

        Notation only ever stands before the content of a line, so that each is the end of its line.
        """
        remaining = iter(source)
        found = []
        for part in content.split("\n"):
            stripped = part.strip()
            for line in remaining if stripped else ():
                if line.text.replace("\0", "\ufffd").endswith(stripped):
                    start = line.span.end - len(stripped)
                    found.append(Line(Span(start, line.span.end), stripped, start - line.span.start + line.indent))
                    break
        return found

    def _atx_line(self, opening: Token) -> Line:
        """Return the line of a "#" heading without the signs at its start and end."""
        source = self._mapped(opening)[0]
        match = _ATX.search(source.text)
        start = source.span.start + (match.end() if match else 0)
        end_mark = _ATX_END.search(self.text[start : source.span.end])
        span = trim(self.text, start, start + end_mark.start() if end_mark else source.span.end)
        return Line(span, span.text_of(self.text), 0)

    def _is_setext_heading(self, lines: Sequence[Line], span: Span) -> bool:
        """Tell a heading from a paragraph above a rule, where the blank line was forgotten."""
        text = span.text_of(self.text)
        return len(lines) == 1 and len(span) <= _MAX_SETEXT_CHARS and not ends_sentence(text.rstrip("?!"))

    def _add_lines(
        self, lines: Sequence[Line], kind: BlockKind = "paragraph", introduction: Span | None = None
    ) -> None:
        """Add a block, or one for each line where notation stands between the lines (">")."""
        span = join_lines(lines)
        if span is None:
            return
        spans = [span]
        if any(">" in self.text[a.span.end : b.span.start] for a, b in pairwise(lines)):
            spans = [line.span for line in lines]
        for piece in spans:
            task = _TASK.match(self.text, piece.start, piece.end) if kind == "list_item" else None
            start = task.end() if task else piece.start
            self.blocks.append(Block(kind, Span(start, piece.end), introduction=introduction))

    def _add_code(self, token: Token) -> None:
        fences = 1 if token.type == "fence" else 0
        self._add_lines(self._content_lines(self._mapped(token)[fences:], token.content))

    def _add_html(self, token: Token) -> None:
        """Add an HTML block as it stands, unless nothing in it is text."""
        if _WORD.search(_TAG.sub("", token.content)):
            self._add_lines(self._content_lines(self._mapped(token), token.content))

    def _add_row(self, token: Token) -> None:
        line = self._mapped(token)[0]
        marks = (_QUOTE_MARKS if self.rows else _ITEM_MARKS).match(line.text)
        start = line.span.start + (marks.end() if marks else 0)
        self.rows.append(split_cells(self.text, Span(start, line.span.end)))
