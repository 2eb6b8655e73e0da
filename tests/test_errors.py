"""The error tree."""

import inspect

from summitqa import errors


def drawn() -> list[tuple[str, str | None]]:
    """Return (class, parent) pairs of the drawing in the module's docstring."""
    pairs: list[tuple[str, str | None]] = []
    stack: list[tuple[int, str]] = []
    for line in inspect.getdoc(errors).splitlines() if inspect.getdoc(errors) else []:  # type: ignore[union-attr]
        name = line.strip("│├└─ ")
        if not name.endswith("Error") or " " in name:
            continue
        depth = len(line) - len(line.lstrip("│├└─ "))
        stack = [(d, n) for d, n in stack if d < depth]
        pairs.append((name, stack[-1][1] if stack else None))
        stack.append((depth, name))
    return pairs


def test_the_drawing_shows_every_class_under_its_parent() -> None:
    """The tree in the docstring and the classes agree."""
    classes = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.SummitQAError)]
    actual = {(c.__name__, c.__mro__[1].__name__ if c is not errors.SummitQAError else None) for c in classes}
    assert set(drawn()) == actual
