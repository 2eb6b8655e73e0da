"""BEIR folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/*.tsv``, checked while they are read.

Source: Thakur et al. 2021, *BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models*.
The corpus is read one line at a time, judgements and questions are kept. Knows nothing of how documents are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from summitqa.corpus import parse_document
from summitqa.errors import EvaluationDataError
from summitqa.evaluation.formats.pieces import read_json_lines, read_lines
from summitqa.types import Block, Document, Span

DEFAULT_SPLIT = "test"


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", populate_by_name=True)


class _CorpusLine(_Strict):
    id: str = Field(alias="_id", min_length=1)
    title: str | None = None
    text: str


class _QueryLine(_Strict):
    id: str = Field(alias="_id", min_length=1)
    text: str


@dataclass(frozen=True, slots=True)
class BeirQuery:
    """A question with its judgements: relevance by document id, 0 for one judged irrelevant."""

    id: str
    text: str
    relevance: dict[str, int]


@dataclass(frozen=True, slots=True)
class BeirFolder:
    """Where the three parts of a data set are."""

    corpus: Path
    queries: Path
    qrels: Path

    @property
    def paths(self) -> tuple[Path, Path, Path]:
        """All files, for a digest."""
        return self.corpus, self.queries, self.qrels


def find_files(folder: Path, split: str | None = None) -> BeirFolder:
    """Return the files of *folder*: the qrels of *split*, by default those of ``test`` or the only ones there are.

    Raises:
        EvaluationDataError: if one is missing.
    """
    found = {path.stem: path for path in sorted(folder.glob("qrels/*.tsv"))}
    qrels = found.get(split or DEFAULT_SPLIT) or (next(iter(found.values())) if not split and len(found) == 1 else None)
    if qrels is None:
        names = ", ".join(found) or "none"
        raise EvaluationDataError(
            f"{folder}: no qrels/{split or DEFAULT_SPLIT}.tsv (found: {names}); name a folder with corpus.jsonl, "
            "queries.jsonl and qrels/*.tsv"
        )
    files = BeirFolder(folder / "corpus.jsonl", folder / "queries.jsonl", qrels)
    for path in files.paths:
        if not path.is_file():
            raise EvaluationDataError(f"{path}: no such file; a BEIR folder has corpus.jsonl and queries.jsonl")
    return files


def load_queries(files: BeirFolder) -> list[BeirQuery]:
    """Return the questions that have judgements, in the order of the questions' file.

    Raises:
        EvaluationDataError: with the number of the first line that is wrong.
    """
    qrels, first_lines = _load_qrels(files.qrels)
    queries: dict[str, BeirQuery] = {}
    for number, line in read_json_lines(files.queries, _QueryLine):
        if line.id in queries:
            raise EvaluationDataError(f"{files.queries}: line {number}: the id {line.id!r} was there before")
        if line.id in qrels:
            if not line.text.strip():
                raise EvaluationDataError(f"{files.queries}: line {number}: the question is empty")
            queries[line.id] = BeirQuery(line.id, line.text, qrels[line.id])
    for query_id, number in first_lines.items():
        if query_id not in queries:
            raise EvaluationDataError(f"{files.qrels}: line {number}: question {query_id!r} is not in {files.queries}")
    return list(queries.values())


def read_corpus(path: Path) -> Iterator[Document]:
    """Yield the documents of a corpus file, one line in memory at a time; those without any text are left out.

    Raises:
        EvaluationDataError: with the number of the first line that is wrong.
    """
    for _, line in read_json_lines(path, _CorpusLine):
        document = _make_document(line)
        if document is not None:
            yield document


def check_corpus(files: BeirFolder, queries: Iterable[BeirQuery]) -> None:
    """See that the corpus is in order and holds what was judged, before anything costly is done with it.

    Raises:
        EvaluationDataError: if a line is wrong, a judged document is missing, or no document has any text.
    """
    missing: dict[str, str] = {}
    for query in queries:
        for document_id in query.relevance:
            missing.setdefault(document_id, query.id)
    seen: set[str] = set()
    has_text = False
    for number, line in read_json_lines(files.corpus, _CorpusLine):
        if line.id in seen:
            raise EvaluationDataError(f"{files.corpus}: line {number}: the id {line.id!r} was there before")
        seen.add(line.id)
        missing.pop(line.id, None)
        has_text = has_text or bool(line.text.strip())
    for document_id, query_id in missing.items():
        raise EvaluationDataError(
            f"{files.qrels}: document {document_id!r}, judged for question {query_id!r}, is not in {files.corpus}"
        )
    if not has_text:
        raise EvaluationDataError(f"{files.corpus}: no document with text in it")


def _make_document(line: _CorpusLine) -> Document | None:
    """Return title and text as a document whose text stands under the title as its heading."""
    title = " ".join(_plain(line.title or "").split())
    body = _plain(line.text)
    if not body.strip():
        # A title alone can be found too, as the one sentence there is.
        return parse_document(title, document_id=line.id) if title else None
    parsed = parse_document(body, document_id=line.id)
    if not title:
        return parsed
    offset = len(title) + 2
    heading = Block("heading", Span(0, len(title)), level=1)
    blocks = (heading, *(_shift_block(block, offset) for block in parsed.blocks))
    return Document(line.id, title, f"{title}\n\n{parsed.text}", blocks)


def _shift_block(block: Block, offset: int) -> Block:
    """Return *block* further down; headings inside the text are below the title's."""
    return replace(
        block,
        span=_shift(block.span, offset),
        level=None if block.level is None else min(6, block.level + 1),
        introduction=None if block.introduction is None else _shift(block.introduction, offset),
        cells=tuple(_shift(cell, offset) for cell in block.cells),
        header=tuple(_shift(cell, offset) for cell in block.header),
    )


def _shift(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _plain(text: str) -> str:
    """Return *text* with what is no text, NUL and halves of surrogate pairs, as spaces."""
    return "".join(" " if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)


def _load_qrels(path: Path) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Return the judgements by question and document, and the line each question is first named on."""
    qrels: dict[str, dict[str, int]] = {}
    first_lines: dict[str, int] = {}
    for number, line in read_lines(path):
        fields = line.rstrip("\r").split("\t")
        if number == 1 and fields[-1].strip().casefold() == "score":
            continue
        if len(fields) != 3 or not fields[2].strip().removeprefix("-").isdecimal():
            raise EvaluationDataError(
                f"{path}: line {number}: expected question id, document id and a whole number, parted by tabs"
            )
        query_id, document_id, score = fields
        if document_id in qrels.setdefault(query_id, {}):
            raise EvaluationDataError(f"{path}: line {number}: judges {document_id!r} for {query_id!r} again")
        qrels[query_id][document_id] = int(score)
        first_lines.setdefault(query_id, number)
    if not qrels:
        raise EvaluationDataError(f"{path}: no judgement in it")
    return qrels, first_lines
