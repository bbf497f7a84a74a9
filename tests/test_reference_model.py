"""The kernels live the months that docs/model.md describes, bit for bit.

Beside the machine goes a second implementation, written from the page (reference_model.py): the
same people, tables, draws and climate, one person at a time.  After each month all that changes is
compared, column by column, for every shipped scheme as it is and where everything happens at once.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import reference_model as reference
from reference.climate import Fate, follow
from reference.state import DEEDS

from demerit import climate as cl
from demerit import facts, run
from demerit import scheme as schemes
from demerit.blocks import view
from demerit.columns import COLUMNS, DOORS, DUES, FIRM_DEEDS, SCHEME, WORLDS, Column
from demerit.scheme import tables as scheme_tables

# What a rollout lives, block by block, are the rules of its waves.
ONE = [key for key in schemes.keys() if not schemes.load(key).waves]
# How many people, months and months before the start.
SHIPPED, EVENTFUL = (1_000, 24, 6), (300, 14, 6)
# Where everything happens at once: tables of the scheme.
HARSH = {
    "file_share_32": 1 << 32,  # every name has its namesakes on file
    "backlog_months": 3, "visible": 1, "looked_at": 1, "erase_months": 3,
    "missed_32": 1 << 31,
    "amnesty_32": 0, "amnesty_months": 5,  # in month 5
    "repeal_32": 0, "repeal_months": 9,  # after month 8
    "harden_32": 0, "harden_256": 512,
    "unfounded_32": 1 << 31, "decide_32": 1 << 31, "repair_32": 1 << 30, "repair_points": 30,
    "shield_32": 1 << 31, "sale_32": 1 << 31, "sale_points": 20, "price_fen": 100_00,
    "move_32": 1 << 28,
    "settle_32": 1 << 31, "inspect_32": 1 << 29, "report_32": 1 << 28, "accuse_32": 1 << 26,
    "open_32": scheme_tables.for_sale(0.6, -0.6),
}  # fmt: skip
OTHERWISE = {
    "court-list": {"erase_months": schemes.tables.NEVER},  # as shipped: until the debt is paid
    # Its rules speak of half of such deeds, with slips, and presume that who owes can pay.
    "national": {
        "paid_months": 2,
        "label_share_32": np.full(len(DEEDS), 1 << 31),
        "label_error_32": np.full(len(DEEDS), 1 << 30),
        "ground": np.array([deed in DUES for deed in DEEDS], np.uint8),
    },
    # As shipped its lowest group is shut out of work alone; here its names are posted, too.
    "suining": {
        "access": np.array([[4] * len(DOORS)] * 3 + [[0] + [2] * (len(DOORS) - 1)]),
        "posted": np.array([0, 0, 0, 1], np.uint8),
    },
}
# What cannot happen: nothing is rewarded there; no debt is scored there.
NOBODY_SHUT_OUT = {
    "look_up_cost", "ties_cut",
    "anatomy", "deed_withheld", "deserving", "earned_points", "newly_sanctioned", "refused",
    "sanctioned", "tie_low", "tie_sanctioned", "wrongful",
}  # fmt: skip
NEVER_MOVED = {
    "court-list": {"deed_shown"},
    "court-list-published": {"deed_shown"},
    "suining": {"distressed"},
    "sesame": {"refused"},  # a tier that narrows a door by half, and few who ask
    "sesame-published": NOBODY_SHUT_OUT | {"sabotaging"},
    "cibil": {"deed_shown", "protesting", "refused", "sabotaging", "shielded", "tie_protesting"},
    "good-citizen-pass": {"deed_shown", "distressed"},
    "eight-firms": {
        "anatomy",
        "appeal_open",
        "appealed",
        "approving",
        "assured",
        "awareness",
        "bought_points",
        "caution",
        "correction_points",
        "deed_shown",
        "deed_withheld",
        "deserving",
        "distressed",
        "earned_points",
        "entry_false",
        "entry_held",
        "entry_loss",
        "foreign_held",
        "look_up_cost",
        "looked_up",
        "newly_sanctioned",
        "protesting",
        "sabotaging",
        "sanctioned",
        "score_points",
        "shadow_points",
        "shielded",
        "shut_wrongly",
        "tie_low",
        "tie_protesting",
        "tie_sanctioned",
        "tier",
        "ties_cut",
        "wrongful",
    },  # the state scores nobody there
    "learned": {"deed_shown", "deed_withheld", "distressed"},  # nobody is told what counts
    "nosedive": {"entry_held", "foreign_held", "shielded"},
    "rongcheng-2021": NOBODY_SHUT_OUT | {"deed_shown"},
    "sketch-rongcheng": {"deed_shown", "refused"},
    "sketch-fico": {
        "deed_shown",
        "protesting",
        "refused",
        "sabotaging",
        "shielded",
        "tie_protesting",
    },
    "national-published": {"deed_shown"},
    "sketch-fuzhou": NOBODY_SHUT_OUT
    | {"assured", "deed_shown", "protesting", "sabotaging", "tie_protesting"},
    "sketch-hangzhou": NOBODY_SHUT_OUT,
    "sketch-shanghai": {"assured", "deed_shown", "sabotaging"},
    "sketch-suqian": NOBODY_SHUT_OUT,
    "sketch-suzhou": NOBODY_SHUT_OUT,
    "sketch-xiamen": NOBODY_SHUT_OUT | {"assured", "protesting", "sabotaging", "tie_protesting"},
    "sketch-tencent": NOBODY_SHUT_OUT
    | {"distressed", "protesting", "sabotaging", "tie_protesting"},
}
# ... without issuers there is no private score.
PRIVATE = {"noticed_points", "private_16", "standing", "private_clean_16", "clean_standing", "shut",
           "shut_wrongly"}  # fmt: skip
# ... where nothing is learned.
LEARNED = {"trace_bits", "past_bits", "outcome_came", "given_points", "regraded", "shadow_given",
           "done_month"}  # fmt: skip
RATED = {"rated_count", "rated_points", "rated_shadow"}  # where people rate people alone
# Numbers at which some firms are short, fail, are seen, mistaken for others, and graded low.
FIRMS_HARSH = {
    **{f"firms.deed.{deed}.seen": 0.5 for deed in FIRM_DEEDS},
    **{f"firms.agency.{key}.{error}": 0.05
       for key in facts.read("firms.toml")["agency"] for error in ("false", "wrong")},
    "firms.owner.share": 0.6, "firms.sector.trade.spread": 0.3, "firms.book.failure": 0.5,
    "firms.door.credit.granted": 0.3,
}  # fmt: skip
# Rates at which people are looked up.
CURIOUS = {f"responses.lookups.{who}": 0.5 for who in (
    "hire", "employee", "match", "tie", "lender", "landlord", "not_hired", "dismissed", "declined",
    "shunned",
)}  # fmt: skip
LOOKED_UP = {"looked_up", "look_up_cost", "ties_cut"}  # where nothing is public nobody looks
# Scratch, and how the machine keeps what comes back to the seen shadow (which is compared itself).
NOT_COMPARED = ("entry_change", "seen_ring")
STATE = [
    column
    for column in COLUMNS
    if column.writer != "scratch"
    and (column.axes[0], column.axes[-1]) == ("world", "person")
    and column.name not in NOT_COMPARED
]
FIRST = [column for column in COLUMNS if column.writer == "begin" and column.axes == ("person",)]
DESK = ("person", "points", "clean", "open", "target", "fen", "disciplined", "gone", "sold",
        "shielded", "passed")  # fmt: skip
OF_FIRMS = [c for c in COLUMNS if (c.axes[0], c.axes[-1]) == ("world", "firm")]
RECORD = (
    "person",
    "deed",
    "agency",
    "serial",
    "joined",
    "doer",
    "truth",
    "unable",
    "due",
    "erase",
    "over",
)
LONG_AGO = -20_000  # the machine's month of what never was


def raised(key: str, harsh: dict[str, float]) -> dict[str, float]:
    """Numbers at which everything happens to a few hundred people within months."""
    spec = schemes.load(key).spec
    values = {name: x for name, x in harsh.items() if not name.startswith("suining.")}
    if "redress" in spec:
        values |= {f"{key}.redress.notice": 0.8, f"{key}.redress.appeal": 0.5}
    values |= {f"{key}.label.{deed}.error": 0.4 for deed in spec.get("label", {})}
    values["deeds.deed.petition.rate"] = 0.1
    values["household.work.official_share"] = 0.9  # offices for a block of a few hundred
    values |= FIRMS_HARSH | CURIOUS
    worse = 1 if key == "court-list" else 4  # a judgment takes all there already
    for issuer in spec.get("issuer", []):
        of = f"{key}.issuer.{issuer['key']}"
        values |= {f"{of}.mixed": 0.4, f"{of}.points.loan_default": -300}
    if "learned" in spec:
        values |= {f"{key}.learned.every_months": 3, f"{key}.learned.prior_count": 1}
    for name, fact in facts.facts({p: spec[p] for p in ("points", "dimension") if p in spec}, key):
        if not name.endswith(".weight"):
            values[name] = worse * fact["value"] if fact["value"] < 0 else fact["value"]
    return values


def machine(plan: run.Plan, before: int) -> Iterator[tuple[int | None, cl.Climate, Any]]:
    """The block as the machine has it: at the start, then after each month with its climate."""
    society, scheme = plan.society_tables, plan.scheme_tables
    outcry = cl.Outcry(scheme)
    with ThreadPoolExecutor(1) as pool:
        steps = run.Lockstep(plan, pool, 1, None)
        steps.people()
        columns = view(steps.folds[0], 0)
        climate = cl.before(society, 1, steps.deeds, scheme)
        yield None, climate, columns
        backlog = min(scheme.backlog_months, before) if scheme.scored.any() else 0
        parts = scheme.opens - backlog
        for month in range(-before, plan.months):
            if month == parts:
                steps.fork()
                recording = scheme.scored.copy()
                climate = climate._replace(worlds=len(WORLDS), recording=recording)
            if month == scheme.opens:
                stands = outcry.stands.copy()
                hear = np.full_like(climate.hear_32, society.launch_32) * stands[:, None]
                climate = climate._replace(recording=stands, in_force=stands.copy(), hear_32=hear)
            steps.month(climate, month)
            yield month, climate, columns
            if month >= scheme.opens:
                counts = steps.shared.sum(axis=0)
                stands = outcry.hear(counts, month)
                climate = cl.follow(climate, counts, society, scheme, stands, outcry.amnesty)


def of_the_region(climate: cl.Climate) -> Any:
    """The climate of the one region, in Python's numbers: (world,) and (world, what)."""
    apart = {
        "door_32",
        "hear_32",
        "legitimacy_256",
        "arrest_256",
        "seen_256",
        "name_in_32",
        "withheld_256",
        "fraud_256",
        "laid_256",
    }
    plain = {"worlds": climate.worlds}
    for name, array in climate._asdict().items():
        if name != "worlds":
            plain[name] = (array[:, 0] if name in apart else array).tolist()
    return SimpleNamespace(**plain)


