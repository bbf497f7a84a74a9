"""Consequence (7.10): who knocks, who is let in, who works."""

from demerit.columns import DOORS, EMPLOYEE, HIRE, JOB, OFFICE, PRESTIGE, PROMOTION
from demerit.draws import KNOCK
from demerit.society.tables.doors import WHO
from reference.state import CERTAIN, Block


def consequence(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for person in block.people:
            life = world.lives[person.row]
            for door in range(len(DOORS)):
                life.asked[door] = int(asks(block, person, life, door))
                life.refused[door] = life.granted[door] = 0
                if life.asked[door]:
                    grant(block, climate, world.index, person, life, door)


def working(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        if world.index and block.scheme.office_grades:
            for desk in world.desks:
                desk.passed = 0
                if climate.in_force[world.index] and desk.person:
                    pass_over(block, climate, world, desk)
        for person in block.people:
            work(block, climate, world.index, person, world.lives[person.row])
        for desk in world.desks:
            if desk.gone:
                lost = world.lives[desk.gone - 1]
                lost.employed = lost.prestige_held = 0


def asks(block, person, life, door: int) -> bool:
    """Who knocks and may."""
    word = block.draws.word(person.row, KNOCK, door >> 2, door & 3)
    knocks = word < block.society.knock_32[door]
    return knocks and may_knock(person, life, WHO[block.society.who[door]])


def may_knock(person, life, who: str) -> bool:
    """The table of who may knock."""
    adult, online = person.adult, person.adult and person.online
    may = {
        "adult": adult,
        "parent": 25 <= person.age_years < 45,
        "online": online,
        "young": online and person.age_years < 45,
        "unemployed": person.wage_fen > 0 and not life.employed,
        "employed": life.employed,
        "in need": adult and life.able < 2,
        "nobody": False,
    }
    return bool(may[who])


def access(block, climate, w: int, person, life, door: int) -> int:
    """How wide a door stands, in quarters of what everyone has."""
    if not (climate.in_force[w] and person.scored):
        return 4
    row, above = block.scheme.access[life.tier], block.society.under[door]
    return min(row[door], row[above]) if row[above] < 4 else row[door]


def grant(block, climate, w: int, person, life, door: int) -> None:
    """Who knocks is let in, or turned away because of the tier, or as anybody may be."""
    a = access(block, climate, w, person, life, door)
    if climate.in_force[w] and block.scheme.partnered[door]:
        a = widest_or_narrowest(block.scheme, life.standing, door, a)
    word = block.draws.word(person.row, KNOCK, 64 + door, 0)
    granted = word < let_in(block.society, climate.door_32[w][door], person, life, door, a)
    as_everyone = word < let_in(block.society, climate.door_32[w][door], person, life, door, 4)
    life.granted[door] = int(granted)
    life.refused[door] = int(a == 0 or (a < 4 and as_everyone and not granted))


def widest_or_narrowest(scheme, standing, door: int, a: int) -> int:
    """What state and issuers make of a door together: the narrowest if one narrows it."""
    every = [a, *(scheme.partner[k][standing[k]][door] for k in range(scheme.issuers))]
    return min(every) if min(every) < 4 else max(every)


def let_in(s, chance: int, person, life, door: int, a: int) -> int:
    """c(a): the chance to be let in."""
    c = min(chance * a >> 2, CERTAIN)
    if person.thin and a <= 4:
        c = c * s.thin_16[door] >> 16
    if life.judgment_fen > 0:
        c = c * s.judgment_16[door] >> 16
    return c


def work(block, climate, w: int, person, life) -> None:
    """Jobs are lost and found, and the standing that they bring."""
    s, word = block.society, block.draws.word
    w0, w1 = word(person.row, KNOCK, 32, 0), word(person.row, KNOCK, 32, 1)
    stays = life.employed and w0 >= s.job_loss_32 * climate.laid_256[w] >> 8
    stays = stays and not life.look_up_cost & EMPLOYEE
    hired = life.granted[JOB] and not life.look_up_cost & HIRE
    keeps = stays and life.prestige_held and w1 >= s.demoted_32
    rises = life.granted[PROMOTION] or life.granted[PRESTIGE] or life.granted[OFFICE]
    gains = stays and not life.prestige_held and rises
    life.employed = int(stays or (not life.employed and hired))
    life.prestige_held = int(keeps or gains)
    if keeps and w1 < s.review_32 and access(block, climate, w, person, life, PRESTIGE) == 0:
        life.prestige_held = 0
        life.asked[PRESTIGE] = life.refused[PRESTIGE] = 1


def pass_over(block, climate, world, desk) -> None:
    """Doors of work of high standing, answered again for an official by tier and grade."""
    scheme, w = block.scheme, world.index
    person, life = block.people[desk.person - 1], world.lives[desk.person - 1]
    below = [k for k in range(scheme.office_grades) if desk.points >= scheme.office_grade_floor[k]]
    own = scheme.office_access[below[0]]
    for door in (PROMOTION, PRESTIGE, OFFICE):
        if life.asked[door] and own[door] != 4:
            two = access(block, climate, w, person, life, door), own[door]
            a = min(two) if min(two) < 4 else max(two)
            c = let_in(block.society, climate.door_32[w][door], person, life, door, a)
            enters = int(block.draws.word(person.row, KNOCK, 64 + door, 0) < c)
            desk.passed += life.granted[door] > enters
            life.granted[door] = enters
