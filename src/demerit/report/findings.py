"""Findings: three sentences, worked out from the measures by rule.

Each slot (who is punished and why; the benefit; work and speech) has its candidates.  Taken is
the one whose sign is settled and whose effect is largest beside the level without the scheme.
Where none is settled, the first candidate is reported as an open question.  Benefits and harms go
through the same rule.

The sign rule: where an interval holds nought, the sentence is "we cannot say".  That holds for
the interval over what nobody has published and for the one of chance alike.
"""

from collections.abc import Mapping
from typing import Any

from demerit.chance import told_apart
from demerit.report.charts.sanctions import ANATOMY_LONG, of_hundred
from demerit.report.claims import Measure, interval, of_effect, settled, size
from demerit.report.counts import Counts
from demerit.report.words import number

# What a measure is a measure of, to follow "the scheme raises" or "lowers".
BENEFITS = {
    "deeds_bribe": "how often bribes are paid",
    "deeds_traffic_offence": "how often people commit driving offences",
    "deeds_elder_neglect": "how often old parents in need are neglected",
    "deeds_late_bill": "how often household bills are paid late",
    "unpaid_by_choice": "how many leave a due unpaid although they could pay",
}
WORK_AND_SPEECH = {
    "speech_withheld": "the share of petitions and posts that people leave unsaid",
    "deeds_petition": "how often people take a grievance to officials",
    "deeds_online_post": "how often people post what the authorities call misbehaviour",
    "employment": "how many of the labour force have a job",
    "poverty_ever": "how many are ever without the means to pay the first of their dues",
}


def choose(
    candidates: Mapping[str, str], measures: Mapping[str, Measure]
) -> tuple[str, int, int] | None:
    """The candidate that the rule takes, how many are settled, and of how many."""
    usable = [k for k in candidates if k in measures and measures[k]["effect"] is not None]
    if not usable:
        return None
    sure = [k for k in usable if settled(measures[k])]
    taken = max(sure, key=lambda k: size(measures[k])) if sure else usable[0]
    return taken, len(sure), len(usable)


def about_sanctions(document: Mapping[str, Any], counts: Counts) -> str:
    """Of 100 people being punished, how many for what, with the interval of the measure."""
    parts = of_hundred(counts)
    if parts is None:
        few = counts.total("sanctioned")
        how = "nobody is punished" if few == 0 else "too few are punished to say what for"
        return f"In this model, {how}."
    harm = parts["anatomy_harm"]
    rest = {key: n for key, n in parts.items() if key != "anatomy_harm" and n}
    text = f"In this model, of 100 people being punished, {harm} are punished for harm that they"
    text += " themselves did"
    measure = document["measures"].get("sanction_anatomy")
    found = interval(measure, document["quick"]) if measure else None
    if found:
        low, high = sorted((found.low, found.high))
        ends = told_apart(low, high, lambda x, more: number(100 * x, places=more))
        text += f" ({' to '.join(ends)} {found.words})"
    if rest:
        most = max(rest, key=lambda k: rest[k])
        text += f"; the most frequent other reason, with {rest[most]}, is punishment"
        text += f" {ANATOMY_LONG[most]}"
    return f"{text}."


def findings(document: Mapping[str, Any], counts: Counts) -> list[tuple[str, str]]:
    """Three sentences, each with the question it answers."""
    result = [("Who is punished, and what for?", about_sanctions(document, counts))]
    slots = (
        ("Does it bring what it is meant to bring?", BENEFITS, "benefit"),
        ("What does it do to work and speech?", WORK_AND_SPEECH, "work and speech"),
    )
    for question, candidates, kind in slots:
        chosen = choose(candidates, document["measures"])
        if chosen is None:
            result.append(
                (question, f"In this model, nothing can be said of {kind} from this run.")
            )
            continue
        key, sure, every = chosen
        text = of_effect(document["measures"][key], candidates[key], document["quick"])
        result.append((question, f"{text} {_how_many(sure, every)}"))
    return result


def _how_many(sure: int, every: int) -> str:
    if every == 1:
        return ""
    return f"Of {every} such effects measured, the direction of {sure or 'none'} is settled."
