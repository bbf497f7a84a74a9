"""Audit (7.9): shadow scores, and what they say about each sanction."""

from demerit.columns import (
    ABLE,
    ALONE,
    ANATOMY,
    CLEAN,
    ERROR,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    HARM,
    MISLABELLED,
    NEVER,
    RING,
    SEEN_ALL,
    SHADOWS,
    SPELLS,
    TRUE,
    UNHABITUAL,
    UNLAWFUL,
)  # fmt: skip
from demerit.draws import LABEL
from demerit.society.tables import HABIT, HARMFUL, LAWFUL, STANDING
from reference import learned
from reference.observe import could_not_pay
from reference.score import JUDGMENT, mean_with
from reference.state import DEEDS, Block, held

UNTRUE = (FALSE, FOREIGN, MISLABELLED)
AS_UNTRUE = (ERROR, HARM, CLEAN, SEEN_ALL)  # shadows that leave out an untrue entry
OF_JUDGMENT = SPELLS.index("judgment_unpaid")


def audit(block: Block, climate, month: int) -> None:
    for world in block.living(climate):
        for life in world.lives:
            life.entry_false = life.wrongful = life.deserving = life.anatomy = 0
        if climate.in_force[world.index]:
            if block.scheme.learns:
                audit_learned(block, climate, world, month)
            else:
                audit_world(block, climate.amnesty[world.index], world, month)


def audit_world(block, amnesty, world, month: int) -> None:
    scheme = block.scheme
    for person, life in zip(block.people, world.lives, strict=True):
        if amnesty:
            open_anew(scheme, life)
        else:
            give_back(life, scheme.least, scheme.cap)
            rated(scheme, life)
            if person.moved:
                open_anew(scheme, life)
    for record in world.ledger:
        life = world.lives[record.person]
        if record.due == month:
            life.entry_false += record.truth in UNTRUE and scheme.points[record.deed] < 0
            move(block, life, record, 1)
        elif 0 <= record.due < month and record.over == month:
            overlook(block, life, record)
        elif 0 <= record.due < month and record.erase == month:
            move(block, life, record, -1, record.over < month)
    for person, life in zip(block.people, world.lives, strict=True):
        if person.scored:
            comes_back(scheme, life, month)
            if not scheme.peer_weight:
                see_all(block, person, life, month)
        life.shadow_points = [
            held(points, scheme.least, scheme.cap) for points in life.shadow_points
        ]
        judge(scheme, person, life)


def open_anew(scheme, life) -> None:
    """Shadows of a file that opens again: after an amnesty, or of who has come from elsewhere."""
    life.shadow_points = [scheme.start] * len(SHADOWS)
    life.seen_back, life.foreign_held = {}, 0
    life.seen_month[OF_JUDGMENT] = None


def audit_learned(block, climate, world, month: int) -> None:
    """Shadows of a learned score: made anew of the traces that each keeps."""
    scheme, weights = block.scheme, climate.weights[world.index]
    for life in world.lives:
        if climate.amnesty[world.index]:
            life.shadow_given, life.foreign_held = [0] * len(SHADOWS), 0
            life.done_month = [0] * len(DEEDS)
            life.seen_month[OF_JUDGMENT] = None
        else:
            rows = zip(life.shadow_given, given(life), strict=True)
            life.shadow_given = [learned.more_given(scheme, *pair) for pair in rows]
    kept = traces_kept(block, weights, world, month)
    for person, life, bits in zip(block.people, world.lives, kept, strict=True):
        for deed in range(len(DEEDS)):
            if person.scored and scheme.traced[deed] and life.deed_count[deed]:
                life.done_month[deed] = month + 1
            last = life.done_month[deed] - 1
            if last >= 0 and last > month - scheme.erase_months:
                bits[SEEN_ALL] = learned.with_trace(bits[SEEN_ALL], deed)
        pairs = zip(bits, life.shadow_given, strict=True)
        life.shadow_points = [learned.score_of(scheme, weights, *pair) for pair in pairs]
        judge(scheme, person, life)


def traces_kept(block, weights, world, month: int) -> list[list[int]]:
    """The traces of each shadow of each life, and what entries say of their truth."""
    kept = [[0] * len(SHADOWS) for _ in world.lives]
    for record in world.ledger:
        life, costs = world.lives[record.person], weights[record.deed] < 0
        if record.due == month:
            life.entry_false += record.truth in UNTRUE and costs
            life.foreign_held += record.truth == FOREIGN
        elif 0 <= record.due < month and record.erase == month:
            life.foreign_held -= record.truth == FOREIGN
        if learned.stands(record, month):
            out, bits = leaves_out(block.society, costs, record), kept[record.person]
            out = AS_UNTRUE if record.over <= month else out
            for shadow in range(len(SHADOWS)):
                if shadow not in out:
                    bits[shadow] = learned.with_trace(bits[shadow], record.deed)
    return kept


def given(life) -> list[int]:
    """Points given back, bought and earned, for each shadow."""
    u, found = life.correction_points, [life.earned_points] * len(SHADOWS)
    g = min(u, max(0, life.shadow_points[CLEAN] - life.shadow_points[ERROR]))
    found[ERROR] += g
    found[ABLE] += u - g + life.bought_points
    for kind in (UNLAWFUL, UNHABITUAL, ALONE):
        found[kind] += u + life.bought_points
    found[SEEN_ALL] = 0
    return found


