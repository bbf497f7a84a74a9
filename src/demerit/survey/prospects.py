"""Prospects: what the next tier takes of those in the lowest one, and of those below a perk.

columns of the blocks  ->  cells of the survey

recourse.py works out the ways up; here their files, their money and what they may do are read off,
and people are counted by the way that is open to them, or by what shuts it.  Of those below a perk,
often everybody, one in eight is asked.
"""

from typing import TYPE_CHECKING

import numpy as np

from demerit.columns import BLOCK, NEVER
from demerit.survey.recourse import AHEAD, File, Rules, Ways, saved, ways
from demerit.survey.tables import AXES

if TYPE_CHECKING:
    from demerit.survey.ask import Sheet

LOWEST, BELOW_PERK = range(AXES["aim"])
PERK_EVERY = 8  # of people below a perk one in so many is asked
YEAR = 12  # months
# Rows of the axis `path`.  Within a year, or within two; by waiting alone within one, two, never.
(YEAR_WAIT, YEAR_WAIT_TWO, YEAR_ACT, TWO_WAIT, TWO_ACT,
 NO_MEANS, TOO_SLOW, SHUT) = range(AXES["path"])  # fmt: skip


class Prospects:
    """The people of a fold before the next tier.  Axes: block, world, person."""

    def __init__(self, columns: dict[str, np.ndarray], rules: Rules, sheet: "Sheet"):
        self.columns, self.rules, self.sheet = columns, rules, sheet

    def __getitem__(self, name: str) -> np.ndarray:
        """A column (block, ...)."""
        return self.columns[name]

    def ask(self, w: int, month: int, stratum: np.ndarray) -> None:
        """Count those who have a better tier before them; `stratum` (block, person)."""
        tier, scored = self["tier"][:, w], self["scored"] != 0
        low = scored & (tier == self.rules.lowest) & (self.rules.lowest > 0)
        perk = scored & self.rules.below_perk[np.minimum(tier, self.rules.lowest)]
        perk &= np.arange(BLOCK) % PERK_EVERY == 0
        for k in np.flatnonzero((low | perk).any(axis=1)):
            who = np.flatnonzero(low[k] | perk[k])
            found = ways(self.file(int(k), w, month, who), self.rules)
            for aim, asked in ((LOWEST, low), (BELOW_PERK, perk)):
                self.count(w, aim, found, asked[k, who], stratum[k, who])

    def count(self, w: int, aim: int, found: Ways, asked: np.ndarray, stratum: np.ndarray) -> None:
        """Add those who are asked (person,) to the tables."""
        at = np.full(int(asked.sum()), aim)
        soonest, way = found.soonest[asked], path(found)[asked]
        self.sheet.add(w, "recourse", at, way, stratum[asked])
        self.sheet.add(w, "recourse_month", at, soonest - 1)
        some = soonest <= AHEAD
        deeds = np.minimum(found.fewest[asked][some], AXES["effort"] - 1)
        self.sheet.add(w, "recourse_deed", at[some], deeds)

    def file(self, k: int, w: int, month: int, who: np.ndarray) -> File:
        """These people of a block as they stand at the end of a month."""
        owing = (self["judgment_fen"][k, w] > 0) & (self.rules.paid_months < NEVER)
        lapse, owed = np.zeros((2, AHEAD, BLOCK), np.int64)
        unpaid = np.zeros(BLOCK, np.int64)
        person, deed, left = self.entries(k, w, month)
        debt = deed == self.rules.judgment
        # Performed already: an entry that came this month is looked at in the next one.
        left = np.where(debt & ~owing[person], np.minimum(left, 1 + self.rules.paid_months), left)
        points, soon = -self.rules.points[deed], left <= AHEAD
        np.add.at(lapse, (left[soon] - 1, person[soon]), points[soon])
        debt &= owing[person]
        np.add.at(unpaid, person[debt], points[debt])
        soon &= debt
        np.add.at(owed, (left[soon] - 1, person[soon]), points[soon])
        clear, solvent = self.means(k, w, who)
        rows = [deed.row for deed in self.rules.deeds]
        return File(
            self["score_points"][k, w, who].astype(np.int64),
            self.rules.next_floor[self["tier"][k, w, who]],
            lapse[:, who], owed[:, who], unpaid[who],
            self["deed_rate"][k, rows][:, who] > 0, clear, solvent,
        )  # fmt: skip

    def entries(self, k: int, w: int, month: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The entries of a block that stand and will go: person, deed, months until then."""
        rows = slice(int(self["record_total"][k, w]))
        due, erase = (self[f"record_{name}"][k, w, rows] for name in ("due", "erase"))
        stands = np.flatnonzero((due >= 0) & (due <= month) & (erase > month) & (erase < NEVER))
        person, deed = (self[f"record_{name}"][k, w, rows][stands].astype(np.int64)
                        for name in ("person", "deed"))  # fmt: skip
        return person, deed, erase[stands].astype(np.int64) - month

    def means(self, k: int, w: int, who: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The first month in which no due that costs points need stay unpaid, and the first in
        which all is covered, the judgment too (person,)."""

        def fen(name: str) -> np.ndarray:
            found = self[name][k]
            return np.asarray((found[w] if found.ndim > 1 else found)[who], np.int64)

        spare = np.maximum(0, fen("household_fen") - fen("need_fen"))
        part = np.minimum(fen("loan_fen"), (spare * self.rules.part_16 >> 16) + 1)
        first = fen("bill_fen") + fen("rent_fen")
        second, fourth = fen("instalment_fen") + part, fen("judgment_fen")
        lost = np.where(self["employed"][k, w, who] != 0, 0, fen("wage_fen"))
        surplus = fen("household_fen") - lost - fen("need_fen") - first - second
        free, level = fen("cash_fen") - fen("need_fen"), np.zeros(who.size, np.int64)
        rate = self["deed_rate"][k, self.rules.due_deed][:, who] > 0
        for due, much, through in (
            (0, first, first), (1, second, first + second), (3, fourth, first + second + fourth)
        ):  # fmt: skip
            owes = rate[due] & (much > 0) & self.rules.costly[due]
            level = np.where(owes, through, level)
        return saved(free, surplus, level), saved(free, surplus, first + second + fourth)


def path(found: Ways) -> np.ndarray:
    """The way that is open to each, or what shuts it: rows of the axis `path` (person,)."""
    early, waits = found.soonest <= YEAR, found.wait <= AHEAD
    near = np.where(found.wait <= YEAR, YEAR_WAIT, np.where(waits, YEAR_WAIT_TWO, YEAR_ACT))
    far = np.where(waits, TWO_WAIT, TWO_ACT)
    none = np.where(found.rich <= AHEAD, NO_MEANS, np.where(found.rises, TOO_SLOW, SHUT))
    return np.where(early, near, np.where(found.soonest <= AHEAD, far, none))