def differs(where: str, name: str, expected: Any, actual: np.ndarray) -> list[str]:
    """What differs in one column (..., person), in words; persons are last in `expected` too."""
    given = np.array(expected)
    assert given.shape == actual.shape, f"{where}, {name}: {given.shape} and {actual.shape}"
    return [
        f"{where}, {name}, person {at[-1]}, row {at[:-1]}: "
        f"the page {given[tuple(at)]}, the machine {actual[tuple(at)]}"
        for at in np.argwhere(given != actual)[:3]
    ]


def rows_of(lives: list[Any], column: Column) -> list[Any]:
    """A column of the reference in the order of the machine's axes."""
    found = [getattr(life, column.name) for life in lives]
    if len(column.axes) == 2:
        return found
    return [[LONG_AGO if x is None else x for x in row] for row in zip(*found, strict=True)]


def differences(where: str, block: Any, columns: Any, worlds: int) -> list[str]:
    """What differs between reference and machine in these worlds, in words."""
    n, found = len(block.people), []
    for world in block.worlds[:worlds]:
        here = f"{where}, world {WORLDS[world.index]}"
        for column in STATE:
            actual = getattr(columns, column.name)[world.index, ..., :n]
            found += differs(here, column.name, rows_of(world.lives, column), actual)
        desks = int(columns.desk_total[world.index])
        assert desks == len(world.desks)
        for name in DESK:
            actual = getattr(columns, f"desk_{name}")[world.index, :desks]
            rows = [getattr(desk, name) for desk in world.desks]
            found += differs(here, f"desk_{name}", np.array(rows, np.int64), actual)
        found += firms_apart(here, block, world, columns)
        total = int(columns.record_total[world.index])
        if len(world.ledger) != total:
            found.append(f"{here}: the page has {len(world.ledger)} records, the machine {total}")
            continue
        for name in RECORD:
            actual = getattr(columns, f"record_{name}")[world.index, :total]
            rows = [getattr(record, name) for record in world.ledger]
            found += differs(here, f"record_{name}", np.array(rows, np.int64), actual)
    return found


