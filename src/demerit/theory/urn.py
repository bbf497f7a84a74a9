"""Urn: who is watched is found out, and who is found out is watched.

Each day a patrol goes to one of two places, with the share of the records it has of it.  There it
finds something at that place's rate, and what it finds becomes a record.  With equal rates the
share comes to rest anywhere (Polya); with unequal ones it runs to 1, whatever the true shares.
Corrected: a record is kept with the chance that the patrol had gone to the other place, and the
share comes to that of the rates.

Source: D. Ensign, S. Friedler, S. Neville, C. Scheidegger, S. Venkatasubramanian, "Runaway feedback
loops in predictive policing", Proceedings of Machine Learning Research 81, 2018.
"""

import numpy as np

from demerit import draws
from demerit.kernel import kernel
from demerit.theory.row import URN, Row, reference, sampled

SEED = 2018
URNS, BATCHES = 2000, 20


@kernel
def fill_urns(seed, first, second, rates_32, days, corrected, out):
    """Share of records of the first place after `days` days in each urn: `out` (urn,)."""
    for urn in range(out.size):
        one, both = first, first + second
        for day in range(days):
            go, find, keep, _ = draws.four(seed, draws.U(urn), day, 0, URN, 0)
            at_one = draws.among(go, both) < one
            found = find < rates_32[0 if at_one else 1]
            mine = one if at_one else both - one
            if found and (not corrected or draws.among(keep, both) >= mine):
                one += np.int64(at_one)
                both += 1
        out[urn] = one / both


def shares(start: list[int], rates: list[float], days: int, corrected: bool = False) -> np.ndarray:
    """Share of records of the first place after `days` days (urn,)."""
    out = np.zeros(URNS)
    fill_urns(draws.U(SEED), start[0], start[1], draws.chance_32(rates), days, corrected, out)
    return out


def rows() -> list[Row]:
    """Urns beside their limits and beside the urns of others."""
    given = reference("urn")
    found = []
    for key in ("equal", "equal_10_20"):
        row = given[key]
        ends = shares(row["start"], row["rates"], row["days"])
        name = f"start {row['start'][0]} to {row['start'][1]}, equal rates"
        found += beside(f"urn.{key}", name, row, ends)
        if "deciles_1_5_9" in row:
            found += deciles(key, name, row["deciles_1_5_9"], ends)
    row = given["unequal"]
    for days in (2000, 20000):
        ends = shares(row["start"], row["rates"], days)
        found.append(
            sampled(f"urn.unequal.{days}",
                    f"rates 0.6 and 0.5, {days} days: records of the first [share]",
                    row[f"mean_after_{days}"], ends.tolist(), "urns of others", error(ends),
                    note=f"on the way to 1; its share of what happens is {row['true_share']:.3f}")
        )  # fmt: skip
    row = given["corrected"]
    ends = shares(row["start"], row["rates"], row["days"], corrected=True)
    return found + beside("urn.corrected", "rates 0.6 and 0.5, corrected", row, ends)


def error(ends: np.ndarray) -> float:
    """Standard error of the mean of others' urns, taken to be as many as here."""
    return float(ends.std(ddof=1)) / URNS**0.5


def batches(ends: np.ndarray, figure) -> list[float]:
    """A figure of each of `BATCHES` batches of urns, for its standard error."""
    return [float(figure(batch)) for batch in np.split(ends, BATCHES)]


def beside(key: str, name: str, row: dict, ends: np.ndarray) -> list[Row]:
    """Mean and spread of urns beside the limit, where it is known, and beside others' urns."""
    spreads = batches(ends, lambda batch: batch.std(ddof=1))
    spread_error = float(np.std(spreads, ddof=1)) / BATCHES**0.5
    what = f"{name}: records of the first, "
    found = [
        sampled(f"{key}.mean.limit", what + "mean: limit [share]", row["theory_mean"],
                ends.tolist(), "Ensign and others 2018"),
        sampled(f"{key}.mean.urns", what + "mean: urns of others [share]", row["mean"],
                ends.tolist(), "urns of others", error(ends)),
        sampled(f"{key}.spread.urns", what + "standard deviation: urns of others [share]",
                row["spread"], spreads, "urns of others", spread_error),
    ]  # fmt: skip
    if "theory_spread" in row:
        found.append(
            sampled(f"{key}.spread.limit", what + "standard deviation: limit [share]",
                    row["theory_spread"], spreads, "Ensign and others 2018")
        )  # fmt: skip
    return found


def deciles(key: str, name: str, published: list[float], ends: np.ndarray) -> list[Row]:
    """The first, fifth and ninth decile of urns beside those of others."""
    found = []
    for tenth, value in zip((1, 5, 9), published, strict=True):
        each = batches(ends, lambda batch, q=tenth / 10: np.quantile(batch, q))
        found.append(
            sampled(f"urn.{key}.decile.{tenth}", f"{name}: decile {tenth} [share]", value, each,
                    "urns of others", float(np.std(each, ddof=1)) / BATCHES**0.5)
        )  # fmt: skip
    return found
