"""Story: one person's life with the scheme and without, month by month, as plain records.

the columns of a block after each month  ->  what happened to one person, in both worlds

A story is what one person did and what came of it, on one draw of luck: one of this person's
possible lives, and no average.  It is told by the laboratory, so that it says of every record
whether it was true.  Records are dictionaries, for the command line, for JSON and for a page.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from demerit.columns import (
    ANATOMY,
    DOORS,
    ELSEWHERE,
    HEARD,
    KNOWS_RULES,
    KNOWS_SCORE,
    LAW,
    LOST,
    SCHEME,
    TRAITS,
)  # fmt: skip
from demerit.replay.recorded import Recorded, live, seat_of
from demerit.society.margins import SCHOOLING, STATUS

WORLDS = {"law": LAW, "scheme": SCHEME}
BOTH = "both"  # what happens in either life alike is told once
TRUTHS = ("true", "false", "foreign", "mislabelled", "groundless")  # rows of columns.TRUE ...
AWARE = {HEARD: "heard", KNOWS_RULES: "rules", KNOWS_SCORE: "score"}
FEN = 100  # fen of a yuan, or of whatever money the society has
SHOWN = (  # state that a story gives, in this order
    "score_points", "tier", "sanctioned", "wrongful", "anatomy", "employed", "prestige_held",
    "cash_fen", "arrears_fen", "arrears_unable_fen", "judgment_fen", "loan_fen", "awareness",
    "caution", "grievance", "approving", "evading",
)  # fmt: skip
OF_SCHEME = ("score_points", "tier", "sanctioned", "wrongful", "anatomy", "awareness", "caution",
             "approving")  # fmt: skip
# A column that begins or ends: (event when it begins, when it ends).
LASTING = {
    "employed": ("job_found", "job_lost"), "prestige_held": ("standing_won", "standing_lost"),
    "wage_withheld": ("wage_withheld", "wage_paid"), "evading": ("vpn_begun", "vpn_left"),
    "approving": ("approves", "disapproves"), "neglecting": ("neglect_begun", "neglect_ended"),
}  # fmt: skip
# A sum owed: (event when there is one, when there is none).
OWED = {"arrears_fen": ("behind", "behind_no_more"), "judgment_fen": ("judged", "judgment_ended")}
# What happens in a month: column -> event.
PASSING = {
    "fine_due": "fined", "illness": "ill", "supported": "helped", "distressed": "goes_without",
    "protesting": "protests", "sabotaging": "sabotages", "shielded": "shielded",
    "appealed": "appeals", "correction_points": "corrected", "earned_points": "earns_points",
    "bought_points": "buys_points", "tie_sanctioned": "ties_fell", "regraded": "regraded",
}  # fmt: skip

# Columns (world, [deed or door,] person) kept of a person after each month; and the ledger.
KEPT = tuple(dict.fromkeys((
    *SHOWN, *LASTING, *OWED, *PASSING, "deed_count", "deed_withheld", "deed_shown", "asked",
    "refused", "granted", "dealt", "assured", "trace_bits",
)))  # fmt: skip
LEDGER = (*(f"record_{name}" for name in (
    "total", "new", "now", "person", "doer", "deed", "agency", "truth", "unable", "joined", "due",
    "over",
)), "now_total")  # fmt: skip

Row = dict[str, Any]


class Watch:
    """Keeps what one person's columns are after each month, and the records about them."""

    def __init__(self, recorded: Recorded, row: int):
        self.recorded, self.row = recorded, row
        self.months: list[dict[str, np.ndarray]] = []  # from the month before the start
        self.records: list[list[Row]] = []
        self.columns: dict[str, np.ndarray] = {}
        self.who: Row = {}

    def __call__(self, block: int, world: Any, month: int, stage: str) -> None:
        """Look at the block after a month."""
        if month < -1:
            return
        if month == -1:
            self.who = describe(self.recorded, block, world, self.row)
            self.columns = {name: getattr(world, name) for name in (*KEPT, *LEDGER)}
        kept = {name: self.columns[name][..., self.row].copy() for name in KEPT}
        if month == -1 and self.recorded.plan.scheme_tables.backlog_months == 0:
            for column in kept.values():  # the worlds part only now
                column[1:] = column[LAW]
        self.months.append(kept)
        stands = month >= 0 and self.recorded.climates[month].in_force[SCHEME] != 0
        self.records.append(list(self.about(int(world.first), month)) if stands else [])

    def about(self, first: int, month: int) -> Iterator[Row]:
        """Records written this month on what this person did or on their name; entries that act."""
        bearer, doer = (self.columns[f"record_{name}"][SCHEME] for name in ("person", "doer"))
        due, moved = self.columns["record_due"][SCHEME], self.moved(month)
        new, total = (int(self.columns[f"record_{name}"][SCHEME]) for name in ("new", "total"))
        rows = np.arange(new, total)
        for r in rows[(bearer[rows] == self.row) | (doer[rows] == self.row)]:
            when = int(due[r])
            yield {
                "event": "recorded", **self.record(first, r), "on": first + int(bearer[r]),
                "fate": {LOST: "lost", ELSEWHERE: "elsewhere"}.get(when, "arrives"),
                "arrives": when if when >= 0 else None,
            }  # fmt: skip
        rows = self.columns["record_now"][SCHEME, : int(self.columns["now_total"][SCHEME])]
        for r in rows[bearer[rows] == self.row]:
            comes, deed = int(due[r]) == month, int(self.columns["record_deed"][SCHEME, r])
            change = int(moved[deed])
            if self.recorded.plan.scheme_tables.learns:
                moved[deed] = 0  # of several entries the first has left the trace, or taken it away
            over = int(self.columns["record_over"][SCHEME, r]) == month
            yield {
                "event": "entered" if comes else "overlooked" if over else "erased",
                **self.record(first, r),
                "points": change if comes else 0 if over else -change,
            }  # fmt: skip

    def moved(self, month: int) -> np.ndarray:
        """What an entry of each deed moves this month (deed,) [points]: of a learned score nothing
        where its trace stands as it stood."""
        points = self.recorded.points(month)
        if self.recorded.plan.scheme_tables.learns:
            before, now = (int(kept["trace_bits"][SCHEME]) for kept in self.months[-2:])
            same = [not (before ^ now) >> deed & 1 for deed in range(points.size)]
            points[same] = 0
        return points

    def record(self, first: int, r: int) -> Row:
        """One row of the ledger: what it says, who wrote it, and the truth of it."""
        said = {name: int(self.columns[f"record_{name}"][SCHEME, r]) for name in (
            "deed", "agency", "truth", "unable", "joined", "doer")}  # fmt: skip
        truth = TRUTHS[said["truth"]]
        # Nobody did it, or somebody who lives elsewhere.
        no_one_here = truth == "false" or said["joined"]
        return {
            "deed": list(self.recorded.deeds)[said["deed"]],
            "agency": self.recorded.agencies[said["agency"]], "truth": truth,
            "did": None if no_one_here else first + said["doer"], "unable": bool(said["unable"]),
        }  # fmt: skip


