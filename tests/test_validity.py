"""Validity and mobility: agreed with SciPy on the people counted, and with theory."""

import numpy as np
import pytest
from scipy import optimize, stats

from demerit import luck
from demerit.measures import MEASURES, mobility, validity


def value(key, *tables):
    return MEASURES[key].function(*tables).value[0]


def table(a, b, shape):
    """People counted by two numbers of theirs (a, b, group)."""
    found = np.zeros((*shape, 1), np.int64)
    np.add.at(found, (a, b, 0), 1)
    return found


@pytest.fixture(scope="module")
def people():
    """Score and trait of two thousand people, tied to one another and with many ties."""
    rng = np.random.default_rng(3)
    trait = rng.integers(0, 16, 2_000)
    return np.clip(trait * 4 + rng.integers(0, 60, 2_000), 0, 127), trait


def test_rank_correlation_is_spearmans_with_ties(people):
    found = validity.rank_correlation(table(*people, (128, 16))).value[0]

    assert stats.spearmanr(*people).statistic == pytest.approx(found, abs=1e-12)


@pytest.mark.parametrize("what", validity.MEANING)
def test_each_meaning_reads_a_table_of_its_own(what, people):
    assert value(f"score_meaning_{what}", table(*people, (128, 16))) > 0.3
    assert (validity.MEANING[what][0],) == MEASURES[f"score_meaning_{what}"].counts


def test_lasting_differences_in_who_is_watched_are_not_explained_by_conduct_and_are_no_luck():
    """Half are watched for life and their conduct counts, that of the others does not: the same
    score in any second draw of records."""
    conduct, watched = np.repeat(np.arange(1, 16), 100), np.tile([0, 1], 750)
    score = conduct * watched
    (luck_of_score,) = (m for m in luck.MEASURES if m.key == "luck_of_score")

    assert 0.5 < value("score_meaning_luck", table(score, conduct, (128, 16)))
    assert 0 == pytest.approx(
        luck_of_score.function(table(score, score, (16, 16))).value[0], abs=1e-12
    )


def test_luck_is_what_conduct_leaves_open(people):
    """A rank and its mean by group of the other: correlated with the rest by sqrt(1 - eta^2)."""
    score, conduct = people
    rank = stats.rankdata(score)
    mean = np.array([rank[conduct == k].mean() for k in range(16)])[conduct]
    expected = np.corrcoef(rank, rank - mean)[0, 1]

    assert expected == pytest.approx(value("score_meaning_luck", table(*people, (128, 16))))


def test_luck_is_nought_where_the_score_is_conduct_and_one_where_it_is_noise():
    conduct = np.repeat(np.arange(31), 200)
    noise = np.random.default_rng(8).permutation(conduct)

    assert 0 == pytest.approx(value("score_meaning_luck", table(conduct, conduct, (128, 31))))
    assert 1 == pytest.approx(value("score_meaning_luck", table(noise, conduct, (128, 31))),
                              abs=0.01)  # fmt: skip


def test_the_curve_is_mann_whitneys(people):
    score, trait = people
    upper = trait >= 8
    expected = stats.mannwhitneyu(score[upper], score[~upper]).statistic
    found = value("score_auc_honesty", table(score, trait, (128, 16)))

    assert expected / upper.sum() / (~upper).sum() == pytest.approx(found)


def test_a_score_that_is_the_trait_keeps_the_whole_signal_and_chance_keeps_none(people):
    _, trait = people
    seen = table(trait * 8, trait, (128, 16))
    noise = np.random.default_rng(1).integers(0, 128, trait.size)

    assert 1 == value("signal_kept", seen, seen)
    assert 0 == pytest.approx(value("signal_kept", table(noise, trait, (128, 16)), seen), abs=0.06)


