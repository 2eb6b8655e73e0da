"""report.html: complete in one file, and what comes from outside shows as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

from report_samples import COSTS, OPENS, RAIN, cited, evaluation, evidence, four_records, record
from summitqa.evaluation.comparison import compare_set
from summitqa.evaluation.gates import Breach, check_gates
from summitqa.evaluation.records import Evaluation, Excerpt
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.reports.html import render_html
from summitqa.types import Span

HOSTILE = "<script>alert(1)</script><b onclick='x'>\"&amp; {{ 7 * 7 }}</b>"


class Page(HTMLParser):
    """What a browser would see: elements, texts, and whether everything that was opened was closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def names(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def page_of(run: Evaluation) -> Page:
    return Page(render_html(Report((run,), tuple(check_gates([run], None)), (compare_set(run, run),), "summitqa 1.0")))


def hostile_run() -> Evaluation:
    """Return a run in which every text that can come from outside is HTML and script."""
    text = HOSTILE + " It costs 5 crowns."
    whole = Span(0, len(HOSTILE))
    wrong = record(
        HOSTILE,
        COSTS,
        RAIN,
        question=HOSTILE,
        history=(HOSTILE,),
        standalone=HOSTILE,
        tags=(HOSTILE,),
        accepted=(HOSTILE,),
        answer=HOSTILE,
        evidence=(replace(evidence(whole, text), document_id=HOSTILE),),
        evidence_context=(Excerpt(text, 0),),
        citations=(replace(cited(Span(len(text) - 18, len(text)), text), document_id=HOSTILE),),
    )
    failed = record("e", COSTS, None, outcome="error", error=HOSTILE)
    return replace(evaluation(HOSTILE, [wrong, failed]), system={HOSTILE: HOSTILE})


def test_the_page_is_well_formed_and_asks_nothing_of_others() -> None:
    """Every element is closed; no script, no frame, no link out of the page, and a policy that forbids them."""
    page = page_of(evaluation())
    assert page.open == []
    assert page.names().isdisjoint({"script", "link", "img", "iframe", "form", "object", "base"})
    links = [value for _, attrs in page.elements for key, value in attrs.items() if key in {"href", "src", "action"}]
    assert links
    assert all(link and link.startswith("#") for link in links)
    targets = {attrs["id"] for _, attrs in page.elements if "id" in attrs}
    assert {(link or "")[1:] for link in links} <= targets
    policy = next(attrs for _, attrs in page.elements if attrs.get("http-equiv"))
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"
    assert "url(" not in "".join(page.texts)


def test_html_and_script_show_as_text() -> None:
    """Every hostile text is on the page, letter by letter, and made no element and no attribute."""
    run = hostile_run()
    breach = Breach(HOSTILE, HOSTILE, "errors", 1.0, HOSTILE, HOSTILE)
    baseline = replace(run, records=(replace(run.records[0], citations=(cited(COSTS),)), run.records[1]))
    page = Page(render_html(Report((run,), (breach,), (compare_set(baseline, run),), HOSTILE)))
    assert page.open == []
    assert "script" not in page.names()
    assert not [attrs for _, attrs in page.elements if "onclick" in attrs]
    assert "".join(page.texts).count(HOSTILE) >= 15
    assert "49" not in "".join(page.texts)


def test_a_failure_shows_both_quotes_marked_in_context() -> None:
    """The wrong answer of the sample: what was expected and what was given, each marked in the document."""
    text = render_html(Report((evaluation(),)))
    assert (
        '<blockquote class="expected">Ana opens the fair. <mark>It costs 5 crowns.</mark> Rain is likely.…</blockquote>'
        in text
    )
    assert (
        '<blockquote class="given">Ana opens the fair. It costs 5 crowns. <mark>Rain is likely.</mark></blockquote>'
        in text
    )


def test_a_newcomer_finds_the_result_in_words() -> None:
    """Two of three test questions were handled rightly, one gate is broken, and each measure is explained."""
    words = " ".join("".join(page_of(evaluation()).texts).split())
    assert "2 of 3 test questions handled rightly" in words
    assert "1 broken gate" in words
    assert "How to read this" in words
    assert "of the answers given, those whose first citation is right" in words
    assert "2 questions not handled rightly" in words


def test_tables_have_every_split_and_tag() -> None:
    """Measures by split, tags by split, and no column for a split that no question is in."""
    text = render_html(Report((evaluation(),)))
    assert '<th class="number">test</th><th class="number">dev</th><th class="number">all</th>' in text
    assert '<th scope="row">unanswerable</th><td class="number">1</td>' in text
    only_dev = render_html(Report((evaluation(records=four_records(split="dev")[2:3]),)))
    assert '<th class="number">test</th>' not in only_dev
    assert "1 of 1 questions handled rightly" in only_dev


def test_a_comparison_shows_verdicts_and_flips() -> None:
    """A loss is named worse, and the questions that flipped are listed."""
    before, after = (evaluation(records=[record("a", OPENS, given)]) for given in (OPENS, RAIN))
    text = render_html(Report((after,), (), (compare_set(before, after),)))
    assert '<td class="worse">worse</td>' in text
    assert "right to wrong (1)" in text


def test_times_stand_in_their_own_section() -> None:
    """Two runs that differ in their times alone give pages that differ in the latency sections alone."""
    pages = [render_html(Report((evaluation(records=four_records(timing_ms={"total": t})),))) for t in (1.0, 250.0)]
    assert pages[0] != pages[1]
    stripped = {re.sub(r'<section class="timing">.*?</section>', "", page, flags=re.DOTALL) for page in pages}
    assert len(stripped) == 1
