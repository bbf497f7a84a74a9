"""Play: a synthetic person of a run, some of whose choices a reader makes.

Recorded, person, choices  ->  months and what came of them; what is open; lives beside it

Nothing is kept between two calls: the choices are in the question, and the same choices are the
same life.
"""

from collections import Counter
from typing import Any

from demerit import facts
from demerit.explorer.faults import Refused
from demerit.explorer.people import BUSY, KIND_OF, looked_up
from demerit.replay.play import ALL_FREE, ChoiceError, play
from demerit.replay.recorded import Recorded, seat_of
from demerit.replay.words import Teller, who

Row = dict[str, Any]
TRUE = "true"


def played(recorded: Recorded, person: int, choices: str) -> Row:
    """A life so far.  Refused for who does not live in the run, and for choices not offered."""
    looked_up(lambda: seat_of(recorded, person))
    try:
        with BUSY:
            found = play(recorded, person, choices)
            free = play(recorded, person, f"{ALL_FREE}." * found["of"]) if found["over"] else None
    except ChoiceError as error:
        raise Refused(422, str(error), "choices", mend="Begin this life anew.") from None
    document = recorded.document
    agencies = facts.read("agencies.toml")["agency"]
    tell = Teller(recorded.deeds, agencies, document["doors"], found["currency"], 1)
    end = ending(recorded, found, free) if free else None
    steps = [step(event, tell) for event in found.pop("events") if event["world"] != "law"]
    return {
        "statement": document["statement"], **found, "words": who(found["who"], found["currency"]),
        "agencies": {key: agency["title"] for key, agency in agencies.items()},
        "steps": steps, "end": end,
    }  # fmt: skip


def step(event: Row, tell: Teller) -> Row:
    """One thing that happened with the scheme, in words."""
    shown = {k: v for k, v in event.items() if k not in ("world", "kind", "did")}
    return shown | {"text": tell(event), "kind": KIND_OF.get(event["event"], "other")}


# ---- the end


def ending(recorded: Recorded, yours: Row, free: Row) -> Row:
    """The life that was played, and beside it the person as the model lived it, their twin without
    the scheme, and the same choices without it."""
    lives = {
        "yours": life(yours, "scheme"), "same": life(yours, "law"),
        "model": life(free, "scheme"), "twin": life(free, "law"),
    }  # fmt: skip
    return {"lives": lives, "knew": knew(recorded, yours)}


def life(told: Row, world: str) -> Row:
    """One life in numbers: how it ends, how many months something held, how often it happened."""
    months = [month[world] for month in told["months"]]
    events = [event for event in told["events"] if event["world"] in (world, "both")]

    def held(name: str) -> int:
        return sum(bool(month.get(name)) for month in months)

    happened = Counter(event["event"] for event in events)
    refused = [e for e in events if e["event"] == "asked" and e["answer"].startswith("refused")]
    chilled = [e for e in events if e["event"] == "withheld" and e["kind"] == "chilled"]
    last = months[-1]
    return {
        "cash": [month["cash"] for month in months],
        "owed": [month["arrears"] + month["judgment"] for month in months],
        "points": [month.get("score_points") for month in months],
        "tier": last.get("tier"), "aware": last.get("aware"),
        "employed": held("employed"), "arrears": held("arrears"), "sanctioned": held("sanctioned"),
        "wrongful": held("wrongful"), "hungry": happened["goes_without"],
        "refused": len(refused), "kept_in": sum(e["count"] for e in chilled),
    }  # fmt: skip


def knew(recorded: Recorded, told: Row) -> Row:
    """What the scheme knew of a life: by deed, how often it was done, how often a true entry came
    of it, and how often one that is not true."""
    stands = [month["month"] for month in told["months"] if "tier" in month["scheme"]]
    done, true, untrue = Counter[str](), Counter[str](), Counter[str]()
    for event in told["events"]:
        if event["world"] == "law" or event["month"] not in stands:
            continue
        if event["event"] == "did":
            done[event["deed"]] += event["count"]
        elif event["event"] == "entered":
            (true if event["truth"] == TRUE else untrue)[event["deed"]] += 1
    worth = recorded.points(stands[-1] if stands else 0)  # learned weights move
    points = {deed: int(p) for deed, p in zip(recorded.deeds, worth, strict=True)}
    rows = [
        {"deed": deed, "title": recorded.deeds[deed]["title"], "points": points[deed],
         "done": done[deed], "written": true[deed], "untrue": untrue[deed]}
        for deed in recorded.deeds
        if (points[deed] and done[deed]) or true[deed] or untrue[deed]
    ]  # fmt: skip
    return {
        "rows": sorted(rows, key=lambda row: (row["points"], row["deed"])),
        "done": sum(row["done"] for row in rows), "written": sum(row["written"] for row in rows),
        "untrue": sum(row["untrue"] for row in rows), "months": len(stands),
    }  # fmt: skip
