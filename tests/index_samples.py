"""Hand-made documents, passages and index folders for the tests of the index."""

from __future__ import annotations

import re
from pathlib import Path

from summitqa.index import IndexSummary, IndexWriter, NewDocument, VectorOptions
from summitqa.reading import build_view
from summitqa.testing import HashingEncoder
from summitqa.types import Block, Document, Passage, Span

ENCODER = HashingEncoder(64)
FINGERPRINT = "chunking-1/128"


def make_document(document_id: str, *sentences: str, title: str = "Talks") -> NewDocument:
    """Return a document of one paragraph, and one passage, a sentence."""
    text = "\n".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    document = Document(document_id, title, text, tuple(Block("paragraph", s) for s in spans), f"{document_id}.txt")
    return with_passages(
        document, *(Passage(f"{document_id}:{s.start}", document_id, s, "paragraph", (s,)) for s in spans)
    )


def with_passages(document: Document, *passages: Passage) -> NewDocument:
    """Return *document* with its passages and their vectors."""
    texts = [build_view(passage, document.text).text for passage in passages]
    return document, passages, ENCODER.encode_passages(texts)


def make_table() -> NewDocument:
    """Return a document with a heading, a list item and a table row, every field of block and passage in use."""
    text = "Agenda\nOn it:\n- Ceasefire\nIssue | Odds\nPrisoners | High\n"

    def find(words: str) -> Span:
        return Span(*next(re.finditer(re.escape(words), text)).span())

    heading, intro, item, row = find("Agenda"), find("On it:"), find("Ceasefire"), find("Prisoners | High")
    header, cells = (find("Issue"), find("Odds")), (find("Prisoners"), find("High"))
    blocks = (
        Block("heading", heading, level=2),
        Block("paragraph", intro),
        Block("list_item", item, introduction=intro),
        Block("table_row", find("Issue | Odds"), cells=header, header=header),
        Block("table_row", row, cells=cells, header=header),
    )
    return with_passages(
        Document("table", "The agenda", text, blocks, "table.md"),
        Passage("table:item", "table", item, "list_item", (item,), (heading,), introduction=intro),
        Passage("table:row", "table", row, "table_row", (row,), (heading,), cells=cells, header=header),
    )


ALPHA = make_document(
    "alpha",
    "Vladimir Putin won’t be showing up in Istanbul.",
    "Volodymyr Zelenskyy’s visit cost 3.5 million at 14:30, some say 1,200.",
    "Recep Tayyip Erdoğan will host the talks.",
)
BETA = make_document("beta", "Vladimir Medinsky represents Moscow.", "Oil fell in Asia.", title="Envoys")
TABLE = make_table()


def write_index(
    folder: Path,
    *documents: NewDocument,
    encoder_id: str = ENCODER.id,
    fingerprint: str = FINGERPRINT,
    rebuild: bool = False,
    options: VectorOptions | None = None,
) -> IndexSummary:
    """Make the index in *folder* hold exactly *documents*, keeping those that are unchanged."""
    with IndexWriter(
        folder, encoder_id=encoder_id, fingerprint=fingerprint, rebuild=rebuild, options=options
    ) as writer:
        keep = writer.unchanged(document for document, _, _ in documents)
        return writer.replace(keep, [new for new in documents if new[0].id not in keep], dim=ENCODER.dim)


def flip_bit(path: Path, offset: int, bit: int = 0) -> None:
    """Flip one bit of the file at *path*."""
    data = bytearray(path.read_bytes())
    data[offset] ^= 1 << bit
    path.write_bytes(data)


def put_aside(folder: Path) -> dict[str, bytes]:
    """Return the index files of *folder* with their content, to compose folders from."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "write.lock"}
