"""Score (7.8): entries are added up, some are erased, the tier follows."""

from demerit.columns import NEVER
from reference.state import DEEDS, Block, Record, held

WAITS = NEVER - 1  # what stands for the month of an entry that goes once its debt is paid
JUDGMENT = DEEDS.index("judgment_unpaid")


def score(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for life in world.lives:
            life.entry_loss = life.newly_sanctioned = 0
        if climate.in_force[world.index]:
            if not climate.amnesty[world.index]:
                leave(block, world, month)
            score_world(block, climate.amnesty[world.index], world, month)
        else:
            for life in world.lives:
                life.tier = life.sanctioned = 0


def score_world(block, amnesty, world, month: int) -> None:
    scheme = block.scheme
    change = [0] * len(world.lives)
    if amnesty:
        forget(scheme, world, month)
    for record in world.ledger:
        life, points = world.lives[record.person], scheme.points[record.deed]
        if record.due == month:
            change[record.person] += points
            life.entry_loss += points < 0
            life.entry_held += points < 0
            record.erase = arrives(scheme, record, month)
        elif 0 <= record.due < month:
            if may_go(scheme, record) and life.judgment_fen == 0:
                record.erase = min(record.erase, month + scheme.paid_months)
            if record.erase == month:
                change[record.person] -= points
                life.entry_held -= points < 0
    for person, life in zip(block.people, world.lives, strict=True):
        if not amnesty:
            given = life.correction_points + life.bought_points + life.earned_points
            life.score_points = held(life.score_points + given, scheme.least, scheme.cap)
            if scheme.peer_weight and life.rated_count:
                before = life.score_points
                life.score_points = mean_with(scheme, life, before, life.rated_points)
                life.entry_loss += life.score_points < before
            if person.moved:
                life.score_points = scheme.start
        life.score_points = held(life.score_points + change[person.row], scheme.least, scheme.cap)
        if person.scored:
            grade(scheme, life)


def mean_with(scheme, life, before: int, points: int) -> int:
    """The running mean of ratings with this month's, halves up."""
    weight, count = scheme.peer_weight, life.rated_count
    return (2 * (before * weight + points) + weight + count) // (2 * (weight + count))


def is_judgment(record: Record) -> bool:
    return record.deed == JUDGMENT


def may_go(scheme, record: Record) -> bool:
    """An entry that goes once its debt is paid; after an amnesty none that stood does."""
    return scheme.paid_months != NEVER and is_judgment(record) and record.erase != NEVER


def forget(scheme, world, month: int) -> None:
    """An amnesty: every file opens anew."""
    for life in world.lives:
        life.score_points, life.entry_held = scheme.start, 0
    for record in world.ledger:
        if record.due < month:
            record.erase = NEVER


def leave(block, world, month: int) -> None:
    """Who has come from elsewhere has no entry that arrived before."""
    for person, life in zip(block.people, world.lives, strict=True):
        if person.moved:
            life.entry_held = 0
    for record in world.ledger:
        if block.people[record.person].moved and record.due < month:
            record.erase = NEVER


def arrives(scheme, record: Record, month: int) -> int:
    """The month in which an entry that arrives now is taken off."""
    if scheme.erase_months != NEVER:
        return month + scheme.erase_months
    waits = scheme.paid_months != NEVER and is_judgment(record)
    return WAITS if waits else NEVER


def grade(scheme, life) -> None:
    """The tier is the first whose floor the score reaches."""
    life.tier = next(t for t, floor in enumerate(scheme.floor) if life.score_points >= floor)
    before = life.sanctioned
    life.sanctioned = int(life.score_points < scheme.edge)
    life.newly_sanctioned = int(life.sanctioned and not before)
