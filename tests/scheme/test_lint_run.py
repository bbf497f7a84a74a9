"""Lint with a run: what counts decide that a file cannot, and the draft of Article 27."""

from pathlib import Path

import pytest

from demerit import cli, lint_run, storage
from demerit import scheme as schemes
from demerit.scheme.assessment import draft
from demerit.scheme.elements import judge
from demerit.scheme.lint import lint
from demerit.scheme.reading import case

CREDIT = Path(__file__).parent / "credit.toml"


def verdict(document=None):
    here = case(schemes.load(CREDIT).spec)
    return judge(here, lint_run.decide(lint(here), document) if document else lint(here))


def found_by(found, rule):
    return next(row.found for row in found.rules if row.key == rule)


def made(wrongful, urban, rural, chance=(None, None), wronged=(None, None)):
    def shown(value, **more):
        return {"unit": "share", "question": "How many?", "headline": "with", "with": value,
                "low": None, "high": None} | more  # fmt: skip

    groups = {"home": {"urban": {"with": urban}, "rural": {"with": rural}}}
    return {
        "statement": "These people do not exist.", "run": "a", "scheme": "credit",
        "people": 10, "scored_people": 9, "months": 3,
        "measures": {"wrongful_sanction_share": shown(
            wrongful, chance_low=wronged[0], chance_high=wronged[1]), "sanctioned_share": shown(
            0.1, by_group=groups), "sanctioned_ratio_home": shown(
                rural and rural / urban, chance_low=chance[0], chance_high=chance[1])},
    }  # fmt: skip


@pytest.mark.parametrize(("wrongful", "chance", "status_of", "said"), [
    (0.3, (0.2, 0.4), "met", "30% (20 to 40); above the bound of 5%."),
    (0.06, (0.05, 0.07), "met", "6% (5 to 7); above the bound of 5%."),
    (0.06, (0.04, 0.08), "open", "6% (4 to 8); not settled against the bound of 5%."),
    (0.04, (0.02, 0.06), "open", "4% (2 to 6); not settled against the bound of 5%."),
    (0.3, (None, None), "open", "30%, too little to tell chance; not settled against the bound"),
    (0.01, (0.005, 0.02), "not met", "1% (0.5 to 2); below the bound of 5%."),
    (0.01, (None, None), "not met", "1%, too little to tell chance; below the bound of 5%."),
])  # fmt: skip
def test_how_many_are_wronged_meets_a_rule_only_by_the_whole_interval(
    wrongful, chance, status_of, said
):
    found = found_by(verdict(made(wrongful, 0.1, 0.1, wronged=chance)), "AIA-007")

    assert status_of == found.status
    assert said in found.what


@pytest.mark.parametrize(
    ("wrongful", "urban", "rural", "chance", "wrong", "apart"),
    [(0.01, 0.1, 0.1, (0.9, 1.1), "not met", "not met"),
     (0.3, 0.1, 0.05, (0.4, 0.6), "met", "met"),
     (0.01, 0.1, 0.05, (0.1, 0.9), "not met", "open"),  # chance alone could make it
     (0.01, 0.1, 0.1, (0.7, 1.3), "not met", "open"),
     (0.01, 0.1, 0.05, (None, None), "not met", "open"),  # too few blocks to tell chance
     (0.01, 0.1, None, (None, None), "not met", "open")],
)  # fmt: skip
def test_a_run_decides_what_a_file_cannot(wrongful, urban, rural, chance, wrong, apart):
    wronged = wrongful - 0.005, wrongful + 0.005
    found = verdict(made(wrongful, urban, rural, chance, wronged))

    assert (wrong, apart) == tuple(found_by(found, rule).status for rule in ("AIA-007", "AIA-013"))
    assert ("met" if wrong == "met" else "not met") == found.pattern


@pytest.mark.parametrize(("rural", "chance", "said"), [
    (0.05, (0.4, 0.6), "home 0.5 (0.4 to 0.6)."),
    (None, (None, None), "none. 1 of 2 groups too few to tell."),
])  # fmt: skip
def test_how_far_groups_lie_apart_is_said_with_chance_and_who_is_too_few(rural, chance, said):
    found = found_by(verdict(made(0.01, 0.1, rural, chance)), "AIA-013")

    assert found.what.endswith(f"least over most (bound 0.8): {said}")


def test_the_draft_is_filled_from_the_run_and_asks_for_the_rest():
    document = made(0.3, 0.1, 0.05)
    text = draft(verdict(document), "A credit score", document)

    assert text.startswith("These people do not exist.")
    assert all(f"## ({point}) " in text for point in "abcdef")
    assert "| home: rural | 5 in 100 | too few to tell |" in text
    assert "| How many? | 30 in 100 | not asked |" in text
    assert "A bank looks at the tier before it lends." in text
    assert "Not legal advice" in text


def test_without_a_run_the_draft_says_what_a_run_would_fill():
    assert 2 == draft(verdict(), "A credit score", None).count("--run RUN --fria")


def test_a_run_of_another_scheme_is_refused(capsys, monkeypatch):
    monkeypatch.setattr(storage, "read", lambda run: (made(0, 0, 0), {}, {}))
    with pytest.raises(SystemExit) as ended:
        cli.main(["lint", "suining", "--run", "a"])

    assert 2 == ended.value.code
    assert "that is a run of credit" in capsys.readouterr().err
