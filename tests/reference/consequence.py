"""Consequence (7.10): who knocks, who is let in, who works."""

from demerit.columns import DOORS, JOB, OFFICE, PRESTIGE, PROMOTION
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
            work(block, climate, world.index, person, life)
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
    word = block.draws.word(person.row, KNOCK, 64 + door, 0)
    granted = word < let_in(block.society, climate.door_32[w][door], person, life, door, a)
    as_everyone = word < let_in(block.society, climate.door_32[w][door], person, life, door, 4)
    life.granted[door] = int(granted)
    life.refused[door] = int(a == 0 or (a < 4 and as_everyone and not granted))


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
    keeps = stays and life.prestige_held and w1 >= s.demoted_32
    rises = life.granted[PROMOTION] or life.granted[PRESTIGE] or life.granted[OFFICE]
    gains = stays and not life.prestige_held and rises
    life.employed = int(stays or (not life.employed and life.granted[JOB]))
    life.prestige_held = int(keeps or gains)
    if keeps and w1 < s.review_32 and access(block, climate, w, person, life, PRESTIGE) == 0:
        life.prestige_held = 0
        life.asked[PRESTIGE] = life.refused[PRESTIGE] = 1
