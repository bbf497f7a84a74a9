"""Wrongful: but for what is false, would there be a sanction?  Planted by hand, then by rates."""

import numpy as np
import pytest

from demerit import run
from demerit.columns import (
    ANATOMY,
    CLEAN,
    FALSE,
    FOREIGN,
    MISLABELLED,
    NO_ERRORS,
    SCHEME,
    TRUE,
)  # fmt: skip

PETITION, POST = "petition", "online_post"
EDGE = 600  # of suining: below it a tier carries a sanction
SOMEBODY, ANOTHER = 7, 8


@pytest.fixture
def block(quiet):
    return quiet.copy()


def judged(block):
    """After score and audit: who is sanctioned, who wrongly, in the world of the scheme."""
    block.call("score", "audit")
    return (np.flatnonzero(block.file.sanctioned[SCHEME]).tolist(),
            np.flatnonzero(block.life.wrongful[SCHEME]).tolist())  # fmt: skip


def anatomy(block, person=SOMEBODY):
    return ANATOMY[block.life.anatomy[SCHEME, person]]


@pytest.fixture
def plant(block, deeds):
    def plant(points, *records):
        person = next(i for i in range(SOMEBODY, 500) if block.file.scored[i])
        assert person in {SOMEBODY, person}
        block.set_score(SCHEME, person, points)
        for deed, truth in records:
            block.put(SCHEME, person, deeds.index(deed), truth)
        return block, person

    return plant


@pytest.mark.parametrize("truth", [FALSE, FOREIGN, MISLABELLED])
def test_a_false_record_that_crosses_the_edge_wrongs_exactly_one_person(plant, truth):
    block, person = plant(EDGE + 20, (PETITION, truth))

    assert ([person], [person]) == judged(block)
    assert "error" == anatomy(block, person)


@pytest.mark.parametrize("truth", [FALSE, FOREIGN, MISLABELLED])
def test_a_false_record_that_does_not_cross_the_edge_wrongs_nobody(plant, truth):
    block, person = plant(EDGE + 50, (PETITION, truth))

    assert ([], []) == judged(block)
    assert EDGE == block.file.score_points[SCHEME, person]
    assert EDGE + 50 == block.life.shadow_points[SCHEME, CLEAN, person]


def test_a_true_record_that_crosses_the_edge_wrongs_nobody(plant):
    block, person = plant(EDGE + 20, (PETITION, TRUE))

    assert ([person], []) == judged(block)
    assert "lawful" == anatomy(block, person)


def test_a_false_record_on_one_who_is_below_the_edge_without_it_wrongs_nobody(plant):
    block, person = plant(EDGE - 100, (PETITION, FALSE))

    assert ([person], []) == judged(block)


def test_two_records_of_which_the_true_one_alone_suffices_wrong_nobody(plant):
    block, person = plant(EDGE + 20, (PETITION, FALSE), ("elder_neglect", TRUE))

    assert ([person], []) == judged(block)
    assert "harm" == anatomy(block, person)


def test_a_false_award_that_keeps_a_person_above_the_edge_wrongs_nobody(plant):
    block, _ = plant(EDGE + 20, ("merit", FALSE), (POST, TRUE))

    assert ([], []) == judged(block)


def test_once_wronged_a_person_stays_so_until_the_file_is_put_right(plant):
    block, person = plant(EDGE + 20, (PETITION, FALSE))
    judged(block)
    block.clear_ledger()
    block.month += 1

    assert ([person], [person]) == judged(block)
    block.file.correction_points[SCHEME, person] = 50
    assert ([], []) == judged(block)


def test_a_correction_gives_back_what_the_false_record_took_and_no_more(plant):
    block, person = plant(EDGE + 20, (PETITION, FALSE))
    judged(block)
    block.scheme.appeal_32 = block.scheme.success_32 = 1 << 32
    block.life.awareness[SCHEME, person] = 3
    block.call("redress")

    assert 50 == block.file.correction_points[SCHEME, person]
    assert 1 == block.life.appealed[SCHEME].sum()


def test_what_was_missed_stays_missed(plant):
    """A file below the edge if all deeds were seen makes no false record right."""
    block, person = plant(EDGE + 20, (PETITION, FALSE))
    block.life.shadow_points[SCHEME, -1, person] = 0

    assert ([person], [person]) == judged(block)
    assert block.life.deserving[SCHEME, person]


# By rates: agencies of all kinds alike.


@pytest.fixture(scope="module")
def lived(make_plan, harsh):
    """Person-months under sanction and wrongly so, for a share seen and a rate of false records."""
    agencies = {name.rpartition(".")[0] for name in harsh if name.startswith("agencies.")}

    def of(seen, false, other=0.0, **redress):
        values = harsh | {
            f"{agency}.{name}": value
            for agency in agencies
            for name, value in (("false", false), ("wrong", other), ("by_name", other),
                                ("late", other), ("lost", other))
        } | {"suining.label.petition.error": other}  # fmt: skip
        values |= {name: seen for name in harsh if ".seen." in name}
        values |= {f"suining.redress.{name}": value for name, value in redress.items()}
        plan = make_plan("suining", people=6_000, months=8, values=values)
        found = run.simulate(plan, 2, months_before=1)

        def total(name, world=SCHEME):
            return int(found.frames[world, :, found.counters.index(name), 0].sum())

        return (total("sanctioned"), total("sanctioned_wrongly"), total("sanctioned_by_error"),
                total("sanctioned_wrongly", NO_ERRORS))  # fmt: skip

    return of


def test_few_deeds_seen_and_false_records_wrong_somebody(lived):
    sanctioned, wrongly, _, without_errors = lived(seen=0.01, false=0.02)

    assert 0 < wrongly <= sanctioned
    assert 0 == without_errors


def test_perfect_agencies_wrong_nobody(lived):
    sanctioned, wrongly, by_error, _ = lived(seen=1.0, false=0.0)

    assert sanctioned > 0
    assert 0 == wrongly == by_error


def test_agencies_that_miss_most_and_never_err_wrong_nobody(lived):
    sanctioned, wrongly, by_error, _ = lived(seen=0.3, false=0.0)

    assert sanctioned > 0
    assert 0 == wrongly == by_error


def test_seeing_less_with_the_same_false_records_never_lowers_the_wrongful_share(lived):
    """Within 0.02, since fear of what is seen moves deeds, and those move who is posted."""
    shares = []
    for seen in (1.0, 0.5, 0.2, 0.05, 0.01):
        sanctioned, wrongly, *_ = lived(seen=seen, false=0.02)
        shares.append(wrongly / sanctioned)
    rises = np.diff(shares)

    assert np.all(rises > -0.02)
    assert shares[-1] > 2 * shares[0]
