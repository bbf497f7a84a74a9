"""Contrast: every measure with the scheme, without it and without errors; and what is chance.

Counts (folds)  ->  {measure: {with, without, no_errors, effect, chance_low, chance_high, by_group}}

Twins share every draw, so a contrast is a difference of two ratios over the same people.  Chance is
what other draws with the same numbers would have shown: over replicates where there are five or
more, else a delete-a-group jackknife over the folds, paired between worlds; a share has the
interval of as many independent cases as would have its error (chance.py), which holds near nought
and one, too.

Source: M. Quenouille, "Notes on bias in estimation", Biometrika 43, 1956; J. Tukey, "Bias and
confidence in not quite large samples", Ann. Math. Stat. 29, 1958 (from memory).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from demerit import chance
from demerit.chance import reach
from demerit.columns import NO_ERRORS, WORLDS
from demerit.measures import MEASURES, Measure, behind, evaluate, settled
from demerit.run import Counts
from demerit.survey import tables

SIDES = {"with": "scheme", "without": "law", "no_errors": "no_errors"}
REPLICATES_MIN = 5
FOLDS_MIN = 5
# Membership of a banned group is shown only where it is the burden on lawful conduct that counts.
BURDEN_ON_FAITH = ("speech_withheld", "faith_withheld", "sanction_anatomy_lawful")
YEAR = 12  # months from one survey to the next
PEOPLE_MIN, EVENTS_MIN = 1_000, 30  # person-months and events below which a cell is blank


def named(
    m: Measure, totals: np.ndarray, counters: Sequence[str], alone: bool = False
) -> dict[str, dict[str, np.ndarray]]:
    """The counts that a measure reads, of totals (..., world, counter, group), by name:
    world -> counter or table of the survey -> (..., group) or (..., axis, group).

    `alone`: of the group of all alone, but for a table that is read by groups of its own.
    """
    found: dict[str, dict[str, np.ndarray]] = {world: {} for world in WORLDS}
    for name in dict.fromkeys(c.partition("__")[0].partition(":")[0] for c in m.reads):
        if tables.find(name):
            counts = np.moveaxis(tables.read(name, totals, counters, alone), totals.ndim - 3, 0)
        else:
            groups = slice(1) if alone else slice(None)
            counts = np.moveaxis(totals[..., counters.index(name), groups], -2, 0)
        for world, rows in zip(WORLDS, counts, strict=True):
            found[world][name] = rows
    return found


def sides(
    m: Measure,
    counts: Mapping[str, Mapping[str, np.ndarray]],
    held: Mapping[str, Any] | None = None,
) -> dict[str, np.ndarray]:
    """A measure on each side and its effect (group,); nan where undefined.

    `held`: what it has settled by other counts, on each side.
    """
    found = {
        side: evaluate(m, counts, world, held and held[side]).value for side, world in SIDES.items()
    }
    return found | {"effect": found["with"] - found["without"]}


def values(m: Measure, totals: np.ndarray, counters: Sequence[str]) -> dict[str, np.ndarray]:
    """A measure on each side and its effect (group,), from totals (world, counter, group)."""
    return sides(m, named(m, totals, counters))


def left_out(m: Measure, folds: np.ndarray, counters: Sequence[str]) -> np.ndarray:
    """The headline of a measure with each fold left out in turn (fold,).

    What the folds share, the climate and with it a repeal, is held as it was.
    """
    each = named(m, folds, counters, alone=True)
    total = {w: {name: rows.sum(axis=0) for name, rows in of.items()} for w, of in each.items()}
    rest = {w: {name: total[w][name] - rows for name, rows in of.items()} for w, of in each.items()}
    if not any(map(tables.find, m.counts)):
        without: np.ndarray = sides(m, rest)[m.headline][:, 0]
        return without
    # The axes of a table come first: fold by fold.
    held = {side: settled(m, total, world) for side, world in SIDES.items()}
    one = [{w: {name: rows[k] for name, rows in of.items()} for w, of in rest.items()}
           for k in range(folds.shape[0])]  # fmt: skip
    return np.array([sides(m, counts, held)[m.headline][0] for counts in one])


def jackknife(
    m: Measure, folds: np.ndarray, counters: Sequence[str], pooled: np.ndarray | None = None,
    months: int = 1,
) -> tuple[float, float] | None:  # fmt: skip
    """95% interval of the headline over folds left out in turn, or None where too few folds or
    events, or where the measure is not smooth in its counts.

    `pooled`: the folds added up, where they are at hand; `months` over which they are counted
    """
    if folds.shape[0] < FOLDS_MIN or not m.smooth:
        return None
    pooled = folds.sum(axis=0) if pooled is None else pooled
    if too_rare(m, pooled, counters):
        return None
    found, left = values(m, pooled, counters), left_out(m, folds, counters)
    whole = found[m.headline][0]
    if not np.isfinite(left).all() or not np.isfinite(whole):
        return None
    half = half_width(left)
    return ends(m, found, float(whole), half, left.size, cases(m, pooled, counters, months, half))


def ends(
    m: Measure, found: Mapping[str, np.ndarray], value: float, half: float, sample: int, most: float
) -> tuple[float, float] | None:
    """The interval of a headline with this half width: of a share by `chance.of_share`; a rate ends
    at nought; an effect is left as it is, but where there is nought without the scheme, and so the
    effect is the level itself."""
    if m.headline == "with" or found["without"][0] == 0:
        if m.unit == "share" and 0 <= value <= 1:
            return chance.of_share(value, half / reach(sample), sample, most)
        if m.unit in ("share", "rate"):
            return max(0.0, value - half), value + half
        if half == 0 and value == 1 and not m.events:
            return None  # a ratio of shares of which all are alike: no fold says how much is chance
    return value - half, value + half


def cases(
    m: Measure, totals: np.ndarray, counters: Sequence[str], months: int, half: float
) -> float:
    """At most how many independent cases a share with this half width is of.

    Where next to all of them are alike, or no fold differs from another, the folds say next to
    nothing of how much they spread, and all months of a person may be one case; elsewhere the folds
    say it.
    """
    ratio = evaluate(m, named(m, totals, counters, alone=True), "scheme")
    part, whole = float(ratio.part[0]), float(ratio.whole[0])
    few = half == 0 or min(part, whole - part) < EVENTS_MIN
    counted = whole > 1 and not m.events  # people, deeds or doors, not other ratios or money
    asked = [tables.find(name) for name in m.counts]
    yearly = all(found and found[0] not in tables.MONTHLY for found in asked)
    times = -(-months // YEAR) if yearly else months  # that one person may be counted
    return max(1.0, whole / max(1, times)) if few and counted else np.inf


def too_rare(m: Measure, totals: np.ndarray, counters: Sequence[str]) -> bool:
    """Are the events of a measure too few to tell by chance, of both worlds for an effect?

    Where next to nothing happens it happens in hardly a fold, and their spread says next to
    nothing.  Where it is not known how many events there are, none are too few.
    """
    happened = events(m, totals, counters)
    return happened is not None and happened < EVENTS_MIN


def events(m: Measure, totals: np.ndarray, counters: Sequence[str]) -> float | None:
    """How many events are behind the headline of a measure, of both worlds for an effect; None
    where that is not known.

    Those that it names (money, points and time are none); else, of a share or a rate, what it
    counts.  A ratio among one, or among less, is of other ratios, and counts no events.
    """
    counts = named(m, totals, counters, alone=True)
    worlds = [SIDES[side] for side in ("with", *(["without"] if m.headline == "effect" else []))]
    if m.events:
        return float(sum(behind(m, counts, world)[0] for world in worlds))
    if m.unit not in ("share", "rate"):
        return None
    found = [evaluate(m, counts, world) for world in worlds]
    if not all(ratio.whole[0] > 1 or ratio.whole[0] == 0 for ratio in found):
        return None
    return float(sum(ratio.part[0] for ratio in found))


def half_width(left: np.ndarray) -> float:
    """Half of the 95% interval of a number that is `left` with each fold left out in turn.

    >>> round(half_width(np.array([1.0, 3.0])), 2)
    12.71
    """
    spread = np.sqrt((left.size - 1) / left.size * ((left - left.mean()) ** 2).sum())
    return float(reach(left.size) * spread)


def over_replicates(found: Sequence[float]) -> tuple[float, float] | None:
    """95% interval of the mean over replicates (Student's t).

    >>> over_replicates([1.0, 1.0, 1.0, 1.0, 1.0])
    (1.0, 1.0)
    """
    sample = np.array(found)
    if not np.isfinite(sample).all():
        return None
    half = reach(sample.size) * float(sample.std(ddof=1)) / sample.size**0.5
    return float(sample.mean() - half), float(sample.mean() + half)


def replicated(
    m: Measure, runs: Sequence[Counts], pooled: np.ndarray, counters: Sequence[str]
) -> tuple[float, float] | None:
    """95% interval of the headline over replicates, or None where too few events or one of them is
    undefined."""
    each = [values(m, run.total, counters)[m.headline][0] for run in runs]
    whole = None if too_rare(m, pooled, counters) else over_replicates(each)
    if whole is None:
        return None
    low, high = whole
    half, found = (high - low) / 2, values(m, pooled, counters)
    return ends(m, found, (low + high) / 2, half, len(runs),
                cases(m, pooled, counters, runs[0].window, half))  # fmt: skip


def contrast(runs: Sequence[Counts], groupings: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Every measure over these replicates, which must agree on whether the scheme was repealed."""
    folds = added(runs)
    pooled = folds.sum(axis=0)
    return {key: of_measure(m, runs, groupings, folds, pooled) for key, m in MEASURES.items()}


def added(runs: Sequence[Counts]) -> np.ndarray:
    """The folds of these replicates added up (fold, world, counter, group)."""
    return runs[0].folds if len(runs) == 1 else np.sum([run.folds for run in runs], axis=0)


def of_measure(
    m: Measure, runs: Sequence[Counts], groupings: Mapping[str, Sequence[str]],
    folds: np.ndarray | None = None, pooled: np.ndarray | None = None,
) -> Any:  # fmt: skip
    """One measure: its sides, its interval of chance, its groups.

    `folds`, `pooled`: the folds of all replicates added up, and their sum, where they are at hand
    """
    counters = runs[0].counters
    folds = added(runs) if folds is None else folds
    pooled = folds.sum(axis=0) if pooled is None else pooled
    found = values(m, pooled, counters)
    alone = runs[0].worlds <= NO_ERRORS  # nobody lived without errors
    if alone or ended_first(runs[0]):  # ... or not in all of the time that is compared
        found["no_errors"] = np.full_like(found["with"], np.nan)
        if any(name.endswith(("_by_error", "__no_errors")) for name in m.counts):
            found["with"] = found["effect"] = found["no_errors"]
    if alone and np.isnan(found["with"]).all():
        interval, kind = None, ""
    elif len(runs) >= REPLICATES_MIN:
        interval, kind = replicated(m, runs, pooled, counters), "replicates"
    else:
        interval, kind = jackknife(m, folds, counters, pooled, runs[0].window), "jackknife"
    low, high = interval or (None, None)
    return {
        "unit": m.unit, "better": m.better, "headline": m.headline, "question": m.question,
        "textbook": m.textbook,
        **{side: tidy(numbers[0]) for side, numbers in found.items()},
        "low": None, "high": None, "chance_low": low, "chance_high": high,
        "interval": kind if interval else None,
        "by_group": by_group(m, pooled, counters, groupings, "no_errors" if alone else None),
    }  # fmt: skip


def ended_first(run: Counts) -> bool:
    """Was the scheme repealed in the world without errors before it was in its own?"""
    own, other = (run.repeal_month[WORLDS.index(world)] for world in ("scheme", "no_errors"))
    return other is not None and (own is None or other < own)


def by_group(
    m: Measure, totals: np.ndarray, counters: Sequence[str], groupings: Mapping[str, Sequence[str]],
    blank: str | None = None,
) -> dict[str, dict[str, dict[str, float | None]]]:  # fmt: skip
    """A measure by group; blank where too few live or too little happened, and the side `blank`."""
    counts = named(m, totals, counters)
    ratios = {side: evaluate(m, counts, world) for side, world in SIDES.items()}
    happened = {s: behind(m, counts, world) for s, world in SIDES.items()} if m.events else None
    found: dict[str, dict[str, dict[str, float | None]]] = {}
    row, rows = 0, ratios["with"].whole.size  # one alone, where the measure has no groups
    for grouping, groups in groupings.items():
        for group in groups:
            shown = grouping != "faith" or m.key in BURDEN_ON_FAITH
            if grouping != "all" and shown and row < rows:
                shown_cell = cell(ratios, row, happened)
                found.setdefault(grouping, {})[group] = shown_cell | (
                    {blank: None} if blank else {}
                )
            row += 1
    return found


def cell(
    ratios: Mapping[str, Any], row: int, happened: Mapping[str, np.ndarray] | None = None
) -> dict[str, float | None]:
    """One group's numbers; each side is blank on its own, the effect if either is.

    `happened`: the events behind them by side (group,), where they are not what is counted
    """
    shown: dict[str, float | None] = {}
    happened = happened or {side: ratio.part for side, ratio in ratios.items()}
    for side, ratio in ratios.items():
        # What is below nought, as a correlation or what is lost, is no count of events too few.
        enough = ratio.whole[row] >= PEOPLE_MIN and abs(happened[side][row]) >= EVENTS_MIN
        # Nothing at all where it cannot happen is known, not too little to tell.
        enough |= ratio.whole[row] >= PEOPLE_MIN and side == "without" and happened[side][0] == 0
        shown[side] = tidy(ratio.value[row]) if enough else None
    pair = shown["with"], shown["without"]
    shown["effect"] = None if None in pair else pair[0] - pair[1]  # type: ignore[operator]
    return shown


def tidy(x: float) -> float | None:
    """A number for JSON: none for what is undefined.

    >>> tidy(float("nan")) is None
    True
    """
    return float(x) if np.isfinite(x) else None
