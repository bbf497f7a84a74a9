"""Tables of a scheme's part on firms; they do nothing where a scheme has none."""

from typing import Any

import numpy as np

from demerit.columns import FIRM_DEEDS, FIRM_DOORS, GRADES_MAX
from demerit.society.tables.firms import whole

ACCESS = 4  # a door as for everyone, in quarters


def of_firms(part: dict[str, Any] | None, society: Any) -> dict[str, Any]:
    """The tables of `[firms]`, or such as do nothing."""
    points, lists = np.zeros(len(FIRM_DEEDS), np.int64), np.zeros(len(FIRM_DEEDS), np.uint8)
    floor = np.zeros(GRADES_MAX, np.int64)
    access = np.full((GRADES_MAX + 1, len(FIRM_DOORS)), ACCESS, np.int64)
    if part is None:
        part = {"grade": [], "points": {}}
    grades, blacklist = part["grade"], part.get("blacklist", {"deeds": []})
    for key, fact in part["points"].items():
        points[FIRM_DEEDS.index(key)] = fact["value"]
    for key in blacklist["deeds"]:
        lists[FIRM_DEEDS.index(key)] = 1
    for k, grade in enumerate(grades):
        floor[k] = grade["floor"]["value"]
        for door, fact in grade.get("doors", {}).items():
            access[k + 1, FIRM_DOORS.index(door)] = round(ACCESS * fact["value"])
    start, number = 0, {key: fact["value"] for key, fact in part.items() if "basis" in fact}
    if grades:
        start = number["start"]
        gaps = max(1, start - floor[len(grades) - 2]), max(1, floor[0] - start)
    return {
        "firms": int(bool(grades)),
        "firm_points": points,
        "firm_fear_16": fear(points, lists, gaps[0], society) if grades else np.zeros_like(points),
        "firm_show_16": show(points, gaps[1], society) if grades else np.zeros_like(points),
        "firm_start": start,
        "firm_rating_months": number.get("rating_months", 12),
        "firm_owner_points": number.get("owner_points", 0),
        "firm_floor": floor,
        "firm_lowest": len(grades),
        "firm_access": access,
        "firm_lists": lists,
        "firm_list_months": blacklist["months"]["value"] if blacklist["deeds"] else 0,
    }


def fear(points: np.ndarray, lists: np.ndarray, gap: int, society: Any) -> np.ndarray:
    """Share of each harmful deed that who knows the rules withholds (firm deed,) [1/65536].

    1 - ((law + scheme) / law) ** severity, as for people (scheme/tables.py); the scheme costs a
    month of turnover times the part of the way to the lowest grade that one entry goes.
    """
    law = np.maximum(0.01, society.firm_law_months)
    way = np.where(lists > 0, 1.0, np.minimum(1, np.maximum(0, -points) / gap))
    held = 1 - ((law + way) / law) ** society.severity
    return whole(np.where((society.firm_harm > 0) & (points < 0), 65536 * held, 0))


def show(points: np.ndarray, gap: int, society: Any) -> np.ndarray:
    """How much more of a rewarded deed is done for its points (firm deed,) [1/65536]."""
    return whole(society.show_16 * np.minimum(1, np.maximum(0, points) / gap))
