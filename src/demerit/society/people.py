"""People: everything about a person that is so before the first month, computed from their id.

seed, person id, province  ->  age, sex, home, schooling, state of work, household, income, debt,
                               internet, licence, Party, namesakes, traits, frailties, groups

A pure function: nothing is stored, nothing depends on who else is computed, and there is no way in
for a person who was not.  The tables come from margins (attributes.py, income.py) and from assumed
correlations (traits.py).  No attribute depends on the place within the province, nor on the traits;
but for income, which is the trait `earning` in money.
"""

from typing import Any, NamedTuple

import numpy as np

from demerit import draws
from demerit.columns import EXPOSURE, FAITH, TRAITS
from demerit.draws import rows
from demerit.kernel import inline, kernel
from demerit.society import margins, scores
from demerit.society.attributes import ADULT
from demerit.society.traits import AT_RISK, MEMBER

STATUS = margins.STATUS
SCHOOLING = margins.SCHOOLING
EMPLOYED, UNEMPLOYED, CHILD = margins.EMPLOYED, margins.UNEMPLOYED, margins.CHILD
EARNING = TRAITS.index("earning")
PUBLIC, SELF_EMPLOYED = STATUS.index("public"), STATUS.index("self_employed")
DONOR_FROM, DONOR_TO = 18, 55  # years: who may give blood
PARENT_FROM, PARENT_TO = 25, 45  # years: who most often has a child at home
ONLINE_AGE = 14  # from which what a person posts is held against them
GUIDE_BITS = 12
LAST_WORD = np.uint32(0xFFFFFFFE)
REACH, CELL_BITS, CELLS, UNIT = scores.REACH, scores.CELL_BITS, scores.CELLS, scores.UNIT
ALWAYS = np.uint32(0xFFFFFFFF)  # the rate of a member's lasting state

GROUPINGS = {
    "all": ("all",),
    "home": ("urban", "rural"),
    "age": ("0-13", "14-29", "30-44", "45-59", "60+"),
    "sex": ("female", "male"),
    "income": ("fifth 1 (poorest)", "fifth 2", "fifth 3", "fifth 4", "fifth 5 (richest)"),
    "schooling": SCHOOLING,
    "watched": ("least watched third", "middle third", "most watched third"),
    "faith": ("no", "yes"),
}
OF_LIFE = (
    "urban", "age_years", "male", "schooling", "status", "household_size", "earner_count",
    "parent_in_need", "indebted", "online", "driver", "party_member", "trait",
    "income_month_fen", "income_fifth", "exposure_256", "deed_rate", "group",
)  # fmt: skip
GROUP_FIRST = np.cumsum([0, *(len(names) for names in GROUPINGS.values())])[:-1]
ALL, HOME, AGE, SEX, INCOME, SCHOOL, WATCHED, BELIEF = (int(k) for k in GROUP_FIRST)


class Counted(NamedTuple):
    """The joint table.  A start is where an outcome's words begin."""

    guide: np.ndarray  # (province, 4096) u2, cell in which a word's top 12 bits begin
    start: np.ndarray  # (province, cell) u4
    cell: np.ndarray  # (attribute, cell) u1: home, band, sex, schooling, status
    year: np.ndarray  # (band, schooling, year) u4, start
    size: np.ndarray  # (band, size) u4, start
    earner: np.ndarray  # (age class, others, earners) u4, start


class Having(NamedTuple):
    """What follows from it.  A chance is a threshold on a word."""

    parent: np.ndarray  # (age) u4
    debt: np.ndarray  # (home) u4
    online: np.ndarray  # (band, home) u4
    driver: np.ndarray  # (age, sex) u4
    party: np.ndarray  # (sex, schooling) u4
    namesakes: np.ndarray  # (part of the people) i4


class Differing(NamedTuple):
    """The scores, and what is read off them."""

    quantile: np.ndarray  # (3 x 4096) i2 [sd / 4096]
    mixing: np.ndarray  # (trait, own score) i8 [1/4096]
    income_mean: np.ndarray  # (province, home) i8 [fen a month]
    income_law: np.ndarray  # (home, score cell) i8 [1/65536]
    income_cut: np.ndarray  # (4) i8 [fen a month]
    exposure: np.ndarray  # (score cell) u2 [1/256]
    watched_cut: np.ndarray  # (2) i8 [sd / 4096]
    member_from: int  # score of faith at and above which an adult is a member


class Offending(NamedTuple):
    """The deeds' lasting rates."""

    risk: np.ndarray  # (deed) u1, row of AT_RISK
    trait: np.ndarray  # (deed) u1
    load: np.ndarray  # (deed, 2) i8 [1/4096]: the trait's part, its own
    rate: np.ndarray  # (deed, score cell) u4


