"""Deal: belief is about strangers, assurance is about the file, and belief rests under the law."""

import numpy as np
import pytest

from demerit.columns import (
    BROKEN,
    DECLINED,
    HEARD,
    HONESTY,
    HONOURED,
    LAW,
    NO_DEAL,
    SCHEME,
    WORLDS,
)  # fmt: skip
from demerit.step.trust import keeps

SURE, NEVER = 1 << 32, 0


@pytest.fixture
def small(block):
    block.society.offer_32 = SURE
    block.life.able[:] = 4
    return block


@pytest.fixture
def open_files(small):
    """Everybody has heard, and looks up whom they deal with."""
    small.scheme.visible = 1
    small.society.check_32 = SURE
    small.life.awareness[1:, : small.people] = HEARD
    return small


def outcomes(block, world=SCHEME):
    return np.bincount(block.life.dealt[world, : block.people], minlength=4)


def test_adults_alone_are_offered_deals(small):
    small.call("deal")
    people = slice(0, small.people)
    dealt = small.life.dealt[LAW, people] != NO_DEAL

    assert np.array_equal(small.life.age_years[people] >= 18, dealt)


def test_one_number_switches_deals_off(small):
    small.society.offer_32 = NEVER
    before = small.life.belief.copy()
    small.call("deal")

    assert 0 == small.life.dealt.sum()
    assert np.array_equal(before, small.life.belief)


def test_where_nothing_differs_deals_are_alike_in_every_world(small):
    small.call("deal")

    assert 0 == small.life.assured.sum()
    for name in ("dealt", "belief"):
        column = getattr(small.life, name)
        for w in range(1, len(WORLDS)):
            assert np.array_equal(column[LAW], column[w]), name


def test_who_believes_nothing_trusts_nobody_and_learns_nothing(small):
    small.life.belief[:] = 0
    small.call("deal")

    assert {NO_DEAL, DECLINED} == set(small.life.dealt[LAW, : small.people])
    assert 0 == small.life.belief.sum()


def test_deals_are_kept_by_the_share_that_the_table_says(small):
    """All of one honesty, and trusting: of ten months' deals the table's share is kept."""
    small.life.trait[HONESTY] = 0
    kept = broken = 0
    for small.month in range(10):
        small.life.belief[:] = 255
        small.call("deal")
        _, _, bad, good = outcomes(small, LAW)
        kept, broken = kept + good, broken + bad

    assert kept + broken > 2_500
    assert 0.8 == pytest.approx(kept / (kept + broken), abs=0.025)


def test_need_and_dishonesty_break_deals_and_fear_keeps_them(small):
    society, share = small.society, {}
    for honesty in (-8000, 0, 8000):
        share[honesty] = keeps(society, honesty, False, 0)

    assert share[-8000] < share[0] < share[8000]
    assert keeps(society, 0, True, 0) < share[0] < keeps(society, 0, False, 30_000)
    assert 65536 == keeps(society, 0, True, 65536)


def test_nobody_fears_for_a_breach_that_is_not_scored(small):
    """Suining scores no breach; where one is scored, the careful keep more deals."""
    careful = small.copy()
    careful.life.caution[SCHEME] = 255
    careful.scheme.fear_16[careful.society.breach] = 60_000
    careful.life.belief[:] = small.life.belief[:] = 255
    small.call("deal")
    unscored = careful.copy().call("deal")
    careful.scheme.points[careful.society.breach] = -50
    careful.call("deal")

    assert np.array_equal(small.life.dealt, unscored.life.dealt)
    assert outcomes(careful)[HONOURED] > outcomes(small)[HONOURED]
    assert outcomes(careful, LAW)[HONOURED] == outcomes(small, LAW)[HONOURED]


# Assurance


def test_who_looks_up_declines_those_under_sanction_and_deals_with_all_others(open_files):
    everyone_low = open_files.copy()
    everyone_low.file.sanctioned[SCHEME] = 1
    open_files.life.belief[:] = everyone_low.life.belief[:] = 0  # trust has no part in it
    people = slice(0, open_files.people)
    adult = open_files.life.age_years[people] >= 18
    open_files.call("deal")
    everyone_low.call("deal")

    assert np.array_equal(adult, open_files.life.assured[SCHEME, people] == 1)
    assert {BROKEN, HONOURED} == set(open_files.life.dealt[SCHEME, people][adult])
    assert {DECLINED} == set(everyone_low.life.dealt[SCHEME, people][adult])


@pytest.mark.parametrize("why", ["hidden", "unheard", "ended", "no file", "switched off"])
def test_nobody_looks_up_what_cannot_be_seen_or_is_not_known(open_files, why):
    if why == "hidden":
        open_files.scheme.visible = 0
    elif why == "unheard":
        open_files.life.awareness[:] = 0
    elif why == "ended":
        open_files.climate.in_force[:] = 0
    elif why == "no file":
        open_files.file.scored[:] = 0
    else:
        open_files.society.check_32 = NEVER
    open_files.file.sanctioned[SCHEME] = 1
    open_files.call("deal")

    assert 0 == open_files.life.assured.sum()
    assert np.array_equal(open_files.life.dealt[LAW], open_files.life.dealt[SCHEME])


def test_assured_deals_teach_less_of_strangers(open_files):
    """The same deals in both worlds, all trusted; those of one are assured."""
    open_files.life.belief[:] = 255
    open_files.society.honour_16[:] = 0  # every one is broken
    open_files.call("deal")
    adult = open_files.life.age_years[: open_files.people] >= 18
    lost = 255 - open_files.life.belief[:, : open_files.people][:, adult].astype(int).mean(axis=1)

    assert 0.25 == pytest.approx(lost[SCHEME] / lost[LAW], abs=0.1)
    assert lost[LAW] > 5


# Rest


def test_belief_stays_at_rest_under_ordinary_law(small):
    """Five years of a deal a month: mean and spread stay where they began."""
    adults = np.flatnonzero(small.life.age_years[: small.people] >= 18)
    short = small.life.household_fen <= (
        small.life.need_fen + small.life.bill_fen + small.life.instalment_fen + small.life.rent_fen
    )
    small.life.able[:] = np.where(short, 0, 4)
    small.climate = small.climate._replace(worlds=1)
    start = small.life.belief[LAW, adults].astype(int)
    for small.month in range(60):
        small.call("deal")
    end = small.life.belief[LAW, adults].astype(int)

    assert abs(start.mean() - end.mean()) < 4  # 256ths
    assert start.std() == pytest.approx(end.std(), rel=0.25)


def test_small_surprises_are_not_rounded_away(small):
    """A belief of 204 meets deals of which four in five are kept: it stays, on average."""
    small.life.trait[HONESTY] = 0
    adults = np.flatnonzero(small.life.age_years[: small.people] >= 18)
    small.climate = small.climate._replace(worlds=1)
    moved = []
    for small.month in range(40):
        small.life.belief[:] = 204
        small.call("deal")
        moved.append(small.life.belief[LAW, adults].astype(int).mean() - 204)

    assert abs(np.mean(moved)) < 0.15
