"""Elements: what the prohibition of Article 5(1)(c) asks for, and whether a scheme has it.

Case, rows of lint  ->  Verdict

The pattern is there if all of E2 to E6 are met and one of the two limbs is.  E1, whether rules
written by hand are an AI system, is reported apart: the other elements describe the practice.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from demerit import facts
from demerit.scheme.lint import NOT_MET, Found, Row, Status, annex_of, listed, unique
from demerit.scheme.reading import Case

MUST = ("E2", "E3", "E4", "E5", "E6")
LIMBS = {"E7i": "i", "E7ii": "ii"}
LEARNS = {"learned": "met", "none": "not met"}  # kind of scheme: whether it is an AI system


class Verdict(NamedTuple):
    """All that lint says of a scheme."""

    case: Case
    elements: list[Row]
    rules: list[Row]
    pattern: Status  # of the prohibition as a whole
    says: str


def judge(a: Case, rules: list[Row]) -> Verdict:
    """The eight elements from a scheme and its rules, and the verdict."""
    table = facts.read("ai_act.toml")["element"]
    found = {
        "E1": of_system(a),
        "E2": of_score(a),
        "E3": of_time(a),
        "E4": of_conduct(a),
        "E5": of_treatment(a),
        "E6": of_harm(a),
        **{key: of_limb(rules, limb, single(rules)) for key, limb in LIMBS.items()},
    }
    elements = [Row(key, table[key], found[key]) for key in table]
    status = {key: row.status for key, row in found.items()}
    pattern = combine([status[key] for key in MUST], [status[key] for key in LIMBS])
    return Verdict(a, elements, rules, pattern, words(a, status, pattern, rules))


def combine(musts: Sequence[Status], limbs: Sequence[Status]) -> Status:
    """Met if all the first are and one of the second is.

    >>> combine(["met", "met"], ["not met", "met"]), combine(["met", "open"], ["met", "open"])
    ('met', 'open')
    >>> combine(["met", "open"], ["not met", "not met"])
    'not met'
    """
    either: Status = "met" if "met" in limbs else "open" if "open" in limbs else "not met"
    every = {*musts, either}
    return "not met" if "not met" in every else "open" if "open" in every else "met"


def of_system(a: Case) -> Found:
    """E1."""
    kind = a.spec["kind"]
    status = LEARNS.get(kind, "open")
    said = {
        "met": "Its weights are learned.",
        "open": f"Rules of the kind {kind!r}, as they stand.",
    }
    return Found(status, said.get(status, ""), ["kind"])  # type: ignore[arg-type]


def of_score(a: Case) -> Found:
    """E2."""
    if a.spec["kind"] == "none":
        return NOT_MET
    tiers = [tier["key"] for tier in a.spec.get("tier", [])]
    return Found("met", f"People are put into {listed(tiers)}." if tiers else "", ["tier"])


def of_time(a: Case) -> Found:
    """E3: entries add up; or a single entry takes all, and the score is one event."""
    if not a.inputs:
        return NOT_MET
    score = a.spec.get("score") or {}
    start = score.get("start", {"value": 0})["value"]
    if len(a.inputs) == 1 and -a.inputs[0].points >= start:
        return Found("open", "One entry of one kind decides.", [a.inputs[0].place])
    said = f"Entries of {len(a.inputs)} kinds of deed add up from month to month."
    return Found("met", said, [a.inputs[0].place])


def of_conduct(a: Case) -> Found:
    """E4."""
    if not a.inputs:
        return NOT_MET
    contexts = listed(sorted({row.context for row in a.inputs}))
    return Found("met", f"Scored: conduct in {contexts}.", [a.inputs[0].place])


def of_treatment(a: Case) -> Found:
    """E5."""
    if not a.consequences:
        return NOT_MET
    doors = listed(unique([row.door for row in a.consequences]))
    return Found("met", f"The tier opens or shuts {doors}.", [a.consequences[0].place])


def of_harm(a: Case) -> Found:
    """E6."""
    if a.shut:
        doors = listed(unique([row.door for row in a.shut]))
        return Found("met", f"Narrowed or shut: {doors}.", unique([row.place for row in a.shut]))
    if a.consequences:
        said = "Rewards alone: whoever goes without one may count as treated worse."
        return Found("open", said, [a.consequences[0].place])
    return NOT_MET


def of_limb(rules: list[Row], limb: str, one_purpose: bool) -> Found:
    """E7: met if a rule that is enough for the limb is; beside one purpose, warnings leave it."""
    rows = [row for row in rules if row.entry["limb"] == limb]
    enough = [row for row in rows if row.found.status == "met" and severe(row) == "error"]
    weaker = [row for row in rows if row.found.status != "not met" and row not in enough]
    if enough:
        return Found("met", f"By {listed([row.key for row in enough])}.")
    if weaker:
        said = f"Not by itself enough: {listed([row.key for row in weaker])}."
        return Found("not met" if one_purpose else "open", said)
    return NOT_MET


def single(rules: list[Row]) -> bool:
    """Is there one purpose, in one context (AIA-014)?"""
    return any(row.key == "AIA-014" and row.found.status == "met" for row in rules)


def severe(row: Row) -> str:
    """How severe what a rule found is."""
    return row.found.severe or str(row.entry["severe"])


def words(a: Case, status: dict[str, Status], pattern: Status, rules: list[Row]) -> str:
    """The verdict in a sentence."""
    limbs = [f"({limb})" for key, limb in LIMBS.items() if status[key] == "met"]
    if pattern == "met":
        which = "limbs" if len(limbs) > 1 else "limb"
        return f"The pattern of the prohibition is there: {which} {listed(limbs)}."
    if not a.inputs or not a.consequences:
        return "Nothing is scored, or nothing follows from it: not the pattern of the prohibition."
    if single(rules) and not limbs:
        return (
            "Not the pattern of the prohibition, as far as the file says: one purpose. "
            f"High-risk under Annex III {annex_of(a)}, with the duties of such a system."
        )
    if pattern == "not met":
        return "Not the pattern of the prohibition, as far as the file says."
    undecided = [key for key in (*MUST, *LIMBS) if status[key] == "open"]
    return f"Open: it hangs on {listed(undecided)}."


def entry(row: Any) -> dict[str, Any]:
    """An input or a consequence as JSON shows it."""
    return dict(row._asdict())
