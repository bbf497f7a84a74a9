"""Speech: what is left unsaid or undone, who protests, hides or breaks things, who knows."""

from collections.abc import Callable

import numpy as np

from demerit.measures.registry import Measure, Ratio, measure, of_wanted, put, section

section("Chilling")

# Conduct that harms nobody and is scored all the same, by the part of life that it belongs to.
QUIETED = {
    "speech": ("words and signs of opinion",
               ("petition", "online_post", "criticism", "signal_message", "signal_place")),
    "consumption": ("habits at home and in shops",
                    ("gaming", "night_power", "alcohol", "nappies", "newspaper")),
    "health": ("health checks missed", ("missed_checkup",)),
    "standing": ("friends and firms of low standing", ("low_tie", "firm_listed")),
}  # fmt: skip
for _context, (_what, _deeds) in QUIETED.items():
    put(Measure(
        f"withheld_{_context}", "share", "less", "effect",
        f"Of all {_what} that people would have had, how much do they give up out of fear?",
        "Chilling: deeds wanted with today's grievance and no fear, and not done, over all wanted.",
        (*(f"withheld_{k}" for k in _deeds), *(f"deed_{k}" for k in _deeds)),
        of_wanted(len(_deeds)),
    ))  # fmt: skip


@measure(unit="share", better="less", headline="effect")
def criticism_withheld(withheld_criticism, deed_criticism):
    """Of the criticism of officials that people would have voiced, how much is left unsaid?

    Chilling of lawful criticism, on the same draws.

    Source     J. Penney, "Chilling effects", Berkeley Technology Law Journal 31(1), 2016.

    >>> criticism_withheld(np.array([3]), np.array([97])).value
    array([0.03])
    """
    return Ratio(withheld_criticism, withheld_criticism + deed_criticism)


@measure(unit="share", better="less", headline="effect")
def speech_withheld(withheld_petition, withheld_online_post, deed_petition, deed_online_post):
    """Of what people would have said, in petitions and posts, how much did they leave unsaid?

    Chilling: speech wanted with today's grievance and no fear, and not done, over all wanted.

    Caution    Grievance itself may raise speech: see deeds_petition and deeds_online_post.
    Source     J. Penney, "Chilling effects", Berkeley Technology Law Journal 31(1), 2016.

    >>> speech_withheld(*map(np.array, ([1], [1], [8], [90]))).value
    array([0.02])
    """
    withheld = withheld_petition + withheld_online_post
    return Ratio(withheld, withheld + deed_petition + deed_online_post)


@measure(unit="share", better="less", headline="effect")
def faith_withheld(withheld_banned_group, deed_banned_group):
    """Of those who would practise their banned faith, how many hide it out of fear of the scheme?

    Chilling of religious practice, on the same draws.

    >>> faith_withheld(np.array([1]), np.array([9])).value
    array([0.1])
    """
    return Ratio(withheld_banned_group, withheld_banned_group + deed_banned_group)


section("Acceptance")


@measure(unit="rate", better="neither", headline="effect")
def protest(protest, people):
    """How many people protest in public in a month?

    Protesters per person and month.

    >>> protest(np.array([1]), np.array([1000])).value
    array([0.001])
    """
    return Ratio(protest, people)


@measure(unit="share", better="neither", headline="effect")
def evasion(vpn, people):
    """How many people use a VPN?

    Stock of users over people.

    >>> evasion(np.array([4]), np.array([100])).value
    array([0.04])
    """
    return Ratio(vpn, people)


@measure(unit="rate", better="less", headline="effect")
def sabotage(sabotage, people):
    """How many people damage what watches or serves the scheme in a month?

    Saboteurs per person and month.

    >>> sabotage(np.array([1]), np.array([10_000])).value
    array([0.0001])
    """
    return Ratio(sabotage, people)


@measure(unit="share", better="neither", headline="with")
def aware_share(aware_heard, scored):
    """How many of those who are scored have heard of the scheme?

    Awareness.  Published: 11% of people in a pilot area knew of it (2018), a check, not an input.

    >>> aware_share(np.array([11]), np.array([100])).value
    array([0.11])
    """
    return Ratio(aware_heard, scored)


section("Chilling")


@measure(unit="share", better="less", headline="with")
def withheld_blameless(chill_blameless):
    """Nothing stands against me on file: how much of what I may lawfully do do I give up out of
    fear?

    Chilling among people who did nothing: lawful deeds that cost points, wanted and not done, over
    all wanted, of those with no entry on file that costs points.

    Counts     chill_blameless (withheld, done), month by month
    Undefined  where no lawful deed costs points

    >>> withheld_blameless(np.array([[1], [9]])).value
    array([0.1])
    """
    return Ratio(chill_blameless[0], chill_blameless.sum(axis=0))


BLAMELESS = {
    "speech": "petitions, posts, criticism and other words and signs of opinion",
    "faith": "practice of a banned faith",
    "consumption": "habits at home and in shops",
    "health": "missed health checks",
    "standing": "ties with people and firms of low standing",
    "other": "what else is lawful and costs points",
}  # rows of the axis `quiet` of the survey, in its order


def of_quiet(row: int) -> Callable[[np.ndarray], Ratio]:
    """A function of `chill_kind` (part of life, withheld or done, group): withheld over wanted.

    >>> table = np.zeros((6, 2, 1)); table[0, :, 0], table[2, :, 0] = (1, 3), (5, 5)
    >>> of_quiet(0)(table).value, of_quiet(2)(table).value
    (array([0.25]), array([0.5]))
    """
    return lambda chill_kind: Ratio(chill_kind[row, 0], chill_kind[row].sum(axis=0))


for _row, (_kind, _what) in enumerate(BLAMELESS.items()):
    put(Measure(
        f"withheld_blameless_{_kind}", "share", "less", "with",
        f"Nothing stands against me on file: how much do I give up, out of fear, of {_what}?",
        "`withheld_blameless` by part of life; the months of the surveys.  Undefined where no such "
        "deed costs points.",
        ("chill_kind",), of_quiet(_row),
    ))  # fmt: skip