class People(NamedTuple):
    """What populate knows, a table for each of its kernels."""

    counted: Counted
    having: Having
    differing: Differing
    offending: Offending


@inline
def place_in(start: Any, word: Any) -> Any:
    """The outcome that a word falls to: the last whose start is not above it.

    A start in the last word is that of an outcome that cannot be (attributes.starts).
    """
    k, word = 0, min(word, LAST_WORD)
    for j in range(1, start.shape[0]):
        k += start[j] <= word
    return k


@inline
def score_cell(score: Any) -> Any:
    """The cell of the tables over scores."""
    return min(max(score + REACH, 0), 2 * REACH - 1) >> CELL_BITS


@inline
def own_score(quantile: Any, word: Any) -> Any:
    """A standard normal score from one word; the end cells are told apart by its next 12 bits."""
    top = np.int64(word >> np.uint32(20))
    next_bits = np.int64((word >> np.uint32(8)) & np.uint32(4095))
    at = top
    at = 4096 + next_bits if top == 0 else at
    at = 8192 + next_bits if top == 4095 else at
    return np.int64(quantile[at])


# The kernels take columns, not the whole world: a kernel that takes its hundred arrays compiles in
# 2 s, one that takes a dozen in 0.4 s, and these five run once a block.


@kernel
def be_counted(counted, u, province, n, urban, age_years, male, schooling, status, size, earners):
    """Home, age, sex, schooling and state of work from the joint table; household size, earners.

    Reads   u (four, person), a row of draws
    """
    start, guide = counted.start[province], counted.guide[province]
    last = start.shape[0] - 1
    for i in range(n):
        word = min(u[0, i], LAST_WORD)
        k = np.int64(guide[word >> np.uint32(32 - GUIDE_BITS)])
        while k < last and start[k + 1] <= word:
            k += 1
        band = np.int64(counted.cell[1, k])
        school = np.int64(counted.cell[3, k])
        state = np.int64(counted.cell[4, k])
        age = 5 * band + place_in(counted.year[band, school], u[1, i])
        if state == CHILD and band == 3:
            age = 15  # the children of the band 15-19 are those of 15
        persons = max(place_in(counted.size[band], u[2, i]), 1)
        kind = 0 if age < 15 else (2 if age >= 60 else 1)
        others = place_in(counted.earner[kind, persons - 1], u[3, i])
        urban[i] = counted.cell[0, k]
        age_years[i] = age
        male[i] = counted.cell[2, k]
        schooling[i] = school
        status[i] = state
        size[i] = persons
        earners[i] = others + (1 if state <= UNEMPLOYED else 0)


