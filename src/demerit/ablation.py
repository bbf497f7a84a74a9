"""Ablation: the same question with one mechanism switched off at a time.

Question, mechanisms  ->  which measures move, which way, and what the literature says

All runs share every draw, so that a difference is taken over the same people with the same luck;
its interval is a delete-a-group jackknife over the folds, paired between the two runs.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from demerit import mechanism
from demerit import scheme as schemes
from demerit.contrast import half_width, left_out, values
from demerit.ensemble import Question
from demerit.measures import MEASURES, Measure
from demerit.run import Counts

Tell = Callable[[str, int, int], None]


def run(question: Question, keys: Iterable[str], tell: Tell) -> dict[str, list[dict[str, Any]]]:
    """For each mechanism the measures that move when it is off: {mechanism: rows}.

    A measure moves if the interval of the difference excludes nought.  What the literature expects
    to move is listed whether it did or not.
    """
    scheme = schemes.load(question.scheme)
    asked = list(keys)
    whole = question.ask()
    found = {}
    for k, key in enumerate(asked):
        off = mechanism.off((key,), scheme, question.society)
        other = question.ask(off) if off else whole
        found[key] = rows(key, whole, other)
        tell("mechanisms", k + 1, len(asked))
    return found


def rows(key: str, whole: Counts, without: Counts) -> list[dict[str, Any]]:
    """The measures that moved, and those that were expected to."""
    expected = mechanism.table()[key]["expect"]
    found = []
    for name, m in MEASURES.items():
        with_it, without_it, half = difference(m, whole, without)
        change = without_it - with_it
        moved = bool(np.isfinite(half) and abs(change) > half and change != 0)
        if not moved and name not in expected:
            continue
        way = ("more" if change > 0 else "less") if moved else "no change that can be told"
        found.append({
            "measure": name, "unit": m.unit, "on": tidy(with_it), "off": tidy(without_it),
            "change": tidy(change), "half_width": tidy(half), "way": way,
            "expected": expected.get(name), "as_expected": way == expected.get(name, way),
        })  # fmt: skip
    return found


def difference(m: Measure, one: Counts, two: Counts) -> tuple[float, float, float]:
    """The headline of a measure in two runs, and the half width of their difference's interval."""
    first, second = (float(values(m, run.total, run.counters)[m.headline][0]) for run in (one, two))
    apart = left_out(m, two.folds, two.counters) - left_out(m, one.folds, one.counters)
    return first, second, half_width(apart)


def tidy(x: float) -> float | None:
    """A number for JSON: none for what is undefined."""
    return float(x) if np.isfinite(x) else None
