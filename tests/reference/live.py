"""Live (7.4): last month's dues, wages, the house, loans, what is due and can be paid."""

from demerit.columns import ASSISTANCE, CARD, LANDLORD, LENDER, LOAN
from demerit.draws import COURT, LIFE
from demerit.society.margins import STATUS
from reference.state import DEEDS, MOST_FEN, Block, World, held
from reference.ties import ties_of

LATE, DEFAULT = DEEDS.index("late_bill"), DEEDS.index("loan_default")
FINE, JUDGMENT = DEEDS.index("fine_unpaid"), DEEDS.index("judgment_unpaid")
BREACH, TRAFFIC = DEEDS.index("contract_breach"), DEEDS.index("traffic_offence")
WITHHELD_FROM = (STATUS.index("employee"), STATUS.index("unemployed"))


def live(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        sold = {desk.person - 1: desk.fen for desk in world.desks if desk.fen}
        for person in block.people:
            life = world.lives[person.row]
            scams(block, climate.fraud_256[world.index], person, life)
            settle(block, person, life)
            life.cash_fen = min(MOST_FEN, life.cash_fen + sold.get(person.row, 0))
            life.cash_fen = max(0, life.cash_fen - deposit(block.society, person, life))
            income = wages(block, climate.withheld_256[world.index], person, life)
            house(block, person, life, income)
            loans(block, climate, world.index, person, life)
            fall_due(block, person, life)
        for person in block.people:
            if person.adult:
                court(block, person, world.lives[person.row])
                support(block, world, person)


def spare(person) -> int:
    """What the household has left to live on above need."""
    return max(0, person.household_fen - person.need_fen)


def part(society, person, life) -> int:
    """What falls due this month of loans taken during the run."""
    return min(life.loan_fen, (spare(person) * society.part_16 >> 16) + 1)


def dues(society, person, life) -> list[int]:
    """d1 to d4."""
    return [
        person.bill_fen + person.rent_fen,
        person.instalment_fen + part(society, person, life),
        life.fine_due * society.fine_fen,
        life.judgment_fen,
    ]


def scams(block, fraud: int, person, life) -> None:
    """Scams of firms, beyond or short of those under ordinary law."""
    if fraud == 256 or not person.adult:
        return
    word, law = block.draws.word(person.row, LIFE, 32, 0), block.society.scam_32
    more = (word < law * fraud >> 8) - (word < law)
    life.cash_fen = held(life.cash_fen - more * block.society.scam_fen, 0, MOST_FEN)


def settle(block, person, life) -> None:
    """Step 1: last month's dues are paid, or stand in arrears; points bought are paid for."""
    d = dues(block.society, person, life)
    x = [life.deed_count[deed] for deed in (LATE, DEFAULT, FINE, JUDGMENT)]
    paid = sum(due * (1 - unpaid) for due, unpaid in zip(d, x, strict=True))
    lacks = max(0, paid - life.cash_fen) if person.adult else 0
    not_able = sum(d[k] * x[k] for k in range(3) if life.able < k + 1)
    unpaid = sum(d[k] * x[k] for k in range(3))
    life.arrears_unable_fen = min(MOST_FEN, life.arrears_unable_fen + not_able + lacks)
    life.arrears_fen = min(MOST_FEN, life.arrears_fen + unpaid + lacks)
    price = block.scheme.price_fen if life.bought_points else 0
    life.cash_fen = max(0, max(0, life.cash_fen - paid) - price)
    life.loan_fen -= part(block.society, person, life)
    life.judgment_fen = d[3] * x[3]


def deposit(society, person, life) -> int:
    """What a landlord who saw a mark asked on top last month."""
    asked = person.rent_fen * society.deposit_256 >> 8
    return asked if life.look_up_cost & LANDLORD else 0


def wages(block, firms: int, person, life) -> int:
    """Step 2: what comes in this month."""
    s, w0 = block.society, block.draws.word(person.row, LIFE, 0, 0)
    start = s.withheld_start_32 * firms >> 8
    more = person.wage_fen * s.prestige_256 >> 8
    usual = person.wage_fen - (more * (s.prestige_start_32 >> 16) >> 16)
    job = life.employed * (usual + life.prestige_held * more)
    if life.wage_withheld:
        spell = w0 >= s.withheld_end_32
    else:
        spell = life.employed and person.status in WITHHELD_FROM and w0 < start
    back = 0 if spell else life.wage_owed_fen * s.back_pay_256 >> 8
    life.wage_owed_fen = min(MOST_FEN, life.wage_owed_fen + job) if spell else 0
    life.wage_withheld = int(spell)
    return person.household_fen - person.wage_fen + (0 if spell else job) + back


def house(block, person, life, income: int) -> None:
    """Step 3: food, old debts, spending, illness, assistance."""
    s, n = block.society, person.need_fen
    r, c = life.arrears_unable_fen, life.arrears_fen - life.arrears_unable_fen
    left = life.cash_fen - min(life.cash_fen, n)
    good = min(r, left * s.pay_back_256 >> 8)
    late = min(left - good, (c * s.catch_up_256 + 255) >> 8)
    r, c, left = r - good, c - late, left - good - late
    r -= (r * s.write_off_16 + 65535) >> 16
    c -= (c * s.write_off_16 + 65535) >> 16
    free = max(0, income - n - person.monthly_fen)
    left -= min(left, free * s.spending_256 >> 8)
    over = max(0, left - person.buffer_fen)
    left -= over - (over >> 3)
    life.illness = int(block.draws.word(person.row, LIFE, 0, 1) < s.illness_32)
    assistance = life.granted[ASSISTANCE] * (n * s.benefit_256 >> 8)
    life.cash_fen = left + income + assistance - life.illness * s.illness_fen
    life.cash_fen = min(MOST_FEN, max(0, life.cash_fen))
    life.arrears_unable_fen, life.arrears_fen = r, r + c


def loans(block, climate, w: int, person, life) -> None:
    """Step 4: what was granted last month is paid out."""
    s = block.society
    dear = s.dearer_256 if life.look_up_cost & LENDER else 0
    if life.granted[LOAN]:
        owed = spare(person) * s.loan_16 >> 16
        paid_out = owed * s.loan_paid_16 >> 16
        quarters = 4
        if climate.in_force[w] and person.scored:
            quarters = max(quarters, block.scheme.access[life.tier][LOAN])
        life.cash_fen = min(MOST_FEN, life.cash_fen + paid_out)
        interest = (owed - paid_out) * 4 // quarters
        life.loan_fen += paid_out + interest + (interest * dear >> 8)
    if life.granted[CARD] and life.able < 3:
        owed = spare(person) * s.card_16 >> 16
        paid_out = owed * s.card_paid_16 >> 16
        life.cash_fen = min(MOST_FEN, life.cash_fen + paid_out)
        life.loan_fen += owed + ((owed - paid_out) * dear >> 8)
    life.loan_fen = min(MOST_FEN, life.loan_fen)


def fall_due(block, person, life) -> None:
    """Step 5: the fine of this month, and how many of the dues can be paid."""
    s = block.society
    fined = person.deed_rate[TRAFFIC] * (s.fine_32 >> 16)
    drawn = block.draws.word(person.row, LIFE, 0, 2)
    life.fine_due = int(person.adult and drawn < fined)
    life.able = able(s, person, life)
    life.supported = 0


def able(society, person, life) -> int:
    """How many of the four dues, in their order, cash less need covers."""
    free, needed, count = life.cash_fen - person.need_fen, 0, 0
    for due in dues(society, person, life):
        needed += due
        count += free >= needed
    return count


def court(block, person, life) -> None:
    """Judgments are given up, performed by force, or given."""
    s, word = block.society, block.draws.word
    d = dues(s, person, life)
    if life.judgment_fen > 0:
        if word(person.row, COURT, 0, 2) < s.give_up_32:
            life.judgment_fen = 0
        elif word(person.row, COURT, 0, 1) < s.seize_32:
            free = max(0, life.cash_fen - person.need_fen - d[0] - d[1] - d[2])
            taken = min(life.judgment_fen, free)
            life.cash_fen -= taken
            life.judgment_fen -= taken
    sued = life.arrears_fen > s.suit_months * (d[0] + d[1])
    if sued and word(person.row, COURT, 0, 0) < s.suit_32:
        life.judgment_fen = min(MOST_FEN, life.judgment_fen + life.arrears_fen)
        life.arrears_fen = life.arrears_unable_fen = 0
    if life.deed_count[BREACH] and word(person.row, COURT, 0, 3) < s.breach_suit_32:
        claim = person.household_fen * s.claim_256 >> 8
        life.judgment_fen = min(MOST_FEN, life.judgment_fen + claim)
    life.able = able(s, person, life)


def support(block, world: World, person) -> None:
    """Ties are asked for money, and some give."""
    s, life = block.society, world.lives[person.row]
    if life.able >= 3 or block.draws.word(person.row, LIFE, 0, 3) >= s.ask_32:
        return
    missing = person.need_fen + sum(dues(s, person, life)[:3]) - life.cash_fen
    for k, j in enumerate(ties_of(block, person.row)):
        if missing <= 0:
            break
        tie, other = block.people[j], world.lives[j]
        refuses = max(
            s.shun_32 if life.sanctioned else 0, s.withdrawn_32 if other.sanctioned else 0
        )
        broken_off = life.ties_cut >> k & 1
        if broken_off or block.draws.word(person.row, LIFE, 1 + (k >> 2), k & 3) < refuses:
            continue
        holds = other.cash_fen - tie.need_fen - sum(dues(s, tie, other))
        if tie.adult and holds >= s.reserve_fen:
            gift = min(s.gift_fen, missing)
            other.cash_fen -= gift
            life.cash_fen += gift
            missing -= gift
            life.supported += 1
    life.able = able(s, person, life)
