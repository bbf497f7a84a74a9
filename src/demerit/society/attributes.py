"""Attributes: what a person has given home, age, sex and schooling, as integer tables.

People of the joint table, margins, assumed shares  ->  thresholds on a 32-bit word

    start     where each outcome's part of the words begins: the last one at or below a word is it
    chance    a word below it says yes

Household, debt, internet, licence and Party follow from what the table has and from nothing else:
within a cell they do not go together, since no margin says how they would.
"""

import math
from typing import Any

import numpy as np

from demerit.draws import WORD, chance_32
from demerit.facts import FactError, value
from demerit.society.joint import YEARS
from demerit.society.margins import BANDS, NATION, SCHOOLING, figures
from demerit.society.rake import rake
from demerit.society.scores import QUANTILES

SIZES = 11  # collective, then households of 1 to 10 and more
ADULT = 18
UNIVERSITY = SCHOOLING.index("university")


def starts(share: np.ndarray) -> np.ndarray:
    """Where each outcome begins among the words (..., outcome), for shares (..., outcome).

    What begins in the last word cannot be: nobody falls to it (people.place_in).

    >>> starts(np.array([0.5, 0.25, 0.25])).tolist()
    [0, 2147483648, 3221225472]
    """
    below = np.cumsum(share, axis=-1)
    below = below / below[..., -1:]
    first = np.concatenate([np.zeros((*share.shape[:-1], 1)), below[..., :-1]], -1)
    return np.minimum(np.rint(first * WORD), WORD - 1).astype(np.uint32)


def shares(start: np.ndarray) -> np.ndarray:
    """What starts give back: the share of each outcome (..., outcome).

    >>> shares(np.array([0, 2147483648, 3221225472], np.uint32)).tolist()
    [0.5, 0.25, 0.25]
    """
    first = np.where(start == WORD - 1, WORD, start.astype(np.int64))
    return np.diff(first, axis=-1, append=WORD) / WORD


