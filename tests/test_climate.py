"""Climate: made of whole counts, alike in law and scheme where nothing differs."""

import numpy as np
import pytest

from demerit import climate as cl
from demerit.columns import DOORS, LAW, NO_ERRORS, SCHEME, WORLDS


@pytest.fixture(scope="module")
def plan(make_plan):
    return make_plan(people=2_500)


@pytest.fixture
def counts(deeds):
    """Two regions of 1,000 people, all of them scored adults; nothing happens."""
    counts = np.zeros((len(WORLDS), 2, cl.items(len(deeds))), np.int64)
    counts[..., cl.PEOPLE] = counts[..., cl.SCORED] = counts[..., cl.ADULTS] = 1_000
    return counts


@pytest.fixture
def follow(plan, deeds):
    def follow(counts, stands=(0, 1, 1)):
        before = cl.before(plan.society_tables, counts.shape[1], len(deeds))
        stands = np.array(stands, np.int64)
        return cl.follow(before, counts, plan.society_tables, plan.scheme_tables, stands)

    return follow


def test_nothing_happens_and_doors_stand_as_under_the_law(follow, counts, plan):
    made = follow(counts)

    assert np.all(made.door_32 == plan.society_tables.open_32)
    assert np.all(made.legitimacy_256 == plan.society_tables.legitimacy_256)
    assert 0 == made.name_in_32.sum()
    assert np.all(made.hear_32[SCHEME] == plan.society_tables.press_32)
    assert 0 == made.hear_32[LAW].sum()


def test_a_job_barred_to_some_is_open_the_wider_to_others(follow, counts, plan):
    """100 seek work; under the scheme ten of them may not: their places go to the ninety."""
    job = cl.ASKED + DOORS.index("job")
    counts[..., job] = 400
    counts[SCHEME, :, job] = 360
    made = follow(counts).door_32[..., DOORS.index("job")]
    ordinary = plan.society_tables.open_32[DOORS.index("job")]

    assert ordinary * 10 / 9 == pytest.approx(made[SCHEME, 0], rel=1e-6)
    assert np.all(made[[LAW, NO_ERRORS]] == ordinary)


def test_an_elastic_door_stands_as_it_stood(follow, counts, plan):
    licence = cl.ASKED + DOORS.index("licence")
    counts[..., licence] = 400
    counts[SCHEME, :, licence] = 40
    made = follow(counts).door_32[..., DOORS.index("licence")]

    assert np.all(made == plan.society_tables.open_32[DOORS.index("licence")])


def test_legitimacy_falls_by_half_of_the_possible_at_one_adult_in_a_hundred(follow, counts, plan):
    counts[SCHEME, 0, cl.PROTEST] = 10
    made = follow(counts)
    society = plan.society_tables
    half = society.legitimacy_256 * (256 - society.legitimacy_fall_256 / 2) / 256

    assert half == pytest.approx(int(made.legitimacy_256[SCHEME, 0]), abs=1.5)
    assert made.legitimacy_256[SCHEME, 1] == society.legitimacy_256  # not in the next region


def test_the_more_protest_the_less_sure_is_arrest(follow, counts):
    risks = []
    for protesters in (0, 1, 3, 10, 50):
        counts[..., cl.PROTEST] = protesters
        risks.append(int(follow(counts).arrest_256[SCHEME, 0]))

    assert risks == sorted(risks, reverse=True)
    assert risks[0] > 250 > risks[-1]


def test_records_that_leave_come_in_at_the_same_rate(follow, counts, deeds):
    bribe = deeds.index("bribe")
    counts[SCHEME, 0, cl.OUT + bribe] = 7
    made = follow(counts).name_in_32

    assert 0.007 == pytest.approx(made[SCHEME, 0, bribe] / 2**32)
    assert made[SCHEME, 0, bribe] == made.sum()


def test_where_no_scheme_stands_nobody_hears_of_it(follow, counts):
    assert 0 == follow(counts, stands=(0, 0, 0)).hear_32.sum()


def test_names_posted_are_heard_of(follow, counts, plan):
    """5% posted: 5 x 0.05 more hear."""
    counts[SCHEME, :, cl.POSTED] = 50
    made = follow(counts).hear_32[SCHEME, 0] - plan.society_tables.press_32

    assert 0.25 == pytest.approx(int(made) / 2**32, rel=0.01)


# Sabotage and hardening


def test_sabotage_dims_what_is_seen_by_wire_where_it_happens(follow, counts, plan):
    """1% of adults: half of all that can be lost."""
    counts[SCHEME, 0, cl.SABOTAGE] = 10
    seen = follow(counts).seen_256
    half = 256 - plan.society_tables.damage_256 / 2

    assert half == pytest.approx(int(seen[SCHEME, 0]), abs=1.5)
    assert np.all(256 == seen[SCHEME, 1])
    assert np.all(256 == seen[[LAW, NO_ERRORS]])


