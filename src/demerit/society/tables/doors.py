"""Tables of doors: who knocks, who is let in under ordinary law, what a refusal costs."""

from typing import Any, NamedTuple

import numpy as np

from demerit import facts
from demerit.columns import DOORS
from demerit.society.tables.numbers import wide


class Doors(NamedTuple):
    """Axes: door."""

    knock_32: np.ndarray  # (door,) chance to knock in a month
    open_32: np.ndarray  # (door,) share let in under ordinary law
    rationed: np.ndarray  # (door,) yes/no


def doors(spec: dict[str, Any], house: dict[str, Any], employed_per_unemployed: float) -> Doors:
    """The tables of doors.toml."""
    table = spec["door"]
    loss = facts.value(house, "work", "job_loss_rate")
    # Employment rests where jobs found by those who ask equal jobs lost.
    asking = table["job"]["knock"]["value"]
    found = {"job": min(1.0, loss * employed_per_unemployed / asking)}
    rows = [table[key] for key in DOORS]
    opened = [found[k] if k in found else table[k]["granted"]["value"] for k in DOORS]
    return Doors(
        knock_32=wide([door["knock"]["value"] for door in rows]),
        open_32=wide(opened),
        rationed=np.array([door["kind"] == "rationed" for door in rows], np.uint8),
    )
