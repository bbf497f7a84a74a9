"""Income: what a household has to spend, per head and month, by province and home.

Province means, the ratio of town to village, two spreads  ->  means, law of the score, cuts

Two lognormals, one for towns and one for villages, about a mean for each province; the score is the
trait `earning`.  Money is the society's own: what is called a yuan is a rupee in India, and a fen
its hundredth.  China's published mean, median, fifths, ratio and Gini cannot all hold for persons
(the fifths are of households, the levels use other weights): the provinces' means are scaled to the
nation's, the ratio of town to village holds for the nation, and the two spreads are chosen against
the five fifths as shares of their own mean.  What that leaves is printed (check.py).
"""

from typing import Any

import numpy as np

from demerit.facts import value
from demerit.society.margins import NATION, by_province, figures
from demerit.society.scores import chances, lognormal

FEN = 100 / 12  # a yuan a year, in fen a month: a unit of the society's money, in hundredths
LAW_UNIT = 1 << 16


def means(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """Mean income (province, home) [yuan a year] for so many people (province, home).

    Provinces of which no income is known have the nation's mean.  The ratio of town to village is
    one for all provinces, and such that the nation's is as published: towns lie in richer
    provinces, so it is a little lower than the nation's.
    """
    nation = figures(spec["key"], "income")
    known = by_province(spec, "income", "all")
    mean = np.ones(len(people)) if known is None else known[:, 0]
    mean = mean * nation[NATION, "all", "mean"] * people.sum() / (mean * people.sum(1)).sum()
    wanted = nation[NATION, "urban", "mean"] / nation[NATION, "rural", "mean"]
    low, high = 1.0, 10.0
    for _ in range(80):
        ratio = (low + high) / 2
        village = mean * people.sum(1) / (people[:, 0] + people[:, 1] * ratio)
        level = np.stack([village, village * ratio], 1)
        rural, urban = (level * people).sum(0) / people.sum(0)
        low, high = (ratio, high) if urban / rural < wanted else (low, ratio)
    return level


def law(spec: dict[str, Any]) -> np.ndarray:
    """Income over its mean, by home and cell of the score (home, cell) [1/65536]."""
    spreads = [value(spec, "income", name) for name in ("rural_spread", "urban_spread")]
    return np.rint([lognormal(x) * LAW_UNIT for x in spreads]).astype(np.int64)


def tables(spec: dict[str, Any], people: np.ndarray) -> dict[str, np.ndarray]:
    """Income tables for so many people (province, home): means, law and the fifths' cuts [fen]."""
    mean = np.rint(means(spec, people) * FEN).astype(np.int64)
    out = {"income_mean": mean, "income_law": law(spec)}
    fen, weight = spectrum(out, people)
    at = np.searchsorted(np.cumsum(weight), np.array([0.2, 0.4, 0.6, 0.8]) * weight.sum())
    return out | {"income_cut": fen[at]}


def spectrum(table: dict[str, np.ndarray], people: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Every income that the tables can give, in order [fen], and how many have it."""
    fen = (table["income_mean"][:, :, None] * table["income_law"][None]) >> 16
    weight = people[:, :, None] * chances()
    order = np.argsort(fen, axis=None, kind="stable")
    return fen.ravel()[order], weight.ravel()[order]


def summary(fen: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    """Mean, median, means of the fifths, Gini and both tails of a spectrum [yuan a year]."""
    yuan, share = fen / FEN, weight / weight.sum()
    below = np.cumsum(share)
    held = np.cumsum(yuan * share)
    mean = float(held[-1])
    fifths = np.diff(np.interp([0, 0.2, 0.4, 0.6, 0.8, 1], [0, *below], [0, *held])) * 5
    lorenz = np.append(0, held / mean)
    out = {"mean": mean, "gini": float(1 - ((lorenz[1:] + lorenz[:-1]) * share).sum())}
    for name, p in (("1%", 0.01), ("5%", 0.05), ("median", 0.5), ("95%", 0.95), ("99%", 0.99)):
        out[name] = float(yuan[np.searchsorted(below, p)])
    return out | {f"fifth {k + 1}": float(fifths[k]) for k in range(5)}
