"""File: all that the central file holds on one person, and what each who looks may see of it.

what the authority holds of a block  ->  Held  ->  the view of a citizen, partner, clerk or subject
the same, and what the laboratory knows  ->  the view of the laboratory

A `Held` is made from the file of a block and nothing else (columns.FILE), as the stages of a scheme
are: no view but the laboratory's can say which entry is false, for it was never handed that.
"""

from collections.abc import Callable
from typing import Any

from demerit import draws
from demerit.columns import ANATOMY, DOORS, NEVER, SCHEME, SHADOWS
from demerit.replay.recorded import Recorded, live, seat_of

Row = dict[str, Any]
TRUTHS = ("true", "false", "foreign", "mislabelled", "groundless")  # rows of columns.TRUE ...


class Held:
    """Keeps what the authority holds on one person, month by month."""

    def __init__(self, recorded: Recorded, row: int):
        self.recorded, self.row = recorded, row
        self.entries: dict[tuple[int, ...], Row] = {}  # that stand on the file
        self.given: list[Row] = []  # points given back, earned or bought
        self.notices: list[Row] = []
        self.refusals: list[Row] = []
        self.standing: Row = {}
        self.came: list[tuple[tuple[int, ...], int]] = []  # entries of this month: key, ledger row

    def look(self, file: Any, month: int) -> None:
        """Take in a month of the file of the block."""
        i, w, scheme = self.row, SCHEME, self.recorded.plan.scheme_tables
        climate, self.came = self.recorded.climates[month], []
        if climate.in_force[w] == 0:
            self.entries.clear()
            self.standing = {}
            return
        if climate.amnesty[w]:
            self.entries.clear()
        new = [r for r in self.acting(file) if int(file.record_due[w, r]) == month]
        for r in self.acting(file):
            key = key_of(file, r)
            if r not in new:
                if int(file.record_over[w, r]) != month:
                    self.entries.pop(key, None)
                elif key in self.entries:  # its term is over and it was overlooked
                    self.entries[key]["erased"] = None
                continue
            self.entries[key] = self.entry(file, r, month)
            self.came.append((key, r))
        if self.is_told(file, month):
            self.notices += [{"month": month, **self.entries[key]} for key, _ in self.came
                             if self.entries[key]["points"] < 0]  # fmt: skip
        for k, door in enumerate(DOORS):
            if file.refused[w, k, i]:
                self.refusals.append({"month": month, "door": door})
        for name in ("correction_points", "earned_points", "bought_points"):
            if points := int(getattr(file, name)[w, i]):
                self.given.append({"month": month + 1, "kind": name.removesuffix("_points"),
                                   "points": points})  # fmt: skip
        tier = int(file.tier[w, i])
        self.standing = {
            "score_points": int(file.score_points[w, i]), "tier": self.recorded.tiers[tier],
            "sanctioned": bool(file.sanctioned[w, i]), "posted": bool(scheme.posted[tier]),
        }  # fmt: skip

    def acting(self, file: Any) -> list[int]:
        """Rows of the ledger that act on this file this month."""
        rows = file.record_now[SCHEME, : int(file.now_total[SCHEME])]
        return [int(r) for r in rows[file.record_person[SCHEME][rows] == self.row]]

    def entry(self, file: Any, r: int, month: int) -> Row:
        """One entry as the file has it."""
        deed, erase = int(file.record_deed[SCHEME, r]), int(file.record_erase[SCHEME, r])
        return {
            "deed": list(self.recorded.deeds)[deed],
            "agency": self.recorded.agencies[int(file.record_agency[SCHEME, r])],
            "arrived": month, "points": int(self.recorded.points(month)[deed]),
            "erased": erase if erase < NEVER - 1 else None,
            "joined_by_name": bool(file.record_joined[SCHEME, r]),
        }  # fmt: skip

    def is_told(self, file: Any, month: int) -> bool:
        """Is this person given notice of this month's entries?  The word of step/respond.py."""
        person = draws.U(int(file.first) + self.row)
        word = draws.four(
            draws.U(int(file.seed)), person, month, int(file.replicate), draws.RESPOND, 0
        )[3]
        costly = int(file.entry_loss[SCHEME, self.row]) > 0
        return costly and int(word) < int(self.recorded.plan.scheme_tables.notice_32)


