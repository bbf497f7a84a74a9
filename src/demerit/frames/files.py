"""What is counted of files: scores, tiers, sanctions, entries, and what the laboratory says."""

import numpy as np

from demerit.columns import ANATOMY, ELSEWHERE, FOREIGN, GROUNDLESS, NO_ERRORS, SCHEME, TRUE
from demerit.frames.names import ENTRY, FALSELY, FIRST, RECEIVED, RECORD, SENT, row
from demerit.frames.tally import (
    add,
    listed,
    tally,
    tally_above,
    tally_both,
    tally_number,
    tally_same,
)  # fmt: skip
from demerit.kernel import kernel

ONE, NONE, NO_POINTS = np.int64(1), np.uint8(0), np.int32(0)
TIER_0, SCORE_SUM = row("tier_0"), row("score_sum")
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
def count_files(world, scheme, force, worlds, out):
    """Scores, tiers, sanctions and redress, in the worlds in which the scheme stands."""
    file, life, mark = world.file, world.life, world.scratch.mark
    for tier in range(scheme.floor.size):
        for w in range(worlds):
            if listed(force, w):
                for i in range(world.people):
                    mark[w, i] = (file.tier[w, i] == np.uint8(tier)) & (file.scored[i] != 0)
        tally(mark, force, world, worlds, out, TIER_0 + tier)
    for w in range(worlds):
        if listed(force, w):
            for i in range(world.people):
                scored = np.uint32(file.scored[i])
                world.scratch.number[w, i] = np.uint32(file.score_points[w, i]) * scored
    tally_number(force, world, worlds, out, SCORE_SUM)
    tally(file.sanctioned, force, world, worlds, out, SANCTIONED)
    tally(file.newly_sanctioned, force, world, worlds, out, NEWLY)
    tally(life.wrongful, force, world, worlds, out, WRONGLY)
    tally(life.deserving, force, world, worlds, out, DESERVING)
    for w in range(worlds):
        if listed(force, w):
            for i in range(world.people):
                mark[w, i] = (life.deserving[w, i] != 0) & (file.sanctioned[w, i] == 0)
    tally(mark, force, world, worlds, out, MISSED)
    count_reasons(world, force, worlds, out)
    tally_above(file.entry_held, NONE, force, world, worlds, out, FILES_HELD)
    tally(file.entry_held, force, world, worlds, out, HELD)
    tally_above(life.foreign_held, NONE, force, world, worlds, out, FILES_FOREIGN)
    tally(life.appealed, force, world, worlds, out, APPEALS)
    tally_above(life.tie_low, NONE, force, world, worlds, out, LOW_TIES)
    count_points_given(world, force, worlds, out)


@kernel
def count_points_given(world, force, worlds, out):
    """Points given back and points bought; who is close to those who run the scheme."""
    file, life, mark = world.file, world.life, world.scratch.mark
    for w in range(worlds):
        if listed(force, w):
            for i in range(world.people):
                mark[w, i] = file.correction_points[w, i] != 0
    tally(mark, force, world, worlds, out, CORRECTED)
    tally_above(file.bought_points, NO_POINTS, force, world, worlds, out, BOUGHT)
    tally(life.shielded, force, world, worlds, out, SHIELDED)
    for i in range(world.people):
        mark[0, i] = (life.favoured[i] != 0) & (file.scored[i] != 0)
    tally_same(mark[0], force, world, worlds, out, FAVOURED)
    tally_both(file.sanctioned, life.favoured, force, world, worlds, out, FAVOURED_SANCTIONED)


@kernel
def count_reasons(world, force, worlds, out):
    """What sanctions are for, which of them errors brought or spared, and who of them works."""
    file, life, mark = world.file, world.life, world.scratch.mark
    errs = force & (1 << SCHEME)
    if errs:
        for i in range(world.people):
            mark[SCHEME, i] = file.sanctioned[SCHEME, i] > file.sanctioned[NO_ERRORS, i]
        tally(mark, errs, world, worlds, out, BY_ERROR)
        for i in range(world.people):
            mark[SCHEME, i] = file.sanctioned[SCHEME, i] < file.sanctioned[NO_ERRORS, i]
        tally(mark, errs, world, worlds, out, SPARED)
    for w in range(worlds):
        if listed(force, w):
            eight = life.anatomy[w].view(np.uint64)
            for k in range(eight.size):
                if eight[k]:
                    for i in range(8 * k, min(world.people, 8 * k + 8)):
                        if life.anatomy[w, i]:
                            add(out[w, ANATOMY_0 + life.anatomy[w, i]], life.group, i, ONE)
            for i in range(world.people):
                mark[w, i] = (file.sanctioned[w, i] != 0) & (life.wage_fen[i] > 0)
    tally(mark, force, world, worlds, out, WORKERS)
    for w in range(worlds):
        if listed(force, w):
            for i in range(world.people):
                mark[w, i] = file.sanctioned[w, i] & life.employed[w, i]
    tally(mark, force, world, worlds, out, AT_WORK)


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
        elif truth != TRUE and truth != GROUNDLESS:
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
