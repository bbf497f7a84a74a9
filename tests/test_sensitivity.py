"""Sensitivity: what moves a headline is found, and what does not is called noise."""

import numpy as np
import pytest

from demerit import sensitivity

DRAWS, NUMBERS = 64, 400


def made(rule, seed=1, numbers=NUMBERS):
    """Draws of many numbers, and a headline that is a function of them."""
    values = np.random.default_rng(seed).random((DRAWS, numbers))
    changed = [{f"n{k}": float(x) for k, x in enumerate(row)} for row in values]
    heads = [{"employment": float(rule(row, i))} for i, row in enumerate(values)]
    return changed, heads


def test_the_number_that_moves_a_headline_comes_first_and_is_told_from_noise():
    found = sensitivity.of_draws(*made(lambda row, _: row[7]), seed=1)

    first, second = found["headlines"]["employment"][:2]
    assert first["name"] == "n7"
    assert first["correlation"] == pytest.approx(1.0)
    assert first["sure"]
    assert not second["sure"]
    assert first["low"] < 1 / 3 < 2 / 3 < first["high"]


def test_of_two_numbers_both_are_found_step_by_step():
    found = sensitivity.of_draws(*made(lambda row, _: 2 * row[7] - row[9]), seed=1)

    rows = found["headlines"]["employment"][:2]
    assert [row["name"] for row in rows] == ["n7", "n9"]
    assert all(row["sure"] for row in rows)
    assert rows[1]["high"] < rows[1]["low"]


def test_pure_chance_is_called_noise_in_95_of_100_sets_of_draws():
    draw = np.random.default_rng(3)
    sure = 0
    for trial in range(60):
        changed, heads = made(lambda *_: draw.normal(), trial, 100)
        found = sensitivity.of_draws(changed, heads, seed=trial)
        sure += found["headlines"]["employment"][0]["sure"]

    assert sure <= 3 + 3 * np.sqrt(60 * 0.05 * 0.95)  # three standard errors


def test_the_bound_of_a_later_step_holds_95_of_100_headlines_of_which_as_much_is_taken_out():
    """Eight numbers taken out of 30 draws: what is left of a headline of pure chance varies in
    fewer ways, so that the bound of a whole headline would be passed far more often than 5 of 100.
    """
    draw = np.random.default_rng(6)
    rest, gone = sensitivity.standard(draw.random((30, 200))), []
    heads = sensitivity.standard(draw.normal(size=(30, 2_000)))
    for k in range(8):
        gone.append(rest[:, k].copy())
        rest = sensitivity.without(rest, gone[-1])
        heads = sensitivity.without(heads, gone[-1])
    largest = np.abs(heads.T @ rest).max(axis=1)

    assert 0.05 == pytest.approx((largest > sensitivity.bound(rest, 1, gone)).mean(), abs=0.02)
    assert 0.2 < (largest > sensitivity.bound(rest, 1)).mean()


def test_a_number_that_moved_along_is_named_beside_and_does_not_come_next():
    changed, heads = made(lambda row, _: row[7])
    for row in changed:
        row["twin"] = 3 * row["n7"] + 1

    rows = sensitivity.of_draws(changed, heads, seed=1)["headlines"]["employment"]

    assert {rows[0]["name"], *rows[0]["alike"]} == {"n7", "twin"}
    assert {"n7", "twin"} - {row["name"] for row in rows[1:]} == {"n7", "twin"}


def test_draws_with_another_fate_do_not_count_and_too_few_tell_nothing():
    changed, heads = made(lambda row, _: row[7])
    assert sensitivity.of_draws(changed, [*heads[:40], *[None] * 24], 1)["draws"] == 40
    assert sensitivity.of_draws(changed, [*heads[:30], *[None] * 34], 1)["draws"] == 30
    assert sensitivity.of_draws(changed, [*heads[:29], *[None] * 35], 1) is None


def test_a_headline_that_never_moves_or_is_undefined_is_left_out():
    changed, heads = made(lambda *_: 1.0)
    heads[3]["employment"] = float("nan")
    assert sensitivity.of_draws(changed, heads, 1)["headlines"] == {}
