"""Recourse: is there a way out of the lowest tier, and what does it take?  In plain words."""

from collections.abc import Mapping
from typing import Any

from demerit.report.claims import interval
from demerit.report.words import capital, listed, number, plural, told

Document = Mapping[str, Any]
HEADS = ("Of whom", "No way within a year", "No way within two years")
BEST = (
    "This is the best that the rules leave to anybody: every good deed is seen and written down at"
    " once, nothing that costs points is done any more, and all beyond subsistence is put by. What"
    " is no matter of choice (age, work, an award, the standing of friends, what others write) is"
    " held as it is; appeals are left out, for others decide them."
)
AIMS = {
    "recourse": ("people in the lowest tier", "out of it"),
    "perk": ("people whom the next better tier would reward", "up to it"),
}
WHY = {
    "means": "for want of money: what is due, or a judgment, cannot be covered by what comes in",
    "slow": "because deeds and time bring too little",
    "shut": "because nothing that they may do gives points, and nothing lapses",
}


def paragraphs(document: Document) -> list[str]:
    """What the rules leave to those in the lowest tier, and to those below a perk."""
    found = [text for aim in AIMS if (text := paragraph(document, aim))]
    return [*found, BEST] if found else []


def paragraph(document: Document, aim: str) -> str:
    """Of one aim; "" where nobody stands there, or nothing can be told."""
    measures, (whose, where) = document["measures"], AIMS[aim]
    value = {key.removeprefix(f"{aim}_"): m["with"] for key, m in measures.items()
             if key.startswith(f"{aim}_")}  # fmt: skip
    if value.get("none_share") is None:
        return ""
    texts = [
        f"Of {whose}, {share(document, f'{aim}_none_share')} can do nothing that would bring them"
        f" {where} within two years."
    ]
    if value["none_share"] > 0:
        why = [f"{of_hundred(value[f'none_by_{key}_share'])} {words}" for key, words in WHY.items()
               if value[f"none_by_{key}_share"]]  # fmt: skip
        texts.append(f"Of 100 of these, {listed(why)}." if len(why) > 1 else
                     f"It is so {why[0].partition(' ')[2]}.")  # fmt: skip
    texts.append(
        f"{capital(of_hundred(value['wait_share']))} of 100 come {where} by waiting alone,"
        f" {of_hundred(value['act_share'])} by deeds that the rules reward, or by paying what"
        " they owe."
    )
    if value["months"] is not None:
        texts.append(f"Half of all can be there within {plural(value['months'], 'month')}.")
    if value["deeds"] is not None:
        takes = number(value["deeds"]) + (" deed" if value["deeds"] == 1 else " deeds")
        texts.append(f"Who can be there at all needs {takes} on the average to be so soonest.")
    return " ".join(texts)


def share(document: Document, key: str) -> str:
    """A share with its interval, in words."""
    m = document["measures"][key]
    found = interval(m, document["quick"])
    value, span = told(m, *((found.low, found.high) if found else (None, None)))
    return f"{value} ({span} {found.words})" if found and span else value


def of_hundred(value: float) -> str:
    """So many of 100, whole where it is ten or more.

    >>> of_hundred(0.181), of_hundred(0.0123), of_hundred(0.0)
    ('18', '1.2', 'none')
    """
    return number(100 * value, 2) if value else "none"


def rows(document: Document) -> list[list[str]]:
    """By group, where enough stand there: no way within a year, and within two."""
    found = []
    for aim, (whose, _) in AIMS.items():
        year, two = (document["measures"].get(f"{aim}_{key}_share", {}).get("by_group", {})
                     for key in ("none_year", "none"))  # fmt: skip
        found += [
            [f"{capital(whose)}: {group}", *(percent(of[grouping][group]["with"])
                                             for of in (year, two))]
            for grouping, groups in two.items() for group, cell in groups.items()
            if cell["with"] is not None
        ]  # fmt: skip
    return found


def percent(value: float | None) -> str:
    """A share as a cell shows it."""
    return "too few" if value is None else f"{number(100 * value, 2)}%"
