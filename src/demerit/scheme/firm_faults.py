"""Faults of a scheme's part on firms that a shape cannot say: keys, and floors that must fall."""

from collections.abc import Iterator, Sequence
from typing import Any

from demerit.columns import FIRM_DEEDS, FIRM_DOORS


def firm_keys(firms: dict[str, Any]) -> Iterator[tuple[str, str, str, Sequence[str]]]:
    """Keys of the part on firms, each with its place, its kind and what is allowed."""
    for key in firms.get("points", {}):
        yield f"firms.points.{key}", key, "deed of firms", FIRM_DEEDS
    for key in firms.get("blacklist", {}).get("deeds", []):
        yield f"firms.blacklist.{key}", key, "deed of firms", FIRM_DEEDS
    for grade in firms.get("grade", []):
        for key in grade.get("doors", {}):
            yield f"firms.grade.{grade['key']}.doors.{key}", key, "door of firms", FIRM_DOORS


def grade_faults(firms: dict[str, Any]) -> Iterator[str]:
    """Floors that do not fall from grade to grade to nought."""
    floors = [grade["floor"]["value"] for grade in firms.get("grade", [])]
    if floors and (floors != sorted(set(floors), reverse=True) or floors[-1] != 0):
        yield f"firms.grade: floors must fall from grade to grade and end at 0, but read {floors}."
