"""Assumptions: every number that a run rests on, and which of them move its headlines most."""

from collections.abc import Mapping, Sequence
from typing import Any

from demerit.report import findings, tables
from demerit.report.charts.figure import Figure, Panel
from demerit.report.charts.tornado import Swing, tornado
from demerit.report.named import named
from demerit.report.page import of_run
from demerit.report.words import Scale, listed, number, scale

Document = Mapping[str, Any]
FIRST = ("sanction_anatomy", "sanctioned_share")
SHOWN = 8  # numbers a figure
HOW = (
    "In each of {draws} draws every number with a range, {numbers} of them, took a value from its"
    " range, all at once. A bar runs from the mean of the headline over the third of the draws in"
    " which a number was lowest (ring) to that over the third in which it was highest (disc).",
    "With {draws} draws and {numbers} numbers, some go with a headline by chance alone. The numbers"
    " are taken one by one: the one whose ranks go most with the headline, then the one that goes"
    " most with what is left, and so on (stepwise rank correlation; one that holds all others still"
    " at once needs more draws than numbers). Blue: more than the largest of all {numbers} reaches"
    " by chance in 95 of 100 shufflings of these draws, which at the first step is {chance}, and"
    " more at each further one; below 64 draws the bars after the first are weaker evidence."
    " Grey: noise, as far as these draws can tell. What is not named may matter all the same: its"
    " share is drowned.",
)


def render(document: Document) -> str:
    """The page."""
    found = (document.get("not_known") or {}).get("sensitivity")
    figures = [figure(document, key, found) for key in headlines(document, found)] if found else []
    return of_run(
        "assumptions.html",
        document,
        figures,
        lead=lead(document),
        why="" if figures else why(document),
        how=[text.format(draws=found["draws"], numbers=found["numbers"],
                         chance=number(found["chance"])) for text in HOW] if found else [],
        by_basis=tables.by_basis(document),
    )  # fmt: skip


def lead(document: Document) -> str:
    """What the page says first."""
    share = number(100 * document["numbers"]["assumed_share"])
    return (
        f"{share}% of the numbers behind this run are assumed: nobody has published them, or not"
        " for people like these. Here is each of them, with its reason and its range, and which of"
        " them the results hang on."
    )


def why(document: Document) -> str:
    """Why nothing can be told of what moves the headlines."""
    if document["quick"]:
        return (
            "Left out by --quick. Which numbers move the headlines is read from draws of all of"
            f" them; run it without that option: {document['command'].replace(' --quick', '')}"
        )
    known = document.get("not_known") or {}
    if "draws_same_fate" in known:
        return (
            f"Only in {known['draws_same_fate']} of {known['draws']} draws did the scheme meet the"
            " fate that it met in the run: too few to tell."
        )
    return "This run was made by a version of demerit that did not keep what is needed."


def headlines(document: Document, found: Mapping[str, Any]) -> list[str]:
    """The headlines of which it is told: what people are punished for, and the measures that the
    first page chose of benefits and of work and speech."""
    measures, known = document["measures"], found["headlines"]
    wanted = [next((key for key in FIRST if key in known), None)]
    for candidates in (findings.BENEFITS, findings.WORK_AND_SPEECH):
        taken = findings.choose(candidates, measures)
        wanted.append(taken[0] if taken and taken[0] in known else
                      next((key for key in candidates if key in known), None))  # fmt: skip
    return list(dict.fromkeys(key for key in wanted if key))


def figure(document: Document, key: str, found: Mapping[str, Any]) -> Figure:
    """The numbers that go with one headline most."""
    m, rows = document["measures"][key], found["headlines"][key][:SHOWN]
    titles = {row["name"]: row for row in document["numbers"]["list"]}
    middle = m[m["headline"]] or 0.0
    numbers = scale(m["unit"], [middle, *(r[end] for r in rows for end in ("low", "high"))])
    tell = numbers.effect if m["headline"] == "effect" else numbers.value
    swings = [
        Swing(named(titles.get(row["name"], row), document), _times(row["low"], numbers),
              _times(row["high"], numbers), row["sure"])
        for row in rows
    ]  # fmt: skip
    unit = (numbers.change if m["headline"] == "effect" else numbers.level).strip()
    unit = "per cent" if unit == "%" else unit
    change = "change against ordinary law, " if m["headline"] == "effect" else ""
    said = [f"{s.name}: {tell(r['low'])} where it is low, {tell(r['high'])} where it is high"
            for s, r in zip(swings, rows, strict=True)]  # fmt: skip
    spec = tornado(swings, _times(middle, numbers), "this run")
    panel = Panel("", f"{change}{unit}".rstrip(", "), f"{'; '.join(said)}.", spec)
    table = [
        [s.name, r["name"], tell(r["low"]), tell(r["high"]),
         number(r["correlation"], places=2, fixed=True),
         tables.range_words(titles.get(r["name"], {}))]
        for s, r in zip(swings, rows, strict=True)
    ]  # fmt: skip
    heads = [
        "Number",
        "Key",
        "Headline where low",
        "Where high",
        "Rank correlation, given those above",
        "Range",
    ]
    return Figure(f"hangs-{key}", _found(swings), m["question"], [panel], heads, table,
                  _alike(document, titles, rows))  # fmt: skip


def _alike(
    document: Document, titles: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> str:  # fmt: skip
    """What moved along with the numbers that stand out, so that it may be that as well."""
    texts = []
    for row in rows:
        if row["sure"] and row["alike"]:
            mine, *others = (
                f"“{named(titles.get(name, {'name': name}), document)}”"
                for name in (row["name"], *row["alike"][:3])
            )
            texts.append(f"In these draws {mine} went up and down with {listed(others)}: it may be"
                         " that as well.")  # fmt: skip
    return " ".join(texts)


def _found(swings: Sequence[Swing]) -> str:
    sure = [f"“{s.name}”" for s in swings if s.sure]
    if not sure:
        return "No single number stands out from chance"
    return f"It hangs most on {listed(sure[:2])}"


def _times(value: float, numbers: Scale) -> float:
    return float(f"{value * numbers.factor:.7g}")
