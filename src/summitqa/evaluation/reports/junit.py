"""``junit.xml``: a test case a question, for the test views of CI systems.

Source of the format: the Jenkins xUnit schema ``junit-10.xsd``. Knows failures, nothing of gates: a question may fail
without breaking one, so what CI decides by is the exit code.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from summitqa.evaluation.records import Evaluation, Record
from summitqa.evaluation.reports.content import Report
from summitqa.evaluation.reports.failures import Failure, Passage, find_failures

_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""Everything that is not a ``Char`` of XML 1.0, section 2.2: it may not stand in a document, not even escaped."""


def render_junit(report: Report) -> str:
    """Return the text of ``junit.xml``."""
    root = ET.Element("testsuites", name=_allowed(report.generated_by))
    for evaluation in report.evaluations:
        root.append(_suite(evaluation))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(evaluation: Evaluation) -> ET.Element:
    failures = {failure.record.id: failure for failure in find_failures(evaluation)}
    broken = sum(failure.record.outcome == "error" for failure in failures.values())
    suite = ET.Element("testsuite", name=_allowed(evaluation.name), tests=str(len(evaluation.records)))
    suite.attrib |= {"failures": str(len(failures) - broken), "errors": str(broken)}
    for record in evaluation.records:
        suite.append(_case(evaluation.name, record, failures.get(record.id)))
    return suite


def _case(name: str, record: Record, failure: Failure | None) -> ET.Element:
    tag = record.tags[0] if record.tags else "untagged"
    case = ET.Element("testcase", classname=_allowed(f"{name}.{tag}"), name=_allowed(f"{record.id}: {record.question}"))
    if "total" in record.timing_ms:
        case.set("time", f"{record.timing_ms['total'] / 1000:.4f}")
    if failure is not None:
        kind = "error" if record.outcome == "error" else "failure"
        told = ET.SubElement(case, kind, type=record.outcome, message=_allowed(failure.reason))
        told.text = _allowed(_expected_and_given(failure))
    return case


def _expected_and_given(failure: Failure) -> str:
    record = failure.record
    silence = "silence: the documents do not say" if not record.answerable else ""
    lines = [f"question: {record.question}", *(f"after: {earlier}" for earlier in record.history)]
    lines += [f"expected: {silence}"] if silence else [f"expected: {_line(part)}" for part in failure.expected]
    lines += [f"given: {_line(part)}" for part in failure.given] or ["given: nothing"]
    return "\n".join(lines)


def _line(passage: Passage) -> str:
    return f"[{passage.document_id}] {passage.quote}"


def _allowed(text: str) -> str:
    r"""Write what XML forbids as an escape that people can read, such as ``\x1b``."""
    return _FORBIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
