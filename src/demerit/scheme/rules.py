"""Rules: what a scheme scores, each rule to be taken out of it by itself.

Case  ->  rules, which of them lie out of context, and the scheme's file without some

A rule is a deed that is scored, wherever in the file; in a scheme in which people rate one another,
their ratings are one more.  A file without a rule has nought in its place: nothing else changes.
"""

import copy
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from demerit import facts
from demerit.scheme.reading import Case, Input, Related

PEER = "peer"  # the rule that is no deed: what others think of one
OTHER = "other"  # contexts that are put together, where there are too many
UNRELATED: tuple[Related, ...] = ("unrelated",)
DISPUTED: tuple[Related, ...] = ("unrelated", "open")


class Rule(NamedTuple):
    """A deed that a scheme scores, or the ratings of others."""

    key: str
    title: str
    context: str
    places: tuple[str, ...]  # in the scheme's file
    costs: bool  # it can take points
    harm: bool  # the deed harms somebody
    lawful: bool  # lawful and harmless, or protected by a treaty
    own: bool  # the deed is one's own, and not the standing of somebody else
    gravity: float | None


def rules_of(a: Case) -> list[Rule]:
    """The rules of a scheme, in the order of its file."""
    by_deed: dict[str, list[Input]] = {}
    for row in a.inputs:
        by_deed.setdefault(row.key, []).append(row)
    found = [of_deed(rows) for rows in by_deed.values()]
    if a.spec.get(PEER):
        title = "what others think of one"
        found.append(
            Rule(PEER, title, "ties", ("peer.rates",), True, False, False, False, None)
        )  # fmt: skip
    return found


def of_deed(rows: Sequence[Input]) -> Rule:
    """One rule, from every place in which its deed is scored."""
    one = rows[0]
    return Rule(
        one.key, one.title, one.context, tuple(row.place for row in rows),
        any(row.points < 0 for row in rows), one.harm, one.allowed, not one.of_another,
        one.gravity,
    )  # fmt: skip


def foreign(a: Case, rules: Iterable[Rule], aims: Collection[str], words: tuple[Related, ...]
            ) -> frozenset[str]:  # fmt: skip
    """The rules that take points for what bears on none of these contexts."""
    return frozenset(
        rule.key
        for rule in rules
        if rule.costs and all(a.relation(aim, rule.context, rule.key) in words for aim in aims)
    )


def aims(a: Case) -> list[str]:
    """The contexts that a score is for: its stated purpose, or those of what it takes away."""
    return a.law.get("purpose") or sorted({row.context for row in a.shut})


def without(spec: dict[str, Any], rules: Iterable[Rule]) -> dict[str, Any]:
    """The file of a scheme without these rules; the one that is given stays as it is."""
    gone = {place for rule in rules for place in rule.places}
    made = copy.deepcopy(spec)
    for where, fact in facts.facts(made):
        if where in gone:
            fact["value"] = type(fact["value"])(0)
    return made


def grouped(rules: Iterable[Rule], weight: dict[str, float], most: int) -> dict[str, list[str]]:
    """Keys of the rules by context, at most so many groups: those that weigh least go together.

    >>> rules = [Rule(k, k, k.upper(), (), True, True, False, True, 1) for k in "abc"]
    >>> grouped(rules, {"a": 3, "b": 0, "c": 1}, 2)
    {'A': ['a'], 'other': ['b', 'c']}
    """
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(rule.context, []).append(rule.key)
    if len(found) <= most:
        return found
    weights = {name: sum(abs(weight[key]) for key in keys) for name, keys in found.items()}
    heavy = sorted(found, key=lambda name: -weights[name])[: most - 1]
    kept = {name: keys for name, keys in found.items() if name in heavy}
    rest = [key for name, keys in found.items() if name not in heavy for key in keys]
    return kept | {OTHER: rest}
