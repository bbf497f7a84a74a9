"""Look-ups: who looks a person's standing up, what they see, and what they make of it.

Empty where nothing of a scheme is public.  A stranger's look before a deal is in trust.py.
"""

from demerit.measures.registry import Measure, Ratio, measure, put, section

section("Privacy")

LOOKERS = {
    "employer": "an employer, before hiring or later", "match": "a match",
    "tie": "somebody close", "creditor": "a lender or landlord",
}  # fmt: skip
for _key, _who in LOOKERS.items():
    put(Measure(
        f"looked_up_by_{_key}_rate", "rate", "less", "with",
        f"How often does {_who} look me up?", "Look-ups per scored person and month.",
        (f"looked_up_{_key}", "scored"), Ratio,
    ))  # fmt: skip
LOSSES = {
    "jobs_lost": "costs me the job that I have or was about to get",
    "matches_lost": "costs me a match",
    "ties_lost": "makes somebody close to me break off",
    "terms_worse": "makes a lender or landlord ask for more",
}  # fmt: skip
for _key, _what in LOSSES.items():
    put(Measure(
        f"look_up_{_key}_rate", "rate", "less", "with",
        f"I am under sanction: how often is it that a look at my standing {_what}?",
        "What is held against people after a look-up, per person under sanction and month.",
        (f"look_up_{_key}", "sanctioned"), Ratio,
    ))  # fmt: skip


@measure(unit="rate", better="less", headline="with")
def looked_up_rate(
    looked_up_employer, looked_up_match, looked_up_tie, looked_up_creditor, scored
):  # fmt: skip
    """How often does anybody look me up?

    Look-ups per scored person and month, by employers, matches, close ties, lenders and landlords.

    Caution    How often they look is assumed, over a wide range.

    >>> looked_up_rate(*map(np.array, ([3], [2], [4], [1], [1_000]))).value
    array([0.01])
    """
    looks = looked_up_employer + looked_up_match + looked_up_tie + looked_up_creditor
    return Ratio(looks, scored)


@measure(unit="share", better="neither", headline="with")
def looked_up_marked_share(
    look_ups_marked, looked_up_employer, looked_up_match, looked_up_tie, looked_up_creditor
):
    """Somebody looks a person up: how likely is it that they see a sanction?

    Prevalence of marks among look-ups.

    >>> looked_up_marked_share(*map(np.array, ([1], [3], [2], [4], [1]))).value
    array([0.1])
    """
    looks = looked_up_employer + looked_up_match + looked_up_tie + looked_up_creditor
    return Ratio(look_ups_marked, looks)


@measure(unit="share", better="less", headline="with")
def looked_up_wrongly_share(look_ups_wrong, look_ups_marked):
    """Somebody looks me up and sees a sanction: how likely is it that it should not be there?

    False discovery rate among look-ups, by the but-for test of `wrongful_sanction_share`.

    Undefined  where nobody saw a sanction

    >>> looked_up_wrongly_share(np.array([1]), np.array([5])).value
    array([0.2])
    """
    return Ratio(look_ups_wrong, look_ups_marked)


@measure(unit="share", better="less", headline="with")
def looked_up_missed_share(
    look_ups_missed, look_ups_marked,
    looked_up_employer, looked_up_match, looked_up_tie, looked_up_creditor,
):  # fmt: skip
    """Somebody looks me up and sees nothing: how likely is it that there would be something to see?

    False omission rate among look-ups: every deed seen, there would be a sanction.

    Undefined  where every look-up sees a sanction

    >>> looked_up_missed_share(*map(np.array, ([2], [1], [3], [2], [4], [12]))).value
    array([0.1])
    """
    looks = looked_up_employer + looked_up_match + looked_up_tie + looked_up_creditor
    return Ratio(look_ups_missed, looks - look_ups_marked)


@measure(unit="rate", better="less", headline="with")
def look_up_losses_rate(
    look_up_jobs_lost, look_up_matches_lost, look_up_ties_lost, look_up_terms_worse, sanctioned
):
    """I am under sanction: how often does a look at my standing cost me anything?

    What is held against people after a look-up, per person under sanction and month; beyond the
    doors that a tier shuts.

    >>> look_up_losses_rate(*map(np.array, ([1], [1], [2], [1], [100]))).value
    array([0.05])
    """
    lost = look_up_jobs_lost + look_up_matches_lost + look_up_ties_lost + look_up_terms_worse
    return Ratio(lost, sanctioned)


@measure(unit="share", better="less", headline="with")
def look_up_losses_wrong_share(
    look_up_losses_wrong,
    look_up_jobs_lost, look_up_matches_lost, look_up_ties_lost, look_up_terms_worse,
):  # fmt: skip
    """Something is held against me after a look-up: how likely is it that what they saw was wrong?

    Share of losses by look-up that fall on those sanctioned wrongly.

    >>> look_up_losses_wrong_share(*map(np.array, ([1], [1], [1], [1], [1]))).value
    array([0.25])
    """
    lost = look_up_jobs_lost + look_up_matches_lost + look_up_ties_lost + look_up_terms_worse
    return Ratio(look_up_losses_wrong, lost)
