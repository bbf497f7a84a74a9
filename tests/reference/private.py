"""Private scores (7.8a): what issuers see, the scores they make of it, and whom these turn away."""

from demerit.columns import ABOVE, BELOW, DOORS, LAW, PLAIN
from demerit.draws import ISSUER, KNOCK
from reference.consequence import access, let_in, widest_or_narrowest
from reference.state import Block, among, held

OPENS, SEES, MIXES, WHOM = 0, 1, 2, 3
START, LEAST, CAP, BELOW_LINE, ABOVE_LINE = range(5)


def gather(block: Block, climate, month: int) -> None:
    """What each issuer sees, and each account as it would be on its own."""
    scheme = block.scheme
    if scheme.issuers == 0 or not any(climate.in_force):
        return
    if month == scheme.issuer_opens:
        for person in block.people:
            open_accounts(block, person)
    for world in block.living(climate):
        for k in range(scheme.issuers if world.index != LAW else 0):
            if climate.in_force[world.index]:
                gather_one(block, world, k, month)
            else:
                for life in world.lives:
                    life.clean_standing[k] = 0


def open_accounts(block: Block, person) -> None:
    scheme, draws = block.scheme, block.draws
    may = person.online and person.age_years >= 18
    person.customer, person.mixed = [0] * 4, [0] * 4
    for k in range(scheme.issuers):
        joins = draws.word_for_life(person.row, ISSUER, OPENS, k) < scheme.customer_32[k]
        mixes = draws.word_of_run(person.row, ISSUER, MIXES, k) < scheme.mixed_32[k]
        person.customer[k] = int(bool(may and joins))
        person.mixed[k] = int(person.customer[k] and mixes)


def gather_one(block: Block, world, k: int, month: int) -> None:
    """One issuer in one world."""
    scheme = block.scheme
    own = [seen(block, world, person, k) for person in block.people]
    for person, life in zip(block.people, world.lives, strict=True):
        clean = life.private_clean_16[k]
        life.private_clean_16[k] = next_points(scheme, k, clean, own[person.row], month)
        life.clean_standing[k] = stands(scheme, k, life.private_clean_16[k], person)
        life.noticed_points[k] = own[person.row]
        if scheme.erring[world.index] and person.mixed[k] and len(own) > 1:
            word = block.draws.word_of_run(person.row, ISSUER, WHOM, k)
            other = (person.row + 1 + among(word, len(own) - 1)) % len(own)
            life.noticed_points[k] += own[other]


def seen(block: Block, world, person, k: int) -> int:
    """Points of what an issuer sees of a customer's month."""
    if not person.customer[k]:
        return 0
    word, total = block.draws.word(person.row, ISSUER, SEES, k), 0
    for deed, points in enumerate(block.scheme.issuer_points[k]):
        half = word >> 16 if points < 0 else word & 65535
        if half < block.scheme.issuer_seen_16[k][deed][person.urban]:
            total += points * world.lives[person.row].deed_count[deed]
    return total


def next_points(scheme, k: int, points: int, change: int, month: int) -> int:
    """A private score after a month, in 16ths."""
    line = scheme.line_16[k]
    far = (line[START] if month == scheme.issuer_opens else points) - line[START]
    kept = (far * scheme.kept_16[k] + 32768) >> 16
    return held(line[START] + kept + 16 * change, line[LEAST], line[CAP])


def stands(scheme, k: int, points: int, person) -> int:
    """What a score is to partners; 0 of who has no account."""
    line = scheme.line_16[k]
    rank = PLAIN if points >= line[BELOW_LINE] else BELOW
    rank = ABOVE if points >= line[ABOVE_LINE] else rank
    return rank * person.customer[k]


def issue(block: Block, climate, month: int) -> None:
    """The scores, of what was seen."""
    scheme = block.scheme
    for world in block.living(climate):
        for k in range(scheme.issuers if world.index != LAW else 0):
            for person, life in zip(block.people, world.lives, strict=True):
                if not climate.in_force[world.index]:
                    life.standing[k] = 0
                    continue
                points, change = life.private_16[k], life.noticed_points[k]
                life.private_16[k] = next_points(scheme, k, points, change, month)
                life.standing[k] = stands(scheme, k, life.private_16[k], person)


def attribute(block: Block, climate, month: int) -> None:
    """Whom a private score alone turned away."""
    if block.scheme.issuers == 0:
        return
    for world in block.living(climate):
        for person in block.people if world.index != LAW else ():
            life = world.lives[person.row]
            life.shut = life.shut_wrongly = 0
            for door in range(len(DOORS)):
                stands_here = climate.in_force[world.index] and block.scheme.partnered[door]
                if life.refused[door] and stands_here:
                    blame(block, climate, world.index, person, life, door)


def blame(block: Block, climate, w: int, person, life, door: int) -> None:
    """One door that was shut."""
    word, chance = block.draws.word(person.row, KNOCK, 64 + door, 0), climate.door_32[w][door]
    state = access(block, climate, w, person, life, door)
    clean = widest_or_narrowest(block.scheme, life.clean_standing, door, state)
    if word < let_in(block.society, chance, person, life, door, state):
        life.shut |= 1 << door
        if word < let_in(block.society, chance, person, life, door, clean):
            life.shut_wrongly |= 1 << door
