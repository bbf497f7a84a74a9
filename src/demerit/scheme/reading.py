"""Reading: what a scheme scores and what follows from it, as a question of law needs it.

Scheme (as its file states it), deeds, doors, data/contexts.toml  ->  Case: inputs and consequences

Every scored deed says its part of life, for what those who record it keep their files, whether it
is known, inferred or predicted, and its legality and gravity; every consequence its part of life,
severity, duration, whether it is essential and whom it reaches.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from demerit import facts
from demerit.columns import DOORS

ANOTHER = ("tie", "firm")  # kinds of deed that are the standing of a friend, of a firm
Related = Literal["related", "open", "unrelated"]


class Input(NamedTuple):
    """A scored deed."""

    key: str
    title: str
    place: str  # in the scheme's file
    points: float  # below nought: it costs
    context: str
    agencies: list[str]
    collected_for: list[str]  # contexts for which these keep their records
    origin: str  # known, inferred, predicted
    harm: bool
    lawful: bool
    protected: str  # the article that protects it, or ""
    gravity: float | None  # None where contexts.toml does not say
    special: Related  # to a special category of data: related is that it is one
    of_another: bool  # another's standing

    @property
    def allowed(self) -> bool:
        """Is it conduct that is lawful and harms nobody, or that a treaty protects?"""
        return bool(self.protected or (self.lawful and not self.harm))


class Consequence(NamedTuple):
    """A door that a tier narrows or widens."""

    door: str
    title: str
    tier: str
    place: str
    access: float  # share of what everyone has
    context: str
    severity: float | None
    essential: Literal["yes", "no", "open"]
    reaches: list[str]
    months: float | None  # from the entry that brings it; None is for ever


class Case(NamedTuple):
    """All that lint reads of a scheme."""

    spec: dict[str, Any]
    inputs: list[Input]
    consequences: list[Consequence]
    related: dict[str, Any]  # of contexts.toml

    @property
    def costly(self) -> list[Input]:
        """The deeds that cost points; of a learned score, each that may come to cost some."""
        return [row for row in self.inputs if row.points < 0 or row.origin == "predicted"]

    @property
    def shut(self) -> list[Consequence]:
        """The consequences that take away."""
        return [row for row in self.consequences if row.access < 1]

    @property
    def law(self) -> dict[str, Any]:
        """What the file's [law] says; nothing if there is none."""
        return self.spec.get("law") or {}

    def relation(self, of: str, to: str, deed: str = "") -> Related:
        """May what is known in context `to` fairly decide in context `of`?"""
        if of == to:
            return "related"
        rows = self.related.get(of, {})
        return three(rows.get(deed) or rows.get(to))


def three(fact: dict[str, Any] | None) -> Related:
    """A fact of contexts.toml in one of three words; a range of 0 to 1 is a dispute.

    >>> three({"value": 1, "range": [0, 1]}), three({"value": 1}), three(None)
    ('open', 'related', 'unrelated')
    """
    if fact is None:
        return "unrelated"
    if fact.get("range") == [0, 1]:
        return "open"
    return "related" if fact["value"] else "unrelated"


def case(spec: dict[str, Any]) -> Case:
    """The inputs and consequences of a faultless scheme."""
    book = facts.read("contexts.toml") | {"doors": facts.read("doors.toml")["door"]}
    deeds = facts.read("deeds.toml")["deed"]
    found = list(numbers(spec))
    inputs = [
        read_input(key, deeds[key], where, value, book, spec)
        for where, key, value in found
        if key in deeds and ".doors." not in where
    ]
    consequences = [
        read_consequence(key, where, value, book, spec)
        for where, key, value in found
        if key in DOORS and ".doors." in where
    ]
    return Case(spec, inputs, consequences + posted(consequences, book, spec), book["related"])


def numbers(spec: dict[str, Any]) -> Iterator[tuple[str, str, float]]:
    """Every number of a file that is about people: its place, the last key of it, its value.

    What a scheme says of firms is left out: the Act speaks of natural persons.
    """
    for where, fact in facts.facts(spec):
        if not where.startswith("firms.") and isinstance(fact["value"], int | float):
            yield where, where.rpartition(".")[2], fact["value"]


def read_input(
    key: str, deed: dict[str, Any], where: str, points: float, book: Any, spec: Any
) -> Input:
    """One scored deed, from its entry in deeds.toml and what contexts.toml adds."""
    agencies = list(deed["seen"])
    kept = [book["agency"].get(agency, []) for agency in agencies]
    protected = deed["protected"]
    gravity = book["gravity"].get(key, {}).get("value") if deed["harm"] else 0
    of_another = deed["kind"] in ANOTHER
    sign = "signal" in deed or of_another
    predicted = spec["kind"] == "learned"
    return Input(
        key=key,
        title=deed["title"],
        place=where,
        points=points,
        context=deed["context"],
        agencies=agencies,
        collected_for=sorted({context for row in kept for context in row}),
        origin="predicted" if predicted else "inferred" if sign else "known",
        harm=deed["harm"],
        lawful=bool(deed["lawful"]["value"]),
        protected=protected["where"] if protected else "",
        gravity=gravity,
        special=three(book["special"].get(key)),
        of_another=of_another,
    )


def read_consequence(
    key: str, where: str, access: float, book: Any, spec: dict[str, Any]
) -> Consequence:
    """One door of a tier, from its entry in doors.toml and what contexts.toml adds."""
    door = book["doors"][key]
    row = book["door"].get(key)
    essential = three(row["essential"]) if row else "open"
    words: dict[str, Literal["yes", "no", "open"]] = {
        "related": "yes", "unrelated": "no", "open": "open"
    }  # fmt: skip
    months = spec["erase"]["months"]["value"] if spec.get("erase") else 0
    months = months or spec.get("learned", {}).get("window_months", {"value": 0})["value"]
    return Consequence(
        door=key,
        title=door["title"].partition(" (")[0],
        tier=where.partition(".doors.")[0].rpartition(".")[2],
        place=where,
        access=access,
        context=row["context"] if row else "unknown",
        severity=row["severity"]["value"] if row else None,
        essential=words[essential],
        reaches=["children"] if door.get("falls_on") == "child" else [],
        months=months or None,
    )


def posted(found: list[Consequence], book: Any, spec: dict[str, Any]) -> list[Consequence]:
    """The names of every tier under sanction made public, where [posting] says so."""
    public = (spec.get("posting") or {}).get("public", {"value": 0})["value"]
    narrowed = sorted({row.tier for row in found if row.access < 1})
    said = {row.tier for row in found if row.door == "posting"}
    if not public:
        return []
    rows = [
        read_consequence("posting", f"tier.{tier}.doors.posting", 0, book, spec)
        for tier in narrowed
        if tier not in said
    ]
    return [row._replace(place="posting.public") for row in rows]
