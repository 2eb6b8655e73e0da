"""Scales: the order of a table column's values, where it can be read from the values themselves.

Numbers with one unit, times of day, dates, durations, weekdays, and the plain English words of degree ("Low", "Very
High"). A column that mixes scales, or holds anything else, has no order: better no conclusion than a wrong one. Knows
nothing of tables or questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from summitqa.words import fold

Scale = Literal["number", "clock", "date", "duration", "degree"]

_DEGREES: tuple[tuple[str, ...], ...] = (
    ("none", "very low", "low", "medium", "high", "very high"),
    ("impossible", "very unlikely", "unlikely", "possible", "likely", "very likely", "certain"),
    ("never", "rarely", "sometimes", "often", "always"),
    ("minor", "moderate", "major", "severe", "critical"),
    ("extra small", "small", "medium", "large", "extra large"),
    ("very poor", "poor", "fair", "good", "very good", "excellent"),
    ("very weak", "weak", "moderate", "strong", "very strong"),
    ("very easy", "easy", "moderate", "difficult", "very difficult"),
)
_SYNONYMS = {
    "moderate": "medium",
    "average": "medium",
    "hard": "difficult",
    "extremely": "very",
    "extreme": "very high",
}
_EMPTY = frozenset(("", "-", "–", "—", "n/a", "na", "none given", "tbd", "tba", "unknown"))

_MONTHS = "january february march april may june july august september october november december".split()
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH_NAMES = "|".join([*_MONTHS, *(month[:3] for month in _MONTHS)])
_HEDGE = re.compile(
    r"^(?:about|around|approximately|approx\.?|circa|ca\.?|from|up to|under|over|nearly|almost|some|[~≈<>])\s*"
)
_NUMBER = re.compile(r"^([^\d\s.+-]*)\s*([+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|[+-]?\d+(?:[.,]\d+)?)\s*(.*)$")
_MAGNITUDES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
_UNITS = {
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), "m"),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"), "kg"),
    **dict.fromkeys(("%", "percent", "pct"), "%"),
    **dict.fromkeys(("euro", "euros"), "€"),
    **dict.fromkeys(("dollar", "dollars"), "$"),
    **dict.fromkeys(("pound", "pounds"), "£"),
}
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d{2})\s*(a\.?m\.?|p\.?m\.?)?$|^(\d{1,2})\s*(a\.?m\.?|p\.?m\.?)$")
_DAY_FIRST = re.compile(
    rf"^(?:\w+day,?\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH_NAMES})\.?,?\s*(\d{{4}})?$"
)
_MONTH_FIRST = re.compile(rf"^(?:\w+day,?\s+)?({_MONTH_NAMES})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s*(\d{{4}}))?$")
_MONTH_ONLY = re.compile(rf"^({_MONTH_NAMES})\.?\s*(\d{{4}})?$")
_YEAR = re.compile(r"^(?:1\d|20)\d{2}$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|weeks?|months?|years?)\b")
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0, "mo": 2.63e6, "y": 3.156e7}


def order_values(values: Sequence[str]) -> tuple[Scale, list[float | None]] | None:
    """Return the scale of *values* and where each lies on it, larger is more; an empty value has no place.

    ``None`` unless at least two values are there and all of them lie on one scale with one unit.
    """
    folded = [" ".join(fold(value).strip(" *").split()) for value in values]
    known = [value for value in folded if value not in _EMPTY]
    if len(known) < 2:
        return None
    readers: tuple[tuple[Scale, Callable[[Sequence[str]], list[float] | None]], ...] = (
        ("degree", _degrees),
        ("clock", _each(_clock)),
        ("date", _each(_date)),
        ("duration", _each(_duration)),
        ("number", _numbers),
    )
    for scale, reader in readers:
        found = reader(known)
        if found is not None:
            places = iter(found)
            return scale, [None if value in _EMPTY else next(places) for value in folded]
    return None


def _each(place: Callable[[str], float | None]) -> Callable[[Sequence[str]], list[float] | None]:
    def read(values: Sequence[str]) -> list[float] | None:
        places = [place(value) for value in values]
        return [p for p in places if p is not None] if None not in places else None

    return read


def _degrees(values: Sequence[str]) -> list[float] | None:
    for scale in _DEGREES:
        steps = {_plain(word): float(step) for step, word in enumerate(scale)}
        places = [_degree(value, steps) for value in values]
        if None not in places:
            return [p for p in places if p is not None]
    return None


def _degree(value: str, steps: dict[str, float]) -> float | None:
    """Return the step of one word of degree, or the middle of two ("low to medium", "medium-high")."""
    parts = [_plain(part) for part in re.split(r"\s*(?:\bto\b|/|–|-)\s*", value)]
    places = [steps.get(part) for part in parts]
    return sum(p for p in places if p is not None) / len(places) if None not in places and len(places) <= 2 else None


def _plain(value: str) -> str:
    return " ".join(_SYNONYMS.get(word, word) for word in value.split())


def _numbers(values: Sequence[str]) -> list[float] | None:
    """Read numbers; currency before and unit after them must be the same everywhere, magnitudes are worked in."""
    units, numbers = set(), []
    for value in values:
        match = _NUMBER.match(_HEDGE.sub("", value))
        if match is None:
            return None
        before, digits, after = match.groups()
        words = after.split()
        factor = _MAGNITUDES.get(words[0], 1.0) if words else 1.0
        rest = words[1:] if factor != 1.0 else words
        if any(character.isdigit() for word in rest for character in word):
            return None  # a range or a sum: two numbers in one cell have no one place
        before = before.strip()
        units.add(" ".join(filter(None, (before, *(_unit(word) for word in rest)))))
        numbers.append(_to_float(digits) * factor)
    return numbers if len(units - {""}) <= 1 else None


def _unit(word: str) -> str:
    bare = word.rstrip(".,")
    return _UNITS.get(bare, bare.rstrip("s"))


def _to_float(digits: str) -> float:
    if re.fullmatch(r"[+-]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?", digits):
        return float(digits.replace(",", "").replace(" ", ""))
    return float(digits.replace(",", "."))


def _clock(value: str) -> float | None:
    match = _CLOCK.match(value)
    if match is None:
        return None
    hour, minute = int(match[1] or match[4]), int(match[2] or 0)
    half = (match[3] or match[5] or "").replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60.0 + minute if hour < 25 and minute < 60 else None


def _date(value: str) -> float | None:
    if value in _DAYS:
        return float(_DAYS.index(value))
    if match := _ISO.match(value):
        return _day_number(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.match(value):
        return _day_number(int(match[3] or 0), _month(match[2]), int(match[1]))
    if match := _MONTH_FIRST.match(value):
        return _day_number(int(match[3] or 0), _month(match[1]), int(match[2]))
    if match := _MONTH_ONLY.match(value):
        return _day_number(int(match[2] or 0), _month(match[1]), 1)
    return _day_number(int(value), 1, 1) if _YEAR.match(value) else None


def _day_number(year: int, month: int, day: int) -> float:
    return year * 372.0 + month * 31 + day


def _month(name: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def _duration(value: str) -> float | None:
    """Return seconds; parts add up ("1 h 45 min"), anything beside them makes it no duration."""
    rest = _HEDGE.sub("", value)
    parts = _PART.findall(rest)
    if not parts or _PART.sub("", rest).replace("and", "").strip(" ,"):
        return None
    return sum(float(number) * _SECONDS["mo" if unit.startswith("mo") else unit[0]] for number, unit in parts)