def key_of(file: Any, r: int) -> tuple[int, ...]:
    """What tells one entry of a person from another, wherever the ledger has moved it."""
    names = ("record_serial", "record_deed", "record_agency", "record_due")
    return tuple(int(getattr(file, name)[SCHEME, r]) for name in names)


class Known(Held):
    """What the laboratory knows beside: the truth of each entry, and the shadow files."""

    def __init__(self, recorded: Recorded, row: int):
        super().__init__(recorded, row)
        self.truth: Row = {}

    def see(self, world: Any, month: int) -> None:
        """Take in a month of what the laboratory knows, after `look`."""
        i, w, life = self.row, SCHEME, world.life
        for key, r in self.came:
            self.entries[key] |= {
                "truth": TRUTHS[life.record_truth[w, r]],
                "unable": bool(life.record_unable[w, r]),
                "did": None if life.record_truth[w, r] == 1 or world.file.record_joined[w, r]
                else int(world.first) + int(life.record_doer[w, r]),
            }  # fmt: skip
        self.truth = {
            "wrongful": bool(life.wrongful[w, i]), "deserving": bool(life.deserving[w, i]),
            "but_for": ANATOMY[life.anatomy[w, i]],
            "score_without_points": {
                name: int(life.shadow_points[w, k, i]) for k, name in enumerate(SHADOWS)
            },
        } if self.standing else {}  # fmt: skip


# ---- views


def citizen(held: Held) -> Row:
    """What any citizen may look up: the standing, where it is public."""
    scheme, standing = held.recorded.plan.scheme_tables, held.standing
    named = standing.get("posted", False)
    if not standing or not (named or scheme.visible):
        return {"public": False}
    return {"public": True, "tier": standing["tier"], "on_public_list": named}


def partner(held: Held) -> Row:
    """What a commercial partner is told: the standing alone."""
    return {name: held.standing[name] for name in ("tier", "sanctioned") if held.standing}


def clerk(held: Held) -> Row:
    """What who keeps the file sees: every entry, and not which are false."""
    return {**held.standing, "entries": list(held.entries.values()), "points_given": held.given}


def subject(held: Held) -> Row:
    """What the person may see: the own score, what was notified, and where the door was shut."""
    own = {n: held.standing[n] for n in ("score_points", "tier", "sanctioned") if held.standing}
    return {**own, "notices": held.notices, "refusals": held.refusals}


def laboratory(held: Held) -> Row:
    """All of it, with the truth."""
    assert isinstance(held, Known)
    return {**clerk(held), **held.truth, "notices": held.notices, "refusals": held.refusals}


VIEWS: dict[str, Callable[[Held], Row]] = {
    "citizen": citizen, "partner": partner, "clerk": clerk, "subject": subject,
    "laboratory": laboratory,
}  # fmt: skip


def view_of(recorded: Recorded, person: int, who: str, months: int | None = None) -> Row:
    """The file of a person after so many months, as one of VIEWS may see it.

    InputError for one who does not live in the run.
    """
    block, row = seat_of(recorded, person)
    held = Known(recorded, row) if who == "laboratory" else Held(recorded, row)
    on_file: list[bool] = []

    def see(_block: int, world: Any, month: int, _stage: str) -> None:
        if month < 0:
            return
        on_file[:] = [bool(world.file.scored[row])]
        if not on_file[0]:
            return
        held.look(world.file, month)
        if isinstance(held, Known):
            held.see(world, month)

    live(recorded, [block], see, months)
    kept = bool(on_file and on_file[0] and held.standing)
    return {"person": person, "as": who, "has_file": kept, "file": VIEWS[who](held)}
