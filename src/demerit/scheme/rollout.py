"""Rollout: schemes that begin one after another, place by place.

[[wave]] of a scheme file, places of a run  ->  Calendar: waves, cohorts of places, rules by month

A place has one scheme of the state's at a time: where a later wave comes, it takes the place of the
earlier, and every file begins anew.  A wave of private scores stands beside it.  Places that have
had the same waves are a cohort, as evaluators of staggered programmes call it.  Until the first
scheme comes, agencies write down what that scheme will ask them for, and nobody's file: so an
evaluator has figures of the time before, and of places that wait.

Places are picked at random, or as pilots are: by how able they are (the income of their province)
or how eager (the petitions of their people), so far as the file says that picks go with these.

Source: S. Wang, D. Yang, "Policy experimentation in China: the political economy of policy
learning", NBER working paper 29402, 2021 (from memory: pilots lie in richer places, and officials
take more trouble over them); S. Heilmann, "Policy experimentation in China's economic rise",
Studies in Comparative International Development 43, 2008 (from memory).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from demerit import draws, facts
from demerit.scheme import Scheme, private, tables
from demerit.society.places import Dealt
from demerit.society.tables import wide

NEVER_RATED = 1_000_000  # months between ratings of firms where no scheme rates them
NOT_JOINED = 30_000  # a month that does not come


class Wave(NamedTuple):
    """A scheme from a month on."""

    key: str
    scheme: Scheme
    month: int
    private: bool
    places: tuple[int, ...]  # rows of the society's places
    tables: tables.Tables
    society: Any  # the society's tables: agencies may look harder than they otherwise do


class Cohort(NamedTuple):
    """Places that have the same waves, as rows of the waves; in the order of their months."""

    state: tuple[int, ...]
    private: tuple[int, ...]


class Rules(NamedTuple):
    """What a place lives under in a month."""

    state: int | None  # rows of the waves
    private: int | None
    society: Any
    scheme: tables.Tables


@dataclass(frozen=True)
class Calendar:
    """Which schemes begin where and when."""

    waves: list[Wave]
    cohorts: list[Cohort]
    of_place: dict[int, int]  # place -> row of the cohorts
    society: Any  # tables
    spill_256: int

    @cached_property
    def firms(self) -> bool:
        """Do firms live?  Everywhere, if some wave has a part on them."""
        return any(wave.tables.firms for wave in self.waves)

    @cached_property
    def earliest(self) -> int:
        """The first month in which some scheme's old records begin; 0 at the latest [month]."""
        opens = (self.opening(c, w) for c in self.cohorts for w in (*c.state, *c.private))
        return min(0, *opens)

    def opening(self, cohort: Cohort, w: int) -> int:
        """The month from which a wave's rules hold in a cohort: with the old records that it brings
        in, if no scheme stood there before."""
        wave = self.waves[w]
        others = [self.waves[k].month for k in (*cohort.state, *cohort.private) if k != w]
        first = all(month > wave.month for month in others) and not wave.private
        return wave.month - (wave.tables.backlog_months if first else 0)

    def rules(self, c: int, month: int, over: Collection[int] = ()) -> Rules:
        """The rules of a cohort in a month; `over` are waves that outcry has ended in all worlds:
        private scores outlast them."""
        cohort = self.cohorts[c]
        state = [w for w in cohort.state if self.opening(cohort, w) <= month]
        own = [w for w in cohort.private if self.waves[w].month <= month]
        of_state, of_private = (row[-1] if row else None for row in (state, own))
        if of_state in over and of_private is not None:
            of_state = None
        society = self.society
        if of_state is not None:
            scheme, society = self.waves[of_state].tables, self.waves[of_state].society
        elif of_private is not None:
            scheme = self.empty
        else:
            scheme = self.waiting(cohort)
        if of_private is not None:
            scheme = beside(scheme, self.waves[of_private].tables)
        return Rules(of_state, of_private, society, with_firms(scheme, self.firms))

    @cached_property
    def empty(self) -> tables.Tables:
        """No rules of the state's, in a world that has private ones."""
        one = self.waves[0].tables
        nobody = tables.none(one.points.size, self.society)
        return nobody._replace(scored=np.array([0, 1, 1]), erring=np.array([0, 1, 0]))

    def waiting(self, cohort: Cohort) -> tables.Tables:
        """Rules of a place that waits: agencies write as its first scheme will ask them to (one
        that none will come to, as the first of all asks), and nobody has a file."""
        of_state = [w for w, wave in enumerate(self.waves) if not wave.private]
        first = (*cohort.state, *of_state)[:1]
        if not first:
            return self.empty
        wave = self.waves[first[0]]
        later = wave.tables.join_month > wave.month
        return wave.tables._replace(
            age_from=tables.NOBODY, join_256=256, join_online=0, shield_32=0, officials=0,
            settle_32=0, issuers=0, peer_weight=0, move_32=0,
            join_month=np.where(later, NOT_JOINED, 0),
        )  # fmt: skip

    def stands(self, c: int, month: int) -> bool:
        """Does some scheme of a cohort's calendar stand in a month, unless it has been ended?"""
        cohort = self.cohorts[c]
        return any(self.waves[w].month <= month for w in (*cohort.state, *cohort.private))

    def begins(self, c: int, month: int) -> bool:
        """Does a wave begin here in this month?"""
        cohort = self.cohorts[c]
        return any(self.waves[w].month == month for w in (*cohort.state, *cohort.private))

    def replaces(self, c: int, month: int) -> bool:
        """Does a scheme of the state's take the place of another here in this month?"""
        months = [self.waves[w].month for w in self.cohorts[c].state]
        return month in months[1:]


