"""Deal (7.5a)."""

from demerit.columns import BROKEN, DECLINED, HEARD, HONESTY, HONOURED, NO_DEAL
from demerit.draws import DEAL
from reference.state import DEEDS, Block, among, cell, held

BREACH = DEEDS.index("contract_breach")


def keeps(society, honesty: int, needy: bool, fear_16: int) -> int:
    """The chance that a partner keeps a deal [1/65536]."""
    kept = society.honour_16[cell(honesty)]
    if needy:
        kept -= kept * society.need_cut_16 >> 16
    return kept + ((65536 - kept) * fear_16 >> 16)


def deal(block: Block, climate, month: int) -> None:
    for person in block.people:
        partner = partner_of(block, person)
        for world in block.living(climate):
            life = world.lives[person.row]
            life.dealt, life.assured = NO_DEAL, 0
            if partner is not None:
                deal_with(block, climate, world, person, partner)


def partner_of(block, person):
    """The stranger that an adult is offered a deal with, if there is one."""
    n, word = len(block.people), block.draws.word
    if not person.adult or word(person.row, DEAL, 0, 0) >= block.society.offer_32:
        return None
    j = (person.row + 1 + among(word(person.row, DEAL, 0, 1), max(1, n - 1))) % n
    while not block.people[j].adult:
        j = (j + 1) % n
    return None if j == person.row else block.people[j]


def deal_with(block, climate, world, person, partner) -> None:
    s, scheme, word = block.society, block.scheme, block.draws.word
    life, other = world.lives[person.row], world.lives[partner.row]
    stake = word(person.row, DEAL, 0, 2) >> 24
    stands = climate.in_force[world.index]
    may_look = stands and scheme.visible and life.awareness >= HEARD and partner.scored
    if may_look and word(person.row, DEAL, 1, 0) < s.check_32:
        deals = not other.sanctioned
        life.assured = 1
    else:
        deals = life.belief > stake
    if not deals:
        life.dealt = DECLINED
        return
    kept = keeps(s, partner.trait[HONESTY], other.able < 2, fear_of_breach(scheme, stands, other))
    honoured = word(person.row, DEAL, 0, 3) < kept << 16
    life.dealt = HONOURED if honoured else BROKEN
    rate = s.learning_256
    if life.assured:
        rate = rate * s.assured_256 >> 8
    surprise = (255 if honoured else 0) - life.belief
    life.belief += (surprise * rate + (word(person.row, DEAL, 0, 2) & 255)) >> 8


def fear_of_breach(scheme, stands, other) -> int:
    """The share of breaches that fear of an entry withholds [1/65536]."""
    if not stands or scheme.points[BREACH] >= 0:
        return 0
    bucket = held((other.score_points - scheme.edge) >> 5, 0, 31)
    return other.caution * scheme.fear_16[BREACH][bucket] >> 8
