"""The command ``summitqa eval``: what was asked for, who does it, and the exit code.

Exit codes: 0, 1 for a broken gate or a significant loss, 2 for data or options that cannot be used.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from summitqa.cli import evaluation_options as options
from summitqa.cli.exits import EXIT_DATA
from summitqa.cli.notices import print_error
from summitqa.cli.options import JsonOption
from summitqa.cli.request import Request, check_request


def evaluate(  # noqa: PLR0913 -- the options of a command
    *,
    gold: options.GoldOption = None,
    documents: options.DocumentsOption = None,
    index_dir: options.IndexOption = None,
    url: options.UrlOption = None,
    suite: options.SuiteOption = None,
    name: options.NameOption = None,
    data_format: options.FormatOption = "gold",
    reader_only: options.ReaderOnlyOption = False,
    sample: options.SampleOption = None,
    seed: options.SeedOption = 7,
    resume: options.ResumeOption = False,
    timeout: options.TimeoutOption = None,
    workers: options.WorkersOption = None,
    thresholds: options.ThresholdsOption = None,
    baseline: options.BaselineOption = None,
    report: options.ReportOption = None,
    index_cache: options.IndexCacheOption = None,
    lint: options.LintOption = False,
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
        code = _run(request)
    raise typer.Exit(code)


def _run(request: Request) -> int:
    """Do what was asked for, if it fits together; return the exit code."""
    check_request(request)
    if request.data_format != "gold":
        from summitqa.cli.format_run import evaluate_format

        return evaluate_format(request)
    from summitqa.cli.gold_run import evaluate_gold, lint_gold

    return lint_gold(request) if request.lint else evaluate_gold(request)


@contextmanager
def _data_errors() -> Iterator[None]:
    """Turn every error of ours into one line and exit code 2: code 1 is kept for answers that got worse."""
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
