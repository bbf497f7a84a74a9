"""Looks: what a run's document and counts say, in the shapes that pages draw.

run.json, frames  ->  head, measures by month, 100 dots of what people are under sanction for
"""

from typing import Any

import numpy as np

from demerit.columns import ANATOMY, SCHEME
from demerit.contrast import BURDEN_ON_FAITH, PEOPLE_MIN
from demerit.explorer import questions, shelf
from demerit.explorer.faults import Refused
from demerit.facts import nearest
from demerit.measures import MEASURES, Measure, evaluate
from demerit.replay.words import BUT_FOR
from demerit.report.limits import limits
from demerit.survey import tables

Row = dict[str, Any]
SIDES = {"with": "scheme", "without": "law", "no_errors": "no_errors"}
HEAD = (
    "statement", "scheme", "society", "society_title", "currency", "place", "people",
    "scored_people", "months", "months_in_force", "seed", "replicates", "quick", "without",
    "worlds", "repeal", "digest", "settled", "command", "tiers", "groupings", "deeds", "doors",
    "not_modelled", "published", "versions", "seconds",
)  # fmt: skip
KINDS = ANATOMY[1:]
SANCTIONED_MIN = 30  # person-months under sanction: of fewer, a hundred dots would say too much
KEY = {"harm": "sanction_anatomy", **{kind: f"sanction_anatomy_{kind}"
                                     for kind in KINDS if kind != "harm"}}  # fmt: skip


def head(name: str, document: Row) -> Row:
    """What run.json says of a run, but for its measures and numbers."""
    lives, why_not = shelf.lived(document)
    numbers = {key: value for key, value in document["numbers"].items() if key != "list"}
    spec = document.get("rules")
    return {key: document.get(key) for key in HEAD} | {
        "name": name, "title": document["scheme_title"], "set": document.get("set", []),
        "numbers": numbers, "limits": limits(document), "lives": lives, "why_not": why_not,
        "asked": (document.get("explorer") or {}).get("question"),
        "parts": questions.parts(document["scheme"], spec) if spec else [],
    }  # fmt: skip


def months(document: Row, frames: Row, keys: list[str], group: str) -> Row:
    """Measures by month, on each side."""
    labels = document["groups"]
    if group not in labels:
        raise Refused(422, f"group {group[:60]!r}: there is none; {nearest(group, labels)}",
                      "group")  # fmt: skip
    for key in keys:
        if key not in MEASURES:
            raise Refused(422, f"measures: there is no measure {key[:60]!r}; GET /api/catalogue "
                          "lists them.", "measures")  # fmt: skip
    if group in document["groupings"].get("faith", ()) and set(keys) - set(BURDEN_ON_FAITH):
        raise Refused(
            422, "group: by faith, only what rules do to lawful conduct is shown.", "group",
            ", ".join(BURDEN_ON_FAITH), "leave out group, or the other measures",
        )  # fmt: skip
    told = [key for key in keys if not asked_twice(MEASURES[key])]
    at = labels.index(group)
    if group != labels[0] and int(frames["people"][SCHEME, :, at].sum()) < PEOPLE_MIN:
        raise Refused(422, f"group {group}: too few live in this run to tell.", "group",
                      f"{PEOPLE_MIN:,} person-months", "ask for more people")  # fmt: skip
    return {
        "months": list(range(document["months"])), "group": group,
        "series": {key: series(MEASURES[key], frames, at, document) for key in told},
        "missing": [key for key in keys if key not in told],
    }  # fmt: skip


def asked_twice(m: Measure) -> bool:
    """Does a measure need what a survey asks, which is not by month?"""
    return any(tables.find(name.partition("__")[0]) for name in m.counts)


def series(m: Measure, frames: Row, group: int, document: Row) -> Row:
    """One measure, month by month, on each side."""
    names = {name.partition("__")[0] for name in m.counts}
    missing = names - frames.keys()
    lived = document["worlds"]
    elsewhere = {name.partition("__")[2] for name in m.counts} - {""}
    told = {side: world in lived and elsewhere <= set(lived) for side, world in SIDES.items()}
    found: Row = {side: [] for side in SIDES}
    for month in range(document["months"]):
        counts = {
            world: {n: frames[n][w, month, group : group + 1] for n in names - missing}
            for w, world in enumerate(lived)
        }
        for side, world in SIDES.items():
            known = told[side] and not missing
            value = evaluate(m, counts, world).value[0] if known else np.nan
            found[side].append(float(value) if np.isfinite(value) else None)
    unit = document["currency"] if m.unit == "yuan" else m.unit
    return {"unit": unit, "better": m.better, "question": m.question, **found}


# ---- anatomy


def anatomy(document: Row, frames: Row) -> Row:
    """Of 100 person-months under sanction, for what; with the interval of each kind.

    Undefined below `SANCTIONED_MIN`: no shares, no dots, no answer, only the counts.
    """
    force = slice(0, document["months_in_force"])
    counts = {k: int(frames[f"anatomy_{k}"][SCHEME, force, 0].sum()) for k in KINDS}
    total = sum(counts.values())
    defined = total >= SANCTIONED_MIN
    dots = of_hundred(counts) if defined else {}
    measures = document["measures"] if defined else {}
    rows = [row(kind, counts, total, dots, measures) for kind in KINDS]
    rows.sort(key=lambda each: (each["key"] != "harm", -(each["share"] or 0)))
    harm = rows[0]
    kinds = [each["interval"] for each in rows if each["interval"]]
    return {
        "statement": document["statement"], "sanctioned_person_months": total,
        "of": "person-months under sanction", "defined": defined,
        "interval": kinds[0] if kinds else None, "kinds": rows,
        "dots": [each["key"] for each in rows for _ in range(each["dots"] or 0)],
        "guess": {
            "question": "Of 100 people under sanction, how many are there for harm that they did "
            "themselves?",
            "kind": "harm", "answer": harm["dots"], "low": harm["dots_low"],
            "high": harm["dots_high"],
        },
    }  # fmt: skip


