"""Kinds: what a scheme adds to the tables that asks for consent, weighs dimensions, has ratings or
learns its weights.

[consent], [[dimension]], [peer], [learned], score.least  ->  numbers of the tables; those that do
nothing where a scheme has no such section

A weighted scorecard reads: score = least + (cap - least) * sum of weight * dimension, each
dimension between nought and one.  As long as no dimension is full or empty this is linear in
entries, so that it is kept as points: an entry that moves a dimension by so many of 100 marks moves
the score by (cap - least) * weight * marks / 100, rounded to whole points; a deed that is marked in
several dimensions moves it by their sum.  A dimension by itself is not held within its bounds: the
score is.
"""

from typing import Any

import numpy as np

from demerit.society.tables import wide

EVEN = 147.8  # the standard deviation of the sum of four even bytes (step/begin.py, beliefs)


def points(spec: dict[str, Any], deeds: list[str]) -> np.ndarray:
    """Points of an entry of each deed (deed,): stated, or the sum over weighted dimensions."""
    found = np.zeros(len(deeds), np.int64)
    for key, fact in spec.get("points", {}).items():
        found[deeds.index(key)] = fact["value"]
    rows = spec.get("dimension", [])
    if not rows:
        return found
    span = spec["score"]["cap"]["value"] - value(spec, "score", "least", 0)
    total = sum(row["weight"]["value"] for row in rows)  # 100, unless weights are varied
    moved = np.zeros(len(deeds))
    for row in rows:
        for key, fact in row.get("marks", {}).items():
            moved[deeds.index(key)] += span * row["weight"]["value"] / total * fact["value"] / 100
    # Away from nought, so that a deed that is marked moves the score by a point at the least.
    return found + (np.sign(moved) * np.maximum(np.rint(abs(moved)), moved != 0)).astype(np.int64)


def value(spec: dict[str, Any], part: str, key: str, unsaid: float) -> Any:
    """A number of an optional section."""
    return spec.get(part, {}).get(key, {"value": unsaid})["value"]


def joined_share(spec: dict[str, Any]) -> float:
    """Share of those who may that have a file [share]."""
    return float(value(spec, "consent", "join", 1.0))


def lowest_reward(spec: dict[str, Any], unsaid: int) -> int:
    """The lowest floor of a tier that widens a door [points]."""
    floors = [
        tier["floor"]["value"]
        for tier in spec["tier"]
        if any(fact["value"] > 1 for fact in tier.get("doors", {}).values())
    ]
    return min(floors, default=unsaid)


def extras(spec: dict[str, Any]) -> dict[str, Any]:
    """The numbers of consent, ratings and the least score, as tables have them."""
    return {
        "least": value(spec, "score", "least", 0),
        "join_256": round(256 * value(spec, "consent", "join", 1.0)),
        "join_online": round(value(spec, "consent", "online", 0)),
        "by_assent_32": int(wide(value(spec, "consent", "by_assent", 0.0))),
        "peer_weight": value(spec, "peer", "weight", 0),
        "rates_32": int(wide(value(spec, "peer", "rates", 0.0))),
        "sees_32": int(wide(value(spec, "peer", "sees", 0.0))),
        "usual": value(spec, "peer", "usual", 0),
        "noise_256": round(256 * value(spec, "peer", "noise", 0) / EVEN),
        "herd_256": round(256 * value(spec, "peer", "herd", 0.0)),
    }


def learned(spec: dict[str, Any], deeds: list[str]) -> dict[str, Any]:
    """How a score is learned; nothing is where a scheme has no [learned].

    What it reads are the deeds that [points] names, with the weights of before the first fit.  No
    rule gives points: `points` is nought, so that nobody fears or shows off a single deed.
    """
    learns = "learned" in spec
    first = points(spec, deeds) if learns else np.zeros(len(deeds), np.int64)
    traced = [learns and deed in spec["points"] for deed in deeds]
    numbers = ("every_months", "doubling_points", "most_points", "prior_count")
    return {
        "learns": int(learns),
        "traced": np.array(traced, np.uint8),
        "first": first,
        "outcome": deeds.index(spec["learned"]["outcome"]["value"]) if learns else 0,
        **{name: value(spec, "learned", name, 0) for name in numbers},
        "told_256": round(256 * value(spec, "learned", "told_share", 1.0)),
    }
