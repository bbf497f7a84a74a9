"""Performative: a score that changes what it predicts, and is fitted again to what it changed.

Retraining on the data of the last score comes to rest where a score is best for the data it
brings about itself (the stable point).  That is not the score that does best (the optimum): the one
takes its own effect as given, the other reckons with it.

Coin: x is -1 or 1, y is 1 with chance 1/2 + mu x + eps theta x, the score says theta x + 1/2, and
pays the square of its error.  Bell: z is normal about mu + eps theta, the score says theta.

The same two through the weights of a learned score (demerit.learned.fit), which sees counts and
knows nothing of squares: the coin, for a score of two bins says what the best theta says; and of
the bell its recursion, where what the weight of a trace does to lives is that its true weight of
evidence becomes mu + eps * weight, in doublings of the odds.

Source: J. Perdomo, T. Zrnic, C. Mendler-Duenner, M. Hardt, "Performative prediction", Proceedings
of Machine Learning Research 119, 2020.
"""

from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import ndtri

from demerit import draws, learned
from demerit.theory.row import BELL, COIN, Row, compare, reference, sampled

SEED = 2020
PEOPLE, REPETITIONS = 100_000, 16
FILES, DOUBLING = 10**12, 1_000  # so many that counts are as exact as chances; points a doubling
MOST = 20 * DOUBLING  # a weight of twenty doublings is as good as certain


def chance(x: float, theta: float, mean: float, effect: float) -> float:
    """Chance of y = 1 for x (-1 or 1) while the score theta is in use."""
    return 0.5 + mean * x + effect * theta * x


def loss(theta: float, used: float, mean: float, effect: float) -> float:
    """Mean square error of theta on the data that the score `used` brings about."""
    total = 0.0
    for x in (-1.0, 1.0):
        p = chance(x, used, mean, effect)
        total += p * (0.5 - theta * x) ** 2 / 2 + (1 - p) * (0.5 + theta * x) ** 2 / 2
    return total


def retrain(used: float, mean: float, effect: float) -> float:
    """The best score for the data that the score `used` brings about."""
    found = minimize_scalar(loss, args=(used, mean, effect), bracket=(-1, 1), tol=1e-12)
    return float(found.x)


def optimum(mean: float, effect: float) -> float:
    """The score that does best on the data that it brings about itself."""
    found = minimize_scalar(
        lambda theta: loss(theta, theta, mean, effect), bracket=(-1, 1), tol=1e-12
    )
    return float(found.x)


def iterate(step, count: int) -> list[float]:
    """theta = 0, step(0), step(step(0)) ...: `count` values."""
    found = [0.0]
    while len(found) < count:
        found.append(step(found[-1]))
    return found


def words(month: int, replicate: int, purpose: int) -> np.ndarray:
    """Four random words for each person (4, person)."""
    u = np.empty((4, PEOPLE), np.uint32)
    draws.rows(u, draws.U(SEED), draws.U(0), month, replicate, purpose, 0)
    return u


def coin_on_people(replicate: int, mean: float, effect: float, rounds: int) -> list[float]:
    """Scores of retraining on people who are drawn anew each round."""
    theta, found = 0.0, [0.0]
    for month in range(rounds):
        u = words(month, replicate, COIN)
        x = np.where(u[0] < 1 << 31, -1.0, 1.0)
        up, down = (draws.chance_32(chance(s, theta, mean, effect)) for s in (1.0, -1.0))
        y = u[1] < np.where(x > 0, up, down)
        theta = float(np.mean(x * (y - 0.5)))
        found.append(theta)
    return found


def bell_on_people(replicate: int, mean: float, effect: float, rounds: int) -> list[float]:
    """The same where the score predicts a mean that follows it."""
    theta, found = 0.0, [0.0]
    for month in range(rounds):
        noise = ndtri((words(month, replicate, BELL)[0] + 0.5) / draws.WORD)
        theta = float(np.mean(mean + effect * theta + noise))
        found.append(theta)
    return found


