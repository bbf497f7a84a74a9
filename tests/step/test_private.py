"""Private scores: what issuers see and make of it, whom that shuts out, and what is an error."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import run
from demerit.columns import (
    ABOVE,
    BELOW,
    CARD,
    COLUMNS,
    DATING,
    DOORS,
    FILE,
    ISSUERS_MAX,
    LAW,
    NO_ERRORS,
    PLAIN,
    SCHEME,
    UNKNOWN,
)  # fmt: skip
from demerit.private import CAP, HIGH_LINE, LEAST, LOW_LINE, START, combined

FIRST, SECOND = 0, 1  # issuers
ALWAYS = 65536


@pytest.fixture(scope="module")
def opened(make_plan, stop):
    """A block whose accounts are a month old; two issuers and no score of the state's."""
    stopped = stop(make_plan("eight-firms", people=500))
    stopped.live(1)
    return stopped.block().call("live", "behave")


@pytest.fixture
def block(opened):
    """A copy of it in which everyone has both accounts, none is mixed, nothing is seen."""
    copy = opened.copy()
    copy.file.customer[:2, : copy.people] = 1
    copy.life.mixed[:] = 0
    copy.scheme.issuer_seen_16[:] = 0
    copy.scheme.kept_16[:] = ALWAYS  # nothing grows old
    return copy


def at(block, issuer, points, person=0, world=SCHEME):
    """Let this account stand at so many points, on its own as well."""
    block.file.private_16[world, issuer, person] = 16 * points
    block.life.private_clean_16[world, issuer, person] = 16 * points


def ask(block, door, person=0):
    """This person alone knocks at the door, and everyone who knocks is let in but for a score."""
    block.file.asked[:] = 0
    block.file.asked[:, door, person] = 1
    block.climate.door_32[:] = 1 << 32
    block.file.thin[person] = block.file.judgment_fen[:, person] = 0


def doors(mask):
    return {DOORS[k] for k in range(len(DOORS)) if int(mask) >> k & 1}


# Who has an account


def test_accounts_are_those_of_adults_online_in_each_issuers_share(opened):
    may = (opened.life.online == 1) & (opened.life.age_years >= 18)
    customer = opened.file.customer
    share = opened.scheme.customer_32[:2] / 2**32

    assert not customer[:, ~may].any()
    assert np.allclose(share, customer[:2, may].mean(axis=1), atol=4 * 0.5 / np.sqrt(may.sum()))
    assert not customer[2:].any()


def test_who_has_no_account_is_unknown_to_the_issuer(block):
    block.file.customer[FIRST, 0] = 0
    block.call("gather", "issue")

    assert UNKNOWN == block.file.standing[SCHEME, FIRST, 0]
    assert UNKNOWN == block.life.clean_standing[SCHEME, FIRST, 0]


def test_replicates_are_the_same_customers_with_other_luck(make_plan, stop):
    found = []
    for replicate in (0, 1):
        plan = make_plan("eight-firms", people=500)
        stopped = stop(type(plan)(**{**vars(plan), "replicate": replicate}))
        stopped.live(1)
        found.append(stopped.block())
    one, other = found

    assert np.array_equal(one.file.customer, other.file.customer)
    assert not np.array_equal(one.life.mixed, other.life.mixed)


# What is seen, and the score made of it


def test_an_issuer_sees_what_its_agencies_see_and_nothing_else(block, deeds):
    """Both agencies of `alcohol` and `gaming` are sure: two purchases cost the first 2 x 4 points,
    a month of play costs the second 8."""
    block.scheme.issuer_seen_16[FIRST, deeds.index("alcohol")] = ALWAYS
    block.scheme.issuer_seen_16[SECOND, deeds.index("gaming")] = ALWAYS
    block.life.deed_count[:, :, 0] = 0
    block.life.deed_count[:, deeds.index("alcohol"), 0] = 2
    block.life.deed_count[:, deeds.index("gaming"), 0] = 1
    block.call("gather")

    assert [-8, -8, 0, 0] == block.file.noticed_points[SCHEME, :, 0].tolist()
    assert not block.file.noticed_points[LAW].any()


def test_what_nobody_sees_moves_no_score(block):
    before = block.file.private_16[SCHEME].copy()
    block.call("gather", "issue")

    assert np.array_equal(before, block.file.private_16[SCHEME])