def beside(scheme: tables.Tables, other: tables.Tables) -> tables.Tables:
    """A scheme's tables with the private scores of another."""
    of_issuers = [*private.tables({}, None), "issuer_opens"]
    return scheme._replace(**{name: getattr(other, name) for name in of_issuers})


def with_firms(scheme: tables.Tables, firms: bool) -> tables.Tables:
    """Tables under which firms live, ungraded, where other places' schemes grade theirs."""
    if not firms or scheme.firms:
        return scheme
    return scheme._replace(firms=1, firm_rating_months=NEVER_RATED)


def calendar(
    scheme: Scheme, society: Any, made: Any, dealt: Dealt, petitions: Mapping[int, float]
) -> Calendar:
    """The calendar of a rollout for the blocks of a run.

    `made` are the society's tables; `petitions` is how readily the people of each place petition
    [a month], if a wave asks for the eager.
    """
    spec = scheme.spec
    places = sorted({block.place_index for block in dealt})
    taken: dict[int, list[int]] = {place: [] for place in places}
    beside_these: dict[int, list[int]] = {place: [] for place in places}
    rate = spec["moves"]["rate"]["value"]
    waves = []
    for w, (row, own) in enumerate(zip(spec["wave"], scheme.waves, strict=True)):
        is_private = own.spec["kind"] == "private"
        mine = beside_these if is_private else taken
        chosen = pick(row, w, places, mine, spec["pick"], society, petitions)
        for place in chosen:
            mine[place].append(w)
        share = file_share(own, society, dealt, set(chosen))
        waves.append(Wave(
            row["key"], own, row["month"]["value"], is_private, tuple(chosen),
            opened(tables.build(own, made, share), row, rate),
            harder(made, row.get("effort", {"value": 1})["value"]),
        ))  # fmt: skip
    names = [Cohort(tuple(taken[place]), tuple(beside_these[place])) for place in places]
    cohorts = sorted(set(names), key=lambda cohort: (cohort.state, cohort.private))
    of_place = {place: cohorts.index(name) for place, name in zip(places, names, strict=True)}
    return Calendar(waves, cohorts, of_place, made, round(256 * spec["spill"]["share"]["value"]))


def opened(made: tables.Tables, row: dict[str, Any], rate: float) -> tables.Tables:
    """The tables of a scheme that begins in the month of its wave."""
    month = row["month"]["value"]
    portable = row.get("portable", {"value": 1})["value"]
    return made._replace(
        opens=month, issuer_opens=month, join_month=made.join_month + month,
        move_32=0 if portable else int(wide(rate)),
    )  # fmt: skip


def harder(society: Any, effort: float) -> Any:
    """A society's tables where agencies see so many times what they otherwise see."""
    seen = np.minimum(draws.WORD, np.rint(society.watch_seen_32 * effort))
    return society._replace(watch_seen_32=seen.astype(society.watch_seen_32.dtype))


def file_share(scheme: Scheme, society: Any, dealt: Dealt, places: set[int]) -> float:
    """Over how much of the society the scheme's file reaches, in which names are looked up.

    A county's scheme has a file for each county; a nation's has one for all its places.
    """
    if scheme.spec["scope"] == "county":
        return float(society.places.people.mean() / society.population)
    covered = sum(block.people for block in dealt if block.place_index in places)
    return covered / sum(block.people for block in dealt)


def pick(
    row: dict[str, Any], w: int, places: list[int], taken: dict[int, list[int]],
    loads: dict[str, Any], society: Any, petitions: Mapping[int, float],
) -> list[int]:  # fmt: skip
    """The places of a wave, as rows: all; those without an earlier one; or a share of these."""
    if row["choice"] == "all":
        return places
    free = [place for place in places if not taken[place]]
    if row["choice"] == "rest" or not free:
        return free
    rows = np.array(free)
    load, goes_with = 0.0, np.zeros(len(free))
    if row["choice"] != "random":
        load = loads[row["choice"]]["value"]
        if row["choice"] == "able":
            town = society.people.differing.income_mean[:, 1]
            goes_with = town[society.places.province[rows]].astype(float)
        else:
            goes_with = np.array([petitions[place] for place in free])
    spread = goes_with.std()
    z = (goes_with - goes_with.mean()) / spread if spread > 0 else goes_with * 0
    score = load * z + (1 - load**2) ** 0.5 * np.array([luck(society, w, k) for k in free])
    count = max(1, round(row["share"]["value"] * len(free)))
    best = np.argsort(-score, kind="stable")[:count]
    return sorted(int(rows[k]) for k in best)


def luck(society: Any, w: int, place: int) -> float:
    """A place's own part of being picked, a normal score: it belongs to the society and no seed."""
    seed = np.uint64(facts.value(society.spec, "place", "seed"))
    word = int(draws.four(seed, np.uint64(place), 0, 0, draws.ROLLOUT, w)[0])
    return NormalDist().inv_cdf((word + 0.5) / draws.WORD)
