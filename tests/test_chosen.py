"""Numbers of the data files that are set for one run: --set."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from demerit import chosen, facts, storage, trial
from demerit.cli import demerit
from demerit.columns import SCHEME
from demerit.facts import InputError
from demerit.replay.recorded import recall
from demerit.replay.story import story
from demerit.trial import Request

SMALL = {"people": 2_000, "months": 6, "quick": True}


@pytest.fixture(scope="module")
def plain():
    return trial.run(Request("national", **SMALL))


@pytest.fixture(scope="module")
def changed():
    return trial.run(Request("national", **SMALL, set=("agencies.agency.*.false=x10",)))


def test_a_pattern_sets_every_number_that_it_fits():
    agencies = facts.read("agencies.toml")["agency"]

    assert chosen.choose(["agencies.agency.*.false=0"]) == {
        f"agencies.agency.{key}.false": 0.0 for key in agencies
    }


def test_a_factor_multiplies_and_a_share_stays_a_share():
    bank = facts.read("agencies.toml")["agency"]["bank"]["false"]["value"]

    assert chosen.choose(["agencies.agency.bank.false=x2"]) == {
        "agencies.agency.bank.false": 2 * bank
    }
    assert chosen.choose(["agencies.agency.cameras.coverage_*=x5"]) == {
        "agencies.agency.cameras.coverage_town": 1.0,
        "agencies.agency.cameras.coverage_village": 1.0,
    }


def test_the_last_word_counts():
    texts = ["agencies.agency.*.false=0", "agencies.agency.bank.false=x1"]

    assert chosen.choose(texts)["agencies.agency.bank.false"] > 0


@pytest.mark.parametrize("text", [
    "", "a", "=1", "agencies.agency.bank.false", "agencies.agency.bank.false=", "x=x",
    "agencies.agency.bank.false=nan", "agencies.agency.bank.false=1e999", "nothing.*=1",
    "agencies.agency.bank.false=-1", "agencies.agency.bank.coverage_town=1.1",
    "suining.points.petition=0", "agencies.agency.bank.title=1", "society.population=5",
    "agencies.agency.bank.false=1=2",
])  # fmt: skip
def test_what_cannot_be_set_is_said_in_one_sentence(text):
    with pytest.raises(InputError, match="--set"):
        chosen.choose([text])


def test_without_it_a_run_is_what_it_was(plain):
    again = trial.run(Request("national", **SMALL, set=("agencies.agency.*.false=x1",)))

    assert plain.document["digest"] == again.document["digest"]
    assert plain.document["set"] == []


def false(result):
    """Records of deeds that nobody did, where the scheme takes them over."""
    frames = result.frames
    return sum(
        int(frames[name][SCHEME, :, 0].sum()) for name in frames if name.startswith("false_")
    )


def test_ten_times_the_false_records_are_about_ten_times_as_many(plain, changed):
    assert 0 < false(plain)
    assert 4 * false(plain) < false(changed) < 25 * false(plain)


def test_without_false_records_there_are_none():
    assert false(trial.run(Request("national", **SMALL, set=("agencies.agency.*.false=0",)))) == 0


def test_a_number_that_was_set_says_so(changed):
    rows = {row["name"]: row for row in changed.document["numbers"]["list"]}
    row = rows["agencies.agency.bank.false"]

    assert (row["value"], row["basis"]) == (0.002, "assumed")
    assert "the data have 0.0002" in row["why"]
    assert row["range"] is None
    assert "--set 'agencies.agency.*.false=x10'" in changed.document["command"]


def test_its_lives_can_be_lived_again(changed):
    recorded = recall(changed.document, changed.climate)
    person = int(recorded.plan.blocks.first[0])

    assert recorded.plan.people == 2_000
    assert story(recorded, person)["person"] == person


def test_the_command_line_takes_it(tmp_path, monkeypatch, changed):
    monkeypatch.chdir(tmp_path)
    arguments = ["run", "national", "--people", "2k", "--months", "6", "--quick", "--out", "a",
                 "--set", "agencies.agency.*.false=x10"]  # fmt: skip
    assert CliRunner().invoke(demerit, arguments).exit_code == 0
    document = storage.read_document(Path("a"))

    assert document["digest"] == changed.document["digest"]
    assert document["set"] == ["agencies.agency.*.false=x10"]
    wrong = CliRunner().invoke(demerit, ["run", "suining", "--set", "x=1"])
    assert isinstance(wrong.exception, InputError)
    assert not Path("runs").exists()
