"""Score (7.8): entries are added up, some are erased, the tier follows."""

from demerit.columns import NEVER
from demerit.draws import LAPSE
from reference import learned
from reference.state import DEEDS, Block, Record, held

WAITS = NEVER - 1  # what stands for the month of an entry that goes once its debt is paid
JUDGMENT = DEEDS.index("judgment_unpaid")


def score(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for life in world.lives:
            life.entry_loss = life.newly_sanctioned = life.regraded = 0
        if climate.in_force[world.index] and block.scheme.learns:
            score_learned(block, climate, world, month)
        elif climate.in_force[world.index]:
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
            if goes(block, world, record, month):
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


def score_learned(block, climate, world, month: int) -> None:
    """7.8b: the score is made anew of the traces that stand."""
    scheme, weights = block.scheme, climate.weights[world.index]
    pairs = list(zip(block.people, world.lives, strict=True))
    if learned.year_begins(scheme, month):
        for person, life in pairs:
            life.past_bits, life.outcome_came = life.trace_bits, 0
            points = learned.score_of(scheme, weights, life.trace_bits, life.given_points)
            life.regraded = int(person.scored and tier_of(scheme, points) != life.tier)
    if climate.amnesty[world.index]:
        forget(scheme, world, month)
    for _, life in pairs:
        given = life.correction_points + life.bought_points + life.earned_points
        if climate.amnesty[world.index]:
            life.past_bits = life.outcome_came = life.given_points = 0
        else:
            life.given_points = learned.more_given(scheme, life.given_points, given)
    borne = [0] * len(pairs)
    for record in world.ledger:
        if record.due == month:
            record.erase = arrives(scheme, record, month)
            world.lives[record.person].outcome_came |= record.deed == scheme.outcome
        elif 0 <= record.due < month:
            goes(block, world, record, month)
        if learned.stands(record, month):
            borne[record.person] = learned.with_trace(borne[record.person], record.deed)
    for (person, life), bits in zip(pairs, borne, strict=True):
        life.entry_held = learned.costly(weights, bits)
        life.entry_loss = life.entry_held - learned.costly(weights, bits & life.trace_bits)
        life.trace_bits, given = bits, life.given_points
        life.score_points = learned.score_of(scheme, weights, bits, given)
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


def goes(block, world, record: Record, month: int) -> bool:
    """An entry is taken off this month; one that is overlooked is due again next month."""
    if record.erase != month:
        return False
    word = block.draws.of_record(record.serial, record.deed, LAPSE)[0]
    if block.scheme.erring[world.index] and word < block.scheme.missed_32:
        record.erase, record.over = month + 1, min(record.over, month)
        return False
    return True


def tier_of(scheme, points: int) -> int:
    """The first tier whose floor the points reach."""
    return next(t for t, floor in enumerate(scheme.floor) if points >= floor)


def grade(scheme, life) -> None:
    """The tier is the first whose floor the score reaches."""
    life.tier = tier_of(scheme, life.score_points)
    before = life.sanctioned
    life.sanctioned = int(life.score_points < scheme.edge)
    life.newly_sanctioned = int(life.sanctioned and not before)
