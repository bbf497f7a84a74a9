"""Runs: names that cannot leave their folder, folders that are as written, what they say."""

import csv
import io
import json
import shutil

import numpy as np
import pytest
from explorer_asks import ASKED, SMALL, events_of

from demerit import comparison, comparison_storage, storage
from demerit.columns import SCHEME
from demerit.explorer import limits, looks
from demerit.explorer.faults import Refused
from demerit.explorer.shelf import Shelf
from demerit.measures import MEASURES
from demerit.trial import Request

ADDRESSES = [
    "", "/measures", "/months", "/anatomy", "/numbers", "/command", "/cite", "/scheme.toml",
    "/csv/measures", "/society", "/register", "/people/1", "/find?where=rural",
]  # fmt: skip
BAD = [
    "..", ".", "...", "%2e%2e", "%2e%2e%2fruns", "..%2f..%2fetc", "a%2fb", "a%5cb", "%00", "",
    "nothing", "nothing.partial", ".hidden", "-x", "a%0a", "%2fetc%2fpasswd", "x" * 300,
]  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_name_is_that_of_a_folder_here_and_nothing_else(client, run, name):
    for address in ADDRESSES:
        answer = client.get(f"/api/runs/{name}{address}", follow_redirects=False)

        assert answer.status_code in (404, 422, 307) or (name in ("", ".", "..", "%2e%2e"))
        assert "statement" not in answer.text


@pytest.mark.parametrize("name", ["../runs", "..", ".", "/etc", "a/b", "a\\b", "x\n", "", "a\x00b"])
def test_the_shelf_itself_takes_no_such_name(folder, run, name):
    with pytest.raises(Refused) as refused:
        Shelf(folder).path(name)
    assert refused.value.status == 404


def test_a_link_is_no_folder(folder, run, tmp_path):
    outside = tmp_path / "outside"
    shutil.copytree(folder / run, outside)
    (folder / "link").symlink_to(outside)
    try:
        with pytest.raises(Refused):
            Shelf(folder).path("link")
    finally:
        (folder / "link").unlink()


def test_a_run_with_a_link_in_it_is_not_read(folder, run, tmp_path):
    shelf = Shelf(tmp_path)
    shutil.copytree(folder / run, tmp_path / "one")
    (tmp_path / "secret").write_bytes((tmp_path / "one" / "run.json").read_bytes())
    (tmp_path / "one" / "run.json").unlink()
    (tmp_path / "one" / "run.json").symlink_to(tmp_path / "secret")

    with pytest.raises(Refused) as refused:
        shelf.document("one")
    assert refused.value.status == 409


def test_a_damaged_run_is_named_and_not_read(client, folder, run):
    shutil.copytree(folder / run, folder / "damaged")
    try:
        with (folder / "damaged" / "frames.parquet").open("r+b") as file:
            file.seek(2_000)
            file.write(b"\x00\x01")
        listed = client.get("/api/runs").json()

        assert [row["name"] for row in listed["damaged"]] == ["damaged"]
        assert "frames.parquet" in listed["damaged"][0]["why"]
        assert run in [row["name"] for row in listed["runs"]]
        for address in ADDRESSES:
            assert client.get(f"/api/runs/damaged{address}").status_code == 409
        assert client.get("/api/compare", params={"runs": f"{run},damaged"}).status_code == 409
    finally:
        shutil.rmtree(folder / "damaged")


def test_damage_after_it_was_opened_is_seen(client, folder, run):
    shutil.copytree(folder / run, folder / "later")
    try:
        assert client.get("/api/runs/later").status_code == 200
        text = (folder / "later" / "run.json").read_text()
        (folder / "later" / "run.json").write_text(text.replace('"seed": 1', '"seed": 2', 1))
        assert client.get("/api/runs/later").status_code == 409
    finally:
        shutil.rmtree(folder / "later")


