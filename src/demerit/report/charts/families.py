"""Families: kin measures as dots in one panel, each with both intervals, beside a mark that says
what would be right."""

import math
from collections.abc import Mapping
from typing import Any

from demerit.chance import told_apart
from demerit.report.charts import intervals, rows
from demerit.report.charts.figure import Figure, Panel
from demerit.report.words import listed, number

Document = Mapping[str, Any]
LEAD = "Dot: with the central numbers. Thick bar: chance."
NOT_KNOWN = " Thin line: the range over the numbers that nobody has published."
COIN = 0.5
GROUPS = {  # how the ends of keys are said
    "home": "town, village", "age": "young, old", "sex": "women, men", "income": "poor, rich",
    "schooling": "schooled or not", "sex_age": "sex and age", "home_income": "home and income",
    "honesty": "honesty", "default": "default", "default_law": "default, no consequences",
}  # fmt: skip
# What conduct does not explain is nothing that a score follows, and no rank correlation.
LEFT_OUT = ("score_meaning_luck",)
Kin = tuple[str, float, str]  # title of the panel, mark, words of the mark
# key, title, panels: how the keys begin -> what is said of them
FAMILIES: tuple[tuple[str, str, dict[str, Kin]], ...] = (
    ("meaning", "What does the score tell apart, and what does it follow?", {
        "score_auc_": ("How likely the better of two has the higher score", COIN, "as by a coin"),
        "score_meaning_": ("What the score follows (rank correlation)", 0.0, "not at all"),
    }),
    ("alike", "Is it as likely for every group?", {
        "sanctioned_ratio_": ("Under sanction: the least often over the most often", 0.8,
                              "four fifths"),
        "wrongful_ratio_": ("By mistake, of the punished: least over most", 0.8, "four fifths"),
        "deserving_ratio_": ("Were every deed seen (base rate): least over most", 0.8,
                             "four fifths"),
    }),
)  # fmt: skip


def family(document: Document, key: str, title: str, panels: Mapping[str, Kin]) -> Figure:
    """A figure with a panel for each family of measures of which some are defined."""
    drawn, table = [], []
    for start, (name, mark, words) in panels.items():
        items = [item for k, m in document["measures"].items()
                 if k.startswith(start) and k not in LEFT_OUT
                 and (item := _row(k.removeprefix(start), m))]  # fmt: skip
        if items:
            drawn.append(_panel(name, items, mark, words))
            table += [[name, i.name, i.words, _ends(i.chance), _ends(i.not_known)] for i in items]
    lead = LEAD + ("" if document["quick"] else NOT_KNOWN)
    heads = ["Panel", "Of", "Value", "Chance", "Not known"]
    return Figure(key, title, lead, drawn, heads, table)


def _row(end: str, m: Mapping[str, Any]) -> intervals.Row | None:
    value = m[m["headline"]]
    if value is None:
        return None
    spans = []
    for low, high in (("chance_low", "chance_high"), ("low", "high")):
        known = m[low] is not None and m[high] is not None
        # No part of a whole is more than all of it, whatever the jackknife says.
        spans.append((_plain(m[low]), min(1.0, _plain(m[high]))) if known else None)
    name = GROUPS.get(end, end.replace("_", " "))
    return intervals.Row(name, _plain(value), number(value, places=2, fixed=True), *spans)


def _panel(title: str, items: list[intervals.Row], mark: float, words: str) -> Panel:
    spec = intervals.intervals(
        items, mark, words, False, rows.name_width([i.name for i in items]), zero=mark != COIN
    )
    said = listed([f"{i.name} {i.words} ({_ends(i.not_known or i.chance)})" for i in items])
    return Panel(title, f"dashed: {words} ({number(mark)})", f"{title}: {said}.", spec)


def _ends(pair: tuple[float, float] | None) -> str:
    """An interval in words; a dash where there is none."""
    if not pair:
        return "–"
    return " to ".join(told_apart(*pair, lambda x, more: number(x, places=2 + more, fixed=True)))


def _plain(value: float) -> float:
    """A plain number for a specification, seven digits that count."""
    return float(f"{value:.7g}") if math.isfinite(value) else 0.0