def test_more_sabotage_never_lets_more_be_seen(follow, counts):
    seen = []
    for saboteurs in (0, 1, 5, 20, 100, 1_000):
        counts[SCHEME, 0, cl.SABOTAGE] = saboteurs
        seen.append(int(follow(counts).seen_256[SCHEME, 0]))

    assert seen == sorted(seen, reverse=True)
    assert 256 == seen[0]
    assert seen[-1] > 0


def arrest(plan, deeds, counts, **scheme):
    before = cl.before(plan.society_tables, counts.shape[1], len(deeds))
    hard = plan.scheme_tables._replace(**scheme)
    stands = np.array([0, 1, 1])
    return cl.follow(before, counts, plan.society_tables, hard, stands).arrest_256


def test_a_scheme_that_hardens_makes_arrest_surer_where_protest_is_loud(plan, deeds, counts):
    counts[:, 0, cl.PROTEST] = 5
    counts[SCHEME, 0, cl.PROTEST] = 25  # 2% more than under the law
    soft = arrest(plan, deeds, counts)
    hard = arrest(plan, deeds, counts, harden_32=1 << 32 >> 6, harden_256=4 * 256)
    quiet = arrest(plan, deeds, counts, harden_32=1 << 32 >> 5, harden_256=4 * 256)

    assert hard[SCHEME, 0] > soft[SCHEME, 0]
    assert np.array_equal(soft, quiet)
    hard[SCHEME, 0] = soft[SCHEME, 0]
    assert np.array_equal(soft, hard)  # nowhere else, and not under the law


# Outcry


def loud(plan, counts, protest, months):
    outcry = cl.Outcry(plan.scheme_tables)
    for month in range(months):
        counts[SCHEME, :, cl.PROTEST] = protest
        stands = outcry.hear(counts, month)
    return outcry, stands


def test_outcry_ends_the_scheme_in_the_world_where_it_is_heard(plan, counts):
    outcry, stands = loud(plan, counts, protest=11, months=1)

    assert [0, 0, 1] == stands.tolist()
    assert [None, 0, None] == outcry.month


def test_less_protest_than_it_takes_ends_nothing(plan, counts):
    outcry, stands = loud(plan, counts, protest=9, months=24)

    assert [0, 1, 1] == stands.tolist()
    assert [None] * 3 == outcry.month


def test_protest_that_there_is_without_a_scheme_does_not_end_one(plan, counts):
    counts[LAW, :, cl.PROTEST] = 100
    _, stands = loud(plan, counts, protest=100, months=3)

    assert [0, 1, 1] == stands.tolist()


def test_a_scheme_once_ended_does_not_come_back(plan, counts):
    outcry, _ = loud(plan, counts, protest=11, months=1)
    counts[SCHEME, :, cl.PROTEST] = 0

    assert [0, 0, 1] == outcry.hear(counts, 1).tolist()
    assert [None, 0, None] == outcry.month


def pardons(plan, counts, protest, **scheme):
    """In which months, of so many with so much protest, an amnesty follows in world `scheme`."""
    outcry = cl.Outcry(plan.scheme_tables._replace(repeal_32=2 << 32, **scheme))
    found = []
    for month, much in enumerate(protest):
        counts[SCHEME, :, cl.PROTEST] = much
        outcry.hear(counts, month)
        found += [month] if outcry.amnesty[SCHEME] else []
        assert 0 == outcry.amnesty[LAW] == outcry.amnesty[NO_ERRORS]
    return found


def test_an_amnesty_comes_once_for_each_time_of_outcry(plan, counts):
    """Two months in a row: after months 1 and 4, not after single ones, not twice for one time."""
    protest = [20, 20, 0, 20, 20, 20, 0, 20, 0]
    half_a_percent = 1 << 32 >> 8

    assert [1, 4] == pardons(plan, counts, protest, amnesty_32=half_a_percent, amnesty_months=2)
    assert [] == pardons(plan, counts, protest)  # no file says so: never


def test_an_amnesty_is_for_a_scheme_that_stands(plan, counts, deeds):
    tables = plan.scheme_tables._replace(amnesty_32=1 << 20, amnesty_months=1)
    outcry = cl.Outcry(tables)
    counts[SCHEME, :, cl.PROTEST] = 50  # enough for a repeal in the same month
    stands = outcry.hear(counts, 0)

    assert [0, 0, 1] == stands.tolist()
    assert [0, 0, 0] == outcry.amnesty.tolist()
    before = cl.before(plan.society_tables, 2, len(deeds))
    made = cl.follow(before, counts, plan.society_tables, tables, stands, np.ones(3, np.int64))
    assert [0, 0, 1] == made.amnesty.tolist()
