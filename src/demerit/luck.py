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
# Under sanction in both draws, in one, in neither; the same of those who changed their tier.
COUNTERS = ["both", "one", "none", "moved_both", "moved_one", "moved_none"]
Tell = Callable[[str, int, int], None]


def of_sanction(both: np.ndarray, one: np.ndarray) -> Ratio:
    """Of those under sanction (or moved) in one draw, the share that is not in the other.

    `one` is counted in both draws, and so are those in both: twice over once and twice.

    >>> of_sanction(np.array([6]), np.array([8])).value
    array([0.4])
    """
    return Ratio(one, 2 * both + one)


def once(both: np.ndarray, one: np.ndarray, none: np.ndarray) -> Ratio:
    """How many it is in a draw.

    >>> once(np.array([6]), np.array([8]), np.array([6])).value
    array([0.5])
    """
    return Ratio(2 * both + one, 2 * (both + one + none))


def less(reliability: Ratio) -> Ratio:
    """What a reliability leaves to luck.

    >>> less(Ratio(np.array([3.0]), np.array([4.0]))).value
    array([0.25])
    """
    return Ratio(reliability.whole - reliability.part, reliability.whole)


MEASURES: tuple[Measure, ...] = (
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
        ("both", "one", "none"), once,
    ),
    Measure(
        "luck_of_tier_change", "share", "less", "with",
        "I stand in another tier than a year ago: were it only drawn anew what is seen of me, how "
        "likely would I not have come to the tier where I stand now?",
        "Chance that who changes tier within a year in one draw of records does not in a second, "
        "or comes to a third tier there.",
        ("moved_both", "moved_one"), of_sanction,
    ),
    Measure(
        "moved_once", "share", "neither", "with",
        "How many stand in another tier than a year ago, in a draw?",
        "Base rate, to stand beside luck_of_tier_change.",
        ("moved_both", "moved_one", "moved_none"), once,
    ),
    Measure(
        "luck_of_score", "share", "less", "with",
        "How much of what tells people's scores apart is luck in what is seen of them?",
        "One less reliability: the share of the variance of scores, by rank, that differs between "
        "two draws of records (Lord and Novick, Statistical theories of mental test scores, 1968, "
        "from memory).",
        ("retest",), lambda retest: less(rank_correlation(retest)),
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

    If outcry ends the scheme in either draw the last month is that in which it does.  Who changed
    tier is not counted there: that is a matter of a whole year, or of all months.
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
            ended = any(outcry.month[SCHEME] is not None for outcry in outcries[: 2 - open_loop])
            due = ask.yearly(month) or month == plan.months - 1
            if month == 0:
                stood = [standing(steps) for steps in (one, two)]
            if due or ended:
                count(one, two, rules, found, cells)
            if due:
                stood = moved(one, two, stood, found)
            if ended:
                break
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
            found[fold, SCHEME, :3, 0] += np.bincount(under, minlength=3)[[2, 1, 0]]
            steps = (ask.score_step(rules, f["score_points"][SCHEME, who]) >> 1 for f in files)
            sheet.add(SCHEME, "retest", *steps)


Standing = list[list[np.ndarray]]  # by fold and block: the tier of each who has a file


def standing(steps: run.Lockstep) -> Standing:
    """Who stands in which tier now."""
    return [
        [file["tier"][SCHEME, : int(file["people"])].copy() for file in fold.files]
        for fold in steps.folds
    ]


def moved(one: run.Lockstep, two: run.Lockstep, stood: Sequence[Standing],
          found: np.ndarray) -> list[Standing]:  # fmt: skip
    """Add who stands in another tier than then, in both draws, one, none; return where they stand.

    Alike is who has come to the same tier: down in one draw and up in the other is luck, twice.
    """
    now = [standing(one), standing(two)]
    for fold in range(len(one.folds)):
        for k, file in enumerate(one.folds[fold].files):
            scored = file["scored"][: int(file["people"])] > 0
            (a, b), (then_a, then_b) = ([s[fold][k][scored] for s in pair] for pair in (now, stood))
            first, second = a != then_a, b != then_b
            both = first & second & (a == b)
            apart = first.astype(np.int64) + second - 2 * both
            found[fold, SCHEME, 3, 0] += np.count_nonzero(both)
            found[fold, SCHEME, 4, 0] += int(apart.sum())
            found[fold, SCHEME, 5, 0] += int((1 - both).sum()) - int(apart.sum())
    return now


def measure(totals: np.ndarray, months: int = 1) -> dict[str, dict[str, Any]]:
    """What the two draws say over so many months, with the chance interval of any measure."""
    told = {}
    for m in MEASURES:
        ends = jackknife(m, totals, COUNTERS, months=months)
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
        loop: measure(compare(plan, redrawn, loop == "open", threads, tell), plan.months)
        for loop in ("open", "closed")
    }
