"""Flow: what happens in a month is counted every month, as the frames do it.

columns of the blocks  ->  cells of the survey

Harm done, poverty, what work brings, lawful deeds given up, what deeds are worth by the scheme's
own points: each belongs to its month, and a scheme that is ended after a few of them is told by all
in which it stood.  How people stand is asked once a year (ask.py), for it hardly moves in a month
and takes longer to count.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from demerit.columns import BLOCK, LAW, WORLDS
from demerit.survey.tables import AXES

if TYPE_CHECKING:
    from demerit.survey.ask import Rules, Sheet

ADULT = 18  # years


class Flow:
    """A fold's months.  Axes: block, world, person, but where others are named."""

    def __init__(self, columns: dict[str, np.ndarray], rules: "Rules", sheet: "Sheet"):
        self.columns, self.rules, self.sheet = columns, rules, sheet
        self.people = columns["people"][:, None] > np.arange(BLOCK)  # yes or no (block, person)
        # What this month's deeds of those with a file would bring, all of them seen [points].
        self.worth = np.zeros(len(WORLDS), np.int64)

    def __getitem__(self, name: str) -> np.ndarray:
        """A column (block, ...)."""
        return self.columns[name]

    def month(self, ruled: Sequence[int], stratum: np.ndarray) -> None:
        """Count a month in every world; what a scheme gives rise to where it stands (`ruled`).

        `stratum` (block, person).  All worlds and deeds in one call: a fold is small, and single
        calls took three times as long.
        """
        scored = self["scored"] != 0
        self.harm(stratum)
        self.money()
        self.conduct(scored)
        self.quieted(ruled, scored, stratum)

    def harm(self, stratum: np.ndarray) -> None:
        """Adults with and without a harmful deed."""
        adults = self.people & (self["age_years"] >= ADULT)
        done = np.bitwise_or.reduce(self["deed_count"][:, :, self.rules.harmful], axis=2)
        grown = by_stratum(stratum[adults])
        for w in range(len(WORLDS)):
            some = by_stratum(stratum[adults & (done[:, w] != 0)])
            self.sheet.fill(w, "harm_month", np.concatenate([grown - some, some]))

    def money(self) -> None:
        """Who cannot cover the first of their dues, here and under ordinary law; wages of those in
        work."""
        poor, number = self.people[:, None] & (self["able"] == 0), np.count_nonzero(self.people)
        here = np.count_nonzero(poor, axis=(0, 2))
        both = np.count_nonzero(poor & poor[:, LAW, None], axis=(0, 2))
        working = self.people[:, None] & (self["employed"] != 0)
        earned = (self["wage_fen"][:, None] * working).sum(axis=(0, 2), dtype=np.int64)
        for w in range(len(WORLDS)):
            alone, law = here[w] - both[w], here[LAW] - both[w]
            rest = number - both[w] - alone - law
            self.sheet.fill(w, "poverty", np.array([rest, alone, law, both[w]]))
            self.sheet.fill(w, "output", np.array([number, earned[w]]))

    def conduct(self, scored: np.ndarray) -> None:
        """What true deeds would bring by the scheme's own points, of those with a file."""
        rows = np.flatnonzero(self.rules.points)
        theirs = np.where(scored, np.uint8(255), np.uint8(0))[:, None, None]
        done = (self["deed_count"][:, :, rows] & theirs).sum(axis=(0, 3), dtype=np.int64)
        self.worth = done @ self.rules.points[rows]
        for w in range(len(WORLDS)):
            found = np.array([np.count_nonzero(scored), self.worth[w]])
            self.sheet.fill(w, "conduct", found)

    def quieted(self, ruled: Sequence[int], scored: np.ndarray, stratum: np.ndarray) -> None:
        """Lawful deeds that cost points, of those with nothing of that kind on file."""
        if not self.rules.quieted.size:
            return
        blank = scored[:, None] & (self["entry_held"] == 0)
        kinds = self.rules.quiet[self.rules.quieted]
        for row, name in enumerate(("deed_withheld", "deed_count")):
            done = self[name][:, :, self.rules.quieted]  # (block, world, deed, person)
            times = done.sum(axis=2, dtype=np.int32)
            for w in ruled:
                some = blank[:, w] & (times[:, w] > 0)
                at = AXES["stratum"] * row + stratum[some].astype(np.int64)
                self.sheet.add_times(w, "chill_blameless", at, times[:, w][some])
                each = (done[:, w] * blank[:, w, None]).sum(axis=(0, 2), dtype=np.int64)
                self.sheet.add_times(w, "chill_kind", AXES["chill"] * kinds + row, each)


def by_stratum(stratum: np.ndarray) -> np.ndarray:
    """How many there are of each stratum.

    >>> by_stratum(np.array([0, 2, 2]))[:4]
    array([1, 0, 2, 0])
    """
    return np.bincount(stratum, minlength=AXES["stratum"])
