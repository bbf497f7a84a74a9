"""Report: one self-contained HTML page about a run, which opens from disk without a network.

run.json, frames, climate  ->  counts  ->  figures, findings, tables  ->  page
compare.json, frames of each  ->  the same of several schemes (comparison/)  ->  page

Charts are Vega-Lite specifications written as plain dicts (charts/), drawn in the browser by the
scripts in vendor/.  The page's policy lets in the scripts and styles whose hashes it names, and
nothing else: no network, no inline handler, no code made from text.

Pictures of a report for the documentation: `python tools/pictures.py RUN OUT` (see there).
"""

from demerit.report.comparison.page import render as render_comparison
from demerit.report.page import render

__all__ = ["render", "render_comparison"]
