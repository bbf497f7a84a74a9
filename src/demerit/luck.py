"""Luck: who is under sanction in one draw of what is recorded, and not in a second.

Plan, stages redrawn  ->  two runs side by side  ->  share that chance alone decides, with interval

The same people live twice.  In the second draw the stages named take their random numbers from
another replicate: what happens to be seen, misread, lost or booked on a namesake; all else keeps
its own.  Open loop: lives and deeds are those of the first draw, month by month, so that nothing
but records and files can differ.  Closed loop: lives go on, each with its own consequences.

Whether a deed falls under a rule's stated words is drawn by `observe` and asked again by `audit`:
the two are redrawn together.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit import contrast, run
from demerit.blocks import Blocks
from demerit.columns import COLUMNS, FILE, SCHEME, WORLDS
from demerit.contrast import jackknife, values
from demerit.facts import InputError
from demerit.measures import Measure, Ratio, beside
from demerit.measures.validity import rank_correlation
from demerit.survey import ask, tables

REDRAWN = ("observe", "link")  # stages whose chance is a matter of records
TOGETHER = {"observe": ("observe", "audit")}
LIVED = ("live", "behave", "deal")  # the stages before them, in which people do what they do
COUNTERS = ["both", "one", "none"]  # under sanction in both draws, in one, in neither
Tell = Callable[[str, int, int], None]


def of_sanction(both: np.ndarray, one: np.ndarray) -> Ratio:
    """Of those under sanction in one draw, the share that is not in the other.

    `one` is counted in both draws, and so are those in both: twice over once and twice.

    >>> of_sanction(np.array([6]), np.array([8])).value
    array([0.4])
    """
    return Ratio(one, 2 * both + one)


MEASURES = (
    Measure(
        "luck_of_sanction", "share", "less", "with",
        "I am under sanction: were the same things done and it were only drawn anew what is seen "
        "of them, how likely would I be free?",
        "Chance that who is under sanction in one draw of records is not in a second.",
        ("both", "one"), of_sanction,
    ),
    Measure(
        "score_reliability", "number", "more", "with",
        "Would I have the same score, were it only drawn anew what is seen of me?",
        "Reliability: rank correlation of the score between two draws of records.",
        ("retest",), rank_correlation,
    ),
    Measure(
        "sanctioned_once", "share", "neither", "with",
        "How many are under sanction in a draw?",
        "Base rate, to stand beside: were sanctions a lottery, luck_of_sanction would be one less "
        "this.",
        ("both", "one", "none"), lambda both, one, none: Ratio(2 * both + one,
                                                               2 * (both + one + none)),
    ),
)  # fmt: skip
beside("Luck", "demerit luck SCHEME", {m.key: m.question for m in MEASURES})


class Second(run.Lockstep):
    """The second draw; `first` is the first, of which open loops take over the lives."""

    redrawn: frozenset[str] = frozenset()
    replicate = 0
    first: run.Lockstep | None = None

    def lived(self, fold: int, k: int, month: int, stage: str) -> None:
        """After each stage: whose luck the next one takes; and what the first draw did."""
        after = dict(zip(self.names, self.names[1:], strict=False)).get(stage)
        another = month >= 0 and after in self.redrawn
        own = self.plan.replicate
        self.folds[fold].files["replicate"][k] = self.replicate if another else own
        if self.first and month >= 0 and stage == LIVED[-1]:
            take_over(self.folds[fold], self.first.folds[fold], k)


TAKEN = tuple(c.name for c in COLUMNS if c.writer in LIVED)


def take_over(blocks: Blocks, first: Blocks, k: int) -> None:
    """Put the lives of the first draw in the place of these, as they stand before any record."""
    for name in TAKEN:
        part = "files" if name in FILE else "lives"
        getattr(blocks, part)[name][k] = getattr(first, part)[name][k]


def compare(plan: run.Plan, redrawn: Sequence[str], open_loop: bool, threads: int, tell: Tell,
            months_before: int = run.MONTHS_BEFORE) -> np.ndarray:  # fmt: skip
    """Both draws, counted once a year and in the last month: totals (fold, world, counter, group).

    Months after the scheme's end in either draw are not counted.
    """
    stages = frozenset(s for name in redrawn for s in TOGETHER.get(name, (name,)))
    with ThreadPoolExecutor(threads) as pool:
        one = run.Lockstep(plan, pool, threads, None)
        two = Second(plan, pool, threads, None)
        two.redrawn, two.replicate = stages, plan.replicate + 1
        two.first = one if open_loop else None
        climates = [before(plan, steps, months_before) for steps in (one, two)]
        outcries = [cl.Outcry(plan.scheme_tables) for _ in climates]
        found = np.zeros((len(one.folds), len(WORLDS), len(COUNTERS), tables.GROUPS), np.int64)
        cells = np.zeros((len(one.folds), len(WORLDS), tables.CELLS), np.int64)
        rules = ask.rules(plan.society_tables, plan.scheme_tables, keys(one))
        for month in range(plan.months):
            for s, steps in enumerate((one, two)):
                steps.month(climates[s], month)
                climates[s] = follow(plan, steps, climates[s], outcries[s], month)
            if open_loop:
                climates[1] = climates[0]
            if any(outcry.month[SCHEME] is not None for outcry in outcries[: 2 - open_loop]):
                break
            if (month + 1) % ask.YEAR == 0 or month == plan.months - 1:
                count(one, two, rules, found, cells)
            tell("months", month + 1, plan.months)
    return np.concatenate([found, tables.fold_rows(cells)], axis=2)


def keys(steps: run.Lockstep) -> list[str]:
    """Keys of the deed axis, from the counters."""
    return [c.removeprefix("deed_") for c in steps.counters if c.startswith("deed_")]


def before(plan: run.Plan, steps: run.Lockstep, months: int) -> cl.Climate:
    """People and the months before the start; the climate of the first month."""
    steps.people()
    run.live_before(plan, steps, lambda *_: None, months)
    return run.unfold(plan).begin(run.first(plan))


def follow(plan: run.Plan, steps: run.Lockstep, climate: cl.Climate, outcry: cl.Outcry,
           month: int) -> cl.Climate:  # fmt: skip
    """Next month's climate."""
    counts = steps.shared.sum(axis=0)
    stands = outcry.hear(counts, month)
    return cl.follow(
        climate, counts, plan.society_tables, plan.scheme_tables, stands, outcry.amnesty
    )


