"""Officials in whole runs: what they do shows, and where they do nothing, nothing is otherwise."""

import numpy as np
import pytest

from demerit import run
from demerit.blocks import view
from demerit.columns import LAW, NO_ERRORS, SCHEME
from demerit.frames.names import OFFICE_GRADES
from demerit.measures import MEASURES

IDLE = {"sale_32": 0, "shield_32": 0, "settle_32": 0, "inspect_32": 0, "report_32": 0,
        "accuse_32": 0, "open_32": np.zeros(513, np.int64)}  # fmt: skip
BUSY = {
    "household.work.official_share": 0.5, "national.officials.for_sale": 1.0,
    "national.officials.settle": 0.5, "national.officials.inspect": 0.05,
    "national.officials.accuse": 0.5, "national.favours.sale": 1.0,
    "national.favours.price": 200, "responses.awareness.launch": 1.0,
    "responses.awareness.learn_rules": 0.5, "responses.awareness.look_up": 0.5,
    "deeds.deed.criticism.rate": 0.1,
}  # fmt: skip
OF_OFFICIALS = {"officials", "disciplined", "disciplined_wrongly", "accounts_settled"}


def sums(found, world=SCHEME):
    """Every counter of everybody over all months."""
    return dict(zip(found.counters, found.frames[world, :, :, 0].sum(axis=0), strict=True))


def lived(plan):
    return run.simulate(plan, 1, months_before=2)


@pytest.fixture(scope="module")
def busy(make_plan):
    return lived(make_plan("national", people=3_000, months=8, values=BUSY))


@pytest.mark.slow
def test_officials_who_do_nothing_change_nothing(make_plan):
    with_them, without = (
        lived(make_plan("national", people=3_000, months=6, **IDLE, officials=officials))
        for officials in (1, 0)
    )
    own = OF_OFFICIALS | set(OFFICE_GRADES)
    kept = [k for k, name in enumerate(with_them.counters) if name not in own]

    assert np.array_equal(with_them.frames[:, :, kept], without.frames[:, :, kept])
    assert 0 < sums(with_them)["officials"]
    assert 0 == sums(without)["officials"]


@pytest.mark.slow
def test_officials_sell_settle_and_are_disciplined_under_the_scheme_alone(busy):
    for name in (*OF_OFFICIALS, "bought", "entries_false"):
        assert 0 < sums(busy)[name], name
        assert 0 == sums(busy, LAW)[name], name


@pytest.mark.slow
def test_every_official_has_a_grade_and_some_are_passed_over_for_it(make_plan):
    often = {f"doors.door.promotion.{what}": 0.9 for what in ("knock", "granted")}
    plan = make_plan("national", people=3_000, months=8, values=BUSY | often)
    found = sums(lived(plan))
    grades = sum(found[f"officials_grade_{k}"] for k in (1, 2))

    assert found["officials"] == grades
    assert found["officials_lowest"] == found["officials_grade_2"] > 0
    assert 0 < found["officials_passed_over"] < found["officials_lowest"]


@pytest.mark.slow
def test_without_errors_no_account_is_settled_and_nobody_disciplined_wrongly(busy):
    without = sums(busy, NO_ERRORS)

    assert 0 < without["disciplined"]
    assert 0 == without["accounts_settled"] == without["disciplined_wrongly"]


@pytest.mark.slow
def test_what_officials_have_booked_is_in_the_files_of_critics(make_plan, busy):
    quiet = lived(make_plan("national", people=3_000, months=8,
                            values=BUSY | {"national.officials.settle": 0.0}))  # fmt: skip
    more = sums(busy)["false_unlawful_post"] - sums(quiet)["false_unlawful_post"]

    # Booked the month after: those of the last month are not yet.
    settled = busy.frames[SCHEME, :-1, busy.counters.index("accounts_settled"), 0].sum()
    assert 0 < settled
    assert settled == pytest.approx(more, rel=0.1)


@pytest.mark.slow
def test_a_larger_share_for_sale_sells_more(make_plan):
    sold = [
        sums(lived(make_plan("national", people=3_000, months=8,
                             values=BUSY | {"national.officials.for_sale": share})))["bought"]
        for share in (0.0, 0.3, 1.0)
    ]  # fmt: skip

    assert 0 == sold[0] < sold[1] < sold[2]


@pytest.mark.slow
def test_half_of_one_percent_hold_office_and_no_desk_is_shared(make_plan, stop):
    stopped = stop(make_plan("national", people=40_000, months=1, place="0412"), before=0)
    people = officials = 0
    for files, lives, scratch in stopped.steps.folds:
        for k in range(len(files)):
            block = view(type(stopped.steps.folds[0])(files, lives, scratch), k)
            n, desks = int(block.people), int(block.desk_total[LAW])
            holders = block.desk_person[LAW, :desks]

            assert np.flatnonzero(block.official[:n]).tolist() == [int(h) - 1 for h in holders]
            people, officials = people + n, officials + desks
    published = 7_167_000 / 1_411_780_000

    assert published == pytest.approx(officials / people, rel=0.25)


def test_the_spread_of_favours_is_that_of_the_textbook():
    """Gini by its mean absolute difference, the busiest tenth by sorting, office by office."""
    rng = np.random.default_rng(3)
    acts = rng.poisson(rng.exponential(4, 200))
    table = np.bincount(acts, minlength=256)[:, None]
    apart = np.abs(acts[:, None] - acts).mean() / (2 * acts.mean())
    busiest = np.sort(acts)[-20:].sum() / acts.sum()

    assert apart == pytest.approx(MEASURES["favours_gini"].function(table).value[0])
    found = MEASURES["favours_busiest_tenth_share"].function(table).value[0]
    assert busiest == pytest.approx(found, abs=0.02)  # offices that tie are taken in part
    alike = np.bincount(np.full(50, 7), minlength=256)[:, None]
    assert 0.1 == pytest.approx(MEASURES["favours_busiest_tenth_share"].function(alike).value[0])
    assert 0 == pytest.approx(MEASURES["favours_gini"].function(alike).value[0])
