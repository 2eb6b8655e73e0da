"""What ``summitqa eval`` was asked for on the command line, whether it fits together, and what it comes to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from summitqa.cli.evaluation_options import Format

if TYPE_CHECKING:
    from summitqa.evaluation.harness import HarnessOptions
    from summitqa.evaluation.suite import QuestionSet


@dataclass(frozen=True, slots=True)
class Request:
    """What was given on the command line."""

    gold: Path | None
    suite: Path | None
    index_dir: Path | None
    documents: tuple[Path, ...]
    url: str | None
    name: str | None
    data_format: Format
    reader_only: bool
    sample: int | None
    seed: int
    resume: bool
    timeout_s: float | None
    workers: int | None
    thresholds: Path | None
    baseline: Path | None
    report: Path | None
    index_cache: Path | None
    lint: bool
    as_json: bool

    @property
    def journals(self) -> Path | None:
        """Folder of the journals: beside the report's, which holds nothing but reports."""
        if self.report is None:
            return None
        folder = self.report.resolve()
        return folder.with_name(f"{folder.name}.journal")


def check_request(request: Request) -> None:
    """See that the options fit together.

    Raises:
        EvaluationDataError: if they do not.
    """
    from summitqa.errors import EvaluationDataError

    for fault in _faults(request):
        raise EvaluationDataError(fault)


def _faults(request: Request) -> Iterator[str]:
    if request.gold is None and request.suite is None:
        yield "no questions; name a file with --gold, or several sets with --suite"
    asked = {
        "--suite": request.suite is not None,
        "--documents": bool(request.documents),
        "--index": request.index_dir is not None,
        "--url": request.url is not None,
    }
    named = [option for option, is_given in asked.items() if is_given]
    if len(named) > 1:
        yield f"{named[0]} and {named[1]} cannot go together; each says what is asked, leave one out"
    if request.suite is not None and (request.gold is not None or request.name is not None):
        yield f"--suite names its sets itself; leave {'--gold' if request.gold is not None else '--name'} out"
    if request.resume and request.report is None:
        yield "--resume needs --report: the journal of a run is kept beside its report"
    if request.reader_only and request.data_format != "squad":
        yield "--reader-only is for --format squad; leave it out"
    for option in _gold_only(request, named) if request.data_format != "gold" else ():
        yield f"{option} is for gold questions, not for --format {request.data_format}; leave it out"


def _gold_only(request: Request, named: Iterable[str]) -> Iterator[str]:
    """Yield the options given that only gold questions can take."""
    yield from named
    others = {
        "--name": request.name,
        "--timeout": request.timeout_s,
        "--workers": request.workers,
        "--thresholds": request.thresholds,
        "--baseline": request.baseline,
        "--lint": request.lint or None,
    }
    yield from (option for option, given in others.items() if given is not None)


def question_sets(request: Request) -> list[QuestionSet]:
    """Return what is asked of what.

    Raises:
        EvaluationDataError: if a name or the suite file is wrong.
    """
    from summitqa.evaluation.suite import QuestionSet, check_name, load_suite, name_of

    if request.suite is not None:
        return load_suite(request.suite)
    assert request.gold is not None
    name = check_name(request.name) if request.name is not None else name_of(request.gold)
    return [QuestionSet(name, request.gold, request.documents, request.index_dir, request.url)]


def harness_options(request: Request) -> HarnessOptions:
    """Return how the questions are asked."""
    from summitqa.evaluation.harness import HarnessOptions

    return HarnessOptions(
        timeout_s=request.timeout_s or 30.0,
        workers=request.workers or 1,
        sample=request.sample,
        seed=request.seed,
        journals=request.journals,
        resume=request.resume,
        index_cache=request.index_cache,
    )


def step_summary() -> Path | None:
    """Return the file that GitHub Actions shows as the summary of a job, if this is one."""
    named = os.environ.get("GITHUB_STEP_SUMMARY")
    return Path(named) if named else None
