"""Topics: which measures stand together, under which heading, with which caveat.

A measure's topic is the section that its module puts it into (measures/registry.py), so that a new
one shows up by itself.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from demerit.measures import MEASURES, SECTIONS

Document = Mapping[str, Any]

CAVEATS = {
    "Error": "Most of the rates at which records are false are assumed: nobody has published them."
    " A mistake is a sanction that a clean file would not bring; a true record of an unjust rule"
    " counts as right here.",
    "Fairness": "Error rates of groups differ by arithmetic alone where their base rates do:"
    " the base-rate ratios stand beside them. The people have one distribution of character for"
    " towns and villages, the sexes, ages and schooling, so that a gap comes of exposure, money and"
    " rules, and those are partly assumed. A score that says the same of all who"
    " have it cannot err in all groups alike where their base rates differ and it is not perfect:"
    " gaps at the same score and gaps of error rates are two demands, of which a scheme may meet"
    " one. A gap is the widest of several: chance alone lifts it off nought, and its interval with"
    " it.",
    "Validity": "Honesty is a trait that the laboratory drew; how far it shows in deeds is assumed."
    " What a score follows here says what the rules pick up, not what honest people are like."
    " Group by group, an empty cell has under 1,000 people or under 30 events; of two, a coin"
    " would put the better first in 50%.",
    "Benefit": "What fear holds back is gross of what moves to where nobody looks, unless a"
    " measure says that it is net.",
    "Chilling": "How much fear it takes to keep somebody silent is assumed.",
    "Mobility and recourse": "A run is shorter than a life:"
    " who has not climbed by its end may yet. Ways out and up are told at best, by the rules alone:"
    " for at least as many as are said to have none there is none.",
}
LUCK = "Is it luck?"
LUCK_CAVEAT = (
    "Luck is what happens to be seen, missed or booked on the wrong file, with lives and deeds as"
    " they are. How often that happens is mostly assumed."
)


def title(topic: str) -> str:
    """The heading of a topic."""
    return f"{topic}. {SECTIONS[topic]}" if topic in SECTIONS else topic


def anchor(topic: str) -> str:
    """What a heading is found by on its page.

    >>> anchor("The perfect society")
    'the-perfect-society'
    """
    return topic.lower().replace(" ", "-")


def topic_of(key: str) -> str:
    """The topic of a measure; of one that this version does not have, `Other`."""
    return MEASURES[key].section if key in MEASURES else "Other"


def keys_of(document: Document, topic: str) -> list[str]:
    """The measures of a topic that a run has, in its order."""
    return [key for key in document["measures"] if topic_of(key) == topic]


def all_of(document: Document) -> list[str]:
    """The topics of a run's measures: in the order of SECTIONS."""
    found = dict.fromkeys(map(topic_of, document["measures"]))
    return [t for t in SECTIONS if t in found] + [t for t in found if t not in SECTIONS]


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
