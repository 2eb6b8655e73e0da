"""The plots: numbers stand where the axes say."""

import re

import pytest

from summitqa.evaluation.records import CalibrationBin, CurvePoint, Figure
from summitqa.evaluation.reports.plots import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    calibration_plot,
    interval_bar,
    latency_histograms,
    risk_coverage_plot,
)


def test_the_risk_curve_runs_from_corner_to_corner() -> None:
    """Risk 0 at coverage 0 is bottom left; the axis of risk ends at the next tenth, so risk 0.6 is top right."""
    plot = risk_coverage_plot([CurvePoint(0.0, 0.0, 1.0), CurvePoint(1.0, 0.6, 0.0)])
    assert f'points="{LEFT}.0,{HEIGHT - BOTTOM}.0 {WIDTH - RIGHT}.0,{TOP}.0"' in plot.replace(str(LEFT) + ",", "46.0,")


def test_a_calibration_dot_stands_at_confidence_and_accuracy() -> None:
    """Always sure and always right is the upper right corner; an empty bin has no dot."""
    plot = calibration_plot([CalibrationBin(0.9, 1.0, 4, 1.0, 1.0), CalibrationBin(0.0, 0.1, 0, 0.0, 0.0)])
    dots = re.findall(r'<circle class="dot" cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', plot)
    assert [tuple(map(float, dot)) for dot in dots] == [(WIDTH - RIGHT, TOP, 12.0)]


def test_histograms_share_a_scale_and_count_every_value() -> None:
    """Steps of 1, 2 and 5 enclose 1.5 to 30 ms; three of four values of a stage are in one column."""
    (read, read_plot), (total, total_plot) = latency_histograms({"read": [1.5, 1.6, 1.7, 6.0], "total": [30.0]})
    assert (read, total) == ("read", "total")
    assert "<title>3 of 4 in 1–2 ms</title>" in read_plot
    assert "<title>1 of 4 in 5–10 ms</title>" in read_plot
    assert "<title>1 of 1 in 20–50 ms</title>" in total_plot
    assert all(f">{edge}</text>" in plot for edge in (1, 2, 5, 10, 20, 50) for plot in (read_plot, total_plot))


def test_a_time_of_nothing_is_in_the_first_column() -> None:
    """A stage that took no time at all is drawn, from zero on."""
    ((_, plot),) = latency_histograms({"resolve": [0.0, 0.0]})
    assert "<title>2 of 2 in 0–0.02 ms</title>" in plot


def test_without_times_there_is_no_histogram() -> None:
    """Nothing measured, nothing drawn."""
    assert latency_histograms({}) == latency_histograms({"total": []}) == []


def test_an_interval_is_drawn_for_shares_only() -> None:
    """A half lies in the middle; milliseconds and missing values have no bar."""
    bar = interval_bar(Figure("citation_hit", 0.5, 0.0, 1.0, 4))
    assert '<circle class="dot" cx="50.0"' in bar
    assert '<line class="interval" x1="3.0" y1="5.0" x2="97.0"' in bar.replace('x1="3"', 'x1="3.0"')
    assert interval_bar(Figure("latency_total_p50", 40.0, 30.0, 50.0, 4)) == ""
    assert interval_bar(Figure("citation_hit", None, None, None, 0)) == ""


@pytest.mark.parametrize("plot", [risk_coverage_plot([]), calibration_plot([])])
def test_an_empty_plot_still_has_axes(plot: str) -> None:
    """A run without answers does not break the page."""
    assert plot.startswith('<svg class="plot"')
    assert plot.count('class="grid"') == 5
