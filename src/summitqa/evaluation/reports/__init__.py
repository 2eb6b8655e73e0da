"""Reports: a run written down for machines, for CI and for people, from the same results.

``write_reports`` makes a folder of ``report.json``, ``report.md``, ``junit.xml`` and ``report.html``; ``load_report``
reads the first one back. ``write_result`` does so for other formats than gold questions, without ``junit.xml``.
"""

from summitqa.evaluation.reports.json_report import load_report
from summitqa.evaluation.reports.markdown import result_table
from summitqa.evaluation.reports.writing import check_report_folder, write_reports, write_result

__all__ = ["check_report_folder", "load_report", "result_table", "write_reports", "write_result"]