def firms_apart(here: str, block: Any, world: Any, columns: Any) -> list[str]:
    """What differs in the firms of one world, in words."""
    total, found = len(block.firms), []
    assert total == int(columns.firm_total[0])
    for column in OF_FIRMS if total else ():
        name = column.name.removeprefix("firm_")
        rows = [getattr(state, name) for state in world.firms]
        if len(column.axes) == 3:
            rows = list(zip(*rows, strict=True))
        found += differs(
            here, column.name, rows, getattr(columns, column.name)[world.index, ..., :total]
        )
    return found


def live_both(plan: run.Plan, before: int) -> tuple[Any, set[str]]:
    """Live all months in both, and compare after each.

    Returns the reference block at the end and the names of all columns that were ever more than
    noughts under the scheme.
    """
    months = machine(plan, before)
    _, _, columns = next(months)
    block = reference.begin(columns, plan.society_tables, plan.scheme_tables)
    n = len(block.people)
    for column in FIRST:
        rows = [int(getattr(person, column.name)) for person in block.people]
        assert [] == differs("begin", column.name, rows, getattr(columns, column.name)[:n])
    assert [] == differences("begin", block, columns, 1)
    for name in ("owner", "sector", "size", "staff", "knows"):
        rows = [int(getattr(firm, name)) for firm in block.firms]
        actual = getattr(columns, f"firm_{name}")[: len(rows)]
        assert [] == differs("begin", f"firm_{name}", np.array(rows, np.int64), actual)
    apart, fate, expected, moved = 1, Fate(), None, set()
    for month, climate, _ in months:
        actual = of_the_region(climate)
        if expected is not None:
            assert expected == actual
        if climate.worlds > apart:
            reference.part(block)
            apart = climate.worlds
        reference.month(block, actual, month)
        assert [] == differences(f"month {month}", block, columns, apart)[:12]
        expected = follow(block, actual, fate) if month >= block.scheme.opens else None
        moved |= {c.name for c in STATE if np.any(getattr(columns, c.name)[SCHEME, ..., :n])}
    return block, moved


