"""What is counted of a learned score: what traces cost whom; and what the next fit learns from."""

import numpy as np

from demerit import climate as cl
from demerit.frames.names import LEARNED
from demerit.frames.tally import add
from demerit.kernel import kernel, ones
from demerit.society.tables import HABIT, HARMFUL

REGRADED, LOST, LOST_HABIT, LOST_HARM = (np.int64(k - len(LEARNED)) for k in range(len(LEARNED)))
ONE = np.int64(1)


@kernel
def count_traces(world, society, climate, w, out):
    """Who is regraded; what the traces of each person cost, by class: out (counter, group)."""
    group, weights, end = world.life.group, climate.weights[w], out.shape[0]
    for i in range(world.people):
        if world.file.regraded[w, i]:
            add(out[end + REGRADED], group, i, ONE)
        rest = world.file.trace_bits[w, i]
        while rest != np.uint64(0):
            below = rest - np.uint64(1)
            deed = ones(below & ~rest)
            rest &= below
            lost = -min(np.int64(0), weights[deed])
            if lost > 0:
                add(out[end + LOST], group, i, lost)
                if society.deed_class[deed] == HABIT:
                    add(out[end + LOST_HABIT], group, i, lost)
                elif society.deed_class[deed] == HARMFUL:
                    add(out[end + LOST_HARM], group, i, lost)


@kernel
def share_traces(world, scheme, month, w, shared):
    """In a month of a fit: who bore which trace when the year began, and met the outcome since, to
    shared (item,) of this world and region (climate.FILES and on)."""
    if month == 0 or scheme.every_months == 0 or month % scheme.every_months != 0:
        return
    deeds, first = world.deeds, cl.OUT + world.deeds
    for i in range(world.people):
        if world.file.scored[i]:
            came = np.int64(world.file.outcome_came[w, i])
            shared[first + cl.FILES] += 1
            shared[first + cl.OUTCOMES] += came
            rest = world.file.past_bits[w, i]
            while rest != np.uint64(0):
                below = rest - np.uint64(1)
                trace = first + cl.TRACES + ones(below & ~rest)
                rest &= below
                shared[trace] += 1
                shared[trace + deeds] += came
