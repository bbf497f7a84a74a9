"""Kinds of scheme: consent, weighted scorecards, a pass; what a scheme without them is spared."""

import numpy as np
import pytest

from demerit import facts, run
from demerit import scheme as schemes
from demerit.columns import DOORS, SCHEME
from demerit.scheme import kinds
from demerit.scheme.explain import explain
from demerit.step.score import held

FOLDER = facts.DATA / "schemes"
SPARED = ("least", "peer_weight", "rates_32", "sees_32", "usual", "noise_256", "herd_256",
          "join_online", "by_assent_32")  # fmt: skip
PLAIN = ("suining", "suining-2010", "court-list", "national", "none")


@pytest.fixture
def load(tmp_path):
    """Load a shipped scheme with some text of its file changed, as a user's file."""

    def load(key, *changes):
        text = (FOLDER / f"{key}.toml").read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return schemes.load(path)

    return load


@pytest.mark.parametrize("key", PLAIN)
def test_a_scheme_without_the_new_sections_has_the_numbers_that_do_nothing(make_plan, key):
    tables = make_plan(key).scheme_tables

    assert dict.fromkeys(SPARED, 0) == {name: getattr(tables, name) for name in SPARED}
    assert (256, tables.edge) == (tables.join_256, tables.aim)


# Consent


@pytest.fixture(scope="module")
def joined(make_plan, stop):
    """People at the start of a voluntary scheme, half of whom go by what they think of it."""
    found = stop(make_plan("sesame", people=6_000), before=0).steps.folds
    parts = [
        part for fold in found for part in ((f, v) for f, v in zip(fold[0], fold[1], strict=True))
    ]
    names = ("age_years", "online", "assent")
    rows = {name: np.concatenate([v[name][: f["people"]] for f, v in parts]) for name in names}
    rows["scored"] = np.concatenate([f["scored"][: f["people"]] for f, _ in parts])
    return rows


def test_a_file_is_held_on_adults_online_who_join_and_on_nobody_else(joined):
    may = (joined["age_years"] >= 18) & (joined["online"] != 0)

    assert 0 == joined["scored"][~may].sum()
    assert 0.45 == pytest.approx(joined["scored"][may].mean(), abs=0.03)


def test_who_joins_thinks_better_of_such_schemes(joined):
    may = (joined["age_years"] >= 18) & (joined["online"] != 0)
    thinks = joined["assent"].astype(float)  # low approves first
    joins = joined["scored"] != 0

    assert thinks[may & joins].mean() + 20 < thinks[may & ~joins].mean()


def test_who_has_no_file_is_neither_entered_nor_turned_away(make_plan, stop, harsh):
    values = {name: x for name, x in harsh.items() if not name.startswith("suining.")}
    stopped = stop(make_plan("sesame", people=2_000, values=values))
    stopped.live(4)
    block = stopped.block()
    alone = block.file.scored[: block.people] == 0

    assert 0 < alone.sum() < block.people
    for name in ("sanctioned", "entry_held", "entry_loss"):
        assert 0 == block.column(name)[SCHEME, : block.people][alone].sum(), name
    assert 0 == block.column("refused")[SCHEME, :, : block.people][:, alone].sum()
    assert block.column("entry_held")[SCHEME, : block.people][~alone].sum() > 0


def test_the_names_on_file_are_fewer_where_not_all_join(make_plan):
    everyone = make_plan("sesame", values={"sesame.consent.join": 1.0}).scheme_tables
    some = make_plan("sesame").scheme_tables

    assert 0.45 == pytest.approx(some.file_share_32 / everyone.file_share_32, rel=0.01)


# Scorecards


def test_an_entry_moves_a_scorecard_by_weight_times_marks(deeds):
    """600 points between 350 and 950: 35% of them are credit history, of whose 100 marks 20 go."""
    found = dict(
        zip(deeds, kinds.points(schemes.load("sesame-published").spec, deeds), strict=True)
    )

    assert round(-600 * 0.35 * 0.20) == found["loan_default"]
    assert round(600 * 0.20 * 0.03) == found["nappies"]
    assert round(-600 * 0.05 * 0.20) == found["low_tie"]
    assert 0 == found["petition"]


def test_points_are_the_weighted_sum_of_dimensions_while_none_is_full():
    """The score of many entries, added up dimension by dimension and as points."""
    spec = {
        "score": {"cap": {"value": 900}, "least": {"value": 300}, "start": {"value": 600}},
        "dimension": [
            {
                "key": "a",
                "weight": {"value": 60},
                "marks": {"x": {"value": -5}, "y": {"value": 10}},
            },
            {"key": "b", "weight": {"value": 40}, "marks": {"y": {"value": -5}}},
        ],
    }
    points = kinds.points(spec, ["x", "y"])
    for entries in ((1, 0), (0, 1), (4, 2), (10, 5)):
        a = 0.5 + (-5 * entries[0] + 10 * entries[1]) / 100
        b = 0.5 - 5 * entries[1] / 100

        assert 300 + 600 * (0.6 * a + 0.4 * b) == pytest.approx(600 + points @ entries)


