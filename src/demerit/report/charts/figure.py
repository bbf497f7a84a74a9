"""Figure: a chart as the page needs it: what was found, in panels, words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Spec = dict[str, Any]


@dataclass(frozen=True)
class Panel:
    """One drawing: its Vega-Lite specification, and words for whoever cannot see it."""

    title: str
    unit: str  # what the axis measures, in words
    alt: str
    spec: Spec


@dataclass(frozen=True)
class Figure:
    """One or more panels under a title; `empty` says in words what there is nothing to draw of."""

    key: str
    title: str
    lead: str
    panels: Sequence[Panel] = ()
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""
    empty: str = ""
    small: bool = False  # small multiples: as many panels in a row as fit
