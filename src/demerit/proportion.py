"""Proportion: how much harm each rule brings, against how grave the deed is, and on whom it falls.

A scheme where it runs  ->  measures of further worlds without some of its rules (lint_harm.py)

The question of `lint --worlds`, asked without a run: what a rule of proportion between deed and
treatment would want to know (Article 5(1)(c)(ii) of Regulation (EU) 2024/1689).  Protest ends none
of the worlds.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from demerit import __version__, lint_harm
from demerit.lint_worlds import HARM, Tell
from demerit.scheme import Scheme

Row = dict[str, Any]  # of what; which harm; value, low, high


class Asked(NamedTuple):
    """One measure: what is said of it."""

    unit: str
    better: str
    question: str
    textbook: str
    undefined: str


MEASURES = {
    "rule_share": Asked(
        "share", "neither", "How much of the harm would go away without this rule alone?",
        "Leave-one-out effect: attributable fraction.  Marginal: the shares do not add up.",
        "the scheme brings no harm of the kind",
    ),
    "rule_harm_per_deed": Asked(
        "per 1,000 deeds", "less", "How much harm does the rule bring for each deed truly done?",
        "Leave-one-out effect over the deeds done, in person-months under sanction, or in doors "
        "refused where nobody is under sanction.",
        "the rule is no deed of one's own, or nobody did it",
    ),
    "rule_harm_per_gravity": Asked(
        "per 1,000 deeds and step of gravity", "less",
        "Is the harm in proportion to how grave the deed is?",
        "The same over the gravity of the deed (contexts.toml, from 1 up): even across rules where "
        "harm is in proportion.",
        "as above, or the deed has no gravity",
    ),
    "gravity_agreement": Asked(
        "number", "more", "Are graver deeds answered with more harm?",
        "Kendall's tau-b between gravity and harm for each deed.",
        "fewer than two deeds, or all alike",
    ),
    "context_share": Asked(
        "share", "neither", "Which part of life does the harm come of?",
        "Shapley values over at most seven groups of rules: they, and what stays without any rule, "
        "add up to one.",
        "the scheme brings no harm of the kind",
    ),
    "foreign_share": Asked(
        "share", "less", "How much of the harm comes of what bears on nothing that is decided?",
        "Attributable fraction of all rules out of context, together: one world without them.",
        "the scheme brings no harm of the kind",
    ),
    "blameless_share": Asked(
        "share", "less", "How much of the harm falls on people who did nothing?",
        "Share of the harm borne by those without a deed of their own that costs points, from the "
        "months before the start on; of refused doors, by children.",
        "nobody bears harm of the kind",
    ),
}  # fmt: skip


def request(
    scheme: Scheme, society: Any, place: str | None, people: int, months: int, seed: int,
    without: tuple[str, ...], numbers: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """What a run of this question would have written of it (trial.describe), as far as further
    worlds ask for it."""
    return {
        "run": f"proportion {scheme.key}", "scheme": scheme.key, "scheme_title": scheme.title,
        "scheme_file": scheme.name, "rules": scheme.spec, "without": list(without),
        "society": society.key, "society_digest": society.digest, "currency": society.currency,
        "versions": {"demerit": __version__}, "numbers": numbers, "people": people,
        "place": place, "months_in_force": months, "seed": seed,
    }  # fmt: skip


def measure(document: dict[str, Any], threads: int, tell: Tell) -> dict[str, Any]:
    """Every measure of proportion, and beside it the tables that lint prints; {} where nothing is
    scored."""
    found = lint_harm.measure(document, document["people"], threads, tell)
    if not found:
        return {}
    return {
        "measures": {key: {**asked._asdict(), "interval": found["interval"],
                           "rows": list(rows(key, found))}
                     for key, asked in MEASURES.items()},
        "inversions": found.get("gravity", {}).get("inversions", []), "worlds": found,
    }  # fmt: skip


def rows(key: str, found: dict[str, Any]) -> Iterator[Row]:
    """The rows of one measure; none where the scheme brings no harm at all."""
    if "shares" not in found:
        return
    alone, judged = found["drop_one"], next(u for u in HARM if found["harm"][u]["count"])
    match key:
        case "rule_share":
            yield from by_harm(("rule", "context", "gravity"), alone)
        case "rule_harm_per_deed" | "rule_harm_per_gravity":
            figure = "per_1000_deeds" + "_and_gravity" * (key == "rule_harm_per_gravity")
            for row in alone:
                if row["costs"]:
                    yield {"rule": row["rule"], "gravity": row["gravity"], "harm": judged,
                           **row[figure]}  # fmt: skip
        case "gravity_agreement":
            tau = found["gravity"]["tau"]
            yield {"deeds": len(found["gravity"]["deeds"]), "harm": judged, "value": tau,
                   "low": None, "high": None}  # fmt: skip
        case "context_share":
            yield from by_harm(("context", "rules"), found["contexts"]["groups"])
            yield from by_harm(("context",), [
                {"context": "without any rule", **found["contexts"]["without_any"]}
            ])  # fmt: skip
        case "foreign_share":
            yield from by_harm(("key", "rules"), found["shares"])
            for name, at in found["at_unrelated_doors"].items():
                yield {"key": f"{name}, door by door", "harm": "doors", **at}
        case "blameless_share":
            yield from by_harm(("people",), (
                {"people": name, **borne} for name, borne in found["without_deed"].items()
            ))  # fmt: skip


def by_harm(names: tuple[str, ...], table: Iterable[Row]) -> Iterator[Row]:
    """A row for each kind of harm that a row of the table has a figure of."""
    for row in table:
        for unit in HARM:
            if unit in row:
                yield {**{name: row[name] for name in names}, "harm": unit, **row[unit]}
