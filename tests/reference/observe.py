"""Observe (7.6): what agencies write down."""

from demerit.columns import FALSE, FOREIGN, GROUNDLESS, MISLABELLED, NEVER, TRUE
from demerit.draws import FALSE_RECORD, LABEL, SEEN, SERIAL
from demerit.society.tables.deeds import COUNT, MEMBERS, ONCE
from reference.state import CERTAIN, DEEDS, Block, Record, among


def observe(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for life in world.lives:
            life.shielded = 0
        for desk in world.desks:
            desk.shielded = 0
        if month % 6 == 0:
            world.ledger = [record for record in world.ledger if not dead(record, month)]
        world.new = len(world.ledger)
        if climate.recording[world.index]:
            for deed in range(len(DEEDS)):
                if reads(block.scheme, deed):
                    see(block, climate, world, month, deed)
            for person in block.people:
                write_false(block, world, month, person)
                write_namesakes(block, climate, world, month, person)
            if block.scheme.officials and block.scheme.erring[world.index]:
                settle(block, world, month)


def reads(scheme, deed: int) -> bool:
    """The deed has points, or a learned score reads it."""
    return scheme.points[deed] != 0 or bool(scheme.traced[deed])


def dead(record: Record, month: int) -> bool:
    """A row that is neither due nor still to be erased this month or later does nothing."""
    return record.due < month and not month <= record.erase < NEVER


def asked(scheme, month: int, agency: int) -> bool:
    """The scheme has joined this agency's database."""
    return scheme.join_by[agency] != 0 and max(0, month) >= scheme.join_month[agency]


def watches(block, month: int, deed: int) -> list[int]:
    """The watches of a deed whose agencies are asked, in the order of the file."""
    s = block.society
    return [
        watch
        for watch in range(s.watch_from[deed], s.watch_from[deed + 1])
        if asked(block.scheme, month, s.watch_agency[watch])
    ]


def see(block, climate, world, month: int, deed: int) -> None:
    """The k-th deeds of all people, for each k."""
    most = max(life.deed_count[deed] for life in world.lives)
    for k in range(most):
        for person in block.people:
            if world.lives[person.row].deed_count[deed] > k:
                look(block, climate, world, month, person, deed, k)


def look(block, climate, world, month: int, person, deed: int, k: int) -> None:
    """An agency may see this deed and write it down."""
    s, life = block.society, world.lives[person.row]
    spell = s.spell[deed]
    if spell >= 0:
        last = life.found_month[spell]
        if last is not None and month - last < block.scheme.interval_months:
            return
    agency = first_to_see(block, climate, world, month, person, deed, k)
    if agency is None:
        return
    if spell >= 0:
        life.found_month[spell] = month
    write(block, climate, world, person, deed, k, agency)


def first_to_see(block, climate, world, month: int, person, deed: int, k: int) -> int | None:
    """The agency within whose part of the chance the word falls."""
    s = block.society
    if s.kind[deed] == COUNT:
        x = block.draws.word(person.row, SEEN, 1024 + 4 * deed + (k >> 2), k & 3)
    else:
        x = block.draws.word(person.row, SEEN, deed >> 2, deed & 3)
    for watch in watches(block, month, deed):
        x -= chance(s, climate, world, person, deed, watch)
        if x < 0:
            return s.watch_agency[watch]
    return None


def chance(s, climate, world, person, deed: int, watch: int) -> int:
    """The chance that this watch sees this person do the deed."""
    agency = s.watch_agency[watch]
    seen = s.watch_seen_32[watch][person.urban]
    if s.watches[agency]:
        seen = min(CERTAIN, seen * person.exposure_256 >> 8)
    if s.electronic[agency]:
        if s.hidden[deed] and world.lives[person.row].evading:
            seen = seen * (256 - s.hiding_256) >> 8
        seen = seen * climate.seen_256[world.index] >> 8
    return seen


def write(block, climate, world, person, deed: int, k: int, agency: int) -> None:
    """A deed that was seen becomes a record: dropped, labelled, groundless or on another."""
    scheme, word, n = block.scheme, block.draws.word, len(block.people)
    life, i, at = world.lives[person.row], person.row, 16 * deed + k
    erring = scheme.erring[world.index]
    weights = climate.weights[world.index] if scheme.learns else scheme.points
    drop = weights[deed] < 0 and word(i, SERIAL, at, 3) < scheme.shield_32
    if drop and person.favoured and (not scheme.officials or drops(world, i)):
        life.shielded += 1
        return
    truth = TRUE
    if has_label(scheme, deed):
        covered = word(i, LABEL, at, 0) < scheme.label_share_32[deed]
        slip = bool(erring and word(i, LABEL, at, 1) < scheme.label_error_32[deed])
        if covered == slip:
            return
        truth = TRUE if covered else MISLABELLED
    unable = could_not_pay(block.society, life, deed)
    if truth == TRUE and scheme.ground[deed] and unable:
        truth = GROUNDLESS
    bearer = i
    if erring and n > 1 and word(i, SERIAL, at, 1) < block.society.wrong_32[agency]:
        bearer = (i + 1 + among(word(i, SERIAL, at, 2), n - 1)) % n
        truth = FOREIGN
    serial = word(i, SERIAL, at, 0)
    world.ledger.append(Record(bearer, deed, agency, serial, 0, i, truth, int(unable)))


def drops(world, i: int) -> bool:
    """The friend's office is held by somebody."""
    desk = world.desks[i % len(world.desks)] if world.desks else None
    if desk is None or not desk.person:
        return False
    desk.shielded += 1
    return True


def settle(block, world, month: int) -> None:
    """9: what officials asked for last month is booked."""
    deed = block.scheme.settle_deed
    agency = block.society.watch_agency[block.society.watch_from[deed]]
    if not asked(block.scheme, month, agency):
        return
    for k, desk in enumerate(world.desks):
        if desk.target:
            i = desk.target - 1
            serial = block.draws.word(i, FALSE_RECORD, 3 + k, 0)
            world.ledger.append(Record(i, deed, agency, serial, 0, i, FALSE, 0))


def has_label(scheme, deed: int) -> bool:
    """The rule's words cover only part of such deeds."""
    return scheme.label_share_32[deed] < CERTAIN or scheme.label_error_32[deed] > 0


def could_not_pay(s, life, deed: int) -> bool:
    """A due that cash and assets did not cover."""
    return s.due[deed] > 0 and life.able < s.due[deed]


def write_false(block, world, month: int, person) -> None:
    """An agency writes what was never done."""
    if not block.scheme.erring[world.index]:
        return
    left = block.draws.word(person.row, FALSE_RECORD, 0, 0)
    for deed in range(len(DEEDS)):
        if not reads(block.scheme, deed):
            continue
        for watch in watches(block, month, deed):
            left -= block.society.watch_false_32[watch]
            if left < 0:
                if might_have(block.society, world, person, deed):
                    serial = block.draws.word(person.row, FALSE_RECORD, 1, 0)
                    agency = block.society.watch_agency[watch]
                    world.ledger.append(
                        Record(person.row, deed, agency, serial, 0, person.row, FALSE, 0)
                    )
                return


def might_have(s, world, person, deed: int) -> bool:
    """A false record is believed: the person might have done it, and did not this month."""
    if s.kind[deed] not in (ONCE, COUNT) and world.lives[person.row].deed_count[deed]:
        return False
    return person.adult if s.kind[deed] == MEMBERS else person.deed_rate[deed] > 0


def write_namesakes(block, climate, world, month: int, person) -> None:
    """A record on a namesake elsewhere lands on this person's file."""
    if not (block.scheme.erring[world.index] and person.scored):
        return
    left = block.draws.word(person.row, FALSE_RECORD, 0, 1)
    for deed in range(len(DEEDS)):
        left -= climate.name_in_32[world.index][deed]
        if left < 0:
            serial = block.draws.word(person.row, FALSE_RECORD, 2, 0)
            agency = block.society.watch_agency[block.society.watch_from[deed]]
            world.ledger.append(Record(person.row, deed, agency, serial, 1, person.row, FOREIGN, 0))
            return
