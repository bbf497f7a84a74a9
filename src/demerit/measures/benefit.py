"""Benefit: what people do, with the scheme and without; measured as carefully as any harm."""

from collections.abc import Callable

import numpy as np

from demerit.measures import prices
from demerit.measures.registry import Measure, Ratio, measure, of_sums, put, section

section("Benefit")

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
    "fine_unpaid": ("less", "How often is a fine not paid when due?"),
    "judgment_unpaid": ("less", "How many people do not perform a judgment of a court?"),
    "contract_breach": ("less", "How often are contracts broken?"),
    "bribe_taken": ("less", "How often do officials take bribes?"),
    "criticism": ("neither", "How often do people criticise officials, as the law allows?"),
    "unlawful_post": ("less", "How often do people post what breaks the law?"),
    "elder_care": ("more", "How many people care for an old parent in need?"),
    "littering": ("less", "How often do people drop litter?"),
    "clean_up": ("more", "How often do people clean up after others?"),
    "volunteering": ("more", "How many people volunteer?"),
    "blood": ("more", "How often do people give blood?"),
    "fraud": ("less", "How often does somebody cheat another online or by telephone?"),
    "gaming": ("neither", "How many people spend long hours at computer games?"),
    "night_power": ("neither", "How many people use much power at night?"),
    "alcohol": ("neither", "How many people buy alcohol?"),
    "nappies": ("neither", "How many people buy nappies?"),
    "newspaper": ("neither", "How many people take a newspaper?"),
    "missed_checkup": ("neither", "How often is a health check missed?"),
    "low_tie": ("neither", "How many people keep a friend with a low score?"),
    "signal_message": ("neither", "How often does a message read as disloyal to a program?"),
    "signal_place": ("neither", "How often is somebody's telephone near a protest?"),
    "on_time": ("more", "How many people pay all that is due in time?"),
    "tax_evasion": ("less", "How often do people evade taxes?"),
    "train_offence": ("less", "How often do people misbehave on trains?"),
    "firm_listed": ("neither", "How many people own a firm in the lowest grade?"),
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
    "loan_default": "missed instalments", "elder_neglect": "cases of neglect",
    "fine_unpaid": "unpaid fines", "judgment_unpaid": "unperformed judgments",
    "contract_breach": "broken contracts", "bribe_taken": "bribes to officials",
    "unlawful_post": "unlawful posts", "littering": "pieces of litter", "fraud": "frauds",
    "tax_evasion": "cases of tax evasion", "train_offence": "offences on trains",
}  # fmt: skip
for _deed, _what in HARM.items():
    put(Measure(
        f"deterred_{_deed}", "share", "more", "effect",
        f"Of the {_what} that would have been, how many did fear of the scheme hold back?",
        "Deterred deeds over those done or deterred, on the same draws; gross of displacement.",
        (f"withheld_{_deed}", f"deed_{_deed}"), deterred,
    ))  # fmt: skip


def averted(here, law):
    """Of the harm that there would be under ordinary law, how much is not done with the scheme?

    One less the ratio of deeds; below nought where there are more.

    >>> averted(np.array([90]), np.array([100])).value
    array([0.1])
    """
    return Ratio(np.asarray(law, float) - here, law)


def of_net(deed: str) -> Callable[..., Ratio]:
    """A function of counts: deeds averted, less what is assumed to have moved of those held back.

    >>> of_net("littering")(np.array([10]), np.array([90]), np.array([100])).value
    array([0.08])
    """

    def function(withheld: np.ndarray, here: np.ndarray, law: np.ndarray) -> Ratio:
        gone = prices.now().moved[deed] * np.asarray(withheld, float)
        return averted(here + gone, law)

    return function


for _deed, _what in HARM.items():
    put(Measure(
        f"averted_{_deed}", "number", "more", "with",
        f"What share of the {_what} that there would be under ordinary law does the scheme spare "
        "us?",
        "Relative fall of true deeds, seen or not, against the twin, whatever it comes of: fear, "
        "and what the scheme itself brings about (crowding, poverty, grievance).  Below nought "
        "where there are more.  Gross of displacement.",
        (f"deed_{_deed}", f"deed_{_deed}__law"), averted,
        events=(f"deed_{_deed}", f"deed_{_deed}__law"),
    ))  # fmt: skip
    if _deed in prices.now().moved:
        put(Measure(
            f"averted_net_{_deed}", "number", "more", "with",
            f"And what share of the {_what}, if those are taken off that have only moved to where "
            "nobody looks?",
            "The same, net of displacement: of the deeds that fear holds back a share is assumed "
            "to be done elsewhere (data/displacement.toml).",
            (f"withheld_{_deed}", f"deed_{_deed}", f"deed_{_deed}__law"), of_net(_deed),
            events=(f"deed_{_deed}", f"deed_{_deed}__law"),
        ))  # fmt: skip

section("Goodhart")
SHOWN = {
    "work": ("awards", ("merit",)),
    "family": ("care for old parents", ("elder_care",)),
    "civic": ("clean-ups and volunteering", ("clean_up", "volunteering")),
    "health": ("blood donations", ("blood",)),
    "finance": ("payments in time", ("on_time",)),
}
for _context, (_what, _kinds) in SHOWN.items():
    put(Measure(
        f"shown_{_context}", "share", "neither", "effect",
        f"Of all {_what}, how much is done for the points alone?",
        "Crowding in for show: deeds done and not wanted without points, over those done. "
        "R. Benabou and J. Tirole, American Economic Review 96(5), 2006 (from memory).",
        (*(f"shown_{k}" for k in _kinds), *(f"deed_{k}" for k in _kinds)), of_sums(len(_kinds)),
    ))  # fmt: skip


section("Benefit")


@measure(unit="rate", better="less", headline="effect")
def fraud_met(deed_fraud, adults):
    """How many of a thousand adults are cheated online or by telephone in a month?

    Victimisation rate; every fraud meets one adult.

    Counts     deed_fraud: frauds, seen or not, by those who do them

    >>> fraud_met(np.array([4]), np.array([10_000])).value
    array([0.0004])
    """
    return Ratio(deed_fraud, adults)


section("Goodhart")


@measure(unit="points", better="neither", headline="with")
def score_mean(score_sum, tier_0, tier_1, tier_2, tier_3):
    """What is the average score?

    Mean score over person-months.

    Undefined  where nobody is in a tier: without a scheme

    >>> score_mean(*map(np.array, ([1980], [1], [1], [0], [0]))).value
    array([990.])
    """
    return Ratio(score_sum, tier_0 + tier_1 + tier_2 + tier_3)
