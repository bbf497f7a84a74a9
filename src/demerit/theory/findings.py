"""Findings: what was found about schemes that ran, beside what runs of this model come to.

A published total effect is a check here and an input nowhere.  Nothing is tuned: where a figure
differs its row says so, and why it may.  `suining` and `court-list` as they ship, on samples of
100,000 people, two years.
"""

from functools import cache

from demerit import facts, run
from demerit import scheme as schemes
from demerit import society as societies
from demerit.columns import SCHEME
from demerit.run import Counts
from demerit.society.tables.doors import employed_after
from demerit.theory.row import Row, compare, reference

SEED, PEOPLE, MONTHS, SOCIETY = 1, 100_000, 24, "china-2020"
NEAR = 0.25  # two figures agree within a quarter of the published one


@cache
def lived(key: str) -> Counts:
    """Two years of a scheme as it ships; a county trial in a county of this size."""
    scheme, society = schemes.load(key), societies.load(SOCIETY)
    place = society.places.keys[411] if scheme.spec["scope"] == "county" else None
    return run.simulate(run.plan(scheme, society, MONTHS, SEED, PEOPLE, place), 2)


def total(key: str, *names: str) -> float:
    """The sum of counters over the months in which the scheme stood."""
    counts = lived(key)
    rows = [counts.counters.index(name) for name in names]
    return float(counts.frames[SCHEME, : counts.window, rows, 0].sum())


def share(key: str, part: str, whole: str) -> float:
    """One sum over another; nan where there is no whole."""
    return total(key, part) / total(key, whole) if total(key, whole) else float("nan")


def figures() -> dict[str, float]:
    """What the runs come to, by the key of the finding."""
    repealed = lived("suining").repeal_month[SCHEME]
    deterred = total("suining", "withheld_traffic_offence")
    return {
        "aware": share("suining", "aware_heard", "scored"),
        "outcry": float("nan") if repealed is None else float(repealed + 1),
        "offences": -deterred / (deterred + total("suining", "deed_traffic_offence")),
        "listed": total("court-list", "newly_sanctioned") / PEOPLE,
        "flights": 12 * share("court-list", "refused_flight", "sanctioned"),
        "trains": 12 * share("court-list", "refused_train", "sanctioned"),
        "mark": -100 * barred_a_year(),
    }


def barred_a_year() -> float:
    """Points of employment that a year of a shut job door costs who is barred [share]."""
    work = facts.read(f"societies/{SOCIETY}/household.toml")["work"]
    loss, ratio = (
        facts.value(work, "job_loss_rate"),
        societies.load(SOCIETY).employed_per_unemployed,
    )
    return employed_after(12, 1.0, loss, ratio) - employed_after(12, 0.0, loss, ratio)


def rows() -> list[Row]:
    """Every finding that applies, got beside published."""
    got = figures()
    return [
        compare(f"findings.{key}", entry["what"], entry["published"], got[key],
                NEAR * abs(entry["published"]), entry["source"], gap=entry["gap"])
        for key, entry in reference("findings")["findings"].items()
    ]  # fmt: skip
