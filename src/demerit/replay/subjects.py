"""Subjects: what the scheme holds on a firm or an official, and what each who looks may see of it.

what the authority holds of a block  ->  HeldFirm, HeldOffice  ->  a view of either

A firm is named by its owner, in whose block it sits; an official by the person who holds the desk.
As with the file of a person (file.py), what is kept is made from what the authority knows and
nothing else: that a record is false, or that discipline fell on who did nothing, is for the
laboratory alone.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from demerit import facts
from demerit.columns import FIRM_DEEDS, FIRM_DOORS, INSPECTION, SCHEME
from demerit.facts import InputError
from demerit.replay.recorded import Recorded, live, seat_of

Row = dict[str, Any]
FEN = 100
SHOWN = 5  # ids that a message offers instead of one that is none
WRONGLY = 2  # as step/office.py disciplines
KINDS = {"firm": "firms", "official": "officials"}  # and the part of a scheme's file on them


# ---- firms


class HeldFirm:
    """Keeps what the authority holds on one firm, month by month."""

    def __init__(self, recorded: Recorded, owner: int):
        self.recorded, self.owner = recorded, owner  # row of the owner in the block
        self.entries: list[Row] = []  # since the last rating, at which points begin anew
        self.listed_for: list[Row] = []  # entries that brought the blacklist, as long as it stands
        self.refusals: list[Row] = []
        self.standing: Row = {}
        self.by = {k: row["by"] for k, row in facts.read("firms.toml")["deed"].items()}

    def place(self, file: Any) -> int | None:
        """Where the firm stands among those of its block; None if nobody in this row owns one."""
        found = np.flatnonzero(file.firm_owner[: int(file.firm_total[0])] == self.owner)
        return int(found[0]) if found.size else None

    def look(self, file: Any, month: int) -> None:
        """Take in a month of the file of the block."""
        k, w = self.place(file), SCHEME
        stands = self.recorded.climates[month].in_force[w] != 0
        if k is None or not stands or not file.firm_open[w, k]:
            self.entries, self.listed_for, self.standing = [], [], {}
            return
        tables = self.recorded.plan.scheme_tables
        new = [
            {"month": month, "deed": deed, "agency": self.by[deed],
             "count": int(file.firm_entry[w, d, k]), "points": int(tables.firm_points[d])}
            for d, deed in enumerate(FIRM_DEEDS) if file.firm_entry[w, d, k]
        ]  # fmt: skip
        self.entries += new
        self.listed_for += [e for e in new if tables.firm_lists[FIRM_DEEDS.index(e["deed"])]]
        if month > 0 and month % tables.firm_rating_months == 0:
            self.entries = []
        self.refusals += [{"month": month, "door": door} for d, door in enumerate(FIRM_DOORS)
                          if d != INSPECTION and file.firm_refused[w, d, k]]  # fmt: skip
        until, grade = int(file.firm_until[w, k]), int(file.firm_grade[w, k])
        if until <= month:
            self.listed_for = []
        self.standing = {
            "grade": ["not rated", *grades_of(self.recorded, "firms")][grade],
            "on_blacklist": until > month,
            "until_month": until if until > month else None,
            "points_since_rating": int(file.firm_points[w, k]),
        }


class KnownFirm(HeldFirm):
    """What the laboratory knows beside: the firm itself, and the file without what is false."""

    def __init__(self, recorded: Recorded, owner: int):
        super().__init__(recorded, owner)
        self.truth: Row = {}
        table = facts.read("firms.toml")
        self.sectors, self.sizes = list(table["sector"]), list(table["size"])

    def see(self, world: Any, month: int) -> None:
        """Take in a month of what the laboratory knows, after `look`."""
        k, w, life = self.place(world.file), SCHEME, world.life
        self.truth = {}
        if k is None or not self.standing:
            return
        for row in (*self.entries, *self.listed_for):
            if row["month"] == month:
                row["true_count"] = int(life.firm_entry_true[w, FIRM_DEEDS.index(row["deed"]), k])
        keys = ["not rated", *grades_of(self.recorded, "firms")]
        self.truth = {
            "wrongful": bool(life.firm_wrongful[w, k]),
            "grade_without_false_entries": keys[int(life.firm_clean_grade[w, k])],
            "done_this_month": [d for i, d in enumerate(FIRM_DEEDS) if life.firm_done[w, i, k]],
            "sector": self.sectors[int(life.firm_sector[k])],
            "size": self.sizes[int(life.firm_size[k])],
            "staff": int(life.firm_staff[k]),
            "cash": int(life.firm_cash_fen[w, k]) // FEN,
            "owed": int(life.firm_owed_fen[w, k]) // FEN,
        }


def firm_citizen(held: HeldFirm) -> Row:
    """What any citizen may look up: the blacklist; the grade where the database is open to all."""
    standing, visible = held.standing, bool(held.recorded.plan.scheme_tables.visible)
    if not standing or not (visible or standing["on_blacklist"]):
        return {"public": False}
    return {"public": True, "grade": standing["grade"], "on_public_list": standing["on_blacklist"]}


def firm_partner(held: HeldFirm) -> Row:
    """What a bank or a buyer is told: the grade, and whether the firm is on the blacklist."""
    return {name: held.standing[name] for name in ("grade", "on_blacklist") if held.standing}


def firm_clerk(held: HeldFirm) -> Row:
    """What who keeps the file sees: every entry since the last rating, and not which are false."""
    return {**held.standing, "entries": held.entries, "listed_for": held.listed_for}


def firm_subject(held: HeldFirm) -> Row:
    """What the owner may see: the own grade and points, why and how long listed, doors shut."""
    return {**held.standing, "listed_for": held.listed_for, "refusals": held.refusals}


def firm_laboratory(held: HeldFirm) -> Row:
    """All of it, with the truth."""
    assert isinstance(held, KnownFirm)
    return {**firm_clerk(held), **held.truth, "refusals": held.refusals}


# ---- officials


class HeldOffice:
    """Keeps what the authority holds on one official, month by month."""

    def __init__(self, recorded: Recorded, row: int):
        self.recorded, self.row = recorded, row
        self.measures: list[Row] = []  # of discipline
        self.standing: Row = {}
        self.holders: list[int] = []  # who holds an office in the block, for a message

    def desk(self, life: Any) -> int | None:
        """The desk that the person in this row holds, or lost this month; None if there is none."""
        desks = slice(0, int(life.desk_total[SCHEME]))
        mine = life.desk_person[SCHEME, desks] == self.row + 1
        mine |= life.desk_gone[SCHEME, desks] == self.row + 1
        found = np.flatnonzero(mine)
        return int(found[0]) if found.size else None

    def look(self, life: Any, month: int) -> None:
        """Take in a month of the desks of the block."""
        w, desk = SCHEME, self.desk(life)
        held = life.desk_person[w, : int(life.desk_total[w])]
        self.holders = [int(row) - 1 for row in held if row]
        if self.recorded.climates[month].in_force[w] == 0:
            self.standing = {}
            return
        if desk is None:
            if self.standing:
                self.standing = {**self.standing, "holds_office": False}
            return
        lost = int(life.desk_gone[w, desk])  # by this person, or by whom this one succeeds
        gone = lost == self.row + 1
        if life.desk_disciplined[w, desk] and (gone or not lost):  # rightly or not is not asked
            self.measures.append({"month": month, "office_lost": gone})
        points = None if gone else int(life.desk_points[w, desk])
        self.standing = {"holds_office": not gone, "office_points": points}
        if (grade := office_grade(self.recorded, points)) is not None:
            self.standing["grade"] = grade


class KnownOffice(HeldOffice):
    """What the laboratory knows beside: who is for sale, what was sold, dropped and settled."""

    def __init__(self, recorded: Recorded, row: int):
        super().__init__(recorded, row)
        self.truth: Row = {}

    def see(self, world: Any, month: int) -> None:
        """Take in a month of what the laboratory knows, after `look`."""
        life, w, desk = world.life, SCHEME, self.desk(world.life)
        self.truth = {}
        if desk is None or not self.standing:
            return
        if self.measures and self.measures[-1]["month"] == month:
            self.measures[-1]["truth"] = (
                "wrongly" if life.desk_disciplined[w, desk] == WRONGLY else "for what was done"
            )
        if not self.standing["holds_office"]:
            return
        target = int(life.desk_target[w, desk])
        self.truth = {
            "for_sale": bool(life.desk_open[w, desk]),
            "points_without_wrong_discipline": int(life.desk_clean[w, desk]),
            "sold_this_month": int(life.desk_sold[w, desk]),
            "dropped_this_month": int(life.desk_shielded[w, desk]),
            "account_settled_with": int(world.first) + target - 1 if target else None,
        }


def office_citizen(held: HeldOffice) -> Row:
    """What any citizen may look up: who holds an office; the points where all is open to all."""
    if not held.standing:
        return {"public": False}
    shown = {"holds_office": held.standing["holds_office"]}
    if held.recorded.plan.scheme_tables.visible:
        shown |= {k: held.standing[k] for k in ("office_points", "grade") if k in held.standing}
    return {"public": True, **shown}


def office_partner(held: HeldOffice) -> Row:
    """What who deals with the office is told: that this person holds it."""
    return {name: held.standing[name] for name in ("holds_office",) if held.standing}


def office_clerk(held: HeldOffice) -> Row:
    """What who keeps the file sees: points and every measure, and not which fell wrongly."""
    return {**held.standing, "measures": held.measures}


def office_laboratory(held: HeldOffice) -> Row:
    """All of it, with the truth."""
    assert isinstance(held, KnownOffice)
    return {**office_clerk(held), **held.truth}


# ---- views

VIEWS: dict[str, dict[str, Callable[[Any], Row]]] = {
    "firm": {
        "citizen": firm_citizen, "partner": firm_partner, "clerk": firm_clerk,
        "subject": firm_subject, "laboratory": firm_laboratory,
    },
    # An official is told of every measure: the own file and the clerk's hold the same.
    "official": {
        "citizen": office_citizen, "partner": office_partner, "clerk": office_clerk,
        "subject": office_clerk, "laboratory": office_laboratory,
    },
}  # fmt: skip


def grades_of(recorded: Recorded, part: str) -> list[str]:
    """Keys of the grades of a part of the scheme, best first."""
    grades = recorded.plan.scheme.spec.get(part, {}).get("grade", [])
    return [grade["key"] for grade in grades]


def office_grade(recorded: Recorded, points: int | None) -> str | None:
    """The grade of an official of so many points; None where there are none, or no office."""
    for grade in recorded.plan.scheme.spec["officials"].get("grade", []):
        if points is not None and points >= grade["floor"]["value"]:
            return str(grade["key"])
    return None


def require(recorded: Recorded, kind: str) -> None:
    """Raise InputError where a run has no subjects of a kind of KINDS."""
    if KINDS[kind] not in recorded.plan.scheme.spec:
        raise InputError(
            f"{recorded.document['run']}: the scheme {recorded.plan.scheme.key} does not score "
            f"{KINDS[kind]} (its file has no part [{KINDS[kind]}]); `national` does. This run has "
            "persons."
        )


def view_of(recorded: Recorded, kind: str, number: int, who: str, months: int | None = None) -> Row:
    """The file of the firm of a person, or of an official, as one of VIEWS may see it.

    InputError where there are none, and for who owns no firm or never held an office.
    """
    require(recorded, kind)
    block, row = seat_of(recorded, number)
    first = recorded.plan.blocks[block].first
    laboratory = who == "laboratory"
    firm = (KnownFirm if laboratory else HeldFirm)(recorded, row)
    office = (KnownOffice if laboratory else HeldOffice)(recorded, row)
    held: Any = firm if kind == "firm" else office
    others: list[int] = []

    def see(_block: int, world: Any, month: int, _stage: str) -> None:
        if kind == "firm":
            others[:] = [int(i) for i in world.file.firm_owner[: int(world.file.firm_total[0])]]
        if month >= 0:
            held.look(world.file if kind == "firm" else world.life, month)
            if laboratory:
                held.see(world, month)

    live(recorded, [block], see, months)
    others = others or office.holders
    if kind == "firm" and row not in others:
        raise InputError(
            f"firm:{number}: person {number} owns no firm. {some('Owners', first, row, others)}"
        )
    if kind == "official" and not office.standing and row not in others and not office.measures:
        raise InputError(
            f"official:{number}: person {number} has held no office by then. "
            f"{some('Who holds one', first, row, others)}"
        )
    return {"kind": kind, kind: number, "as": who, "has_file": bool(held.standing),
            "file": VIEWS[kind][who](held)}  # fmt: skip


def some(who: str, first: int, row: int, others: list[int]) -> str:
    """A few ids of the same block, the nearest first."""
    near = sorted(others, key=lambda other: (abs(other - row), other))[:SHOWN]
    ids = ", ".join(str(first + other) for other in sorted(near))
    return f"{who} nearby: {ids or 'nobody in this block'}."
