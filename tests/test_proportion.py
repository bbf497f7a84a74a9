"""Proportion: the figures of further worlds as measures, without a run to read."""

import json
import math

import pytest

from demerit import cli, lint_harm, proportion, trial
from demerit.lint_worlds import HARM


def quiet(stage, done, total):
    pass


def asked(scheme, months=12, people=5_000):
    """In one small place, even if the scheme is of a nation."""
    here = trial.setting(trial.Request(scheme, people=people, months=months))
    return proportion.request(
        here.scheme, here.society, "0412", here.people, months, 1, (),
        trial.assumptions(here.scheme, "china-2020"),
    )  # fmt: skip


@pytest.fixture(scope="module")
def found():
    """Of a scheme with graver and lighter rules in a small place."""
    return proportion.measure(asked("cibil"), 2, quiet)


def rows(found, key):
    return found["measures"][key]["rows"]


def test_every_measure_says_what_it_is(found):
    assert list(proportion.MEASURES) == list(found["measures"])
    for one in found["measures"].values():
        assert all(one[name] for name in ("unit", "better", "question", "textbook", "undefined"))
        assert "jackknife" in one["interval"]
        assert one["rows"]


def test_it_is_what_lint_measures(found):
    again = lint_harm.measure(asked("cibil"), 50_000, 1, quiet)
    times = ("seconds",)

    assert {k: v for k, v in again.items() if k not in times} == {
        k: v for k, v in found["worlds"].items() if k not in times
    }


def test_parts_of_life_and_what_stays_add_up_to_one(found):
    for unit in HARM:
        shares = [row["value"] for row in rows(found, "context_share") if row["harm"] == unit]
        known = [x for x in shares if x is not None]
        assert not known or math.isclose(1, sum(known), abs_tol=1e-9)
    assert any(row["value"] for row in rows(found, "context_share"))


def test_harm_for_gravity_is_harm_for_each_deed_over_its_gravity(found):
    per_deed = {row["rule"]: row for row in rows(found, "rule_harm_per_deed")}
    checked = 0
    for row in rows(found, "rule_harm_per_gravity"):
        if row["value"] is not None:
            whole = per_deed[row["rule"]]["value"]
            assert row["value"] == pytest.approx(whole / row["gravity"])
            checked += 1
    assert checked


def test_what_falls_on_the_blameless_is_a_part_of_what_falls_on_the_harmless(found):
    share = {(row["people"], row["harm"]): row["value"] for row in rows(found, "blameless_share")}

    for unit in ("sanction", "doors"):
        costly, harmful = (share[f"no_{kind}_deed", unit] for kind in ("costly", "harmful"))
        assert (costly is None and harmful is None) or 0 <= costly <= harmful <= 1


def test_a_scheme_that_scores_nothing_has_no_proportion(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["proportion", "none", "--people", "1000", "--months", "1", "--json"])
    document = json.loads(capsys.readouterr().out)

    assert not ended.value.code
    assert document["statement"].startswith("These people do not exist.")
    assert "measures" not in document


@pytest.mark.parametrize(("arguments", "said"), [
    (["pilots"], "is a calendar of schemes"),
    (["suining", "--people", "60k"], "at most 50,000, as in --people 50k"),
    (["suning"], "there is none of this name"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused(arguments, said, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["proportion", *arguments])

    assert 2 == ended.value.code
    assert said in capsys.readouterr().err