@kernel
def have(
    having, u, v, n, urban, age_years, male, schooling,
    parent, debt, online, driver, party, namesakes,
):  # fmt: skip
    """What follows from home, age, sex and schooling, from two rows of draws."""
    for i in range(n):
        age, home, sex = np.int64(age_years[i]), np.int64(urban[i]), np.int64(male[i])
        parent[i] = u[0, i] < having.parent[age]
        debt[i] = u[1, i] < having.debt[home]
        online[i] = u[2, i] < having.online[min(age // 5, 20), home]
        driver[i] = u[3, i] < having.driver[age, sex]
        party[i] = (v[0, i] < having.party[sex, schooling[i]]) & (age >= ADULT)
        namesakes[i] = having.namesakes[v[1, i] >> np.uint32(20)]


@kernel
def differ(differing, u, seed, first, n, trait):
    """The ten traits (trait, person) [sd / 4096]: own scores, then mixed, the last row first, since
    a row needs the own scores above it.
    """
    count = trait.shape[0]
    mixed = np.empty(n, np.int32)
    for k in range(count):
        if k % 4 == 0:
            rows(u, seed, first, 0, 0, draws.TRAIT, k // 4)
        for i in range(n):
            trait[k, i] = own_score(differing.quantile, u[k % 4, i])
    for k in range(count - 1, -1, -1):
        mixed[:] = UNIT // 2
        # Person is the inner loop: rows lie 4,096 bytes apart, and stepping over them cost twice.
        for j in range(k + 1):
            part = np.int32(differing.mixing[k, j])
            for i in range(n):
                mixed[i] += part * np.int32(trait[j, i])
        for i in range(n):
            trait[k, i] = min(max(mixed[i] >> 12, -REACH), REACH - 1)


@kernel
def belong(
    differing, province, n, urban, age_years, male, schooling, trait,
    income, fifth, exposure, group,
):  # fmt: skip
    """Income, how much in view, and the row of the frames' group axis in each grouping."""
    cut, seen = differing.income_cut, differing.watched_cut
    for i in range(n):
        age, home = np.int64(age_years[i]), np.int64(urban[i])
        cell = score_cell(np.int64(trait[EARNING, i]))
        fen = (differing.income_mean[province, home] * differing.income_law[home, cell]) >> 16
        rank = np.int64(fen > cut[0]) + np.int64(fen > cut[1])
        rank += np.int64(fen > cut[2]) + np.int64(fen > cut[3])
        income[i] = fen
        fifth[i] = rank
        view = np.int64(trait[EXPOSURE, i])
        exposure[i] = differing.exposure[score_cell(view)]
        old = np.int64(age >= 14) + np.int64(age >= 30) + np.int64(age >= 45) + np.int64(age >= 60)
        member = (age >= ADULT) & (np.int64(trait[FAITH, i]) >= differing.member_from)
        group[0, i] = ALL
        group[1, i] = HOME + 1 - home
        group[2, i] = AGE + old
        group[3, i] = SEX + male[i]
        group[4, i] = INCOME + rank
        group[5, i] = SCHOOL + schooling[i]
        group[6, i] = WATCHED + np.int64(view >= seen[0]) + np.int64(view >= seen[1])
        group[7, i] = BELIEF + np.int64(member)


@kernel
def stand(n, risk, age_years, status, driver, online, parent, debt, group):
    """Who can do the deeds of each kind (kind, person), rows of AT_RISK."""
    for i in range(n):
        age = np.int64(age_years[i])
        adult = age >= ADULT
        risk[0, i] = adult
        risk[1, i] = driver[i]
        risk[2, i] = (online[i] == 1) & (age >= ONLINE_AGE)
        risk[3, i] = (status[i] < EMPLOYED) & adult
        risk[4, i] = (parent[i] == 1) & adult
        risk[5, i] = (debt[i] == 1) & adult
        risk[6, i] = adult  # every adult answers for the household's bills
        risk[7, i] = (status[i] == PUBLIC) & adult
        risk[8, i] = (age >= DONOR_FROM) & (age <= DONOR_TO)
        risk[9, i] = (age >= PARENT_FROM) & (age < PARENT_TO)
        risk[10, i] = (status[i] == SELF_EMPLOYED) & adult  # of whom some own a firm
        risk[11, i] = group[7, i] > BELIEF


@kernel
def offend(offending, quantile, u, seed, first, n, trait, risk, deed_rate):
    """Each deed's lasting rate (deed, person): rate times a frailty that goes partly with a trait.

    [2^-32; counted deeds 2^-16; a member's lasting state is certain]  Four deeds share a row
    of draws.
    """
    for deed in range(offending.risk.shape[0]):
        kind, row = np.int64(offending.risk[deed]), np.int64(offending.trait[deed])
        of_trait, own = offending.load[deed, 0], offending.load[deed, 1]
        lane = deed & 3
        if lane == 0:
            rows(u, seed, first, 0, 0, draws.FRAILTY, deed >> 2)
        for i in range(n):
            score = of_trait * np.int64(trait[row, i])
            score += own * own_score(quantile, u[lane, i]) + UNIT // 2
            rate = offending.rate[deed, score_cell(score >> 12)]
            rate = ALWAYS if kind == MEMBER else rate
            deed_rate[deed, i] = rate * np.uint32(risk[kind, i])


def populate(world: Any, people: People, province: int, n: int) -> None:
    """Fill the columns of the first n people of a block: a pure function of seed, id and province.

    Writes  every column whose writer is `society`
    Needs   ids that do not straddle a multiple of 2^32 (places.blocks)
    """
    life, seed, first = world.life, world.seed, world.first
    # By key, and once: on a record that is three times as fast as by attribute.
    (
        urban, age, male, schooling, status, size, earners, parent, debt, online, driver, party,
        trait, income, fifth, exposure, deed_rate, group,
    ) = (life[name] for name in OF_LIFE)  # fmt: skip
    u, v = world.scratch["u"], np.empty_like(world.scratch["u"])
    risk = np.empty((len(AT_RISK), n), np.uint8)
    rows(u, seed, first, 0, 0, draws.PEOPLE, 0)
    be_counted(
        people.counted, u, province, n, urban, age, male, schooling, status, size, earners
    )  # fmt: skip
    rows(u, seed, first, 0, 0, draws.HOUSEHOLD, 0)
    rows(v, seed, first, 0, 0, draws.HOUSEHOLD, 1)
    have(
        people.having, u, v, n, urban, age, male, schooling,
        parent, debt, online, driver, party, world.file["namesake_count"],
    )  # fmt: skip
    differ(people.differing, u, seed, first, n, trait)
    belong(
        people.differing, province, n, urban, age, male, schooling, trait,
        income, fifth, exposure, group,
    )  # fmt: skip
    stand(n, risk, age, status, driver, online, parent, debt, group)
    offend(people.offending, people.differing.quantile, u, seed, first, n, trait, risk, deed_rate)


assert AT_RISK[MEMBER:] == ("member",)
