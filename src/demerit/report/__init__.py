"""Report: self-contained HTML pages about a run, which open from disk without a network.

run.json, frames, climate, stories  ->  counts  ->  figures, findings, tables  ->  pages
compare.json, frames of each  ->  the same of several schemes (comparison/)  ->  page, measures

A run has a first page and one each for the lawyer, the statistician, the journalist, for what the
results hang on and for all measures; beside them measures.json and a model card.

Charts are Vega-Lite specifications written as plain dicts (charts/), drawn in the browser by the
scripts in vendor/.  A page's policy lets in the scripts and styles whose hashes it names, and
nothing else: no network, no inline handler, no code made from text.

Pictures of a report for the documentation: `python tools/pictures.py RUN OUT` (see there).
"""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from demerit.report import assumptions, every, journalist, lawyer, statistician
from demerit.report.card import model_card
from demerit.report.comparison.page import render as render_comparison
from demerit.report.counts import Counts
from demerit.report.machine import comparison_json, measures_json
from demerit.report.page import render

__all__ = ["comparison_files", "files", "render", "render_comparison"]


def comparison_files(
    document: Mapping[str, Any], frames: Mapping[str, Mapping[str, NDArray]]
) -> dict[str, str]:
    """All that a comparison's report consists of, by the name of its file."""
    return {
        "report.html": render_comparison(document, frames),
        "measures.json": comparison_json(document),
    }


def files(
    document: Mapping[str, Any],
    frames: Mapping[str, NDArray],
    climate: Mapping[str, NDArray],
    stories: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """All that a run's report consists of, by the name of its file: a pure function of what the
    run's folder holds."""
    return {
        "report.html": render(document, frames, climate),
        "lawyer.html": lawyer.render(document, Counts(document, frames)),
        "statistician.html": statistician.render(document),
        "journalist.html": journalist.render(document, stories),
        "assumptions.html": assumptions.render(document),
        "measures.html": every.render(document),
        "measures.json": measures_json(document),
        "model-card.md": model_card(document),
    }
