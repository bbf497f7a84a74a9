"""Epstein: runs of the lattice beside the same experiment in other hands.

Bursts of rebellion come and go, and everything hangs on how cops per active person are rounded:
down gives large bursts, to the nearest smaller ones, not at all none.  Other implementations of
the rule, with other random numbers, gave the figures held against these; agreement is within the
standard errors of both.  Mesa's are single runs, which say little.

Source: J. Epstein, "Modeling civil violence", PNAS 99 (suppl. 3), 2002,
doi:10.1073/pnas.092080199.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np

from demerit.step import protest
from demerit.theory import lattice
from demerit.theory.row import Row, compare, reference, sampled

SEED = 2002
SEEDS = 8  # runs of each set-up
MESA_BURN = 50  # steps that the figures of Mesa's runs leave out
FIGURES = {
    "mean_active": "active, mean over steps [people]",
    "sd_active": "active, standard deviation over steps [people]",
    "median_active": "active, median over steps [people]",
    "max_active": "active, most [people]",
    "max_ever": "active, most from the first step on [people]",
    "share_ge50": "steps with 50 or more active [share]",
    "bursts_per_1000": "bursts in 1,000 steps",
    "mean_burst_peak": "highest of a burst, mean [people]",
    "mean_wait": "from a burst to the next, mean [steps]",
    "sd_wait": "from a burst to the next, standard deviation [steps]",
    "mean_jailed": "in jail, mean over steps [people]",
}
IN_BYTES = ("mean_active", "share_ge50", "bursts_per_1000", "mean_burst_peak", "mean_jailed")


def figures(lives: lattice.Lives, burn: int, burst: int) -> dict[str, float]:
    """What a run is summed up by; a burst is a run of steps with `burst` or more active.

    Waits are from start to start; what a run without bursts cannot say is nan.
    """
    active, jailed = lives.active[burn:], lives.jailed[burn:]
    high = (active >= burst).astype(np.int8)
    edges = np.diff(high, prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    peaks = [active[a:b].max() for a, b in zip(starts, ends, strict=True)]
    waits = np.diff(starts)
    return {
        "mean_active": float(active.mean()),
        "sd_active": float(active.std()),
        "median_active": float(np.median(active)),
        "max_active": float(active.max()),
        "max_ever": float(lives.active.max()),
        "share_ge50": float(high.mean()),
        "bursts_per_1000": 1000 * len(starts) / len(active),
        "mean_burst_peak": float(np.mean(peaks)) if peaks else np.nan,
        "mean_wait": float(waits.mean()) if waits.size else np.nan,
        "sd_wait": float(waits.std()) if waits.size else np.nan,
        "mean_jailed": float(jailed.mean()),
    }


@cache
def runs(setup: lattice.Setup, steps: int, burn: int, burst: int) -> dict[str, list[float]]:
    """The figures of `SEEDS` runs of one set-up, by figure."""
    with ThreadPoolExecutor(min(SEEDS, os.cpu_count() or 1)) as pool:
        done = pool.map(lambda replicate: lattice.run(setup, SEED, replicate, steps), range(SEEDS))
        each = [figures(lives, burn, burst) for lives in done]
    return {key: [one[key] for one in each] for key in FIGURES}


def setup_of(row: dict, given: dict, **changed) -> lattice.Setup:
    """The set-up of a row of the reference; `changed` replaces parts of it."""
    parts = {
        "grid": given["grid"], "threshold": given["threshold"], "arrest": given["arrest"],
        "citizen_density": 0.7, "fixed_numbers": False, "shape": "diamond", "rounding": "round",
        "bits": 16, **row, **changed,
    }  # fmt: skip
    return lattice.Setup(**{key: parts[key] for key in lattice.Setup._fields})


def rows() -> list[Row]:
    """The lattice beside an independent implementation, beside Mesa's, and its bytes."""
    given = reference("epstein")
    found = []
    for row in given["independent"]:
        found += beside_independent(row, given)
    calm = setup_of(given["independent"][2], given, rounding="none")
    none = runs(calm, 2000, 100, given["burst"])
    found.append(
        sampled("epstein.unrounded.bursts_per_1000", "without rounding: bursts in 1,000 steps",
                0.0, none["bursts_per_1000"], "an independent implementation")
    )  # fmt: skip
    for row in given["mesa"]:
        found += beside_mesa(row, given)
    found += [bytes_row(k) for k in (0, 1, 2)]
    return found + beside_bytes(given["independent"][2], given)


