"""What is marked and counted of files: scores, tiers, sanctions, entries, their truth."""

import numpy as np

from demerit.columns import ANATOMY, ELSEWHERE, FOREIGN, GROUNDLESS, LAW, NO_ERRORS, TRUE
from demerit.frames.names import ENTRY, FALSELY, FIRST, RECEIVED, RECORD, SENT, row
from demerit.frames.tally import EVERY_WORLD, add, recount, tally_number
from demerit.kernel import fill, inline, kernel

ONE = np.int64(1)
# n * this >> 37 is n // 100, for n below 2^32: a division takes ten times as long.
HUNDREDTH, PLACES = np.uint64(1_374_389_535), np.uint64(37)
TIER_0, HONEST_TIER_0 = row("tier_0"), row("honest_tier_0")
SCORE_SUM, SCORED = row("score_sum"), row("scored")
ARREARS_YUAN, ARREARS_UNABLE = row("arrears_yuan"), row("arrears_unable_yuan")
SANCTIONED, WRONGLY = row("sanctioned"), row("sanctioned_wrongly")
ANATOMY_0 = row(f"anatomy_{ANATOMY[1]}") - 1
DESERVING, MISSED, NEWLY = row("deserving"), row("missed"), row("newly_sanctioned")
BY_ERROR, SPARED = row("sanctioned_by_error"), row("spared_by_error")
WORKERS, AT_WORK = row("sanctioned_labour"), row("sanctioned_employed")
APPEALS, CORRECTED, BOUGHT = row("appeals"), row("corrected"), row("bought")
FAVOURED, FAVOURED_SANCTIONED = row("favoured_scored"), row("favoured_sanctioned")
SHIELDED, LOW_TIES = row("shielded"), row("low_ties")
FILES_HELD, FILES_FOREIGN = row("files_held"), row("files_foreign")
HELD = row("entries_held")
ENTRIES_FALSE, ENTRIES_FOREIGN = row("entries_false"), row("entries_foreign")
ENTRIES_GROUNDLESS = row("entries_groundless")


@kernel
def mark_files(world, scheme, w):
    """Scores, tiers, sanctions and redress, in a world in which the scheme stands."""
    file, life, mark = world.file, world.life, world.scratch.mark[w]
    sanctioned, deserving = file.sanctioned[w], life.deserving[w]
    for tier in range(scheme.floor.size):
        this = np.uint8(tier)
        for i in range(world.people):
            mark[TIER_0 + tier, i] = (file.tier[w, i] == this) & (file.scored[i] != 0)
        for i in range(world.people):
            mark[HONEST_TIER_0 + tier, i] = mark[TIER_0 + tier, i] & life.honest[i]
    for i in range(world.people):
        mark[SANCTIONED, i] = sanctioned[i]
        mark[NEWLY, i] = file.newly_sanctioned[w, i]
        mark[WRONGLY, i] = life.wrongful[w, i]
        mark[DESERVING, i] = deserving[i]
        mark[MISSED, i] = (deserving[i] != 0) & (sanctioned[i] == 0)
    for kind in range(1, len(ANATOMY)):
        reason = np.uint8(kind)
        for i in range(world.people):
            mark[ANATOMY_0 + kind, i] = life.anatomy[w, i] == reason
    for i in range(world.people):
        mark[FILES_HELD, i] = file.entry_held[w, i] > 0
        mark[HELD, i] = file.entry_held[w, i]
        mark[FILES_FOREIGN, i] = life.foreign_held[w, i] > 0
        mark[LOW_TIES, i] = life.tie_low[w, i] > 0
    mark_redress(world, w)