def test_the_run_named_on_the_command_line_is_there_wherever_it_lies(folder, run, tmp_path):
    shelf = Shelf(tmp_path, folder / run)

    assert shelf.names() == [run]
    assert shelf.run(run)["seed"] == 1


def test_a_line_on_each_run(client, run):
    row = next(r for r in client.get("/api/runs").json()["runs"] if r["name"] == run)

    assert (row["kind"], row["people"], row["months"]) == ("run", 2_000, 6)
    assert (row["lives"], row["asked"]["changes"]) == (True, ASKED["changes"])


def test_the_head_says_what_the_run_is(client, folder, run):
    head = client.get(f"/api/runs/{run}").json()
    document, _, _ = storage.read(folder / run)

    assert head["digest"] == document["digest"]
    assert head["statement"].startswith("These people do not exist.")
    assert head["set"] == ["agencies.agency.*.false=x2"]
    assert "list" not in head["numbers"]
    assert head["limits"][0].startswith("Nothing about real people")


def test_measures_are_those_of_the_document(client, folder, run):
    document, _, _ = storage.read(folder / run)

    found = client.get(f"/api/runs/{run}/measures").json()["measures"]
    assert found == document["measures"]
    assert list(found) == list(MEASURES)


def test_months_add_up_to_the_measure(client, folder, run):
    _, frames, _ = storage.read(folder / run)
    asked = {"measures": "employment,score_retest", "group": "urban"}
    found = client.get(f"/api/runs/{run}/months", params=asked).json()
    document = client.get(f"/api/runs/{run}").json()
    groups = [g for names in document["groupings"].values() for g in names]
    at = groups.index("urban")

    employed, labour = (frames[name][SCHEME, :, at] for name in ("employed", "labour"))
    assert found["series"]["employment"]["with"] == pytest.approx(employed / labour)
    assert found["missing"] == ["score_retest"]
    assert len(found["months"]) == SMALL["months"]


@pytest.mark.parametrize(
    "query", ["measures=nothing", "measures=", "group=nobody", "measures=" + ",".join(MEASURES)]
)
def test_months_of_what_is_not_there_are_refused(client, run, query):
    assert client.get(f"/api/runs/{run}/months?{query}").status_code == 422


def test_anatomy_is_a_hundred_dots_of_what_was_counted(client, folder, run):
    document, frames, _ = storage.read(folder / run)
    found = client.get(f"/api/runs/{run}/anatomy").json()
    sanctioned = int(frames["sanctioned"][SCHEME, :, 0].sum())

    assert found["sanctioned_person_months"] == sanctioned > 0
    assert len(found["dots"]) == 100
    assert {k["key"]: k["dots"] for k in found["kinds"]} == {
        k["key"]: found["dots"].count(k["key"]) for k in found["kinds"]
    }
    assert found["kinds"][0]["key"] == "harm"
    assert found["kinds"][0]["share"] == pytest.approx(
        document["measures"]["sanction_anatomy"]["with"]
    )
    assert found["guess"]["answer"] == found["dots"].count("harm")


@pytest.mark.parametrize(
    ("low", "told", "ends"), [(None, "chance", (29, 34)), (0.1, "not known", (10, 81))]
)
def test_the_interval_of_a_guess_is_the_wider_one_where_there_is_one(low, told, ends):
    measure = {"low": low, "high": low and 0.805, "chance_low": 0.29, "chance_high": 0.331}
    found = looks.row("harm", {"harm": 31}, 100, {"harm": 31}, {"sanction_anatomy": measure})

    assert (found["interval"], (found["dots_low"], found["dots_high"])) == (told, ends)
    assert (found["chance_low"], found["low"]) == (0.29, low)


