"""Measured: the figures of further worlds, in words, for the terminal and the draft assessment.

what lint_worlds.measure found, as JSON has it  ->  rows of words and figures

A figure is {value, low, high}: chance alone, 95 in 100; its ends are none where the run has too few
blocks, its value where there is nothing to divide by.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from demerit.chance import told_apart

Shown = dict[str, Any]  # a figure
UNITS = ("sanction", "doors")  # kinds of harm that are shown; --json has what doors cost too
SHARES = {
    "unrelated": "rules on what bears on nothing that the scheme decides on",
    "unrelated_or_disputed": "the same, with what is disputed",
    "lawful": "rules on lawful or protected conduct",
}


class Line(NamedTuple):
    """One row: what, and the figure of each kind of harm, in words."""

    what: str
    cells: tuple[str, ...]


class Table(NamedTuple):
    """Rows under a heading that says what the figures are, and the heads of their columns."""

    title: str
    lines: list[Line]
    heads: tuple[str, ...] = ("months under sanction", "doors refused")


def percent(x: Shown | None) -> str:
    """A share and its interval.

    >>> percent({"value": 0.1346, "low": 0.0571, "high": 0.212})
    '13.5% (5.71 to 21.2)'
    >>> percent({"value": 0.0, "low": None, "high": None}), percent({"value": None}), percent(None)
    ('0%', '-', '-')
    """
    if not x or x["value"] is None:
        return "-"
    return f"{brief(100 * x['value'])}%{ends(x, 100)}"


def amount(x: Shown | None) -> str:
    """A number and its interval.

    >>> amount({"value": 0.4962, "low": 0.373, "high": 0.619})
    '0.496 (0.373 to 0.619)'
    >>> amount({"value": 1704.0, "low": 1450.2, "high": 1950.0})
    '1,704 (1,450 to 1,950)'
    """
    return "-" if not x or x["value"] is None else f"{brief(x['value'])}{ends(x)}"


def brief(x: float, more: int = 0) -> str:
    """A number in three digits, or in whole ones from a thousand on; and so many more digits.

    >>> brief(0.00123), brief(999.6), brief(12345.6)
    ('0.00123', '1,000', '12,346')
    """
    return f"{x:,.{more}f}" if abs(x) >= 999.5 else f"{x:.{3 + more}g}"


def ends(x: Shown, times: float = 1) -> str:
    """The interval of a figure in brackets, in digits that part its ends; nothing where there is
    none, or where no fold differs from another.

    >>> ends({"low": 0.99991, "high": 1.0}, 100), ends({"low": 1.0, "high": 1.0})
    (' (99.99 to 100)', '')
    """
    low, high = x.get("low"), x.get("high")
    if low is None or high is None:
        return ""
    pair = told_apart(times * low, times * high, brief)
    return f" ({' to '.join(pair)})" if len(pair) == 2 else ""


def defined(measured: dict[str, Any]) -> bool:
    """Did the scheme do any harm of which there could be shares?"""
    return "shares" in measured


def tables(measured: dict[str, Any]) -> Iterator[Table]:
    """All that was measured, a table for each question."""
    harm = measured["harm"]
    yield Table("Harm", [
        Line("counted", tuple(f"{harm[unit]['count']:,}" for unit in UNITS)),
        Line("for 1,000 months in which somebody is scored",
             tuple(amount(harm[unit]["per_1000"]) for unit in UNITS)),
    ])  # fmt: skip
    if not defined(measured):
        return
    yield Table("Goes away without all of", list(without_lines(measured)))
    yield Table("Falls on", list(borne_lines(measured)))
    yield Table("Goes away without one rule alone (marginal effects, which do not add up)", [
        Line(f"{row['rule']} ({row['context']})", cells(row)) for row in measured["drop_one"]
    ])  # fmt: skip
    yield Table("Parts of life (Shapley values, which add up)", list(context_lines(measured)))
    yield Table("Harm for 1,000 deeds truly done", [
        Line(f"{row['rule']} (gravity {row['gravity']:g})",
             (amount(row["per_1000_deeds"]), amount(row["per_1000_deeds_and_gravity"])))
        for row in measured["drop_one"]
        if row["costs"] and row["gravity"] is not None
    ], ("months or doors", "for each step of it"))  # fmt: skip


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """The shares of a row, one for each kind of harm."""
    return tuple(percent(row.get(unit)) for unit in UNITS)


def without_lines(measured: dict[str, Any]) -> Iterator[Line]:
    """Shares that go away without all rules of a kind, and by the door that is shut."""
    for row in measured["shares"]:
        if row["key"] in SHARES:
            yield Line(f"{SHARES[row['key']]} ({len(row['rules'])})", cells(row))
    at = measured["at_unrelated_doors"]
    yield Line("door by door: rules unrelated to that very door", ("", percent(at["unrelated"])))
    disputed = percent(at["unrelated_or_disputed"])
    yield Line("door by door, with what is disputed", ("", disputed))


def borne_lines(measured: dict[str, Any]) -> Iterator[Line]:
    """Shares that fall on people without a deed of their own, and on children."""
    borne = measured["without_deed"]
    yield Line("people who did no harm that costs points", cells(borne["no_harmful_deed"]))
    yield Line("people who did nothing that costs points", cells(borne["no_costly_deed"]))
    yield Line("children, for a parent's score", cells(borne["children"]))


def on_others(measured: dict[str, Any]) -> str:
    """Who bears harm without a deed that costs, of each kind of harm that there is.

    >>> nobody = {"value": None}
    >>> own = {"sanction": {"value": 0.02}, "doors": nobody}
    >>> on_others({"without_deed": {"no_costly_deed": own, "children": {"doors": nobody}}})
    '2% of months under sanction fall on people who did nothing that costs points'
    """
    borne = measured["without_deed"]
    own = borne["no_costly_deed"]
    people = "fall on people who did nothing that costs points"
    parts = [
        (own["sanction"], f"of months under sanction {people}"),
        (own["doors"], f"of doors refused {people}"),
        (borne["children"]["doors"], "of doors refused fall on children"),
    ]  # fmt: skip
    return "; ".join(f"{percent(x)} {said}" for x, said in parts if x["value"] is not None)


def context_lines(measured: dict[str, Any]) -> Iterator[Line]:
    """The share of each part of life, and what stays without any rule."""
    found = measured["contexts"]
    for row in found["groups"]:
        merged = f": {', '.join(found['merged'])}" if row["context"] == "other" else ""
        yield Line(f"{row['context']}{merged} ({len(row['rules'])})", cells(row))
    yield Line("stays without any rule", cells(found["without_any"]))


def inversions(measured: dict[str, Any]) -> list[str]:
    """Pairs in which the lighter deed brings more harm, chance apart."""
    return [f"{row['lighter']} above {row['graver']}" for row in measured["gravity"]["inversions"]]
