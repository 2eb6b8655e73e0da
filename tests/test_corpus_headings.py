"""Headings of plain text: what is one, what is not, and how deep they stand."""

import pytest

from corpus_texts import outline
from summitqa.corpus import parse_document

PROSE = "The talks were cut short on Thursday, when both sides left the room without a word."


def headings(text: str) -> list[str]:
    """Return the headings of a plain text that begins with a paragraph."""
    blocks = outline(parse_document(f"Both sides met in Lund.\n{text}", document_id="x"))
    return [block for block in blocks if block.lstrip("#").startswith(" ")]


@pytest.mark.parametrize(
    "line",
    [
        "Kremlin Changes Course at the Last Minute",
        "The U.S. Isn’t Sending Trump Either",
        "Why Now, and Why Turkey?",
        "What happens next",
        "Costs and funding",
        "What do we know so far?",
        "WHO PAYS FOR THE DAMAGE",
        "Section 4: Refunds",
        "Appendix B",
        "3. Cancellation",
        "Istanbul Peace Summit: What We Know",
        "会谈议程",
    ],
)
def test_lines_that_are_headings(line: str) -> None:
    """Titles, questions, labels, capitals and sections above prose are headings."""
    assert headings(f"{PROSE}\n{line}\n{PROSE}") == [f"## {line}"]


@pytest.mark.parametrize(
    "line",
    [
        "That optimism didn’t last long.",
        "He has led the city since 2016",
        "but nobody came",
        "Here is what both sides want:",
        "Date: Monday Evening",
        "Analysis: Why the Talks Failed",
        "By Maria Lopez",
        "May 14, 2025",
        "Advertisement",
        "Read More About the Talks",
        "Source: Reuters",
        "www.example.org",
        "“We Will Not Bend”",
        "(Applause)",
        "Warm, dry and quiet",
        "One two three four five six seven eight nine",
        "Peace Talks Are Over. Nobody Won",
        "1990",
        "**",
    ],
)
def test_lines_that_are_text(line: str) -> None:
    """Sentences, statements, bylines, dates, quotes, buttons and key-value lines stay quotable."""
    assert headings(f"{PROSE}\n{line}\n{PROSE} Twice.") == []


def test_a_heading_needs_something_below() -> None:
    """A title-like last line is text, and so is one above nothing but another."""
    assert headings(f"{PROSE}\nA Word of Thanks") == []
    assert headings(f"{PROSE}\nA Word of Thanks\nThe Editors") == []


def test_a_line_that_comes_again_is_no_heading() -> None:
    """Speakers and buttons between paragraphs occur more than once."""
    assert headings(f"{PROSE}\nAnna Berg\n{PROSE} No.\nAnna Berg\n{PROSE} Yes.") == []


def test_a_run_of_short_lines_is_a_list() -> None:
    """Names one below the other are not headings of one another."""
    assert headings(f"{PROSE}\nJohn Smith\nMary Jones\nRobert Brown\n{PROSE}") == []


def test_a_line_set_off_below_a_run_is_a_heading() -> None:
    """After a list without bullets a blank line sets the next heading off."""
    assert headings(f"{PROSE}\n\nJohn Smith\nMary Jones\n\nThe Way Ahead\n{PROSE}") == ["## The Way Ahead"]


def test_a_list_below_a_colon_is_no_heading() -> None:
    """A single short line below an introduction is what it introduces."""
    assert headings(f"They agreed on one thing:\nFree Trade\n{PROSE}") == []


def test_labels_need_a_text_that_uses_full_stops() -> None:
    """Where lines end without full stops, a short line without one says nothing."""
    bare = PROSE.rstrip(".")
    assert headings(f"{bare} today\nCosts and funding\n{bare}\n{bare} again") == []


def test_statements_without_stops_make_labels_doubtful() -> None:
    """Where a statement lacks its full stop, only questions in form or lines set off are labels."""
    text = f"{PROSE}\nHe has led the city since 2016\nThe new plan\n{PROSE} One.\nWhat comes next\n{PROSE} Two."
    assert headings(text) == ["## What comes next"]


