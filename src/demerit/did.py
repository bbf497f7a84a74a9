"""Differences in differences: what an evaluator of pilots reckons, with clusters of places.

Counts and people by place, before and after  ->  a relative effect; its standard error

Pilots after less before, less the same of the places that waited, over what the pilots would have
come to had they moved as these did.  Relative, since what is recorded is a small part of what is
done: a share of it can be held beside the share of the whole.

The error is a jackknife that leaves out a place at a time, apart for pilots and for others: people
of a place have one scheme, and are no independent cases.  Everything is reckoned for all of these
at once: row 0 with every place, row k + 1 without place k.

Source: J. Angrist, J.-S. Pischke, "Mostly Harmless Econometrics", Princeton 2009, chapter 5;
D. Card, A. Krueger, "Minimum wages and employment", AER 84(4), 1994; J. MacKinnon, M. Nielsen,
M. Webb, "Fast and reliable jackknife and bootstrap methods for cluster-robust inference", Journal
of Applied Econometrics 38(5), 2023 (all from memory).
"""

import numpy as np


def leave_out(places: int) -> np.ndarray:
    """Which places each row of the jackknife has (row, place).

    >>> leave_out(2).tolist()
    [[1.0, 1.0], [0.0, 1.0], [1.0, 0.0]]
    """
    return np.concatenate([np.ones((1, places)), 1 - np.eye(places)])


def rates(kept: np.ndarray, counts: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Counts per person-month of these places together (row, period); nan without people.

    `kept` (row, place) as `leave_out`; counts and people (place, period).
    """
    whole = kept @ people
    return np.divide(kept @ counts, whole, out=np.full(whole.shape, np.nan), where=whole > 0)


def effect(pilots: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Relative differences in differences of rates (row, period); nan where the pilots would have
    come to nothing.

    >>> effect(np.array([[0.10, 0.09]]), np.array([[0.20, 0.22]])).round(6)  # 0.12 otherwise
    array([-0.25])
    """
    otherwise = pilots[:, 0] + others[:, 1] - others[:, 0]
    return np.divide(
        pilots[:, 1] - otherwise, otherwise, out=np.full(len(pilots), np.nan), where=otherwise > 0
    )


def change(with_it: np.ndarray, without: np.ndarray) -> np.ndarray:
    """What is changed, of rates (row, period) of the same places: after the start, relative.

    >>> change(np.array([[0.10, 0.09]]), np.array([[0.10, 0.12]])).round(6)
    array([-0.25])
    """
    here, law = with_it[:, 1], without[:, 1]
    return np.divide(here - law, law, out=np.full(len(law), np.nan), where=law > 0)


def standard_error(found: np.ndarray, strata: list[np.ndarray]) -> float:
    """Of what was found with every place and without each (row,); strata are sets of places.

    nan where one is of fewer than two places, or where leaving one out leaves nothing to reckon.
    """
    total = 0.0
    for places in strata:
        left, n = found[1:][places], len(places)
        if n < 2:
            return float("nan")
        total += (n - 1) / n * float(((left - left.mean()) ** 2).sum())
    return float(np.sqrt(total))
