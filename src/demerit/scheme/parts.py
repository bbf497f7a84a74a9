"""Parts: what the check of a scheme file and its tables both know of it."""

from collections.abc import Iterator
from typing import Any

TIERS_MAX = 4
CAREER = ("promotion", "prestige", "office")  # doors that a grade of officials may move
JOINS = ("none", "id", "name", "both")  # how an agency's records find their file


def is_sanctioned(tier: dict[str, Any]) -> bool:
    """Does this tier narrow any door?"""
    return any(door["value"] < 1 for door in tier.get("doors", {}).values())


def dimensions(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """The dimensions of a scorecard, each with its marks; none for other schemes."""
    return [{"marks": {}, **row} for row in spec.get("dimension", [])]


def dimension_faults(spec: dict[str, Any]) -> Iterator[str]:
    """Weights add up to a hundred; a deed is marked in dimensions or has points, not both."""
    rows = dimensions(spec)
    total = sum(row["weight"]["value"] for row in rows)
    if rows and abs(total - 100) > 1e-9:
        yield f"dimension: weights must add up to 100 per cent, but add up to {total:g}."
    keys = [row["key"] for row in rows]
    if len(keys) != len(set(keys)):
        yield f"dimension: each needs a key of its own, but they read {keys}."
    for row in rows:
        for deed in row["marks"]:
            if deed in spec.get("points", {}):
                yield f"dimension.{row['key']}.marks.{deed}: it has points of its own already."
