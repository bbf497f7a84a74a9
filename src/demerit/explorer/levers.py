"""Levers: numbers of a scheme and of the agencies that a reader may change, each with its basis.

a scheme's file, data/levers.toml  ->  levers (id, title, value, bounds, basis, source)
the same, values by id  ->  the file so changed, and texts for --set
"""

import copy
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from itertools import pairwise
from typing import Any

from demerit import chosen, facts
from demerit.columns import DOORS
from demerit.explorer.faults import Refused
from demerit.scheme.models import MODELS
from demerit.scheme.parts import is_sanctioned

Row = dict[str, Any]
STEPS = {"share": 0.01, "switch": 1, "count": 1, "months": 1, "points": 1, "access": 0.05}
MOST = {"share": 1, "switch": 1, "access": 2, "months": 120, "count": 1_000}
WHOLE = ("switch", "count", "months", "points")
JOINED, APART = "both", "none"  # how an agency's records are joined, or not at all
OF_DEED = ("points", "label", "marks")
ABOUT = ("basis", "grade", "source", "where", "why", "range")
NO_ERASURE = ("peer", "learned")  # kinds of scheme in which no entry is taken off by a term
UNCHANGEABLE = ("none", "rollout", "private")  # kinds of scheme without rules of their own to move


@cache
def shown() -> dict[str, Any]:
    """data/levers.toml."""
    return facts.read("levers.toml")


@cache
def titles() -> dict[str, dict[str, str]]:
    """Titles of deeds, doors and agencies, by key."""
    return {
        kind: {key: row["title"] for key, row in facts.read(f"{kind}s.toml")[kind].items()}
        for kind in ("deed", "door")
    } | {"agency": {k: r["title"] for k, r in facts.read("agencies.toml")["agency"].items()}}


def levers(spec: Row, now: Mapping[str, float]) -> list[Row]:
    """Every lever of a scheme, in the order of its groups; `now`: values that are asked for."""
    found = [of_times(row) for row in shown()["times"]] if spec["kind"] != "none" else []
    if spec["kind"] not in UNCHANGEABLE:
        found += of_numbers(spec)
    order = list(shown()["group"])
    for lever in found:
        lever["now"] = now.get(lever["id"], lever["value"])
    return sorted(found, key=lambda lever: order.index(lever["group"]))


def blank(row: Row, key: str) -> Row:
    """What every lever says, before it says what it is of."""
    return {
        "id": key, "group": row["group"], "first": row.get("first", False), "says": row["says"],
        "title": row["title"], "absent": False, "numbers": [],
        **dict.fromkeys((*ABOUT, "deed", "door", "tier", "agency", "unit")),
    }  # fmt: skip


def of_times(row: Row) -> Row:
    """A factor on numbers of the data files."""
    known = chosen.numbers()
    under = {n: f for n, f in known.items() if any(fnmatchcase(n, p) for p in row["names"])}
    bases = sorted({fact["basis"] for fact in under.values()})
    listed = [{"name": n, "value": f["value"], "unit": f.get("unit"),
               **{key: f.get(key) for key in ABOUT}} for n, f in under.items()]  # fmt: skip
    return blank(row, row["key"]) | {
        "kind": "times", "value": 1, "min": 0, "max": row["most"], "step": row["step"],
        "unit": "times what the data have", "basis": ", ".join(bases), "numbers": listed,
        "why": f"{len(under)} numbers of the data files, each with its own basis and range",
    }  # fmt: skip


def of_numbers(spec: Row) -> Iterator[Row]:
    """The numbers of a scheme's file, and those that it could have."""
    there = dict(facts.facts(spec))
    for place, fact in there.items():
        if row := row_of(place):
            yield of_number(spec, row, place, fact)
    for place in could_have(spec):
        if place not in there and (row := row_of(place)):
            yield of_number(spec, row, place, None)


def row_of(place: str) -> Row | None:
    """How a number of a scheme's file is shown, if it is."""
    return next((r for r in shown()["number"] if fnmatchcase(place, r["pattern"])), None)


def could_have(spec: Row) -> Iterator[str]:
    """Numbers that a scheme's file may lack."""
    for row in shown()["number"]:
        unfit = spec["kind"] in NO_ERASURE and row["group"] == "erasure"
        if "absent" in row and "*" not in row["pattern"] and not unfit:
            yield row["pattern"]
    if "tier" in spec:
        last = next((t for t in reversed(spec["tier"]) if is_sanctioned(t)), spec["tier"][-1])
        yield from (f"tier.{last['key']}.doors.{door}" for door in DOORS)


def of_number(spec: Row, row: Row, place: str, fact: Row | None) -> Row:
    """One number of a scheme's file."""
    kind, words = row["kind"], keys_of(place)
    low, high = bounds(spec, row, place, fact)
    value = row.get("absent", 0) if fact is None else number(fact)
    named = {what: titles()[what].get(key, key) for what, key in words.items() if what != "tier"}
    lever = blank(row, place) | {
        **words, "title": row["title"].format(**{**words, **named}), "kind": kind, "value": value,
        "min": low, "max": high, "step": row.get("step", STEPS[kind]), "absent": fact is None,
        "unit": (fact or {}).get("unit"),
    }  # fmt: skip
    return lever | {key: (fact or {}).get(key) for key in ABOUT}


