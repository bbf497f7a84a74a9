"""Places: county-level places of a drawn size, and the blocks that their people are dealt into.

Sizes and the borders of blocks belong to the society: no run's seed moves them.  Ids run place by
place.  A place has its province's people: no margin goes below the province.
"""

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Any, NamedTuple, overload

import numpy as np

from demerit import draws
from demerit.columns import BLOCK
from demerit.facts import InputError, nearest, value

HIGH = 1 << 32  # the lower word of an id must not wrap inside a block (draws.rows)


class Places(NamedTuple):
    """Axis: place.  Place k has the key k + 1 in four digits."""

    keys: tuple[str, ...]
    province: np.ndarray  # (place,) row of the society's provinces
    people: np.ndarray  # (place,)
    first: np.ndarray  # (place,) id of the first person


class Block(NamedTuple):
    """Consecutive people of one place, a neighbourhood."""

    first: int
    people: int
    place_index: int
    province_index: int


class Dealt(Sequence[Block]):
    """The blocks of a run, column by column: a nation has 700,000 of them, and what is kept of one
    is 32 bytes.  Axes: block."""

    def __init__(self, first: Any, people: Any, place_index: Any, province_index: Any) -> None:
        columns = (first, people, place_index, province_index)
        self.first, self.people, self.place_index, self.province_index = (
            np.asarray(column, np.int64) for column in columns
        )

    def __len__(self) -> int:
        return len(self.first)

    @overload
    def __getitem__(self, which: int) -> Block: ...
    @overload
    def __getitem__(self, which: Any) -> "Dealt": ...
    def __getitem__(self, which: Any) -> Any:
        """One block by its number, or those of a slice or of a list of numbers."""
        columns = (self.first, self.people, self.place_index, self.province_index)
        if isinstance(which, slice | list | range | np.ndarray):
            rows = np.asarray(which, np.int64) if isinstance(which, list | range) else which
            return Dealt(*(column[rows] for column in columns))
        return Block(*(int(column[which]) for column in columns))

    def __iter__(self) -> Iterator[Block]:
        columns = (self.first, self.people, self.place_index, self.province_index)
        return map(Block, *(column.tolist() for column in columns))


def together(parts: Iterable[Dealt]) -> Dealt:
    """Blocks of several places or provinces, in this order."""
    kept = list(parts)
    names = ("first", "people", "place_index", "province_index")
    return Dealt(*(np.concatenate([getattr(part, name) for part in kept]) for name in names))


def apportion(total: int, weight: np.ndarray) -> np.ndarray:
    """Whole parts of a total in proportion to weights, by largest remainder.

    >>> apportion(10, np.array([1.0, 1.0, 1.0])).tolist()
    [4, 3, 3]
    """
    exact = weight * (total / weight.sum())
    parts = np.floor(exact).astype(np.int64)
    short = total - int(parts.sum())
    parts[np.argsort(parts - exact, kind="stable")[:short]] += 1
    return parts


def draw_sizes(spec: dict[str, Any], count: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Sizes of so many places in provinces of so many people (place,): lognormal, fixed by a seed.

    Every place has at least the smallest size; each province adds up exactly.
    """
    spread, least = value(spec, "place", "size_spread"), int(value(spec, "place", "smallest"))
    seed, out, k = np.uint64(value(spec, "place", "seed")), [], 0
    for n, total in zip(count, people, strict=True):
        words = [int(draws.four(seed, np.uint64(k + j), 0, 0, draws.PLACE, 0)[0]) for j in range(n)]
        score = [NormalDist().inv_cdf((word + 0.5) / draws.WORD) for word in words]
        weight = np.array([math.exp(spread * z) for z in score])
        out.append(least + apportion(int(total) - least * n, weight))
        k += n
    return np.concatenate(out)


def read(path: Path) -> Places:
    """The places of a society, as built."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people = np.array([int(row["people"]) for row in rows], np.int64)
    return Places(
        tuple(row["key"] for row in rows),
        np.array([int(row["province"]) for row in rows], np.int64),
        people,
        np.cumsum(people) - people,
    )


def blocks(society: Any, people: int | None = None, place: str | None = None) -> Dealt:
    """The blocks of a run: the whole society, a part of it, or one place.

    A part gives each province its share by largest remainder, cut into as few even blocks as fit
    at seats drawn in proportion to the places' sizes.  One place may be given another size.
    """
    places: Places = society.places
    if people is not None and people < 1:
        raise InputError(f"people: {people} is too few; give a whole number from 1 up.")
    if place is not None:
        if place not in places.keys:
            some = (*places.keys[:3], "...", places.keys[-1])
            raise InputError(f"place: there is no place {place!r}; {nearest(place, some)}")
        k = places.keys.index(place)
        found = cut(places, k, people or int(places.people[k]))
    elif people is None or people == society.population:
        found = together(cut(places, k, int(places.people[k])) for k in range(len(places.keys)))
    elif people > society.population:
        raise InputError(f"people: {people:,} is more than the society's {society.population:,}.")
    else:
        found = part(places, people, int(value(society.spec, "place", "seed")))
    for b in (found[0], found[-1]):
        assert b.first // HIGH == (b.first + b.people - 1) // HIGH == 0, "an id of over 32 bits"
    return found


def even(total: int, parts: int) -> np.ndarray:
    """A total in so many parts that differ by one at the most.

    >>> even(10, 3).tolist()
    [4, 3, 3]
    """
    return total // parts + (np.arange(parts) < total % parts).astype(np.int64)


def cut(places: Places, k: int, people: int) -> Dealt:
    """All of one place in blocks of even length, from its first id on."""
    length = even(people, -(-people // BLOCK))
    first = places.first[k] + np.cumsum(length) - length
    one = np.ones_like(first)
    return Dealt(first, length, k * one, int(places.province[k]) * one)


def least(words: np.ndarray, count: int) -> np.ndarray:
    """Rows of so many of the least words, the first of equal ones, in order.

    >>> least(np.array([5, 3, 9, 3, 3]), 2).tolist()
    [1, 3]
    """
    last = np.partition(words, count - 1)[count - 1]
    under, equal = np.flatnonzero(words < last), np.flatnonzero(words == last)
    return np.sort(np.concatenate([under, equal[: count - len(under)]]))


def part(places: Places, people: int, seed: int) -> Dealt:
    """A part of the society: blocks at drawn seats of every province."""
    total = np.bincount(places.province, places.people)
    found: list[Dealt] = []
    for province, share in enumerate(apportion(people, total)):
        inside = np.flatnonzero(places.province == province)
        count, size = -(-int(share) // BLOCK), places.people[inside]
        if not count:
            continue
        stride = BLOCK
        while (size // stride).sum() < count:
            count += 1  # so near to everybody that shorter blocks are needed to fit
            stride = -(-int(share) // count)
        seats = size // stride
        place = np.repeat(inside, seats)
        seat = np.arange(seats.sum()) - np.repeat(np.cumsum(seats) - seats, seats)
        first = places.first[place] + seat * stride
        u = np.empty((4, len(place)), np.uint32)
        draws.rows(u, np.uint64(seed), np.uint64(places.first[inside[0]]), 0, 0, draws.PLACE, 1)
        taken = least(u[0], count)
        length = even(int(share), count)
        found.append(Dealt(first[taken], length, place[taken], np.full(count, province)))
    return together(found)
