"""What is counted of look-ups: who looked, what they saw, what became of it, and how much wrongly.

Few people are looked up in a month: each is added to the groups alone.
"""

import numpy as np

from demerit.columns import EMPLOYEE, HIRE, LANDLORD, LENDER, MATCH, TIE
from demerit.frames.names import LOOK_UPS, after_firms
from demerit.frames.tally import add, listed
from demerit.kernel import inline, kernel, ones
from demerit.standing import marked

BY_EMPLOYER, BY_CREDITOR = HIRE | EMPLOYEE, LENDER | LANDLORD


def at(name: str) -> np.int64:
    """The place of a counter of look-ups among them."""
    return np.int64(LOOK_UPS.index(name))


EMPLOYER, BY_MATCH = at("looked_up_employer"), at("looked_up_match")
BY_TIE, CREDITOR = at("looked_up_tie"), at("looked_up_creditor")
MARKED, WRONG, MISSED = at("look_ups_marked"), at("look_ups_wrong"), at("look_ups_missed")
JOBS, MATCHES, TIES = (at(f"look_up_{what}_lost") for what in ("jobs", "matches", "ties"))
TERMS, LOSSES_WRONG = at("look_up_terms_worse"), at("look_up_losses_wrong")


@inline
def bits(number, mask):
    """How many of these occasions are among those of the mask."""
    return ones(np.uint64(np.int64(number) & mask))


@kernel
def count_look_ups(world, scheme, force, worlds, out):
    """Add up the look-ups of a block: out (world, counter, group)."""
    first = after_firms(world)
    for w in range(1, worlds):
        if listed(force, w):
            eight = world.life.looked_up[w].view(np.uint64)
            for j in range(eight.size):
                if eight[j]:
                    for i in range(8 * j, min(world.people, 8 * j + 8)):
                        if world.life.looked_up[w, i]:
                            count_one(world, scheme, w, i, out[w], first)


@kernel
def count_one(world, scheme, w, i, out, first):
    """One person who was looked up this month."""
    life, group = world.life, world.life.group
    looked, cost = np.int64(life.looked_up[w, i]), np.int64(life.look_up_cost[w, i])
    times = ones(np.uint64(looked))
    wrong = np.int64(life.wrongful[w, i] != 0)
    add(out[first + EMPLOYER], group, i, bits(looked, BY_EMPLOYER))
    add(out[first + BY_MATCH], group, i, bits(looked, MATCH))
    add(out[first + BY_TIE], group, i, bits(looked, TIE))
    add(out[first + CREDITOR], group, i, bits(looked, BY_CREDITOR))
    if marked(scheme, world.file, w, i):
        add(out[first + MARKED], group, i, times)
        add(out[first + WRONG], group, i, times * wrong)
        add(out[first + JOBS], group, i, bits(cost, BY_EMPLOYER))
        add(out[first + MATCHES], group, i, bits(cost, MATCH))
        add(out[first + TIES], group, i, bits(cost, TIE))
        add(out[first + TERMS], group, i, bits(cost, BY_CREDITOR))
        add(out[first + LOSSES_WRONG], group, i, ones(np.uint64(cost)) * wrong)
    else:
        add(out[first + MISSED], group, i, times * np.int64(life.deserving[w, i] != 0))
