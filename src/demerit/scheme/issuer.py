"""Issuer: what is wrong with the private scores of a scheme file, beyond their shape."""

from collections.abc import Iterator
from typing import Any

from demerit import facts
from demerit.columns import DOORS
from demerit.scheme.hints import not_allowed


def issuer_faults(spec: dict[str, Any]) -> Iterator[str]:
    """What is wrong with private scores: keys, lines in their order, deeds that nobody sees."""
    table = facts.read("deeds.toml")["deed"]
    agencies = list(facts.read("agencies.toml")["agency"])
    keys = [issuer["key"] for issuer in spec.get("issuer", [])]
    if len(set(keys)) < len(keys):
        yield f"issuer: two of the keys {keys} are the same."
    for issuer in spec.get("issuer", []):
        place = f"issuer.{issuer['key']}"
        yield from not_allowed(
            [(f"{place}.agencies", key, "agency", agencies) for key in issuer["agencies"]]
            + [(f"{place}.points.{key}", key, "deed", list(table)) for key in issuer["points"]]
            + [(f"{place}.doors.{standing}.{key}", key, "door", DOORS)
               for standing, doors in issuer["doors"].items() for key in doors]
        )  # fmt: skip
        least, start, cap, below, above = (
            issuer[name]["value"] for name in ("least", "start", "cap", "below", "above")
        )
        if not (least <= start <= cap and below <= above):
            yield f"{place}: least, start and cap must rise, and below must not lie over above."
        for key in issuer["points"]:
            seen = table[key]["seen"] if key in table else issuer["agencies"]
            if not set(seen) & set(issuer["agencies"]):
                would = ", ".join(seen)
                yield f"{place}.points.{key}: none of its agencies sees it; {would} would."
