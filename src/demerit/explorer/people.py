"""People: the synthetic people of a run, lived again: one life, a file, a list, ids to read.

Recorded (replay/)  ->  steps with rule, agency and source; views of a file; rows of a register
"""

import threading
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from demerit import facts
from demerit import scheme as schemes
from demerit.explorer import levers, questions, toml
from demerit.explorer.faults import Refused
from demerit.explorer.sources import reference, rests_on
from demerit.facts import InputError
from demerit.replay import file as files
from demerit.replay import register, subjects
from demerit.replay.conditions import parse
from demerit.replay.find import Search
from demerit.replay.recorded import Recorded, live
from demerit.replay.story import story
from demerit.replay.words import Teller, habits_of, is_ordinary, who

Row = dict[str, Any]
LOOKED_AT = 20_000  # people, where many must be lived again
BUSY = threading.BoundedSemaphore(2)  # replays at once: more would only slow one another
KINDS = {
    "deed": "did neglect_begun neglect_ended", "record": "recorded entered erased shielded",
    "file": "opened tier sanctioned freed posted learns regraded wrongful_now wrongful_no_more "
    "appeals corrected earns_points buys_points scheme_begins scheme_ends amnesty ties_fell",
    "door": "asked", "silence": "withheld shown",
    "work": "job_found job_lost standing_won standing_lost wage_withheld wage_paid",
    "money": "behind behind_no_more judged judgment_ended fined ill helped goes_without deal",
}  # fmt: skip
KIND_OF = {event: kind for kind, events in KINDS.items() for event in events.split()}
RULES = {  # the number of the scheme's file that stands behind an event
    "posted": "posting.public", "appeals": "redress.appeal", "corrected": "redress.success",
    "earns_points": "redress.repair", "buys_points": "favours.sale", "shielded": "favours.shield",
    "amnesty": "amnesty.share", "scheme_ends": "repeal.share", "opened": "score.start",
}  # fmt: skip


def sample(recorded: Recorded, people: int) -> list[int]:
    """Blocks spread evenly over a run, with about so many people in them."""
    sizes = recorded.plan.blocks.people
    count = min(len(sizes), max(1, round(people / float(sizes.mean()))))
    spread = np.linspace(0, len(sizes) - 1, count) if count > 1 else np.zeros(1)
    return sorted({int(k) for k in spread})


def people_in(recorded: Recorded, which: list[int]) -> int:
    """How many people live in these blocks."""
    return int(recorded.plan.blocks.people[which].sum())


# ---- one life


class Rules:
    """Finds the number of a scheme behind a step, with its line and what it rests on."""

    def __init__(self, document: Row):
        from demerit.scheme.place import places

        self.spec = document["rules"]
        self.facts = dict(facts.facts(self.spec))
        self.lines = places(text_of(document)[1])

    def of(self, event: Row, tier: str | None) -> Row | None:
        """The rule behind a step; none where the scheme has no part in it."""
        for place in self.candidates(event, tier):
            if place in self.facts:
                return {"place": place, "line": self.lines.line(place),
                        **rests_on(self.facts[place])}  # fmt: skip
        return None

    def candidates(self, event: Row, tier: str | None) -> Iterator[str]:
        """Places where its number could stand."""
        name = event["event"]
        if name in ("entered", "recorded", "withheld", "shown"):
            yield f"points.{event['deed']}"
            yield from (p for p in self.facts if p.endswith(f".marks.{event['deed']}"))
        elif name == "erased":
            yield from ("erase.months", "erase.paid_months", "learned.window_months")
        elif name == "asked" and event["answer"].startswith("refused"):
            yield f"tier.{tier}.doors.{event['door']}"
        elif name in ("sanctioned", "freed"):
            yield f"tier.{event['tier']}.floor"
        elif name == "tier":
            yield f"tier.{event['to']}.floor"
        if name in RULES:
            yield RULES[name]


def text_of(document: Row) -> tuple[str | None, str]:
    """The scheme's file of a run: its key where it is shipped as it ran, and its text."""
    from demerit import mechanism

    key, rules = document["scheme_file"], document["rules"]
    if key in schemes.keys():
        loaded = schemes.load(key)
        changed = mechanism.off(tuple(document["without"]), loaded, document["society"])
        if rules in (loaded.spec, schemes.load(key, changed).spec):
            return key, questions.shipped_text(key)
    return None, toml.write(rules)


def life(recorded: Recorded, person: int) -> Row:
    """One life, told twice.  Refused for who does not live in the run."""
    document = recorded.document
    with BUSY:
        found = looked_up(lambda: story(recorded, person))
    agencies = facts.read("agencies.toml")["agency"]
    tell = Teller(recorded.deeds, agencies, document["doors"], found["currency"], 1)
    rules, habits = Rules(document), habits_of(found)
    tiers = {month["month"]: month["scheme"].get("tier") for month in found["months"]}
    steps = [step(e, tell, rules, tiers, is_ordinary(e, habits, tell.deeds))
             for e in found.pop("events")]  # fmt: skip
    named = {e["agency"] for e in steps if e["agency"]}
    used = {s["rule"]["source"] for s in steps if s["rule"] and s["rule"]["source"]}
    return {
        "statement": document["statement"], **found,
        "words": who(found["who"], found["currency"]), "steps": steps,
        "agencies": {key: {"title": agencies[key]["title"],
                           "false": rests_on(agencies[key]["false"])} for key in sorted(named)},
        "sources": {key: facts.sources()[key] for key in sorted(used)},
    }  # fmt: skip


