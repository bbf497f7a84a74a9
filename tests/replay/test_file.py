"""File: who looks sees what they may, and the file is what the engine holds."""

import json
from dataclasses import replace

import numpy as np
import pytest

from demerit.columns import COLUMNS, FILE, NEVER, SCHEME, SHADOWS
from demerit.replay import recorded as replay
from demerit.replay.file import TRUTHS, VIEWS, Held, Known, view_of

OF_LABORATORY = {c.name for c in COLUMNS if c.lab} | {"truth", "did", "unable", "but_for"}
OF_LABORATORY |= {"score_without_points", *SHADOWS, *(t for t in TRUTHS if t != "true")}
MAY_SEE = {
    "citizen": {"public", "tier", "on_public_list"},
    "partner": {"tier", "sanctioned"},
    "subject": {"score_points", "tier", "sanctioned", "notices", "refusals"},
    "clerk": {"score_points", "tier", "sanctioned", "posted", "entries", "points_given"},
}


@pytest.fixture(scope="module")
def held(harsh_run):
    """The files of all people of the first block, and its columns after the last month."""
    recorded, _ = harsh_run
    people = recorded.plan.blocks[0].people
    files = [Known(recorded, row) for row in range(people)]
    last = {}

    def see(_block, world, month, _stage):
        if month < 0:
            return
        for each in files:
            each.look(world.file, month)
            each.see(world, month)
        for name in ("entry_held", "entry_false", "foreign_held", "score_points", "scored"):
            last[name] = getattr(world, name).copy()

    replay.live(recorded, [0], see)
    return files, last


@pytest.fixture(scope="module")
def someone(harsh_run, held):
    """Somebody under sanction who has a false entry, was told of one and was refused."""
    files, _ = held
    block = harsh_run[0].plan.blocks[0]
    return block.first + next(
        f.row for f in files
        if f.standing["sanctioned"] and f.notices and f.refusals
        and any(e["truth"] == "false" for e in f.entries.values())
    )  # fmt: skip


def test_the_entries_that_stand_are_those_that_the_engine_counts(held):
    files, last = held
    costly = [sum(e["points"] < 0 for e in f.entries.values()) for f in files]
    foreign = [sum(e["truth"] == "foreign" for e in f.entries.values()) for f in files]

    assert sum(costly) > 500
    assert last["entry_held"][SCHEME, : len(files)].tolist() == costly
    assert last["foreign_held"][SCHEME, : len(files)].tolist() == foreign


def test_points_are_those_of_the_entries_and_of_what_was_given(harsh_run, held):
    """Where the score never met nought or the cap."""
    recorded, _ = harsh_run
    files, last = held
    start, checked = recorded.plan.scheme_tables.start, 0
    months = recorded.plan.months
    for f in files:
        change = sum(e["points"] for e in f.entries.values())
        change += sum(g["points"] for g in f.given if g["month"] < months)
        gains = [e for e in f.entries.values() if e["points"] > 0]
        if last["scored"][f.row] and not gains and not f.given and start + change > 0:
            checked += 1
            assert start + change == last["score_points"][SCHEME, f.row]
    assert checked > 200


@pytest.mark.parametrize("who", MAY_SEE)
def test_a_view_holds_what_its_viewer_may_see_and_nothing_of_the_laboratory(
    harsh_run, someone, who
):
    found = view_of(harsh_run[0], someone, who)["file"]

    assert set(found) <= MAY_SEE[who]
    assert not OF_LABORATORY & set(names_in(found))
    assert "false" not in [x for x in texts_in(found) if isinstance(x, str)]


def names_in(node):
    """Every key of a document."""
    if isinstance(node, dict):
        yield from node
        for child in node.values():
            yield from names_in(child)
    elif isinstance(node, list):
        for child in node:
            yield from names_in(child)


def texts_in(node):
    """Every value of a document."""
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from texts_in(child)
    else:
        yield node


