"""Waves: what stands where, month by month, as a calendar goes on and outcry ends what it may.

Calendar, regions, counts (world, region, item)  ->  the next month's climate, by place

A region of climate lies within one cohort of places.  Each scheme of the state's has an outcry of
its own, in the places that it stands in, and ends there alone.  Private scores of these places
outlast it (in a world in which it ends earlier than in the others, they rest until it has ended in
all).  Some of what people of one place share they share with all
others: they look for work, hear of protest and meet firms beyond their county.

Source: B. Crepon and others, "Do labor market policies have displacement effects?", QJE 128(2),
2013 (from memory): who is helped in one place takes jobs from who is not in the next.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from demerit import climate as cl
from demerit.columns import LAW, SCHEME, WORLDS
from demerit.scheme import Scheme
from demerit.scheme.rollout import Calendar
from demerit.society.places import Dealt

# What is shared beyond a place: protest, sabotage, firms and doors; files and names are not.
BUT_LAW = np.array([[0], [1], [1]])  # (world, 1)
SHARED = [cl.PROTEST, *range(cl.SABOTAGE, cl.OUT)]


class Everywhere:
    """A scheme that begins everywhere in month 0."""

    def __init__(self, scheme: Any, society: Any):
        self.scheme, self.society = scheme, society
        self.outcry = cl.Outcry(scheme)
        self.outcries = [self.outcry]

    def backlog(self) -> int:
        """Months before the start from which records are kept for the scheme [months]."""
        return self.scheme.backlog_months if self.scheme.scored.any() else 0

    def record(self, climate: cl.Climate) -> cl.Climate:
        """The worlds part: from now on records are kept for the scheme."""
        return climate._replace(worlds=len(WORLDS), recording=self.scheme.scored.copy())

    def begin(self, climate: cl.Climate) -> cl.Climate:
        """The climate of month 0."""
        stands = self.outcry.stands.copy()
        return climate._replace(
            worlds=len(WORLDS), recording=stands, in_force=stands.copy(),
            hear_32=np.full_like(climate.hear_32, self.society.launch_32) * stands[:, None],
        )  # fmt: skip

    def follow(self, last: cl.Climate, counts: np.ndarray, month: int) -> cl.Climate:
        """The climate after a month with these counts."""
        stands = self.outcry.hear(counts, month)
        return cl.follow(last, counts, self.society, self.scheme, stands, self.outcry.amnesty)

    over: frozenset[int] = frozenset()  # waves that have ended, of a calendar

    @property
    def repeal_month(self) -> list[int | None]:
        """When outcry ended the scheme (world,)."""
        return self.outcry.month


class Unfolding:
    """A calendar as it goes on.  `cohorts` is the cohort of each region (region,)."""

    def __init__(self, calendar: Calendar, society: Any, cohorts: list[int]):
        self.calendar, self.society, self.cohorts = calendar, society, cohorts
        self.outcries = [cl.Outcry(wave.tables) for wave in calendar.waves]
        # No month ends all of it: each wave has its own (`outcries`).
        self.repeal_month: list[int | None] = [None] * len(WORLDS)

    def backlog(self) -> int:
        """Months before the start from which the worlds live apart [months]."""
        return max(0, -self.calendar.earliest)

    def record(self, climate: cl.Climate) -> cl.Climate:
        """The worlds part: from now on agencies' records are kept, everywhere."""
        nobody = np.zeros((len(WORLDS), len(self.cohorts)), np.int64)
        return climate._replace(
            worlds=len(WORLDS), recording=nobody + BUT_LAW, in_force=nobody, amnesty=nobody.copy()
        )

    def begin(self, climate: cl.Climate) -> cl.Climate:
        """The climate of month 0."""
        return self.at(self.record(climate), 0)

    def at(self, climate: cl.Climate, month: int) -> cl.Climate:
        """What stands, is kept and begins anew in a month, put into its climate."""
        stands = self.stand(month)
        kept = np.zeros_like(stands) + BUT_LAW
        amnesty, hear = np.zeros_like(kept), climate.hear_32 * stands
        for r, c in enumerate(self.cohorts):
            wave = self.calendar.rules(c, month, self.over).state
            if self.calendar.begins(c, month):
                hear[:, r] = self.society.launch_32 * stands[:, r]
            if self.calendar.replaces(c, month):
                amnesty[LAW + 1 :, r] = 1
            elif wave is not None and self.calendar.waves[wave].month < month:
                amnesty[:, r] = self.outcries[wave].amnesty
            if self.calendar.stands(c, month):  # what outcry has ended keeps no records
                kept[:, r] = stands[:, r]
        return climate._replace(
            recording=kept, in_force=stands.copy(), amnesty=amnesty * stands, hear_32=hear
        )

    def stand(self, month: int) -> np.ndarray:
        """Where some scheme stands in a month (world, region)."""
        found = np.zeros((len(WORLDS), len(self.cohorts)), np.int64)
        for r, c in enumerate(self.cohorts):
            if self.calendar.stands(c, month):
                wave = self.calendar.rules(c, month, self.over).state
                found[LAW + 1 :, r] = 1
                if wave is not None:
                    found[:, r] = self.outcries[wave].stands
        return found

    @property
    def over(self) -> frozenset[int]:
        """Waves that outcry has ended in all worlds that have a scheme."""
        waves = self.calendar.waves
        return frozenset(
            w for w, outcry in enumerate(self.outcries)
            if not waves[w].private and None not in outcry.month[LAW + 1 :]
        )  # fmt: skip

    def follow(self, last: cl.Climate, counts: np.ndarray, month: int) -> cl.Climate:
        """The climate after a month with these counts."""
        ruled = [self.calendar.rules(c, month, self.over) for c in self.cohorts]
        for w, outcry in enumerate(self.outcries):
            wave = self.calendar.waves[w]
            here = [r for r, rules in enumerate(ruled) if rules.state == w]
            if here and wave.month <= month:
                outcry.hear(counts[:, here], month)
        police = SimpleNamespace(
            harden_32=np.array([rules.scheme.harden_32 for rules in ruled]),
            harden_256=np.array([rules.scheme.harden_256 for rules in ruled]),
        )
        mixed = mix(counts, self.calendar.spill_256)
        stands = self.stand(month + 1)
        nothing = np.zeros_like(stands)
        climate = cl.follow(last, mixed, self.society, police, stands, nothing)
        return self.at(climate, month + 1)


