"""Preface: what every answer says of itself before it says anything else.

Scheme, society  ->  the statement, the numbers that decide a run with their basis, what is cited
"""

import resource
import sys
from typing import Any

from demerit import chosen, ensemble, facts
from demerit.scheme.parts import is_sanctioned

STATEMENT = (
    "These people do not exist. They were computed from published totals, and {share}% of the "
    "numbers are assumed. This says what the rules would do to such people; it says nothing of "
    "what the people of any country are like."
)

SKETCH = " Most of the rules of this scheme are ours."  # schemes whose key begins with sketch-


def statement(scheme: Any, assumed_share: float) -> str:
    """The first line of whatever is said of a scheme."""
    sketch = any(one.key.startswith("sketch-") for one in (scheme, *scheme.waves))
    return STATEMENT.format(share=round(100 * assumed_share)) + SKETCH * sketch


def peak_rss() -> int:
    """The most memory this process has held [bytes]."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def assumptions(scheme: Any, society: str, values: facts.Values | None = None) -> dict[str, Any]:
    """Every number that decides the run with its basis, and the share that is assumed."""
    rows = [
        {"name": name, "title": fact.get("title", name), "value": fact["value"],
         "unit": fact.get("unit"), "basis": fact["basis"],
         "grade": fact.get("grade", {"inferred": "derived"}.get(fact["basis"], fact["basis"])),
         "source": fact.get("source"), "why": fact.get("why"), "where": fact.get("where"),
         "range": fact.get("range")}
        for name, given in ensemble.numbers(scheme, society)
        for fact in (chosen.apply(given, name, values or {}),)
    ]  # fmt: skip
    count = {b: sum(r["basis"] == b for r in rows) for b in ("stated", "inferred", "assumed")}
    return {
        "total": len(rows),
        **count,
        "assumed_share": count["assumed"] / len(rows),
        "list": rows,
    }


def cited(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The sources that these numbers name."""
    keys = {row["source"] for row in rows if row["source"]}
    blank = dict.fromkeys(("author", "title", "year", "venue", "url", "doi"))
    return {key: blank | source for key, source in facts.sources().items() if key in keys}


def deeds() -> dict[str, Any]:
    """What the report says of deeds."""
    return {
        key: {"title": deed["title"], "harm": deed["harm"], "protected": bool(deed["protected"]),
              "context": deed["context"]}
        for key, deed in facts.read("deeds.toml")["deed"].items()
    }  # fmt: skip


def doors() -> dict[str, Any]:
    """What the report says of doors."""
    found = facts.read("doors.toml")["door"]
    return {key: {"title": door["title"], "kind": door["kind"]} for key, door in found.items()}


def tiers(scheme: Any) -> list[dict[str, Any]]:
    """The tiers of a scheme, best first; of a rollout those of the wave that has most."""
    if scheme.waves:
        return max(map(tiers, scheme.waves), key=len)
    return [
        {"key": tier["key"], "floor": tier["floor"]["value"],
         "sanctioned": is_sanctioned(tier)}
        for tier in scheme.spec.get("tier", [])
    ]  # fmt: skip
