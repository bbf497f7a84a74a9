"""Trail: what is followed of a fold month by month, for what no single month can tell.

columns of the blocks  ->  cells of the survey; what is remembered

Whose error it is that keeps somebody under sanction (the audit's clean file says that it is one,
not whose); appeals that reviewers decided, and rightly or not; the poverty that a person's twin
under ordinary law is spared; what lifts scores; whose favours are sold to whom; what kinds of data
have come to a file and stay for ever.  Nothing is written that a stage reads.

Single entries have no points of their own where the score is learned or a mean of ratings: whose
error it is and what lifts a score are not told apart there, and these tables stay empty.  Appeals
are decided by where the whole file stands beside the clean one, and are told of every score.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from demerit.columns import (
    CLEAN,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    LAW,
    MISLABELLED,
    NEVER,
    TRUE,
    WORLDS,
)  # fmt: skip
from demerit.survey.tables import AXES

if TYPE_CHECKING:
    from demerit.survey.ask import Rules, Sheet

# Rows of the axis `cause`: nobody's, what a record may be, an entry whose term is over or whose
# debt is paid, several at once, and a reviewer who was asked and let the error stand.
NOBODY, AGENCY, EYE, NAME, LABEL, GROUND, STALE, SEVERAL, REVIEWER = range(AXES["cause"])
OF_RECORDS = STALE  # rows 1 to here are kinds of records
# Of a record: its truth, and whether it was joined by name with records from elsewhere.
CAUSE = np.zeros((AXES["truth"], AXES["joined"]), np.int64)
CAUSE[FALSE], CAUSE[MISLABELLED], CAUSE[GROUNDLESS] = AGENCY, LABEL, GROUND
CAUSE[FOREIGN] = EYE, NAME
GOOD, UNTRUE, LAPSE, APPEAL, REPAIR, PURCHASE = range(AXES["source"])


class Acting(NamedTuple):
    """The records of one block that arrive this month, whose entries go, or are overlooked when
    their term is over."""

    person: np.ndarray  # (record,)
    deed: np.ndarray
    truth: np.ndarray
    joined: np.ndarray  # by name, with records from elsewhere: yes or no
    cause: np.ndarray  # row of the axis `cause`
    true: np.ndarray  # yes or no
    sign: np.ndarray  # 1: arrives, -1: is taken off, 0: is overlooked
    over: np.ndarray  # yes or no: its term is over, by now
    stays: np.ndarray  # yes or no: arrives for ever


class Trail:
    """What is remembered of a fold.  Axes: block, world, person, but where others are named."""

    def __init__(self, columns: dict[str, np.ndarray], rules: "Rules", sheet: "Sheet"):
        self.columns, self.rules, self.sheet = columns, rules, sheet
        shape = columns["sanctioned"].shape
        self.asked = np.zeros(len(WORLDS), bool)  # those who live here have been counted
        self.known = np.zeros(len(WORLDS), bool)  # ... by poor_ever, which looks at every world
        # Points that untrue and stale entries of each kind took (block, world, cause, person), and
        # true entries about a judgment of a court, whoever still owes by it.
        self.wrong = np.zeros((*shape[:2], OF_RECORDS, shape[2]), np.int32)
        self.erred = np.zeros(shape, bool)  # some of them are not nought
        self.debt = np.zeros(shape, np.int32)
        self.kept = np.zeros(shape, np.uint64)  # deeds of entries that stay for ever, a bit a deed
        self.waiting = np.zeros(shape, bool)  # an appeal was open last month
        self.upheld = np.zeros(
            shape, bool
        )  # an appeal with ground was refused, and the error stands
        self.caused = np.zeros(shape, bool)  # poor here and not in the twin, last month
        self.ever = np.zeros(shape, bool)
        self.poor = np.zeros(shape, bool)  # poor in some month so far, whatever the twin was
        self.since = np.zeros(shape, np.int16)  # month in which that began
        self.acts: np.ndarray = np.zeros(
            columns["desk_sold"].shape, np.int64
        )  # favours (block, world, desk)

    def __getitem__(self, name: str) -> np.ndarray:
        """A column (block, ...)."""
        return self.columns[name]

    def month(self, w: int, month: int, amnesty: bool, stratum: np.ndarray) -> None:
        """Follow one world in which the scheme stands; `stratum` (block, person)."""
        if amnesty:
            for rows in (self.wrong, self.erred, self.debt, self.kept):
                rows[:, w] = 0
        for k, found in self.acting(w, month):
            self.enter(w, k, found)
        if self.rules.entered:
            self.blame(w)
        self.review(w)
        if self.rules.entered:
            self.give(w)
            self.show(w)
        self.impoverish(w, month, stratum)
        if self.rules.officials:
            for column in ("desk_sold", "desk_shielded"):
                self.acts[:, w] += self[column][:, w]
            self.acts[:, w] += self["desk_target"][:, w] > 0

    # ---- entries

    def acting(self, w: int, month: int) -> Iterator[tuple[int, Acting]]:
        """The records that act this month, block by block."""
        for k in np.flatnonzero(self["now_total"][:, w]):
            rows = self["record_now"][k, w, : self["now_total"][k, w]]
            here = {name: self[f"record_{name}"][k, w, rows]
                    for name in ("person", "deed", "truth", "joined", "due", "erase",
                                 "over")}  # fmt: skip
            new, truth = here["due"] == month, here["truth"]
            sign = np.where(new, 1, np.where(here["over"] == month, 0, -1))
            yield (
                int(k),
                Acting(
                    here["person"].astype(np.int64), here["deed"].astype(np.int64),
                    truth, here["joined"] != 0, CAUSE[truth, here["joined"]], truth == TRUE, sign,
                    here["over"] <= month,
                    new & (here["erase"] == NEVER),
                ),
            )  # fmt: skip

    def enter(self, w: int, k: int, found: Acting) -> None:
        """What entries that arrive take, and those that go give back."""
        points = found.sign * self.rules.points[found.deed]
        # A true entry is stale from the month in which it is overlooked: one of a judgment is then
        # no longer counted among those whose debt may be paid.
        stale = found.true & found.over
        cause = np.where(stale, STALE, found.cause)
        once = found.sign == 0
        taken = np.where(stale & once, self.rules.points[found.deed], points)
        untrue = cause > 0
        np.subtract.at(self.wrong[k, w], (cause[untrue] - 1, found.person[untrue]), taken[untrue])
        self.erred[k, w, found.person[untrue]] = True
        owed = found.true & (found.deed == self.rules.judgment)
        leaves = np.where(once, -self.rules.points[found.deed], points * ~stale)
        np.subtract.at(self.debt[k, w], found.person[owed], leaves[owed])
        bits = np.uint64(1) << found.deed[found.stays].astype(np.uint64)
        np.bitwise_or.at(self.kept[k, w], found.person[found.stays], bits)
        new, rises, true = found.sign > 0, points > 0, found.cause == 0
        costs = new & (points < 0)
        self.sheet.add(w, "fault", found.truth[costs], found.joined[costs])
        told = [new & rises & true, new & rises & ~true, ~new & rises]
        self.sheet.sums(w, "lift", *(int(points[kind].sum()) for kind in told), 0, 0, 0)

    # ---- sanctions

    def blame(self, w: int) -> None:
        """Whose error it is that keeps people under sanction, one by one.

        A kind of error decides alone if the file would be free without it; several do where more
        than one does, or none.  Where a reviewer was asked in an earlier month and let the error
        stand, it is the reviewer's.
        """
        who = np.nonzero(self["sanctioned"][:, w])
        if not who[0].size:
            return
        edge, shadow = self.rules.edge, self["shadow_points"][:, w]
        score = self["score_points"][:, w][who].astype(np.int64)
        clean = shadow[:, CLEAN][who].astype(np.int64)
        paid = self.paid(w, who)
        each = self.wrong[:, w].transpose(0, 2, 1)[who].astype(np.int64)
        each[:, STALE - 1] += paid
        alone = score[:, None] + each >= edge
        cause = np.where(alone.sum(axis=1) == 1, 1 + alone.argmax(axis=1), SEVERAL)
        wrongful = clean >= edge
        cause[self.upheld[:, w][who] & wrongful] = REVIEWER
        cause[~wrongful & (clean + paid < edge)] = NOBODY
        self.sheet.add(w, "blame", wrongful, cause)

    def paid(self, w: int, who: tuple[np.ndarray, ...]) -> np.ndarray:
        """Points that entries about a judgment still take of people who owe nothing by it
        (person,)."""
        debt = self.debt[:, w][who].astype(np.int64)
        told = debt > 0
        free = self["judgment_fen"][:, w][who] == 0
        self.sheet.sums(w, "outlived", int((told & ~free).sum()), int((told & free).sum()))
        return np.where(free, debt, 0)

    def review(self, w: int) -> None:
        """Appeals that were answered this month; errors that are gone."""
        open_now = self["appeal_open"][:, w] != 0
        answered = (self.waiting[:, w] | (self["appealed"][:, w] != 0)) & ~open_now
        self.waiting[:, w] = open_now
        who = np.nonzero(answered)
        lost = self.lost(w, who)
        granted = self["correction_points"][:, w][who] > 0
        self.sheet.add(w, "verdict", lost > 0, granted)
        self.upheld[:, w][who] |= (lost > 0) & ~granted
        undone = tuple(axis[(lost > 0) & granted] for axis in who)
        self.clear(w, undone)
        erred = np.nonzero(self.erred[:, w])
        level = self.lost(w, erred) == 0  # caps have made up for it
        self.clear(w, tuple(axis[level] for axis in erred))
        upheld = np.nonzero(self.upheld[:, w])
        self.upheld[:, w][upheld] = self.lost(w, upheld) > 0

    def lost(self, w: int, who: tuple[np.ndarray, ...]) -> np.ndarray:
        """How far these files stand below the clean ones [points] (person,)."""
        clean = self["shadow_points"][:, w, CLEAN][who].astype(np.int64)
        return np.asarray(clean - self["score_points"][:, w][who])

    def clear(self, w: int, who: tuple[np.ndarray, ...]) -> None:
        """Put nothing down to anybody on these files any more."""
        self.wrong[who[0], w, :, who[1]] = 0
        self.erred[who[0], w, who[1]] = self.upheld[who[0], w, who[1]] = False

    # ---- what lifts scores

    def give(self, w: int) -> None:
        """Points given back, earned back and bought this month; who buys them."""
        given = (int(self[f"{kind}_points"][:, w].sum(dtype=np.int64))
                 for kind in ("correction", "earned", "bought"))  # fmt: skip
        self.sheet.sums(w, "lift", 0, 0, 0, *given)
        buys = np.nonzero(self["bought_points"][:, w])
        low = self["sanctioned"][:, w][buys] != 0
        self.sheet.add(w, "buyers", low, self["income_fifth"][buys])

    def show(self, w: int) -> None:
        """Of good deeds written down this month that reach a file: their points, and those of
        deeds done for the points alone."""
        written, shown = 0, 0
        begins, ends = self["record_new"][:, w], self["record_total"][:, w]
        for k in np.flatnonzero(ends > begins):
            rows = slice(int(begins[k]), int(ends[k]))
            deed = self["record_deed"][k, w, rows].astype(np.int64)
            points = self.rules.points[deed]
            come = (points > 0) & (self["record_truth"][k, w, rows] == TRUE)
            come &= self["record_due"][k, w, rows] >= 0
            doer = self["record_doer"][k, w, rows][come]
            done, for_show = (
                self[f"deed_{what}"][k, w, deed[come], doer].astype(np.int64)
                for what in ("count", "shown")
            )
            written += int(points[come].sum())
            shown += int((points[come] * for_show // np.maximum(1, done)).sum())
        self.sheet.sums(w, "showing", written, shown)

    # ---- poverty

    def impoverish(self, w: int, month: int, stratum: np.ndarray) -> None:
        """Who cannot cover the first of their dues here and can under ordinary law: how many have
        ever, for how long, and what they lack."""
        if not self.asked[w]:
            self.asked[w] = True
            there = np.arange(stratum.shape[1]) < self["people"][:, None]
            self.sheet.add(w, "ever_poor", np.zeros(there.sum(), int), stratum[there])
        was, since = np.nonzero(self.caused[:, w]), self.since[:, w]
        caused = (self["able"][:, w] == 0) & (self["able"][:, LAW] > 0)
        spent = np.minimum(month - since[was].astype(np.int64), AXES["spent"]) - 1
        out = ~caused[was]
        self.sheet.add(w, "poor_spell", np.zeros(out.size, int), spent)
        self.sheet.add(w, "poor_spell", np.ones(out.sum(), int), spent[out])
        begin = np.nonzero(caused & ~self.caused[:, w])
        since[begin] = month
        first = tuple(axis[~self.ever[:, w][begin]] for axis in begin)
        self.sheet.add(w, "ever_poor", np.ones(first[0].size, int), stratum[first])
        self.ever[:, w][first] = True
        now = np.nonzero(caused)
        line = self["need_fen"][now].astype(np.int64)
        lacks = np.maximum(0, line - self["cash_fen"][:, w][now])
        self.sheet.sums(w, "poor_depth", now[0].size, begin[0].size,
                        int(lacks.sum()), int(line.sum()))  # fmt: skip
        self.caused[:, w] = caused

    def poor_ever(self, w: int, stratum: np.ndarray) -> None:
        """Who cannot cover the first of their dues in this world, whatever becomes of the twin."""
        there = np.arange(stratum.shape[1]) < self["people"][:, None]
        if not self.known[w]:
            self.known[w] = True
            self.sheet.add(w, "poor_ever", np.zeros(there.sum(), int), stratum[there])
        new = (self["able"][:, w] == 0) & there & ~self.poor[:, w]
        self.sheet.add(w, "poor_ever", np.ones(new.sum(), int), stratum[new])
        self.poor[:, w] |= new

    # ---- once a year

    def ask(self, w: int, month: int, who: tuple[np.ndarray, ...], of_year: bool) -> None:
        """What is held of those who have a file; `of_year`: officials' favours since the last."""
        bits = self.held(w, month)[who]
        kinds = sum(((bits & mask) != 0).sum() for mask in self.rules.contexts)
        watched = int(((self.rules.contexts & self.rules.read) != 0).sum())
        private = ((bits & self.rules.private) != 0).sum()
        people = who[0].size
        self.sheet.sums(w, "held", people, watched * people, int(kinds), int(private))
        if of_year and self.rules.officials:
            desks = np.arange(self.acts.shape[-1]) < self["desk_total"][:, w, None]
            acts = np.minimum(self.acts[:, w][desks], AXES["acts"] - 1)
            self.sheet.add(w, "desk_acts", acts)
            self.acts[:, w] = 0

    def held(self, w: int, month: int) -> np.ndarray:
        """Deeds of which an entry stands on each file, a bit a deed (block, person)."""
        bits: np.ndarray = self.kept[:, w].copy()
        for k, total in enumerate(self["record_total"][:, w]):
            due, erase = (self[f"record_{what}"][k, w, :total] for what in ("due", "erase"))
            stands = np.flatnonzero((due >= 0) & (due <= month) & (erase > month) & (erase < NEVER))
            deed = self["record_deed"][k, w, stands].astype(np.uint64)
            np.bitwise_or.at(bits[k], self["record_person"][k, w, stands], np.uint64(1) << deed)
        return bits


def rules_of(deeds: dict[str, Any], keys: list[str]) -> tuple[np.ndarray, int]:
    """Deeds of each part of life, and of those parts that people may want to keep to themselves, a
    bit a deed: (context,), and one.

    >>> found = rules_of({"a": {"context": "faith"}, "b": {"context": "traffic"}}, ["a", "b"])
    >>> found[0].tolist(), found[1]
    ([1, 2], 1)
    """
    masks: dict[str, int] = {}
    for row, key in enumerate(keys):
        context = deeds[key]["context"]
        masks[context] = masks.get(context, 0) | 1 << row
    private = sum(mask for context, mask in masks.items() if context in PRIVATE)
    return np.array([masks[context] for context in sorted(masks)], np.uint64), private


PRIVATE = ("speech", "faith", "consumption", "health", "standing")