@pytest.mark.parametrize("ends", [(1.0, 1.0, 0.2, 0.4), (None, None, 1.0, 1.0)])
def test_an_interval_without_length_is_none(ends):
    measure = dict(zip(("low", "high", "chance_low", "chance_high"), ends, strict=True))
    found = looks.row("harm", {"harm": 31}, 31, {"harm": 100}, {"sanction_anatomy": measure})

    assert (found["interval"], found["dots_low"], found["dots_high"]) == (None, None, None)
    assert found["dots"] == 100


@pytest.mark.parametrize(("counted", "defined"), [(0, False), (1, False), (29, False), (30, True)])
def test_a_handful_is_not_told_as_a_hundred(client, folder, run, counted, defined):
    document, frames, _ = storage.read(folder / run)
    few = {key: np.zeros_like(array) for key, array in frames.items() if key.startswith("anatomy")}
    few["anatomy_error"][SCHEME, 0, 0] = counted
    found = looks.anatomy(document, few)

    assert found["defined"] is defined
    assert found["sanctioned_person_months"] == counted
    assert {k["key"]: k["count"] for k in found["kinds"]}["error"] == counted
    assert found["dots"] == (["error"] * 100 if defined else [])
    assert found["guess"]["answer"] == (0 if defined else None)
    if not defined:
        told = ("share", "low", "high", "chance_low", "chance_high", "dots", "interval", "dots_low")
        assert {kind[key] for kind in found["kinds"] for key in told} == {None}


def test_by_faith_only_what_rules_do_to_lawful_conduct_is_shown(client, run):
    groups = client.get(f"/api/runs/{run}").json()["groupings"]["faith"]
    for group in groups:
        asked = {"measures": "employment", "group": group}
        assert client.get(f"/api/runs/{run}/months", params=asked).status_code == 422


def test_numbers_can_be_read_part_by_part(client, run):
    whole = client.get(f"/api/runs/{run}/numbers", params={"limit": 1_000}).json()
    assumed = client.get(f"/api/runs/{run}/numbers", params={"basis": "assumed", "limit": 5}).json()
    false = [row for row in whole["rows"] if row["name"] == "agencies.agency.bank.false"]

    assert whole["total"] == len(whole["rows"])
    assert len(assumed["rows"]) == 5 < assumed["total"] < whole["total"]
    assert (false[0]["value"], false[0]["basis"]) == (0.0004, "assumed")
    assert "set for this run" in false[0]["why"]


def test_a_citation_names_the_run_its_command_and_its_sources(client, run):
    found = client.get(f"/api/runs/{run}/cite").json()
    head = client.get(f"/api/runs/{run}").json()

    assert run in found["text"]
    assert head["command"] in found["text"]
    assert found["sources"]
    assert 0 < found["assumed_share"] <= 1


@pytest.mark.parametrize(
    "chart", ["measures", "groups", "months", "anatomy", "numbers", "register"]
)
def test_a_table_says_first_that_nobody_in_it_exists(client, run, chart):
    answer = client.get(f"/api/runs/{run}/csv/{chart}")
    lines = answer.text.split("\r\n")
    about = [line for line in lines if line.startswith("#")]
    table = list(csv.reader(io.StringIO("\r\n".join(lines[len(about) :]), newline="")))

    assert lines[0].startswith("# These people do not exist.")
    assert any(line.startswith("# command: demerit run ") for line in about)
    assert any(line.startswith("# not shown: ") for line in about)
    assert len(table) > 1
    assert {len(row) for row in table} == {len(table[0])}
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f"{run}-{chart}.csv" in answer.headers["content-disposition"]


def test_every_chart_says_what_it_does_not_show(client):
    charts = client.get("/api/catalogue").json()["charts"]

    assert (
        set(charts)
        == set(limits.CHARTS)
        >= set(
            "anatomy four months measures society story file register compare lint levers".split()
        )
    )
    assert all(len(chart["not_shown"]) > len(limits.EVERY) for chart in charts.values())


