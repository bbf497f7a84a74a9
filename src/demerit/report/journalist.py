"""Journalist: lives of people who do not exist, each beside the same one under ordinary law."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from demerit.replay import words as replay
from demerit.report.charts import life as charts
from demerit.report.charts.figure import Figure
from demerit.report.claims import interval
from demerit.report.page import of_run
from demerit.report.words import capital, number, people, plural, told

Document = Mapping[str, Any]
MONTHS = 14  # told of one life; the whole is a command away
SIDES = {"scheme": "With the scheme", "law": "Under ordinary law alone", "both": "Either way"}
NONE = "This run holds no stories: it was made by a version of demerit that told none."
OFTEN = (  # measures that say how often what a story tells happens
    "sanctioned_share", "wrongful_sanction_rate", "wrongful_sanction_share",
    "sanction_anatomy_unable", "unpaid_by_inability", "distress_share", "displaced", "placed",
    "speech_withheld", "withheld_blameless",
)  # fmt: skip


def render(document: Document, stories: Mapping[str, Any] | None) -> str:
    """The page; `stories`: stories.json, or None of a run that has none."""
    stories = stories or {"why": NONE, "stories": [], "rule": "", "notice": "", "people": 0}
    lives = [life(document, stories, one) for one in stories["stories"]]
    return of_run(
        "journalist.html",
        document,
        [figure for one in lives for figure in one["figures"]],
        why=stories["why"],
        lives=lives,
        rule=stories["rule"],
        notice=stories["notice"],
        people=people(stories["people"]),
        often=list(often(document)),
    )


def life(document: Document, stories: Mapping[str, Any], one: Mapping[str, Any]) -> dict[str, Any]:
    """One story: who, what the two lives add up to, what happened month by month."""
    story = one["story"]
    agencies = {key: {"title": title} for key, title in stories["agencies"].items()}
    tell = replay.Teller(document["deeds"], agencies, document["doors"], story["currency"], 1)
    every = list(months(story, tell))
    shown = chosen(every)
    how_many = f"All {plural(len(every), 'month')} in which something out of the ordinary happens"
    if len(shown) < len(every):
        how_many = (
            f"{plural(len(shown), 'month')} of {number(len(every))} in which something out of the"
            " ordinary happens: those in which the two lives differ most, in order"
        )
    return {
        "key": one["slot"], "title": one["title"], "person": one["person"],
        "who": replay.who(story["who"], story["currency"]),
        "lead": lead(story),
        "figures": figures(document, one),
        "totals": list(totals(story)),
        "shown": f"{how_many}. What either life brings alike is told once.",
        "months": shown,
        "chosen": f"Chosen as the middle one of {plural(one['count'], 'person', 'people')} looked"
        f" at of whom this holds: {one['means']}. {story['note']} The whole life: demerit person"
        f" {document['run']} {one['person']}",
    }  # fmt: skip


def figures(document: Document, one: Mapping[str, Any]) -> list[Figure]:
    """The score, and what is owed and earned in both lives."""
    panels, heads, columns = charts.panels(one["story"], document["tiers"])
    rows = [[str(m), *cells] for m, cells in enumerate(zip(*columns, strict=True))]
    title = charts.title(one["story"])
    return [Figure(f"life-{one['slot']}", title, "", panels, ["Month", *heads], rows)]


def lead(story: Mapping[str, Any]) -> str:
    """What became of the two lives, in a few sentences."""
    here = [m["scheme"] for m in story["months"]]
    law = [m["law"] for m in story["months"]]
    under = [s for s in here if s.get("sanctioned")]
    refused = [e for e in story["events"] if e["event"] == "asked" and e["world"] == "scheme"
               and e["answer"].startswith("refused")]  # fmt: skip
    said = []
    if under:
        wrong = sum(bool(s.get("wrongful")) for s in under)
        text = f"This person is under sanction for {plural(len(under), 'month')}"
        said.append(f"{text}, {number(wrong) if wrong else 'none'} of them by mistake.")
    else:
        said.append("This person is never under sanction.")
    if refused:
        said.append(f"Doors stay shut {plural(len(refused), 'time')} because of the tier.")
    work = sum(s["employed"] for s in here) - sum(s["employed"] for s in law)
    if work:
        more = "more" if work > 0 else "less"
        said.append(f"The scheme brings {plural(abs(work), 'month')} {more} in paid work.")
    owed = here[-1]["arrears"] + here[-1]["judgment"], law[-1]["arrears"] + law[-1]["judgment"]
    if any(owed):
        said.append(
            f"At the end {owed[0]:,} {story['currency']} are owed and overdue under the scheme, and"
            f" {owed[1]:,} without it."
        )
    return " ".join(said)


def totals(story: Mapping[str, Any]) -> Iterator[list[str]]:
    """What the two lives add up to, row by row: what, under the scheme, without it."""
    both = [("scheme", [m["scheme"] for m in story["months"]]),
            ("law", [m["law"] for m in story["months"]])]  # fmt: skip
    none = "–"
    points = [s["score_points"] for s in both[0][1] if "score_points" in s]
    if points:
        yield ["Lowest score", f"{number(min(points), 9)} points", none]
        yield ["Months under sanction", number(_count(both[0][1], "sanctioned")), none]
        yield ["of them by mistake", number(_count(both[0][1], "wrongful")), none]
    yield ["Months in paid work", *(number(_count(states, "employed")) for _, states in both)]
    for key, what in (("cash", "Cash at the end"), ("arrears", "Overdue at the end"),
                      ("judgment", "Owed by judgment at the end")):  # fmt: skip
        yield [what, *(f"{states[-1][key]:,} {story['currency']}" for _, states in both)]
    for answer, what in (("granted", "Doors opened"), ("refused", "Doors shut by the tier")):
        yield [what, *(number(_asked(story, world, answer)) for world, _ in both)]
    for kind, what in (("deterred", "Harmful deeds held back by fear"),
                       ("chilled", "Lawful deeds left undone for fear")):  # fmt: skip
        found = (e for e in story["events"] if e["event"] == "withheld" and e["kind"] == kind)
        yield [what, number(sum(e["count"] for e in found)), none]


def _count(states: Sequence[Mapping[str, Any]], name: str) -> int:
    return sum(bool(state.get(name)) for state in states)


def _asked(story: Mapping[str, Any], world: str, answer: str) -> int:
    return sum(
        e["event"] == "asked" and e["world"] in (world, "both") and e["answer"].startswith(answer)
        for e in story["events"]
    )


def months(story: Mapping[str, Any], tell: replay.Teller) -> Iterator[dict[str, Any]]:
    """The months in which something out of the ordinary happens, with what happens in each life."""
    habits = replay.habits_of(dict(story))
    for month, events in groupby(story["events"], lambda e: e["month"]):
        loud = [e for e in events if not replay.is_ordinary(e, habits, tell.deeds)
                and not replay.is_told_by_entry(e)]  # fmt: skip
        if not loud:
            continue
        sides = []
        for world, words in SIDES.items():
            said = list(dict.fromkeys(tell(e) for e in loud if e["world"] == world))
            if said:
                sides.append(({"kind": world, "words": words}, " ".join(map(capital, said))))
        yield {"month": month, "when": f"Month {month + 1}", "sides": sides,
               "apart": sum(e["world"] != "both" for e in loud)}  # fmt: skip


def chosen(told: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """At most MONTHS of these: where the lives differ most, the earlier of equals; in order.

    >>> rows = [{"month": m, "apart": m % 2} for m in range(20)]
    >>> [row["month"] for row in chosen(rows)]
    [0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 17, 19]
    """
    most = sorted(told, key=lambda row: (-row["apart"], row["month"]))[:MONTHS]
    return sorted(most, key=lambda row: int(row["month"]))


def often(document: Document) -> Iterator[list[str]]:
    """How often such things happen: the question, the number, the range that it rests on."""
    for key in OFTEN:
        m = document["measures"].get(key)
        if not m or m[m["headline"]] is None:
            continue
        found = interval(m, document["quick"])
        value, ends = told(m, *((found.low, found.high) if found else (None, None)))
        yield [m["question"], value, f"{ends} ({found.words})" if found else ""]
