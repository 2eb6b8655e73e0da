"""A run over gold questions, or a check of their files. Imported once it is known that there is one."""

from __future__ import annotations

from summitqa.cli.exits import EXIT_BREACH, EXIT_DATA
from summitqa.cli.options import settings_of
from summitqa.cli.printing import progress_bar
from summitqa.cli.request import Request, harness_options, question_sets, step_summary
from summitqa.cli.results import print_faults, print_run
from summitqa.evaluation.criteria import check_criteria, judge, load_criteria
from summitqa.evaluation.harness import evaluate_set, lint_set, load_questions, remove_journals
from summitqa.evaluation.reports import check_report_folder, write_reports


def lint_gold(request: Request) -> int:
    """Tell every fault of the gold files; return the exit code.

    Raises:
        SummitQAError: if the documents cannot be read.
    """
    settings = settings_of()
    checked = {question_set.gold: lint_set(question_set, settings) for question_set in question_sets(request)}
    print_faults(checked, as_json=request.as_json)
    return EXIT_DATA if any(faults for _, faults in checked.values()) else 0


def evaluate_gold(request: Request) -> int:
    """Ask the questions, hold the answers against gates and baseline, write and print; return the exit code.

    Raises:
        SummitQAError: if data or options cannot be used; all that can be known before is told before the run, which
            may take long.
    """
    if request.report is not None:
        check_report_folder(request.report)
    settings, options, sets = settings_of(), harness_options(request), question_sets(request)
    only = sets[0].name if request.suite is None else None
    criteria = load_criteria(request.thresholds, request.baseline, only=only)
    questions = {one.name: load_questions(one, settings, options) for one in sets}
    check_criteria(criteria, questions)
    run = [evaluate_set(one, questions[one.name], settings, options, progress_bar) for one in sets]
    result = judge(run, criteria)
    if request.report is not None:
        write_reports(
            request.report,
            result.evaluations,
            breaches=result.breaches,
            comparisons=result.comparisons,
            generated_by=result.generated_by,
            step_summary=step_summary(),
        )
    if options.journals is not None:
        remove_journals(options.journals, [one.name for one in sets])
    print_run(result, request.report, as_json=request.as_json)
    return EXIT_BREACH if result.breaches else 0
