"""Frames: what a run remembers of each month: whole counts by world and group, never persons.

world (one block)  ->  out (world, counter, group), shared (world, region, item)

Rare things are counted where they happen, eight people looked at at once; common yes/no columns
are packed to bits and counted 64 people at a time against each group's bits.
"""

import numpy as np

from demerit import climate as cl
from demerit.columns import ANATOMY, DOORS, ELSEWHERE, FOREIGN, NO_ERRORS, SCHEME, TRUE
from demerit.kernel import fill, inline, kernel

TIERS = 4
PLAIN = (
    "people", "scored", *(f"tier_{k}" for k in range(TIERS)), "score_sum", "sanctioned",
    "sanctioned_wrongly", *(f"anatomy_{kind}" for kind in ANATOMY[1:]), "deserving", "missed",
    "labour", "employed", "displaced", "placed", "due", "unpaid_unable", "unpaid_choice",
    "protest", "vpn", "aware_heard", "aware_rules", "aware_score", "posted", "appeals",
    "corrected", "chilled", "deterred", "sanctioned_by_error", "spared_by_error", "entries",
    "entries_false", "entries_foreign",
)  # fmt: skip
(PEOPLE, SCORED, TIER_0, TIER_1, TIER_2, TIER_3, SCORE_SUM, SANCTIONED, WRONGLY,
 ANATOMY_0, _, _, _, _, _, _, DESERVING, MISSED, LABOUR, EMPLOYED, DISPLACED, PLACED, DUE,
 UNABLE, CHOICE, PROTEST, VPN, HEARD, RULES, KNOWN, POSTED, APPEALS, CORRECTED, CHILLED,
 DETERRED, BY_ERROR, SPARED, ENTRIES, ENTRIES_FALSE, ENTRIES_FOREIGN,
) = range(len(PLAIN))  # fmt: skip
BY_DEED = ("deed", "withheld", "record", "false", "received", "sent", "entry")
DEED, WITHHELD, RECORD, FALSELY, RECEIVED, SENT, ENTRY = range(len(BY_DEED))
BY_DOOR = ("asked", "refused", "wrongly", "granted")
ASKED, REFUSED, REFUSED_WRONGLY, GRANTED = range(len(BY_DOOR))

ADULT = 18  # years
MAGIC = np.uint64(0x0102040810204080)


def counters(deeds: list[str]) -> list[str]:
    """Names of the counter axis."""
    by_deed = [f"{what}_{deed}" for what in BY_DEED for deed in deeds]
    return [*PLAIN, *by_deed, *(f"{what}_{door}" for what in BY_DOOR for door in DOORS)]


@inline
def pack(eight):
    """Eight yes/no bytes as eight bits, the first person in the lowest."""
    return (eight * MAGIC) >> np.uint64(56)


@inline
def ones(x):
    """How many bits are set."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@kernel
def tally(row, world, out):
    """Add up a yes/no row by group: out (group,) += people of each group with a one."""
    eight, bits = row.view(np.uint64), world.life.group_bits
    for word in range((world.people + 63) >> 6):
        packed = np.uint64(0)
        for j in range(8):
            packed |= pack(eight[8 * word + j]) << np.uint64(8 * j)
        if packed:
            for group in range(out.size):
                out[group] += ones(packed & bits[group, word])


@kernel
def add(out, group, i, much):
    """Add to every group that row i belongs to."""
    for grouping in range(group.shape[0]):
        out[group[grouping, i]] += much


@kernel
def tally_counts(row, world, out):
    """Add up a row of small counts by group, where they are not nought."""
    eight = row.view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if row[i]:
                    add(out, world.life.group, i, np.int64(row[i]))


@kernel
def count(world, society, scheme, climate, month, out, shared):
    """Add this block's month to the counts; `out` and `shared` are not cleared here."""
    flag = world.scratch.flag
    deeds = world.deeds
    for w in range(climate.worlds):
        count_people(world, scheme, climate, w, flag, out[w])
        count_files(world, scheme, climate, w, flag, out[w])
        count_money(world, w, society, flag, out[w])
        for deed in range(deeds):
            count_deeds(world, society, scheme, climate, w, deed, out[w])
        if w > 0:
            count_records(world, climate.in_force[w], w, deeds, month, out[w])
        for door in range(world.doors):
            count_door(world, scheme, w, door, len(PLAIN) + len(BY_DEED) * deeds, flag, out[w])
        share(world, scheme, climate, w, deeds, month, shared[w, world.region])


