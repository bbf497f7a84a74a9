"""Respond (7.11): what people learn, fear and resent, and what they do about it."""

from demerit.columns import HEARD, KNOWS_RULES, KNOWS_SCORE, NOT_AWARE, TOUCHINESS
from demerit.draws import RESPOND
from reference.state import Block, cell
from reference.ties import ties_of

(ON_INABILITY, ON_ENTRY, ON_FALSE_ENTRY, ON_SANCTION, ON_REFUSAL, ON_TIE, ON_POSTING) = range(7)


def respond(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        stands = climate.in_force[world.index]
        posted = falls(block, world) if stands else [False] * len(world.lives)
        join = joining(block, world)
        for person, life in zip(block.people, world.lives, strict=True):
            if not stands:
                life.tie_sanctioned = 0
            happened = what_happened(block, stands, person, life, posted[person.row])
            before = life.awareness
            if stands and person.scored:
                learn(block, climate.hear_32[world.index], person, life, happened)
            be_cautious(block.society, stands, life, before)
            resent(block.society, stands, person, life, happened)
            act(block, climate, world.index, person, life)
            use_vpn(block, person, life, join)
        tell_ties(block, world)


def falls(block, world) -> list[bool]:
    """Counts the falls of ties; whether one of them was into a tier that is posted."""
    posted = [False] * len(world.lives)
    for life in world.lives:
        life.tie_sanctioned = 0
    for i, life in enumerate(world.lives):
        if life.newly_sanctioned:
            for j in ties_of(block, i):
                other = world.lives[j]
                other.tie_sanctioned = min(100, other.tie_sanctioned + 1)
                posted[j] = posted[j] or bool(block.scheme.posted[life.tier])
    return posted


def what_happened(block, stands, person, life, tie_named: bool) -> dict[str, bool]:
    """1: shut, named and tie named; nothing where the scheme does not stand."""
    return {
        "shut": bool(stands and (any(life.refused) or life.look_up_cost)),
        "named": bool(stands and person.scored and block.scheme.posted[life.tier]),
        "tie named": tie_named,
    }


def learn(block, hear: int, person, life, happened) -> None:
    """2: awareness goes up one step by oneself, or at once by what happened."""
    s = block.society
    w0, w1, _, w3 = (block.draws.word(person.row, RESPOND, 0, k) for k in range(4))
    reads = w1 < s.learn_32 * block.scheme.told_256 >> 8
    steps = {NOT_AWARE: w0 < hear, HEARD: reads, KNOWS_RULES: w1 < s.look_up_32}
    told = life.entry_loss > 0 and w3 < block.scheme.notice_32
    life.awareness += steps.get(life.awareness, False)
    if happened["tie named"]:
        life.awareness = max(life.awareness, KNOWS_RULES)
    if told or happened["shut"] or happened["named"]:
        life.awareness = KNOWS_SCORE


def be_cautious(s, stands, life, before: int) -> None:
    """3: caution fades, and rises by what is learnt, felt and seen in others."""
    on_rules, on_entry, on_tie = s.caution
    life.caution = life.caution * s.fade_16 >> 16
    if not stands:
        return
    if before < KNOWS_RULES <= life.awareness:
        life.caution = max(life.caution, on_rules)
    if life.entry_loss and life.awareness == KNOWS_SCORE:
        life.caution = max(life.caution, on_entry)
    if life.awareness >= KNOWS_RULES:
        life.caution += on_tie * life.tie_sanctioned
    life.caution = min(255, life.caution)


def resent(s, stands, person, life, happened) -> None:
    """4: grievance fades, and rises by hardship and wrong."""
    x, weight = 0, s.grievance
    if person.adult and life.able < 2:
        x += weight[ON_INABILITY]
    if stands and life.awareness >= KNOWS_RULES:
        x += weight[ON_TIE] * life.tie_sanctioned
        x += weight[ON_POSTING] * happened["named"]
    if stands and life.awareness == KNOWS_SCORE:
        if life.entry_false:
            x += weight[ON_FALSE_ENTRY]
        elif life.entry_loss:
            x += weight[ON_ENTRY]
        x += weight[ON_SANCTION] * life.newly_sanctioned
        x += weight[ON_REFUSAL] * happened["shut"]
    touch = s.touch_256[cell(person.trait[TOUCHINESS])]
    faded = life.grievance * s.grievance_fade_16 >> 16
    life.grievance = min(255, faded + (x * touch >> 8))


def act(block, climate, w: int, person, life) -> None:
    """5 to 7: approval, protest, sabotage."""
    s, stands = block.society, climate.in_force[w]
    has_heard = stands and life.awareness >= HEARD
    likes = s.approve_256 - (life.grievance * s.sour_256 >> 8)
    if life.awareness >= KNOWS_RULES:
        likes -= s.told_256
    life.approving = int(has_heard and person.assent < likes)
    # Epstein: H (1 - L) - R P > T, all in 1/65536, with a pull of ties.
    will = life.grievance * (256 - climate.legitimacy_256[w])
    will -= (255 - person.daring) * climate.arrest_256[w] + s.threshold_16
    will = will * max(1, s.degree) + s.pull_16 * life.tie_protesting
    life.protesting = int(person.adult and will > 0)
    aggrieved = has_heard and person.adult and life.grievance >= s.aggrieved
    life.sabotaging = int(aggrieved and block.draws.word(person.row, RESPOND, 1, 0) < s.sabotage_32)


def joining(block, world) -> int:
    """8: the chance to take to a VPN, by how many of the block use one."""
    s = block.society
    users = sum(life.evading for life in world.lives)
    online = 1 + sum(person.online for person in block.people)
    gap = (users << 16) // online - s.vpn_stock_16
    pull = 65536 + s.vpn_imitation_256 * ((gap << 8) // max(1, s.vpn_stock_16))
    return s.vpn_join_32 * max(0, pull) >> 16


def use_vpn(block, person, life, join: int) -> None:
    s, w2 = block.society, block.draws.word(person.row, RESPOND, 0, 2)
    if life.evading:
        life.evading = int(w2 >= s.vpn_leave_32)
    else:
        chance = join * (65536 + life.caution * s.vpn_caution_256) >> 16
        life.evading = int(person.online and w2 < chance)


def tell_ties(block, world) -> None:
    """9: who is under sanction and who protests is counted with the people of their tie list."""
    for life in world.lives:
        life.tie_low = life.tie_protesting = 0
    for i, life in enumerate(world.lives):
        if life.sanctioned or life.protesting:
            for j in ties_of(block, i):
                other = world.lives[j]
                other.tie_low = min(255, other.tie_low + life.sanctioned)
                other.tie_protesting = min(255, other.tie_protesting + life.protesting)
