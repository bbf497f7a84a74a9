"""Machine: a run's measures as one JSON document that needs no other file to be read."""

import json
from collections.abc import Mapping
from typing import Any

from demerit.report import topics

Document = Mapping[str, Any]
ABOUT = (
    "run", "scheme", "scheme_title", "society", "society_title", "place", "people",
    "scored_people", "months", "months_in_force", "seed", "replicates", "quick", "digest",
    "command",
)  # fmt: skip
INTERVALS = {
    "not_known": "over 64 draws of the numbers that are given with a range, nine draws in ten;"
    " null where --quick left it out or too few draws are defined",
    "chance": "over draws with the same numbers, 95 in 100; `interval` says how it was worked out",
    "correlations": "over other ways in which traits go together",
}
SIDES = ("without", "with", "no_errors", "effect")


def measures_json(document: Document) -> str:
    """measures.json: every measure of a run, with its question, both intervals and its caveats."""
    numbers = document["numbers"]
    found = {
        "statement": document["statement"],
        **{name: document[name] for name in ABOUT if name in document},
        "numbers": {k: numbers[k] for k in ("total", "stated", "inferred", "assumed")},
        "assumed_share": numbers["assumed_share"],
        "intervals": INTERVALS,
        "measures": [one(key, m) for key, m in document["measures"].items()],
    }
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def one(key: str, m: Mapping[str, Any]) -> dict[str, Any]:
    """One measure.  `undefined` says why its headline is null, and is null where it is not."""
    return {
        "key": key,
        "topic": topics.topic_of(key),
        **{name: m[name] for name in ("question", "textbook", "unit", "better", "headline")},
        **{side: m[side] for side in SIDES},
        "not_known": ends(m, "low", "high"),
        "chance": ends(m, "chance_low", "chance_high"),
        "interval": m["interval"],
        "correlations": ends(m, "correlation_low", "correlation_high"),
        "undefined": topics.undefined(key) if m[m["headline"]] is None else None,
        "caution": topics.caution(key) or None,
    }


def ends(m: Mapping[str, Any], low: str, high: str) -> list[float] | None:
    """The two ends of an interval, or None.

    >>> ends({"low": 1.0, "high": 2.0}, "low", "high"), ends({}, "low", "high")
    ([1.0, 2.0], None)
    """
    found = [m.get(low), m.get(high)]
    return None if None in found else found  # type: ignore[return-value]
