"""Tables: the schemes side by side, and every measure with the schemes as columns."""

from typing import Any

from demerit.report.comparison.sides import Measure, Sides, headline
from demerit.report.words import Scale, number, people, plural, scale

KINDS = {
    "points": "points and tiers", "scorecard": "a scorecard", "peer": "ratings by others",
    "private": "private firms' scores", "none": "no scheme",
}  # fmt: skip
ENDS = (("not known", "low", "high"), ("chance", "chance_low", "chance_high"))
SKETCH = "Most of the rules of this scheme are ours."


def schemes(sides: Sides) -> list[dict[str, str]]:
    """What each scheme is, whom it scores, how long it stood, how much of it is assumed."""
    return [_scheme(sides, scheme) for scheme in sides.document["schemes"]]


def _scheme(sides: Sides, scheme: dict[str, Any]) -> dict[str, str]:
    stood = plural(scheme["months_in_force"], "month")
    month = scheme["repeal"]["month"]
    return {
        "letter": sides.letters[scheme["key"]],
        "label": sides.labels[scheme["key"]],
        "title": scheme["title"],
        "key": scheme["key"],
        "sketch": SKETCH if scheme["sketch"] else "",
        "kind": KINDS.get(scheme["kind"], scheme["kind"]),
        "made_for": {"county": "a county", "nation": "a nation"}[scheme["scope"]],
        "scored": people(scheme["scored_people"]),
        "stood": stood if month is None else f"{stood}, then repealed",
        "assumed": f"{number(100 * scheme['assumed_share'])}%",
    }


def measures(sides: Sides) -> list[dict[str, Any]]:
    """Every measure that one scheme at least has something to say of."""
    found = sides.document["measures"]
    return [_measure(sides, key, m) for key, m in found.items() if sides.defined(m)]


def _measure(sides: Sides, key: str, measure: Measure) -> dict[str, Any]:
    ones = measure["by_scheme"].values()
    names = (measure["headline"], "low", "high", "chance_low", "chance_high")
    values = [one[name] for one in ones for name in names]
    of_effect = measure["headline"] == "effect"
    numbers = scale(measure["unit"], values if of_effect else [*values, measure["law"]], fine=True)
    law = measure["law"]
    return {
        "key": key, "question": measure["question"], "textbook": measure["textbook"],
        "unit": "per cent" if numbers.level == "%" else numbers.level.strip(),
        "of": "change" if of_effect else "level",
        "law": "" if law is None else numbers.value(law, unit=False),
        "cells": [_cell(sides, measure, key, numbers) for key in sides.keys],
    }  # fmt: skip


def _cell(sides: Sides, measure: Measure, key: str, numbers: Scale) -> dict[str, str]:
    """One scheme's number, the letters of those it differs from, its intervals."""
    change = measure["headline"] == "effect"
    one, value = measure["by_scheme"][key], headline(measure, key)
    label = f"{sides.letters[key]} {sides.labels[key]}"
    if value is None:
        few = "too few" if one[measure["headline"]] is not None else ""
        return {"label": label, "value": few, "letters": "", "spans": ""}
    spans = [
        f"{what} {numbers.ends(one[low], one[high], change, unit=False)}"
        for what, low, high in ENDS
        if one[low] is not None and one[low] != one[high]
    ]
    return {
        "label": label,
        "value": (numbers.effect if change else numbers.value)(value, unit=False),
        "letters": sides.others(measure, key),
        "spans": "; ".join(spans),
    }
