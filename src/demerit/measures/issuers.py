"""Issuers: private scores side by side.  Do they agree, whom do they shut out, and wrongly so?

Every measure is undefined where nobody gives a private score.
"""

import numpy as np

from demerit.measures.registry import Measure, Ratio, measure, of_sums, put, section

section("Private scores")

ISSUERS = range(1, 5)


def each(what):
    """The counters of one kind, one for each issuer."""
    return tuple(f"{what}_issuer_{k}" for k in ISSUERS)


def chance_corrected(same, first, second, whole):
    """Agreement of two ratings in halves beyond chance, and what there could be: two sums (group,).

    `first` and `second` are how often each rating is high.  Cohen's kappa is the one over the
    other; several pairs of raters are pooled by adding both up (Barlow and others 1991).

    Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
    Measurement 20(1), 1960, doi:10.1177/001316446002000104; W. Barlow and others, "A comparison of
    methods for calculating a stratified kappa", Statistics in Medicine 10, 1991 (both from memory).

    >>> beyond, possible = chance_corrected(*(np.array([x]) for x in (35, 30, 25, 50)))
    >>> (beyond / possible).round(3)
    array([0.4])
    """
    same, first, second, whole = (np.asarray(x, float) for x in (same, first, second, whole))
    both = first * second + (whole - first) * (whole - second)
    expected = np.divide(both, whole, out=np.zeros_like(whole), where=whole > 0)
    return same - expected, whole - expected


@measure(unit="share", better="neither", headline="with")
def private_customers_share(customers, people):
    """How many of us have a private score?

    Share of people with an account at any issuer.

    Undefined  where nobody has

    >>> private_customers_share(np.array([40, 0]), np.array([100, 100])).value
    array([0.4, nan])
    """
    return Ratio(customers, np.where(np.asarray(customers) > 0, people, 0))


@measure(unit="share", better="more", headline="with")
def private_agreement(private_pairs_same, private_pairs):
    """Two firms score me: do both put me in the same half?

    Observed agreement of two private scores of one person, cut at the median of their customers.

    Caution    Half is what two scores would agree by that have nothing in common: `private_kappa`.

    >>> private_agreement(np.array([35]), np.array([50])).value
    array([0.7])
    """
    return Ratio(private_pairs_same, private_pairs)


@measure(unit="number", better="more", headline="with")
def private_kappa(
    private_pairs_same, private_pairs_first, private_pairs_second, private_pairs
):  # fmt: skip
    """Two firms score me: how far do they agree, beyond what chance would bring about?

    Cohen's kappa of halves of two private scores of one person: 1 always, 0 as chance has it.

    Source     J. Cohen, Educational and Psychological Measurement 20(1), 1960 (from memory).

    >>> private_kappa(*(np.array([x]) for x in (35, 30, 25, 50))).value.round(3)
    array([0.4])
    """
    return Ratio(
        *chance_corrected(
            private_pairs_same, private_pairs_first, private_pairs_second, private_pairs
        )
    )


put(Measure(
    "private_state_agreement", "share", "more", "with",
    "A firm scores me and so does the state: do both put me in the same half?",
    "Observed agreement of private scores with the state's, each cut at its median in the block.",
    (*each("alike"), *each("twofold")), of_sums(len(ISSUERS)),
))  # fmt: skip


def state_kappa(*counts):
    """Kappa of each issuer with the state, pooled."""
    n = len(ISSUERS)
    pairs = [chance_corrected(*counts[k::n]) for k in range(n)]
    return Ratio(sum(part for part, _ in pairs), sum(whole for _, whole in pairs))


put(Measure(
    "private_state_kappa", "number", "more", "with",
    "A firm scores me and so does the state: how far do they agree beyond chance?",
    "Cohen's kappa of halves of a private score and the state's, pooled over issuers.",
    (*each("alike"), *each("high"), *each("state_high"), *each("twofold")), state_kappa,
))  # fmt: skip
put(Measure(
    "private_below_share", "share", "less", "with",
    "I have a private score: how likely is it that the firm's partners refuse me for it?",
    "Share of accounts that stand below the line at which partners refuse.",
    (*each("below"), *each("accounts")), of_sums(len(ISSUERS)),
))  # fmt: skip
put(Measure(
    "private_above_share", "share", "more", "with",
    "I have a private score: how likely is it that the firm's partners favour me for it?",
    "Share of accounts that stand at or above the line at which partners favour.",
    (*each("above"), *each("accounts")), of_sums(len(ISSUERS)),
))  # fmt: skip
put(Measure(
    "private_wrong_share", "share", "less", "with",
    "I have a private score: how likely is it too low because of another's records?",
    "Share of accounts whose standing with partners is lower than if the account were on its own.",
    (*each("lowered"), *each("accounts")), of_sums(len(ISSUERS)),
))  # fmt: skip


@measure(unit="rate", better="less", headline="with")
def private_refused_rate(private_refused, customers, people):
    """How often is a door shut to somebody because of a firm's score, and of nothing else?

    Refusals that the state's tier alone would not have brought, per person and month.

    Counts     also people without an account, where partners turn them away
    Undefined  where nobody has an account

    >>> private_refused_rate(*map(np.array, ([2], [400], [1_000]))).value
    array([0.002])
    """
    return Ratio(private_refused, np.where(np.asarray(customers) > 0, people, 0))


@measure(unit="share", better="less", headline="with")
def private_refused_wrongly_share(private_refused_wrongly, private_refused):
    """A firm's score shut a door to me: how likely was it another's record that did it?

    Share of such refusals that the same accounts, unmixed with others', would not have brought.

    >>> private_refused_wrongly_share(np.array([1]), np.array([20])).value
    array([0.05])
    """
    return Ratio(private_refused_wrongly, private_refused)


put(Measure(
    "private_wrong_doors", "rate", "less", "with",
    "My private score is too low because of another's records: how many doors does that shut?",
    "Doors wrongly shut by private scores per account that stands too low, a month.",
    ("private_refused_wrongly", *each("lowered")), of_sums(1),
))  # fmt: skip
