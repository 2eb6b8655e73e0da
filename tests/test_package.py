"""The package as a whole: what it exports and what importing it costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import summitqa

MODEL_LIBRARIES = ("torch", "transformers", "sentence_transformers", "onnxruntime", "faiss", "sklearn")
TESTS = sorted(Path(__file__).parent.rglob("test_*.py"))


def modules_after(statement: str) -> set[str]:
    """Return the names of the modules loaded in a new interpreter after *statement*."""
    code = f"{statement}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_public_names_are_pinned() -> None:
    """What ``from summitqa import *`` gives changes only on purpose."""
    assert summitqa.__all__ == ["Engine", "__version__", "build_index", "open_engine"]


def test_an_unknown_name_is_an_attribute_error() -> None:
    """The lazy module still refuses names it does not have."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = summitqa.nothing


@pytest.mark.parametrize(
    "statement",
    ["import summitqa", "import summitqa.cli", "import summitqa.engine", "import summitqa.api"],
)
def test_importing_loads_no_model_library(statement: str) -> None:
    """Nothing heavy is loaded before it is needed."""
    assert modules_after(statement).isdisjoint(MODEL_LIBRARIES)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_every_test_says_in_a_sentence_what_it_expects(path: Path) -> None:
    """Each test function has a docstring that ends with a full stop."""
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    ]
    silent = [f.name for f in functions if not (ast.get_docstring(f) or "").rstrip().endswith((".", "?"))]
    assert silent == []
