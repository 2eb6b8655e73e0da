"""A run over a data set of another format than gold questions. Imported once it is known that there is one."""

from __future__ import annotations

from summitqa import __version__
from summitqa.cli.options import settings_of
from summitqa.cli.printing import progress_bars
from summitqa.cli.request import Request, step_summary
from summitqa.cli.results import print_result
from summitqa.engine import open_passage_encoder
from summitqa.evaluation.formats import BeirResult, RunOptions, SquadResult, evaluate_beir, evaluate_squad
from summitqa.evaluation.harness import journal_path, remove_journals
from summitqa.evaluation.reports import check_report_folder, write_result
from summitqa.models.reader import open_reader


def evaluate_format(request: Request) -> int:
    """Ask the questions, write and print; return the exit code, which is 0: there are no gates.

    Raises:
        SummitQAError: if data or options cannot be used.
    """
    if request.report is not None:
        check_report_folder(request.report)
    journals = request.journals
    if journals is not None and not request.resume:
        remove_journals(journals, [request.data_format])
    with progress_bars("embedding passages", "asking") as (index_progress, progress):
        options = RunOptions(
            sample=request.sample,
            seed=request.seed,
            journal=journal_path(journals, request.data_format) if journals is not None else None,
            index_dir=request.index_cache / request.data_format if request.index_cache is not None else None,
            progress=progress,
            index_progress=index_progress,
        )
        result = _ask(request, options)
    if request.report is not None:
        write_result(request.report, result, generated_by=f"summitqa {__version__}", step_summary=step_summary())
    if journals is not None and not result.failures:
        remove_journals(journals, [request.data_format])
    print_result(result, request.report, as_json=request.as_json)
    return 0


def _ask(request: Request, options: RunOptions) -> SquadResult | BeirResult:
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
