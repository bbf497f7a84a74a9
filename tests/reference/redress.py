"""Redress (7.12): appeals, points earned back, points bought.  All act next month, once."""

from demerit.columns import CLEAN, KNOWS_RULES, KNOWS_SCORE
from demerit.draws import FAVOUR, REDRESS
from reference.state import Block, among


def redress(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for desk in world.desks:
            desk.sold = 0
        for person, life in zip(block.people, world.lives, strict=True):
            life.appealed = 0
            life.correction_points = life.earned_points = life.bought_points = 0
            if climate.in_force[world.index]:
                appeal(block, person, life)
                repair(block, person, life)
                buy(block, world, person, life)
            else:
                life.appeal_open = 0


def appeal(block, person, life) -> None:
    """1 and 2: an appeal is lodged, and decided."""
    s, scheme = block.society, block.scheme
    w0, w1, w2, _ = (block.draws.word(person.row, REDRESS, 0, k) for k in range(4))
    lost = life.shadow_points[CLEAN] - life.score_points
    if life.awareness == KNOWS_SCORE and not life.appeal_open:
        if lost > 0:
            lodged = w0 < scheme.appeal_32
        else:
            lodged = life.sanctioned and w0 < (scheme.appeal_32 * s.groundless_16 >> 16)
        life.appealed = life.appeal_open = int(lodged)
    if life.appeal_open and w2 < scheme.decide_32:
        life.appeal_open = 0
        if lost > 0 and w1 < scheme.success_32:
            life.correction_points = lost
        if lost <= 0 and w1 < scheme.unfounded_32:
            life.correction_points = max(0, scheme.edge - life.score_points)


def repair(block, person, life) -> None:
    """3: points are earned back under the scheme's own rules."""
    scheme = block.scheme
    may = life.sanctioned and life.awareness >= KNOWS_RULES
    if may and block.draws.word(person.row, REDRESS, 1, 0) < scheme.repair_32:
        life.earned_points = scheme.repair_points


def buy(block, world, person, life) -> None:
    """4: who can pay buys points from who keeps the file: an official, if the scheme has them."""
    scheme = block.scheme
    wants = life.awareness == KNOWS_SCORE and (life.sanctioned or life.tier > 0)
    can = life.cash_fen - person.need_fen > scheme.price_fen
    if wants and can and block.draws.word(person.row, FAVOUR, 0, 0) < scheme.sale_32:
        if scheme.officials and not sells(block, world, person):
            return
        life.bought_points = scheme.sale_points


def sells(block, world, person) -> bool:
    """The official who is asked is for sale."""
    if not world.desks:
        return False
    asked = among(block.draws.word(person.row, FAVOUR, 0, 1), len(world.desks))
    desk = world.desks[asked]
    desk.sold += desk.open
    return bool(desk.open)
