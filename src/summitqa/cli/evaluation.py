"""The command ``summitqa eval``: its options, the order in which things are done, and the exit code.

Exit codes: 0, 1 for a broken gate or a significant loss, 2 for data or options that cannot be used.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from summitqa.cli.options import JsonOption, settings_of
from summitqa.cli.request import Format, Request, check_request, harness_options, question_sets, step_summary

if TYPE_CHECKING:
    from summitqa.evaluation.formats import BeirResult, SquadResult
    from summitqa.evaluation.formats.asking import RunOptions
    from summitqa.evaluation.reports.content import Report

EXIT_BREACH = 1
EXIT_DATA = 2


def evaluate(  # noqa: PLR0913 -- the options of a command
    *,
    gold: Annotated[
        Path | None, typer.Option(help="Gold questions, one JSON object a line; a SQuAD file; a BEIR folder.")
    ] = None,
    documents: Annotated[
        list[Path] | None, typer.Option(help="Index these files and folders for the run; may be repeated.")
    ] = None,
    index_dir: Annotated[
        Path | None, typer.Option("--index", help="Ask this index instead (default: index, or SUMMITQA_INDEX_DIR).")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Ask the server at this address instead.")] = None,
    suite: Annotated[
        Path | None, typer.Option(help="TOML file that names several question sets with their documents.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Name of the question set (default: that of its file).")] = None,
    data_format: Annotated[Format, typer.Option("--format", help="What --gold is.")] = "gold",
    reader_only: Annotated[
        bool, typer.Option("--reader-only", help="SQuAD: give each question its own context.")
    ] = False,
    sample: Annotated[int | None, typer.Option(min=1, help="Ask this many questions of each set.")] = None,
    seed: Annotated[int, typer.Option(help="Which sample.")] = 7,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with a run to the same --report that was broken off.")
    ] = False,
    timeout: Annotated[float | None, typer.Option(min=0.01, help="Seconds a question may take (default: 30).")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Questions asked at the same time (default: 1).")] = None,
    thresholds: Annotated[Path | None, typer.Option(help="TOML file of gates; a broken one is exit code 1.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="report.json of an earlier run; a significant loss is exit code 1.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder to write report.html, .md, .json, junit.xml to.")] = None,
    index_cache: Annotated[
        Path | None, typer.Option(help="Folder that keeps the indexes of --documents, --suite and formats.")
    ] = None,
    lint: Annotated[bool, typer.Option("--lint", help="Only check the gold file, and tell every fault.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Measure the answers to gold questions. Exit code 1 when a gate is broken, 2 when data or options are wrong."""
    request = Request(
        gold=gold,
        suite=suite,
        index_dir=index_dir,
        documents=tuple(documents or ()),
        url=url,
        name=name,
        data_format=data_format,
        reader_only=reader_only,
        sample=sample,
        seed=seed,
        resume=resume,
        timeout_s=timeout,
        workers=workers,
        thresholds=thresholds,
        baseline=baseline,
        report=report,
        index_cache=index_cache,
        lint=lint,
        as_json=as_json,
    )
    with _data_errors():
        check_request(request)
        if data_format != "gold":
            _evaluate_format(request)
        elif lint:
            _lint(request)
        else:
            _evaluate_gold(request)


@contextmanager
def _data_errors() -> Iterator[None]:
    """Turn every error of ours into one line and exit code 2: code 1 is kept for answers that got worse."""
    from summitqa.cli.printing import print_error
    from summitqa.errors import SummitQAError

    logger = logging.getLogger("summitqa.evaluation")
    level = logger.level
    if not os.environ.get("SUMMITQA_DEBUG"):
        # A question that fails is listed in the results; its traceback is for those who ask for it.
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    except SummitQAError as error:
        print_error(str(error))
        raise typer.Exit(EXIT_DATA) from error
    finally:
        logger.setLevel(level)


def _lint(request: Request) -> None:
    from summitqa.cli.results import print_faults
    from summitqa.evaluation.harness import lint_set

    settings = settings_of()
    checked = {question_set.gold: lint_set(question_set, settings) for question_set in question_sets(request)}
    print_faults(checked, as_json=request.as_json)
    if any(faults for _, faults in checked.values()):
        raise typer.Exit(EXIT_DATA)


def _evaluate_gold(request: Request) -> None:
    from summitqa.cli.printing import progress_bar
    from summitqa.cli.results import print_run
    from summitqa.evaluation.criteria import check_criteria, judge, load_criteria
    from summitqa.evaluation.harness import evaluate_set, load_questions, remove_journals
    from summitqa.evaluation.reports import check_report_folder

    # All that can be wrong with what was given is found before the run, which may take long.
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
        _write_reports(request.report, result)
    if options.journals is not None:
        remove_journals(options.journals, [one.name for one in sets])
    print_run(result, request.report, as_json=request.as_json)
    if result.breaches:
        raise typer.Exit(EXIT_BREACH)


def _write_reports(folder: Path, result: Report) -> None:
    from summitqa.evaluation.reports import write_reports

    write_reports(
        folder,
        result.evaluations,
        breaches=result.breaches,
        comparisons=result.comparisons,
        generated_by=result.generated_by,
        step_summary=step_summary(),
    )


def _evaluate_format(request: Request) -> None:
    from summitqa import __version__
    from summitqa.cli.printing import progress_bars
    from summitqa.cli.results import print_tables
    from summitqa.evaluation.formats.asking import RunOptions
    from summitqa.evaluation.harness import journal_path, remove_journals
    from summitqa.evaluation.reports import check_report_folder, write_tables

    if request.report is not None:
        check_report_folder(request.report)
    if request.journals is not None and not request.resume:
        remove_journals(request.journals, [request.data_format])
    with progress_bars("embedding passages", "asking") as (index_progress, progress):
        options = RunOptions(
            sample=request.sample,
            seed=request.seed,
            journal=journal_path(request.journals, request.data_format) if request.journals is not None else None,
            index_dir=request.index_cache / request.data_format if request.index_cache is not None else None,
            progress=progress,
            index_progress=index_progress,
        )
        result = _result(request, options)
    content = result.to_json()
    if request.report is not None:
        made_by = f"summitqa {__version__}"
        write_tables(request.report, result.tables(), content, generated_by=made_by, step_summary=step_summary())
    if request.journals is not None and not result.failures:
        remove_journals(request.journals, [request.data_format])
    failures = [(failure.id, failure.question, failure.error or "") for failure in result.failures]
    print_tables(result.tables(), failures, content, request.report, as_json=request.as_json)


def _result(request: Request, options: RunOptions) -> SquadResult | BeirResult:
    from summitqa.engine import open_passage_encoder
    from summitqa.evaluation.formats import evaluate_beir, evaluate_squad
    from summitqa.models.reader import open_reader

    assert request.gold is not None
    settings = settings_of()
    encoder = open_passage_encoder(settings)
    if request.data_format == "beir":
        return evaluate_beir(request.gold, encoder=encoder, settings=settings, options=options)
    return evaluate_squad(
        request.gold,
        encoder=encoder,
        reader=open_reader(threads=settings.threads),
        settings=settings,
        mode="reader_only" if request.reader_only else "corpus",
        options=options,
    )
