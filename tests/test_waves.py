"""Waves: schemes begin one after another, place by place, and nowhere else."""

import html
import shutil
from dataclasses import replace

import numpy as np
import pytest
from calendars import rollout
from pyarrow import parquet

from demerit import rollout_storage, run, storage, trial
from demerit import scheme as schemes
from demerit.columns import LAW, SCHEME, WORLDS
from demerit.facts import InputError

ALL = 0  # row of the frames' group axis


@pytest.fixture(scope="module")
def live(china):
    """A run of a calendar, or of a scheme of the nation."""

    def lived(scheme, people=8_000, months=6, values=None, threads=1, order=None, before=3):
        if isinstance(scheme, str):
            loaded = schemes.load(scheme, values)
            scheme = replace(loaded, spec=loaded.spec | {"scope": "nation"})
        made = run.plan(scheme, china, months, 1, people=people, values=values)
        return run.simulate(made, threads, months_before=before, order=order)

    return lived


def of_cohort(found, cohort, name, world=SCHEME):
    """A counter of a cohort (month,)."""
    return found.apart.cohorts[cohort, world, :, found.counters.index(name)]


def cohort_of(found, *waves):
    """The row of the cohort that has these waves of the state's."""
    return [c.state for c in found.apart.calendar.cohorts].index(waves)


# ---- one wave everywhere is the scheme itself


@pytest.mark.parametrize("key", ["suining", "national", "eight-firms", "nosedive"])
def test_one_wave_everywhere_from_month_0_is_the_scheme_bit_for_bit(live, key):
    alone, wave = live(key), live(rollout((key, 0, "all")))

    assert np.array_equal(alone.frames, wave.frames)
    for name, array in alone.climate.items():
        assert np.all(array.T == wave.climate[name].T), name


def test_a_later_wave_does_from_its_month_on_what_an_earlier_did(live):
    """Not the same lives, as luck is of the calendar month; the same files, open as long."""
    found = live(rollout(("suining", 3, "all")), months=6)

    assert not found.frames[SCHEME, :3, found.counters.index("scored")].any()
    assert found.frames[SCHEME, 3:, found.counters.index("scored"), ALL].all()
    for name in ("entries", "sanctioned", "aware_heard"):
        assert 0 == found.frames[SCHEME, :3, found.counters.index(name)].sum(), name
    assert found.frames[SCHEME, 3, found.counters.index("entries"), ALL] > 0
    score, scored = (
        found.frames[SCHEME, 3, found.counters.index(k), ALL] for k in ("score_sum", "scored")
    )
    assert 900 * scored < score <= 1000 * scored


# ---- places that wait


@pytest.fixture(scope="module")
def harsh_half(live, harsh):
    """Half of the places under harsh rules from month 2 on, spill-over off and on."""
    return {
        spill: live(rollout(("suining", 2, 0.5), spill=spill, values=harsh), months=8, values=harsh)
        for spill in (0.0, 0.5)
    }


def test_places_that_wait_live_as_under_ordinary_law_where_nothing_spills_over(harsh_half):
    found = harsh_half[0.0]
    waiting, pilots = cohort_of(found), cohort_of(found, 0)
    apart = ("record_", "received_", "sent_", "false_")  # what agencies write down all the same
    names = [k for k, name in enumerate(found.counters) if not name.startswith(apart)]
    counts = found.apart.cohorts[:, :, :, names]

    assert np.array_equal(counts[waiting, LAW], counts[waiting, SCHEME])
    assert np.array_equal(counts[pilots, LAW, :2], counts[pilots, SCHEME, :2])
    assert not np.array_equal(counts[pilots, LAW, 2:], counts[pilots, SCHEME, 2:])
    assert of_cohort(found, pilots, "sanctioned").any()


def test_agencies_write_down_the_same_before_and_where_people_wait(harsh_half):
    found = harsh_half[0.0]
    for cohort in (cohort_of(found), cohort_of(found, 0)):
        recorded = of_cohort(found, cohort, "record_traffic_offence")

        assert recorded.all()
        assert 0 == of_cohort(found, cohort, "entries")[:2].sum()
    assert 0 == of_cohort(found, cohort_of(found), "entries").sum()


def test_what_spills_over_reaches_the_places_that_wait(harsh_half):
    found = harsh_half[0.5]
    waiting = cohort_of(found)
    counts = found.apart.cohorts[waiting]
    granted = found.counters.index("granted_job")

    # A month is made of the counts of the one before: month 0 knows of no other place.
    assert np.array_equal(counts[LAW, :1], harsh_half[0.0].apart.cohorts[waiting, LAW, :1])
    assert np.any(counts[LAW, :, granted] != counts[SCHEME, :, granted])
    assert 0 == of_cohort(found, waiting, "sanctioned").sum()


