"""Parts: what the check of a scheme file and its tables both know of it."""

from typing import Any

TIERS_MAX = 4
JOINS = ("none", "id", "name", "both")  # how an agency's records find their file


def is_sanctioned(tier: dict[str, Any]) -> bool:
    """Does this tier narrow any door?"""
    return any(door["value"] < 1 for door in tier.get("doors", {}).values())
