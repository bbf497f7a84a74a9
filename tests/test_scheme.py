"""Scheme: a file is checked whole, and its tables say what it says."""

import re
from pathlib import Path

import numpy as np
import pytest

from demerit import facts
from demerit import scheme as schemes
from demerit.columns import DOORS, JOB, SCHEME
from demerit.trial import Request, where

SUINING = (facts.DATA / "schemes" / "suining.toml").read_text()


@pytest.fixture
def load(tmp_path):
    """Load the text of a scheme as a user's file."""

    def load(text):
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return schemes.load(path)

    return load


def changed(old, new, count=1):
    assert old in SUINING
    return SUINING.replace(old, new, count)


@pytest.mark.parametrize("key", schemes.keys())
def test_a_shipped_scheme_has_no_fault_and_its_own_key(key):
    assert key == schemes.load(key).key


def test_a_file_of_ones_own_is_loaded_by_its_path(load):
    assert "mine" == load(SUINING).name
    assert "suining" == load(SUINING).key


def test_the_nearest_key_is_told():
    with pytest.raises(facts.InputError, match="did you mean 'suining'"):
        schemes.load("suinning")


# The library's names of schemes most of whose rules are ours, and under what key they run.
SKETCHED = {
    "rongcheng": "sketch-rongcheng", "tencent": "sketch-tencent", "fico": "sketch-fico",
    "honest-shanghai": "sketch-shanghai", "suzhou": "sketch-suzhou",
    "hangzhou": "sketch-hangzhou", "fuzhou": "sketch-fuzhou", "suqian": "sketch-suqian",
    "xiamen": "sketch-xiamen",
}  # fmt: skip


@pytest.mark.parametrize("name", SKETCHED)
def test_a_place_or_firm_is_found_by_its_name_and_called_a_sketch(name, capsys):
    schemes.say_sketch.cache_clear()
    found = [schemes.load(name) for _ in range(2)]
    told = capsys.readouterr()

    assert [SKETCHED[name]] * 2 == [scheme.key for scheme in found]
    assert SKETCHED[name] == found[0].name
    assert "" == told.out
    assert (
        f"{name} runs as {SKETCHED[name]}: most of its rules are ours; "
        "docs/known-schemes.md says what is missing.\n"
    ) == told.err


@pytest.mark.parametrize("key", schemes.keys())
def test_a_key_is_found_without_a_word(key, capsys):
    schemes.say_sketch.cache_clear()

    assert key == schemes.known_as(key) == schemes.find(key).stem
    assert ("", "") == capsys.readouterr()


def test_every_sketch_has_a_name_and_a_line_on_what_is_missing():
    sketches = {key for key in schemes.keys() if key.startswith(schemes.SKETCH)}
    page = (Path(__file__).parents[1] / "docs" / "known-schemes.md").read_text(encoding="utf-8")

    assert sketches == set(SKETCHED.values())
    assert [] == [key for key in sketches if f"`{key}`" not in page]


# The library that was asked for, whole.
LIBRARY = """
    suining suining-2010 rongcheng rongcheng-2021 sesame sesame-published tencent eight-firms
    court-list court-list-published national national-published honest-shanghai suzhou hangzhou
    fuzhou suqian cibil fico nosedive good-citizen-pass none
""".split()


def test_every_scheme_of_the_library_is_found_by_its_name():
    assert [] == [name for name in LIBRARY if schemes.known_as(name) not in schemes.keys()]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("petition        =", "petitions       =", "petition"),
        ("job = {", "jobs = {", "job"),
        ("value = 850", "value = 990", "floors must fall"),
        ('key   = "D"\nfloor = { value = 0,', 'key   = "D"\nfloor = { value = 10,', "end at 0"),
        ("start = { value = 1000", "start = { value = 1001", "score.start"),
        ("share  = { value = 0.01", "share  = { value = 3.0", "repeal.share"),
        ("value = -50", "value = -50.5", "petition"),
        ("[repeal]", "[repeel]", "repeel"),
        ("format   = 1", "format   = 2", "format"),
        ('kind     = "points"', 'kind     = "point"', "points"),
        ('kind     = "points"', 'kind     = ["points"]', "kind"),
        ('source = "augusta-free-press"', 'source = ["augusta-free-press"]', "source"),
        ('province = "Jiangsu"', 'province = "Jangsu"', "Jiangsu"),
        ("range = [900, 1000]", "range = [900, inf]", "range"),
    ],
)
def test_a_fault_is_told_with_its_place(load, old, new, word):
    with pytest.raises(facts.InputError) as told:
        load(changed(old, new))

    assert word in str(told.value)
    assert str(told.value).startswith("mine.toml: ")


