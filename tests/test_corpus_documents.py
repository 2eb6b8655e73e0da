"""Documents from files, folders and text; the seed article block by block; whole samples of many kinds."""

from pathlib import Path

import pytest

from corpus_texts import outline
from summitqa.corpus import SUPPORTED_SUFFIXES, load_document, load_documents, parse_document
from summitqa.errors import DuplicateDocumentError, EmptyCorpusError
from summitqa.types import Document

ROOT = Path(__file__).parent
SAMPLES = sorted(path for path in (ROOT / "data" / "corpus").iterdir() if path.suffix in SUPPORTED_SUFFIXES)
LIMIT = 100_000


@pytest.fixture(scope="module")
def article() -> Document:
    """Return the seed article."""
    return load_document(ROOT.parent / "seeds" / "istanbul-peace-summit.txt", max_file_bytes=LIMIT)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_have_the_structure_a_reader_sees(path: Path) -> None:
    """Articles, policies, minutes, FAQs and more, in several scripts, are cut as written down beside them."""
    expected = path.with_name(path.name + ".outline").read_text(encoding="utf-8").splitlines()
    actual = outline(load_document(path, max_file_bytes=LIMIT))
    assert [line.replace("\n", " ⏎ ") for line in actual] == expected


def test_the_article_has_its_six_headings(article: Document) -> None:
    """Headings without a mark are found, and nothing else is taken for one."""
    assert [line for line in outline(article) if line.startswith("#")] == [
        "## Kremlin Changes Course at the Last Minute",
        "## The U.S. Isn’t Sending Trump Either",
        "## So, Who Is Showing Up?",
        "## What’s Actually on the Table?",
        "## Why Now, and Why Turkey?",
        "## What This Means for the War’s Trajectory",
    ]


def test_the_article_has_four_items_with_their_introduction(article: Document) -> None:
    """Bullets on lines of their own mark the lines below them, introduced by the sentence above."""
    items = [block for block in article.blocks if block.kind == "list_item"]
    introductions = {block.introduction.text_of(article.text) for block in items if block.introduction}
    assert [block.span.text_of(article.text).split(":")[0] for block in items] == [
        "Russia",
        "Ukraine",
        "Turkey",
        "Observers",
    ]
    assert introductions == {
        "Here’s a look at who’s expected in Istanbul — and what they’re expected to bring:",
    }


def test_the_article_has_five_rows_with_header_and_introduction(article: Document) -> None:
    """The table without leading pipes keeps its header cells and the sentence above it."""
    header, *rows = [block for block in article.blocks if block.kind == "table_row"]
    assert header.is_table_header
    assert [cell.text_of(article.text) for cell in header.cells] == [
        "Issue Area",
        "What Might Be Discussed",
        "Likelihood of Agreement",
    ]
    assert [row.cells[0].text_of(article.text) for row in rows] == [
        "Ceasefire Zones",
        "Prisoner Exchanges",
        "Territorial Status",
        "Humanitarian Corridors",
        "Sanctions Relief",
    ]
    assert all(row.header == header.cells and row.introduction == header.introduction for row in rows)
    assert header.introduction is not None
    assert header.introduction.text_of(article.text) == "Here’s a simple breakdown:"


def test_the_article_is_named_and_kept_as_it_is(article: Document) -> None:
    """Id from the file name, title from the first line, cut at a word; the text is the file's."""
    assert article.id == "istanbul-peace-summit"
    assert article.title.endswith("in Istanbul, undercutting momentum…")
    assert article.text.encode() == Path(article.source).read_bytes()


def test_folders_are_read_in_the_order_of_ids(tmp_path: Path) -> None:
    """Files of a folder and its folders come sorted by id, each with the path it was read from."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "alpha.md").write_text("# Alpha\n\nText.")
    (tmp_path / "Zeta.txt").write_text("Zeta text.")
    documents = load_documents([tmp_path], max_file_bytes=LIMIT)
    assert [(d.id, d.source) for d in documents] == [
        ("alpha", (tmp_path / "below" / "alpha.md").as_posix()),
        ("zeta", (tmp_path / "Zeta.txt").as_posix()),
    ]


def test_the_suffix_says_what_is_markdown(tmp_path: Path) -> None:
    """The same text has emphasis in its title as plain text, and none as Markdown."""
    for name in ("a.txt", "b.MD", "c.markdown", "d.text"):
        (tmp_path / name).write_text("*Rain* today\n============\n\nText.")
    assert [d.title for d in load_documents([tmp_path], max_file_bytes=LIMIT)] == [
        "*Rain* today",
        "Rain today",
        "Rain today",
        "*Rain* today",
    ]


def test_two_files_of_one_id_are_refused(tmp_path: Path) -> None:
    """Both files are named, with the id they would share."""
    (tmp_path / "Peace Talks.txt").write_text("One.")
    (tmp_path / "peace-talks.md").write_text("Two.")
    with pytest.raises(DuplicateDocumentError, match=r'Peace Talks\.txt and .*peace-talks\.md: .*"peace-talks"'):
        load_documents([tmp_path], max_file_bytes=LIMIT)


def test_no_document_at_all_is_refused(tmp_path: Path) -> None:
    """An empty folder says where documents were looked for, and which formats there are."""
    with pytest.raises(EmptyCorpusError, match=r"no documents found in .*\.txt, \.text, \.md, \.markdown"):
        load_documents([tmp_path], max_file_bytes=LIMIT)


def test_markdown_title_is_the_first_heading_as_read() -> None:
    """Emphasis, code marks and link targets are not part of a title, wherever the heading stands."""
    text = "Preface.\n\n## The *real* `title` [here](http://x.example) ##\n"
    assert parse_document(text, document_id="x", markdown=True).title == "The real title here"


def test_markdown_title_without_heading_is_the_first_line() -> None:
    """Front matter and comments are passed over."""
    text = "---\ntags: [a]\n---\n\n<!-- note -->\n\nFirst *line*\nsecond line\n"
    assert parse_document(text, document_id="x", markdown=True).title == "First line"


def test_plain_title_skips_blank_lines_and_rules() -> None:
    """The title is the first line with a letter or figure on it."""
    assert parse_document("\n \n=====\n Storm\tReport \n=====\n\nText.", document_id="x").title == "Storm Report"


def test_text_of_signs_alone_is_a_paragraph() -> None:
    """Rules and comments are no blocks, unless there is nothing else to quote."""
    assert outline(parse_document("-----\n\n ***\n", document_id="x")) == ["-----", "***"]
    assert outline(parse_document("<!-- later -->", document_id="x", markdown=True)) == ["<!-- later -->"]


def test_whitespace_is_kept() -> None:
    """Tabs, trailing spaces and a missing final newline stay as they are."""
    text = "a\t b  \n\n c \t"
    assert parse_document(text, document_id="x").text == text


def test_windows_newlines_and_mark_become_canonical() -> None:
    """Offsets count in a text without byte order mark, with single newlines."""
    document = parse_document("\ufeffRain fell.\r\nSnow fell.\rSun shone.", document_id="x")
    assert document.text == "Rain fell.\nSnow fell.\nSun shone."
    assert outline(document) == ["Rain fell.", "Snow fell.", "Sun shone."]


def test_one_line_is_a_document() -> None:
    """A text of one line, without a full stop or a newline, is a paragraph and the title."""
    document = parse_document("Peace talks in Istanbul 🎉", document_id="x")
    assert (document.title, outline(document)) == ("Peace talks in Istanbul 🎉", ["Peace talks in Istanbul 🎉"])