def fitted(with_trace: float, without: float) -> float:
    """The weight that the fit gives a trace of half of all files, where the chance of no outcome is
    this with it and this without it [doublings of the odds]."""
    half = FILES // 2
    hit, rest = round(half * (1 - with_trace)), round(half * (1 - without))
    weights = learned.fit(
        FILES, hit + rest, np.array([half]), np.array([hit]), DOUBLING, MOST, prior=1
    )
    return int(weights[0]) / DOUBLING


def coin_by_weights(used: float, mean: float, effect: float) -> float:
    """Retraining the coin by weights of evidence: theta that gives the bins the odds fitted.

    The bins lie the weight apart in log odds, and alike on both sides of even odds.
    """
    odds = 2 ** (fitted(*(chance(x, used, mean, effect) for x in (1.0, -1.0))) / 2)
    return odds / (1 + odds) - 0.5


def bell_by_weights(used: float, mean: float, effect: float) -> float:
    """Retraining a weight whose true value is mean + effect * the weight in use [doublings]."""
    odds = 2 ** ((mean + effect * used) / 2)
    return fitted(odds / (1 + odds), 1 / (1 + odds))


def rows_by_weights(coin: dict[str, Any], bell: dict[str, Any], source: str) -> list[Row]:
    """The same figures by the fit of a learned score; and where retraining comes to no rest."""
    found = []
    for name, row, step in (("coin", coin, coin_by_weights), ("bell", bell, bell_by_weights)):
        mean, effect, published = row["mean"], row["effect"], row["retrained"]
        path = iterate(lambda x, a=step, m=mean, e=effect: a(x, m, e), len(published))
        for k in range(1, len(published)):
            found.append(
                compare(f"performative.weights.{name}.{k}",
                        f"{name}: score {k} by weights of evidence", published[k], path[k],
                        2 / DOUBLING, source)
            )  # fmt: skip
    wild = iterate(lambda x: bell_by_weights(x, 1.0, 1.25), 5)
    for k in range(1, len(wild)):
        found.append(
            compare(f"performative.weights.wild.{k}",
                    f"effect 1.25, no rest: score {k} by weights [(1.25^k - 1) / 0.25]",
                    (1.25**k - 1) / 0.25, wild[k], 5 / DOUBLING, "closed form; " + source)
        )  # fmt: skip
    return found


def rows() -> list[Row]:
    """Stable points, optima, scores by retraining, and what they cost."""
    given, source = reference("performative"), "Perdomo and others 2020"
    coin, bell = given["coin"], given["bell"]
    mean, effect = coin["mean"], coin["effect"]
    path = iterate(lambda theta: retrain(theta, mean, effect), len(coin["retrained"]))
    rest = iterate(lambda theta: retrain(theta, mean, effect), 60)[-1]
    best = optimum(mean, effect)
    found = [
        compare("performative.coin.stable", "coin: retraining rests at", coin["stable"], rest,
                1e-6, source),
        compare("performative.coin.optimum", "coin: the best score", coin["optimum"], best, 1e-6,
                source),
        compare("performative.coin.risk_stable", "coin: loss at rest", coin["risk_stable"],
                loss(rest, rest, mean, effect), 1e-9, source),
        compare("performative.coin.risk_optimum", "coin: loss at best", coin["risk_optimum"],
                loss(best, best, mean, effect), 1e-9, source),
        compare("performative.coin.risk_naive", "coin: loss of the first score fitted",
                coin["risk_naive"], loss(mean, mean, mean, effect), 1e-9, source),
    ]  # fmt: skip
    for k, theta in enumerate(coin["retrained"][1:], 1):
        found.append(
            compare(f"performative.coin.retrained.{k}", f"coin: score {k} by retraining", theta,
                    path[k], 1e-6, source)
        )  # fmt: skip
    for name, row, on_people in (
        ("coin", coin, coin_on_people),
        ("bell", bell, bell_on_people),
    ):
        count = len(row["retrained"])
        runs = [
            on_people(replicate, row["mean"], row["effect"], count - 1)
            for replicate in range(REPETITIONS)
        ]
        for k in range(1, count):
            found.append(
                sampled(f"performative.{name}.people.{k}",
                        f"{name}: score {k} by retraining on {PEOPLE} people",
                        row["retrained"][k], [run[k] for run in runs], source)
            )  # fmt: skip
    return found + rows_by_weights(coin, bell, source)
