"""Topics: which measures stand together, under which heading, with which caveat.

A measure's topic is the file of measures/ in which it stands, so that a new one shows up by itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from demerit.measures import MEASURES, TOPICS

Document = Mapping[str, Any]

TITLES = {  # in the order of the page of all measures; a new topic comes last, under its own name
    "error": "Who is punished, what for, and how often by mistake",
    "benefit": "What it is meant to bring",
    "perfection": "The perfect society, and what it costs",
    "burden": "Work, debts and need",
    "poverty": "Who cannot pay",
    "doors": "Doors shut and opened",
    "mobility": "Up and down between tiers",
    "fairness": "Are groups treated alike?",
    "gaps": "Where gaps between groups come from",
    "proportion": "Harm beside the gravity of what was done",
    "speech": "Speech, faith and protest",
    "trust": "Trust",
    "acceptance": "Who accepts it",
    "validity": "Does the score measure what it says?",
    "goodhart": "Does a better score mean better conduct?",
    "privacy": "What is held on whom",
    "lookups": "Who looks whom up",
    "learned": "A learned score",
    "issuers": "Private scores",
    "officials": "Officials",
    "firms": "Firms",
}
CAVEATS = {
    "error": "Most of the rates at which records are false are assumed: nobody has published them."
    " A mistake is a sanction that a clean file would not bring; a true record of an unjust rule"
    " counts as right here.",
    "fairness": "Error rates of groups differ by arithmetic alone where their base rates do:"
    " the base-rate ratios stand beside them. The people have one distribution of character for"
    " towns and villages, the sexes, ages and schooling, so that a gap comes of exposure, money and"
    " rules, and those are partly assumed.",
    "validity": "Honesty is a trait that the laboratory drew; how far it shows in deeds is assumed."
    " What a score follows here says what the rules pick up, not what honest people are like.",
    "benefit": "What fear holds back is gross of what moves to where nobody looks, unless a"
    " measure says that it is net.",
    "speech": "How much fear it takes to keep somebody silent is assumed.",
    "mobility": "A run is shorter than a life: who has not climbed by its end may yet.",
}
LUCK = "Is it luck?"
LUCK_CAVEAT = (
    "Luck is what happens to be seen, missed or booked on the wrong file, with lives and deeds as"
    " they are. How often that happens is mostly assumed."
)


def title(topic: str) -> str:
    """The heading of a topic."""
    return TITLES.get(topic, topic.replace("_", " ").capitalize())


def topic_of(key: str) -> str:
    """The topic of a measure; of one that this version does not have, `other`."""
    return TOPICS.get(key, "other")


def keys_of(document: Document, topic: str) -> list[str]:
    """The measures of a topic that a run has, in its order."""
    return [key for key in document["measures"] if topic_of(key) == topic]


def all_of(document: Document) -> list[str]:
    """The topics of a run's measures: in the order of TITLES, then those that have no title yet."""
    found = dict.fromkeys(map(topic_of, document["measures"]))
    return [t for t in TITLES if t in found] + [t for t in found if t not in TITLES]


def caution(key: str) -> str:
    """What a measure's docstring warns of; "" if nothing, or if this version does not have it."""
    return MEASURES[key].remark("Caution").replace("`", "") if key in MEASURES else ""


def undefined(key: str) -> str:
    """Where a measure is undefined, as its docstring says; else what holds for every ratio."""
    said = MEASURES[key].remark("Undefined") if key in MEASURES else ""
    return said or "where there is nothing to count it among"


def said(document: Document, keys: Iterable[str]) -> list[str]:
    """Those of these measures that a run has and that are defined."""
    found = document["measures"]
    return [k for k in keys if k in found and found[k][found[k]["headline"]] is not None]
