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


@measure(unit="share", better="more", headline="effect")
def deterred_share(deterred, deed_traffic_offence, deed_bribe, deed_elder_neglect, deed_late_bill,
                   deed_loan_default):  # fmt: skip
    """Of the harm that people would have done, how much did fear of the scheme hold back?

    Deterred harmful deeds over those done or deterred, on the same draws.

    Counts     deterred: harmful deeds wanted with today's grievance and no fear, and not done
    Caution    Gross: deeds that move to where nobody looks are not taken off.

    >>> deterred_share(*map(np.array, ([5], [90], [5], [0], [0], [0]))).value
    array([0.05])
    """
    done = deed_traffic_offence + deed_bribe + deed_elder_neglect + deed_late_bill
    return Ratio(deterred, done + deed_loan_default + deterred)


@measure(unit="points", better="neither", headline="with")
def score_mean(score_sum, scored):
    """What is the average score?

    Mean score over person-months.

    >>> score_mean(np.array([1980]), np.array([2])).value
    array([990.])
    """
    return Ratio(score_sum, scored)
