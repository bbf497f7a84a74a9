"""Subjects: files of firms and officials are what the engine holds, and each sees what they may."""

import json
from dataclasses import replace

import numpy as np
import pytest

from demerit import facts, run
from demerit.columns import COLUMNS, FILE, FIRM_DEEDS, SCHEME
from demerit.facts import InputError
from demerit.replay import recorded as replay
from demerit.replay.recorded import Recorded, months_of
from demerit.replay.register import KINDS, why_none
from demerit.replay.subjects import VIEWS, HeldFirm, HeldOffice, KnownFirm, KnownOffice, view_of

HARSH = {
    "firms.owner.share": 0.5, "national.firms.rating_months": 3,
    "firms.deed.wages_withheld.rate": 0.1, "firms.deed.wages_withheld.seen": 0.9,
    **{f"firms.agency.{key}.false": 0.1 for key in facts.read("firms.toml")["agency"]},
    "household.work.official_share": 0.5, "national.officials.for_sale": 1.0,
    "national.officials.settle": 0.5, "national.officials.inspect": 0.2,
    "national.officials.accuse": 0.3, "deeds.deed.criticism.rate": 0.1,
}  # fmt: skip
MONTHS = 5
LABORATORY = {
    "wrongful", "grade_without_false_entries", "done_this_month", "sector", "size", "staff", "cash",
    "owed", "true_count", "for_sale", "points_without_wrong_discipline", "sold_this_month",
    "dropped_this_month", "account_settled_with", "truth",
}  # fmt: skip
STANDING = {"grade", "on_blacklist", "until_month", "points_since_rating"}
OFFICE = {"holds_office", "office_points", "grade"}
MAY_SEE = {
    ("firm", "citizen"): {"public", "grade", "on_public_list"},
    ("firm", "partner"): {"grade", "on_blacklist"},
    ("firm", "subject"): STANDING | {"refusals", "listed_for"},
    ("firm", "clerk"): STANDING | {"entries", "listed_for"},
    ("official", "citizen"): {"public"} | OFFICE,
    ("official", "partner"): {"holds_office"},
    ("official", "subject"): OFFICE | {"measures"},
    ("official", "clerk"): OFFICE | {"measures"},
}


@pytest.fixture(scope="module")
def nation(make_plan):
    """A small run of the national scheme, its firms and officials busy: (recorded, frames)."""
    plan = make_plan("national", people=2_500, months=MONTHS, values=HARSH)
    counts = run.simulate(plan, 1)
    climate = {name: np.moveaxis(array, 0, 1) for name, array in counts.climate.items()}
    deeds, agencies = facts.read("deeds.toml")["deed"], facts.read("agencies.toml")["agency"]
    recorded = Recorded({"run": "nation"}, plan, months_of(climate), deeds, list(agencies))
    return recorded, {name: counts.frames[:, :, k] for k, name in enumerate(counts.counters)}


@pytest.fixture(scope="module")
def held(nation):
    """Files of all firms and officials of the first block, and its columns after each month."""
    recorded, _ = nation
    people = recorded.plan.blocks[0].people
    firms = [KnownFirm(recorded, row) for row in range(people)]
    officials = [KnownOffice(recorded, row) for row in range(people)]
    columns = ("firm_total", "firm_owner", "firm_points", "firm_grade", "firm_open", "desk_person",
               "desk_points", "desk_disciplined", "desk_gone", "desk_total")  # fmt: skip
    months = []

    def see(_block, world, month, _stage):
        if month < 0:
            return
        for each in firms:
            each.look(world.file, month)
            each.see(world, month)
        for each in officials:
            each.look(world.life, month)
            each.see(world, month)
        months.append({name: getattr(world, name).copy() for name in columns})
        months[-1]["entries"] = [
            sum(e["points"] * e["count"] for e in f.entries) for f in firms
        ]  # fmt: skip

    replay.live(recorded, [0], see)
    return firms, officials, months


