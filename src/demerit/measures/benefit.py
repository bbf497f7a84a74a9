"""Benefit: what people do, with the scheme and without; measured as carefully as any harm."""

from demerit.measures.registry import Measure, Ratio, measure, put

DEEDS = {
    "traffic_offence": ("less", "How often do people commit driving offences?"),
    "bribe": ("less", "How often are bribes paid?"),
    "petition": ("neither", "How often do people take a grievance to officials?"),
    "elder_neglect": ("less", "How many people neglect an old parent in need?"),
    "banned_group": ("neither", "How many people practise in a banned religious group?"),
    "online_post": ("neither", "How often do people post what the authorities call misbehaviour?"),
    "merit": ("more", "How often is somebody named an excellent employee or good citizen?"),
    "late_bill": ("less", "How often is a household bill paid late?"),
    "loan_default": ("less", "How often is a loan or card instalment not paid when due?"),
}
for _deed, (_better, _question) in DEEDS.items():
    put(Measure(
        f"deeds_{_deed}", "rate", _better, "effect", _question,  # type: ignore[arg-type]
        "True deeds per person and month, seen or not.", (f"deed_{_deed}", "people"), Ratio,
    ))  # fmt: skip


def deterred(withheld, done):
    """Of this harm that people would have done, how much did fear of the scheme hold back?

    Deeds wanted with today's grievance and no fear, and not done, over those done or withheld.

    Caution    Gross: deeds that move to where nobody looks are not taken off.

    >>> deterred(np.array([5]), np.array([95])).value
    array([0.05])
    """
    return Ratio(withheld, withheld + done)


HARM = {
    "traffic_offence": "driving offences", "bribe": "bribes", "late_bill": "late bills",
    "loan_default": "missed instalments",
}  # fmt: skip
for _deed, _what in HARM.items():
    put(Measure(
        f"deterred_{_deed}", "share", "more", "effect",
        f"Of the {_what} that would have been, how many did fear of the scheme hold back?",
        "Deterred deeds over those done or deterred, on the same draws; gross of displacement.",
        (f"withheld_{_deed}", f"deed_{_deed}"), deterred,
    ))  # fmt: skip


@measure(unit="points", better="neither", headline="with")
def score_mean(score_sum, tier_0, tier_1, tier_2, tier_3):
    """What is the average score?

    Mean score over person-months.

    Undefined  where nobody is in a tier: without a scheme

    >>> score_mean(*map(np.array, ([1980], [1], [1], [0], [0]))).value
    array([990.])
    """
    return Ratio(score_sum, tier_0 + tier_1 + tier_2 + tier_3)