def sizes(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """Household size by age, for so many people (band,) -> (band, size) [people].

    The census counts households; a person is as likely to be in one as it has members.
    """
    by = {row[1:]: x for row, x in figures(spec["key"], "households").items()}
    homes = by["family", "count"]
    inside = [by["family", str(n)] / 100 * n * homes for n in range(1, 10)]
    family = by["family", "persons"]
    # Who is in no family is in a collective household, however many are published: those of China
    # hold 2,000,000 servicemen, whom no province counts.
    total = np.array([people.sum() - family, *inside, family - sum(inside)])
    odds = spec["start"]["household"]
    start = np.ones((len(BANDS), SIZES))
    for k, name in enumerate(("collective", "alone", "two")):
        start[:, k] = odds[name]["value"]
    alone = figures(spec["key"], "alone", "% of age group")
    old = np.zeros(len(BANDS))
    for k in range(12, len(BANDS)):
        old[k] = alone[NATION, BANDS[k] if k < 16 else "80+", "living alone"] / 100
    fixed = old * people
    rest, left = people - fixed, total.copy()
    left[1] -= fixed.sum()
    band, size = (axis.ravel() for axis in np.indices(start.shape))
    table = rake((start * people[:, None]).ravel(), [(size, left), (band, rest)])
    table = table.reshape(start.shape)
    table[:, 1] += fixed
    return table


def earners(spec: dict[str, Any]) -> np.ndarray:
    """Other members of the household who earn, by age class, size and number (3, 10, 10)."""
    out = np.zeros((3, 10, 10))
    for k, name in enumerate(("other_of_child", "other_of_adult", "other_of_old")):
        q = value(spec, "earner", name)
        for n in range(10):
            out[k, n, : n + 1] = [math.comb(n, j) * q**j * (1 - q) ** (n - j) for j in range(n + 1)]
    return out


def online(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """Chance of using the internet (band, home) for so many people (band, home).

    The capped share of each age holds; town and village differ by one odds ratio.
    """
    by = figures(spec["key"], "internet", "% of age group")
    odds = value(spec, "online", "town_odds")
    out = np.zeros(people.shape)
    for (_, age, _), percent in by.items():
        first = int(age.split("-")[0].rstrip("+")) // 5
        bands = slice(first, None if age.endswith("+") else first + 2)
        village, town = people[bands].sum(0) / people[bands].sum()
        low, high = 0.0, 1.0
        for _ in range(60):
            p = (low + high) / 2
            q = odds * p / (1 - p + odds * p)
            low, high = (p, high) if village * p + town * q < percent / 100 else (low, p)
        out[bands] = p, q
    return out


def drivers(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """Chance of holding a licence (year of age, sex) for so many people (year, sex)."""
    by = {row[1:]: x for row, x in figures(spec["key"], "drivers", "% of drivers").items()}
    male = by.pop(("all", "male")) / 100
    out = np.zeros(people.shape)
    for (age, _), percent in by.items():
        ends = [int(x) for x in age.rstrip("+").split("-")]
        span = slice(ends[0], ends[1] + 1 if len(ends) > 1 else None)
        count = value(spec, "driver", "total") * percent / 100 * np.array([1 - male, male])
        out[span] = count / people[span].sum(0)
    if out.max() > 1:
        raise FactError("driver.total: more licences than people of some age and sex.")
    return out


def party(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """Chance of membership of the ruling party (sex, schooling) for so many adults (as the result).

    Nobody is a member where the society says nothing of it.
    """
    if "party" not in spec:
        return np.zeros(people.shape)
    female, university = value(spec, "party", "female"), value(spec, "party", "university")
    out = np.zeros(people.shape)
    for s, by_sex in enumerate((female, 1 - female)):
        for group, part in (
            (slice(0, UNIVERSITY), 1 - university),
            (slice(UNIVERSITY, None), university),
        ):
            out[s, group] = value(spec, "party", "total") * by_sex * part / people[s, group].sum()
    return out


def parents(spec: dict[str, Any]) -> np.ndarray:
    """Chance of a parent over 60 who needs care (year of age)."""
    out = np.zeros(YEARS)
    for name in spec["parent_in_need"]:
        out[int(name.split("_")[1]) :] = value(spec, "parent_in_need", name)
    return out


def debt(spec: dict[str, Any], people: np.ndarray) -> np.ndarray:
    """Chance of living in a household with debts (home) for so many people (home)."""
    ratio = value(spec, "debt", "town_over_village")
    village = value(spec, "debt", "households") * people.sum() / (people[0] + people[1] * ratio)
    return np.array([village, village * ratio])


def namesakes(spec: dict[str, Any]) -> np.ndarray:
    """Others of the same full name, for 4,096 equal parts of the people, commonest name first.

    C / (rank + b)^a through the first, the 22nd and the 50th name; beyond it a power of the rank
    such that all names together are borne by everybody and the rarest by `least`.
    """
    name, people = spec["name"], value(spec, "population")
    first, later, fifty = (value(name, k) for k in ("first", "later", "fiftieth"))
    wanted = math.log(first / later) / math.log(first / fifty)
    low, high = 0.0, 1e4
    for _ in range(100):
        b = (low + high) / 2
        bend = math.log((22 + b) / (1 + b)) / math.log((50 + b) / (1 + b))
        low, high = (b, high) if bend > wanted else (low, b)
    a = math.log(first / fifty) / math.log((50 + b) / (1 + b))
    head = np.cumsum([first * ((1 + b) / (rank + b)) ** a for rank in range(1, 51)])
    least = value(name, "least")
    low, high = 0.01, 0.99
    for _ in range(100):
        t = (low + high) / 2
        last = 50 * (fifty / least) ** (1 / t)
        rest = fifty * 50 / (1 - t) * ((last / 50) ** (1 - t) - 1)
        low, high = (t, high) if rest + head[-1] > people else (low, t)
    out = []
    for k in range(QUANTILES):
        at = (k + 0.5) / QUANTILES * people
        if at < head[-1]:
            rank = int(np.searchsorted(head, at)) + 1
            bearers = first * ((1 + b) / (rank + b)) ** a
        else:
            rank = 50 * ((at - head[-1]) * (1 - t) / (fifty * 50) + 1) ** (1 / (1 - t))
            bearers = fifty * (50 / rank) ** t
        out.append(max(round(bearers) - 1, 0))
    return np.array(out, np.int32)


def tables(spec: dict[str, Any], table: np.ndarray, by_year: np.ndarray) -> dict[str, np.ndarray]:
    """All attribute tables, for the joint table and its people by year of age."""
    adults = by_year[:, :, ADULT:]
    return {
        "size_start": starts(sizes(spec, table.sum((0, 1, 3, 4, 5)))),
        "earner_start": starts(earners(spec)),
        "parent_chance": chance_32(parents(spec)),
        "debt_chance": chance_32(debt(spec, table.sum((0, 2, 3, 4, 5)))),
        "online_chance": chance_32(online(spec, table.sum((0, 3, 4, 5)).T)),
        "driver_chance": chance_32(drivers(spec, by_year.sum((0, 1, 4, 5)))),
        "party_chance": chance_32(party(spec, adults.sum((0, 1, 2, 5)))),
        "namesakes": namesakes(spec),
    }
