"""Laws: what must hold for every scheme and every measure."""

import random

import numpy as np
import pytest

from demerit import climate as cl
from demerit import run
from demerit import scheme as schemes
from demerit.columns import BLOCK, COLUMNS, FILE, LAW, NO_ERRORS, SCHEME, TRUE, WORLDS
from demerit.contrast import values
from demerit.measures import MEASURES
from demerit.society.people import GROUPINGS

SCHEMES = [key for key in schemes.keys() if key != "none"]
ALL = 0  # row of the frames' group axis
# Counted by the world that they are in, or against another: not alike in law and scheme.
AGAINST_LAW = {"displaced", "placed"}


@pytest.fixture(scope="module")
def counts(make_plan, harsh):
    """A run of every scheme; `suining` with rates at which everything happens."""
    made = {key: make_plan(key, people=6_000, months=6) for key in schemes.keys()}
    made["harsh"] = make_plan("suining", people=6_000, months=6, values=harsh)
    return {key: run.simulate(plan, 1, months_before=3) for key, plan in made.items()}


def frame(found, name, world=SCHEME):
    """A counter (month, group)."""
    return found.frames[world, :, found.counters.index(name)]


def test_twins_without_a_scheme_on_both_sides_differ_nowhere(counts):
    none = counts["none"]
    for world in (SCHEME, NO_ERRORS):
        differ = [
            name for k, name in enumerate(none.counters)
            if not np.array_equal(none.frames[LAW, :, k], none.frames[world, :, k])
        ]  # fmt: skip
        assert [] == differ
        for array in none.climate.values():
            assert np.array_equal(array[:, LAW], array[:, world])


def test_without_a_scheme_nobody_is_scored_recorded_or_sanctioned(counts):
    for name in ("scored", "entries", "sanctioned", "posted", "appeals", "chilled", "deterred",
                 "refused_job", "aware_heard"):  # fmt: skip
        assert 0 == frame(counts["none"], name).sum(), name


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_the_world_of_ordinary_law_does_not_depend_on_the_scheme(counts, key):
    """Of people; firms are lived only where a scheme has a part on them."""
    other = counts["none"]
    differ = [
        name for k, name in enumerate(other.counters)
        if name != "scored" and not name.startswith("firm")
        and not np.array_equal(other.frames[LAW, :, k], counts[key].frames[LAW, :, k])
    ]  # fmt: skip

    assert [] == differ
    for name, array in other.climate.items():
        assert np.array_equal(array[:, LAW], counts[key].climate[name][:, LAW]), name


@pytest.mark.parametrize("name", MEASURES)
def test_no_scheme_no_effect(counts, name):
    effect = values(MEASURES[name], counts["none"].folds.sum(axis=0), counts["none"].counters)

    assert np.all((effect["effect"] == 0) | np.isnan(effect["effect"]))


@pytest.mark.parametrize("name", [k for k, m in MEASURES.items() if m.unit == "share"])
@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_a_share_lies_between_nought_and_one(counts, key, name):
    found = values(MEASURES[name], counts[key].folds.sum(axis=0), counts[key].counters)
    for side in ("with", "without", "no_errors"):
        defined = found[side][~np.isnan(found[side])]

        assert np.all((defined >= 0) & (defined <= 1)), side


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_without_errors_nobody_is_wronged(counts, key):
    """But for what a rule presumes of people (a ground): that is no error of a record."""
    found = counts[key]
    entries = sum(frame(found, "entries_groundless", world).sum() for world in (SCHEME, NO_ERRORS))
    wrongs = ("sanctioned_wrongly", "corrected") if entries == 0 else ()
    private = ("lowered", "private_refused_wrongly")
    for name in ("false", "received", "anatomy_error", *private, *wrongs):
        names = [c for c in found.counters if c == name or c.startswith(f"{name}_")]

        assert 0 == sum(frame(found, c, NO_ERRORS).sum() for c in names)


def test_with_errors_somebody_is(counts):
    assert frame(counts["harsh"], "sanctioned_wrongly")[:, ALL].sum() > 0


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
@pytest.mark.parametrize("world", [SCHEME, NO_ERRORS])
def test_the_anatomy_of_sanctions_adds_up_to_them(counts, key, world):
    found = counts[key]
    parts = sum(frame(found, c, world) for c in found.counters if c.startswith("anatomy_"))

    assert np.array_equal(frame(found, "sanctioned", world), parts)


