"""Office (7.12a): officials sell, settle accounts, are found out, and lose their office."""

from demerit.columns import HONESTY
from demerit.draws import OFFICE
from reference.state import DEEDS, Block, Desk, among, cell

COMPLAINTS = (DEEDS.index("petition"), DEEDS.index("criticism"))
BRIBE_TAKEN = DEEDS.index("bribe_taken")


def office(block: Block, climate, month: int) -> None:
    if not block.scheme.officials:
        return
    for world in block.living(climate)[1:]:
        for desk in world.desks:
            desk.rest()
        if climate.in_force[world.index]:
            for desk in world.desks:
                desk.open = int(desk.person > 0 and is_for_sale(block, desk.person - 1))
            for desk in world.desks:
                if desk.person:
                    serve(block, world, desk)
            for desk in world.desks:
                if desk.gone:
                    succeed(block, world, desk)


def is_for_sale(block, i: int) -> bool:
    """The lasting readiness of this person."""
    table = block.scheme.open_32
    return block.draws.word_for_life(i, OFFICE, 2, 0) < table[cell(block.people[i].trait[HONESTY])]


def serve(block, world, desk: Desk) -> None:
    """One official's month."""
    scheme, word, i = block.scheme, block.draws.word, desk.person - 1
    erring = scheme.erring[world.index]
    if desk.open and erring and word(i, OFFICE, 0, 0) < scheme.settle_32:
        desk.target = critic(block, world, i)
    acts = desk.sold + desk.shielded + (desk.target > 0) + world.lives[i].deed_count[BRIBE_TAKEN]
    colleagues = [other for other in world.desks if other.person and other is not desk]
    loyal = sum(not other.open for other in colleagues)
    told = acts * scheme.report_32 * loyal // max(1, len(colleagues))
    desk.fen = min(2**30, desk.sold * scheme.price_fen)
    if word(i, OFFICE, 0, 2) < acts * scheme.inspect_32 or word(i, OFFICE, 0, 3) < told:
        discipline(scheme, desk, rightly=True)
    elif acts == 0 and erring and word(i, OFFICE, 1, 0) < scheme.accuse_32:
        discipline(scheme, desk, rightly=False)


def critic(block, world, own: int) -> int:
    """The first from a drawn row on who complained, counted from one."""
    n = len(block.people)
    start = among(block.draws.word(own, OFFICE, 0, 1), n)
    for step in range(n):
        i = (start + step) % n
        complained = any(world.lives[i].deed_count[deed] for deed in COMPLAINTS)
        if complained and block.people[i].scored and i != own:
            return i + 1
    return 0


def discipline(scheme, desk: Desk, rightly: bool) -> None:
    """Points off, and below the floor the office."""
    points = desk.points - scheme.office_cost
    clean = desk.clean - (scheme.office_cost if rightly else 0)
    desk.points, desk.clean = max(0, points), max(0, clean)
    desk.disciplined = 1 if rightly else 2
    if points < scheme.office_floor:
        desk.gone, desk.target, desk.fen = desk.person, 0, 0
        if clean >= scheme.office_floor:
            desk.disciplined = 2


def succeed(block, world, desk: Desk) -> None:
    """The next of the public service who works and sits at no desk."""
    n = len(block.people)
    desk.person = desk.open = 0
    desk.points = desk.clean = block.scheme.office_start
    busy = {other.person for other in world.desks} | {other.gone for other in world.desks}
    for step in range(1, n):
        i = (desk.gone - 1 + step) % n
        if block.people[i].public and world.lives[i].employed and i + 1 not in busy:
            desk.person = i + 1
            return
