"""Options that several commands share, and the settings they add up to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitqa.cli.exits import EXIT_USAGE
from summitqa.cli.notices import print_error

if TYPE_CHECKING:
    from summitqa.settings import Settings

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of the index (default: index, or SUMMITQA_INDEX_DIR).")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def settings_of(**given: Any) -> Settings:
    """Return the settings of the environment, with what was given on the command line on top."""
    from pydantic import ValidationError

    from summitqa.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        field = str(first["loc"][0])
        name = f"--{field}" if given.get(field) is not None else f"SUMMITQA_{field.upper()}"
        print_error(f"{name}: {first['msg']}, found {str(first['input'])!r}; change or unset it")
        raise typer.Exit(EXIT_USAGE) from error
