"""Lint of a run: what a run's measures add to the rules that a file alone cannot settle.

rows of lint, run.json, figures of further worlds  ->  rows, some of them decided by these

A share, or a ratio, whose whole interval of chance lies above a bound of ai_act.toml turns its rule
to met; one that straddles it settles nothing.  The bounds are ours, but for the four-fifths rule.
No world is lived here: lint_worlds.py does that.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from demerit import facts
from demerit.columns import SCHEME
from demerit.scheme import measured as words
from demerit.scheme.lint import ASK, Found, Row, Status, listed

Document = dict[str, Any]
FIGURE = ("value", "low", "high")  # as further worlds have it
OF_CHANCE = ("with", "chance_low", "chance_high")  # the same as a measure of the run has it
# Rules that a file lets pass and a run may leave open: how many are wronged is in no file.
UNSETTLES = frozenset(("AIA-007",))


class Measured(NamedTuple):
    """A measure of the run, beside the rule that it bears on."""

    key: str
    question: str
    unit: str
    value: float | None  # with the scheme, or its effect: the measure's headline
    low: float | None  # over what is not known
    high: float | None


def of_rule(row: Row, document: Document) -> list[Measured]:
    """The measures of the run that bear on a rule and say something."""
    found = []
    for key in row.entry["measures"]:
        shown = document["measures"].get(key)
        if shown and shown[shown["headline"]] is not None:
            value = shown[shown["headline"]]
            found.append(
                Measured(key, shown["question"], shown["unit"], value, shown["low"], shown["high"])
            )
    return found


def decide(rows: list[Row], document: Document) -> list[Row]:
    """The rows as the run decides them: how many are wronged, and how far groups lie apart."""
    bound = {key: fact["value"] for key, fact in facts.read("ai_act.toml")["bound"].items()}
    decided = {
        "AIA-007": by_share(document, "wrongful_sanction_share", bound["wrongful"]),
        "AIA-013": by_group(document, bound["four_fifths"]),
    }
    return [row._replace(found=merge(row.found, decided.get(row.key), row.key in UNSETTLES))
            for row in rows]  # fmt: skip


def decide_measured(rows: list[Row], measured: dict[str, Any]) -> list[Row]:
    """The rows as further worlds decide them; as they were where the scheme does no harm."""
    if not measured or not words.defined(measured):
        return rows
    bound = facts.read("ai_act.toml")["bound"]["harm"]["value"]
    decided = {
        "AIA-001": out_of_context(measured, bound),
        "AIA-003": by_gravity(measured),
        "AIA-004": lawful(measured, bound),
        "AIA-006": on_others(measured, bound),
        "AIA-013": wrongly_by_group(measured),
    }
    return [row._replace(found=merge(row.found, decided.get(row.key))) for row in rows]


def merge(file: Found, run: Found | None, unsettles: bool = False) -> Found:
    """What the file and the run found together: the run may settle what the file left open, and
    where it `unsettles`, leave open what the file lets pass.

    >>> merge(Found("open", "A guess."), Found("met", "Six in ten."))
    Found(status='met', what='A guess. Six in ten.', places=(), severe='')
    >>> merge(Found("met", "None."), Found("not met", "Few."))._asdict()["status"]
    'met'
    >>> [merge(Found("not met", ""), Found("open", "?"), yes).status for yes in (False, True)]
    ['not met', 'open']
    >>> [merge(Found("open", ""), Found("not met", "?"), yes).status for yes in (False, True)]
    ['not met', 'open']
    """
    if run is None:
        return file
    status = run.status if file.status == "open" or run.status == "met" else file.status
    if unsettles and "met" not in (file.status, run.status):
        status = "open" if "open" in (file.status, run.status) else "not met"
    what = run.what if file.what.startswith(ASK) else f"{file.what} {run.what}".strip()
    severe = file.severe if file.status == "met" else run.severe or file.severe
    return file._replace(status=status, what=what, severe=severe)


def by_share(document: Document, key: str, bound: float) -> Found | None:
    """A share of those under sanction held against its bound, with what is chance.

    Met where the whole interval lies above.  That few are wronged settles nothing: the file may
    shut every way back all the same, and stands.
    """
    shown = document["measures"].get(key)
    if not shown or shown["with"] is None:
        return None
    found = dict(zip(FIGURE, map(shown.get, OF_CHANCE), strict=True))
    reaches = max(x for x in found.values() if x is not None) >= bound
    status = settle([found], bound)
    where = "above" if status == "met" else "not settled against" if reaches else "below"
    little = "" if found["low"] is not None else ", too little to tell chance"
    said = f"Wronged of those under sanction: {words.percent(found)}{little}; {where} the bound"
    unsettled: Status = "open" if reaches else "not met"
    return Found("met" if status == "met" else unsettled, f"{said} of {100 * bound:g}%.")


def by_group(document: Document, bound: float) -> Found | None:
    """AIA-013: groups whose chance of sanction lies apart by more than four fifths.

    The least sanctioned group's share over the most sanctioned group's, within each grouping, as
    `sanctioned_ratio_...` has it with what is chance.  The smallest of five groups over the largest
    lies below one by luck, too: among groups all alike, with 40 under sanction in each, the whole
    interval lies below four fifths in 6 of 100 runs, and with 80 in 2.
    """
    measures = document["measures"]
    groups = measures.get("sanctioned_share", {}).get("by_group", {})
    ratios = {
        name: dict(zip(FIGURE, map(measures[key].get, OF_CHANCE), strict=True)) for name in groups
        if (key := f"sanctioned_ratio_{name}") in measures
    }  # fmt: skip
    if not ratios:
        return None
    told = [f"{name} {words.amount(x)}" for name, x in ratios.items() if x["value"] is not None]
    cells = [cell["with"] for name in ratios for cell in groups[name].values()]
    said = f"Share under sanction, least over most (bound {bound:g}): {'; '.join(told) or 'none'}."
    if None in cells:
        said += f" {cells.count(None)} of {len(cells)} groups too few to tell."
    return Found(settle([apart(x) for x in ratios.values()], 1 - bound), said)


def apart(ratio: words.Shown) -> words.Shown:
    """How far a ratio falls short of one, with its interval the other way round.

    >>> apart({"value": 0.5, "low": 0.25, "high": 0.75})
    {'value': 0.5, 'low': 0.25, 'high': 0.75}
    >>> apart({"value": 0.5, "low": None, "high": None})
    {'value': 0.5, 'low': None, 'high': None}
    """
    value, low, high = (None if x is None else 1 - x for x in map(ratio.get, FIGURE))
    return {"value": value, "low": high, "high": low}


def redress(frames: dict[str, Any]) -> dict[str, int]:
    """What became of appeals in the run: counts over its months, of everybody.

    Frames (world, month, group), in the order of columns.WORLDS.
    """
    names = ("entries", "entries_false", "entries_foreign", "entries_groundless", "appeals",
             "corrected", "scored", "aware_score")  # fmt: skip
    return {name: int(frames[name][SCHEME, :, 0].sum()) for name in names if name in frames}


# ---- further worlds


def settle(figures: Iterable[words.Shown], bound: float, wider: Iterable[words.Shown] = ()
           ) -> Status:  # fmt: skip
    """Met if chance leaves one of the figures above the bound, not met if it leaves none there.

    `wider` are the same figures with what is disputed: these must lie below too.

    >>> settle([{"value": 0.9, "low": 0.8, "high": 1.0}], 0.05)
    'met'
    >>> settle([{"value": 0.0, "low": 0.0, "high": 0.01}, {"value": None}], 0.05)
    'not met'
    >>> settle([{"value": 0.06, "low": 0.01, "high": 0.11}], 0.05), settle([{"value": None}], 0.05)
    ('open', 'open')
    >>> settle([{"value": 0, "low": 0, "high": 0}], 0.05, [{"value": 1, "low": 1, "high": 1}])
    'open'
    """
    known = [x for x in figures if x["value"] is not None]
    if any(x["low"] is not None and x["low"] >= bound for x in known):
        return "met"
    below = [*known, *(x for x in wider if x["value"] is not None)]
    if known and all(x["high"] is not None and x["high"] < bound for x in below):
        return "not met"
    return "open"


def judged(measured: dict[str, Any]) -> str:
    """The kind of harm that is judged: sanctions, or doors where nobody is under sanction."""
    return next(unit for unit, row in measured["harm"].items() if row["count"])


def share_of(measured: dict[str, Any], key: str) -> dict[str, Any]:
    """The row of the shares of this name."""
    return next(dict(row) for row in measured["shares"] if row["key"] == key)


def out_of_context(measured: dict[str, Any], bound: float) -> Found:
    """AIA-001: harm that goes away without rules on what bears on nothing that is decided."""
    unit, at = judged(measured), measured["at_unrelated_doors"]
    strict, wide = (share_of(measured, key)[unit] for key in ("unrelated", "unrelated_or_disputed"))
    status = settle(
        [strict, at["unrelated"]], bound, [wide, at["unrelated_or_disputed"]]
    )  # fmt: skip
    said = [f"{words.percent(strict)} of {KIND[unit]} by rules on what bears on nothing that is "
            "decided"] if strict["value"] is not None else []  # fmt: skip
    if at["unrelated"]["value"] is not None:
        said.append(f"{words.percent(at['unrelated'])} of doors refused by rules unrelated to them")
    return Found(status, f"Further worlds: {'; '.join(said)} (bound {100 * bound:g}%).")


KIND = {"sanction": "months under sanction", "doors": "doors refused", "cost": "their cost"}


def by_gravity(measured: dict[str, Any]) -> Found | None:
    """AIA-003: a lighter deed brings more harm.  How often each is seen counts in it: a warning."""
    wrong, tau = words.inversions(measured), measured["gravity"]["tau"]
    if tau is None:
        return None
    said = f"Further worlds: harm for each deed done, by gravity: tau {tau:.2f}"
    said += f"; {listed(wrong, 6)}" if wrong else ""
    return Found("met" if wrong else "open", f"{said}.", severe="warning")


def lawful(measured: dict[str, Any], bound: float) -> Found:
    """AIA-004: harm that goes away without the rules on lawful conduct."""
    unit = judged(measured)
    share = share_of(measured, "lawful")[unit]
    said = f"Further worlds: {words.percent(share)} of {KIND[unit]} goes away without these rules"
    return Found(settle([share], bound), f"{said} (bound {100 * bound:g}%).")


def on_others(measured: dict[str, Any], bound: float) -> Found:
    """AIA-006: harm on people who did nothing that costs points, and on children."""
    borne = measured["without_deed"]
    shares = [*borne["no_costly_deed"].values(), borne["children"]["doors"]]
    said = f"Further worlds: {words.on_others(measured)} (bound {100 * bound:g}%)."
    return Found(settle(shares, bound), said)


def wrongly_by_group(measured: dict[str, Any]) -> Found | None:
    """AIA-013: how likely each group is to be under sanction by mistake; it decides nothing."""
    found = []
    for grouping, cells in measured["wrongful"]["wrongful_sanction_rate_by_group"].items():
        known = {name: x for name, x in cells.items() if x["value"] is not None}
        if len(known) > 1:
            most, least = (pick(known, key=lambda n: known[n]["value"]) for pick in (max, min))
            found.append(
                f"{grouping}: {most} {words.percent(known[most])}, "
                f"{least} {words.percent(known[least])}"
            )
    return Found("open", f"Wrongly under sanction: {'; '.join(found)}.") if found else None