def test_the_order_of_folds_and_the_threads_do_not_matter(live, harsh_half, harsh):
    one = harsh_half[0.5]
    folds = one.folds.shape[0]
    scheme = rollout(("suining", 2, 0.5), spill=0.5, values=harsh)
    other = live(scheme, months=8, values=harsh, threads=2, order=list(range(folds))[::-1])

    assert one.digest() == other.digest()
    assert np.array_equal(one.apart.places, other.apart.places)
    assert np.array_equal(one.apart.cohorts, other.apart.cohorts)


def test_places_add_up_to_cohorts_and_these_to_all(harsh_half):
    found = harsh_half[0.0]
    of_place = np.array([found.apart.calendar.of_place[p] for p in found.apart.keys])
    rows = [found.counters.index(name) for name in found.apart.names]
    for c in range(2):
        assert np.array_equal(
            found.apart.places[of_place == c].sum(axis=0), found.apart.cohorts[c][:, :, rows]
        )
    assert np.array_equal(found.apart.cohorts.sum(axis=0), found.frames[..., ALL])


# ---- one after another in one place


def test_a_later_scheme_takes_the_place_of_an_earlier_and_every_file_begins_anew(live, harsh):
    found = live(
        rollout(("suining", 0, "all"), ("suining", 4, "all"), values=harsh), months=6, values=harsh
    )
    held, entries = (of_cohort(found, 0, name) for name in ("entries_held", "entries"))

    assert np.all(np.diff(held[:4]) > 0)
    assert held[3] > entries[4] >= held[4] > 0
    score, scored = (of_cohort(found, 0, name) for name in ("score_sum", "scored"))
    assert score[4] / scored[4] > score[3] / scored[3]


def test_files_of_another_age_are_opened_for_whom_the_later_scheme_scores(live):
    found = live(rollout(("suining", 0, "all"), ("court-list", 2, "all")), months=4)
    scored = of_cohort(found, 0, "scored")

    assert len({*scored[:2]}) == len({*scored[2:]}) == 1
    assert scored[0] != scored[2]
    assert np.all(of_cohort(found, 0, "sanctioned") <= scored)


def test_private_scores_stand_beside_the_schemes_of_the_state(live, harsh):
    scheme = rollout(("suining", 0, "all"), ("eight-firms", 3, "all"), values=harsh)
    found = live(scheme, months=6, values=harsh)
    held = of_cohort(found, 0, "entries_held")

    assert 0 == of_cohort(found, 0, "customers")[:3].sum()
    assert of_cohort(found, 0, "customers")[3:].all()
    assert np.all(np.diff(held) > 0)  # files go on
    alone = live(rollout(("suining", 0, "all"), values=harsh), months=6, values=harsh)
    assert np.array_equal(of_cohort(alone, 0, "scored"), of_cohort(found, 0, "scored"))


def test_private_scores_alone_score_nobody_for_the_state(live):
    found = live(rollout(("eight-firms", 1, "all"), ("suining", 3, "all")), months=5)

    assert 0 == of_cohort(found, 0, "scored")[:3].sum() < of_cohort(found, 0, "scored")[3]
    assert of_cohort(found, 0, "customers")[1:].all()


def test_outcry_ends_the_scheme_that_it_is_against_and_no_other(live, harsh):
    values = harsh | {"suining.repeal.share": 0.0, "suining.repeal.months": 2,
                      "national.repeal.share": 1.0}  # fmt: skip
    scheme = rollout(("suining", 1, 0.5), ("national", 1, "rest"), values=values)
    found = live(scheme, months=6, values=values)
    first, second = cohort_of(found, 0), cohort_of(found, 1)

    assert [[None, 2, 2], [None, None, None]] == found.ended
    assert of_cohort(found, first, "entries")[1:3].all()
    assert 0 == of_cohort(found, first, "entries")[3:].sum()
    assert 0 == of_cohort(found, first, "record_traffic_offence")[3:].sum()
    assert of_cohort(found, second, "entries")[1:].all()


def test_private_scores_outlast_a_scheme_that_outcry_has_ended(live, harsh):
    values = harsh | {"suining.repeal.share": 0.0, "suining.repeal.months": 2}
    scheme = rollout(
        ("suining", 0, "all"), ("eight-firms", 1, "all"), ("suining", 5, "all"), values=values
    )
    found = live(scheme, months=8, values=values)

    assert [[None, 1, 1], [None] * 3, [None, 6, 6]] == found.ended
    assert of_cohort(found, 0, "customers")[1:].all()
    assert of_cohort(found, 0, "accounts_issuer_1")[1:].all()
    scored = of_cohort(found, 0, "scored") > 0
    assert [True, True, False, False, False, True, True, False] == scored.tolist()
    assert 0 == of_cohort(found, 0, "entries")[2:5].sum() < of_cohort(found, 0, "entries")[5]