@kernel
def mark_redress(world, w):
    """Appeals, points given back and bought; friends in office; who under sanction works."""
    file, life, mark = world.file, world.life, world.scratch.mark[w]
    sanctioned = file.sanctioned[w]
    for i in range(world.people):
        mark[APPEALS, i] = life.appealed[w, i]
        mark[CORRECTED, i] = file.correction_points[w, i] != 0
        mark[BOUGHT, i] = file.bought_points[w, i] > 0
        mark[SHIELDED, i] = life.shielded[w, i]
    for i in range(world.people):
        mark[FAVOURED, i] = (life.favoured[i] != 0) & (file.scored[i] != 0)
        mark[FAVOURED_SANCTIONED, i] = (life.favoured[i] != 0) & (sanctioned[i] != 0)
        mark[WORKERS, i] = (sanctioned[i] != 0) & (life.wage_fen[i] > 0)
        mark[AT_WORK, i] = (sanctioned[i] != 0) & (life.employed[w, i] != 0)
    for i in range(world.people):
        mark[BY_ERROR, i] = sanctioned[i] > file.sanctioned[NO_ERRORS, i]
        mark[SPARED, i] = sanctioned[i] < file.sanctioned[NO_ERRORS, i]


@inline
def yuan(fen):
    """Whole yuan of a sum that is not below nought.

    >>> int(yuan(np.int32(12_399))), int(yuan(np.int32(2**31 - 1)))
    (123, 21474836)
    """
    return np.int32(np.uint64(np.uint32(fen)) * HUNDREDTH >> PLACES)


@kernel
def count_sums(world, scheme, force, worlds, out):
    """Sums of numbers that take more than a byte: scores of who is scored, arrears in yuan."""
    file, life, points = world.file, world.life, world.scratch.points
    found, nought = world.scratch.found, world.scratch.nought
    for w in range(worlds):
        for i in range(world.people):
            points[w, i] = yuan(life.arrears_fen[w, i])
    fill(found, 0)
    tally_number(points, nought, EVERY_WORLD, world, worlds, out, ARREARS_YUAN)
    for w in range(worlds):
        for i in range(world.people):
            points[w, i] = yuan(life.arrears_unable_fen[w, i])
    fill(found, 0)
    tally_number(points, nought, EVERY_WORLD, world, worlds, out, ARREARS_UNABLE)
    # Scores are counted from what everyone began with, for most have it still.
    start = np.int32(scheme.start)
    for i in range(world.people):
        points[LAW, i] = start * np.int32(file.scored[i])
    for w in range(1, worlds):
        for i in range(world.people):
            points[w, i] = file.score_points[w, i] * np.int32(file.scored[i])
    recount(world.scratch.mark[LAW, SCORED].view(np.uint64), world)
    for group in range(found.size):
        found[group] *= start
    tally_number(points, points[LAW].view(np.uint64), force, world, worlds, out, SCORE_SUM)


@kernel
def count_records(world, in_force, w, month, out):
    """The ledger of one world: this month's records by the person they name; entries by deed.

    Whose record is another's is told of who is named (received) and of who did it (sent).
    """
    file, life, deeds, group = world.file, world.life, world.deeds, world.life.group
    for r in range(file.record_new[w], file.record_total[w]):
        i, deed = np.int64(file.record_person[w, r]), FIRST + file.record_deed[w, r]
        truth = life.record_truth[w, r]
        add(out[deed + RECORD * deeds], group, i, ONE)
        if truth == FOREIGN:
            add(out[deed + RECEIVED * deeds], group, i, ONE)
            if not file.record_joined[w, r]:
                add(out[deed + SENT * deeds], group, np.int64(life.record_doer[w, r]), ONE)
        elif truth not in (TRUE, GROUNDLESS):
            add(out[deed + FALSELY * deeds], group, i, ONE)
        if file.record_due[w, r] == ELSEWHERE:
            add(out[deed + SENT * deeds], group, i, ONE)
    for r in range(file.record_total[w] if in_force else 0):
        if file.record_due[w, r] == month:
            i = np.int64(file.record_person[w, r])
            add(out[FIRST + file.record_deed[w, r] + ENTRY * deeds], group, i, ONE)
            truth = life.record_truth[w, r]
            if truth == FOREIGN:
                add(out[ENTRIES_FOREIGN], group, i, ONE)
            elif truth == GROUNDLESS:
                add(out[ENTRIES_GROUNDLESS], group, i, ONE)
            elif truth != TRUE:
                add(out[ENTRIES_FALSE], group, i, ONE)