def test_a_clerk_sees_every_entry_and_a_subject_those_that_were_notified(harsh_run, someone):
    recorded, _ = harsh_run
    clerk, subject, laboratory = (
        view_of(recorded, someone, who)["file"] for who in ("clerk", "subject", "laboratory")
    )
    bare = [{k: e[k] for k in clerk["entries"][0]} for e in laboratory["entries"]]

    assert bare == clerk["entries"]
    assert 0 < len(subject["notices"]) <= len(clerk["entries"])
    assert {"false"} <= {e["truth"] for e in laboratory["entries"]}
    assert laboratory["but_for"] is not None


def test_a_false_entry_looks_to_the_clerk_as_a_true_one(harsh_run, held):
    """The truth of the ledger turned round, the file of everybody is the same."""
    recorded, _ = harsh_run
    plain, turned = ([Held(recorded, row) for row in range(300)] for _ in range(2))

    def see(_block, world, month, _stage):
        if month < 0:
            return
        for each in plain:
            each.look(world.file, month)
        kept = world.life.record_truth.copy()
        world.life.record_truth[:] = 4 - kept
        for each in turned:
            each.look(world.file, month)
        world.life.record_truth[:] = kept

    replay.live(recorded, [0], see, 3)
    one, other = (json.dumps([VIEWS["clerk"](f) for f in fs]) for fs in (plain, turned))

    assert one == other


def test_a_held_file_is_made_from_the_central_file_alone(harsh_run):
    recorded, _ = harsh_run
    seen = {}

    class Seen:
        """A file that remembers which of its columns were read."""

        def __init__(self, file):
            self.file = file

        def __getattr__(self, name):
            seen[name] = True
            return getattr(self.file, name)

    held = Held(recorded, 3)
    replay.live(
        recorded, [0],
        lambda _b, w, month, _s: held.look(Seen(w.file), month) if month >= 0 else None, 2,
    )  # fmt: skip

    assert set(seen) - {"seed", "first", "replicate"} <= set(FILE)


def test_who_was_given_notice_knows_the_own_score(harsh_run):
    recorded, _ = harsh_run
    files = [Held(recorded, row) for row in range(400)]
    told = []

    def see(_block, world, month, _stage):
        if month < 0:
            return
        for each in files:
            before = len(each.notices)
            each.look(world.file, month)
            if len(each.notices) > before and world.file.scored[each.row]:
                told.append(int(world.life.awareness[SCHEME, each.row]))

    replay.live(recorded, [0], see, 3)

    assert len(told) > 20
    assert {3} == set(told)


def test_a_partner_is_told_the_standing_alone(harsh_run, someone):
    assert {"tier": "D", "sanctioned": True} == view_of(harsh_run[0], someone, "partner")["file"]


def test_a_citizen_sees_a_standing_only_where_it_is_public(harsh_run, someone):
    recorded, _ = harsh_run
    tables = recorded.plan.scheme_tables
    secret = tables._replace(posted=np.zeros_like(tables.posted), visible=0)
    hidden = Held(replace(recorded, plan=replace(recorded.plan, scheme_tables=secret)), 0)
    hidden.standing = {"tier": "D", "posted": False}
    public = view_of(recorded, someone, "citizen")["file"]

    assert {"public": True, "tier": "D", "on_public_list": True} == public
    assert {"public": False} == VIEWS["citizen"](hidden)


def test_who_has_no_file_is_shown_none(harsh_run, held):
    _, last = held
    recorded, _ = harsh_run
    child = int(np.flatnonzero(last["scored"][: recorded.plan.blocks[0].people] == 0)[0])
    found = view_of(recorded, recorded.plan.blocks[0].first + child, "laboratory")

    assert found["has_file"] is False


def test_an_entry_says_until_when_it_stands(held):
    files, _ = held
    erased = {e["erased"] for f in files for e in f.entries.values()}

    assert {None} == erased  # this scheme keeps entries for ever
    assert NEVER not in erased
