"""Redress: appeals, points earned back, and points bought; all of it acts next month.

awareness, shadow_points, score_points, sanctioned, cash_fen, desk_open  ->  appealed,
    appeal_open, correction_points, earned_points, bought_points, desk_sold

Appeal: who knows the own score appeals if the file stands lower than it would by the rules (a
founded appeal), or, less often, if under sanction without such an error.  An open appeal waits for
its answer.  If granted, a founded one gives back all that the errors took, one without ground lifts
the file to the edge: an error in its favour.
Repair: who is under sanction and knows the rules may earn points back, as far as the scheme says.
Sale: who knows the own score and could stand better buys points, where there is a seller and cash
beyond subsistence for the price.  The price is paid from cash next month (step/live.py).

Where a scheme has officials (step/office.py) the seller is one of them: who would buy asks one of
the block, who sells if for sale.  No figure exists for bought points, and nothing but the chance of
a seller is assumed here: who can pay, buys.  "Credit repair" is a published trade (China News
Weekly, 2022).
"""

import numpy as np

from demerit import draws
from demerit.columns import CLEAN, KNOWS_RULES, KNOWS_SCORE
from demerit.kernel import fill, kernel, stage


@stage
def redress(world, society, scheme, climate, month):
    """Lodge and decide appeals; earn and buy points.

    Writes  appealed, appeal_open (world, person) [yes/no], correction_points, earned_points,
            bought_points (world, person) [points, acting next month], desk_sold (world, desk)
    """
    for w in range(1, climate.worlds):
        fill(world.file.correction_points[w], 0)
        fill(world.file.earned_points[w], 0)
        fill(world.file.bought_points[w], 0)
        fill(world.life.appealed[w], 0)
        if scheme.officials:
            fill(world.life.desk_sold[w], 0)
        if climate.in_force[w] == 0:
            fill(world.life.appeal_open[w], 0)
            continue
        for i in range(world.people):
            aware = world.life.awareness[w, i]
            low = world.file.sanctioned[w, i] != 0
            if world.life.appeal_open[w, i] or aware == KNOWS_SCORE:
                appeal(world, society, scheme, month, w, i)
            if low and aware >= KNOWS_RULES and scheme.repair_32 > 0:
                repair(world, scheme, month, w, i)
            if scheme.sale_32 > 0 and aware == KNOWS_SCORE and (low or world.file.tier[w, i] > 0):
                buy(world, scheme, month, w, i)


@kernel
def appeal(world, society, scheme, month, w, i):
    """Lodge an appeal if none is open; decide an open one."""
    score = np.int64(world.file.score_points[w, i])
    lost = np.int64(world.life.shadow_points[w, CLEAN, i]) - score
    waits = world.life.appeal_open[w, i] != 0
    if not waits and lost <= 0 and not world.file.sanctioned[w, i]:
        return
    person = world.first + draws.U(i)
    appeals, granted, decided, _ = draws.four(
        world.seed, person, month, world.replicate, draws.REDRESS, np.int64(0)
    )
    if not waits:
        chance = scheme.appeal_32 if lost > 0 else scheme.appeal_32 * society.groundless_16 >> 16
        waits = np.int64(appeals) < chance
        world.life.appealed[w, i] = waits
    answered = waits and np.int64(decided) < scheme.decide_32
    world.life.appeal_open[w, i] = waits and not answered
    if not answered:
        return
    if lost > 0:
        if np.int64(granted) < scheme.success_32:
            world.file.correction_points[w, i] = lost
    elif np.int64(granted) < scheme.unfounded_32:
        world.file.correction_points[w, i] = max(np.int64(0), scheme.edge - score)


@kernel
def repair(world, scheme, month, w, i):
    """Points earned back by good works that the scheme prescribes."""
    person = world.first + draws.U(i)
    word = draws.four(world.seed, person, month, world.replicate, draws.REDRESS, np.int64(1))[0]
    if np.int64(word) < scheme.repair_32:
        world.file.earned_points[w, i] = scheme.repair_points


@kernel
def buy(world, scheme, month, w, i):
    """Points bought from who keeps the file."""
    free = np.int64(world.life.cash_fen[w, i]) - np.int64(world.life.need_fen[i])
    if free <= scheme.price_fen:
        return
    person = world.first + draws.U(i)
    asks, whom, _, _ = draws.four(
        world.seed, person, month, world.replicate, draws.FAVOUR, np.int64(0)
    )
    if np.int64(asks) < scheme.sale_32 and (not scheme.officials or sells(world, w, whom)):
        world.file.bought_points[w, i] = scheme.sale_points


@kernel
def sells(world, w, word):
    """Is the official who is asked for sale?  Then it is on that desk's account."""
    desk = draws.among(word, world.life.desk_total[w])
    if not world.life.desk_open[w, desk]:
        return False
    world.life.desk_sold[w, desk] = min(255, np.int64(world.life.desk_sold[w, desk]) + 1)
    return True
