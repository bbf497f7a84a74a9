"""Behave (7.5): which deeds each person does, withholds and shows this month."""

from demerit.columns import DUES, KNOWS_RULES, LAW
from demerit.draws import DEED
from demerit.society.tables.deeds import COUNT, DUE, FIRM, ON_TIME, ONCE, SPELL, TIE
from reference.state import DEEDS, FOREVER, Block, held

FOUR_DUES = [DEEDS.index(due) for due in DUES]


def behave(block: Block, climate, month: int) -> None:
    for person in block.people:
        under_law: list[int] = []
        for world in block.living(climate):
            life = world.lives[person.row]
            life.distressed = 0
            for deed in range(len(DEEDS)):
                done, withheld, shown = one_deed(block, climate, world, person, deed, under_law)
                life.deed_count[deed] = done
                life.deed_withheld[deed] = withheld
                life.deed_shown[deed] = shown
            if world.index == LAW:
                under_law = list(life.deed_count)


def one_deed(block, climate, world, person, deed: int, under_law) -> tuple[int, int, int]:
    """Done, withheld, shown."""
    s, life, kind = block.society, world.lives[person.row], block.society.kind[deed]
    r = person.deed_rate[deed]
    if kind in (TIE, FIRM, ON_TIME) or (r == 0 and kind != SPELL):  # nought at once, for speed
        return int(r > 0 and follows(person, life, kind)), 0, 0
    w = block.draws.word(person.row, DEED, deed >> 2, deed & 3)
    m = multiplier(block, climate, world, life, deed)
    v = r * wish(block, world, life, deed) >> 16
    h = v * m >> 16
    if kind == COUNT:
        law = under_law[deed] if world.index != LAW and v == r else None
        return counted(s, w, v, h, law)
    if kind == SPELL:
        return spell(s, life, w, v, h)
    if kind == DUE:
        return due(block, climate, world, person, deed, w, v, h)
    return once(w, v, h) if kind == ONCE else membership(r, w, m)


def once(w: int, v: int, h: int) -> tuple[int, int, int]:
    done = w < h
    return int(done), int(w < v and not done), int(done and w >= v)


def membership(r: int, w: int, m: int) -> tuple[int, int, int]:
    """A member's rate is certain; caution keeps some members away."""
    member = r == FOREVER
    done = member and w >> 16 < m
    return int(done), int(member and not done), 0


def follows(person, life, kind: int) -> bool:
    """A deed that follows from others: a low tie, a firm in the lowest grade, all paid."""
    if kind == TIE:
        return life.tie_low > 0
    if kind == FIRM:
        return life.firm_low > 0
    unpaid = any(life.deed_count[due] for due in FOUR_DUES)
    return person.bill_fen + person.rent_fen > 0 and not unpaid


def wish(block, world, life, deed: int) -> int:
    """What a person wants of a deed, in parts of the lasting rate [1/65536]."""
    s, scheme = block.society, block.scheme
    wanted = 65536
    if s.voiced[deed]:
        wanted += life.grievance * s.voice_256
    if scheme.scored[world.index] and life.awareness >= KNOWS_RULES:
        wanted += scheme.crowd_16[deed]
    return wanted


def multiplier(block, climate, world, life, deed: int) -> int:
    """What caution or show leaves of a deed that is scored [1/65536]."""
    scheme = block.scheme
    p = scheme.points[deed]
    if not climate.in_force[world.index] or p == 0:
        return 65536
    d = life.score_points - (scheme.edge if p < 0 else scheme.aim)
    if p < 0:
        return 65536 - (life.caution * scheme.fear_16[deed][held(d >> 5, 0, 31)] >> 8)
    knows = life.awareness >= KNOWS_RULES
    return 65536 + (scheme.show_16[deed][min(31, abs(d) >> 5)] if knows else 0)


def counted(society, w: int, v: int, h: int, law: int | None) -> tuple[int, int, int]:
    """A deed that may be done several times a month."""
    wanted = poisson(society, w, v) if law is None else law
    done = wanted if h == v else poisson(society, w, h)
    if h < v:
        wanted = max(wanted, done)
    else:
        done = max(wanted, done)
    return done, max(0, wanted - done), max(0, done - wanted)


def poisson(society, w: int, h: int) -> int:
    """P(w, h): a Poisson count by inversion, the chances of the table interpolated."""
    h = min(h, 16 << 16)
    below, above = society.poisson_32[h >> 8], society.poisson_32[(h >> 8) + 1]
    return sum(w >= a - ((a - b) * (h & 255) >> 8) for a, b in zip(below, above, strict=True))


def spell(society, life, w: int, v: int, h: int) -> tuple[int, int, int]:
    """Neglect lasts."""
    before = life.neglecting
    begun = not before and w < h
    goes_on = before and w >= society.spell_end_32
    life.neglecting = int(begun or goes_on)
    return life.neglecting, int(not before and w < v and not begun), 0


def due(block, climate, world, person, deed: int, w: int, v: int, h: int) -> tuple[int, int, int]:
    """What falls due is left unpaid by choice, or by need."""
    s, life = block.society, world.lives[person.row]
    rank = s.due[deed]
    owed = (
        person.deed_rate[deed] > 0
        and (
            person.bill_fen + person.rent_fen > 0,
            person.instalment_fen > 0 or life.loan_fen > 0,
            life.fine_due,
            life.judgment_fen > 0,
        )[rank - 1]
    )
    if not owed:
        return 0, 0, 0
    if life.able >= rank:
        return int(w < h), int(w < v and w >= h), 0
    fears = climate.in_force[world.index] and block.scheme.points[deed] < 0
    without = life.caution * (s.distress_16 if fears else 0) << 8
    if w < without:
        life.distressed = 1
        return 0, 0, 0
    return 1, 0, 0
