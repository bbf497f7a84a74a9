"""Statistician: validity, luck, error and fairness, with both intervals and their limits."""

from collections.abc import Callable, Mapping
from typing import Any

from demerit.report import tables, topics
from demerit.report.charts.families import FAMILIES, family
from demerit.report.charts.figure import Figure
from demerit.report.page import of_run
from demerit.report.words import Scale, listed, number, people, scale

Document = Mapping[str, Any]
TOPICS = (
    "Validity", "Meaning", "Goodhart", "Luck", "Error", "Fairness", "Mobility and recourse",
)  # fmt: skip
# What stands group by group under Validity; the widest gaps stand under Fairness.
WITHIN = {
    "within_auc_honesty": "More honest of two stands higher",
    "within_rank_honesty": "Scores follow honesty (rank correlation)",
    "within_auc_default": "Who will not default stands higher",
    "within_auc_default_law": "The same, had the score no consequences",
    "default_rate_below": "Default within a year, of those below the start",
    "default_rate_at_start": "Default within a year, of those at the start",
    "default_rate_above": "Default within a year, of those above the start",
}
# Kinds of scheme in which an entry has no points of its own, and so nobody's error is parted.
NOT_PARTED = (
    "Whose error it is. Which kind of error keeps people under sanction (wronged_by_...), and what"
    " lifts scores, is not told of this scheme: {why}, so that no part of a score is one entry's,"
    " and without one kind of them it has no one value. What is told: how many sanctions errors"
    " alone decide (wrongful_sanction_share, sanction_anatomy_error), against a file scored without"
    " all of them; and how appeals are decided (appeal_refused_wrongly_share)."
)
UNTOLD = {
    "peer": NOT_PARTED.format(why="a score is a mean of ratings"),
    "learned": NOT_PARTED.format(
        why="its weights are fitted again each year, to all files at once"
    ),
}
LUCK = ("luck", "retest")  # words in the keys of measures that are also told under luck


def render(document: Document) -> str:
    """The page."""
    figures = [f for f in (family(document, *one) for one in FAMILIES) if f.panels]
    return of_run(
        "statistician.html",
        document,
        figures or [nothing()],
        chance_words=tables.chance_words(document),
        caveats=caveats(document),
        sample=sample(document),
        topics=[found for topic in TOPICS if (found := of_topic(document, topic))],
    )


def nothing() -> Figure:
    """In place of figures: a run with too little to draw."""
    return Figure("nothing", "Too little to draw", "", empty="No measure of these is defined here.")


def caveats(document: Document) -> list[str]:
    """What the commonest misreadings of the intervals are."""
    effects = [m for m in document["measures"].values()
               if m["headline"] == "effect" and m["effect"] is not None]  # fmt: skip
    count = len(effects)
    texts = [
        "Coverage. An interval of chance is meant to hold, in 95 of 100 runs with other luck, what"
        " such runs give on the average. It is worked out by leaving out groups of blocks one at a"
        " time, with Student's t; where the truth is known it holds it as often as it says"
        " (tests/test_intervals.py), for measures of many events; under 30 events have none. What"
        " all groups share, the climate of the run and the month of a repeal, is held as it"
        " was, so that the interval is too narrow where these decide.",
        f"Many at once. Of the {number(count)} effects of this run, about"
        f" {number(round(0.05 * count))} would have an interval of chance without nought in it even"
        " if the scheme did nothing. One such effect among many is no finding."
        " Levels are not counted: nought is no null"
        " for them.",
        "Not known is not chance. The range over what nobody has published is that of nine draws in"
        " ten of numbers taken evenly from ranges that are themselves ours. It is no probability.",
        "Neither holds what the model leaves out.",
        f"Surveys. How people stand (validity, fairness, what is held) rests on"
        f" {surveys(document)}, and on no other month; what compares with a year ago needs two of"
        " the twelfth months. What happens in a month, output and harm too, is counted in each.",
    ]
    if why := UNTOLD.get(document.get("rules", {}).get("kind", "")):
        texts.append(why)
    if document["quick"]:
        texts.insert(0, "This run was made with --quick: all intervals here are of chance alone,"
                        " and too narrow.")  # fmt: skip
    return texts