def test_numbers_below_one_another_are_a_list() -> None:
    """Numbered lines with nothing between them are items; with prose between, sections."""
    assert headings(f"{PROSE}\n1. Bread\n2. Salt\n3. Water") == []
    assert headings(f"{PROSE}\n1. Bread\n{PROSE}\n2. Salt\n{PROSE}") == ["## 1. Bread", "## 2. Salt"]


def test_dots_give_the_level() -> None:
    """A section "2.1" stands one level below "2."."""
    text = f"1. Fees\n{PROSE}\n2. Refunds\n2.1 Goods\n{PROSE}\n2.1.1 Food\n{PROSE}"
    assert headings(text) == ["## 1. Fees", "## 2. Refunds", "### 2.1 Goods", "#### 2.1.1 Food"]


def test_title_case_stands_below_capitals() -> None:
    """In a text with headings in capitals, others are one level deeper, except sections."""
    text = f"TRAVEL\nTrain and Bus\n{PROSE}\nOn Foot\n{PROSE}\nAppendix A\n{PROSE}"
    assert headings(text) == ["## TRAVEL", "### Train and Bus", "### On Foot", "## Appendix A"]


def test_questions_stand_below_their_section() -> None:
    """In an FAQ with sections each question belongs to one; without sections they are sections."""
    text = f"Paying\nHow do I pay?\n{PROSE}\nCan I pay later?\n{PROSE} No.\nReturning\nCan I return it?\n{PROSE} Yes."
    assert headings(text) == [
        "## Paying",
        "### How do I pay?",
        "### Can I pay later?",
        "## Returning",
        "### Can I return it?",
    ]
    assert headings(f"How do I pay?\n{PROSE}\nCan I pay later?\n24 hours") == [
        "## How do I pay?",
        "## Can I pay later?",
    ]


def test_underlines_and_hashes_mark_headings() -> None:
    """Signs below or before a line say what it is, full stop or not."""
    text = f"\nCosts.\n======\n{PROSE}\n\nMore\n----\n{PROSE}\n### Details.\n{PROSE}\n#1 in sales."
    assert headings(text) == ["# Costs.", "## More", "### Details."]


def test_a_rule_below_a_paragraph_underlines_nothing() -> None:
    """Rules part sections; only a line set off, about as long, is underlined."""
    assert headings(f"{PROSE}\n-----\n\nIt rained.\nA lot.\n------\n{PROSE}") == []


@pytest.mark.parametrize(
    "first", ["Peace hopes cool in Istanbul", "‘A dark day’: leaders react", "Who won?", "PRESS RELEASE"]
)
def test_the_first_line_is_the_title(first: str) -> None:
    """Without a full stop the first line is the heading of all."""
    assert outline(parse_document(f"{first}\n{PROSE}", document_id="x")) == [f"# {first}", PROSE]


@pytest.mark.parametrize("first", ["Peace hopes cool.", "peace talks", "Present:", "- bread", "x" * 300])
def test_a_first_line_that_is_no_title(first: str) -> None:
    """Sentences, lower case, introductions, items and long lines are text from the first line on."""
    assert not outline(parse_document(f"{first}\n{PROSE}", document_id="x"))[0].startswith("#")


def test_forms_and_menus_have_no_title() -> None:
    """Key-value lines and single words at the top are not the title of what follows."""
    assert outline(parse_document(f"From: Ann\nTo: Ben\n{PROSE}", document_id="x"))[0] == "From: Ann"
    assert outline(parse_document(f"Home\nNews\nSport\n{PROSE}", document_id="x"))[0] == "Home"


def test_an_opening_section_is_a_section() -> None:
    """An "Overview" on top is a sibling of the sections below it."""
    text = f"Overview\n{PROSE}\nCosts and funding\n{PROSE} No."
    assert outline(parse_document(text, document_id="x"))[::2] == ["## Overview", "## Costs and funding"]
