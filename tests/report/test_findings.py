"""Findings: sentences follow the intervals, and benefits go by the same rule as harms."""

import pytest

from demerit.report.claims import holds_nought, of_effect, of_level, settled, size
from demerit.report.counts import Counts
from demerit.report.findings import BENEFITS, WORK_AND_SPEECH, about_sanctions, choose, findings

CHANCE = (-0.0012, -0.0008)


@pytest.fixture
def effect(make):
    def build(low, high, chance=CHANCE, with_=0.019):
        return make["measure"]("?", "rate", "effect", 0.02, with_, low, high, chance)

    return build


@pytest.mark.parametrize(("low", "high"), [(-0.002, 0.001), (0.0, 0.002), (-0.001, 0.0)])
def test_where_the_interval_holds_nought_we_cannot_say(effect, low, high):
    text = of_effect(effect(low, high), "bribes", quick=False)
    assert text.startswith(
        "In this model, we cannot say whether the scheme raises or lowers bribes"
    )


@pytest.mark.parametrize(
    ("low", "high", "chance", "verb"),
    [(-0.002, -0.001, CHANCE, "lowers"), (0.001, 0.002, (0.001, 0.002), "raises")],
)
def test_where_the_sign_is_settled_it_is_told(effect, low, high, chance, verb):
    text = of_effect(effect(low, high, chance), "bribes", quick=False)
    assert text.startswith(f"In this model, the scheme {verb} bribes by ")
    assert "nobody has published" in text
    assert "cannot say" not in text


def test_chance_alone_can_take_the_sign_away(effect):
    text = of_effect(effect(-0.002, -0.001, (-0.003, 0.001)), "bribes", quick=False)
    assert "we cannot say" in text
    assert "(chance alone)" in text


def test_a_quick_run_says_what_it_left_out(effect):
    text = of_effect(effect(None, None), "bribes", quick=True)
    assert "left out by --quick" in text
    assert text.startswith("In this model, the scheme lowers bribes")


def test_without_any_interval_nothing_is_claimed(effect):
    text = of_effect(effect(None, None, (None, None)), "bribes", quick=False)
    assert "we cannot say" in text


def test_the_ends_of_an_interval_may_come_in_either_order():
    assert holds_nought(2, -1)
    assert not holds_nought(-1, -2)


def test_a_level_has_its_interval_beside_it(make):
    measure = make["measure"]("?", "share", "with", None, 0.3, 0.1, 0.5, (0.29, 0.31))
    text = of_level(measure, "{} of punishments are mistakes", quick=False)
    assert text.startswith("In this model, 30% of punishments are mistakes (10 to 50% over")


def test_a_settled_effect_is_taken_before_a_larger_open_one(effect):
    open_, sure = effect(-0.02, 0.001, with_=0.01), effect(-0.002, -0.001)
    first, second = list(BENEFITS)[:2]
    assert choose(BENEFITS, {first: open_, second: sure}) == (second, 1, 2)


def test_where_nothing_is_settled_the_first_question_stays_open(effect):
    first, second = list(BENEFITS)[:2]
    measures = {second: effect(-0.02, 0.001), first: effect(-0.002, 0.001)}
    assert choose(BENEFITS, measures) == (first, 0, 2)


def test_a_benefit_that_turns_into_a_harm_is_told_as_one(effect):
    worse = effect(0.001, 0.004, (0.001, 0.002), with_=0.022)
    key, *_ = choose(BENEFITS, {"deeds_bribe": worse})
    assert "the scheme raises" in of_effect(worse, BENEFITS[key], quick=False)


def test_an_effect_with_nothing_to_compare_with_counts_as_itself(effect, make):
    alone = make["measure"]("?", "share", "effect", 0.0, 0.02, 0.01, 0.03, (0.01, 0.03))
    assert size(alone) == 0.02


def test_benefits_and_harms_are_as_many():
    assert len(BENEFITS) == len(WORK_AND_SPEECH)


def test_an_effect_without_intervals_is_not_settled(effect):
    assert not settled(effect(None, None, (None, None)))


def test_three_findings_each_in_this_model(document, frames):
    found = findings(document, Counts(document, frames))
    assert len(found) == 3
    assert all(text.startswith("In this model, ") for _, text in found)


def test_findings_come_from_the_counts_not_from_the_page(document, frames):
    before = about_sanctions(document, Counts(document, frames))
    other = {**frames, "anatomy_harm": 5 * frames["anatomy_harm"]}
    assert about_sanctions(document, Counts(document, other)) != before


def test_nobody_punished_is_said_in_words(document, frames):
    none = {k: 0 * v if k.startswith(("sanctioned", "anatomy")) else v for k, v in frames.items()}
    assert about_sanctions(document, Counts(document, none)) == "In this model, nobody is punished."
