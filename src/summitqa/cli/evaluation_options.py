"""The options of ``summitqa eval``, each with what its help says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Format = Literal["gold", "squad", "beir"]

GoldOption = Annotated[
    Path | None, typer.Option(help="Gold questions, one JSON object a line; a SQuAD file; a BEIR folder.")
]
DocumentsOption = Annotated[
    list[Path] | None, typer.Option(help="Index these files and folders for the run; may be repeated.")
]
IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Ask this index instead (default: index, or SUMMITQA_INDEX_DIR).")
]
UrlOption = Annotated[str | None, typer.Option(help="Ask the server at this address instead.")]
SuiteOption = Annotated[
    Path | None, typer.Option(help="TOML file that names several question sets with their documents.")
]
NameOption = Annotated[str | None, typer.Option(help="Name of the question set (default: that of its file).")]
FormatOption = Annotated[Format, typer.Option("--format", help="What --gold is.")]
ReaderOnlyOption = Annotated[bool, typer.Option("--reader-only", help="SQuAD: give each question its own context.")]
SampleOption = Annotated[int | None, typer.Option(min=1, help="Ask this many questions of each set.")]
SeedOption = Annotated[int, typer.Option(help="Which sample.")]
ResumeOption = Annotated[
    bool, typer.Option("--resume", help="Go on with a run to the same --report that was broken off.")
]
TimeoutOption = Annotated[float | None, typer.Option(min=0.01, help="Seconds a question may take (default: 30).")]
WorkersOption = Annotated[int | None, typer.Option(min=1, help="Questions asked at the same time (default: 1).")]
ThresholdsOption = Annotated[Path | None, typer.Option(help="TOML file of gates; a broken one is exit code 1.")]
BaselineOption = Annotated[
    Path | None, typer.Option(help="report.json of an earlier run; a significant loss is exit code 1.")
]
ReportOption = Annotated[Path | None, typer.Option(help="Folder to write report.html, .md, .json, junit.xml to.")]
IndexCacheOption = Annotated[
    Path | None, typer.Option(help="Folder that keeps the indexes of --documents, --suite and formats.")
]
LintOption = Annotated[bool, typer.Option("--lint", help="Only check the gold file, and tell every fault.")]