def test_a_deed_that_is_marked_moves_the_score_by_a_point_at_the_least():
    spec = {
        "score": {"cap": {"value": 100}, "start": {"value": 50}},
        "dimension": [{"key": "a", "weight": {"value": 100}, "marks": {"x": {"value": -0.1}}}],
    }

    assert [-1] == kinds.points(spec, ["x"]).tolist()


def test_a_score_never_falls_below_its_least():
    assert (350, 350, 950) == (held(340, 950, 350), held(350, 950, 350), held(960, 950, 350))


def test_where_no_door_is_shut_nothing_is_feared_and_rewards_are_aimed_at(make_plan):
    tables = make_plan("sesame-published").scheme_tables

    assert 0 == tables.fear_16.max()
    assert (350, 600) == (tables.edge, tables.aim)
    assert tables.show_16.max() > 0
    assert tables.access.min() == 4


@pytest.mark.parametrize(
    ("key", "old", "new", "word"),
    [
        ("cibil", "value = 25", "value = 30", "must add up to 100"),
        ("cibil", "loan_default =", "loan_defalt =", "loan_default"),
        ("cibil", "least = { value = 300", "least = { value = 800", "score.least"),
        ("cibil", 'key    = "exposure"', 'key    = "other"', "a key of its own"),
        ("sesame", "join      = { value = 0.45", "join      = { value = 45", "consent.join"),
        ("sesame", "[erase]", "[erased]", "erase"),
        ("nosedive", "[posting]", "[erase]\nmonths = 3\n\n[posting]", "erase"),
        ("nosedive", "rates  =", "rate  =", "rates"),
        ("suining", "number = {", "numbers = {", "number"),
    ],
)
def test_a_fault_of_a_kind_is_told(load, key, old, new, word):
    with pytest.raises(facts.InputError, match=word):
        load(key, (old, new))


def test_a_deed_has_points_or_marks_and_not_both(load):
    points = (
        '[points]\nloan_default = { value = -1, basis = "assumed", range = [-2, 0], why = "a" }\n'
    )
    with pytest.raises(facts.FactError, match="has points of its own"):
        load("cibil", ("[join.bank]", f"{points}\n[join.bank]"))


# A pass


def test_without_a_pass_the_gate_is_shut_and_with_it_as_for_everyone(make_plan):
    tables = make_plan("good-citizen-pass").scheme_tables
    travel = DOORS.index("travel")

    assert [4, 0] == tables.access[:2, travel].tolist()
    assert tables.points.min() == -tables.cap  # one entry takes it


# The same rules said otherwise


def said_otherwise(tmp_path, text):
    """A file of this text."""
    path = tmp_path / "otherwise.toml"
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def lived(make_plan):
    """A function: the digest of four months of a scheme."""

    def of(scheme):
        return run.simulate(make_plan(scheme, people=2_500), 1, months_before=1).digest()

    return of


SUINING = (FOLDER / "suining.toml").read_text()


def test_a_scheme_that_everybody_joins_is_a_scheme_that_asks_nobody(lived, tmp_path):
    number = 'basis = "assumed", range = [0, 1], why = "a test"'
    consent = "[consent]\n" + "".join(
        f"{name} = {{ value = {value}, {number} }}\n"
        for name, value in (("join", 1.0), ("online", 0), ("by_assent", 0.5))
    )
    path = said_otherwise(tmp_path, SUINING.replace("[score]", f"{consent}\n[score]", 1))

    assert lived("suining") == lived(path)


def test_points_are_a_scorecard_of_one_dimension(lived, tmp_path):
    """Of 1000 points a hundred marks are all: 50 points are 5 marks."""
    start, end = SUINING.index("[points]"), SUINING.index("[label.petition]")
    number = 'basis = "assumed", range = [-100, 100], why = "a test"'
    marks = "".join(
        f"{key} = {{ value = {fact['value'] / 10}, {number} }}\n"
        for key, fact in schemes.load("suining").spec["points"].items()
    )
    dimension = f'[[dimension]]\nkey = "all"\nweight = {{ value = 100, {number} }}\n'
    text = f"{SUINING[:start]}{dimension}[dimension.marks]\n{marks}\n{SUINING[end:]}"
    path = said_otherwise(tmp_path, text.replace('"points"', '"scorecard"', 1))

    assert lived("suining") == lived(path)


def test_a_scorecard_and_a_voluntary_scheme_are_told_in_plain_english():
    lines = "\n".join(explain("sesame-published", schemes.load("sesame-published").spec))

    assert "35 in 100 of internet users among them do" in lines
    assert "credit-history: weighs 35 of 100" in lines
    assert "Nobody can have less than 350" in lines