def give_back(life, least: int, cap: int) -> None:
    """Points given back, bought and earned, to the shadows that hold them too."""
    for kind, points in enumerate(given(life)):
        if kind != SEEN_ALL:
            life.shadow_points[kind] = held(life.shadow_points[kind] + points, least, cap)


def rated(scheme, life) -> None:
    """Shadows of ratings; a fall that the clean one does not share is told as a false entry."""
    if scheme.peer_weight and life.rated_count:
        clean = life.shadow_points[CLEAN]
        life.shadow_points = [
            mean_with(scheme, life, *pair)
            for pair in zip(life.shadow_points, life.rated_shadow, strict=True)
        ]
        fell = life.entry_loss > 0
        life.entry_false += fell and life.shadow_points[CLEAN] >= clean


def leaves_out(society, costs: bool, record) -> list[int]:
    """The shadows that do not hold this entry, which costs points or does not."""
    of_class, truth = society.deed_class[record.deed], record.truth
    rightly = truth == TRUE and not record.unable
    out = {
        ERROR: truth in UNTRUE,
        ABLE: truth in (TRUE, GROUNDLESS) and record.unable,
        UNLAWFUL: rightly and costs and of_class == LAWFUL,
        UNHABITUAL: rightly and costs and of_class == HABIT,
        ALONE: rightly and costs and of_class == STANDING,
        HARM: not (rightly and (of_class == HARMFUL or not costs)),
        CLEAN: truth in (*UNTRUE, GROUNDLESS),
        SEEN_ALL: True,
    }
    return [shadow for shadow, left_out in out.items() if left_out]


def overlook(block, life, record) -> None:
    """Its term is over and it stands: from now on it is where an untrue entry would be."""
    before = leaves_out(block.society, block.scheme.points[record.deed] < 0, record)
    for shadow in range(len(SHADOWS)):
        held_now = (shadow not in AS_UNTRUE) - (shadow not in before)
        life.shadow_points[shadow] += held_now * block.scheme.points[record.deed]


def move(block, life, record, sign: int, over: bool = False) -> None:
    """An entry arrives (1) or is erased (-1); `over`: its term was over before."""
    out = leaves_out(block.society, block.scheme.points[record.deed] < 0, record)
    out = AS_UNTRUE if over else out
    for shadow in range(len(SHADOWS)):
        if shadow not in out:
            life.shadow_points[shadow] += sign * block.scheme.points[record.deed]
    life.foreign_held += sign * (record.truth == FOREIGN)


def until_paid(scheme, deed: int) -> bool:
    """A judgment counts once, until nothing is owed."""
    return scheme.paid_months != NEVER and deed == JUDGMENT


def comes_back(scheme, life, month: int) -> None:
    """The points of deeds so many months ago come back to the seen shadow."""
    seen = life.shadow_points[SEEN_ALL] - life.seen_back.pop(month, 0)
    if until_paid(scheme, JUDGMENT) and life.judgment_fen == 0:
        if life.seen_month[OF_JUDGMENT] is not None:
            seen -= scheme.points[JUDGMENT]
        life.seen_month[OF_JUDGMENT] = None
    life.shadow_points[SEEN_ALL] = held(seen, scheme.least, scheme.cap)


def see_all(block, person, life, month: int) -> None:
    """Every true deed, rightly labelled and on the rule's ground."""
    scheme, seen, summed = block.scheme, life.shadow_points[SEEN_ALL], 0
    for deed in range(len(DEEDS)):
        times = counts(block, person, life, month, deed)
        if times == 0:
            continue
        points = times * scheme.points[deed]
        seen = held(seen + points, scheme.least, scheme.cap)
        if not until_paid(scheme, deed):
            summed = held(summed + points, -30_000, 30_000)
    life.shadow_points[SEEN_ALL] = seen
    if 0 < scheme.erase_months < RING:
        life.seen_back[month + scheme.erase_months] = summed


def counts(block, person, life, month: int, deed: int) -> int:
    """How many deeds of this kind count in the seen shadow this month."""
    s, scheme = block.society, block.scheme
    done = life.deed_count[deed]
    if not done or scheme.points[deed] == 0:
        return 0
    if scheme.ground[deed] and could_not_pay(s, life, deed):
        return 0
    word = block.draws.word
    covered = sum(
        word(person.row, LABEL, 16 * deed + k, 0) < scheme.label_share_32[deed] for k in range(done)
    )
    spell = s.spell[deed]
    if spell >= 0 and covered:
        last = life.seen_month[spell]
        again = not until_paid(scheme, deed)
        if last is not None and not (again and month - last >= scheme.interval_months):
            return 0
        life.seen_month[spell] = month
    return covered


def judge(scheme, person, life) -> None:
    """Wrongful, deserving, and but for what there would be no sanction."""
    shadow, edge = life.shadow_points, scheme.edge
    life.wrongful = int(life.sanctioned and shadow[CLEAN] >= edge)
    life.deserving = int(person.scored and shadow[SEEN_ALL] < edge)
    if not life.sanctioned:
        return
    needed = [kind for kind in range(HARM) if shadow[kind] >= edge]
    if shadow[HARM] < edge:
        life.anatomy = ANATOMY.index("harm")
    elif len(needed) == 1:
        life.anatomy = 1 + needed[0]
    else:
        life.anatomy = ANATOMY.index("mixed")