def test_two_runs_stand_side_by_side(client, run):
    found = client.get("/api/compare", params={"runs": f"{run},{run}"}).json()

    assert found["same_people"]
    assert len(found["measures"]) == len(MEASURES)
    assert all(m["difference"] in (0, None) and not m["apart"] for m in found["measures"])
    table = client.get("/api/compare.csv", params={"runs": f"{run},{run}"}).text
    assert table.startswith("# These people do not exist.")
    assert client.get("/api/compare", params={"runs": run}).status_code == 422
    assert client.get("/api/compare", params={"runs": ",".join([run] * 5)}).status_code == 422
    assert client.get("/api/compare", params={"runs": f"{run},nothing"}).status_code == 404


def test_a_comparison_is_listed_and_shows_its_schemes(client, folder, run):
    keys = ("suining", "none")
    made = comparison.run([Request(key, people=2_000, months=2, quick=True) for key in keys])
    comparison_storage.write(made, folder / "both")
    try:
        row = next(r for r in client.get("/api/runs").json()["runs"] if r["name"] == "both")
        found = client.get("/api/compare", params={"runs": "both"}).json()

        assert (row["kind"], row["schemes"], row["lives"]) == ("comparison", list(keys), False)
        assert [head["scheme"] for head in found["runs"]] == list(keys)
        assert client.get("/api/runs/both").status_code == 409
        assert client.get("/api/runs/both/society").status_code == 409
        employment = next(m for m in found["measures"] if m["key"] == "employment")
        told = made.document["measures"]["employment"]["by_scheme"]
        assert [side["with"] for side in employment["sides"]] == [told[k]["with"] for k in keys]
    finally:
        shutil.rmtree(folder / "both")


def test_a_run_of_another_version_has_no_lives_to_show(client, folder, run):
    document = storage.read_document(folder / run)
    shutil.copytree(folder / run, folder / "old")
    document["versions"]["demerit"] = "0.0.1"
    (folder / "old" / "run.json").write_text(json.dumps(document))
    (folder / "old" / storage.MANIFEST).unlink()
    (folder / "old" / storage.MANIFEST).write_text(storage.manifest(folder / "old"))
    try:
        head = client.get("/api/runs/old").json()
        answer = client.get("/api/runs/old/society")

        assert not head["lives"]
        assert "0.0.1" in head["why_not"]
        assert answer.status_code == 409
        assert "run it again" in answer.json()["error"]["mend"]
        assert client.get("/api/runs/old/measures").status_code == 200
    finally:
        shutil.rmtree(folder / "old")


def test_half_of_what_is_kept_open_is_closed_again(tmp_path):
    shelf = Shelf(tmp_path)
    for k in range(100):
        assert np.array_equal(shelf.kept("counts", k, lambda k=k: np.array([k])), [k])

    assert list(shelf.open["counts"]) == [97, 98, 99]
    assert shelf.gates == {}


@pytest.mark.parametrize("worlds", [2, 3])
def test_the_world_without_errors_is_told_of_where_it_was_lived(client, run, worlds):
    if worlds == 3:
        asked = ASKED | {"worlds": 3, "months": 3}
        job = client.post("/api/jobs", json=asked).json()["job"]
        run = events_of(client, job)[-1][1]["run"]
    keys = {"measures": "employment,error_sanction_share"}
    series = client.get(f"/api/runs/{run}/months", params=keys).json()["series"]
    measures = client.get(f"/api/runs/{run}/measures").json()["measures"]
    head = client.get(f"/api/runs/{run}").json()

    assert head["worlds"] == ["law", "scheme", "no_errors"][:worlds]
    assert ("--worlds law,scheme" in head["command"]) == (worlds == 2)
    assert (measures["employment"]["no_errors"] is not None) == (worlds == 3)
    assert all((x is not None) == (worlds == 3) for x in series["employment"]["no_errors"])
    assert all(x is not None for x in series["employment"]["with"])
    assert (measures["error_sanction_share"]["with"] is not None) == (worlds == 3)
