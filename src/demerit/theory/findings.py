"""Findings: what was found about schemes that ran, beside what runs of this model come to.

A published total effect is a check here and an input nowhere.  Nothing is tuned: where a figure
differs its row says so, and why it may.  Schemes as they ship, on samples of 100,000 people, two
years.  The register of data/reference/findings.json says of every finding whether it is a row, an
input of a data file, or outside of what is modelled.
"""

import math
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from demerit import climate as cl
from demerit import facts, run
from demerit import scheme as schemes
from demerit import society as societies
from demerit.columns import LAW, SCHEME
from demerit.run import Counts
from demerit.society.tables.doors import employed_after
from demerit.theory.row import Row, compare, reference

SEED, PEOPLE, MONTHS, SOCIETY, THREADS = 1, 100_000, 24, "china-2020", 2
NEAR = 0.25  # two figures agree within a quarter of the published one
FACTOR = 2.0  # how far what comes out may move before the reason of a gap no longer holds [times]
ADULT = 18  # years
BEHIND_MONTHS = 6  # a card is in default when so many months of dues are unpaid [months]
START_MONTHS = 6  # what counts as the start of a scheme [months]
OFFENCE = "suining.points.traffic_offence"
KNOWN = {"responses.awareness.launch": 1.0, "responses.awareness.learn_rules": 1.0}


# ---- runs


@cache
def lived(key: str, times: int = 1, known: bool = False) -> Counts:
    """Two years of a scheme; a county trial in a county of this size.

    As it ships; or with `times` as many points for a driving offence; or, as those do who hold a
    licence on points, everybody knowing the rules from the first months on (`known`).
    """
    values: dict[str, float] = dict(KNOWN) if known else {}
    if times != 1:
        points = schemes.load(key).spec["points"]["traffic_offence"]
        values[OFFENCE] = times * facts.value(points)
    scheme, society = schemes.load(key, values), societies.load(SOCIETY)
    place = society.places.keys[411] if scheme.spec["scope"] == "county" else None
    made = run.plan(scheme, society, MONTHS, SEED, PEOPLE, place, values=values)
    return run.simulate(made, THREADS)


def by_month(counts: Counts, *names: str, world: int = SCHEME) -> np.ndarray:
    """The sum of counters in each month in which the scheme stood (month,)."""
    rows = [counts.counters.index(name) for name in names]
    months: np.ndarray = counts.frames[world, : counts.window, rows, 0].sum(axis=0)
    return months


def total(key: str, *names: str, world: int = SCHEME) -> float:
    """The sum of counters over the months in which the scheme stood."""
    return float(by_month(lived(key), *names, world=world).sum())


def share(key: str, part: str, whole: str) -> float:
    """One sum over another; nan where there is no whole."""
    return total(key, part) / total(key, whole) if total(key, whole) else math.nan


def withheld(counts: Counts, deed: str, until: int = MONTHS) -> float:
    """What fear takes away of the deeds that would have been done, as a change [share]."""
    kept, done = (by_month(counts, f"{what}_{deed}")[:until].sum() for what in ("withheld", "deed"))
    return -float(kept / (kept + done))


# ---- figures


def figures() -> dict[str, float]:
    """What the runs come to, by the key of the finding."""
    return conduct() | court_list() | {
        "aware": share("suining", "aware_heard", "scored"),
        "outcry": months_to_outcry(),
        "mark": -100 * barred_a_year(),
        "link_county": share("suining", "entries_foreign", "entries"),
        "link_nation": share("national", "entries_foreign", "entries"),
        **debts()._asdict(),
    }  # fmt: skip


def conduct() -> dict[str, float]:
    """How far deeds change."""
    ships, known = lived("suining"), lived("suining", known=True)
    return {
        "offences": withheld(ships, "traffic_offence"),
        "offences_known": withheld(known, "traffic_offence", START_MONTHS),
        "offences_later": withheld(ships, "traffic_offence"),
        "doubled": change(ships, lived("suining", 2), "deed_traffic_offence"),
        "doubled_known": change(known, lived("suining", 2, known=True), "deed_traffic_offence"),
        "fine": price_elasticity(),
        "threat": withheld(lived("suining-2010"), "loan_default"),
        "threat_known": withheld(
            lived("suining-2010", known=True), "loan_default", START_MONTHS
        ),
        "searches": withheld(lived("national"), "signal_message"),
        "pilot": direction("suining"),
        "nation": direction("national"),
    }  # fmt: skip


def change(before: Counts, after: Counts, counter: str) -> float:
    """How much more or less of something there is at the start of another run [share]."""
    one, two = (by_month(counts, counter)[:START_MONTHS].sum() for counts in (before, after))
    return float(two / one) - 1


def court_list() -> dict[str, float]:
    """Who comes on the list and who goes, and what it shuts."""
    counts = lived("court-list")
    new, listed = by_month(counts, "newly_sanctioned"), by_month(counts, "sanctioned")
    return {
        "listed": float(new.sum()) / PEOPLE,
        "early": float(new[:3].sum() - listed[2]) / float(new[:2].sum()),
        "complied": float(new.sum() - listed[-1]) / float(new.sum()),
        "flights": 12 * share("court-list", "refused_flight", "sanctioned"),
        "trains": 12 * share("court-list", "refused_train", "sanctioned"),
    }


