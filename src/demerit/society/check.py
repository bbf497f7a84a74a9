"""Check: margin by margin, what was published, what the tables hold, what drawn people show.

A row's `wanted`, `table` and `drawn` are shares of everybody (of a province's people where the cell
names one) unless it gives a unit; `gap` is table less wanted, as a share of what the margin speaks
of (of the wanted figure where it has a unit); `z` is the drawn count less what the tables lead one
to expect, in standard deviations.

People are dealt to provinces by quota, so a province's size has no variance, and within a province
they are drawn alike and apart: the variance of a count is the sum of n p (1 - p) over provinces.
A cell of which fewer than 25 are expected gets no z.  With N cells the largest |z| should stay
within the bound that N independent normal scores pass once in a hundred times (Bonferroni).
"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from demerit.blocks import allocate, name_block
from demerit.facts import InputError
from demerit.society import figures, margins
from demerit.society.catalogue import Society, load
from demerit.society.people import GROUPINGS, populate
from demerit.society.places import blocks
from demerit.society.targets import Asker, Target, targets

EXPECTED_MIN = 25
CHANCE = 0.01
TOLERANCE = 1e-4
COLUMNS = (
    "urban", "age_years", "male", "schooling", "status", "household_size", "earner_count",
    "parent_in_need", "indebted", "online", "driver", "party_member", "income_fifth",
)  # fmt: skip

Row = dict[str, Any]


class Drawn(NamedTuple):
    """What drawn people show."""

    dealt: np.ndarray  # (province,) people
    counts: list[np.ndarray]  # a target each (province, cell)
    fen: np.ndarray  # (person,) income a month
    urban: np.ndarray  # (person,)
    province: np.ndarray  # (person,)
    namesakes: np.ndarray  # (person,)
    earners: float  # by person: the earners of the household over its size


def draw(society: Society, asked: Sequence[Target], people: int, seed: int) -> Drawn:
    """Populate the blocks of so many people and count them under every target."""
    dealt = np.zeros(len(society.provinces), np.int64)
    counts = [np.zeros(target.table.shape) for target in asked]
    deeds = len(society.people.offending.risk)
    room = allocate(1, deeds, len(GROUPINGS), 1)
    kept: list[list[np.ndarray]] = []
    for block in blocks(society, people=people):
        n, p = block.people, block.province_index
        world = name_block(room, 0, (seed, block.first, n, 0, 0))
        populate(world, society.people, p, n)
        columns = {name: getattr(world, name)[:n].astype(np.intp) for name in COLUMNS}
        dealt[p] += n
        for target, count in zip(asked, counts, strict=True):
            at = target.label(columns)
            some = at >= 0
            if target.column:
                some &= columns[target.column] == target.yes
            count[p] += np.bincount(at[some], minlength=len(target.cells))
        earners = columns["earner_count"] / columns["household_size"]
        fen, names = world.income_month_fen[:n].copy(), world.namesake_count[:n].copy()
        kept.append([fen, columns["urban"], np.full(n, p), names, earners])
    fen, urban, province, names, earners = map(np.concatenate, zip(*kept, strict=True))
    return Drawn(dealt, counts, fen, urban, province, names, float(earners.mean()))


def score(target: Target, dealt: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Standard scores of a target's counts, shaped as what is wanted; NaN where too few."""
    n = dealt[:, None]
    mean, variance = n * target.table, n * target.table * (1 - target.table)
    whole = np.broadcast_to(n, count.shape)
    if target.wanted.ndim == 1:
        mean, variance, count, whole = (x.sum(0) for x in (mean, variance, count, whole))
    enough = (mean >= EXPECTED_MIN) & (whole - mean >= EXPECTED_MIN)
    return np.where(enough, (count - mean) / np.sqrt(np.maximum(variance, 1e-9)), np.nan)


def target_rows(society: Society, ask: Asker, asked: list[Target], drawn: Drawn) -> list[Row]:
    """A row for each cell of each target."""
    rows = []
    for target, count in zip(asked, drawn.counts, strict=True):
        z = score(target, drawn.dealt, count)
        if target.wanted.ndim == 1:
            table = (target.table * ask.weight[:, None]).sum(0)
            got, names = count.sum(0) / drawn.dealt.sum(), list(target.cells)
        else:
            table, got = target.table, count / np.maximum(drawn.dealt[:, None], 1)
            names = [f"{p}: {cell}" for p in society.provinces for cell in target.cells]
        gap = (table - target.wanted) / target.base
        shares = [x.ravel().tolist() for x in (target.wanted, table, gap, got, z)]
        for cell, wanted, held, off, seen, far in zip(names, *shares, strict=True):
            rows.append(row(target.name, cell, wanted, held, off, seen, far, target.why))
    return rows


def row(
    margin: str, cell: str, wanted: float, table: float, gap: float, drawn: float, z: float,
    why: str,
) -> Row:  # fmt: skip
    """One line of the check."""
    return {
        "margin": margin, "cell": cell, "wanted": wanted, "table": table, "gap": gap,
        "drawn": drawn, "z": None if math.isnan(z) else z, "target": not why, "why": why,
    }  # fmt: skip


def check(key: str, people: int, seeds: Sequence[int]) -> tuple[list[Row], dict[str, Any]]:
    """The rows for the first seed, and a summary over all of them.

    Summary: figures of the margins by grade, cells tested, largest |z| and its bound, the largest
    gap among targets, the same by seed; `passed` where at most one seed in twenty is beyond the
    bound and every target is met.
    """
    if not seeds:
        raise InputError("seeds: give at least one.")
    society = load(key)
    ask = Asker(society)
    asked = targets(ask)
    rows: list[Row] = []
    by_seed = []
    for seed in seeds:
        drawn = draw(society, asked, people, seed)
        mine = [
            *figures.population(society, ask, drawn),
            *target_rows(society, ask, asked, drawn),
            *figures.others(society, ask, drawn),
        ]
        rows = rows or mine
        by_seed.append({"seed": seed, **verdict([abs(r["z"]) for r in mine if r["z"] is not None])})
    gap = max(abs(r["gap"]) for r in rows if r["target"])
    failed = sum(not each["passed"] for each in by_seed)
    worst = max(by_seed, key=lambda each: each["largest_z"])
    passed = failed <= len(seeds) // 20 and gap <= TOLERANCE
    summary = {**worst, "seed": list(seeds), "passed": passed, "largest_gap": gap, "seeds": by_seed}
    summary = {"figures": margins.grades(key), **summary}
    return rows, summary


def verdict(z: list[float]) -> dict[str, Any]:
    """Whether the largest of so many standard scores is one that chance explains."""
    bound = NormalDist().inv_cdf(1 - CHANCE / (2 * max(len(z), 1)))
    largest = max(z, default=0.0)
    return {"cells": len(z), "largest_z": largest, "bound": bound, "passed": largest <= bound}
