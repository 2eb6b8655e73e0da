"""The commands of ``summitqa``; each loads what it needs when it runs."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from summitqa import __version__
from summitqa.cli.chat import UrlOption, chat, refuse_both
from summitqa.cli.evaluation import evaluate
from summitqa.cli.exits import EXIT_ERROR, EXIT_NO_ANSWER
from summitqa.cli.notices import print_notice
from summitqa.cli.options import IndexOption, JsonOption, settings_of

app = typer.Typer(
    help="Ask your documents; the answer is the author's own words, with a citation that can be checked.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

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
    from summitqa.cli.printing import print_summary, progress_bar
    from summitqa.engine import build_index

    settings = settings_of(index_dir=index_dir)
    with progress_bar("embedding passages") as progress:
        summary = build_index(sources or [Path("seeds")], settings, rebuild=rebuild, progress=progress)
    print_summary(summary, settings.index_dir, as_json=as_json)


@app.command()
def ask(  # noqa: PLR0913 -- the options of a command
    question: Annotated[str, typer.Argument(help="The question, in plain words; - reads it from standard input.")],
    *,
    index_dir: IndexOption = None,
    url: UrlOption = None,
    document: Annotated[list[str] | None, typer.Option(help="Ask only this document (id); may be repeated.")] = None,
    budget_ms: Annotated[
        int | None, typer.Option(min=1, help="Milliseconds to answer in: fewer passages are read.")
    ] = None,
    as_typed: Annotated[bool, typer.Option("--as-typed", help="Correct no typing mistakes.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask one question. Exit code 0 when answered, 3 when the documents don't say."""
    from summitqa.cli.answers import print_answer, result_console
    from summitqa.cli.asking import open_asked

    refuse_both(url, index_dir)
    if question == "-":
        question = sys.stdin.read()
    with open_asked(url, index_dir) as asked:
        answer = asked.ask(question, resolve=not as_typed, document_ids=document, budget_ms=budget_ms)
    if as_json:
        _print_json(answer.model_dump(mode="json"))
    else:
        print_answer(answer, result_console(), typed_hint="--as-typed asks as typed")
    if answer.outcome == "no_answer":
        raise typer.Exit(EXIT_NO_ANSWER)


app.command()(chat)


@app.command()
def mcp(index_dir: IndexOption = None) -> None:
    """Serve the documents to an MCP client over standard input and output."""
    from summitqa.engine import open_engine
    from summitqa.mcp import serve_stdio

    with open_engine(settings_of(index_dir=index_dir)) as engine:
        serve_stdio(engine)


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
    """Serve the HTTP API and the web page; with --json, one line with the URL is printed once it answers."""
    from summitqa.api import create_app
    from summitqa.api import serve as run_server
    from summitqa.cli.printing import print_summary, progress_bar
    from summitqa.engine import build_index, open_engine

    settings = settings_of(index_dir=index_dir, host=host, port=port)
    if source:
        with progress_bar("embedding passages") as progress:
            summary = build_index(source, settings, progress=progress)
        print_summary(summary, settings.index_dir, as_json=False)
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

    report = examine(settings_of(index_dir=index_dir))
    if as_json:
        _print_json(asdict(report))
    else:
        print_report(report)
    if report.problems:
        raise typer.Exit(EXIT_ERROR)


app.command(name="eval")(evaluate)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
