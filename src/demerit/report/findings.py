"""Findings: three sentences, worked out from the measures by rule.

Each slot (who is punished and why; the benefit; work and speech) has its candidates.  Taken is
the one whose sign is settled and whose effect is largest beside the level without the scheme.
Where none is settled, the first candidate is reported as an open question.  Benefits and harms go
through the same rule.

The sign rule: where an interval holds nought, the sentence is "we cannot say".  That holds for
the interval over what nobody has published and for the one of chance alike.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demerit.report.charts.sanctions import ANATOMY_LONG, of_hundred
from demerit.report.counts import Counts
from demerit.report.sign import Interval, Measure, holds_nought, interval, settled, size
from demerit.report.words import Scale, scale


@dataclass(frozen=True)
class Candidate:
    """A measure, and the words for what it measures: "raises or lowers <thing>"."""

    keys: tuple[str, ...]
    thing: str


BENEFITS = (
    Candidate(("bribes", "deeds_bribe", "deed_bribe"), "how often bribes are paid"),
    Candidate(("traffic_offences", "deeds_traffic_offence"), "how often traffic offences happen"),
    Candidate(("elder_neglect", "deeds_elder_neglect"), "how often old parents are neglected"),
    Candidate(("unpaid_by_choice",), "how much is left unpaid by those who could pay"),
)
WORK_AND_SPEECH = (
    Candidate(("speech_withheld",), "how much people leave unsaid"),
    Candidate(("petitions", "deeds_petition"), "how often people take a grievance to officials"),
    Candidate(("posts", "deeds_online_post"), "how often people post what the authorities dislike"),
    Candidate(("employment", "employed_share"), "how many people have work"),
    Candidate(("displaced",), "how many people lose work to others"),
)


def of_effect(measure: Measure, thing: str, quick: bool) -> str:
    """The sentence about an effect, by the sign rule."""
    rests_on = interval(measure, quick)
    names = ("with", "without", "effect", "low", "high")
    numbers = scale(measure["unit"], [measure[name] for name in names], fine=True)
    if rests_on is None:
        return (
            f"In this model, we cannot say whether the scheme raises or lowers {thing}: it differs"
            f" by {numbers.effect(measure['effect'])}, and no interval could be worked out."
        )
    low, high = sorted((rests_on.low, rests_on.high))
    if low == high == 0:
        return f"In this model, the scheme leaves {thing} as it is ({rests_on.words})."
    if holds_nought(low, high):
        return _cannot_say(thing, numbers, Interval(low, high, rests_on.words))
    if holds_nought(measure["chance_low"], measure["chance_high"]):
        ends = sorted((measure["chance_low"], measure["chance_high"]))
        return _cannot_say(thing, numbers, Interval(ends[0], ends[1], "chance alone"))
    verb = "raises" if low > 0 else "lowers"
    return (
        f"In this model, the scheme {verb} {thing} by {numbers.span(low, high)} ({rests_on.words});"
        f" with the central numbers, from {numbers.value(measure['without'], unit=False)} to"
        f" {numbers.value(measure['with'])}."
    )


def _cannot_say(thing: str, numbers: Scale, ends: Interval) -> str:
    low, high = numbers.effect(ends.low, unit=False), numbers.effect(ends.high)
    return (
        f"In this model, we cannot say whether the scheme raises or lowers {thing}: the change lies"
        f" between {low} and {high} ({ends.words})."
    )


def of_level(measure: Measure, words: str, quick: bool) -> str:
    """The sentence about a level under the scheme; `words` has a place for the number."""
    rests_on = interval(measure, quick)
    if rests_on is None:
        numbers = scale(measure["unit"], [measure["with"]])
        told = numbers.value(measure["with"])
        return f"In this model, {words.format(told)}; no interval could be worked out."
    ends = sorted((rests_on.low, rests_on.high))
    numbers = scale(measure["unit"], [measure["with"], *ends])
    told = numbers.value(measure["with"])
    span = f"{numbers.value(ends[0], unit=False)} to {numbers.value(ends[1])}"
    return f"In this model, {words.format(told)} ({span} {rests_on.words})."


def choose(
    candidates: Sequence[Candidate], measures: Mapping[str, Measure]
) -> tuple[Candidate, Measure, int, int] | None:
    """The candidate that the rule takes, its measure, how many are settled, and of how many."""
    known = [(c, measures[k]) for c in candidates for k in c.keys[:] if k in measures]
    usable = [(c, m) for c, m in known if m["effect"] is not None and m["headline"] == "effect"]
    if not usable:
        return None
    sure = [(c, m) for c, m in usable if settled(m)]
    taken = max(sure, key=lambda pair: size(pair[1])) if sure else usable[0]
    return *taken, len(sure), len(usable)


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
    measure = next((m for k, m in document["measures"].items() if k == "sanction_anatomy"), None)
    found = interval(measure, document["quick"]) if measure else None
    if found and measure and measure["headline"] == "with":
        low, high = (round(100 * x) for x in sorted((found.low, found.high)))
        text += f" ({low} to {high} {found.words})"
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
        candidate, measure, sure, every = chosen
        text = of_effect(measure, candidate.thing, document["quick"])
        result.append((question, f"{text} {_how_many(sure, every)}"))
    return result


def _how_many(sure: int, every: int) -> str:
    if every == 1:
        return ""
    return f"Of {every} such effects measured, the direction of {sure or 'none'} is settled."
