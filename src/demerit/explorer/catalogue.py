"""Catalogue: what there is to choose from, and one scheme whole."""

from collections import Counter
from functools import cache
from typing import Any

from demerit import facts, preface
from demerit import scheme as schemes
from demerit import society as societies
from demerit.explorer import limits
from demerit.explorer.questions import HOME, known, parts, shipped_text
from demerit.measures import MEASURES
from demerit.mechanism import table
from demerit.replay.conditions import told
from demerit.scheme.place import places

Row = dict[str, Any]
ABOUT = ("value", "unit", "basis", "grade", "source", "where", "why", "range", "title")


@cache
def everything() -> Row:
    """All of it, made once: nothing of it changes while the server runs."""
    deeds = facts.read("deeds.toml")["deed"]
    seen = {key: deed["seen"] for key, deed in deeds.items()}
    return {
        "schemes": [scheme_row(key) for key in schemes.keys()],
        "societies": [society_row(key) for key in societies.keys()],
        "deeds": rows(deeds, "harm", "context")
        and [{**row, "protected": bool(deeds[row["key"]]["protected"])}
             for row in rows(deeds, "harm", "context")],
        "agencies": [
            {"key": key, "title": row["title"], "records": [d for d in seen if key in seen[d]]}
            for key, row in facts.read("agencies.toml")["agency"].items()
        ],
        "doors": rows(facts.read("doors.toml")["door"], "kind", "touches"),
        "measures": [
            {"key": key, "question": m.question, "textbook": m.textbook, "unit": m.unit,
             "better": m.better, "headline": m.headline}
            for key, m in MEASURES.items()
        ],
        "mechanisms": rows(table(), "says", "literature"),
        "charts": limits.charts(),
        "conditions": [{"name": name, "means": means} for name, means in told()],
        "contexts": facts.read("contexts.toml")["context"],
    }  # fmt: skip


def rows(entries: Row, *names: str) -> list[Row]:
    """Entries of a data file, each with its title and these of its parts."""
    return [
        {"key": key, "title": row["title"], **{name: row[name] for name in names}}
        for key, row in entries.items()
    ]


def scheme_row(key: str) -> Row:
    """A line on one scheme."""
    spec = schemes.load(key).spec
    basis = Counter(fact["basis"] for _, fact in facts.facts(spec))
    runs = spec["kind"] != "rollout"
    return {
        "key": key, "title": spec["title"], "kind": spec["kind"], "scope": spec["scope"],
        "society": spec.get("society", HOME), "sketch": key.startswith(schemes.SKETCH),
        "runs": runs,
        "why_not": None if runs else f"a calendar of schemes: `demerit run {key}` runs it",
        "numbers": {"total": basis.total(), **{b: basis[b] for b in facts.NEEDS}},
    }  # fmt: skip


def society_row(key: str) -> Row:
    """A line on one society."""
    society = societies.load(key)
    return {"key": key, "title": society.title, "population": int(society.population),
            "currency": society.currency}  # fmt: skip


@cache
def scheme(name: str) -> Row:
    """One scheme in plain English, with every number and source."""
    key = known(name)
    loaded, text = schemes.load(key), shipped_text(key)
    spec, where = loaded.spec, places(text)
    found = [
        {"place": place, "line": where.line(place), **{k: fact.get(k) for k in ABOUT}}
        for place, fact in facts.facts(spec)
    ]
    tiers = [
        {**row, "doors": {k: door["value"] for k, door in tier.get("doors", {}).items()}}
        for row, tier in zip(preface.tiers(loaded), spec.get("tier", []), strict=False)
    ]
    return {
        "key": key, "title": spec["title"], "note": spec.get("note", ""), "kind": spec["kind"],
        "society": spec.get("society", HOME), "sketch": key.startswith(schemes.SKETCH),
        "parts": parts(key, spec), "numbers": found, "tiers": tiers,
        "not_modelled": spec.get("not_modelled", []), "sources": cited(found), "text": text,
    }  # fmt: skip


def cited(rows: list[Row]) -> Row:
    """The sources that these rows name."""
    return preface.cited([{"source": row.get("source")} for row in rows])
