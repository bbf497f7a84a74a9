"""Lint: a scheme held against Article 5(1)(c) of the AI Act, element by element and rule by rule.

Case, data/ai_act.toml  ->  rows: rules, each `met`, `not met` or `open`  (elements.py: the verdict)

A rule that is met has found what it looks for; open means that the file cannot say, or that the
reading is disputed.  This says what a file shows and where: it is no legal advice.

Source: Regulation (EU) 2024/1689, OJ L 2024/1689 of 12.7.2024, Article 5(1)(c) and recital 31;
Commission guidelines C(2025) 5052, from memory, where a rule rests on them.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from demerit import facts
from demerit.scheme.reading import Case, Input

Status = Literal["met", "not met", "open"]
NOTICE = (
    "Not legal advice. This holds a file against the words of a law; readings that rest on the "
    "Commission's guidelines are from memory and are marked."
)
ASK = "Only a run can say"
GRAVE = 3  # gravity from which the law can answer with detention
CREDIT = {"loan", "card"}  # doors whose keeper asks whether somebody can repay
TAU_MIN = 0.5  # order of points by gravity below which the whole order is at fault


class Found(NamedTuple):
    """What one rule found."""

    status: Status
    what: str
    places: Sequence[str] = ()
    severe: str = ""  # where it differs from the rule's own


NOT_MET = Found("not met", "")


class Row(NamedTuple):
    """An element or a rule with what was found."""

    key: str
    entry: dict[str, Any]  # of ai_act.toml
    found: Found


# ---- limb (i)


def cross_context(a: Case) -> Found:
    """AIA-001: any deed whose context is unrelated to that of a consequence."""
    foreign, disputed, places = {}, {}, []
    for row in a.shut or a.consequences:
        by: dict[str, list[str]] = {"unrelated": [], "open": [], "related": []}
        for deed in a.inputs:
            by[a.relation(row.context, deed.context, deed.key)].append(deed.key)
        if by["unrelated"]:
            foreign[row.door] = f"{row.door} ({row.context}) by {listed(by['unrelated'])}"
            places += [row.place, *(d.place for d in a.inputs if d.key in by["unrelated"])]
        elif by["open"]:
            disputed[row.door] = f"{row.door} ({row.context}) by {listed(by['open'])}"
            places.append(row.place)
    rewards = "" if a.shut else "Rewards alone, which others go without: "
    if foreign:
        status: Status = "met" if a.shut else "open"
        return Found(status, f"{rewards}{'; '.join(foreign.values())}.", unique(places))
    if disputed:
        return Found("open", f"Disputed: {'; '.join(disputed.values())}.", unique(places))
    return NOT_MET


def purpose_drift(a: Case) -> Found:
    """AIA-002: records of an agency that keeps them for nothing that the scheme decides on."""
    aims = a.law.get("purpose") or sorted({row.context for row in a.shut or a.consequences})
    joins, drawn, unknown = a.spec.get("join", {}), {}, []
    for deed in a.inputs if aims else ():
        if not deed.collected_for:
            unknown.append(deed)
        elif all(a.relation(aim, kept) == "unrelated" for aim in aims
                 for kept in deed.collected_for):  # fmt: skip
            drawn[deed.key] = deed
    if drawn:
        agencies = sorted({agency for deed in drawn.values() for agency in deed.agencies})
        places = [f"join.{key}" for key in agencies if key in joins]
        places += [deed.place for deed in drawn.values()]
        return Found(
            "met",
            f"Records of {listed(agencies)} serve another end than {listed(aims)}: "
            f"{listed(list(drawn))}.",
            unique(places),
        )
    if unknown:
        return Found(
            "open",
            f"For what these are recorded is not said: {names(unknown)}.",
            [deed.place for deed in unknown],
        )
    return NOT_MET


# ---- limb (ii)


def gravity_order(a: Case) -> Found:
    """AIA-003: pairs of deeds of which the lighter costs more; tau between gravity and points."""
    if a.spec["kind"] == "learned":
        said = "What weighs how much is learned: the file does not hold it, and no order is kept."
        return Found("open", said, ["kind"])
    rows = [row for row in a.costly if row.gravity is not None]
    wrong = [
        (light, grave)
        for light in rows
        for grave in rows
        if weight(light) < weight(grave) and light.points < grave.points
    ]
    tau = kendall([weight(row) for row in rows], [-row.points for row in rows])
    if not wrong:
        missing = [row for row in a.costly if row.gravity is None]
        said = f"How grave these are is not said: {names(missing)}."
        return Found("open", said, [row.place for row in missing]) if missing else NOT_MET
    outranks = [pair for pair in wrong if pair[0].protected and weight(pair[1]) >= GRAVE]
    enough = outranks or (tau is not None and tau < TAU_MIN)
    shown = [f"{x.key} {x.points:+g} above {y.key} {y.points:+g}" for x, y in outranks or wrong]
    return Found(
        "met",
        f"{listed(shown, 6)}; order of points by gravity: tau {tau or 0:.2f}.",
        unique([row.place for pair in wrong for row in pair]),
        "error" if enough else "warning",
    )


def weight(row: Input) -> float:
    """The gravity of a deed whose gravity is known."""
    return row.gravity or 0


def kendall(x: Sequence[float], y: Sequence[float]) -> float | None:
    """Kendall's tau-b; None where one of the two does not vary.

    >>> kendall([1, 2, 3], [10, 20, 30]), kendall([1, 2], [2, 1]), kendall([1, 1], [1, 2])
    (1.0, -1.0, None)

    Source     M. Kendall, "The treatment of ties in ranking problems", Biometrika 33(3), 1945,
               doi 10.1093/biomet/33.3.239 (from memory)
    """
    pairs = [(i, j) for i in range(len(x)) for j in range(i)]
    signs = [(sign(x[i] - x[j]), sign(y[i] - y[j])) for i, j in pairs]
    of_x, of_y = (sum(pair[k] != 0 for pair in signs) for k in (0, 1))
    if not of_x or not of_y:
        return None
    return float(sum(s * t for s, t in signs) / (of_x * of_y) ** 0.5)


def sign(x: float) -> int:
    """-1, 0 or 1."""
    return (x > 0) - (x < 0)


def lawful_punished(a: Case) -> Found:
    """AIA-004: points taken for conduct that is lawful, or that a treaty protects."""
    rows = [row for row in a.costly if row.allowed]
    if not rows:
        return NOT_MET
    said = [f"{row.key} ({'ICCPR ' * bool(row.protected)}{row.protected or 'lawful'})"
            for row in rows]  # fmt: skip
    may = "May come to cost points: " if a.spec["kind"] == "learned" else ""
    return Found("met", f"{may}{listed(said)}.", [row.place for row in rows])


def no_expiry(a: Case) -> Found:
    """AIA-005: entries that are never taken off."""
    if not a.costly or not a.consequences or "learned" in a.spec:  # its window is a term
        return NOT_MET
    erase = a.spec.get("erase")
    if not erase:
        return Found("met", "The file has no [erase]: entries stay for ever.", ["points"])
    if erase["months"]["value"]:
        return NOT_MET
    if erase["paid_months"]["value"]:
        said = "Only payment ends it: whoever cannot pay stays for ever."
        return Found("open", said, ["erase.months"])
    return Found("met", "Entries stay for ever (0 months).", ["erase.months"])


def collateral(a: Case) -> Found:
    """AIA-006: doors that shut on children, points for the standing of others."""
    rows = [(row.place, f"{row.door} shuts out {row.reaches[0]}") for row in a.shut if row.reaches]
    rows += [(row.place, f"{row.key} scores another's standing") for row in a.inputs
             if row.of_another]  # fmt: skip
    if not rows:
        return NOT_MET
    return Found("met", f"{listed(unique([what for _, what in rows]))}.", [at for at, _ in rows])


def no_way_back(a: Case) -> Found:
    """AIA-007: no appeal, or none that can succeed."""
    if not a.costly or not a.shut:
        return NOT_MET
    redress = a.spec.get("redress") or {}
    for key in ("appeal", "success"):
        if key not in redress or not redress[key]["value"]:
            return Found("met", f"The file gives no {key} of an appeal.", ["redress"])
    if guessed(a, redress["appeal"]):
        said = "That there is an appeal is assumed: the sources name none."
        return Found("open", said, ["redress.appeal"])
    return NOT_MET


def guessed(a: Case, fact: dict[str, Any]) -> bool:
    """Is this a guess about somebody else's scheme?  Whoever designs a scheme states it."""
    return a.spec["version"] != "own" and fact["basis"] == "assumed"


