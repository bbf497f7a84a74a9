"""Machine: the measures of a run, or of a comparison, as one JSON document that needs no other
file to be read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from demerit.report import topics

Document = Mapping[str, Any]
ABOUT = (
    "run", "scheme", "scheme_title", "society", "society_title", "place", "people",
    "scored_people", "months", "months_in_force", "seed", "replicates", "quick", "digest",
    "command",
)  # fmt: skip
ABOUT_COMPARISON = (
    "compare", "where", "society", "society_title", "place", "people", "months", "seed",
    "replicates", "quick", "digest", "command",
)  # fmt: skip
OF_SCHEME = ("key", "title", "scope", "kind", "sketch", "scored_people", "months_in_force",
             "assumed_share", "digest")  # fmt: skip
INTERVALS = {
    "not_known": "over 64 draws of the numbers that are given with a range, nine draws in ten;"
    " null where --quick left it out or too few draws are defined",
    "chance": "over draws with the same numbers, 95 in 100; `interval` says how it was worked out",
    "correlations": "over other ways in which traits go together",
}
SIDES = ("without", "with", "no_errors", "effect")


PAIRED = {
    "difference": "the headline under b less that under a, on the same people with the same luck",
    "differs": "pairs whose difference has one sign all through its interval of chance",
    "differs_throughout": "and all through the range over what nobody has published, too; null"
    " where --quick left that out",
}


def measures_json(document: Document) -> str:
    """measures.json: every measure of a run, with its question, both intervals and its caveats."""
    return text(document, ABOUT, {}, [one(key, m) for key, m in document["measures"].items()])


def comparison_json(document: Document) -> str:
    """measures.json of a comparison: every measure under each scheme, and between each two."""
    more = {
        "schemes": [{name: s[name] for name in OF_SCHEME} for s in document["schemes"]],
        "pairs": PAIRED,
    }
    found = [compared(key, m) for key, m in document["measures"].items()]
    return text(document, ABOUT_COMPARISON, more, found)


def text(
    document: Document, about: Sequence[str], more: Mapping[str, Any], measures: list[Any]
) -> str:
    """The document: what it is of, what it rests on, what intervals are, the measures."""
    numbers = document["numbers"]
    found = {
        "statement": document["statement"],
        **{name: document[name] for name in about if name in document},
        **more,
        "numbers": {k: numbers[k] for k in ("total", "stated", "inferred", "assumed")},
        "assumed_share": numbers["assumed_share"],
        "intervals": INTERVALS,
        "measures": measures,
    }
    return json.dumps(found, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def compared(key: str, m: Mapping[str, Any]) -> dict[str, Any]:
    """One measure of a comparison.  `enough`: are there person-months enough to tell of it?"""
    return {
        "key": key,
        "topic": topics.topic_of(key),
        **{name: m[name] for name in ABOUT_MEASURE},
        "law": m["law"],
        "by_scheme": {
            scheme: {"enough": of["enough"], **sides(of), **undefined(key, of, m["headline"])}
            for scheme, of in m["by_scheme"].items()
        },
        "pairs": [
            {
                **{name: pair[name] for name in ("a", "b", "difference")},
                "not_known": ends(pair, "low", "high"),
                "chance": ends(pair, "chance_low", "chance_high"),
            }
            for pair in m["pairs"]
        ],
        "differs": m["differs"],
        "differs_throughout": m["differs_throughout"],
        "caution": topics.caution(key) or None,
    }


ABOUT_MEASURE = ("question", "textbook", "unit", "better", "headline")


def one(key: str, m: Mapping[str, Any]) -> dict[str, Any]:
    """One measure.  `undefined` says why its headline is null, and is null where it is not."""
    return {
        "key": key,
        "topic": topics.topic_of(key),
        **{name: m[name] for name in ABOUT_MEASURE},
        **sides(m),
        **undefined(key, m, m["headline"]),
        "caution": topics.caution(key) or None,
    }


def sides(m: Mapping[str, Any]) -> dict[str, Any]:
    """A measure on each side, its effect, its intervals."""
    return {
        **{side: m[side] for side in SIDES},
        "not_known": ends(m, "low", "high"),
        "chance": ends(m, "chance_low", "chance_high"),
        "interval": m["interval"],
        "correlations": ends(m, "correlation_low", "correlation_high"),
    }


def undefined(key: str, m: Mapping[str, Any], headline: str) -> dict[str, str | None]:
    """Why its headline is null; null where it is not."""
    return {"undefined": topics.undefined(key) if m[headline] is None else None}


def ends(m: Mapping[str, Any], low: str, high: str) -> list[float] | None:
    """The two ends of an interval, or None.

    >>> ends({"low": 1.0, "high": 2.0}, "low", "high"), ends({}, "low", "high")
    ([1.0, 2.0], None)
    """
    found = [m.get(low), m.get(high)]
    return None if None in found else found  # type: ignore[return-value]