def row(kind: str, counts: Row, total: int, dots: Row, measures: Row) -> Row:
    """One kind: its share, its dots, both intervals.

    Ends that are one are no interval: nothing varied where so few were counted.
    """
    measure = measures.get(KEY[kind], {})
    ends: Row = {e: measure.get(e) for e in ("low", "high", "chance_low", "chance_high")}
    wide = ends["low"] is not None
    low, high = (ends["low" if wide else "chance_low"], ends["high" if wide else "chance_high"])
    if low == high:
        low = high = None
    interval = None if low is None else "not known" if wide else "chance"
    return {
        "key": kind, "title": BUT_FOR[kind], "count": counts[kind],
        "share": counts[kind] / total if dots else None, **ends,
        "dots": dots.get(kind), "interval": interval,
        "dots_low": of_100(low, np.floor), "dots_high": of_100(high, np.ceil),
    }  # fmt: skip


def of_100(share: float | None, way: Any) -> int | None:
    """An end of an interval in dots, outward, within 0 and 100.

    >>> of_100(0.291, np.floor), of_100(0.999, np.ceil), of_100(None, np.floor)
    (29, 100, None)
    """
    return None if share is None else int(min(100, max(0, way(round(100 * share, 9)))))


def of_hundred(counts: dict[str, int]) -> dict[str, int]:
    """Counts as parts of a hundred that add up to it, by largest remainder.

    >>> of_hundred({"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(counts.values())
    found = {key: 100 * n // total for key, n in counts.items()}
    rest = sorted(counts, key=lambda key: -(100 * counts[key] % total))
    for key in rest[: 100 - sum(found.values())]:
        found[key] += 1
    return found


# ---- side by side


def compare(named: list[tuple[str, Row]]) -> Row:
    """Runs side by side, measure by measure; of a comparison's folder its schemes."""
    sides = [side for name, document in named for side in sides_of(name, document)]
    if not 2 <= len(sides) <= 8:
        raise Refused(422, f"runs: {len(sides)} to show; from 2 to 8 can be side by side.", "runs",
                      "two to four runs, or a comparison")  # fmt: skip
    heads = [side["head"] for side in sides]
    same = all(all(h[k] == heads[0][k] for k in SAME) for h in heads)
    keys = [key for key in MEASURES if any(key in side["measures"] for side in sides)]
    return {
        "runs": heads, "same_people": same, "notes": notes(heads, same),
        "measures": [joined(key, [side["measures"].get(key) for side in sides]) for key in keys],
    }  # fmt: skip


SAME = ("society", "people", "place", "months", "seed")
SHOWN = ("with", "without", "no_errors", "effect", "low", "high", "chance_low", "chance_high",
         "interval")  # fmt: skip


def sides_of(name: str, document: Row) -> list[Row]:
    """The columns that one folder gives."""
    shared = {key: document.get(key) for key in (*SAME, "quick", "currency")}
    if "run" in document:
        about = {"name": name, "scheme": document["scheme"], "title": document["scheme_title"]}
        return [{"head": about | shared, "measures": document["measures"]}]
    return [
        {"head": {"name": name, "scheme": one["key"], "title": one["title"]} | shared,
         "measures": {key: {**m, "without": m["law"], **m["by_scheme"][one["key"]]}
                      for key, m in document["measures"].items()}}
        for one in document["schemes"]
    ]  # fmt: skip


def notes(heads: list[Row], same: bool) -> list[str]:
    """What a reader should know before they read across."""
    found = []
    if not same:
        apart = [key for key in SAME if len({str(head[key]) for head in heads}) > 1]
        found.append(
            f"Not the same people or months: {', '.join(apart)} differ. What is apart may be that."
        )
    if len({head["currency"] for head in heads}) > 1:
        found.append("Sums of money are in different currencies, and do not compare.")
    if any(head["quick"] for head in heads):
        found.append("What is not known was left out of at least one of them.")
    return found


def joined(key: str, measures: list[Row | None]) -> Row:
    """One measure of all sides."""
    m = MEASURES[key]
    sides: list[Row] = [{k: (one or {}).get(k) for k in SHOWN} for one in measures]
    told = [side[m.headline] for side in sides]
    ends = [(side["chance_low"], side["chance_high"]) for side in sides[:2]]
    apart: bool | None = None
    if not any(None in pair for pair in ends):
        (low, high), (other_low, other_high) = ends
        apart = bool(high < other_low or other_high < low)
    difference = None if None in told[:2] else told[1] - told[0]
    return {
        "key": key, "question": m.question, "unit": m.unit, "better": m.better,
        "headline": m.headline, "sides": sides, "apart": apart, "difference": difference,
    }  # fmt: skip