def mix(counts: np.ndarray, spill_256: int) -> np.ndarray:
    """Counts (world, region, item) of which a share is that of all places, for as many adults.

    >>> counts = np.zeros((3, 2, cl.OUT), np.int64)
    >>> counts[..., cl.ADULTS], counts[1, 0, cl.PROTEST] = 100, 40
    >>> mix(counts, 128)[1, :, cl.PROTEST].tolist()
    [30, 10]
    """
    adults = counts[..., cl.ADULTS]
    whole = np.maximum(1, adults.sum(axis=1, keepdims=True))
    found = counts.copy()
    for item in SHARED:
        everywhere = counts[..., item].sum(axis=1, keepdims=True) * adults // whole
        found[..., item] += spill_256 * (everywhere - counts[..., item]) >> 8
    return found


# ---- counts by cohort and by place


def of_places(counters: list[str]) -> list[int]:
    """The counters that are kept by place: people, deeds done and deeds recorded, as rows."""
    kept = ("people", "deed_", "record_")
    return [k for k, name in enumerate(counters) if name.startswith(kept)]


class Apart:
    """Counts of a rollout, of everybody: of each cohort all, of each place some.

    cohorts (cohort, world, month, counter); places (place, world, month, row of `of_places`)
    """

    def __init__(self, calendar: Calendar, blocks: Dealt, shape: tuple[int, ...],
                 counters: list[str]):  # fmt: skip
        worlds, months = shape[:2]
        self.keys = sorted(calendar.of_place)  # rows of the society's places
        self.rows = [self.keys.index(block.place_index) for block in blocks]
        self.names = [counters[k] for k in of_places(counters)]
        self.cohorts = np.zeros((len(calendar.cohorts), worlds, months, shape[2]), np.int64)
        self.places = np.zeros((len(self.keys), worlds, months, len(self.names)), np.int32)

        self.calendar = calendar

    def keep(self, month: int, apart: np.ndarray, by_block: np.ndarray) -> None:
        """Take in a month: (fold, cohort, world, counter, group), (block, world, counter)."""
        self.cohorts[:, :, month] = apart[..., 0].sum(axis=0)
        np.add.at(self.places[:, :, month], self.rows, by_block)


def said(
    scheme: Scheme, apart: Apart, keys: Sequence[str], ended: list[list[int | None]]
) -> dict[str, Any]:
    """What run.json says of a rollout: its waves, its cohorts, and the cohort of each place.

    `ended` is the month of repeal of each wave by world.
    """
    calendar = apart.calendar
    people = apart.places[:, SCHEME, 0, apart.names.index("people")]
    of_place = [calendar.of_place[place] for place in apart.keys]
    waves = [
        {"key": wave.key, "scheme": wave.scheme.key, "title": wave.scheme.title,
         "choice": row["choice"], "month": wave.month, "private": wave.private,
         "places": len(wave.places), "ended": dict(zip(WORLDS, months, strict=True))}
        for wave, row, months in zip(calendar.waves, scheme.spec["wave"], ended, strict=True)
    ]  # fmt: skip
    cohorts = [
        {"waves": [calendar.waves[w].key for w in (*cohort.state, *cohort.private)],
         "places": of_place.count(c),
         "people": sum(int(n) for n, mine in zip(people, of_place, strict=True) if mine == c)}
        for c, cohort in enumerate(calendar.cohorts)
    ]  # fmt: skip
    return {
        "rollout": {"waves": waves, "cohorts": cohorts,
                    "places": [keys[place] for place in apart.keys], "place_cohorts": of_place},
        "wave_rules": [
            {"key": one.key, "title": one.title, "file": one.name, "rules": one.spec}
            for one in scheme.waves
        ],
    }  # fmt: skip
