"""Facts: every number says where it comes from, and wrong ones are told all at once."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demerit import ensemble, facts
from demerit import scheme as schemes

FILES = sorted(str(path.relative_to(facts.DATA)) for path in facts.DATA.rglob("*.toml"))
STATED = {"value": 3, "basis": "stated", "grade": "brief", "source": "augusta-free-press",
          "where": "section 2"}  # fmt: skip
INFERRED = {"value": 3, "basis": "inferred", "source": "augusta-free-press", "why": "the sum"}
ASSUMED = {"value": 3, "basis": "assumed", "why": "no figure", "range": [1, 5]}


@pytest.mark.parametrize("file", [file for file in FILES if file != "sources.toml"])
def test_every_data_file_is_without_a_fault(file):
    spec = facts.read(file)

    assert [] == list(facts.faults(spec))


@pytest.mark.parametrize("fact", [STATED, INFERRED, ASSUMED])
def test_a_number_with_its_basis_has_no_fault(fact):
    assert [] == list(facts.fact_faults(fact))


@pytest.mark.parametrize(
    ("fact", "change", "word"),
    [
        (STATED, {"source": None}, "source"),
        (STATED, {"where": None}, "where"),
        (STATED, {"grade": None}, "grade"),
        (STATED, {"grade": "assumed"}, "grade"),
        (STATED, {"source": "nobody-1999"}, "nobody-1999"),
        (STATED, {"value": None}, "value"),
        (INFERRED, {"why": None}, "why"),
        (INFERRED, {"grade": "published"}, "grade"),
        (ASSUMED, {"why": None}, "why"),
        (ASSUMED, {"range": None}, "range"),
        (ASSUMED, {"basis": "guessed"}, "guessed"),
        (ASSUMED, {"basis": ["assumed"]}, "assumed"),
        (ASSUMED, {"wy": "x"}, "wy"),
        (STATED, {"source": ["augusta-free-press"]}, "source"),
    ],
)
def test_a_number_without_what_its_basis_needs_has_one_fault(fact, change, word):
    wrong = {key: value for key, value in (fact | change).items() if value is not None}
    found = list(facts.fact_faults(wrong))

    assert 1 == len(found)
    assert word in found[0]


@given(st.floats(allow_nan=False), st.floats(allow_nan=False), st.floats(allow_nan=False))
def test_a_value_lies_within_its_range_or_is_a_fault(value, low, high):
    finite = all(abs(x) != float("inf") for x in (low, high))
    good = finite and low <= value <= high
    found = list(facts.range_faults({"value": value, "range": [low, high]}))

    assert good == (not found)


@pytest.mark.parametrize("span", [[1], [1, 2, 3], "1 to 2", [2, 1], ["a", "b"], [True, True]])
def test_a_range_is_two_numbers_the_lower_first(span):
    assert 1 == len(list(facts.range_faults({"value": 1, "range": span})))


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        'a = { value = 1, basis = "guess" }\nb = { value = 9, basis = "assumed", why = "x", '
        "range = [1, 2] }\n"
    )

    with pytest.raises(facts.FactError, match=r"2 faults\n  a: .*\n  b: "):
        facts.read(path)


def test_a_number_can_be_replaced_by_its_name():
    before = facts.read("deeds.toml")["deed"]["bribe"]["rate"]["value"]
    after = facts.read("deeds.toml", {"deeds.deed.bribe.rate": 0.5})["deed"]["bribe"]["rate"]

    assert 0.5 == after["value"] != before
    assert before == facts.read("deeds.toml")["deed"]["bribe"]["rate"]["value"]


@pytest.mark.parametrize("key", schemes.keys())
def test_no_two_numbers_of_a_run_have_one_name(key):
    names = [name for name, _ in ensemble.numbers(schemes.load(key), "china-2020")]

    assert len(names) == len(set(names))


def test_a_hint_names_the_nearest_key():
    assert facts.nearest("loan_defalt", ["bribe", "loan_default"]).startswith(
        "did you mean 'loan_default'?"
    )


def test_checking_a_fact_does_not_change_it():
    fact = copy.deepcopy(ASSUMED)
    list(facts.fact_faults(fact))

    assert ASSUMED == fact