def essential(a: Case) -> Found:
    """AIA-008: a consequence that withholds work, schooling, help in need, travel."""
    for status, answer in (("met", "yes"), ("open", "open")):
        rows = [row for row in a.shut if row.essential == answer]
        if rows:
            said = listed(unique([f"{row.door} ({row.title.lower()})" for row in rows]))
            return Found(status, f"{said}.", [row.place for row in rows])  # type: ignore[arg-type]
    return NOT_MET


def compounding(a: Case) -> Found:
    """AIA-009: a tier that shuts doors in several contexts, or that feeds on tiers."""
    said, places = [], []
    for tier in unique([row.tier for row in a.shut]):
        rows = [row for row in a.shut if row.tier == tier]
        contexts = sorted({row.context for row in rows})
        if len(contexts) > 1:
            said.append(f"tier {tier} shuts {len(rows)} doors in {listed(contexts)}")
            places += [row.place for row in rows]
    ties = [row for row in a.costly if row.of_another]
    said += [f"{row.key} lets one score feed another" for row in ties]
    places += [row.place for row in ties]
    return Found("met", f"{'; '.join(said)}.", unique(places)) if said else NOT_MET


def recourse(a: Case) -> Found:
    """AIA-010: what is missing of notice, reasons, correction, human review and deadline."""
    if not a.costly or not a.shut:
        return NOT_MET
    redress = a.spec.get("redress") or {}
    parts = {"notice": "notice", "correction": "appeal", "deadline": "delay_months"}
    facts_of = {name: redress.get(key) for name, key in parts.items()}
    missing = [name for name, fact in facts_of.items() if not fact or not fact["value"]]
    missing += [name for name, key in (("reasons", "reasons"), ("human review", "human_review"))
                if not a.law.get(key)]  # fmt: skip
    guesses = [name for name, fact in facts_of.items() if fact and guessed(a, fact)]
    said = [f"The file names no {listed(missing)}."] if missing else []
    said += [f"Assumed, not stated: {listed(guesses)}."] if guesses else []
    if not said:
        return NOT_MET
    return Found("met" if missing else "open", " ".join(said), ["redress", "law"])