def describe(recorded: Recorded, block: int, world: Any, i: int) -> Row:
    """Who a person is: what does not change."""
    key = recorded.plan.society.places.keys[recorded.plan.blocks[block].place_index]
    yes = ("online", "driver", "party_member", "indebted", "parent_in_need", "favoured", "thin")
    return {
        "place": key, "home": "town" if world.urban[i] else "village",
        "sex": "male" if world.male[i] else "female", "age": int(world.age_years[i]),
        "schooling": SCHOOLING[world.schooling[i]], "status": STATUS[world.status[i]],
        "household_size": int(world.household_size[i]),
        "income": int(world.household_fen[i]) // FEN,
        "income_fifth": int(world.income_fifth[i]) + 1,
        "scored": bool(world.scored[i]),
        **{name: bool(getattr(world, name)[i]) for name in yes},
        "traits": {name: round(int(world.trait[k, i]) / 4096, 2)
                   for k, name in enumerate(TRAITS) if name != "faith"},
    }  # fmt: skip


def story(recorded: Recorded, person: int) -> Row:
    """A person's life in both worlds.  InputError for one who does not live in the run."""
    block, row = seat_of(recorded, person)
    watch = Watch(recorded, row)
    live(recorded, [block], watch)
    return told(recorded, watch, person, recorded.plan.months)


def told(recorded: Recorded, watch: Watch, person: int, months: int) -> Row:
    """What was seen of a person, over so many months from the start."""
    return {
        "person": person,
        "note": "One of this person's possible lives: another draw of luck gives another.",
        "who": watch.who,
        "currency": recorded.plan.society.currency,
        "months_in_force": recorded.months_in_force,
        "months": [states(recorded, watch, month) for month in range(months)],
        "events": events(recorded, watch, months),
    }


def states(recorded: Recorded, watch: Watch, month: int) -> Row:
    """How a person stands after a month, in both worlds; of the scheme only while it stands."""
    kept, found = watch.months[month + 1], Row(month=month)
    stands = recorded.climates[month].in_force[SCHEME] != 0
    for name, w in WORLDS.items():
        state: Row = {}
        for column in SHOWN:
            value = int(kept[column][w])
            if column in OF_SCHEME and not (w == SCHEME and stands and watch.who["scored"]):
                continue
            if column.endswith("_fen"):
                state[column.removesuffix("_fen")] = value // FEN
            elif column == "tier":
                state["tier"] = recorded.tiers[value]
            elif column == "anatomy":
                state["but_for"] = ANATOMY[value] if kept["sanctioned"][w] else None
            elif column == "awareness":
                state["aware"] = AWARE.get(value)
            elif column in ("score_points", "caution", "grievance"):
                state[column] = value
            else:
                state[column] = bool(value)
        found[name] = state
    return found


# ---- events


