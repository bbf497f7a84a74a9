"""Lint of a run: what a run's measures add to the rules that a file alone cannot settle.

rows of lint, run.json  ->  rows with figures beside them, some of them decided by these

Only what the run holds is read: no world is run again.  A share that crosses a bound of
ai_act.toml turns its rule to met; the bounds are ours, but for the four-fifths rule.
"""

from typing import Any, NamedTuple

from demerit import facts
from demerit.scheme.lint import ASK, Found, Row

Document = dict[str, Any]


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
    return [row._replace(found=merge(row.found, decided.get(row.key))) for row in rows]


def merge(file: Found, run: Found | None) -> Found:
    """What the file and the run found together: the run may settle what the file left open.

    >>> merge(Found("open", "A guess."), Found("met", "Six in ten."))
    Found(status='met', what='A guess. Six in ten.', places=(), severe='')
    >>> merge(Found("met", "None."), Found("not met", "Few."))._asdict()["status"]
    'met'
    """
    if run is None:
        return file
    status = run.status if file.status == "open" or run.status == "met" else file.status
    what = run.what if file.what.startswith(ASK) else f"{file.what} {run.what}".strip()
    return file._replace(status=status, what=what)


def by_share(document: Document, key: str, bound: float) -> Found | None:
    """A share of those under sanction held against its bound; below it, the file stands."""
    shown = document["measures"].get(key)
    if not shown or shown["with"] is None:
        return None
    said = f"Wronged of 100 under sanction: {100 * shown['with']:.3g} (bound {100 * bound:g})."
    return Found("met" if shown["with"] >= bound else "open", said)


def by_group(document: Document, bound: float) -> Found | None:
    """Groups whose chance of sanction lies apart by more than four fifths.

    The least sanctioned group's share over the most sanctioned group's, within each grouping.
    """
    groups = document["measures"].get("sanctioned_share", {}).get("by_group", {})
    apart = []
    for grouping, cells in groups.items():
        known = {name: cell["with"] for name, cell in cells.items() if cell["with"]}
        if len(known) > 1:
            least, most = min(known, key=known.get), max(known, key=known.get)  # type: ignore[arg-type]
            ratio = known[least] / known[most]
            if ratio < bound:
                apart.append(f"{grouping}: {least} over {most} {ratio:.2f}")
    if not groups:
        return None
    said = f"Share under sanction, least over most (bound {bound:g}): "
    said += f"{'; '.join(apart) or 'no grouping below it'}."
    return Found("met" if apart else "not met", said)