# ---- what stands beside the limbs


def inferred(a: Case) -> Found:
    """AIA-011: inputs that are signs, predictions or another's standing."""
    rows = [row for row in a.inputs if row.origin != "known"]
    said = [f"{row.key} ({'another' if row.of_another else row.origin})" for row in rows]
    places = [row.place for row in rows]
    if a.spec.get("peer"):
        said, places = [*said, "what others think of one (peer)"], [*places, "peer"]
    return Found("met", f"{listed(said)}.", places) if said else NOT_MET


def special(a: Case) -> Found:
    """AIA-012: special categories of data, and what they could be guessed from."""
    rows = [row for row in a.inputs if row.special == "related"]
    signs = [row for row in a.inputs if row.special == "open"]
    said = [f"{names(rows)}."] if rows else []
    said += [f"Could be guessed from {names(signs)}."] if signs else []
    if not said:
        return NOT_MET
    return Found("met" if rows else "open", " ".join(said), [row.place for row in (*rows, *signs)])


def disparity(a: Case) -> Found:
    """AIA-013: a file cannot say; a run can."""
    if not a.inputs or not a.shut:
        return NOT_MET
    return Found("open", f"{ASK}: --run RUN.")


def single_purpose(a: Case) -> Found:
    """AIA-014: all inputs and consequences of one context, its purpose and legal basis named."""
    aims = {row.context for row in a.consequences}
    if not a.inputs or len(aims) != 1:
        return NOT_MET
    aim = next(iter(aims))
    if any(a.relation(aim, row.context, row.key) != "related" for row in a.inputs):
        return NOT_MET
    annex = annex_of(a)
    lacking = [key.replace("_", " ") for key in ("purpose", "legal_basis") if not a.law.get(key)]
    unsaid = f" [law] does not say its {listed(lacking)}." if lacking else ""
    if not annex:
        return Found(
            "open", f"All of it lies in {aim}; no point of Annex III is named.{unsaid}", ["law"]
        )
    said = f"All of it lies in {aim}: high-risk under Annex III {annex}.{unsaid}"
    return Found("met", said, ["law.annex", "law.legal_basis", "law.purpose"])


def annex_of(a: Case) -> str:
    """The point of Annex III that the file names, or 5(b) where it decides on credit alone."""
    doors = {row.door for row in a.consequences}
    return a.law.get("annex") or ("5(b)" if doors and doors <= CREDIT else "")


def assessment(a: Case) -> Found:
    """FRIA: due for creditworthiness and insurance, and for public bodies' high-risk systems."""
    if not a.inputs or not a.consequences:
        return NOT_MET
    if single_purpose(a).status == "met" and annex_of(a) in ("5(b)", "5(c)"):
        return Found("met", f"Due before first use: Annex III {annex_of(a)}.", ["law.annex"])
    return Found("open", "Due if the deployer is a public body and the system is high-risk.")


RULES: dict[str, Callable[[Case], Found]] = {
    "AIA-001": cross_context, "AIA-002": purpose_drift, "AIA-003": gravity_order,
    "AIA-004": lawful_punished, "AIA-005": no_expiry, "AIA-006": collateral,
    "AIA-007": no_way_back, "AIA-008": essential, "AIA-009": compounding, "AIA-010": recourse,
    "AIA-011": inferred, "AIA-012": special, "AIA-013": disparity, "AIA-014": single_purpose,
    "FRIA": assessment,
}  # fmt: skip


def lint(here: Case) -> list[Row]:
    """Every rule held against a faultless scheme."""
    table = facts.read("ai_act.toml")["rule"]
    return [Row(key, table[key], rule(here)) for key, rule in RULES.items()]


# ---- words


def listed(words: Sequence[str], most: int = 12) -> str:
    """Words in a row, at most so many.

    >>> listed(["a", "b", "c"]), listed(["a", "b", "c"], 2)
    ('a, b and c', 'a, b and 1 more')
    """
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most} more"
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def names(rows: Sequence[Input]) -> str:
    """The keys of these deeds."""
    return listed([row.key for row in rows])


def unique(words: Sequence[str]) -> list[str]:
    """Words without those that were said before."""
    return list(dict.fromkeys(words))
