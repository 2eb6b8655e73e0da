"""Plots: small SVG pictures, drawn without a plotting library so that a report needs nothing but itself.

Every function returns markup that may stand in HTML as it is: numbers are written by the functions here, and every text
is escaped. Colours are classes, given by the page's style sheet for light and dark. Knows numbers only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from summitqa.evaluation.records import CalibrationBin, CurvePoint, Figure

WIDTH, HEIGHT = 380, 250
LEFT, RIGHT, TOP, BOTTOM = 46, 14, 14, 42
"""Margins, in the units of the picture, which is scaled to the width there is."""

_BAR_WIDTH, _BAR_HEIGHT = 100, 10


@dataclass(frozen=True, slots=True)
class _Axis:
    """A linear scale from data to the picture."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return where *value* is drawn."""
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)


def risk_coverage_plot(points: Sequence[CurvePoint]) -> Markup:
    """Draw risk against coverage; lower is better, and a curve that rises late knows when it is wrong."""
    highest = max((point.risk for point in points), default=0.0)
    x, y = _x(0.0, 1.0), _y(0.0, min(1.0, max(0.2, math.ceil(highest * 10) / 10)))
    path = " ".join(f"{x.at(point.coverage)},{y.at(point.risk)}" for point in points)
    drawn = [
        _axes(x, y, "share of questions answered", "share of these wrong"),
        _line("guide", x.at(0.8), y.start, x.at(0.8), y.end),
        Markup('<polyline class="curve" points="{}"/>').format(path),
    ]
    return _picture("Risk–coverage curve", drawn)


def calibration_plot(bins: Sequence[CalibrationBin]) -> Markup:
    """Draw the share answered rightly against confidence: on the diagonal, confidence means what it says.

    The area of a dot is the number of answers in its bin.
    """
    x, y = _x(0.0, 1.0), _y(0.0, 1.0)
    largest = max((part.n for part in bins), default=0)
    dots = [
        Markup(
            '<circle class="dot" cx="{}" cy="{}" r="{}"><title>{} answers: confidence {}, right {}</title></circle>'
        ).format(
            x.at(part.confidence),
            y.at(part.accuracy),
            round(3 + 9 * math.sqrt(part.n / largest), 1),
            part.n,
            f"{part.confidence:.2f}",
            f"{part.accuracy:.2f}",
        )
        for part in bins
        if part.n
    ]
    diagonal = _line("guide", x.at(0.0), y.at(0.0), x.at(1.0), y.at(1.0))
    return _picture("Calibration", [_axes(x, y, "confidence", "share answered rightly"), diagonal, *dots])


def latency_histograms(times_ms: Mapping[str, Sequence[float]]) -> list[tuple[str, Markup]]:
    """Draw a histogram for each stage, all on one logarithmic scale of milliseconds."""
    known = {stage: values for stage, values in times_ms.items() if values}
    if not known:
        return []
    edges = _edges(min(map(min, known.values())), max(map(max, known.values())))
    return [(stage, _histogram(stage, values, edges)) for stage, values in known.items()]


def interval_bar(figure: Figure) -> Markup:
    """Draw a share and its interval on a line from 0 to 1; nothing for what is no share."""
    if figure.value is None or figure.low is None or figure.high is None or not 0 <= figure.low <= figure.high <= 1:
        return Markup("")
    x = _Axis(0.0, 1.0, 3, _BAR_WIDTH - 3)
    middle = _BAR_HEIGHT / 2
    return Markup('<svg class="bar" viewBox="0 0 {} {}" aria-hidden="true">{}{}{}</svg>').format(
        _BAR_WIDTH,
        _BAR_HEIGHT,
        _line("track", x.start, middle, x.end, middle),
        _line("interval", x.at(figure.low), middle, x.at(figure.high), middle),
        Markup('<circle class="dot" cx="{}" cy="{}" r="3"/>').format(x.at(figure.value), middle),
    )


def _histogram(stage: str, values: Sequence[float], edges: Sequence[float]) -> Markup:
    """Draw the share of values in each bin ``[edges[i], edges[i + 1])``, all bins of equal width."""
    counts = [sum(low <= value < high for value in values) for low, high in pairwise(edges)]
    x, y = _x(0.0, float(len(counts))), _y(0.0, max(1, *counts) / len(values))
    bars = [
        Markup(
            '<rect class="column" x="{}" y="{}" width="{}" height="{}"><title>{} of {} in {:g}–{:g} ms</title></rect>'
        ).format(
            round(x.at(i) + 1, 1),
            y.at(count / len(values)),
            round(x.at(1) - x.at(0) - 2, 1),
            round(y.start - y.at(count / len(values)), 1),
            count,
            len(values),
            edges[i],
            edges[i + 1],
        )
        for i, count in enumerate(counts)
        if count
    ]
    ticks = [_tick_x(x.at(i), y.start, f"{edge:g}") for i, edge in enumerate(edges)]
    axis = _line("axis", x.start, y.start, x.end, y.start)
    return _picture(f"Latency of {stage}", [axis, *ticks, *bars, _label_x("milliseconds")])


def _edges(low: float, high: float) -> list[float]:
    """Return the 1–2–5 steps that enclose the values; everything below 0.01 ms is one bin with it."""
    steps = [digit * 10.0**power for power in range(-2, 10) for digit in (1, 2, 5)]
    first = max((i for i, step in enumerate(steps) if step <= low), default=0)
    last = next((i for i, step in enumerate(steps) if step > high), len(steps) - 1)
    chosen = [round(step, 2) for step in steps[first : max(last, first + 1) + 1]]
    return [0.0, *chosen[1:]] if low < chosen[0] else chosen


def _x(low: float, high: float) -> _Axis:
    return _Axis(low, high, LEFT, WIDTH - RIGHT)


def _y(low: float, high: float) -> _Axis:
    return _Axis(low, high, HEIGHT - BOTTOM, TOP)


def _axes(x: _Axis, y: _Axis, x_label: str, y_label: str) -> Markup:
    return Markup("").join(_axes_parts(x, y, x_label, y_label))


def _axes_parts(x: _Axis, y: _Axis, x_label: str, y_label: str) -> Iterator[Markup]:
    for step in range(6):
        value = x.low + (x.high - x.low) * step / 5
        yield _tick_x(x.at(value), y.start, f"{value:.1f}")
    for step in range(5):
        value = y.low + (y.high - y.low) * step / 4
        yield _line("grid", x.start, y.at(value), x.end, y.at(value))
        yield Markup('<text x="{}" y="{}" text-anchor="end">{:.2f}</text>').format(x.start - 6, y.at(value) + 4, value)
    yield _label_x(x_label)
    middle = (TOP + HEIGHT - BOTTOM) / 2
    yield Markup('<text class="label" transform="translate(11 {}) rotate(-90)" text-anchor="middle">{}</text>').format(
        middle, y_label
    )


def _tick_x(x: float, y: float, text: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(x, y + 16, text)


def _label_x(text: str) -> Markup:
    x, y = (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6
    return Markup('<text class="label" x="{}" y="{}" text-anchor="middle">{}</text>').format(x, y, text)


def _line(kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(kind, x1, y1, x2, y2)


def _picture(title: str, parts: Sequence[Markup]) -> Markup:
    return Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, title, Markup("").join(parts)
    )