def stood(document: Document) -> int:
    """In how many months the scheme stood."""
    month = document.get("repeal", {}).get("month")
    return int(document["months"] if month is None else min(document["months"], month + 1))


def surveys(document: Document) -> str:
    """Which months the survey asked, counted from one: each twelfth, and the last in which the
    scheme stood (survey/ask.py).

    >>> surveys({"months": 60, "repeal": {"month": 17}})
    '2 surveys, of months 12 and 18'
    >>> surveys({"months": 60, "repeal": {"month": 6}})
    '1 survey, of month 7'
    >>> surveys({"months": 30, "repeal": {"month": None}})
    '3 surveys, of months 12, 24 and 30'
    """
    last = stood(document)
    asked = sorted({*range(12, last + 1, 12), last})
    heads = "survey, of month" if len(asked) == 1 else "surveys, of months"
    return f"{len(asked)} {heads} {listed([str(m) for m in asked])}"


def sample(document: Document) -> list[tuple[str, str]]:
    """How much there was to count, row by row."""
    rows = [
        ("People", people(document["people"])),
        ("Of them scored", people(document["scored_people"])),
        ("Months", number(document["months"])),
        ("Months in which the scheme stood, which the measures are of", number(stood(document))),
        ("Runs with other luck", number(document["replicates"])),
    ]
    if known := document.get("not_known"):
        rows += [
            ("Numbers varied at once", number(known["varied"], 9)),
            ("Draws of them", number(known["draws"])),
            ("Draws in which the scheme met the same fate", number(known["draws_same_fate"])),
        ]
    return rows


def of_topic(document: Document, topic: str) -> dict[str, Any] | None:
    """One topic: heading, caveat, rows of measures; None where the run has none of it."""
    if topic == "Luck":
        return of_luck(document)
    keys = topics.keys_of(document, topic)
    if not keys:
        return None
    return {
        "key": topics.anchor(topic), "title": topics.title(topic),
        "caveat": topics.CAVEATS.get(topic, ""),
        "rows": tables.measures(document, keys), "says": "",
        "extra": tables.by_group(document, WITHIN) if topic == "Validity" else None,
    }  # fmt: skip


def of_luck(document: Document) -> dict[str, Any]:
    """Luck: the same lives with records drawn anew, where that was done; measures of luck."""
    found = document.get("luck")
    keys = [key for key in document["measures"] if any(word in key for word in LUCK)]
    says = ""
    if not found:
        why = "left out by --quick" if document["quick"] else "not asked of this run"
        says = (
            f"The same lives with other luck in what is recorded: {why}."
            f" `demerit luck {document['scheme']}` asks it."
        )
    return {
        "key": "luck", "title": topics.LUCK, "caveat": topics.LUCK_CAVEAT,
        "rows": tables.measures(document, keys), "extra": _luck_table(found), "says": says,
    }  # fmt: skip


def _luck_table(found: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not found:
        return None
    rows = []
    for m in found["measures"].values():
        numbers = scale(m["unit"], [m["value"], m["chance_low"], m["chance_high"]], fine=True)
        rows.append((m["question"], level(numbers.value, m["value"]),
                     span(numbers, m["chance_low"], m["chance_high"])))  # fmt: skip
    head = f"{found['loop'].capitalize()}: {people(found['people'])} people,"
    return {"heads": [f"{head} {found['months']} months", "Is", "Chance"], "rows": rows}


def level(tell: Callable[..., str], value: float | None) -> str:
    """A number, or that it is not defined."""
    return "not defined" if value is None else tell(value)


def span(numbers: Scale, low: float | None, high: float | None) -> str:
    """An interval in words, or nothing."""
    return "" if low is None or high is None else numbers.ends(low, high)
