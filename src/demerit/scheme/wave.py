"""Wave: what is wrong with the calendar of a rollout, beyond its shape."""

from collections.abc import Iterator
from typing import Any

from demerit import facts

PICKS = ("random", "eager", "able")  # ways to pick some places; beside these: rest, all


def wave_faults(spec: dict[str, Any], known: list[str]) -> Iterator[str]:
    """What is wrong with a calendar, beyond its shape."""
    keys = [row["key"] for row in spec["wave"]]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"wave.{key}: two waves have this key; each needs one of its own."
    months = [row["month"]["value"] for row in spec["wave"]]
    if months != sorted(months):
        yield f"wave: waves stand in the order of their months, but these read {months}."
    for row in spec["wave"]:
        where, name = f"wave.{row['key']}", row["scheme"]
        if not name.endswith(".toml") and name not in known:
            yield f"{where}.scheme: no such scheme; {facts.nearest(name, known)}"
        elif name == "none":
            yield f"{where}.scheme: 'none' begins nothing; leave the wave out."
        if row["choice"] in PICKS and "share" not in row:
            yield f"{where}.share: is missing; of how many places, where some are picked."
        if row["choice"] not in PICKS and "share" in row:
            said = f"says nothing where the choice is {row['choice']!r}; leave it out."
            yield f"{where}.share: {said}"
