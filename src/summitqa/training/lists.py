"""Training pairs of list items: an introduction that may not be quoted, then one to four items."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from summitqa.training.fillers import Filler
from summitqa.training.list_themes import LISTS
from summitqa.training.windows import Pair, Window
from summitqa.training.wording import finish_question, lower_first, read_blocks

_NEAR_MISS_SHARE = 0.25
_TAG = re.compile(r"<(/?)([a-z])>")


@dataclass(frozen=True, slots=True)
class _ItemForm:
    template: str
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class _ListTheme:
    introductions: tuple[str, ...]
    forms: tuple[_ItemForm, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    form: _ItemForm
    text: str
    parts: dict[str, tuple[int, int]]

    def words(self) -> dict[str, str]:
        """Return the text of each part, and of each with a small first letter."""
        values = {name: self.text[start:end] for name, (start, end) in self.parts.items()}
        return values | {f"{name}l": lower_first(value) for name, value in values.items()}


def list_pairs(n_pairs: int, rng: random.Random) -> list[Pair]:
    """Return *n_pairs* made-up pairs of the source ``synthetic_lists``."""
    themes = _read_themes(LISTS)
    pairs: list[Pair] = []
    while len(pairs) < n_pairs:
        pair = _list_pair(rng.choice(themes), Filler(rng))
        if pair is not None:
            pairs.append(pair)
    return pairs


def _read_themes(notation: str) -> list[_ListTheme]:
    themes = []
    for block in read_blocks(notation):
        introductions: tuple[str, ...] = ()
        forms: list[_ItemForm] = []
        for mark, rest in block:
            if mark == "=":
                introductions = tuple(rest.split(" | "))
            elif mark == "*":
                forms.append(_ItemForm(rest, ()))
            else:
                part, *asked = rest.split(" | ")
                forms[-1] = _ItemForm(forms[-1].template, (*forms[-1].questions, (part, tuple(asked))))
        themes.append(_ListTheme(introductions, tuple(forms)))
    return themes


def _list_pair(theme: _ListTheme, filler: Filler) -> Pair | None:
    rng = filler.rng
    items = _make_items(theme, filler)
    context = _context(theme, filler)
    hidden, shown = items[0], items[1:]
    rng.shuffle(shown)
    target = rng.randrange(len(shown))
    if rng.random() < _NEAR_MISS_SHARE:
        question, part, asked_with = _ask(hidden, rng)
        if _is_ambiguous(hidden, part, asked_with, shown):
            return None
        first, second = _split(shown, target, rng)
        return Pair("synthetic_lists", question, _window(context, first), _window(context, second), ())
    item = shown[target]
    question, part, asked_with = _ask(item, rng)
    first, second = _split(shown, target, rng)
    others = [other for other in shown if other is not item]
    if _is_ambiguous(item, part, asked_with, others):
        return None
    start = sum(len(other.text) + 1 for other in first[: first.index(item)]) + item.parts[part][0]
    end = start + len(item.words()[part])
    accepted = (item.words()[part],)
    negative = _window(context, second)
    if rng.random() < 0.25:
        others = [other for other in _make_items(theme, filler) if not _is_ambiguous(item, part, asked_with, [other])]
        negative = _window(_context(theme, filler), others[: rng.randint(1, 3)]) if others else negative
    return Pair("synthetic_lists", question, _window(context, first, (start, end)), negative, accepted)


def _is_ambiguous(item: _Item, part: str, asked_with: Sequence[str], others: Sequence[_Item]) -> bool:
    """Tell whether another item could answer too: the same words asked with, or the same form unnamed."""
    values = item.words()
    for other in others:
        theirs = other.words()
        if asked_with and all(theirs.get(name) == values[name] for name in asked_with):
            return True
        if asked_with and any(values[name].casefold() in other.text.casefold() for name in asked_with):
            return True
        if not asked_with and other.form is item.form:
            return True
        if values[part].casefold() in other.text.casefold() and not asked_with:
            return True
    return False


def _make_items(theme: _ListTheme, filler: Filler) -> list[_Item]:
    """Make four to eight items: one form repeated with other keys, or each form at most once."""
    rng = filler.rng
    repeated = [form for form in theme.forms if "<k>" in form.template or "<r>" in form.template]
    if not repeated:
        return [_fill_item(form, filler) for form in rng.sample(theme.forms, len(theme.forms))]
    forms = [rng.choice(theme.forms)] if rng.random() < 0.6 else list(theme.forms)
    items: dict[str, _Item] = {}
    for _ in range(rng.randint(6, 14)):
        item = _fill_item(rng.choice(forms), filler)
        values = item.words()
        name = values.get("r" if "k" not in values else "k", values.get("p", ""))
        items.setdefault(name.casefold(), item)
        if len(items) == 8:
            break
    return list(items.values()) if len(items) >= 3 else _make_items(theme, filler)


def _fill_item(form: _ItemForm, filler: Filler) -> _Item:
    """Fill a template and note where each tagged part stands in the text."""
    marked = _TAG.sub(lambda m: f"<{'!' if m[1] else ''}{m[2]}>", form.template)
    filled = filler.fill(marked)
    text, position = "", 0
    parts: dict[str, tuple[int, int]] = {}
    opened: dict[str, int] = {}
    for tag in re.finditer(r"<(!?)([a-z])>", filled):
        text += filled[position : tag.start()]
        position = tag.end()
        if tag[1]:
            parts[tag[2]] = (opened[tag[2]], len(text))
        else:
            opened[tag[2]] = len(text)
    return _Item(form, text + filled[position:], parts)


def _ask(item: _Item, rng: random.Random) -> tuple[str, str, list[str]]:
    """Return a question about an item, the part that answers it, and the parts it is asked with."""
    part, questions = rng.choice(item.form.questions)
    question = Filler(rng).choose(rng.choice(questions))
    asked_with = sorted(set(re.findall(r"\{([a-z])l?\}", question)))
    return finish_question(question, item.words(), rng), part, asked_with


def _split(items: Sequence[_Item], target: int, rng: random.Random) -> tuple[list[_Item], list[_Item]]:
    """Return a run of one to four items with the target, and a run of the others."""
    n_first = min(rng.randint(1, 4), len(items) - 1)
    start = rng.randint(max(0, target - n_first + 1), min(target, len(items) - n_first))
    rest = [*items[:start], *items[start + n_first :]]
    return list(items[start : start + n_first]), rest[: rng.randint(1, 4)]


def _context(theme: _ListTheme, filler: Filler) -> str:
    introduction = filler.fill(filler.rng.choice(theme.introductions))
    heading = f"{filler.fill('{brand}')}\n" if filler.rng.random() < 0.2 else ""
    return f"{heading}{introduction}\n" if filler.rng.random() < 0.85 else heading


def _window(context: str, items: Sequence[_Item], answer: tuple[int, int] | None = None) -> Window:
    return Window(context, "\n".join(item.text for item in items), answer)
