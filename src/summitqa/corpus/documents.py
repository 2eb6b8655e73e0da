"""Making documents: from files and folders, from one file, or from text already at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from summitqa.corpus.files import MARKDOWN_SUFFIXES, find_files, normalise_newlines, read_text
from summitqa.corpus.lines import split_lines
from summitqa.corpus.markdown import find_blocks as find_markdown_blocks
from summitqa.corpus.markdown import render_inline
from summitqa.corpus.naming import make_document_id, shorten_title
from summitqa.corpus.plain import find_blocks as find_plain_blocks
from summitqa.errors import DuplicateDocumentError
from summitqa.types import Block, Document


def load_documents(paths: Sequence[Path], *, max_file_bytes: int) -> list[Document]:
    """Return the documents of *paths*, files and folders, sorted by id.

    Raises:
        EmptyCorpusError: if a path does not exist, or there is no document.
        DuplicateDocumentError: if two files would get the same id.
        UnreadableDocumentError: if a file cannot be read as UTF-8 text of a supported format.
    """
    by_id: dict[str, Path] = {}
    for path in find_files(paths):
        identity = make_document_id(path.stem)
        if identity in by_id:
            raise DuplicateDocumentError(
                f'{by_id[identity]} and {path}: both get the document id "{identity}"; rename or remove one'
            )
        by_id[identity] = path
    return [load_document(by_id[identity], max_file_bytes=max_file_bytes) for identity in sorted(by_id)]


def load_document(path: Path, *, max_file_bytes: int) -> Document:
    """Return one file as a document; its suffix alone says whether it is Markdown.

    Raises:
        UnreadableDocumentError: if it cannot be read as UTF-8 text.
    """
    text = read_text(path, max_file_bytes=max_file_bytes)
    return parse_document(
        text,
        document_id=make_document_id(path.stem),
        source=path.as_posix(),
        markdown=path.suffix.lower() in MARKDOWN_SUFFIXES,
    )


def parse_document(text: str, *, document_id: str, source: str = "", markdown: bool = False) -> Document:
    """Return *text*, with its newlines normalised, as a document.

    The title is the first heading of Markdown, or else the first line, on one line of 120 characters.
    """
    canonical = normalise_newlines(text)
    blocks = find_markdown_blocks(canonical) if markdown else find_plain_blocks(canonical)
    if not blocks:  # rules, comments and the like only
        blocks = [Block("paragraph", line.span) for line in split_lines(canonical) if not line.is_blank]
    title = _find_title(canonical, blocks, markdown)
    return Document(document_id, shorten_title(title) or document_id, canonical, tuple(blocks), source)


def _find_title(text: str, blocks: Sequence[Block], markdown: bool) -> str:
    if markdown:
        headings = [block for block in blocks if block.kind == "heading"]
        first = next(iter(headings or blocks), None)
        return render_inline(first.span.text_of(text).split("\n")[0]) if first else ""
    filled = [line for line in text.split("\n") if line.strip()]
    return next((line for line in filled if any(map(str.isalnum, line))), "".join(filled[:1]))