def events(recorded: Recorded, watch: Watch, months: int) -> list[Row]:
    """Everything that happens in these months; what is alike in both worlds is told once."""
    found = []
    for month in range(months):
        told = {name: list(of_month(recorded, watch, month, w)) for name, w in WORLDS.items()}
        for event in told["law"]:
            world = BOTH if event in told["scheme"] else "law"
            found.append({"month": month, "world": world, **event})
        found += [
            {"month": month, "world": "scheme", **event}
            for event in told["scheme"]
            if event not in told["law"]
        ]
    return found


def of_month(recorded: Recorded, watch: Watch, month: int, w: int) -> Iterator[Row]:
    """What happens to a person in one month of one world."""
    before, now = watch.months[month], watch.months[month + 1]
    stands = recorded.climates[month].in_force[w] != 0
    begins = stands and (month == 0 or not recorded.climates[month - 1].in_force[w])
    yield from of_scheme(recorded, month, w)
    yield from of_deeds(recorded, now, stands, w)
    if w == SCHEME:
        yield from watch.records[month + 1]
        if begins and watch.who["scored"]:
            tier = recorded.tiers[int(now["tier"][w])]
            yield {"event": "opened", "points": int(now["score_points"][w]), "tier": tier}
        elif stands and watch.who["scored"]:
            yield from of_file(recorded, before, now, w)
    yield from of_doors(now, w)
    yield from of_columns(before, now, w)
    yield from of_deals(now, w)


def of_scheme(recorded: Recorded, month: int, w: int) -> Iterator[Row]:
    """The scheme begins, ends, or opens every file anew."""
    climates = recorded.climates
    was = month > 0 and climates[month - 1].in_force[w] != 0
    stands = climates[month].in_force[w] != 0
    if stands and not was:
        yield {"event": "scheme_begins"}
    if was and not stands:
        yield {"event": "scheme_ends"}
    if climates[month].amnesty[w]:
        yield {"event": "amnesty"}


def of_deeds(recorded: Recorded, now: Any, stands: Any, w: int) -> Iterator[Row]:
    """Deeds done, withheld where they cost points, done for show where they bring some."""
    points = recorded.plan.scheme_tables.points
    for k, (deed, entry) in enumerate(recorded.deeds.items()):
        if count := int(now["deed_count"][w, k]):
            yield {"event": "did", "deed": deed, "count": count}
        if stands and points[k] < 0 and (count := int(now["deed_withheld"][w, k])):
            why = "deterred" if entry["harm"] else "chilled"
            yield {"event": "withheld", "deed": deed, "count": count, "kind": why}
        if stands and points[k] > 0 and (count := int(now["deed_shown"][w, k])):
            yield {"event": "shown", "deed": deed, "count": count}


def of_file(recorded: Recorded, before: Any, now: Any, w: int) -> Iterator[Row]:
    """The tier, the sanction, and what is known of both."""
    tiers, posted = recorded.tiers, recorded.plan.scheme_tables.posted
    was, tier = int(before["tier"][w]), int(now["tier"][w])
    if was != tier:
        yield {"event": "tier", "from": tiers[was], "to": tiers[tier]}
    low, lower = before["sanctioned"][w] != 0, now["sanctioned"][w] != 0
    wrongful = bool(now["wrongful"][w])
    if lower and not low:
        but_for = ANATOMY[now["anatomy"][w]]
        yield {"event": "sanctioned", "tier": tiers[tier], "wrongful": wrongful, "but_for": but_for}
    if low and not lower:
        yield {"event": "freed", "tier": tiers[tier]}
    if low and lower and wrongful != bool(before["wrongful"][w]):
        yield {"event": "wrongful_now" if wrongful else "wrongful_no_more"}
    if posted[tier] and not (posted[was] and before["sanctioned"][w]):
        yield {"event": "posted", "tier": tiers[tier]}
    if (aware := int(now["awareness"][w])) > int(before["awareness"][w]):
        yield {"event": "learns", "aware": AWARE[aware]}


def of_doors(now: Any, w: int) -> Iterator[Row]:
    """What was asked for, and what the answer was."""
    for k, door in enumerate(DOORS):
        if now["asked"][w, k]:
            if now["refused"][w, k]:
                answer = "refused_wrongly" if now["wrongful"][w] else "refused"
            else:
                answer = "granted" if now["granted"][w, k] else "not_granted"
            yield {"event": "asked", "door": door, "answer": answer}


def of_columns(before: Any, now: Any, w: int) -> Iterator[Row]:
    """What begins, ends or happens, from one column each."""
    for column, names in LASTING.items():
        was, is_ = bool(before[column][w]), bool(now[column][w])
        if was != is_:
            yield {"event": names[0] if is_ else names[1]}
    for column, names in OWED.items():
        had, has = int(before[column][w]), int(now[column][w])
        if bool(had) != bool(has):
            yield {"event": names[0], "sum": has // FEN} if has else {"event": names[1]}
    for column, name in PASSING.items():
        if count := int(now[column][w]):
            yield {"event": name, "count": count}


def of_deals(now: Any, w: int) -> Iterator[Row]:
    """A deal with a stranger."""
    if dealt := int(now["dealt"][w]):
        outcome = ("none", "declined", "broken", "honoured")[dealt]
        yield {"event": "deal", "outcome": outcome, "looked_up": bool(now["assured"][w])}