def test_several_faults_are_told_at_once(load):
    text = changed("value = 850", "value = 990").replace("[repeal]\n", "[repeal]\nx = 1\n")
    text = text.replace('basis = "stated"', 'basis = "sure"', 1)
    with pytest.raises(facts.FactError) as told:
        load(text)

    assert len(re.findall(r"\n  ", str(told.value))) >= 2


def test_a_county_trial_says_how_large_its_county_is(load, china):
    """Or trial.where has nothing to go by."""
    start, end = SUINING.index("[people]"), SUINING.index("[score]")
    text = SUINING[:start] + SUINING[end:]
    with pytest.raises(facts.InputError, match="people"):
        where(Request("mine.toml"), load(text), china)


def test_not_a_scheme_at_all_is_told(load, tmp_path):
    for text in ("", "a = [", "[points]\n", "kind = 3"):
        with pytest.raises(facts.InputError):
            load(text)
    with pytest.raises(facts.InputError):
        schemes.load(tmp_path / "nobody.toml")


def test_the_largest_points_of_a_month_do_not_overflow(load, make_plan, quiet, deeds):
    """Six entries at the largest penalty that a file may state."""
    block = quiet.copy()
    block.scheme.points[:] = -10_000
    try:
        load(changed("value = -100", "value = -10000"))
    except facts.FactError:
        return  # such penalties are refused
    person = int(np.flatnonzero(block.file.scored)[0])
    for _ in range(6):
        block.put(SCHEME, person, deeds.index("petition"))
    block.call("score", "audit")

    assert 0 == block.file.score_points[SCHEME, person]
    assert 0 == block.life.shadow_points[SCHEME, 0, person]


# Tables


def test_tables_say_what_the_brief_says(make_plan, deeds):
    tables = make_plan().scheme_tables
    points = dict(zip(deeds, tables.points.tolist(), strict=True))

    assert (-50, -50, -50, -100, 100) == tuple(
        points[k] for k in ("petition", "elder_neglect", "banned_group", "online_post", "merit")
    )
    assert 0 == points["late_bill"] == points["loan_default"]
    assert (1000, 1000, 600) == (tables.start, tables.cap, tables.edge)
    assert [970, 850, 600, 0] == tables.floor.tolist()
    assert [4, 4, 4, 0] == tables.access[:, JOB].tolist()
    assert ([0, 1, 1], [0, 1, 0]) == (tables.scored.tolist(), tables.erring.tolist())


def test_without_a_scheme_nothing_is_scored_and_no_door_is_moved(make_plan):
    tables = make_plan("none").scheme_tables

    assert 0 == tables.scored.sum() == np.abs(tables.points).sum() == tables.fear_16.sum()
    assert np.all(tables.access == 4)
    assert tables.access.shape[1] == len(DOORS)


def test_the_published_scheme_shuts_no_door_to_jobs(make_plan):
    tables = make_plan("suining-2010").scheme_tables

    assert [4, 4, 4, 4] == tables.access[:, JOB].tolist()
    assert 3 == (tables.access[3] == 0).sum()  # assistance, licences, public office
    assert 3 == (tables.access[0] == 8).sum()


def test_a_county_holds_files_on_its_own_people_alone(make_plan, china):
    """So a namesake elsewhere in the county is one of few."""
    share = make_plan(people=5_000).scheme_tables.file_share_32 / 2**32

    assert 5_000 / china.population == pytest.approx(share, rel=0.01)


NATIONAL = (schemes.FOLDER / "national.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"unlawful_post", basis', '"blood", basis', "officials.settle_as"),
        ('"unlawful_post", basis', '"unlawful", basis', "did you mean 'unlawful_post'"),
        ("floor     = { value = 600", "floor     = { value = 1_100", "officials.floor"),
        ("load      = { value = -0.6", "load      = { value = 0.6", "officials.load"),
        ("accuse    =", "accused   =", "accuse"),
    ],
)  # fmt: skip
def test_a_fault_of_officials_is_told_with_its_place(load, old, new, word):
    assert old in NATIONAL
    with pytest.raises(facts.InputError) as told:
        load(NATIONAL.replace(old, new).replace("range = [0, 900]", "range = [0, 2000]"))

    assert word in str(told.value)


def test_a_scheme_without_the_section_has_no_officials(load, make_plan):
    start = NATIONAL.index("[officials]")
    text = load(NATIONAL[:start])
    bare = make_plan("suining").scheme_tables

    assert "officials" not in text.spec
    assert 0 == bare.officials == bare.open_32.max() == bare.settle_32
    assert 1 == make_plan("national").scheme_tables.officials
