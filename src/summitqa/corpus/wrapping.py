"""Which lines of a plain text continue the line above: telling wrapped prose from one line a paragraph."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from summitqa.corpus.lines import Line, ends_sentence

_MIN_WRAPPED_LINE = 40
_MIN_CONTINUED_LINE = 20
_MIN_SHARE = 0.25


def find_continuations(lines: Sequence[Line], openers: Collection[int], closed: Collection[int]) -> set[int]:
    """Return the numbers of the lines that continue the line above them.

    A text is wrapped if a quarter of its neighbouring lines or more run on in lower case. In such a text a
    line goes on when the next begins in lower case, or when the next one's first word would not have
    fitted any more. In any text it goes on in lower case after a comma, and in an item by indentation.

    Args:
        lines: all lines of the text.
        openers: lines that begin something of their own by their mark; they continue nothing.
        closed: lines that nothing continues: rules, table rows, bullets alone on their line.
    """
    pairs = [
        i
        for i in range(1, len(lines))
        if not (lines[i].is_blank or lines[i - 1].is_blank or i in openers or i in closed or i - 1 in closed)
    ]
    running_on = [i for i in pairs if _runs_on(lines[i - 1], lines[i], _MIN_WRAPPED_LINE)]
    wrapped = bool(running_on) and len(running_on) >= _MIN_SHARE * len(pairs)
    width = _width([lines[i - 1] for i in running_on]) if wrapped else 0
    found: set[int] = set()
    item_indent: int | None = None
    neighbours = set(pairs)
    for i, line in enumerate(lines):
        if i in openers:
            item_indent = line.indent
        elif i not in neighbours:
            item_indent = None
        elif (
            (item_indent is not None and line.indent > item_indent)
            or (wrapped and _continues(lines[i - 1], line, width, item_indent))
            or (lines[i - 1].text.endswith(",") and line.text[0].islower())
        ):
            found.add(i)
        else:
            item_indent = None
    return found


def _runs_on(above: Line, line: Line, min_length: int) -> bool:
    """Tell whether *line* visibly goes on in the middle of a sentence."""
    first = line.text[0]
    return (
        len(above.text) >= min_length
        and first.isalpha()
        and not first.isupper()
        and not ends_sentence(above.text)
        and not above.text.endswith(":")
    )


def _continues(above: Line, line: Line, width: int, item_indent: int | None) -> bool:
    if _runs_on(above, line, _MIN_CONTINUED_LINE):
        return True
    indented_anew = item_indent is None and line.indent > above.indent
    first_word = line.text.split(maxsplit=1)[0]
    fitted = above.indent + len(above.text) + 1 + len(first_word) <= width
    return not (fitted or indented_anew or above.text.endswith(":"))


def _width(lines: Sequence[Line]) -> int:
    """Return the line width that nine of ten of *lines* keep to, in characters."""
    lengths = sorted(line.indent + len(line.text) for line in lines)
    return lengths[int(0.9 * (len(lengths) - 1))]