# ---- files that do not follow


@pytest.mark.parametrize(("portable", "begins_anew"), [(0, True), (1, False)])
def test_files_that_do_not_follow_begin_anew(live, harsh, portable, begins_anew):
    calendar = ("suining", 0, "all", {"portable": portable})
    stays = live(rollout(calendar, values=harsh), values=harsh)
    moved = live(rollout(calendar, moves=1.0, values=harsh), values=harsh)
    held, entries = (of_cohort(moved, 0, name) for name in ("entries_held", "entries"))

    assert begins_anew != np.array_equal(stays.frames, moved.frames)
    assert begins_anew == bool(np.all(held[1:] <= entries[1:]))


def test_somebody_who_moves_is_missed_by_as_many_entries_as_stood(live, harsh):
    calendar = ("suining", 0, "all", {"portable": 0})
    held = {
        rate: of_cohort(live(rollout(calendar, moves=rate, values=harsh), values=harsh), 0,
                        "entries_held")[-1]
        for rate in (0.0, 0.05, 0.2)
    }  # fmt: skip

    assert held[0.0] > held[0.05] > held[0.2]


# ---- a run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    request = trial.Request("pilots", people=12_000, months=14, quick=True)
    result = trial.run(request)
    return result, storage.write(result, tmp_path_factory.mktemp("runs") / "pilots")


def test_a_run_says_its_waves_and_keeps_counts_by_place(folder):
    result, out = folder
    document = storage.read_document(out)
    places = rollout_storage.read_places(out, document)
    rollout = document["rollout"]

    assert ["able", "eager", "nation"] == [wave["key"] for wave in rollout["waves"]]
    assert sum(cohort["people"] for cohort in rollout["cohorts"]) == document["people"]
    assert sum(cohort["places"] for cohort in rollout["cohorts"]) == len(rollout["places"])
    assert result.apart.names == list(places)
    for k, name in enumerate(places):
        assert np.array_equal(result.apart.places[..., k], places[name])
    assert set(WORLDS) == set(rollout["waves"][0]["ended"])


def test_counts_by_cohort_are_in_the_folder(folder):
    result, out = folder
    table = parquet.read_table(out / "waves.parquet")

    assert result.apart.cohorts[..., 0].size == table.num_rows
    sanctioned = np.array(table["sanctioned"]).reshape(result.apart.cohorts.shape[:3])
    k = result.document["counters"].index("sanctioned")
    assert np.array_equal(result.apart.cohorts[..., k], sanctioned)


@pytest.mark.parametrize("name", storage.OF_ROLLOUT)
def test_damage_to_what_a_rollout_keeps_is_found(folder, tmp_path, name):
    out = shutil.copytree(folder[1], tmp_path / "run")
    data = bytearray((out / name).read_bytes())
    data[len(data) // 2] ^= 1
    (out / name).write_bytes(data)

    with pytest.raises(InputError, match=f"{name}: was changed"):
        storage.read(out)
    (out / name).unlink()
    with pytest.raises(InputError, match=f"{name}: is missing"):
        storage.read(out)


def test_a_foreign_parquet_in_the_folder_of_a_scheme_is_found(folder, tmp_path):
    out = shutil.copytree(folder[1], tmp_path / "run")
    lines = (out / storage.MANIFEST).read_text().splitlines(keepends=True)
    (out / storage.MANIFEST).write_text("".join(x for x in lines if "places" not in x))

    with pytest.raises(InputError, match=r"places\.parquet: is foreign"):
        storage.read(out)


def test_the_page_of_a_rollout_is_drawn(folder):
    page = html.unescape((folder[1] / "report.html").read_text())
    wave = folder[0].document["rollout"]["waves"][0]

    assert "Pilots in some places, then the nation" in page
    assert "Most of the rules of this scheme are ours." in page
    assert f"“{wave['title']}” begins in month 13 in {wave['places']} place" in page


@pytest.mark.parametrize(
    "command", ["person {} 1", "file {} 1", "find {} --where urban", "register {}"]
)
def test_lives_of_a_rollout_are_not_told_and_that_is_said(folder, capsys, command):
    from demerit.cli import main

    with pytest.raises(SystemExit) as ended:
        main(command.format(folder[1]).split())

    assert 2 == ended.value.code
    assert "run the scheme of one wave on its own" in capsys.readouterr().err
