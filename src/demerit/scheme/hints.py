"""Hints: what a fault of a scheme file says beside that something is wrong."""

import difflib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from demerit import facts
from demerit.columns import DOORS


def place_of(spec: Any, loc: Sequence[int | str]) -> str:
    """A place in the file, a row of a list by its key where it has one.

    >>> place_of({"tier": [{"key": "A"}, {}]}, ("tier", 0, "floor"))
    'tier.A.floor'
    """
    parts: list[str] = []
    for part in loc:
        if isinstance(part, int):
            spec = spec[part] if isinstance(spec, list) else None
            row = spec.get("key") if isinstance(spec, dict) else None
            parts.append(row if isinstance(row, str) else str(part))
        else:
            spec = spec.get(part) if isinstance(spec, dict) else None
            parts.append(part)
    return ".".join(parts)


def misspelt(fault: Any) -> str:
    """A hint where the missing key stands there misspelt."""
    there = fault["input"] if isinstance(fault["input"], dict) else {}
    close = difflib.get_close_matches(str(fault["loc"][-1]), there, 1, 0.7)
    return f" The file has {close[0]!r} there: is that meant?" if close else ""


def bare(value: object) -> str:
    """How a number that stands alone is to be written.

    >>> bare(600)
    'a number is written { value = 600, basis = "assumed", why = "...", range = [low, high] }.'
    """
    shown = f'"{value[:40]}"' if isinstance(value, str) else value
    return (
        f"a number is written {{ value = {shown}, "
        'basis = "assumed", why = "...", range = [low, high] }.'
    )


def not_allowed(named: Iterable[tuple[str, str, str, Sequence[str]]]) -> Iterator[str]:
    """Of (place, key, kind, allowed) those whose key is not allowed, in words."""
    for place, key, kind, allowed in named:
        if key not in allowed:
            yield f"{place}: no such {kind}; {facts.nearest(key, allowed)}"


def unknown_keys(spec: dict[str, Any]) -> Iterator[str]:
    """Unknown keys of a file whose shape is at fault, so that these are told with the others."""
    deeds = list(facts.read("deeds.toml")["deed"])
    tiers = spec.get("tier")
    rows = [row for row in tiers if isinstance(row, dict)] if isinstance(tiers, list) else []
    tables: list[tuple[str, Any, str, Sequence[str]]] = [
        *((part, spec.get(part), "deed", deeds) for part in ("points", "label", "ground")),
        ("join", spec.get("join"), "agency", list(facts.read("agencies.toml")["agency"])),
        *((f"tier.{row.get('key')}.doors", row.get("doors"), "door", DOORS) for row in rows),
    ]
    for where, table, kind, allowed in tables:
        for key in table if isinstance(table, dict) else ():
            if key not in allowed:
                yield f"{where}.{key}: no such {kind}; {facts.nearest(key, allowed)}"
