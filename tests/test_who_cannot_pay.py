"""Who cannot pay (C15): the same people under the court list and without it.

The list is meant for those who can perform a judgment and will not.  Here are people who could not,
in the world of ordinary law as in that of the list, and whom the list took in all the same.
"""

import numpy as np
import pytest

from demerit.columns import ANATOMY, CARD, DUES, LAW, LOAN, SCHEME
from demerit.frames import counters

PEOPLE, MONTHS, BEFORE = 30_000, 24, 12
UNABLE = ANATOMY.index("unable")


@pytest.fixture(scope="module")
def lives(make_plan, stop):
    """Month by month, of people listed for a debt that they could not pay in either world."""
    plan = make_plan("court-list", people=PEOPLE, months=MONTHS, place=None)
    stopped = stop(plan, before=BEFORE)
    kept = [{"listed": [], "unable": [], "refused": [], "standing": [], "loans": [], "poor": []}
            for _ in stopped.steps.folds]  # fmt: skip
    for _ in range(MONTHS):
        stopped.live()
        for fold, found in zip(stopped.steps.folds, kept, strict=True):
            file, life = fold.files, fold.lives
            found["listed"].append(life["anatomy"][:, SCHEME] == UNABLE)
            found["unable"].append(np.all(life["able"][:, : SCHEME + 1] < len(DUES), axis=1))
            found["refused"].append(file["refused"][:, : SCHEME + 1].sum(axis=2))
            found["standing"].append(life["prestige_held"][:, : SCHEME + 1].copy())
            found["loans"].append(file["granted"][:, : SCHEME + 1, LOAN : CARD + 1].sum(axis=2))
            found["poor"].append(life["able"][:, : SCHEME + 1] == 0)
    return [{name: np.array(rows) for name, rows in found.items()} for found in kept]


def months(lives, name):
    """A column over the months in which such a person was listed (world)."""
    total = np.zeros(2)
    for found in lives:
        chosen = found["listed"] & found["unable"]
        total += np.moveaxis(found[name], 2, 0)[:, chosen].sum(axis=1)
    return total


def test_the_list_takes_in_people_who_cannot_pay(lives):
    listed = sum(int(found["listed"].sum()) for found in lives)

    assert listed > 1_000


def test_doors_are_shut_to_them_that_were_open(lives):
    refused = months(lives, "refused")

    assert 0 == refused[LAW] < refused[SCHEME]
    loans = months(lives, "loans")
    assert loans[SCHEME] < loans[LAW]


def test_they_lose_the_better_work_and_are_poor_for_longer(lives):
    standing, poor = months(lives, "standing"), months(lives, "poor")

    assert standing[SCHEME] < 0.9 * standing[LAW]
    assert poor[SCHEME] > poor[LAW]


def test_the_laboratory_says_why(make_plan, stop):
    """Of the sanctions of the list most would not be but for debts that could not be paid."""
    stopped = stop(make_plan("court-list", people=5_000, months=6, place=None), before=6)
    counts = stopped.live(6)
    names = counters([])

    def total(name):
        return int(counts[SCHEME, names.index(name), 0])

    assert total("anatomy_unable") > total("sanctioned") / 2
    assert total("sanctioned_wrongly") >= total("anatomy_unable")
