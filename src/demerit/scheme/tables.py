"""Tables of a scheme as the kernels see it.

Scheme, Society tables  ->  Tables

Fear of an entry is worked out here, once: what it would cost, seen from each distance to the edge
of the sanctioned tiers, beside what ordinary law costs already.
"""

from typing import Any, NamedTuple

import numpy as np

from demerit import draws, facts
from demerit.columns import DOORS, WORLDS
from demerit.scheme import Scheme
from demerit.scheme.check import TIERS_MAX, is_sanctioned
from demerit.society.tables import HARMFUL, wide

BUCKETS, BUCKET_POINTS = 32, 32  # distances to the edge: 32 steps of 32 points
NOBODY = 255  # an age from which nobody is scored
ACCESS = 4  # a door as for everyone, in quarters


class Tables(NamedTuple):
    """A scheme for the kernels.  Axes: world, deed, tier (best first), door, bucket."""

    scored: np.ndarray  # (world,) the scheme exists in this world
    erring: np.ndarray  # (world,) records can be false, mislabelled or on the wrong person
    start: int  # points
    cap: int  # points
    age_from: int  # years
    points: np.ndarray  # (deed,) per entry; nought where not scored
    floor: np.ndarray  # (tier,) points
    edge: int  # points below which a tier carries a sanction
    access: np.ndarray  # (tier, door) quarters of what everyone has
    label_share_32: np.ndarray  # (deed,) share that falls under the scheme's stated words
    label_error_32: np.ndarray  # (deed,)
    fear_16: np.ndarray  # (deed, bucket) share withheld at full caution
    booked_32: int
    backlog_months: int
    interval_months: int
    public: int
    notice_32: int
    appeal_32: int
    success_32: int
    repeal_32: int
    repeal_months: int
    file_share_32: int  # people whom the scheme's file covers, over the society


def build(scheme: Scheme, society: Any, file_share: float) -> Tables:
    """The tables of a faultless scheme, beside those of the society that it runs on."""
    spec = scheme.spec
    deeds = list(facts.read("deeds.toml")["deed"])
    if spec["kind"] == "none":
        return _none(len(deeds))
    points = np.zeros(len(deeds), np.int64)
    label = np.array([[draws.WORD, 0]] * len(deeds), np.int64)
    for key, fact in spec["points"].items():
        points[deeds.index(key)] = fact["value"]
    for key, rule in spec.get("label", {}).items():
        label[deeds.index(key)] = wide([rule["share"]["value"], rule["error"]["value"]])
    # Tiers that a scheme does not have stand behind its last, where no score falls.
    access = np.full((TIERS_MAX, len(DOORS)), ACCESS, np.int64)
    for t, tier in enumerate(spec["tier"]):
        for door, fact in tier.get("doors", {}).items():
            wide_open = round(ACCESS * fact["value"])
            # Priority is a place in a queue: where there is none it gives nothing.
            queue = society.rationed[DOORS.index(door)]
            access[t, DOORS.index(door)] = wide_open if queue else min(ACCESS, wide_open)
    floors = np.zeros(TIERS_MAX, np.int64)
    floors[: len(spec["tier"])] = [tier["floor"]["value"] for tier in spec["tier"]]
    free = [tier["floor"]["value"] for tier in spec["tier"] if not is_sanctioned(tier)]
    file, redress, repeal = spec["file"], spec["redress"], spec["repeal"]
    return Tables(
        scored=np.array([0, 1, 1], np.int64),
        erring=np.array([0, 1, 0], np.int64),
        start=spec["score"]["start"]["value"],
        cap=spec["score"]["cap"]["value"],
        age_from=facts.value(spec, "people", "age_from") if "people" in spec else 0,
        points=points,
        floor=floors,
        edge=min(free, default=spec["score"]["cap"]["value"] + 1),
        access=access,
        label_share_32=label[:, 0].copy(),
        label_error_32=label[:, 1].copy(),
        fear_16=fear(points, society),
        booked_32=int(wide(file["booked_share"]["value"])),
        backlog_months=round(file["backlog_months"]["value"]),
        interval_months=round(file["interval_months"]["value"]),
        public=round(spec["posting"]["public"]["value"]),
        notice_32=int(wide(redress["notice"]["value"])),
        appeal_32=int(wide(redress["appeal"]["value"])),
        success_32=int(wide(redress["success"]["value"])),
        repeal_32=int(wide(repeal["share"]["value"])),
        repeal_months=round(repeal["months"]["value"]),
        file_share_32=int(wide(file_share)),
    )


def _none(deeds: int) -> Tables:
    """No scheme: nothing is scored in any world, every door stands as for everyone."""
    nought = np.zeros(deeds, np.int64)
    flat = np.zeros(len(WORLDS), np.int64)
    return Tables(
        scored=flat, erring=flat.copy(), start=0, cap=0, age_from=NOBODY, points=nought,
        floor=np.zeros(TIERS_MAX, np.int64), edge=0,
        access=np.full((TIERS_MAX, len(DOORS)), ACCESS, np.int64),
        label_share_32=np.full(deeds, draws.WORD, np.int64), label_error_32=nought.copy(),
        fear_16=np.zeros((deeds, BUCKETS), np.int64), booked_32=0, backlog_months=0,
        interval_months=1, public=0, notice_32=0, appeal_32=0, success_32=0,
        repeal_32=draws.WORD + 1, repeal_months=1, file_share_32=0,
    )  # fmt: skip


def fear(points: np.ndarray, society: Any) -> np.ndarray:
    """Share of a deed that full caution withholds (deed, bucket) [1/65536].

    Harmful deeds: 1 - ((law + scheme) / law) ** severity, where the scheme costs the believed price
    of exclusion times the part of the way to the edge that one entry goes: fear rises near the
    edge (Sagberg and Ingebrigtsen 2018).  Lawful deeds: the chilled share, wherever one stands.
    """
    distance = np.maximum(1, (np.arange(BUCKETS) + 0.5) * BUCKET_POINTS)
    out = np.zeros((points.size, BUCKETS))
    for deed in np.flatnonzero(points < 0):
        if society.deed_class[deed] == HARMFUL:
            scheme = society.exclusion_cost_yuan * np.minimum(1, -points[deed] / distance)
            law = max(1.0, society.law_cost_yuan[deed])
            out[deed] = 65536 * (1 - ((law + scheme) / law) ** society.severity)
        else:
            out[deed] = society.chill_16
    return np.rint(out).astype(np.int64)