def test_a_score_worked_out_by_hand(block):
    """600 points, half of what lies above 570 grown old, 40 points lost: 570 + 15 - 40 = 545, which
    is below 550 and is refused; 7 points gained instead: 592, plain; 20: 605, favoured."""
    block.scheme.kept_16[FIRST] = ALWAYS // 2
    changes, expected = (-40, 7, 20), [(545, BELOW), (592, PLAIN), (605, ABOVE)]
    for person, change in enumerate(changes):
        at(block, FIRST, 600, person)
        block.file.noticed_points[SCHEME, FIRST, person] = change
    block.call("issue")
    points = block.file.private_16[SCHEME, FIRST, :3] / 16
    standing = block.file.standing[SCHEME, FIRST, :3]

    assert expected == list(zip(points.tolist(), standing.tolist(), strict=True))


def test_a_score_stays_within_its_bounds(block):
    for person, change in enumerate((-9_000, 9_000)):
        block.file.noticed_points[SCHEME, FIRST, person] = change
    block.call("issue")

    assert [350 * 16, 950 * 16] == block.file.private_16[SCHEME, FIRST, :2].tolist()


def test_what_a_score_rests_on_is_half_gone_after_the_half_life(block, opened):
    block.scheme.kept_16[FIRST] = opened.scheme.kept_16[FIRST]
    at(block, FIRST, 870)
    block.file.noticed_points[:] = 0
    for _ in range(24):
        block.call("issue")

    assert 720 == pytest.approx(block.file.private_16[SCHEME, FIRST, 0] / 16, abs=1)


def test_the_scoring_half_does_not_depend_on_the_truth(block):
    """Every column of the laboratory that knows of issuers or deeds is dealt anew just before."""
    block.call("gather")
    dealt, rng = block.copy(), np.random.default_rng(1)
    truths = [c.name for c in COLUMNS if c.lab and c.axes[-1] == "person" and c.writer != "scratch"]
    for name in truths:
        column = dealt.column(name)
        column[:] = rng.permuted(column, axis=-1)
    before = block.file.private_16.copy()
    block.scheme.kept_16[:] = dealt.scheme.kept_16[:] = 60_000
    block.call("issue")
    dealt.call("issue")

    assert {"mixed", "private_clean_16", "clean_standing", "deed_count", "trait"} <= set(truths)
    assert not np.array_equal(before, block.file.private_16)
    assert [] == [n for n in FILE if not np.array_equal(block.column(n), dealt.column(n))]


# Errors: a mixed account


def test_a_mixed_account_holds_anothers_months_too_and_on_its_own_it_does_not(block, deeds):
    block.scheme.issuer_seen_16[FIRST, deeds.index("alcohol")] = ALWAYS
    block.life.deed_count[:, deeds.index("alcohol"), : block.people] = 1
    block.life.mixed[FIRST, 3] = 1
    block.call("gather")
    seen = block.file.noticed_points

    assert [-4, -8, -4] == seen[SCHEME, FIRST, 2:5].tolist()
    assert [-4, -4, -4] == seen[NO_ERRORS, FIRST, 2:5].tolist()
    assert 0 == np.ptp(block.life.private_clean_16[SCHEME, FIRST, : block.people]
                       - opened_points(block))  # fmt: skip


def opened_points(block):
    """Where each account on its own was a month before: moved by 4 points alike."""
    return block.life.private_clean_16[NO_ERRORS, FIRST, : block.people]


def test_where_the_other_is_no_customer_nothing_is_seen_of_them(block, deeds):
    block.scheme.issuer_seen_16[FIRST, deeds.index("alcohol")] = ALWAYS
    block.life.deed_count[:, deeds.index("alcohol"), : block.people] = 1
    block.life.mixed[FIRST, 3] = 1
    block.file.customer[FIRST, : block.people] = 0
    block.file.customer[FIRST, 3] = 1
    block.call("gather")

    assert -4 == block.file.noticed_points[SCHEME, FIRST, 3]


# Doors of partners


def shut_at(block, real, clean, door=CARD):
    """The doors that the first issuer shuts to a person of this standing, and wrongly so."""
    block.file.standing[:] = block.life.clean_standing[:] = PLAIN
    block.file.standing[SCHEME, FIRST, 0] = real
    block.life.clean_standing[SCHEME, FIRST, 0] = clean
    block.scheme.partner[FIRST, BELOW, door] = 0
    ask(block, door)
    block.call("grant", "attribute")
    return doors(block.life.shut[SCHEME, 0]), doors(block.life.shut_wrongly[SCHEME, 0])


