"""People: a pure function of seed, id and province; compiled and uncompiled alike."""

import hashlib
import os
import subprocess
import sys

import numba
import numpy as np
import pytest

from demerit import facts
from demerit.columns import COLUMNS, TRAITS
from demerit.society import load
from demerit.society.people import AT_RISK, GROUPINGS, MEMBER, ONLINE_AGE, PUBLIC, SELF_EMPLOYED

PROGRAM = """
import sys; sys.path.insert(0, {tests!r})
import conftest
society = conftest.load("china-2020")
people = conftest.make.__wrapped__()(society, 4_000_000_000, 96, 3, 11)
import hashlib
print(hashlib.sha256(b"".join(people[name].tobytes() for name in sorted(people))).hexdigest())
"""


@pytest.fixture(scope="module")
def sample(every, make):
    return make(every, 9_000_000, 20_000 if not numba.config.DISABLE_JIT else 500)


def same(a, b):
    return all(np.array_equal(a[name], b[name]) for name in a)


def test_a_person_alone_is_the_person_in_a_block(society, make):
    block = make(society, 1000, 300)
    for i in (0, 1, 150, 299):
        alone = make(society, 1000 + i, 1)
        assert all(np.array_equal(alone[k][..., 0], block[k][..., i]) for k in block)


def test_the_order_of_blocks_does_not_matter(society, make):
    forth = [make(society, first, 64) for first in (0, 64, 128)]
    back = [make(society, first, 64) for first in (128, 64, 0)][::-1]

    assert all(same(a, b) for a, b in zip(forth, back, strict=True))


def test_another_seed_makes_other_people(society, make):
    assert not same(make(society, 0, 64, seed=1), make(society, 0, 64, seed=2))


def test_replicates_are_the_same_people(society, make):
    assert same(make(society, 0, 64), make(society, 0, 64, replicate=5))


@pytest.mark.pure
def test_every_column_of_the_society_is_written(every, sample):
    """Nobody belongs to a ruling party where the society has none."""
    for column in COLUMNS:
        if column.writer == "society":
            none = column.name == "party_member" and "party" not in every.spec
            assert sample[column.name].any() == (not none), column.name


@pytest.mark.pure
def test_nobody_is_what_they_cannot_be(sample):
    age, size = sample["age_years"].astype(int), sample["household_size"].astype(int)
    child = sample["status"] == 8

    assert (child == (age < 16)).all()
    assert (size[age < 15] >= 2).all()
    assert (sample["earner_count"] <= size).all()
    assert not sample["driver"][age < 18].any()
    assert not sample["party_member"][age < 18].any()
    assert not sample["parent_in_need"][age < 18].any()
    assert (sample["schooling"][age < 6] == 0).all()
    assert (sample["income_month_fen"] > 0).all()
    assert sample["namesake_count"].min() >= 0


@pytest.mark.pure
def test_only_those_at_risk_have_a_rate(sample):
    age = sample["age_years"]
    adult = age >= 18
    who = {
        "adult": adult,
        "driver": sample["driver"] == 1,
        "online": (sample["online"] == 1) & (age >= ONLINE_AGE),
        "employed": (sample["status"] < 4) & adult,
        "carer": (sample["parent_in_need"] == 1) & adult,
        "borrower": (sample["indebted"] == 1) & adult,
        "payer": adult,
        "official": (sample["status"] == PUBLIC) & adult,
        "donor": (age >= 18) & (age <= 55),
        "parent": (age >= 25) & (age < 45),
        "owner": (sample["status"] == SELF_EMPLOYED) & adult,
        "member": sample["group"][7] == sample["group"][7].max(),
    }
    deeds = facts.read("deeds.toml")["deed"]

    assert set(AT_RISK) == set(who) == {deed["at_risk"] for deed in deeds.values()}
    for row, (key, deed) in zip(sample["deed_rate"], deeds.items(), strict=True):
        assert ((row > 0) == who[deed["at_risk"]]).all(), key


@pytest.mark.pure
def test_frailties_of_different_deeds_are_drawn_apart(sample):
    """Deeds share rows of draws, not words: what a rate has beside its trait is unrelated."""
    deeds = facts.read("deeds.toml")["deed"]
    first, second = (list(deeds).index(key) for key in ("littering", "clean_up"))
    adults = sample["age_years"] >= 18
    civic = sample["trait"][TRAITS.index("civic"), adults].astype(float)
    left = []
    for row in (first, second):
        log = np.log(sample["deed_rate"][row, adults].astype(float))
        slope, rest = np.polyfit(civic, log, 1)
        left.append(log - slope * civic - rest)

    error = 1 / np.sqrt(adults.sum())
    assert 0 == pytest.approx(np.corrcoef(*left)[0, 1], abs=5 * error)


@pytest.mark.pure
def test_members_are_certain_of_their_state_and_as_many_as_stated(sample):
    deeds = list(facts.read("deeds.toml")["deed"].values())
    for row, deed in zip(sample["deed_rate"], deeds, strict=True):
        if AT_RISK.index(deed["at_risk"]) == MEMBER:
            adults = (sample["age_years"] >= 18).sum()
            expected = deed["rate"]["value"] * adults
            assert set(np.unique(row)) <= {0, 0xFFFFFFFF}
            assert (row > 0).sum() == pytest.approx(expected, abs=5 * np.sqrt(expected) + 1)


@pytest.mark.pure
def test_groups_say_what_the_columns_say(sample):
    group, first = sample["group"], 0
    for row, (name, names) in zip(group, GROUPINGS.items(), strict=True):
        assert row.min() >= first, name
        assert row.max() < first + len(names), name
        first += len(names)
    assert (group[1] == 2 - sample["urban"]).all()
    assert (group[3] - group[3].min() == sample["male"]).all()
    assert (group[4] - 10 == sample["income_fifth"]).all()
    thirds = np.bincount(group[6] - group[6].min()) / len(group[6])
    assert thirds == pytest.approx(np.full(3, 1 / 3), abs=0.1)


@pytest.mark.pure
def test_exposure_has_mean_256_and_income_goes_with_earning(sample):
    assert sample["exposure_256"].mean() == pytest.approx(256, rel=0.1)
    urban = (sample["urban"] == 1) & (sample["age_years"] < 200)
    earning = sample["trait"][TRAITS.index("earning"), urban]
    order = np.argsort(earning, kind="stable")
    assert (np.diff(sample["income_month_fen"][urban][order]) >= 0).all()


def test_a_varied_number_changes_what_it_stands_for_and_nothing_else(society, make):
    varied = load("china-2020", values={"society.debt.households": 0.55})
    here, there = make(society, 0, 2000), make(varied, 0, 2000)

    assert there["indebted"].mean() > here["indebted"].mean() + 0.1
    assert (there["indebted"] >= here["indebted"]).all()  # the same words, a higher threshold
    changed = {name for name in here if not np.array_equal(here[name], there[name])}
    assert changed == {"indebted", "deed_rate"}
    assert varied.digest != society.digest


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="compares with the compiler")
def test_compiled_and_uncompiled_people_are_the_same_bit_for_bit(society, make):
    people = make(society, 4_000_000_000, 96, 3, 11)
    made = hashlib.sha256(b"".join(people[name].tobytes() for name in sorted(people)))
    program = PROGRAM.format(tests=os.path.dirname(__file__))

    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == made.hexdigest()
