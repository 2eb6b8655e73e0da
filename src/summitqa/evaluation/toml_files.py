"""TOML files: read whole, or told in one line why not. Knows nothing of what is in them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from summitqa.errors import EvaluationDataError


def read_toml(path: Path, option: str) -> dict[str, Any]:
    """Return the tables of the file *path*, which was named with *option*.

    Raises:
        EvaluationDataError: if it is missing, no TOML, or cannot be read.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EvaluationDataError(f"{path}: no such file; name one with {option}") from error
    except tomllib.TOMLDecodeError as error:
        raise EvaluationDataError(f"{path}: not TOML: {' '.join(str(error).split())}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationDataError(f"{path}: cannot be read as UTF-8 ({error})") from error
