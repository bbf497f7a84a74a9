"""Tables of private scores: who gives them, of what they are made, whose doors they open.

[[issuer]] of a scheme file, Society tables  ->  columns of scheme.tables.Tables
"""

from typing import Any

import numpy as np

from demerit import facts
from demerit.columns import DOORS, ISSUERS_MAX, STANDINGS
from demerit.society.tables import wide

LINES = ("start", "least", "cap", "below", "above")
SINGLE = ("customers", "mixed", "half_life")
ACCESS = 4  # a door as for everyone, in quarters


def tables(spec: dict[str, Any], society: Any) -> dict[str, Any]:
    """The tables of a scheme's issuers; nought and as for everyone where there is none."""
    issuers = spec.get("issuer", [])
    deeds = list(facts.read("deeds.toml")["deed"])
    agencies = list(facts.read("agencies.toml")["agency"])
    points = np.zeros((ISSUERS_MAX, len(deeds)), np.int64)
    seen = np.zeros((ISSUERS_MAX, len(deeds), 2), np.int64)
    line = np.zeros((ISSUERS_MAX, len(LINES)), np.int64)
    single: dict[str, np.ndarray] = {
        name: np.zeros(ISSUERS_MAX) for name in ("customers", "mixed", "half_life")
    }
    partner = np.full((ISSUERS_MAX, len(STANDINGS), len(DOORS)), ACCESS, np.int64)
    for k, issuer in enumerate(issuers):
        for key, fact in issuer["points"].items():
            points[k, deeds.index(key)] = fact["value"]
        seen[k] = seen_16(society, {agencies.index(key) for key in issuer["agencies"]}, len(deeds))
        line[k] = [16 * issuer[name]["value"] for name in LINES]
        for name, row in single.items():
            row[k] = issuer[name]["value"]
        for standing, doors in issuer["doors"].items():
            for door, fact in doors.items():
                access = round(ACCESS * fact["value"])
                partner[k, STANDINGS.index(standing), DOORS.index(door)] = access
    kept = 0.5 ** (1 / np.maximum(1, single["half_life"]))
    return {
        "issuers": len(issuers),
        "issuer_points": points,
        "issuer_seen_16": seen,
        "customer_32": wide(single["customers"]),
        "mixed_32": wide(single["mixed"]),
        "line_16": line,
        "kept_16": np.rint(65536 * kept).astype(np.int64),
        "partner": partner,
        "partnered": (partner != ACCESS).any(axis=(0, 1)).astype(np.int64),
    }


def seen_16(society: Any, agencies: set[int], deeds: int) -> np.ndarray:
    """Chance that at least one of these agencies sees a deed (deed, home) [1/65536]."""
    missed = np.ones((deeds, 2))
    for deed in range(deeds):
        for watch in range(society.watch_from[deed], society.watch_from[deed + 1]):
            if int(society.watch_agency[watch]) in agencies:
                missed[deed] *= 1 - society.watch_seen_32[watch] / 2**32
    return np.rint(65536 * (1 - missed)).astype(np.int64)