@kernel
def count_people(world, scheme, climate, w, flag, out):
    """People, work, protest, evasion, awareness."""
    fill(flag, 1)
    tally(flag, world, out[PEOPLE])
    tally(world.file.scored, world, out[SCORED])
    for i in range(flag.size):
        flag[i] = world.life.wage_fen[i] > 0
    tally(flag, world, out[LABOUR])
    tally(world.life.employed[w], world, out[EMPLOYED])
    if w > 0:
        for i in range(flag.size):
            flag[i] = world.life.employed[0, i] > world.life.employed[w, i]
        tally(flag, world, out[DISPLACED])
        for i in range(flag.size):
            flag[i] = world.life.employed[0, i] < world.life.employed[w, i]
        tally(flag, world, out[PLACED])
    tally(world.life.protesting[w], world, out[PROTEST])
    tally(world.life.evading[w], world, out[VPN])
    if w > 0:
        for level in range(3):
            for i in range(flag.size):
                flag[i] = world.life.awareness[w, i] > level
            tally(flag, world, out[HEARD + level])


@kernel
def count_files(world, scheme, climate, w, flag, out):
    """Scores, tiers, sanctions, and what the laboratory says of them."""
    if climate.in_force[w] == 0:
        return
    for tier in range(scheme.floor.size):
        for i in range(flag.size):
            flag[i] = (world.file.tier[w, i] == tier) & (world.file.scored[i] != 0)
        tally(flag, world, out[TIER_0 + tier])
    for i in range(world.people):
        if world.file.scored[i]:
            add(out[SCORE_SUM], world.life.group, i, np.int64(world.file.score_points[w, i]))
    tally(world.file.sanctioned[w], world, out[SANCTIONED])
    tally(world.life.wrongful[w], world, out[WRONGLY])
    tally(world.life.deserving[w], world, out[DESERVING])
    for i in range(flag.size):
        flag[i] = (world.life.deserving[w, i] != 0) & (world.file.sanctioned[w, i] == 0)
    tally(flag, world, out[MISSED])
    count_reasons(world, w, flag, out)
    if scheme.public:
        tally(world.file.sanctioned[w], world, out[POSTED])
    tally(world.life.appealed[w], world, out[APPEALS])
    for i in range(flag.size):
        flag[i] = world.file.correction_points[w, i] != 0
    tally(flag, world, out[CORRECTED])


@kernel
def count_reasons(world, w, flag, out):
    """What sanctions are for, and which of them errors brought or spared."""
    if w == SCHEME:
        for i in range(flag.size):
            flag[i] = world.file.sanctioned[w, i] > world.file.sanctioned[NO_ERRORS, i]
        tally(flag, world, out[BY_ERROR])
        for i in range(flag.size):
            flag[i] = world.file.sanctioned[w, i] < world.file.sanctioned[NO_ERRORS, i]
        tally(flag, world, out[SPARED])
    eight = world.file.sanctioned[w].view(np.uint64)
    for j in range(eight.size):
        if eight[j]:
            for i in range(8 * j, 8 * j + 8):
                if world.life.anatomy[w, i]:
                    add(out[ANATOMY_0 - 1 + world.life.anatomy[w, i]], world.life.group, i, 1)


@kernel
def count_money(world, w, society, flag, out):
    """Dues of adults: owed, unpaid for want of money, unpaid by choice."""
    late, default = (
        world.life.deed_count[w, society.late_bill],
        world.life.deed_count[w, society.loan_default],
    )
    rate = world.life.deed_rate[society.late_bill]
    for i in range(flag.size):
        flag[i] = (rate[i] > 0) & (world.life.bill_fen[i] + world.life.instalment_fen[i] > 0)
    tally(flag, world, out[DUE])
    for i in range(flag.size):
        short = (world.life.able[w, i] == 0) | (
            (world.life.able[w, i] == 1) & (world.life.instalment_fen[i] > 0)
        )
        flag[i] = (rate[i] > 0) & short
    tally(flag, world, out[UNABLE])
    for i in range(flag.size):
        unpaid = ((late[i] != 0) & (world.life.able[w, i] > 0)) | (
            (default[i] != 0) & (world.life.able[w, i] == 2)
        )
        flag[i] = (rate[i] > 0) & unpaid
    tally(flag, world, out[CHOICE])


