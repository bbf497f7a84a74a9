"""Firms (7.12a)."""

from types import SimpleNamespace

from demerit.columns import FIRM_DEEDS, FIRM_DOORS, FIRMS_MAX
from demerit.draws import FIRM, FIRM_SEEN
from demerit.society.tables.firms import FIRM_KINDS, WHO_ASKS
from reference.state import CERTAIN, MOST_FEN, Block, among, cell, held

MOST = MOST_FEN << 14
WAGES, EVADED, LATE, JUDGMENT = (
    FIRM_DEEDS.index(key)
    for key in ("wages_withheld", "tax_evaded", "late_invoice", "judgment_unpaid")
)
VISIT, CREDIT = FIRM_DOORS.index("inspection"), FIRM_DOORS.index("credit")
AMOUNTS = ("cash", "owed", "unable", "loan", "judgment")


def byte_sum(word: int) -> int:
    return sum(word >> shift & 255 for shift in (0, 8, 16, 24))


def cut(word: int, edges: list[int]) -> int:
    """The row of a cumulative table that a word falls in."""
    return sum(word >= edge for edge in edges[:-1])


def found(block: Block) -> None:
    """The firms of a block and, in each world, their state before the first month."""
    s, drawn, block.firms = block.society, block.draws.word_for_life, []
    for person in block.people if block.scheme.firms else []:
        i, owner = person.row, person.status == 2 and person.age_years >= 18
        if not owner or drawn(i, FIRM, 32, 0) >= s.firm_owner_32 or len(block.firms) == FIRMS_MAX:
            continue
        sector, size = (
            cut(drawn(i, FIRM, 32, 1), s.firm_sector_32),
            cut(drawn(i, FIRM, 32, 2), s.firm_size_32),
        )
        low, high = s.firm_staff_from[size], s.firm_staff_to[size]
        staff = low + among(drawn(i, FIRM, 33, 0), high - low + 1)
        firm = SimpleNamespace(
            owner=i, sector=sector, size=size, staff=staff, turnover=staff * s.firm_worker_fen,
            knows=drawn(i, FIRM, 32, 3) < s.firm_knows_32, rates=[], row=len(block.firms),
        )  # fmt: skip
        for deed in range(len(FIRM_DEEDS)):
            rate = s.firm_habit_32[deed] * s.firm_sells[deed][sector]
            if FIRM_KINDS[s.firm_kind[deed]] != "on_time":
                own = (byte_sum(drawn(i, FIRM, 34 + deed // 4, deed % 4)) - 510) * 7094 >> 8
                trait = person.trait[s.firm_trait[deed]]
                z = s.firm_load_256[deed] * trait + s.firm_rest_256[deed] * own >> 8
                rate = rate * s.firm_frail_256[cell(z)] >> 8
            firm.rates.append(min(rate, CERTAIN - 1))
        block.firms.append(firm)
    for world in block.worlds:
        world.firms = [nothing() for _ in block.firms]


def nothing():
    """A firm's state before it has opened."""
    deeds, doors = len(FIRM_DEEDS), len(FIRM_DOORS)
    return SimpleNamespace(
        open=0, able=0, done=[0] * deeds, withheld=[0] * deeds, entry=[0] * deeds,
        entry_true=[0] * deeds, asked=[0] * doors, granted=[0] * doors, refused=[0] * doors,
        points=0, grade=0, until=0, clean_points=0, clean_grade=0, clean_until=0, wrongful=0,
        **dict.fromkeys((f"{name}_fen" for name in AMOUNTS), 0),
    )  # fmt: skip


def firms(block: Block, climate, month: int) -> None:
    living = block.living(climate)
    for world in living:
        for state in world.firms:
            state.entry, state.entry_true = ([0] * len(FIRM_DEEDS) for _ in range(2))
    # An entry may fall on another firm: all of them trade before any is graded.
    for firm in block.firms:
        for world in living:
            live_firm(block, climate, world, firm)
    for world in living:
        for life in world.lives:
            life.firm_low = 0
        for firm in block.firms:
            grade_firm(block, climate, world, firm, month)


def live_firm(block, climate, world, firm) -> None:
    s, scheme, state = block.society, block.scheme, world.firms[firm.row]
    stands = climate.in_force[world.index]
    take_in(block, firm, state)
    for deed in range(len(FIRM_DEEDS)):
        act(block, firm, state, deed, stands)
    pay_out(block, firm, state)
    if stands:
        for deed in range(len(FIRM_DEEDS)):
            if scheme.firm_points[deed]:
                record(block, world, firm, deed)
    for door in range(len(FIRM_DOORS)):
        who = WHO_ASKS[s.firm_who[door]]
        may = {"all": True, "short": state.able < 3, "large": firm.size >= 2}[who]
        word = block.draws.word(firm.owner, FIRM, 8 + door // 4, door % 4)
        state.asked[door] = int(may and word < s.firm_knock_32[door])


def usual(s, firm) -> tuple[int, int, int]:
    """Wages, tax and invoices of a month."""
    t = firm.turnover
    return t * s.firm_wages_256 >> 8, t * s.firm_tax_256 >> 8, t * s.firm_invoices_256 >> 8


def take_in(block, firm, state) -> None:
    s, t, word = block.society, firm.turnover, block.draws.word
    if state.open:
        for door in range(len(FIRM_DOORS)):
            gain, loss = (t * row[door] >> 8 for row in (s.firm_gain_256, s.firm_loss_256))
            if state.granted[door]:
                state.cash_fen += gain
                if door == CREDIT:
                    state.loan_fen += gain + (gain * s.firm_interest_256 >> 8)
            if state.asked[door] and bool(state.granted[door]) == (door == VISIT):
                state.cash_fen -= loss
    else:
        for name in AMOUNTS:
            setattr(state, f"{name}_fen", 0)
        state.cash_fen, state.open = t * s.firm_buffer_256 >> 8, 1
    shock = (byte_sum(word(firm.owner, FIRM, 0, 0)) - 510) * s.firm_sales_16[firm.sector]
    cash = state.cash_fen + t + (t * shock >> 16) - (t * s.firm_spot_256 >> 8)
    owed, unable = state.owed_fen + max(0, -cash), state.unable_fen + max(0, -cash)
    cash, bills = max(0, cash), usual(s, firm)
    free = max(0, cash - sum(bills))
    if word(firm.owner, FIRM, 0, 3) < s.firm_seize_32:
        taken = min(state.judgment_fen, free)
        state.judgment_fen -= taken
        free, cash = free - taken, cash - taken
    good = min(owed, free * s.firm_pay_back_256 >> 8)
    owed, unable, cash = owed - good, max(0, unable - good), cash - good
    part = min(state.loan_fen, cash, (state.loan_fen * s.firm_part_16 >> 16) + 1)
    cash -= part
    steps = [sum(bills[: k + 1]) for k in range(3)] + [sum(bills) + state.judgment_fen]
    state.able = sum(cash >= step for step in steps)
    state.cash_fen, state.loan_fen = min(cash, MOST), min(state.loan_fen - part, MOST)
    state.owed_fen, state.unable_fen = min(owed, MOST), min(unable, MOST)


def act(block, firm, state, deed, stands) -> None:
    s, scheme = block.society, block.scheme
    word, rate = block.draws.word(firm.owner, FIRM, 1 + deed // 4, deed % 4), firm.rates[deed]
    moved = rate
    if stands and firm.knows:
        moved = rate * (65536 + scheme.firm_show_16[deed] - scheme.firm_fear_16[deed]) >> 16
    kind, could, owes = FIRM_KINDS[s.firm_kind[deed]], True, True
    wants, does = word < rate, word < moved
    if kind == "due":
        could = state.able >= s.firm_due[deed]
        owes = deed != JUDGMENT or state.judgment_fen > 0
    elif kind == "on_time":
        wants = does = state.able >= 2 and not state.done[EVADED]
    state.done[deed] = int(owes and (does or not could))
    state.withheld[deed] = int(owes and could and wants and not does)


def pay_out(block, firm, state) -> None:
    s, word = block.society, block.draws.word
    wages, tax, invoices = usual(s, firm)
    kept = {deed: state.done[deed] for deed in (WAGES, EVADED, LATE, JUDGMENT)}
    if not kept[WAGES]:
        state.cash_fen -= wages
    if not kept[EVADED] and state.able >= 2:
        state.cash_fen -= tax
    if not kept[LATE]:
        state.cash_fen -= invoices
    if not kept[JUDGMENT]:
        state.cash_fen -= state.judgment_fen
        state.judgment_fen = 0
    unpaid = (
        (wages * kept[WAGES], state.able < 1),
        (tax * (not kept[EVADED] and state.able < 2), True),
        (invoices * kept[LATE], state.able < 3),
    )
    owed = state.owed_fen + sum(amount for amount, _ in unpaid)
    unable = state.unable_fen + sum(amount for amount, cannot in unpaid if cannot)
    months = s.firm_suit_months * (wages + invoices)
    if owed > months and word(firm.owner, FIRM, 0, 1) < s.firm_suit_32:
        state.judgment_fen += owed
        owed = unable = 0
    over = max(0, state.cash_fen - (firm.turnover * s.firm_buffer_256 >> 8))
    state.cash_fen -= over - (over >> 3)
    state.owed_fen, state.unable_fen = min(owed, MOST), min(unable, MOST)
    state.judgment_fen = min(state.judgment_fen, MOST)
    fails = state.able < 3 and word(firm.owner, FIRM, 0, 2) < s.firm_fail_32
    state.open = int(not fails)


def record(block, world, firm, deed) -> None:
    s, state = block.society, world.firms[firm.row]
    errs, words = (
        block.scheme.erring[world.index],
        [block.draws.word(firm.owner, FIRM_SEEN, deed, k) for k in range(4)],
    )
    if state.done[deed]:
        times = s.firm_inspected_256 if state.granted[VISIT] else 256
        if words[0] >= min(CERTAIN, s.firm_seen_32[deed] * times >> 8):
            return
        n = len(block.firms)
        if errs and n > 1 and words[2] < s.firm_wrong_32[deed]:
            other = world.firms[(firm.row + 1 + among(words[3], n - 1)) % n]
            other.entry[deed] += 1
        else:
            state.entry[deed] += 1
            state.entry_true[deed] += 1
    elif errs and s.firm_harm[deed] and firm.rates[deed] and words[1] < s.firm_false_32[deed]:
        state.entry[deed] += 1


def graded(scheme, month, file, entries, low):
    """(points, grade, until) of a file after a month's entries."""
    points, grade, until = file
    points += sum(n * p for n, p in zip(entries, scheme.firm_points, strict=True))
    if any(n and grave for n, grave in zip(entries, scheme.firm_lists, strict=True)):
        until, grade = month + scheme.firm_list_months, scheme.firm_lowest
    lived = month - scheme.opens
    if lived > 0 and lived % scheme.firm_rating_months == 0:
        total = scheme.firm_start + points - (scheme.firm_owner_points if low else 0)
        floors = scheme.firm_floor[: scheme.firm_lowest - 1]
        grade = 1 + sum(total < floor for floor in floors)
        if month < until:
            grade = scheme.firm_lowest
        points = 0
    return points, grade, until


def grade_firm(block, climate, world, firm, month) -> None:
    s, scheme, state = block.society, block.scheme, world.firms[firm.row]
    owner = world.lives[firm.owner]
    if climate.in_force[world.index] and state.open:
        file = state.points, state.grade, state.until
        clean = state.clean_points, state.clean_grade, state.clean_until
        file = graded(scheme, month, file, state.entry, owner.sanctioned)
        clean = graded(
            scheme, month, clean, state.entry_true, owner.sanctioned and not owner.wrongful
        )
        lowest = file[1] == scheme.firm_lowest
        state.wrongful = int(lowest and clean[1] != scheme.firm_lowest)
        owner.firm_low = int(lowest)
    else:
        file, clean, state.wrongful = (0, 0, 0), (0, 0, 0), 0
    state.points, state.grade, state.until = file
    state.clean_points, state.clean_grade, state.clean_until = clean
    for door in range(len(FIRM_DOORS)):
        word = block.draws.word(firm.owner, FIRM, 12 + door // 4, door % 4)
        wide, likely = scheme.firm_access[state.grade][door], s.firm_open_32[door]
        enters = word < held(likely * wide >> 2, 0, CERTAIN)
        shut = wide == 0 or (word < likely and not enters)
        state.granted[door] = int(bool(state.asked[door] and enters))
        refused = state.asked[door] and shut and wide < 4 and door != VISIT
        state.refused[door] = int(bool(refused))
