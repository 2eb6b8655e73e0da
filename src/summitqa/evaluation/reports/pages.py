"""Pages: the door to Jinja, with escaping on, so that what comes from documents and questions shows as text.

The look is in ``templates/``: a page is one file that asks nothing of the network and runs no script.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from summitqa.evaluation.records import Figure
from summitqa.evaluation.reports.content import is_latency, shown_interval, shown_name, shown_value
from summitqa.evaluation.reports.plots import calibration_plot, interval_bar, latency_histograms, risk_coverage_plot


def render_page(template: str, *, generated_by: str, **content: Any) -> str:
    """Return the page that *template* makes of *content*; *generated_by* is the program, for the foot of the page."""
    return _environment().get_template(template).render(generated_by=generated_by, **content)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("summitqa.evaluation.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(value=shown_value, interval=shown_interval, bar=_bar, words=shown_name)
    environment.globals.update(
        calibration_plot=calibration_plot,
        latency_histograms=latency_histograms,
        risk_coverage_plot=risk_coverage_plot,
    )
    return environment


def _bar(figure: Figure | None) -> Markup:
    """Draw the interval of a share; a time that happens to be below 1 ms is none."""
    return interval_bar(figure) if figure is not None and not is_latency(figure.measure) else Markup("")