@pytest.mark.parametrize("key", [*schemes.keys(), "harsh"])
def test_groups_of_each_grouping_add_up_to_all(counts, key):
    row = 0
    for names in GROUPINGS.values():
        inside = counts[key].frames[..., row : row + len(names)].sum(axis=-1)
        row += len(names)

        assert np.array_equal(counts[key].frames[..., ALL], inside)


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_parts_are_not_more_than_the_whole(counts, key):
    found = counts[key]
    pairs = [("sanctioned", "scored"), ("sanctioned_wrongly", "sanctioned"), ("scored", "people"),
             ("employed", "labour"), ("unpaid_unable", "due"), ("missed", "deserving"),
             ("aware_score", "aware_rules"), ("aware_rules", "aware_heard"),
             ("sanctioned_by_error", "sanctioned"), ("corrected", "appeals"),
             ("refused_job", "asked_job"), ("granted_job", "asked_job"),
             ("wrongly_job", "refused_job"), ("deed_petition", "people"),
             ("customers", "people"), ("private_refused_wrongly", "private_refused"),
             ("lowered_issuer_1", "accounts_issuer_1"),
             ("private_pairs_same", "private_pairs")]  # fmt: skip
    for world in range(len(WORLDS)):
        for part, whole in pairs:
            assert np.all(frame(found, part, world) <= frame(found, whole, world)), (part, whole)


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_tiers_and_scores_cover_those_who_are_scored(counts, key):
    found = counts[key]
    tiers = sum(frame(found, f"tier_{k}") for k in range(4))

    assert np.array_equal(frame(found, "scored"), tiers)
    spec = schemes.load("suining" if key == "harsh" else key).spec
    cap = spec["score"]["cap"]["value"] if "score" in spec else 0  # the state scores nobody
    assert np.all(frame(found, "score_sum") <= cap * frame(found, "scored"))


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_deeds_withheld_are_few_and_withheld_by_fear_alone(counts, key):
    found = counts[key]
    withheld = [c for c in found.counters if c.startswith("withheld_")]
    for c in withheld:
        deed = c.removeprefix("withheld_")
        wanted = frame(found, f"deed_{deed}") + frame(found, c)

        assert frame(found, c)[:, ALL].sum() <= wanted[:, ALL].sum() / 2, deed
        assert 0 == frame(found, c, LAW).sum()


@pytest.mark.parametrize("key", [*SCHEMES, "harsh"])
def test_jobs_taken_and_lost_are_the_gap_in_employment(counts, key):
    found = counts[key]
    gap = frame(found, "employed", LAW) - frame(found, "employed")

    assert np.array_equal(gap, frame(found, "displaced") - frame(found, "placed"))


# The same digest whatever the threads and the order.


@pytest.fixture(scope="module")
def digest(make_plan, harsh):
    def of(threads=1, order=None, **given):
        plan = make_plan("suining", people=9_000, months=3, values=harsh, **given)
        found = run.simulate(plan, threads, order=order, months_before=1)
        return found.digest(), found

    return of


@pytest.fixture(scope="module")
def first(digest):
    return digest()[0]


def test_a_run_again_has_the_same_digest(digest, first):
    assert first == digest()[0]


def test_two_threads_run_blocks_and_give_the_same_digest(digest, first):
    found, counts = digest(threads=2)

    assert 2 == len(counts.threads_used)
    assert first == found


def test_the_order_of_blocks_does_not_matter(digest, first, make_plan):
    folds = min(run.FOLDS, len(make_plan(people=9_000).blocks))
    order = random.Random(1).sample(range(folds), folds)

    assert order != sorted(order)
    assert first == digest(threads=2, order=order)[0]


def test_another_seed_has_another_digest(digest, first):
    assert first != digest(seed=2)[0]


def test_another_replicate_has_the_same_people_and_another_luck(make_plan, harsh, first):
    from dataclasses import replace

    plan = make_plan("suining", people=9_000, months=3, values=harsh)
    found = run.simulate(replace(plan, replicate=1), 1, months_before=1)
    again = run.simulate(plan, 1, months_before=1)

    assert first == again.digest() != found.digest()
    for name in ("people", "scored", "labour"):
        assert np.array_equal(frame(again, name, LAW), frame(found, name, LAW))


def test_the_digest_tells_one_changed_count(counts):
    found = counts["harsh"]
    before = found.digest()
    found.frames[1, 2, 3, 4] += 1
    after = found.digest()
    found.frames[1, 2, 3, 4] -= 1

    assert before == found.digest() != after


def test_folds_add_up_to_the_months_in_which_the_scheme_stood(counts):
    for found in counts.values():
        assert np.array_equal(found.folds.sum(0), found.frames[:, : found.window].sum(1))


# A stronger agency, the same deeds.


def ledger(block, world=SCHEME):
    """Records of this month as a sorted list of (doer, deed, serial)."""
    rows = slice(int(block.file.record_new[world]), int(block.file.record_total[world]))
    return sorted(zip(*(block.column(f"record_{c}")[world, rows].tolist()
                        for c in ("doer", "deed", "serial")), strict=True))  # fmt: skip


def test_a_stronger_agency_only_adds_records(eventful):
    before = eventful.block().call("live", "behave")
    weak, strong = before.copy(), before.copy()
    for block in (weak, strong):  # a lasting state is found once an interval: leave those out
        block.life.found_month[:] = -20_000
    weak.society.watch_seen_32[:] = weak.society.watch_seen_32 // 3
    few, many = ledger(weak.call("observe")), ledger(strong.call("observe"))

    assert 0 < len(few) < len(many)
    assert set(few) <= set(many)


