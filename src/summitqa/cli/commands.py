"""The commands of ``summitqa``; each loads what it needs when it runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitqa import __version__

if TYPE_CHECKING:
    from summitqa.settings import Settings

NO_ANSWER = 3

app = typer.Typer(
    help="Ask your documents; the answer is the author's own words, with a citation that can be checked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index (default: index, or SUMMITQA_INDEX_DIR).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]
SourcesArgument = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders (.txt, .md) to index (default: seeds).")
]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"summitqa {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options that come before the command."""


@app.command()
def index(
    sources: SourcesArgument = None,
    index_dir: IndexOption = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Start from nothing, even if the old index is damaged.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Make the index hold exactly these documents; unchanged ones are not embedded again."""
    from summitqa.cli.printing import print_summary
    from summitqa.engine import build_index

    settings = _settings(index_dir=index_dir)
    with _embedding_progress() as progress:
        summary = build_index(sources or [Path("seeds")], settings, rebuild=rebuild, progress=progress)
    print_summary(summary, settings.index_dir, as_json=as_json)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in plain words; - reads it from standard input.")],
    index_dir: IndexOption = None,
    document: Annotated[list[str] | None, typer.Option(help="Ask only this document (id); may be repeated.")] = None,
    budget_ms: Annotated[
        int | None, typer.Option(min=1, help="Milliseconds to answer in: fewer passages are read.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask one question. Exit code 0 when answered, 3 when the documents don't say."""
    from summitqa.cli.printing import print_answer
    from summitqa.engine import open_engine
    from summitqa.schemas import answer_to_json
    from summitqa.types import NoAnswer

    if question == "-":
        question = sys.stdin.read()
    with open_engine(_settings(index_dir=index_dir)) as engine:
        outcome = engine.ask(question, document_ids=document, budget_ms=budget_ms)
    if as_json:
        _print_json(answer_to_json(outcome).model_dump(mode="json"))
    else:
        print_answer(outcome)
    if isinstance(outcome, NoAnswer):
        raise typer.Exit(NO_ANSWER)


@app.command()
def serve(
    source: Annotated[
        list[Path] | None,
        typer.Option(help="Bring the index up to date with these files and folders first; may be repeated."),
    ] = None,
    index_dir: IndexOption = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on (default: 127.0.0.1).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (default: 8000).")] = None,
    as_json: JsonOption = False,
) -> None:
    """Serve the HTTP API and the web page; with --json, a line with the URL is printed once it answers."""
    from summitqa.api import create_app
    from summitqa.api import serve as run_server
    from summitqa.cli.printing import print_notice, print_summary
    from summitqa.engine import build_index, open_engine

    settings = _settings(index_dir=index_dir, host=host, port=port)
    if source:
        with _embedding_progress() as progress:
            summary = build_index(source, settings, progress=progress)
        print_summary(summary, settings.index_dir, as_json=as_json)
    web = create_app(open_engine(settings), workers=settings.workers, queue_size=settings.queue_size, close_engine=True)

    def announce(url: str) -> None:
        if as_json:
            typer.echo(json.dumps({"url": url}))
        else:
            print_notice(f"summitqa serves {url} (stop with Ctrl-C)")

    run_server(web, settings.host, settings.port, announce=announce)


@app.command()
def doctor(index_dir: IndexOption = None, as_json: JsonOption = False) -> None:
    """Show versions, models, index and disk, what is wrong and how to mend it. Exit code 1 if anything is."""
    from dataclasses import asdict

    from summitqa.cli.printing import print_report
    from summitqa.doctor import examine

    report = examine(_settings(index_dir=index_dir))
    if as_json:
        _print_json(asdict(report))
    else:
        print_report(report)
    if report.problems:
        raise typer.Exit(1)


@app.command(name="eval")
def evaluate(
    gold: Annotated[Path, typer.Option(help="Gold questions, one JSON object a line.")] = Path("eval/gold.jsonl"),
    index_dir: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Measure the answers against gold questions. Exit code 2 when the gold file is wrong."""
    from summitqa.cli.printing import print_error, print_evaluation
    from summitqa.engine import open_engine
    from summitqa.errors import EvaluationDataError
    from summitqa.evaluation import evaluate_gold

    with open_engine(_settings(index_dir=index_dir)) as engine:
        try:
            result = evaluate_gold(gold, engine)
        except EvaluationDataError as error:
            print_error(str(error))
            raise typer.Exit(2) from error
    if as_json:
        _print_json(result.to_json())
    else:
        print_evaluation(result)


def _settings(**given: Any) -> Settings:
    """Return the settings of the environment, with what was given on the command line on top."""
    from pydantic import ValidationError

    from summitqa.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = f"--{field}" if given.get(field) is not None else f"SUMMITQA_{field.upper()}"
        print(f"error: {name}: {first['msg']}, found {str(first['input'])!r}; change or unset it", file=sys.stderr)
        raise typer.Exit(2) from error


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _embedding_progress() -> Any:
    from summitqa.cli.printing import embedding_progress

    return embedding_progress()
