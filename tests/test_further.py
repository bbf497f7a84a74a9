"""Further: what a run's pages need beside its measures is there, and is what the commands tell."""

import pytest

from demerit import further, lint_harm, lint_told, luck, storage, trial
from demerit import scheme as schemes

ASKED = {"people": 4_000, "months": 8, "threads": 1}
REQUEST = trial.Request("sesame", **ASKED)


def silent(*_):
    pass


@pytest.fixture(scope="module")
def answered():
    """A run that is not --quick, but for the draws of what is not known, which take long."""
    patch = pytest.MonkeyPatch()
    patch.setattr(trial, "add_not_known", lambda *_: ([], []))
    yield trial.run(REQUEST)
    patch.undo()


def test_lint_of_a_run_is_that_of_the_command(answered):
    told = lint_told.as_document([lint_told.look("sesame", answered.document)])
    kept = storage.plain(answered.document["lint"])
    assert kept == {k: v for k, v in storage.plain(told).items() if k not in ("statement", "run")}


def test_lines_of_lint_are_those_of_the_schemes_file(answered):
    text = schemes.find("sesame").read_text(encoding="utf-8").split("\n")
    rows = answered.document["lint"]["schemes"][0]["inputs"]
    assert rows
    for row in rows:
        assert row["key"] in text[row["line"] - 1]


def test_luck_is_that_of_the_experiment(answered):
    here = trial.setting(REQUEST)
    plan = further.run.plan(here.scheme, here.society, 8, 1, 4_000, None)
    found = luck.measure(luck.compare(plan, luck.REDRAWN, True, 1, silent))
    assert answered.document["luck"]["measures"] == found


def test_proportion_is_a_part_of_what_lint_measures_by_worlds(answered):
    worlds = lint_harm.Worlds(answered.document, 4_000, 1, silent)
    _, borne = worlds.watch()
    kept = answered.document["proportion"]
    assert kept["shares"] == lint_harm.plain(lint_harm.shares(worlds))
    assert kept["without_deed"] == lint_harm.plain(lint_harm.borne_by(borne, worlds.harm()))
    every = next(row for row in kept["shares"] if row["key"] == "every")
    assert every["sanction"]["value"] == pytest.approx(1.0)


def test_quick_leaves_further_worlds_out():
    document = trial.run(trial.Request("sesame", quick=True, **ASKED)).document
    assert document["luck"] is None
    assert document["proportion"] is None
    assert document["lint"]["findings"]


@pytest.mark.slow
@pytest.mark.parametrize("key", ["none", "learned", "eight-firms", "nosedive"])
def test_every_kind_of_scheme_is_answered_whole(key, tmp_path):
    asked = trial.Request(key, quick=True, **ASKED)
    out = storage.write(trial.run(asked), tmp_path / "run")
    assert (out / "lawyer.html").is_file()
    storage.read(out)


@pytest.mark.slow
def test_a_calendar_has_the_lint_of_each_of_its_schemes():
    document = trial.run(trial.Request("pilots", quick=True, **ASKED | {"people": 8_000})).document
    keys = [scheme["key"] for scheme in document["lint"]["schemes"]]
    assert len(keys) == len(set(keys)) > 1
