"""Row: a published figure beside the one found here, and whether they agree."""

import json
import math
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from demerit.facts import DATA

ERRORS = 4.0  # standard errors within which two figures agree

# What draws are for in these cases; the purposes of a run are far below (draws.py).
(
    GRAPH, CROWD, LATTICE, LATTICE_ORDER, LATTICE_MOVE, NAMESAKE, URN, GAME, COIN, BELL, LOAN,
) = range(4096, 4107)  # fmt: skip


class Row(NamedTuple):
    """One figure."""

    key: str  # case.figure
    what: str  # with its unit in [brackets]
    published: float
    got: float
    tolerance: float  # the two agree when they are no farther apart
    agrees: str  # yes; no; gap: no, for a reason that `note` gives
    source: str
    note: str = ""


@cache
def reference(name: str) -> dict[str, Any]:
    """The figures that a case is held against, data/reference/<name>.json; {} without a file."""
    path = DATA / "reference" / f"{name}.json"
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def compare(
    key: str,
    what: str,
    published: float,
    got: float,
    tolerance: float,
    source: str,
    gap: str = "",
    note: str = "",
) -> Row:
    """A row; `gap` is the reason of a difference that is known, `note` stands beside either.

    >>> compare("k", "w", 1.0, 1.1, 0.2, "s").agrees, compare("k", "w", 1.0, 1.3, 0.2, "s").agrees
    ('yes', 'no')
    >>> compare("k", "w", 1.0, 1.3, 0.2, "s", gap="the rule differs").agrees
    'gap'
    """
    near = abs(got - published) <= tolerance  # no figure agrees with nan
    if near:
        agrees, text = "yes", note
    else:
        agrees, text = ("gap" if gap else "no"), "; ".join(filter(None, (gap, note)))
    return Row(key, what, float(published), float(got), float(tolerance), agrees, source, text)


def sampled(
    key: str,
    what: str,
    published: float,
    found: Sequence[float],
    source: str,
    error: float = 0.0,
    gap: str = "",
    note: str = "",
) -> Row:
    """A row for the mean of repetitions: they agree within `ERRORS` standard errors.

    `error` is the standard error of what was published, nought where it is exact.
    """
    count = len(found)
    mean = sum(found) / count
    variance = sum((x - mean) ** 2 for x in found) / (count - 1)
    both = math.sqrt(variance / count + error**2)
    apart = abs(mean - published) / both if both > 0 else 0.0
    if apart > ERRORS / 2:
        note = "; ".join(filter(None, (note, f"{apart:.1f} standard errors apart")))
    return compare(key, what, published, mean, ERRORS * both, source, gap, note)
