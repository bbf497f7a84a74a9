"""First values (7.3)."""

from demerit.columns import HARDSHIP, HONESTY, LAW, TOUCHINESS
from demerit.draws import CONSENT, START
from demerit.society.margins import EMPLOYED as WORKING
from demerit.society.margins import STATUS, UNEMPLOYED
from reference.deal import keeps
from reference.state import DEEDS, MOST_FEN, Block, Desk, cell, held

NEGLECT, JUDGMENT = DEEDS.index("elder_neglect"), DEEDS.index("judgment_unpaid")


def first_values(block: Block) -> None:
    """Give every person what `begin` gives, and world law its first state."""
    for person in block.people:
        household(block, person)
        lasting(block, person)
    kept = mean_kept(block)
    for person, life in zip(block.people, block.worlds[LAW].lives, strict=True):
        standing(block, person, life)
        belief(block, person, life, kept)
        money(block, person, life)
    offices(block)


def household(block, person) -> None:
    """What comes in and what is due each month."""
    s = block.society
    h = person.household_fen = person.income_month_fen * person.household_size
    n = person.need_fen = s.need_fen[person.urban] * person.household_size
    person.adult = person.age_years >= 18
    of_labour_force = person.age_years >= 16 and person.status in (*range(WORKING), UNEMPLOYED)
    share = (h * s.labour_256 >> 8) // max(1, person.earner_count)
    person.wage_fen = share if of_labour_force else 0
    person.bill_fen = h * s.bills_256 >> 8
    rents = block.draws.word_for_life(person.row, START, 0, 0) < s.tenant_32[person.urban]
    person.rent_fen = h * s.rent_256 >> 8 if rents else 0
    person.instalment_fen = max(0, h - n) * s.instalment_256 >> 8 if person.indebted else 0
    buffer = s.buffer_256[cell(person.trait[HARDSHIP])]
    person.buffer_fen = min(MOST_FEN, h * buffer >> 8)
    person.monthly_fen = person.bill_fen + person.rent_fen + person.instalment_fen
    person.lacks_fen = n + person.monthly_fen - h
    person.short = person.lacks_fen >= 0


def lasting(block, person) -> None:
    """What else does not change."""
    s, word = block.society, block.draws.word_for_life
    person.daring = word(person.row, START, 0, 1) >> 24
    person.assent = word(person.row, START, 1, 1) >> 24
    person.thin = int(person.adult and not person.indebted)
    serves = STATUS[person.status] == "public"
    person.public = serves and person.adult
    person.favoured = int(serves or word(person.row, START, 1, 0) < s.close_32)
    person.scored = int(person.age_years >= block.scheme.age_from and joins(block, person))


def joins(block, person) -> bool:
    """Where a scheme asks: online if it takes that, and for it or of the share that joins."""
    scheme, word = block.scheme, block.draws.word_for_life
    if scheme.join_online and not person.online:
        return False
    by_assent = word(person.row, CONSENT, 0, 1) < scheme.by_assent_32
    byte = person.assent if by_assent else word(person.row, CONSENT, 0, 0) >> 24
    return byte < scheme.join_256


def offices(block) -> None:
    """A desk for each official, 64 at the most."""
    word, desks = block.draws.word_for_life, block.worlds[LAW].desks
    for person in block.people:
        person.honest = int(person.trait[HONESTY] > 0)
        drawn = person.public and word(person.row, START, 2, 1) < block.society.official_32
        person.official = int(drawn and len(desks) < 64)
        if person.official:
            start = block.scheme.office_start
            desks.append(Desk(person.row + 1, points=start, clean=start))


def standing(block, person, life) -> None:
    """Work, VPN and neglect at the start."""
    s, word = block.society, block.draws.word_for_life
    life.employed = int(person.wage_fen > 0 and person.status < WORKING)
    high = word(person.row, START, 1, 2) < s.prestige_start_32
    life.prestige_held = int(life.employed and high)
    life.evading = int(person.online and word(person.row, START, 0, 2) < s.vpn_stock_16 << 16)
    e = person.deed_rate[NEGLECT]
    rest = (e << 16) // (e + s.spell_end_32)
    life.neglecting = int(word(person.row, START, 0, 3) < rest << 16)


def mean_kept(block) -> int:
    """The mean of what the adults of the block keep, without fear."""
    adults = [person for person in block.people if person.adult]
    total = 0
    for person in adults:
        needy = person.household_fen <= person.need_fen + person.monthly_fen
        total += keeps(block.society, person.trait[HONESTY], needy, 0)
    return total // max(1, len(adults))


def belief(block, person, life, kept: int) -> None:
    """What this person believes of strangers at the start."""
    s = block.society
    word = block.draws.word_for_life(person.row, START, 2, 0)
    four_bytes = sum(word >> shift & 255 for shift in (0, 8, 16, 24))
    spread = (four_bytes - 510) * s.belief_spread_256 >> 8
    life.belief = held(((kept - s.belief_dip_16) * 255 >> 16) + spread, 0, 255)


def money(block, person, life) -> None:
    """Cash, and what lasting need has left behind."""
    s, word = block.society, block.draws.word_for_life
    buffer = 0 if person.short else person.buffer_fen
    life.cash_fen = min(MOST_FEN, person.household_fen + buffer)
    if not (person.short and person.adult):
        return
    added = s.grievance[0] * s.touch_256[cell(person.trait[TOUCHINESS])] >> 8
    life.grievance = min(255, (added << 16) // (65536 - s.grievance_fade_16))
    u = min(person.lacks_fen, person.monthly_fen)
    if u <= 0:
        return
    past = word(person.row, START, 1, 3)
    e, q, v = (8 * u - 1) // person.monthly_fen, past >> 24, past & 65535
    life.arrears_fen = life.arrears_unable_fen = min(MOST_FEN, u * s.past_256[e][q] >> 8)
    if v < s.past_sued_16[e][q]:
        life.judgment_fen = min(MOST_FEN, u * s.past_judged_256[e] >> 8)
        life.deed_count[JUDGMENT] = int(life.judgment_fen > 0)
