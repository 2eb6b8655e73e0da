"""junit.xml: a test case a question, in XML that every parser takes."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from report_samples import COSTS, OPENS, RAIN, evaluation, four_records, record
from summitqa.evaluation.records import Evaluation
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.reports.junit import render_junit


def parsed(run: Evaluation) -> ET.Element:
    return ET.fromstring(render_junit(Report((run,), (), (), "summitqa 1.0")))


def test_there_is_a_case_for_each_question() -> None:
    """Four questions, one with the wrong quote and one that crashed; names and counts are what CI shows."""
    (suite,) = parsed(evaluation())
    assert suite.attrib == {"name": "fair", "tests": "4", "failures": "1", "errors": "1"}
    assert [case.get("classname") for case in suite] == ["fair.fact", "fair.fact", "fair.unanswerable", "fair.fact"]
    assert [case.get("name") for case in suite] == [f"{i}: Question {i}?" for i in "abce"]
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], [], ["error"]]


def test_a_failure_tells_the_expected_and_the_given_quote() -> None:
    """What should have been quoted, and what was, one line each."""
    (failure,) = parsed(evaluation()).iter("failure")
    assert (failure.get("message"), failure.get("type")) == ("wrong quote", "answered")
    assert failure.text == "question: Question b?\nexpected: [fair] It costs 5 crowns.\ngiven: [fair] Rain is likely."


def test_silence_is_written_out() -> None:
    """Expected silence and given silence are words, not empty lines."""
    (first, second) = parsed(evaluation(records=[record("c", None, RAIN), record("a", OPENS, None)])).iter("failure")
    assert "expected: silence: the documents do not say" in (first.text or "")
    assert "given: nothing" in (second.text or "")


def test_what_xml_forbids_is_escaped_for_people() -> None:
    """A NUL, an escape sequence, half a surrogate pair and markup survive as text."""
    hostile = record("b", COSTS, RAIN, question="a\x00b\x1b[1m\ud83d\ufffe]]><&\"'é\t")
    (case,) = parsed(evaluation(records=[hostile])).iter("testcase")
    assert case.get("name") == "b: a\\x00b\\x1b[1m\\ud83d\\ufffe]]><&\"'é\t"


def test_times_are_seconds_and_the_only_difference() -> None:
    """The total of a question becomes its time; a run with other times is equal without them."""
    (suite,) = parsed(evaluation(records=four_records(timing_ms={"total": 12.5})))
    assert {case.get("time") for case in suite} == {"0.0125"}
    untimed = evaluation(records=[replace(r, timing_ms={}) for r in four_records()])
    for case in suite:
        del case.attrib["time"]
    assert ET.tostring(suite) == ET.tostring(parsed(untimed)[0])