def number(fact: Row) -> float:
    """The value of a number; of a way to join, whether it is one."""
    given = fact["value"]
    if isinstance(given, str):
        return float(given != APART)
    found: float = given
    return found


def keys_of(place: str) -> dict[str, str]:
    """The deed, door, tier or agency that a place names.

    >>> keys_of("tier.D.doors.job"), keys_of("points.petition")
    ({'tier': 'D', 'door': 'job'}, {'deed': 'petition'})
    """
    parts, found = place.split("."), dict[str, str]()
    for before, key in pairwise(parts):
        what = {"tier": "tier", "doors": "door", "join": "agency"}.get(before)
        what = "deed" if before in OF_DEED else what
        if what:
            found[what] = key
    return found


def bounds(spec: Row, row: Row, place: str, fact: Row | None) -> tuple[float, float]:
    """How far a slider goes: so that what the file and its range have lies inside."""
    kind = row["kind"]
    if kind == "points" and "most" not in row:
        cap = spec["score"]["cap"]["value"]
        low, high = (0, cap) if row["group"] == "tiers" else (-(cap // 2), cap // 2)
        low = spec["score"].get("least", {"value": 0})["value"] if row["group"] == "tiers" else low
    else:
        low, high = row.get("least", 0), row.get("most", MOST.get(kind, 1))
    given = [number(fact)] if fact else []
    if fact and "range" in fact:
        given += fact["range"]
    return min([low, *given]), max([high, *given])


# ---- values


def check(spec: Row, changes: Mapping[str, float]) -> dict[str, Row]:
    """The levers that are moved, by id.  Refused for an unknown one, or one beyond its bounds."""
    known = {lever["id"]: lever for lever in levers(spec, changes)}
    for key, value in changes.items():
        if key not in known:
            raise Refused(422, f"changes: this scheme has no lever {key[:80]!r}; "
                          f"{facts.nearest(key, known)}"[:600], f"changes.{key[:80]}",
                          mend="GET /api/schemes/{key}/levers lists them.")  # fmt: skip
        lever = known[key]
        span = f"from {lever['min']:g} to {lever['max']:g}"
        if not lever["min"] <= value <= lever["max"]:
            what = f"changes: {lever['title']} cannot be {value:g}; {span} is allowed."
            raise Refused(422, what, f"changes.{key}", span)
        if lever["kind"] in WHOLE and value != round(value):
            raise Refused(422, f"changes: {lever['title']} is a whole number; {value:g} is none.",
                          f"changes.{key}", span)  # fmt: skip
    return {key: known[key] for key, value in changes.items() if value != known[key]["value"]}


def settings(moved: Mapping[str, Row]) -> list[str]:
    """The texts for --set of what is moved in the data files."""
    rows = {row["key"]: row for row in shown()["times"]}
    return [
        f"{name}=x{moved[key]['now']:g}" for key in rows if key in moved
        for name in rows[key]["names"]
    ]  # fmt: skip


def changed(spec: Row, moved: Mapping[str, Row]) -> Row:
    """The file of a scheme with what is moved in it; the same file where nothing of it is."""
    own = {key: lever for key, lever in moved.items() if lever["kind"] != "times"}
    if not own:
        return spec
    made = copy.deepcopy(spec)
    for place, lever in own.items():
        put(made, place, lever)
    ending = "-changed"
    if not made["key"].endswith(ending):
        made["key"] = made["key"][: 41 - len(ending)] + ending
        made["title"] = f"{made['title'][:100]}, changed"
    made["version"] = "own"
    return made


def put(spec: Row, place: str, lever: Row) -> None:
    """Write one value into a file, with what it rests on."""
    *path, last = place.split(".")
    node: Any = spec
    for key in path:
        if isinstance(node, list):
            node = next(row for row in node if row["key"] == key)
        else:
            node = node.setdefault(key, {})
    row = row_of(place) or {}
    for key, value in row.get("beside", {}).items():
        node.setdefault(key, fact_of(value, "as good as none: it came with another number", {}))
    before = node.get(last)
    had = "nothing" if before is None else f"{before['value']} ({before['basis']})"
    value = lever["now"]
    if isinstance((before or {}).get("value"), str):
        value = JOINED if value else APART
    elif lever["kind"] in WHOLE:
        value = round(value)
    node[last] = fact_of(value, f"set by a reader; the file had {had}", before or {})


def fact_of(value: Any, why: str, before: Row) -> Row:
    """A number as a reader has set it: assumed, and not to be varied."""
    kept = {str(key): before[key] for key in ("unit", "title") if key in before}
    span = [value, value] if not isinstance(value, str) else [0, 0]
    return {"value": value, "basis": "assumed", **kept, "range": span, "why": why}


assert set(UNCHANGEABLE) < set(MODELS)
