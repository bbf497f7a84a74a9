"""Traits: ten standard normal scores, going together as one of three assumed sets says.

A set of correlations  ->  Cholesky factor in whole numbers; deeds  ->  rates over the cells

A Gaussian copula through tables: nobody has published how such traits are distributed jointly, so
each has one distribution for all provinces, sexes and schooling, and the report shows a result
under every set.  A trait says nothing about any people: it is the laboratory's word for "differs".

Source: R. B. Nelsen, "An Introduction to Copulas", 2nd ed., Springer 2006, section 2.
"""

import math
from typing import Any

import numpy as np

from demerit.columns import TRAITS
from demerit.draws import WORD, chance_32
from demerit.facts import InputError, nearest, value
from demerit.society.scores import CELLS, UNIT, chances, lognormal, spread

AT_RISK = (
    "adult", "driver", "online", "employed", "carer", "borrower", "payer", "official", "donor",
    "parent", "owner", "member",
)  # fmt: skip
MEMBER = AT_RISK.index("member")
# Kinds of deeds that follow from others: nobody differs in them.
UNDRAWN = ("tie", "on_time", "firm")
ENDS = {"low": -1, "high": 1}  # of a trait, that a sign goes with
PERSON_CAP = 0.95  # an uncounted deed happens in a month at most with this chance
COUNT_CAP = 15  # a counted one, on average, at most so often
COUNTED_UNIT = 1 << 16
LEAST_PIVOT = 1 / 64  # of a correlation matrix that is safely positive definite

Matrix = list[list[float]]


def correlations(spec: dict[str, Any], copula: str, ordering: str | None = None) -> Matrix:
    """The correlation matrix of a set, one pair forced to an extreme if an ordering is named.

    Where correlations cannot hold together, the others of the forced pair are shrunk by the least
    number of 64ths that makes a matrix (positive definite), and if that is not enough, all others.
    """
    for kind, key in (("copula", copula), ("ordering", ordering)):
        if key is not None and key not in spec[kind]:
            raise InputError(f"there is no {kind} {key!r}; {nearest(key, spec[kind])}")
    pairs = {
        tuple(TRAITS.index(name) for name in key.split("__")): entry["value"]
        for key, entry in spec["copula"][copula].items()
        if key != "title"
    }
    forced: dict[tuple[int, int], float] = {}
    if ordering is not None:
        entry = spec["ordering"][ordering]
        first, second = sorted(TRAITS.index(name) for name in entry["traits"])
        forced[first, second] = entry["correlation"]["value"]
    held = {k for pair in forced for k in pair}
    trials = [(64, k) for k in range(64, -1, -1)] if held else []
    for others, of_pair in [*trials, *((k, 0) for k in range(64, -1, -1))]:
        matrix = [[float(i == j) for j in range(len(TRAITS))] for i in range(len(TRAITS))]
        for (i, j), r in pairs.items():
            matrix[i][j] = matrix[j][i] = r * (of_pair if {i, j} & held else others) / 64
        for (i, j), r in forced.items():
            matrix[i][j] = matrix[j][i] = r
        if factor(matrix) is not None:
            break
    return matrix


def factor(matrix: Matrix) -> Matrix | None:
    """Cholesky's lower factor in plain Python, or None where a pivot falls below 1/64.

    >>> factor([[1.0, 0.6], [0.6, 1.0]])
    [[1.0, 0.0], [0.6, 0.8]]
    """
    size = len(matrix)
    low = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
            if i == j:
                if rest < LEAST_PIVOT:
                    return None
                low[i][i] = math.sqrt(rest)
            else:
                low[i][j] = rest / low[j][j]
    return low


def mixing(spec: dict[str, Any], copula: str, ordering: str | None = None) -> np.ndarray:
    """The factor that mixes ten own scores into ten traits (trait, own) [1/4096]."""
    low = factor(correlations(spec, copula, ordering))
    assert low is not None
    return np.array([[round(x * UNIT) for x in row] for row in low], np.int64)


def exposure(spec: dict[str, Any]) -> np.ndarray:
    """How much a person is in view, over the cells of the score (cell,) [1/256], mean 256."""
    table = lognormal(value(spec, "trait", "exposure_spread")) * 256
    return np.minimum(np.rint(table), 65535).astype(np.uint16)


def rates(deed: dict[str, Any]) -> np.ndarray:
    """A deed's monthly rate for people at risk over the cells of its frailty (cell,).

    Rate times a lognormal frailty with the deed's concentration, capped; the rate of the capped
    deeds goes to the others, so that the mean is the deed's rate.  Where nothing is drawn, all have
    the deed's rate, which is a share.  [2^-32; counted deeds 2^-16]
    """
    rate, counted = value(deed, "rate"), deed["kind"] == "count"
    if deed["kind"] in UNDRAWN:
        return np.full(CELLS, chance_32(rate))
    cap = COUNT_CAP if counted else PERSON_CAP
    table = lognormal(spread(value(deed, "concentration"))) * min(rate, cap)
    for _ in range(200):
        capped = np.minimum(table, cap)
        table *= min(rate, cap) / float((capped * chances()).sum())
    table = np.minimum(table, cap)
    return np.rint(table * (COUNTED_UNIT if counted else WORD)).astype(np.uint32)


def loads(deed: dict[str, Any], signals: dict[str, Any]) -> tuple[int, int]:
    """How much of a frailty is the deed's trait, and how much its own [1/4096].

    A sign has the strength of its step, the same for all signs of that step.

    >>> loads({"load": {"value": 0.6}}, {})
    (2458, 3277)
    >>> loads({"signal": "weak", "end": "low"}, {"weak": {"value": 0.6}})
    (-2458, 3277)
    """
    sign = "signal" in deed
    load = ENDS[deed["end"]] * value(signals, deed["signal"]) if sign else value(deed, "load")
    return round(load * UNIT), round(math.sqrt(1 - load * load) * UNIT)
