"""Sensitivity: which of the numbers that nobody has published a headline hangs on.

draws of ensemble.py: values of the numbers, headlines  ->  the numbers that move each headline most

There are more numbers than draws, so that no number can be taken with all others held: the partial
rank correlation of Marino et al. (2008) wants more draws than numbers.  It is taken step by step
instead.  The number whose ranks go most with those of the headline comes first; what goes with it
is taken out of the headline and of all other numbers, so that one that only happened to move along
with it in these few draws does not come next; and so on.  What is told of each is the mean
headline in the third of the draws in which it is lowest, and in the third in which it is highest.

The largest of several hundred correlations is large by chance: how large, the same draws say when
the headline is dealt out among them anew, many times (the largest of all numbers each time, as
Westfall and Young do).  What has been taken out of the headline and the numbers is taken out of
what is dealt, too.  Each step leaves fewer ways for a headline to vary, so that chance reaches
further: below 64 draws later numbers have to go with it much more than the first to be told from
noise.  From the first step that does not exceed its bound, all is noise as far as anybody can say.

Sources: S. Marino, I. Hogue, C. Ray and D. Kirschner, "A methodology for performing global
uncertainty and sensitivity analysis in systems biology", J. Theor. Biol. 254, 2008; P. Westfall and
S. Young, "Resampling-based multiple testing", Wiley 1993 (both from memory).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

DRAWS_MIN = 30  # with the same fate of the scheme; fewer tell nothing of hundreds of numbers
SHOWN = 10  # numbers kept of each headline
SHUFFLES = 1_000
ALIKE = 0.7  # rank correlation of two numbers from which draws do not tell them apart
SLIGHT = 1e-9  # length of a column of which nothing is left
CHANCE = 0.95  # of the shufflings whose largest correlation is below the bound
# The headlines of which it is told: those that a report's first page may speak of.
HEADLINES = (
    "sanctioned_share", "sanction_anatomy", "wrongful_sanction_share", "wrongful_sanction_rate",
    "deeds_bribe", "deeds_traffic_offence", "deeds_elder_neglect", "deeds_late_bill",
    "unpaid_by_choice", "speech_withheld", "deeds_petition", "deeds_online_post", "employment",
    "efficiency", "perfect_share", "poverty_months", "poverty_ever",
)  # fmt: skip

Draw = Mapping[str, float]


def of_draws(
    changed: Sequence[Draw], headlines: Sequence[Draw | None], seed: int
) -> dict[str, Any] | None:
    """What moves each of HEADLINES: of the draws that have headlines; None where they are too few.

    `changed`: the values that the numbers took in each draw.
    Returns {draws, numbers, chance: bound on the first |rank correlation|, headlines: {key: rows}},
    a row {name, correlation: partial, given the rows before it, sure: beyond chance, low, high:
    mean headline where the number is lowest and highest [unit], alike: numbers not told from it}.
    """
    pairs = [(c, h) for c, h in zip(changed, headlines, strict=True) if h is not None]
    if len(pairs) < DRAWS_MIN:
        return None
    names = list(pairs[0][0])
    values = np.array([[c[name] for name in names] for c, _ in pairs], float)
    moves = np.ptp(values, axis=0) > 0
    names = [name for name, moved in zip(names, moves, strict=True) if moved]
    values = values[:, moves]
    if not names:
        return None
    ranks = standard(values)
    first = bound(ranks, seed)
    found = {}
    for key in HEADLINES:
        series = np.array([h.get(key, np.nan) for _, h in pairs], float)
        if np.isfinite(series).all() and np.ptp(series) > 0:
            found[key] = most(names, values, ranks, series, first, seed)
    return {
        "draws": len(pairs), "numbers": len(names), "chance": first,
        "headlines": found,
    }  # fmt: skip


def standard(values: np.ndarray) -> np.ndarray:
    """Ranks down each column, ties in the middle, mean nought and length one (draw, number).

    >>> standard(np.array([[1.0], [5.0], [9.0]])).round(2).ravel().tolist()
    [-0.71, 0.0, 0.71]
    """
    from scipy.stats import rankdata

    ranks = rankdata(values, axis=0)
    ranks -= ranks.mean(axis=0)
    return np.asarray(ranks / np.sqrt((ranks**2).sum(axis=0)))


def most(
    names: Sequence[str], values: np.ndarray, ranks: np.ndarray, series: np.ndarray, first: float,
    seed: int,
) -> list[dict[str, Any]]:  # fmt: skip
    """The numbers with which a headline goes most, each given those before it."""
    rest, headline, sure = ranks.copy(), standard(series[:, None])[:, 0], True
    rows: list[dict[str, Any]] = []
    gone: list[np.ndarray] = []
    for _ in range(min(SHOWN, len(names), len(series) - 3)):
        correlation = headline @ rest
        k = int(np.argmax(np.abs(correlation)))
        sure = sure and abs(correlation[k]) > (bound(rest, seed, gone) if gone else first)
        low, high = thirds(values[:, k], series)
        rows.append({
            "name": names[k], "correlation": float(correlation[k]), "sure": bool(sure),
            "low": low, "high": high, "alike": alike(names, ranks, k),
        })  # fmt: skip
        taken = rest[:, k].copy()
        headline = without(headline[:, None], taken)[:, 0]
        rest = without(rest, taken)
        gone.append(taken)
    return rows


def alike(names: Sequence[str], ranks: np.ndarray, k: int) -> list[str]:
    """The numbers that these few draws cannot tell from one of them, the likest first: their ranks
    went up and down together."""
    together = np.abs(ranks[:, k] @ ranks)
    together[k] = 0.0
    order = np.argsort(-together, kind="stable")[:SHOWN]
    return [names[j] for j in order if together[j] > ALIKE]


def without(columns: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Columns less what goes with `taken` in them, of length one; nought where nothing is left.

    >>> without(np.array([[0.6], [0.8]]), np.array([1.0, 0.0])).ravel().tolist()
    [0.0, 1.0]
    """
    left = columns - np.outer(taken, taken @ columns)
    length = np.sqrt((left**2).sum(axis=0))
    return np.asarray(np.where(length > SLIGHT, left / np.maximum(length, SLIGHT), 0.0))


def thirds(values: np.ndarray, series: np.ndarray) -> tuple[float, float]:
    """The mean of `series` where `values` are in their lowest third, and in their highest.

    >>> thirds(np.arange(6.0), np.array([1.0, 1.0, 2.0, 2.0, 5.0, 7.0]))
    (1.0, 6.0)
    """
    order = np.argsort(values, kind="stable")
    third = max(1, len(order) // 3)
    return float(series[order[:third]].mean()), float(series[order[-third:]].mean())


def bound(ranks: np.ndarray, seed: int, gone: Sequence[np.ndarray] = ()) -> float:
    """What the largest of all correlations stays below in 95 of 100 shufflings of a headline.

    `gone`: what has been taken out of `ranks`, one after the other (draw,); of what is shuffled it
    is taken out as it was of the headline.
    """
    draw = np.random.default_rng(seed)
    own = standard(np.arange(len(ranks), dtype=float)[:, None])[:, 0]
    shuffled = np.array([draw.permutation(own) for _ in range(SHUFFLES)]).T
    for taken in gone:
        shuffled = without(shuffled, taken)
    return float(np.quantile(np.abs(shuffled.T @ ranks).max(axis=1), CHANCE))