@pytest.fixture(scope="module")
def some(nation, held):
    """A firm that has a false entry on its file, and an official disciplined wrongly."""
    firms, officials, _ = held
    first = nation[0].plan.blocks[0].first
    firm = next(
        f.owner for f in firms if any(e["true_count"] < e["count"] for e in f.entries)
    )  # fmt: skip
    official = next(o.row for o in officials if any(m["truth"] == "wrongly" for m in o.measures))
    return {"firm": first + firm, "official": first + official}


def test_the_entries_of_a_firm_add_up_to_the_points_that_the_engine_holds(held):
    _, _, months = held
    checked = 0
    for now in months:
        for k in range(int(now["firm_total"][0])):
            if now["firm_open"][SCHEME, k]:
                points = now["entries"][now["firm_owner"][k]]
                checked += points != 0
                assert now["firm_points"][SCHEME, k] == points
    assert checked > 20


def test_an_official_is_followed_from_desk_to_discipline(held):
    _, officials, months = held
    found = [(o.row, m["month"], m["office_lost"], m["truth"]) for o in officials
             for m in o.measures]  # fmt: skip
    expected = [
        (int(now["desk_gone"][SCHEME, d] or now["desk_person"][SCHEME, d]) - 1, month,
         bool(now["desk_gone"][SCHEME, d]), ("for what was done", "wrongly")[how - 1])
        for month, now in enumerate(months) for d, how in enumerate(now["desk_disciplined"][SCHEME])
        if how
    ]  # fmt: skip

    assert len(expected) > 5
    assert sorted(expected) == sorted(found)
    assert {True, False} == {lost for _, _, lost, _ in found}


def test_a_firm_on_the_blacklist_is_told_for_what(nation, held):
    """And of no other is anything kept for which it would be listed."""
    firms, _, _ = held
    listed = [f for f in firms if f.standing.get("on_blacklist")]
    lists = nation[0].plan.scheme_tables.firm_lists

    assert len(listed) > 2
    assert all(f.listed_for for f in listed)
    assert all(lists[FIRM_DEEDS.index(e["deed"])] for f in listed for e in f.listed_for)
    assert not [f for f in firms if f.listed_for and f not in listed]


@pytest.mark.parametrize(("kind", "who"), MAY_SEE)
def test_a_view_holds_what_its_viewer_may_see_and_nothing_of_the_laboratory(
    nation, some, kind, who
):
    found = view_of(nation[0], kind, some[kind], who)["file"]
    text = json.dumps(found)

    assert set(found) <= MAY_SEE[kind, who]
    assert not [name for name in LABORATORY if f'"{name}"' in text]
    assert "wrongly" not in text


@pytest.mark.parametrize("kind", VIEWS)
def test_the_laboratory_sees_what_the_clerk_sees_and_the_truth(nation, some, kind):
    clerk, laboratory = (
        view_of(nation[0], kind, some[kind], who)["file"] for who in ("clerk", "laboratory")
    )
    rows = {"firm": "entries", "official": "measures"}[kind]
    bare = [{k: row[k] for k in clerk[rows][0]} for row in laboratory[rows]]

    assert clerk[rows] == bare
    assert set(clerk) < set(laboratory) | {"x"}
    told = [row.get("truth", row.get("true_count")) for row in laboratory[rows]]
    assert "wrongly" in told or min(told) == 0


def test_a_held_file_is_made_from_what_the_authority_knows(nation):
    """Of the file of the block for firms; of its desks what no column of the laboratory holds."""
    recorded, _ = nation
    seen = set()

    class Seen:
        """A record that remembers which of its columns were read."""

        def __init__(self, record):
            self.record = record

        def __getattr__(self, name):
            seen.add(name)
            return getattr(self.record, name)

    block = recorded.plan.blocks[0]
    firms = [HeldFirm(recorded, row) for row in range(0, block.people, 7)]
    offices = [HeldOffice(recorded, row) for row in range(0, block.people, 7)]

    def see(_block, world, month, _stage):
        if month >= 0:
            for firm, office in zip(firms, offices, strict=True):
                firm.look(Seen(world.file), month)
                office.look(Seen(world.life), month)

    replay.live(recorded, [0], see, 2)
    lab = {c.name for c in COLUMNS if c.lab}

    assert {"firm_points", "firm_grade"} <= {name for name in seen if name.startswith("firm")}
    assert {name for name in seen if name.startswith("firm")} <= set(FILE)
    assert not lab & seen


