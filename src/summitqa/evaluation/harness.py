"""The harness: a question set is checked, sampled, asked and summarised.

Owns the order of the steps, and the journals that make a run resumable. Knows nothing of gates, terminals or reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summitqa.errors import EvaluationDataError
from summitqa.evaluation.formats.sampling import choose_sample
from summitqa.evaluation.gold import Fault, GoldQuestion, lint_gold, load_gold
from summitqa.evaluation.journal import Journal, file_digest, run_digest
from summitqa.evaluation.measures.questions import has_failed
from summitqa.evaluation.records import Evaluation, Record
from summitqa.evaluation.reports.json_report import record_from_json, record_to_json
from summitqa.evaluation.runner import Target, run_questions, written_out
from summitqa.evaluation.suite import QuestionSet
from summitqa.evaluation.summary import summarise
from summitqa.evaluation.systems import Bar, no_bar, open_documents, open_target
from summitqa.settings import Settings


@dataclass(frozen=True, slots=True)
class HarnessOptions:
    """How questions are asked, and what is kept of it.

    Attributes:
        timeout_s: seconds a question may take.
        workers: questions asked at the same time.
        sample: number of questions of each set; ``None`` for all.
        seed: which sample.
        journals: folder of the journals, one a set; ``None`` for a run that cannot be resumed.
        resume: go on with the journals that are there, instead of beginning anew.
        index_cache: folder in which indexes made for the run are kept; ``None`` for a temporary one.
    """

    timeout_s: float = 30.0
    workers: int = 1
    sample: int | None = None
    seed: int = 7
    journals: Path | None = None
    resume: bool = False
    index_cache: Path | None = None


def lint_set(question_set: QuestionSet, settings: Settings) -> tuple[int, list[Fault]]:
    """Return the number of questions of a set without any fault, 0 otherwise, and all faults.

    Raises:
        SummitQAError: if documents, index or server cannot be used.
    """
    with open_documents(question_set, settings) as document_of:
        faults = lint_gold(question_set.gold, document_of)
        return (0 if faults else len(load_gold(question_set.gold, document_of))), faults


def load_questions(question_set: QuestionSet, settings: Settings, options: HarnessOptions) -> list[GoldQuestion]:
    """Return the questions of a set that are asked, checked against its documents.

    Raises:
        EvaluationDataError: with the line number of the first fault.
        SummitQAError: if documents, index or server cannot be used.
    """
    with open_documents(question_set, settings) as document_of:
        questions = load_gold(question_set.gold, document_of)
    chosen = choose_sample((question.id for question in questions), options.sample, options.seed)
    return [question for question in questions if question.id in chosen]


def evaluate_set(
    question_set: QuestionSet,
    questions: Sequence[GoldQuestion],
    settings: Settings,
    options: HarnessOptions,
    bar: Bar = no_bar,
) -> Evaluation:
    """Ask *questions*, and the follow-ups among them written out as well, and summarise.

    Raises:
        EvaluationDataError: if the journal is another run's.
        SummitQAError: if the system cannot be opened; what happens to one question is in its record.
    """
    asked = [*questions, *written_out(questions)]
    opened = open_target(question_set, settings, timeout_s=options.timeout_s, index_cache=options.index_cache, bar=bar)
    with opened as target:
        system = target.system()
        with _journal(question_set, questions, target, options) as journal, bar(question_set.name) as progress:
            records = run_questions(
                asked,
                target,
                timeout_s=options.timeout_s,
                workers=options.workers,
                progress=progress,
                done=_done(journal, asked, question_set.name),
                on_record=lambda record: _note(journal, record),
            )
    own, alone = records[: len(questions)], records[len(questions) :]
    return summarise(question_set.name, system, own, alone)


def journal_path(folder: Path, name: str) -> Path:
    """Return where the journal of the question set *name* is."""
    return folder / f"{name}.jsonl"


def remove_journals(folder: Path, names: Sequence[str]) -> None:
    """Remove the journals of a run that is over, and their folder if nothing else is in it."""
    for name in names:
        journal_path(folder, name).unlink(missing_ok=True)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _journal(
    question_set: QuestionSet, questions: Sequence[GoldQuestion], target: Target, options: HarnessOptions
) -> Journal:
    if options.journals is None:
        return Journal(None, {})
    path = journal_path(options.journals, question_set.name)
    if not options.resume:
        path.unlink(missing_ok=True)
    return Journal(path, _identity(question_set, questions, target, options))


def _identity(
    question_set: QuestionSet, questions: Sequence[GoldQuestion], target: Target, options: HarnessOptions
) -> dict[str, Any]:
    """Return what a run is made of. Of the documents it takes those with evidence: a server may have many more."""
    cited = sorted({part.document_id for question in questions for part in question.evidence})
    return {
        "gold": file_digest(question_set.gold),
        "documents": run_digest({document_id: target.document(document_id).sha256 for document_id in cited}),
        "system": target.system(),
        "options": {"sample": options.sample, "seed": options.seed},
    }


def _done(journal: Journal, asked: Sequence[GoldQuestion], name: str) -> dict[str, Record]:
    try:
        return {question.id: record_from_json(journal[question.id]) for question in asked if question.id in journal}
    except EvaluationDataError as error:
        raise EvaluationDataError(f"journal of {name}: {error}; run again without --resume") from error


def _note(journal: Journal, record: Record) -> None:
    """Keep what a question gave; one that failed is asked again when the run is resumed."""
    if not has_failed(record):
        journal.add(record.id, record_to_json(record))