def step(
    event: Row, tell: Teller, rules: Rules, tiers: Mapping[int, str | None], quiet: bool
) -> Row:
    """One step of a life, with the rule, the agency and the source behind it."""
    kind = KIND_OF.get(event["event"], "other")
    if event["event"] == "withheld" and event["kind"] == "deterred":
        kind = "deed"
    of_scheme = event["world"] != "law"
    rule = rules.of(event, tiers.get(event["month"])) if of_scheme else None
    source = rule and rule["source"]
    shown = {"deed": None, "agency": None, "truth": None, "points": None, "door": None,
             "answer": None, **event}  # fmt: skip
    if "kind" in event:
        shown["why"] = shown.pop("kind")
    return shown | {
        "text": tell(event), "kind": kind, "quiet": quiet, "rule": rule,
        "source": {"key": source, "text": reference(facts.sources()[source])} if source else None,
    }  # fmt: skip


def looked_up(live_again: Any) -> Any:
    """What a replay finds.  Refused where there is nobody, or nothing, of that name."""
    try:
        return live_again()
    except InputError as error:
        raise Refused(
            404, str(error), "id", mend="GET /api/runs/{run}/find gives ids of people to read."
        ) from None


# ---- a file, a list, ids


def view(recorded: Recorded, kind: str, person: int, viewer: str, month: int | None) -> Row:
    """The file of a person, a firm or an official, as somebody may see it."""
    last = month_of(recorded, month, recorded.plan.months - 1)
    with BUSY:
        if kind == "person":
            seen = looked_up(lambda: files.view_of(recorded, person, viewer, last + 1))
        else:
            seen = looked_up(lambda: subjects.view_of(recorded, kind, person, viewer, last + 1))
    agencies = facts.read("agencies.toml")["agency"]
    tell = Teller(recorded.deeds, agencies, recorded.document["doors"])
    for rows in seen["file"].values() if kind == "person" else ():
        for row in rows if isinstance(rows, list) else ():
            if "deed" in row:
                row["deed_title"] = recorded.deeds[row["deed"]]["title"]
                row["agency_title"] = agencies[row["agency"]]["title"]
            row["text"] = tell.row(row)
    return {"statement": recorded.document["statement"], "kind": kind, "month": last,
            **seen, "person": person}  # fmt: skip


def month_of(recorded: Recorded, month: int | None, usual: int) -> int:
    """A month of the run.  Refused for one beyond it."""
    last = recorded.plan.months - 1
    if month is None:
        return usual
    if not 0 <= month <= last:
        raise Refused(422, f"month {month}: this run has months 0 to {last}.", "month",
                      f"0 to {last}")  # fmt: skip
    return month


def listed(recorded: Recorded, month: int | None, limit: int, offset: int) -> Row:
    """The public list of a month, and what being on it does."""
    usual = max(0, recorded.months_in_force - 1)
    at, which = month_of(recorded, month, usual), sample(recorded, LOOKED_AT)
    rows: list[Row] = []
    if recorded.plan.scheme_tables.posted.any():
        keep = register.Listed(recorded)
        with BUSY:
            live(recorded, which, keep, at + 1)
        rows = sorted(listed_rows(recorded, keep), key=lambda row: int(row["person"]))
    return {
        "statement": recorded.document["statement"], "month": at, "kind": "person",
        "count": len(rows), "why": None if rows else register.why_none(recorded, at),
        "looked_at": people_in(recorded, which), "of": recorded.plan.people,
        "rows": rows[offset : offset + limit], "does": does(recorded),
    }  # fmt: skip


def listed_rows(recorded: Recorded, keep: register.Listed) -> Iterator[Row]:
    """The rows of a list."""
    places = recorded.plan.society.places.keys
    for b, since in keep.since.items():
        block = recorded.plan.blocks[b]
        for i in np.flatnonzero(since >= 0):
            tier = recorded.tiers[int(keep.tier[b][i])]
            yield {"person": block.first + int(i), "place": places[block.place_index],
                   "tier": tier, "since": int(since[i])}  # fmt: skip


def does(recorded: Recorded) -> list[Row]:
    """What it means to be in each tier: doors that it moves."""
    return [
        {"tier": tier["key"], "door": door, "title": levers.titles()["door"][door],
         "value": fact["value"], "text": access(fact["value"])}
        for tier in recorded.plan.scheme.spec.get("tier", [])
        for door, fact in tier.get("doors", {}).items()
    ]  # fmt: skip


def access(value: float) -> str:
    """How far a door stands open, in words.

    >>> access(0), access(0.5), access(1), access(8)
    ('shut', 'half open: 50 in 100 of what everyone has', 'as for everyone', 'goes before others')
    """
    if value == 0:
        return "shut"
    if value < 1:
        return f"half open: {100 * value:g} in 100 of what everyone has"
    return "as for everyone" if value == 1 else "goes before others"


def find(recorded: Recorded, where: str, limit: int) -> Row:
    """Ids of people who meet conditions, among those looked at.  Refused for unknown words."""
    try:
        wanted = parse(where)
    except InputError as error:
        raise Refused(422, str(error).replace("--where", "where")[:900], "where",
                      mend="GET /api/catalogue lists the conditions.") from None  # fmt: skip
    which, search = sample(recorded, LOOKED_AT), Search(recorded, wanted)
    with BUSY:
        live(recorded, which, search)
    first = recorded.plan.blocks.first
    ids = sorted(int(first[b]) + int(i) for b in which for i in search.rows(b))
    return {
        "statement": recorded.document["statement"], "where": list(map(str, wanted)),
        "count": len(ids), "ids": ids[:limit], "looked_at": people_in(recorded, which),
        "of": recorded.plan.people,
    }  # fmt: skip
