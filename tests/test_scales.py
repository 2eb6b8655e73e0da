"""Where the values of a column lie on a scale, and when there is none."""

import pytest

from summitqa.answering.scales import order_values


@pytest.mark.parametrize(
    ("values", "scale", "places"),
    [
        (["High", "Very Low", "Medium"], "degree", [4, 1, 3]),
        (["Moderate", "low to medium"], "degree", [3, 2.5]),
        (["Likely", "unlikely", "Very likely"], "degree", [4, 2, 5]),
        (["€4.20", "€61"], "number", [4.2, 61]),
        (["$1,200", "$900"], "number", [1200, 900]),
        (["about 3 million", "900,000"], "number", [3e6, 9e5]),
        (["45 %", "12 %", "–"], "number", [45, 12, None]),
        (["9:40", "12:05 p.m."], "clock", [580, 725]),
        (["1 h 45 min", "50 min"], "duration", [6300, 3000]),
        (["3 May", "12 April"], "date", [158, 136]),
        (["2024-05-03", "3 May 2023"], "date", [2024 * 372 + 158, 2023 * 372 + 158]),
        (["Friday", "Monday"], "date", [4, 0]),
        (["1931", "1924"], "date", [1931 * 372 + 32, 1924 * 372 + 32]),
    ],
)
def test_values_of_one_scale_have_their_places(values: list[str], scale: str, places: list[float | None]) -> None:
    """Numbers, times, dates, durations and words of degree are ordered; an empty cell has no place."""
    found = order_values(values)
    assert found is not None
    assert found[0] == scale
    assert found[1] == pytest.approx(places)


@pytest.mark.parametrize(
    "values",
    [
        ["€4.20", "$61"],
        ["14 km", "9 miles"],
        ["10–20", "5"],
        ["High", "7"],
        ["Low", "Likely"],
        ["red", "green"],
        ["3", "–"],
        [],
    ],
)
def test_values_without_one_scale_have_no_order(values: list[str]) -> None:
    """Mixed units, ranges, mixed or unknown scales and single values are not ordered."""
    assert order_values(values) is None