def beside_independent(row: dict, given: dict) -> list[Row]:
    """Eight runs here beside eight of an independent implementation."""
    mine = runs(setup_of(row, given), row["steps"], row["burn"], given["burst"])
    name = f"{row['setup']}.{row['shape']}.{row['rounding']}"
    return [
        sampled(f"epstein.{name}.{key}", what, row["figures"][key]["mean"], mine[key],
                "an independent implementation", row["figures"][key]["sd"] / row["seeds"] ** 0.5)
        for key, what in FIGURES.items()
        if row["figures"].get(key) is not None
    ]  # fmt: skip


def beside_mesa(row: dict, given: dict) -> list[Row]:
    """Eight runs here beside one of Mesa's, whose spread is taken to be that of these."""
    mine = runs(setup_of(row, given), row["steps"], MESA_BURN, given["burst"])
    theirs = dict(row["figures"])
    theirs["bursts_per_1000"] = 1000 * theirs["bursts"] / (row["steps"] - MESA_BURN + 1)
    found = []
    for key, what in FIGURES.items():
        kept = [x for x in mine[key] if not np.isnan(x)]
        if theirs.get(key) is None or len(kept) < 3:
            continue
        found.append(
            sampled(f"epstein.mesa.{row['setup']}.{row['seed']}.{key}", what, theirs[key], kept,
                    "Mesa 3.3.1", float(np.std(kept, ddof=1)))
        )  # fmt: skip
    return found


def beside_bytes(row: dict, given: dict) -> list[Row]:
    """Eight runs with bytes, as in a run, beside eight that are as good as real numbers."""
    real, coarse = (
        runs(setup_of(row, given, bits=bits), row["steps"], row["burn"], given["burst"])
        for bits in (16, 8)
    )
    return [
        sampled(f"epstein.{row['setup']}.{row['shape']}.{row['rounding']}.bytes.{key}",
                f"{FIGURES[key]}: bytes", float(np.mean(real[key])), coarse[key],
                "the same with 16 bits", float(np.std(real[key], ddof=1)) / SEEDS**0.5)
        for key in IN_BYTES
    ]  # fmt: skip


def joining(lost: float, threshold: float, arrest: float) -> float:
    """Share of people that Epstein's rule makes active, H and R even on [0, 1] and real numbers.

    H lost - R P > T: one minus the mean over R of the least H, where that is at most 1.
    """
    if arrest == 0:
        return max(0.0, 1 - threshold / lost)
    widest = min(1.0, (lost - threshold) / arrest)  # R of whom the angriest still joins
    return widest * (1 - threshold / lost) - arrest * widest**2 / (2 * lost)


def bytes_row(ratio: int) -> Row:
    """The share that joins at so many cops per active person: real numbers, and bytes."""
    arrest = 1 - np.exp(-2.3 * ratio)
    grievance, daring = np.divmod(np.arange(65536), 256)
    out = np.zeros(65536, np.uint8)
    one, nought = np.ones(65536, np.int64), np.zeros(65536, np.int64)
    protest.march(
        grievance, daring, round(256 * 0.82), round(256 * arrest), nought, one, 0,
        round(65536 * 0.1), out,
    )  # fmt: skip
    expected = joining(0.18, 0.1, float(arrest))
    return compare(
        f"epstein.bytes.{ratio}", f"active at {ratio} cops per active person, in bytes [share]",
        expected, float(out.mean()), 0.01 * expected, "Epstein 2002, H and R even on [0, 1]",
        gap="a byte is coarse beside the 0.02 of people who dare at any risk",
    )  # fmt: skip