def test_discipline_looks_to_the_clerk_the_same_whether_it_is_right_or_wrong(nation):
    recorded, _ = nation
    block = recorded.plan.blocks[0]
    plain, turned = ([HeldOffice(recorded, r) for r in range(block.people)] for _ in range(2))

    def see(_block, world, month, _stage):
        if month < 0:
            return
        for each in plain:
            each.look(world.life, month)
        kept = world.life.desk_disciplined.copy()
        world.life.desk_disciplined[:] = np.where(kept > 0, 3 - kept, 0)
        for each in turned:
            each.look(world.life, month)
        world.life.desk_disciplined[:] = kept

    replay.live(recorded, [0], see)
    one, other = (json.dumps([VIEWS["official"]["clerk"](o) for o in os]) for os in (plain, turned))

    assert '"office_lost"' in one
    assert one == other


def test_a_citizen_sees_a_grade_only_where_the_database_is_open_or_on_the_blacklist(nation, some):
    recorded, _ = nation
    hidden = replace(
        recorded,
        plan=replace(recorded.plan, scheme_tables=recorded.plan.scheme_tables._replace(visible=0)),
    )
    firm, office = HeldFirm(hidden, 0), HeldOffice(hidden, 0)
    firm.standing = {"grade": "C", "on_blacklist": False}
    office.standing = {"holds_office": True, "office_points": 750}

    assert {"public": False} == VIEWS["firm"]["citizen"](firm)
    firm.standing["on_blacklist"] = True
    assert {"public": True, "grade": "C", "on_public_list": True} == VIEWS["firm"]["citizen"](firm)
    assert {"public": True, "holds_office": True} == VIEWS["official"]["citizen"](office)
    assert view_of(recorded, "firm", some["firm"], "citizen")["file"]["public"] is True


def test_the_register_of_firms_is_the_blacklist(nation):
    recorded, frames = nation
    rows = KINDS["firm"](recorded, frames, MONTHS - 1, 1)
    of_file = [view_of(recorded, "firm", row["firm"], "clerk")["file"] for row in rows[:3]]

    assert len(rows) > 3
    assert [(r["grade"], r["until"]) for r in rows[:3]] == [
        (f["grade"], f["until_month"]) for f in of_file
    ]
    assert all(0 <= row["since"] < MONTHS <= row["until"] for row in rows)
    assert frames["firms_lowest"][SCHEME, MONTHS - 1, 0] >= len(rows)


def test_the_register_of_officials_has_all_who_hold_an_office(nation):
    recorded, frames = nation
    rows = KINDS["official"](recorded, frames, 0, 1)
    later = KINDS["official"](recorded, frames, MONTHS - 1, 1)

    assert len({row["official"] for row in rows}) == len(rows) > 5
    assert {0} == {row["since"] for row in rows}
    assert max(row["since"] for row in later) > 0
    assert "office" in why_none(recorded, 0, "official")


@pytest.mark.parametrize("kind", VIEWS)
def test_where_there_are_no_such_subjects_it_says_so_and_where_they_are_it_names_some(
    nation, harsh_run, kind
):
    recorded, _ = nation
    with pytest.raises(InputError, match="does not score") as none:
        view_of(harsh_run[0], kind, harsh_run[0].plan.blocks[0].first, "clerk")
    assert "person" in str(none.value)
    first = recorded.plan.blocks[0].first
    child = first + 1
    with pytest.raises(InputError, match=f"{kind}:{child}") as wrong:
        view_of(recorded, kind, child, "clerk", 1)
    offered = [
        int(word.strip(",.")) for word in str(wrong.value).split() if word[:2] == str(first)[:2]
    ]
    assert any(
        view_of(recorded, kind, number, "clerk", 1)["has_file"]
        for number in offered if number != child
    )  # fmt: skip
