"""Climate: what blocks share.  Month m's is made from whole counts up to month m - 1.

counts (world, region, item)  ->  Climate

Jobs and other rationed places: as many as under ordinary law last month, shared out among those
who ask now, so that what one is refused another gets (Crepon and others 2013).  Protest: how sure
arrest seems and how far legitimacy has fallen (Epstein 2002).  Press: how many hear of the scheme.
Namesakes: how many records of people elsewhere land here.  And whether the scheme stands.

A region is a place, or the province of a place with too few people in the run.
"""

from typing import NamedTuple

import numpy as np

from demerit.columns import DOORS, LAW, WORLDS
from demerit.kernel import inline

# Counts of a month that the next month's climate is made from (the item axis).
PEOPLE, SCORED, ADULTS, PROTEST, POSTED = range(5)
ASKED = 5  # + door: askers, each weighted by the access of their tier (4: as for everyone)
OUT = ASKED + len(DOORS)  # + deed: records that left for a namesake elsewhere


class Climate(NamedTuple):
    """One month.  Axes: world, region, door, deed."""

    worlds: int  # how many worlds live apart by now: 1 before the start
    recording: np.ndarray  # (world,) agencies' records are kept for the scheme
    in_force: np.ndarray  # (world,) the scheme stands
    door_32: np.ndarray  # (world, region, door) chance that an asker as everyone is let in
    hear_32: np.ndarray  # (world, region) chance to hear of the scheme this month
    legitimacy_256: np.ndarray  # (world, region)
    arrest_256: np.ndarray  # (world, region)
    name_in_32: (
        np.ndarray
    )  # (world, region, deed) foreign records joined by name, per scored person


def items(deeds: int) -> int:
    """Length of the item axis."""
    return OUT + deeds


def before(society, regions: int, deeds: int) -> Climate:
    """The climate of ordinary law, in which the months before the start are lived."""
    worlds = len(WORLDS)
    shape = (worlds, regions)
    return Climate(
        worlds=1,
        recording=np.zeros(worlds, np.int64),
        in_force=np.zeros(worlds, np.int64),
        door_32=np.broadcast_to(society.open_32, (*shape, len(DOORS))).copy(),
        hear_32=np.zeros(shape, np.int64),
        legitimacy_256=np.full(shape, society.legitimacy_256, np.int64),
        arrest_256=np.full(shape, society.arrest_256[-1], np.int64),
        name_in_32=np.zeros((*shape, deeds), np.int64),
    )


def follow(last: Climate, counts: np.ndarray, society, scheme, stands: np.ndarray) -> Climate:
    """The climate after a month with these counts (world, region, item).

    `stands` (world,) says in which worlds the scheme is in force (see `Outcry`).
    """
    scored = np.maximum(1, counts[..., SCORED])
    protest_16 = (counts[..., PROTEST] << 16) // np.maximum(1, counts[..., ADULTS])
    posted_16 = (counts[..., POSTED] << 16) // scored
    # 1% of adults in protest: half of the possible fall.
    fall = society.legitimacy_fall_256 * protest_16 // (protest_16 + 655)
    ratio = np.minimum(512, 16 * society.police_16 // np.maximum(1, protest_16))
    hear = society.press_32 + society.posted_gain_256 * (posted_16 << 16 >> 8)
    out = counts[..., OUT:]
    return Climate(
        worlds=len(WORLDS),
        recording=stands.copy(),
        in_force=stands.copy(),
        door_32=doors(counts[..., ASKED:OUT], society),
        hear_32=np.minimum(hear, 1 << 32) * stands[:, None],
        legitimacy_256=society.legitimacy_256 * (256 - fall) // 256,
        arrest_256=society.arrest_256[ratio],
        name_in_32=(out << 32) // scored[..., None],
    )


@inline
def weight(wide, let_in):
    """What an asker at a door so wide takes of its places [quarters of what everyone takes].

    Nobody is let in more surely than for certain: where everyone's chance is `let_in` [2^-32], more
    access than makes certain takes no more.
    """
    return min(np.int64(wide), (np.int64(1) << 34) // max(np.int64(1), np.int64(let_in)))


def doors(asked: np.ndarray, society) -> np.ndarray:
    """The chance at each door for an asker as everyone (world, region, door).

    As many places as the askers under ordinary law were let into, whoever asks: `asked` is added up
    by `weight`, so that one who may not ask takes no place and one with priority takes two.  At the
    least a quarter, at the most four times the ordinary chance.  Elastic doors (tickets, loans)
    stand as they stood.
    """
    ordinary = society.open_32
    law = asked[LAW][None]
    taken = law + society.filled_256 * (asked - law) // 256
    shared = ordinary * law // np.maximum(1, taken)
    shared = np.where((asked > 0) & (law > 0), shared, ordinary)
    shared = np.clip(shared, ordinary // 4, np.minimum(1 << 32, 4 * ordinary))
    return np.where(society.rationed > 0, shared, ordinary)


class Outcry:
    """Counts the months in which protest was at or above the size that ends a scheme."""

    def __init__(self, scheme):
        self.scheme = scheme
        self.months = np.zeros(len(WORLDS), np.int64)
        self.stands = np.array(scheme.scored, np.int64)
        self.month: list[int | None] = [None] * len(WORLDS)

    def hear(self, counts: np.ndarray, month: int) -> np.ndarray:
        """Take in a month's counts; return in which worlds the scheme still stands (world,)."""
        total = counts.sum(axis=1)
        # What is heard against the scheme is the protest that there would not be without it.
        against = np.maximum(0, total[:, PROTEST] - total[LAW, PROTEST])
        loud = (against << 32) >= self.scheme.repeal_32 * np.maximum(1, total[:, ADULTS])
        self.months = np.where(loud, self.months + 1, 0)
        for world in np.flatnonzero((self.months >= self.scheme.repeal_months) & self.stands):
            self.stands[world] = 0
            self.month[world] = month
        return self.stands.copy()