def count(one: run.Lockstep, two: run.Lockstep, rules: ask.Rules, found: np.ndarray,
          cells: np.ndarray) -> None:  # fmt: skip
    """Add those who have a file: under sanction in both draws, one, none; score by score."""
    for fold in range(len(one.folds)):
        sheet = ask.Sheet(cells[fold])
        for k in range(len(one.folds[fold].files)):
            files = [steps.folds[fold].files[k] for steps in (one, two)]
            who = np.flatnonzero(files[0]["scored"][: int(files[0]["people"])])
            under = sum(file["sanctioned"][SCHEME, who].astype(np.int64) for file in files)
            found[fold, SCHEME, :, 0] += np.bincount(under, minlength=3)[[2, 1, 0]]
            steps = (ask.score_step(rules, f["score_points"][SCHEME, who]) >> 1 for f in files)
            sheet.add(SCHEME, "retest", *steps)


def measure(totals: np.ndarray) -> dict[str, dict[str, Any]]:
    """What the two draws say, with the chance interval of any measure."""
    told = {}
    for m in MEASURES:
        ends = jackknife(m, totals, COUNTERS)
        told[m.key] = {
            "unit": m.unit, "question": m.question, "textbook": m.textbook,
            "value": contrast.tidy(values(m, totals.sum(axis=0), COUNTERS)["with"][0]),
            "chance_low": ends[0] if ends else None, "chance_high": ends[1] if ends else None,
        }  # fmt: skip
    return told


def experiment(plan: run.Plan, redrawn: Sequence[str], threads: int, tell: Tell) -> dict[str, Any]:
    """Open and closed loop.  InputError for a stage that cannot be redrawn."""
    wrong = [name for name in redrawn if name not in REDRAWN]
    if wrong or not redrawn:
        raise InputError(
            f"--redraw {','.join(redrawn)}: only {' and '.join(REDRAWN)} can be drawn anew, "
            f"as in --redraw {','.join(REDRAWN)}."
        )
    return {
        loop: measure(compare(plan, redrawn, loop == "open", threads, tell))
        for loop in ("open", "closed")
    }