@pytest.mark.slow
@pytest.mark.parametrize("key", ONE)
def test_a_shipped_scheme_lives_the_months_of_the_page(make_plan, key):
    people, months, before = SHIPPED
    block, _ = live_both(make_plan(key, people, months), before)

    assert people == len(block.people)


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in ONE if key != "none"])
def test_months_in_which_everything_happens_are_those_of_the_page(make_plan, harsh, key):
    people, months, before = EVENTFUL
    tables = HARSH | OTHERWISE.get(key, {})
    plan = make_plan(key, people, months, values=raised(key, harsh), **tables)
    block, moved = live_both(plan, before)

    assert people == len(block.people)
    still = NEVER_MOVED.get(key, set()) | (set() if plan.scheme_tables.peer_weight else RATED)
    still |= set() if plan.scheme_tables.firms else {"firm_low"}
    still |= set() if plan.scheme_tables.issuers else PRIVATE
    still |= set() if plan.scheme_tables.learns else LEARNED
    still |= set() if plan.scheme_tables.looked_at else LOOKED_UP
    assert still == {column.name for column in STATE} - moved


@pytest.mark.slow
def test_a_wave_that_opens_later_is_that_of_the_page(make_plan, harsh):
    plan = make_plan("national", 200, 8, values=raised("national", harsh), **HARSH, opens=2,
                     issuer_opens=2)  # fmt: skip
    _, moved = live_both(plan, 4)

    assert {"sanctioned", "entry_held", "firm_low"} <= moved


@pytest.mark.slow
@pytest.mark.parametrize("gone", reference.STAGES, ids=lambda stage: stage.__name__)
def test_a_page_without_one_of_its_stages_would_be_found_out(make_plan, harsh, monkeypatch, gone):
    rest = tuple(stage for stage in reference.STAGES if stage is not gone)
    monkeypatch.setattr(reference, "STAGES", rest)
    key = "nosedive" if gone.__name__ == "rate" else "national"
    plan = make_plan(key, 150, 8, values=raised(key, harsh), **HARSH)

    found = r"month -?\d, world .*: the page .* the machine|no attribute 'customer'"
    with pytest.raises((AssertionError, AttributeError), match=found):
        live_both(plan, 4)