def test_a_low_private_score_shuts_a_partners_door(block):
    assert ({"card"}, set()) == shut_at(block, BELOW, BELOW)
    assert [0, 1, 0] == block.file.refused[:, CARD, 0].tolist()


def test_one_wrong_account_shuts_it_wrongly(block):
    assert ({"card"}, {"card"}) == shut_at(block, BELOW, PLAIN)


def test_a_plain_score_shuts_nothing(block):
    assert (set(), set()) == shut_at(block, PLAIN, PLAIN)
    assert [1, 1, 1] == block.file.granted[:, CARD, 0].tolist()


def test_a_door_that_the_state_shuts_is_not_the_issuers_doing(block):
    block.file.scored[0] = 1
    block.scheme.access[:, CARD] = 0

    assert (set(), set()) == shut_at(block, BELOW, PLAIN)
    assert 1 == block.file.refused[SCHEME, CARD, 0]


def test_who_is_unknown_finds_the_door_that_the_file_says(block):
    """At the dating site three quarters of what everyone has; at the others as everyone."""
    block.file.standing[:] = UNKNOWN
    wide = [combined(block.file.standing[SCHEME], block.scheme, door, 0, 4)
            for door in (DATING, CARD)]  # fmt: skip

    assert [3, 4] == wide


@given(
    st.integers(0, 16),
    st.lists(st.integers(0, 16), min_size=ISSUERS_MAX, max_size=ISSUERS_MAX),
    st.integers(0, ISSUERS_MAX),
)
def test_the_narrowest_holds_or_else_the_widest(opened, wide, offers, issuers):
    scheme = opened.scheme.copy()
    scheme.issuers = issuers
    scheme.partner[:, PLAIN, CARD] = offers
    standing = np.full((ISSUERS_MAX, 1), PLAIN, np.uint8)
    every = [wide, *offers[:issuers]]
    expected = min(every) if min(every) < 4 else max(every)

    assert expected == combined(standing, scheme, CARD, 0, wide)


# Laws


def test_a_scheme_without_issuers_writes_nothing_of_them(quiet):
    block = quiet.copy()
    before = [part.tobytes() for part in block.parts[:2]]
    block.call("gather", "issue", "attribute")

    assert before == [part.tobytes() for part in block.parts[:2]]


def test_a_better_month_never_makes_a_lower_score(block):
    rng = np.random.default_rng(2)
    people = block.people
    block.scheme.kept_16[:] = 63_000
    block.file.private_16[SCHEME, FIRST, :people] = 16 * np.sort(rng.integers(350, 951, people))
    block.file.noticed_points[SCHEME, FIRST, :people] = 5
    block.call("issue")

    assert np.all(np.diff(block.file.private_16[SCHEME, FIRST, :people]) >= 0)
    assert np.all(np.diff(block.file.standing[SCHEME, FIRST, :people].astype(int)) >= 0)


def test_without_mixed_accounts_nobody_is_wronged_and_with_them_somebody_is(make_plan):
    values = {"deeds.deed.loan_default.rate": 0.1, "doors.door.card.knock": 0.5,
              "eight-firms.issuer.payments.doors.below.card": 0.0}  # fmt: skip
    for share, wronged in ((0.0, False), (0.5, True)):
        mixed = {f"eight-firms.issuer.{key}.mixed": share for key in ("payments", "messages")}
        plan = make_plan("eight-firms", people=6_000, months=8, values=values | mixed)
        counts = run.simulate(plan, 1, months_before=2)
        for name in ("private_refused_wrongly", "lowered_issuer_1"):
            found = counts.frames[:, :, counts.counters.index(name), 0].sum(axis=1)

            assert [False, wronged, False] == (found > 0).tolist()


def test_lines_are_those_of_the_file(make_plan):
    line = make_plan("eight-firms", people=500).scheme_tables.line_16[FIRST] / 16

    assert (570, 350, 950, 550, 600) == tuple(
        line[k] for k in (START, LEAST, CAP, LOW_LINE, HIGH_LINE)
    )
