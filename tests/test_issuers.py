"""Issuers: faults of a scheme's private scores are told; two ratings agree as Cohen counts it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import facts
from demerit import scheme as schemes
from demerit.measures import MEASURES, evaluate
from demerit.measures.issuers import chance_corrected

TEXT = (facts.DATA / "schemes" / "eight-firms.toml").read_text()
COURT = (facts.DATA / "schemes" / "court-list.toml").read_text()
NATIONAL = (facts.DATA / "schemes" / "national.toml").read_text()
ISSUERS = "[[issuer]]" + TEXT.split("[[issuer]]", 1)[1]


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return schemes.load(path)

    return load


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('"utilities"', '"utility"', "issuer.payments.agencies: no such agency"),
        ("alcohol  ", "alkohol  ", "issuer.payments.points.alkohol: no such deed"),
        ("{ dating = { value = 0.5", "{ datings = { value = 0.5", "doors.below.datings"),
        ("nappies  ", "gaming  ", "issuer.payments.points.gaming: none of its agencies sees it"),
        ('key      = "messages"', 'key      = "payments"', "are the same"),
        ("below     = { value = 550", "below     = { value = 650", "below must not lie over above"),
        ("cap       = { value = 950", "cap       = { value = 500", "least, start and cap"),
        ("value = 0.48", "value = 1.48", "customers"),
        ("half_life = { value = 24", "half_life = { value = 0", "half_life"),
        ("[issuer.doors]", "[issuer.dors]", "dors"),
        ("late_bill       = { value = -30", "late_bill       = { value = -1.5", "late_bill"),
    ],
)
def test_a_fault_of_an_issuer_is_told_with_its_place(load, old, new, word):
    assert old in TEXT
    with pytest.raises(facts.InputError) as told:
        load(TEXT.replace(old, new, 1))

    assert word in str(told.value)


def test_a_scheme_of_the_states_takes_issuers_too(load):
    assert 2 == len(load(COURT + "\n" + ISSUERS).spec["issuer"])


def test_at_most_four_issuers_stand_side_by_side(load):
    more = ISSUERS.replace('"payments"', '"a-third"').replace('"messages"', '"a-fourth"')
    fifth = more.replace('"a-third"', '"a-fifth"').replace('"a-fourth"', '"a-sixth"')

    assert 4 == len(load(f"{TEXT}\n{more}").spec["issuer"])
    with pytest.raises(facts.InputError, match="issuer"):
        load(f"{TEXT}\n{more}\n{fifth}")


def test_private_scores_alone_score_nobody_for_the_state(make_plan):
    tables = make_plan("eight-firms", people=500).scheme_tables

    assert [0, 1, 1] == tables.scored.tolist()
    assert not tables.points.any()
    assert 255 == tables.age_from
    assert np.all(tables.access == 4)
    assert {"dating", "card", "deposit", "loan"} == {
        door for door, moved in zip(doors(), tables.partnered, strict=True) if moved
    }


def doors():
    return list(facts.read("doors.toml")["door"])


def test_a_scheme_without_issuers_has_no_partners(make_plan):
    tables = make_plan("court-list", people=500, place=None).scheme_tables

    assert 0 == tables.issuers
    assert not tables.partnered.any()


def test_what_several_agencies_see_is_what_none_of_them_misses(make_plan, deeds):
    """`late_bill`: the utilities see 0.3 of them, times their coverage; of `on_time` half at the
    bank; of `alcohol` nothing that the messenger could see."""
    plan = make_plan("eight-firms", people=500)
    seen = plan.scheme_tables.issuer_seen_16 / 65536
    agencies = facts.read("agencies.toml")["agency"]
    reach = agencies["utilities"]["coverage_town"]["value"]

    assert 0.3 * reach == pytest.approx(seen[0, deeds.index("late_bill"), 1], abs=1e-4)
    assert not seen[1, deeds.index("alcohol")].any()


# Agreement


def test_kappa_of_a_known_table():
    """20 and 15 alike, 5 and 10 apart (marginals 25 and 30 of 50): 0.7 observed, 0.5 by chance."""
    counts = {"private_pairs_same": 35, "private_pairs_first": 25, "private_pairs_second": 30,
              "private_pairs": 50}  # fmt: skip
    world = {name: np.array([x]) for name, x in counts.items()}

    assert 0.4 == pytest.approx(evaluate(MEASURES["private_kappa"], {"w": world}, "w").value[0])


@given(st.lists(st.integers(0, 500), min_size=4, max_size=4).filter(lambda cells: sum(cells) > 0))
def test_kappa_is_what_its_definition_says(cells):
    """From the four cells of the table, in Cohen's own words: (p_o - p_e) / (1 - p_e)."""
    both, only_first, only_second, neither = cells
    n = sum(cells)
    first, second = (both + only_first) / n, (both + only_second) / n
    observed, expected = (both + neither) / n, first * second + (1 - first) * (1 - second)
    beyond, possible = chance_corrected(
        *(np.array([x]) for x in (both + neither, both + only_first, both + only_second, n))
    )

    assert n * (observed - expected) == pytest.approx(beyond[0], abs=1e-6)
    assert n * (1 - expected) == pytest.approx(possible[0], abs=1e-6)


def test_scores_that_always_agree_have_kappa_one_and_those_of_chance_nought():
    alike = chance_corrected(*map(np.array, ([100], [50], [50], [100])))
    chance = chance_corrected(*map(np.array, ([50], [50], [50], [100])))

    assert alike[0] == alike[1]
    assert 0 == chance[0]


def test_kappa_with_the_state_pools_the_issuers():
    """Two issuers, 50 accounts each, of the table above: the pooled kappa is that of each."""
    counts = {}
    for k in range(1, 5):
        for what, cell in (("alike", 35), ("high", 25), ("state_high", 30), ("twofold", 50)):
            counts[f"{what}_issuer_{k}"] = cell * (k <= 2)
    world = {name: np.array([x]) for name, x in counts.items()}
    found = evaluate(MEASURES["private_state_kappa"], {"w": world}, "w")

    assert 0.4 == pytest.approx(found.value[0])