def test_a_score_of_half_the_information_keeps_about_half_the_signal():
    """Of a normal score correlated r with a normal trait cut at its median (Sheppard 1899):
    P(score of one of the upper half > of one of the lower) = 1/2 + 2/pi asin(r / sqrt 2) ...
    so that asin(r / sqrt 2) / asin(1 / sqrt 2) is kept."""
    rng, r = np.random.default_rng(7), 0.5
    trait = rng.normal(size=400_000)
    score = r * trait + np.sqrt(1 - r**2) * rng.normal(size=trait.size)
    step = np.searchsorted(stats.norm.ppf(np.arange(1, 128) / 128), score)
    sixteenth = np.searchsorted(stats.norm.ppf(np.arange(1, 16) / 16), trait)
    full = np.searchsorted(stats.norm.ppf(np.arange(1, 128) / 128), trait)
    found = value("signal_kept", table(step, sixteenth, (128, 16)),
                  table(full, sixteenth, (128, 16)))  # fmt: skip

    assert np.arcsin(r / np.sqrt(2)) / np.arcsin(1 / np.sqrt(2)) == pytest.approx(found, abs=0.01)


def test_calibration_against_a_falling_risk_is_isotonic_regression():
    rng = np.random.default_rng(2)
    counts = rng.integers(50, 500, (10, 2)).astype(float)
    size = counts.sum(axis=1)
    rate = counts[:, 1] / size
    fitted = optimize.isotonic_regression(rate, weights=size, increasing=False).x

    assert fitted == pytest.approx(validity.falling(rate, size))


def test_a_risk_that_falls_with_the_score_has_no_gap():
    good = np.array([[[80], [20]], [[90], [10]], [[95], [5]]])

    assert 0 == value("calibration_gap", good)
    assert value("calibration_gap", good[::-1]) > 0.3


def test_rows_of_the_matrix_add_up_to_one():
    moved = np.random.default_rng(4).integers(1, 50, (4, 4, 25))
    for start in range(1, 5):
        row = [MEASURES[f"moved_{start}_to_{end}"].function(moved).value for end in range(1, 5)]

        assert np.allclose(1, sum(row))


def test_who_rises_falls_and_stays_is_everybody():
    moved = np.random.default_rng(4).integers(1, 50, (4, 4, 1))
    up = value("tier_up_share", moved) * moved[:3].sum()
    down = value("tier_down_share", moved) * moved[1:].sum()

    assert moved.sum() == pytest.approx(up + down + np.trace(moved[..., 0]))


def lived(chance, months=60, people=20_000, seed=1):
    """The table of who gets out of the lowest tier with a constant chance a month."""
    rng, climb = np.random.default_rng(seed), np.zeros((2, 64, 1), np.int64)
    for month in range(months):
        out = rng.binomial(people, chance)
        climb[:, month, 0] = people, out
        people -= out
    return climb


def test_half_are_out_when_a_constant_chance_says_so():
    """(1 - p)^n falls to a half at n = ln 2 / -ln(1 - p): 6.6, so after seven months."""
    climb = lived(0.1)

    assert 7 == value("climb_months", climb)
    assert 0.9**12 == pytest.approx(value("climb_year_share", climb), abs=0.01)


def test_staying_is_kaplan_and_meiers():
    """Some are lost from sight while still in the lowest tier."""
    rng = np.random.default_rng(5)
    stay, seen = rng.geometric(0.08, 3_000), rng.integers(1, 40, 3_000)
    length, out = np.minimum(stay, seen), stay <= seen
    climb = np.zeros((2, 64, 1), np.int64)
    for month in range(1, 40):
        climb[:, month - 1, 0] = (length >= month).sum(), (out & (length == month)).sum()
    data = stats.CensoredData(uncensored=length[out], right=length[~out])
    expected = stats.ecdf(data).sf.evaluate(np.arange(1, 40))
    found = mobility.staying(climb)

    assert expected[: found.size] == pytest.approx(found)


def test_who_never_gets_out_is_told_as_far_as_thirty_people_reach():
    climb = np.zeros((2, 64, 1), np.int64)
    climb[:, :3, 0] = (100, 50, 29), (50, 21, 29)

    assert 0.29 == pytest.approx(value("climb_never_share", climb))
    assert np.isnan(value("climb_months", np.zeros((2, 64, 1))))