@kernel
def count_deeds(world, society, scheme, climate, w, deed, out):
    """True deeds, and those withheld: chilled if lawful or protected, deterred if harmful."""
    base = len(PLAIN)
    deeds = world.deeds
    tally_counts(world.life.deed_count[w, deed], world, out[base + DEED * deeds + deed])
    if climate.in_force[w]:
        withheld = world.life.deed_withheld[w, deed]
        tally_counts(withheld, world, out[base + WITHHELD * deeds + deed])
        if society.deed_class[deed] == 0:
            tally_counts(withheld, world, out[DETERRED])
        else:
            tally_counts(withheld, world, out[CHILLED])


@kernel
def count_records(world, in_force, w, deeds, month, out):
    """The ledger: this month's records by the person they name, entries that arrive, by deed."""
    base = len(PLAIN)
    for r in range(world.file.record_new[w], world.file.record_total[w]):
        i, deed = world.file.record_person[w, r], world.file.record_deed[w, r]
        truth, joined = world.life.record_truth[w, r], world.file.record_joined[w, r]
        add(out[base + RECORD * deeds + deed], world.life.group, i, 1)
        if truth == FOREIGN:
            add(out[base + RECEIVED * deeds + deed], world.life.group, i, 1)
            if not joined:
                doer = world.life.record_doer[w, r]
                add(out[base + SENT * deeds + deed], world.life.group, doer, 1)
        elif truth != TRUE:
            add(out[base + FALSELY * deeds + deed], world.life.group, i, 1)
        if world.file.record_due[w, r] == ELSEWHERE:
            add(out[base + SENT * deeds + deed], world.life.group, i, 1)
    for r in range(world.file.record_total[w] if in_force else 0):
        if world.file.record_due[w, r] == month:
            i, deed = world.file.record_person[w, r], world.file.record_deed[w, r]
            add(out[base + ENTRY * deeds + deed], world.life.group, i, 1)
            add(out[ENTRIES], world.life.group, i, 1)
            truth = world.life.record_truth[w, r]
            if truth == FOREIGN:
                add(out[ENTRIES_FOREIGN], world.life.group, i, 1)
            elif truth != TRUE:
                add(out[ENTRIES_FALSE], world.life.group, i, 1)


@kernel
def count_door(world, scheme, w, door, base, flag, out):
    """Knocks: asked, refused, refused wrongly, granted."""
    doors = world.doors
    tally(world.file.asked[w, door], world, out[base + ASKED * doors + door])
    tally(world.file.granted[w, door], world, out[base + GRANTED * doors + door])
    if w > 0:
        tally(world.file.refused[w, door], world, out[base + REFUSED * doors + door])
        for i in range(flag.size):
            flag[i] = world.file.refused[w, door, i] & world.life.wrongful[w, i]
        tally(flag, world, out[base + REFUSED_WRONGLY * doors + door])


@kernel
def share(world, scheme, climate, w, deeds, month, shared):
    """What the next month's climate is made from."""
    shared[cl.PEOPLE] += world.people
    for i in range(world.people):
        shared[cl.SCORED] += world.file.scored[i]
        shared[cl.ADULTS] += world.life.age_years[i] >= ADULT
        shared[cl.PROTEST] += world.life.protesting[w, i]
    if climate.in_force[w] and scheme.public:
        for i in range(world.people):
            shared[cl.POSTED] += world.file.sanctioned[w, i]
    for door in range(world.doors):
        eight = world.file.asked[w, door].view(np.uint64)
        for j in range(eight.size):
            if eight[j]:
                for i in range(8 * j, 8 * j + 8):
                    if world.file.asked[w, door, i]:
                        wide = (
                            scheme.access[world.file.tier[w, i], door] if climate.in_force[w] else 4
                        )
                        if not world.file.scored[i]:
                            wide = 4
                        let_in = climate.door_32[w, world.region, door]
                        shared[cl.ASKED + door] += cl.weight(wide, let_in)
    if w > 0:
        for r in range(world.file.record_new[w], world.file.record_total[w]):
            if world.file.record_due[w, r] == ELSEWHERE:
                shared[cl.OUT + world.file.record_deed[w, r]] += 1