def test_an_agency_that_sees_nothing_and_errs_never_writes_nothing(eventful):
    block = eventful.block().call("live", "behave")
    block.society.watch_seen_32[:] = 0
    block.society.watch_false_32[:] = 0
    block.climate.name_in_32[:] = block.climate.name_in_32 * 0
    block.call("observe")

    assert [] == ledger(block)


def test_every_true_record_has_a_deed_behind_it(eventful):
    block = eventful.block().call("live", "behave", "observe")
    for world in (SCHEME, NO_ERRORS):
        rows = range(int(block.file.record_new[world]), int(block.file.record_total[world]))
        truth = [int(block.life.record_truth[world, r]) for r in rows]
        done = [
            int(block.life.deed_count[world, block.file.record_deed[world, r],
                                      block.life.record_doer[world, r]])
            for r in rows
        ]  # fmt: skip
        assert all(count > 0 for count, kind in zip(done, truth, strict=True) if kind == TRUE)
    assert {TRUE} == set(truth)  # the world without errors


def test_records_of_namesakes_elsewhere_come_in_as_often_as_they_leave(make_plan, stop, harsh):
    """A month later, within four standard errors of so many."""
    stopped = stop(make_plan(people=8_000, values=harsh, file_share_32=1 << 32))
    left, came = [], []
    for _ in range(6):
        counts = stopped.live()[SCHEME, :, ALL]
        by = {
            what: sum(counts[k] for k, c in enumerate(stopped.steps.counters)
                      if c.startswith(f"{what}_"))
            for what in ("sent", "received")
        }  # fmt: skip
        left.append(int(stopped.steps.shared.sum(axis=0)[SCHEME, :, cl.OUT :].sum()))
        # Sent less left are those on another of the block, who received as many.
        came.append(int(by["received"] - (by["sent"] - left[-1])))

    assert 0 == came[0]
    assert sum(left[:-1]) > 1_000
    assert sum(left[:-1]) == pytest.approx(sum(came), abs=4 * np.sqrt(2 * sum(came)))


# The scheme does not know the truth.

LAB = [column for column in COLUMNS if column.lab]


def shuffle(block, seed=1):
    """Deal every column of the laboratory anew, among people and among records."""
    source = np.random.default_rng(seed)
    people = source.permutation(block.people)
    for column in LAB:
        array = block.column(column.name)
        if column.axes[-1] == "person":
            array[..., : block.people] = array[..., people]
        elif column.axes[-1] == "record":
            for world in range(len(WORLDS)):
                total = int(block.file.record_total[world])
                array[world, :total] = array[world, source.permutation(total)]


def before(block, stage):
    """The block as it stands just before this stage."""
    order = ("live", "behave", "observe", "link", "score", "audit", "knock", "grant")
    return block.call(*order[: order.index(stage)])


def file_of(block):
    """All that the central file holds, as bytes."""
    return {name: block.column(name).tobytes() for name in FILE}


def differing(one, other):
    mine, theirs = file_of(one), file_of(other)
    return [name for name in FILE if mine[name] != theirs[name]]


@pytest.mark.parametrize("stage", ["link", "score", "grant"])
def test_what_the_scheme_writes_does_not_depend_on_the_truth(eventful, stage):
    straight = before(eventful.block(), stage)
    dealt = straight.copy()
    shuffle(dealt)
    moved = [c.name for c in LAB
             if dealt.column(c.name).tobytes() != straight.column(c.name).tobytes()]  # fmt: skip
    untouched = straight.copy()
    straight.call(stage)
    dealt.call(stage)

    assert {"record_truth", "record_doer", "trait", "deed_count", "wrongful"} <= set(moved)
    assert [] != differing(untouched, straight)  # the stage does something here
    assert [] == differing(straight, dealt)


def peek_at_link(block):
    """Link, but records that the laboratory knows to be false are lost."""
    block.call("link")
    false = block.life.record_truth != TRUE
    block.file.record_due[false] = -1


def peek_at_score(block):
    """Score, but the honest are let off."""
    block.call("score")
    honest = block.life.trait[0] > 0
    block.file.score_points[:, honest] = 1000


def peek_at_grant(block):
    """Grant, but who is wrongly sanctioned is let in."""
    block.call("grant")
    wronged = block.life.deed_count.any(axis=(0, 1))
    block.file.refused[:, :, wronged] = 0
    block.file.granted[:, :, wronged] = block.file.asked[:, :, wronged]


@pytest.mark.parametrize(
    ("stage", "peek"),
    [("link", peek_at_link), ("score", peek_at_score), ("grant", peek_at_grant)],
)
def test_one_planted_read_of_the_truth_is_found_out(eventful, stage, peek):
    straight = before(eventful.block(), stage)
    dealt = straight.copy()
    shuffle(dealt)
    peek(straight)
    peek(dealt)

    assert [] != differing(straight, dealt)


def test_a_block_is_never_longer_than_its_columns(make_plan):
    assert max(b.people for b in make_plan(people=9_000).blocks) <= BLOCK
