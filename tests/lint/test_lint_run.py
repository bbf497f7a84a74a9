"""Lint of a run: what figures of further worlds decide, and what the command makes of them."""

import json

import numpy as np
import pytest
from verdicts import verdict

from demerit import cli, facts, lint_run, trial
from demerit.lint_worlds import Worlds
from demerit.scheme.assessment import draft
from demerit.scheme.measured import tables

# ---- what the figures decide


def of(value, low=None, high=None):
    return {"value": value, "low": low, "high": high}


@pytest.mark.parametrize(
    ("figures", "wider", "expected"),
    [
        ([of(0.5, 0.4, 0.6)], [], "met"),
        ([of(0.5)], [], "open"),  # too few blocks to tell chance
        ([of(0.01, 0.0, 0.02)], [], "not met"),
        ([of(0.01, 0.0, 0.02), of(0.5, 0.4, 0.6)], [], "met"),
        ([of(0.01, 0.0, 0.02)], [of(0.03, 0.0, 0.06)], "open"),
        ([of(None), of(0.01, 0.0, 0.02)], [of(None)], "not met"),
        ([of(None)], [], "open"),
    ],
)
def test_a_bound_settles_what_chance_does_not_straddle(figures, wider, expected):
    assert expected == lint_run.settle(figures, 0.05, wider)


def test_what_the_file_shows_stands_whatever_is_measured():
    from demerit.scheme.lint import Found

    file = Found("met", "Seen.", severe="error")

    assert ("met", "error") == lint_run.merge(file, Found("not met", "Few."))[::3]
    raised = lint_run.merge(Found("not met", ""), Found("met", "Measured.", severe="warning"))
    assert ("met", "warning") == raised[::3]


# ---- the command


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    from demerit import storage

    out = tmp_path_factory.mktemp("runs") / "first"
    asked = trial.Request("suining", people=3_000, months=6, quick=True, threads=2)
    return storage.write(trial.run(asked), out)


@pytest.fixture
def call(capsys):
    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return call


@pytest.fixture
def measured(monkeypatch, ask):
    """The figures of another scheme in the place of those of the run: living them takes long."""
    _, found = ask("good-citizen-pass")
    monkeypatch.setattr("demerit.lint_harm.measure", lambda *asked: found)
    return found


def test_worlds_count_what_the_run_counted(folder):
    """The same people, the same months: the world with all its rules is the run."""
    from demerit import storage

    document, frames, _ = storage.read(folder)
    worlds = Worlds(document, 50_000, 2, lambda *_: None)
    counts, borne = worlds.watch()

    assert 3_000 == worlds.people
    for name in ("scored", "deed_petition", "entries", "aware_rules", "employed"):
        row = counts.frames[:, :, counts.counters.index(name)]
        np.testing.assert_array_equal(frames[name], row)
    assert (borne[:, 0, 0].sum(), borne[:, 0, 1].sum()) == tuple(
        worlds.harm()[unit][0] for unit in ("sanction", "doors")
    )


def test_the_command_lives_the_worlds_of_its_run(folder, call):
    code, out, _ = call("lint", "suining", "--run", folder, "--worlds", "--people", "2k")

    assert 0 == code
    assert "Further worlds: " in out
    assert "for 1,000 months in which somebody is scored" in out


def test_the_command_shows_each_table_within_a_hundred_columns(folder, call, measured):
    code, out, _ = call("lint", "suining", "--run", folder, "--worlds")
    shown = out[out.index("\nFurther worlds: ") :].split("\n")

    assert 0 == code
    assert 100 >= max(map(len, shown))
    for table in tables(measured):
        assert table.title.split(" (")[0] in out
    assert "Further worlds: 100% of months under sanction" in " ".join(out.split())


def test_the_figures_as_json(folder, call, measured):
    code, out, _ = call("lint", "suining", "--run", folder, "--worlds", "--json")
    found = json.loads(out)["schemes"][0]["worlds"]

    assert 0 == code
    assert measured["shares"] == found["shares"]
    assert {"value", "low", "high"} == set(found["contexts"]["groups"][0]["sanction"])


def test_the_draft_takes_the_figures_up(folder, call, measured):
    _, out, _ = call("lint", "suining", "--run", folder, "--worlds", "--fria")
    _, bare, _ = call("lint", "suining", "--run", folder, "--fria")

    assert "Not legal advice" in out
    for title in (table.title for table in tables(measured)):
        assert f"| {title} |" in out
        assert f"| {title} |" not in bare
    assert "--worlds --fria`" in bare
    assert "(rests on the Commission's guidelines, from memory)" in out
    assert "fall on people who did nothing that costs points" in out
    assert "- Appeals lodged in the run: " in out
    assert "- An essential good is withheld (AIA-008): Keep work" in out


def test_a_draft_without_entries_says_nothing_of_appeals(ask):
    asked, found = ask("cibil")
    held = verdict(asked, found)
    document = {"statement": "Nobody.", "scored_people": 1, "people": 2, "months": 3,
                "measures": {}}  # fmt: skip

    assert "Appeals lodged" not in draft(held, "Credit", document, found, {})


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--worlds"], "name the run"),
        (["--people", "5k"], "is for --worlds"),
        (["--run", "{folder}", "--worlds", "--people", "10"], "at least 1,000"),
        (["--run", "{folder}", "--worlds", "--people", "many"], "is no number"),
    ],
)
def test_what_cannot_be_asked_is_told(folder, call, options, said):
    code, out, err = call("lint", "suining", *(word.format(folder=folder) for word in options))

    assert (2, "") == (code, out)
    assert said in err
    assert "Traceback" not in err


def test_a_file_that_changed_since_the_run_is_refused(folder, call, tmp_path):
    text = (facts.DATA / "schemes" / "suining.toml").read_text()
    edited = tmp_path / "suining-x.toml"
    edited.write_text(text.replace("petition        = { value = -50", "petition = { value = -60"))
    assert "-60" in edited.read_text() or pytest.fail("the line has moved")
    code, _, err = call("lint", edited, "--run", folder, "--worlds")

    assert 2 == code
    assert "has changed since this run" in err