def months_to_outcry() -> float:
    """From the first month of the county's trial to its end; nan where it does not end [months]."""
    repealed = lived("suining").repeal_month[SCHEME]
    return math.nan if repealed is None else float(repealed + 1)


def direction(key: str) -> float:
    """Whether there are more harmful deeds under a scheme than without it (1), or fewer (-1)."""
    deeds = facts.read("deeds.toml")["deed"]
    harmful = [f"deed_{name}" for name, deed in deeds.items() if deed["harm"]]
    return float(np.sign(total(key, *harmful) - total(key, *harmful, world=LAW)))


def price_elasticity() -> float:
    """How driving offences of the cautious answer to what being caught costs them.

    Next to the edge, where one entry costs all that exclusion is believed to.
    """
    society = societies.load(SOCIETY)
    plan = run.plan(schemes.load("suining"), society, 1, SEED, 1_000, society.places.keys[411])
    deed = list(facts.read("deeds.toml")["deed"]).index("traffic_offence")
    law = float(plan.society_tables.law_cost_yuan[deed])
    price = 1 + plan.society_tables.exclusion_cost_yuan / law
    return math.log(1 - plan.scheme_tables.fear_16[deed, 0] / 65536) / math.log(price)


def barred_a_year() -> float:
    """Points of employment that a year of a shut job door costs who is barred [share]."""
    work = facts.read(f"societies/{SOCIETY}/household.toml")["work"]
    loss, ratio = (
        facts.value(work, "job_loss_rate"),
        societies.load(SOCIETY).employed_per_unemployed,
    )
    return employed_after(12, 1.0, loss, ratio) - employed_after(12, 0.0, loss, ratio)


class Debts(NamedTuple):
    """What becomes of debts under ordinary law."""

    late: float  # borrowers who miss an instalment at least once in two years [share]
    behind: float  # borrowers who at the end are `BEHIND_MONTHS` of dues behind [share]
    enforced: float  # judgments of which something is unpaid a month later [per adult and year]


@cache
def debts() -> Debts:
    """Three years under ordinary law, of which two are looked at: no scheme, all provinces."""
    plan = run.plan(schemes.load("none"), societies.load(SOCIETY), 1, SEED, PEOPLE)
    unpaid = list(facts.read("deeds.toml")["deed"]).index("loan_default")
    cases, late, known = 0, np.zeros(1, bool), [np.zeros(1, bool)]
    with ThreadPoolExecutor(THREADS) as pool:
        steps = run.Lockstep(plan, pool, THREADS, None)
        steps.people()
        climate = cl.before(plan.society_tables, plan.region_count, steps.deeds, plan.scheme_tables)
        for month in range(-36, 0):
            steps.month(climate, month)
            known = [*known[-2:], column(steps, "judgment_fen") > 0]
            if month >= -24:
                late = late | (column(steps, "deed_count", unpaid) > 0)
                cases += int((~known[0] & known[1] & known[2]).sum())
        adults = column(steps, "age_years") >= ADULT
        borrowers = adults & (column(steps, "instalment_fen") > 0)
        dues = sum(column(steps, f"{due}_fen") for due in ("bill", "rent", "instalment"))
        behind = borrowers & (column(steps, "arrears_fen") >= BEHIND_MONTHS * dues)
    each = float(borrowers.sum())
    return Debts(
        float((late & borrowers).sum()) / each, float(behind.sum()) / each,
        cases / 2 / float(adults.sum()),
    )  # fmt: skip


def column(steps: run.Lockstep, name: str, row: int | None = None) -> np.ndarray:
    """A column of everybody, or one row of it, in the world of ordinary law (person,)."""
    found = []
    for files, lives, _ in steps.folds:
        own = (files if name in files.dtype.names else lives)[name]
        own = own if own.ndim == 2 else own[:, LAW]
        found.append((own if row is None else own[:, row]).astype(np.int64).ravel())
    return np.concatenate(found)


# ---- beside what was published


def rows() -> list[Row]:
    """Every finding that applies, got beside published."""
    got = figures()
    entries = reference("findings")["findings"]
    return [beside(key, entry, got[key]) for key, entry in entries.items()]


def beside(key: str, entry: Mapping[str, Any], got: float) -> Row:
    """One finding; the reason of a gap is given as long as it is the gap that it was given for."""
    gap, note = entry.get("gap", ""), ""
    if gap and not same_gap(entry["published"], entry["found"], got):
        gap, note = "", f"it was {entry['found']} when its reason was written, which was: {gap}"
    return compare(
        f"findings.{key}", entry["what"], entry["published"], got,
        NEAR * abs(entry["published"]), entry["source"], gap=gap, note=note,
    )  # fmt: skip


def same_gap(published: float, found: float | None, got: float) -> bool:
    """Whether a gap is on the side where it was found, and about as wide; None is a nan.

    >>> same_gap(0.11, 0.34, 0.45), same_gap(0.11, 0.34, 0.69), same_gap(0.11, 0.34, 0.05)
    (True, False, False)
    >>> same_gap(1.0, None, float("nan")), same_gap(1.0, None, 3.0)
    (True, False)
    """
    if found is None or math.isnan(got):
        return found is None and math.isnan(got)
    side = math.copysign(1, found - published) == math.copysign(1, got - published)
    low, high = sorted((abs(got), abs(found)))
    return side and got * found > 0 and high <= FACTOR * low
