"""Recourse: the way up is the one that trying every schedule of deeds finds, and files are read as
the score's own stage reads them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demerit import facts, run
from demerit.columns import NEVER, SCHEME
from demerit.measures import MEASURES
from demerit.survey import ask, recourse, tables
from demerit.survey.prospects import (
    BELOW_PERK,
    LOWEST,
    NO_MEANS,
    PERK_EVERY,
    SHUT,
    TOO_SLOW,
    TWO_ACT,
    TWO_WAIT,
    YEAR_ACT,
    YEAR_WAIT,
    YEAR_WAIT_TWO,
    Prospects,
    path,
)  # fmt: skip
from demerit.survey.recourse import AHEAD, NONE, Deed, File, Rules, Ways

# A tiny scheme: two tiers, of which 100 points open the better; a big deed once a month, a small
# one twice.
BIG, SMALL = Deed(0, 10, 1, 1, False), Deed(1, 3, 2, 1, False)
TINY = Rules(
    least=0, cap=120, edge=100, lowest=1, next_floor=np.array([100, 100]),
    below_perk=np.array([False, False]), deeds=(BIG, SMALL), points=np.array([10, 3, -30]),
    judgment=2, paid_months=NEVER, erase_months=NEVER, repair=0, costly=np.zeros(4, bool),
    due_deed=np.zeros(4, np.int64), part_16=0,
)  # fmt: skip


def stands(score, months=AHEAD, lapse=None, owed=None, unpaid=0, may=(True, True), clear=1,
           solvent=1, target=100):  # fmt: skip
    """One person; `lapse` and `owed`: points by the month, from one, in which they come back."""

    def rows(given):
        found = np.zeros((months, 1), np.int64)
        for month, points in (given or {}).items():
            found[month - 1] += points
        return found

    lapse = {**(lapse or {})}
    for month, points in (owed or {}).items():
        lapse[month] = lapse.get(month, 0) + points
    return File(
        np.array([score]), np.array([target]), rows(lapse), rows(owed), np.array([unpaid]),
        np.array(may)[:, None], np.array([clear]), np.array([solvent]),
    )  # fmt: skip


def way(file, rules=TINY):
    """Months by waiting, months at the soonest, deeds at the least, and which way it is."""
    found = recourse.ways(file, rules)
    assert (found.fewest[0] < NEVER) == (found.soonest[0] <= AHEAD)
    return int(found.wait[0]), int(found.soonest[0]), int(found.fewest[0]), int(path(found)[0])


def test_deeds_are_counted_dearest_first_and_as_many_as_a_month_has_room_for():
    """Thirty points: 10 + 2 x 3 a month take two months; two big deeds and four small ones."""
    assert (NONE, 2, 6, YEAR_ACT) == way(stands(70))


def test_a_point_less_takes_a_deed_less():
    """Six points are two small deeds or one big one; the least is one."""
    assert (NONE, 1, 1, YEAR_ACT) == way(stands(94))


def test_what_lapses_by_itself_takes_nothing_but_time():
    assert (5, 2, 6, YEAR_WAIT) == way(stands(70, lapse={5: 30}))
    assert (20, 20, 0, TWO_WAIT) == way(stands(70, lapse={20: 30}, may=(False, False)))
    assert (20, 2, 6, YEAR_WAIT_TWO) == way(stands(70, lapse={20: 30}))


def test_deeds_and_time_together():
    """Of thirty points twenty lapse in the first month: one big deed does the rest."""
    assert (NONE, 1, 1, YEAR_ACT) == way(stands(70, lapse={1: 20}))


def test_good_entries_that_lapse_are_missed():
    """Sixteen points in the first month are one too few; ten go in the second, and of the 27 that
    lack then two big deeds bring twenty and three small ones nine."""
    assert (NONE, 2, 5, YEAR_ACT) == way(stands(85, lapse={2: -10}, target=102))


def test_good_deeds_that_lapse_too_soon_bring_nobody_further():
    """Entries stand for two months, so that no more than twenty points stand at once."""
    rules, alone = TINY._replace(erase_months=2), (True, False)

    assert (NONE, NONE, NEVER, TOO_SLOW) == way(stands(70, may=alone), rules)
    assert (NONE, 2, 2, YEAR_ACT) == way(stands(80, may=alone), rules)


def test_where_nothing_gives_points_and_nothing_lapses_there_is_no_way():
    assert (NONE, NONE, NEVER, SHUT) == way(stands(70, may=(False, False)))


def test_a_deed_that_is_open_twice_a_year_is_done_twice_in_seven_months():
    rules = TINY._replace(deeds=(BIG._replace(every=6), SMALL))

    assert (NONE, 7, 2, YEAR_ACT) == way(stands(80, may=(True, False)), rules)
    assert (NONE, 13, 3, TWO_ACT) == way(stands(70, may=(True, False)), rules)


DEBT = TINY._replace(deeds=(), paid_months=1)


def test_a_judgment_that_is_paid_in_the_third_month_is_off_the_file_in_the_fourth():
    file = stands(0, unpaid=100, may=(), solvent=3)

    assert (NONE, 4, 1, YEAR_ACT) == way(file, DEBT)


def test_one_that_cannot_be_paid_leaves_no_way_and_it_is_for_want_of_money():
    assert (NONE, NONE, NEVER, NO_MEANS) == way(stands(0, unpaid=100, may=(), solvent=NONE), DEBT)


def test_an_entry_that_lapses_before_the_debt_could_be_paid_takes_no_payment():
    file = stands(0, owed={2: 100}, unpaid=100, may=(), solvent=9)

    assert (2, 2, 0, YEAR_WAIT) == way(file, DEBT)


def test_who_must_leave_a_scored_due_unpaid_does_not_rise_before_it_can_be_paid():
    """Nine months have room for three big deeds."""
    assert (NONE, 9, 3, YEAR_ACT) == way(stands(70, clear=9))
    assert (NONE, NONE, NEVER, NO_MEANS) == way(stands(70, clear=NONE))


def test_paying_in_time_brings_points_from_the_month_in_which_all_is_covered():
    """Ten points a month from the fourth on: thirty by the sixth."""
    rules = TINY._replace(deeds=(BIG._replace(paying=True),))

    assert (NONE, 6, 3, YEAR_ACT) == way(stands(70, may=(True,), solvent=4), rules)


def test_points_that_may_be_earned_back_come_from_the_second_month_on_and_not_above_the_edge():
    rules = TINY._replace(deeds=(), repair=15)

    assert (NONE, 3, 2, YEAR_ACT) == way(stands(70, may=()), rules)
    assert (NONE, NONE, NEVER, SHUT) == way(stands(70, may=(), target=101), rules)


@settings(max_examples=60, deadline=None)
@given(
    score=st.integers(0, 99), months=st.integers(1, 3), erase=st.integers(1, 4),
    lapse=st.dictionaries(st.integers(1, 3), st.integers(-30, 30), max_size=3),
    may=st.tuples(st.booleans(), st.booleans()), big=st.integers(4, 25),
)  # fmt: skip
def test_it_is_what_every_schedule_of_deeds_tried_in_turn_finds(
    score, months, erase, lapse, may, big
):
    rules = TINY._replace(deeds=(BIG._replace(points=big), SMALL), erase_months=erase)
    file = stands(score, months, {m: p for m, p in lapse.items() if m <= months}, may=may)
    soonest, fewest = NONE, NEVER
    options = [(a, b) for a in range(1 + may[0]) for b in range(1 + 2 * may[1])]
    for schedule in product(options, repeat=months):
        now = score
        for month, (a, b) in enumerate(schedule):
            gone = schedule[month - erase] if month >= erase else (0, 0)
            now += int(file.lapse[month, 0]) + big * (a - gone[0]) + 3 * (b - gone[1])
            now = max(0, min(120, now))
            deeds = sum(map(sum, schedule[: month + 1]))
            if now >= 100 and (month + 1, deeds) < (soonest, fewest):
                soonest, fewest = month + 1, deeds
    found = recourse.ways(file, rules)

    assert (soonest, fewest) == (int(found.soonest[0]), int(found.fewest[0]))


def test_savings_cover_a_debt_after_as_many_months_as_arithmetic_says():
    """100 at 25 a month; covered already, though less comes in each month; never; nothing due."""
    free, more, level = map(np.array, ([0, 40, 0, -5], [25, -1, 0, 0], [100, 40, 1, 0]))

    assert [4, 1, NONE, 1] == list(recourse.saved(free, more, level))


# ---- files, as a block has them


@pytest.fixture
def block(quiet):
    found = quiet.copy()
    found.scheme.erase_months = 5
    return found


def prospects(block, deeds, **changed):
    """What is asked of the people of this block."""
    columns = {name: part[name][None] for part in (block.file, block.life)
               for name in part.dtype.names}  # fmt: skip
    rules = recourse.rules(block.society, block.scheme, deeds)
    sheet = ask.Sheet(np.zeros((3, tables.CELLS), np.int64))
    return Prospects(columns, rules._replace(**changed), sheet)


def test_entries_are_taken_off_when_the_score_takes_them_off(block, deeds):
    """Two entries of 50 and 100 points, the second two months later, stand for five months."""
    person = next(i for i in range(7, 500) if block.file.scored[i])
    block.set_score(SCHEME, person, 700)
    block.put(SCHEME, person, deeds.index("elder_neglect"))
    block.call("score")
    block.put(SCHEME, person, deeds.index("online_post"), due=block.month + 2)
    for _ in range(2):
        block.month += 1
        block.call("score")
    asked = prospects(block, deeds).file(0, SCHEME, block.month, np.array([person]))
    foreseen = recourse.follow(asked, asked.lapse, prospects(block, deeds).rules)[:, 0]
    lived = []
    for _ in range(AHEAD):
        block.month += 1
        block.call("score")
        lived.append(int(block.file.score_points[SCHEME, person]))

    assert 550 == int(asked.score[0])
    assert {3: 50, 5: 100} == {m + 1: int(p) for m, p in enumerate(asked.lapse[:, 0]) if p}
    assert list(foreseen) == lived
    assert 700 == lived[-1]


@pytest.mark.parametrize("owes", [True, False])
def test_an_entry_about_a_judgment_goes_when_the_score_takes_it_off(block, deeds, owes):
    """It is paid in the first month from now, or has been already: off the file in the second."""
    person = next(i for i in range(7, 500) if block.file.scored[i])
    judgment = deeds.index("judgment_unpaid")
    block.scheme.erase_months, block.scheme.paid_months = NEVER, 1
    block.scheme.points[judgment] = -100
    block.set_score(SCHEME, person, 700)
    block.put(SCHEME, person, judgment)
    block.file.judgment_fen[SCHEME, person] = 1_000 * owes
    block.call("score")
    asking = prospects(block, deeds)
    asked = asking.file(0, SCHEME, block.month, np.array([person]))
    asked = asked._replace(solvent=np.ones(1, np.int64))
    changes = asked.lapse, recourse.performed(asked, asking.rules)
    still, pays = (recourse.follow(asked, change, asking.rules)[:4, 0].tolist()
                   for change in changes)  # fmt: skip
    block.file.judgment_fen[SCHEME, person] = 0
    lived = []
    for _ in range(4):
        block.month += 1
        block.call("score")
        lived.append(int(block.file.score_points[SCHEME, person]))

    assert lived == pays == [600, 700, 700, 700]
    assert still == ([600] * 4 if owes else lived)


def test_money_is_what_comes_in_beyond_subsistence_and_dues(block, deeds):
    """1,000 yuan come in, 600 are needed, 150 are due: 250 a month for a judgment of 1,000."""
    person, asking = 3, prospects(block, deeds, costly=np.array([True, False, False, True]))
    given = {"household_fen": 1_000, "wage_fen": 400, "need_fen": 600, "bill_fen": 100,
             "rent_fen": 0, "instalment_fen": 50, "loan_fen": 0, "judgment_fen": 1_000,
             "cash_fen": 600}  # fmt: skip
    for name, value in given.items():
        asking[name][0, ..., person] = value
    asking["employed"][0, :, person] = 1
    asking["deed_rate"][0, asking.rules.due_deed, person] = 1
    months = asking.means(0, SCHEME, np.array([person]))
    asking["deed_rate"][0, asking.rules.due_deed[3], person] = 0  # ... never left unpaid
    bills = asking.means(0, SCHEME, np.array([person]))
    asking["employed"][0, :, person] = 0
    idle = asking.means(0, SCHEME, np.array([person]))

    assert [[5], [5]] == [list(m) for m in months]  # 1,150 of 250 a month
    assert [[1], [5]] == [list(m) for m in bills]  # 100 of 250
    assert [[NONE], [NONE]] == [list(m) for m in idle]


def test_what_nobody_can_choose_is_no_way_up(china, make_plan, deeds):
    plan = make_plan("national", people=500)
    rules = recourse.rules(plan.society_tables, plan.scheme_tables, deeds)
    told = {deeds[deed.row]: (deed.points, deed.times, deed.every) for deed in rules.deeds}

    assert "merit" not in told
    assert "nappies" not in told
    assert (10, 1, 6) == told["blood"]
    assert (5, 4, 1) == told["clean_up"]
    assert sorted((deed.points for deed in rules.deeds), reverse=True) == [
        deed.points for deed in rules.deeds
    ]
    assert [False, True, False, False] == list(rules.below_perk)


def test_every_deed_that_a_scheme_rewards_is_said_to_be_a_matter_of_choice_or_not(deeds):
    from demerit import scheme as schemes
    from demerit.scheme import kinds

    told = set(facts.read("recourse.toml")["deed"])
    for key in schemes.keys():
        spec = schemes.load(key).spec
        if "tier" in spec:
            points = kinds.points(spec, deeds)
            assert {deeds[k] for k in np.flatnonzero(points > 0)} <= told, key


def test_a_run_asks_all_of_the_lowest_tier_and_one_in_eight_below_a_perk(make_plan, harsh):
    values = harsh | {"national.repeal.share": 1}
    plan = make_plan("national", people=4_000, months=14, place=None, values=values)
    found = run.simulate(plan, 2, months_before=1)
    totals = found.folds.sum(axis=0)
    paths, months, deeds = (
        tables.read(name, totals, found.counters)[SCHEME, ..., 0]
        for name in ("recourse", "recourse_month", "recourse_deed")
    )
    tier = [found.frames[SCHEME, [11, 13], found.counters.index(f"tier_{k}"), 0].sum()
            for k in range(4)]  # fmt: skip

    assert tier[3] == paths[LOWEST].sum() > 20
    assert paths[BELOW_PERK].sum() * PERK_EVERY == pytest.approx(tier[1], rel=0.2)
    assert np.array_equal(paths.sum(axis=1), months.sum(axis=1))
    assert np.array_equal(paths[:, :NO_MEANS].sum(axis=1), deeds.sum(axis=1))
    assert months[:, AHEAD].sum() == paths[:, NO_MEANS:].sum() > 0


def test_where_entries_have_no_points_of_their_own_nothing_is_told(make_plan):
    plan = make_plan("learned", people=2_300, months=2, place=None)
    found = run.simulate(plan, 1, months_before=1)

    assert 0 == tables.read("recourse", found.folds.sum(axis=0), found.counters).sum()


def test_the_shares_of_those_with_and_without_a_way_add_up_to_one():
    rng = np.random.default_rng(3)
    table = rng.integers(0, 50, (2, 8, 25))
    for aim in ("recourse", "perk"):
        parts = [MEASURES[f"{aim}_{name}_share"].function(table).value
                 for name in ("none", "wait", "act")]  # fmt: skip
        why = [MEASURES[f"{aim}_none_by_{name}_share"].function(table).value
               for name in ("means", "slow", "shut")]  # fmt: skip

        assert np.allclose(1, sum(parts))
        assert np.allclose(1, sum(why))
        year = MEASURES[f"{aim}_none_year_share"].function(table).value
        assert (year >= parts[0]).all()


def test_each_path_is_of_the_months_that_it_names():
    ends = [(5, 5, 5), (20, 5, 5), (NONE, 5, 5), (20, 20, 20), (NONE, 20, 20), (NONE, NONE, 9),
            (NONE, NONE, NONE)]  # fmt: skip
    wait, soonest, rich = np.array(ends).T
    found = path(Ways(wait, soonest, wait, rich, np.ones(7, bool)))

    assert [YEAR_WAIT, YEAR_WAIT_TWO, YEAR_ACT, TWO_WAIT, TWO_ACT, NO_MEANS, TOO_SLOW] == list(
        found
    )
