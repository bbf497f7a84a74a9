"""Trust: in strangers, with and without a score to look at, and in those who run the scheme."""

from demerit.measures.registry import Ratio, measure, section

section("Benefit")


@measure(unit="share", better="more", headline="effect")
def deals_honoured(deals_honoured, deals_made):
    """I make a deal with a stranger: how likely is it to be honoured?

    Trustworthiness: deals honoured over deals made.

    Undefined  where no deal is made

    >>> deals_honoured(np.array([9]), np.array([10])).value
    array([0.9])
    """
    return Ratio(deals_honoured, deals_made)


@measure(unit="share", better="more", headline="effect")
def deals_made(deals_made, deals_offered):
    """A deal with a stranger is on offer: how often do people take it?

    Deals made over deals offered, with and without a look at the stranger's standing.

    >>> deals_made(np.array([6]), np.array([10])).value
    array([0.6])
    """
    return Ratio(deals_made, deals_offered)


@measure(unit="share", better="more", headline="effect")
def trust(deals_made, deals_assured, deals_offered):
    """How often do people deal with a stranger on trust alone?

    Deals made without a look at the stranger's standing, over deals offered.

    Source     T. Yamagishi and M. Yamagishi, "Trust and commitment in the United States and Japan",
               Motivation and Emotion 18(2), 1994 (from memory): assurance is not trust.

    >>> trust(np.array([6]), np.array([4]), np.array([10])).value
    array([0.2])
    """
    return Ratio(deals_made - deals_assured, deals_offered)


@measure(unit="share", better="neither", headline="effect")
def deals_assured(deals_assured, deals_made):
    """Of the deals that strangers make, how many only after a look at a score?

    Assurance: deals made after a look at the stranger's standing, over deals made.

    Undefined  where no deal is made

    >>> deals_assured(np.array([4]), np.array([10])).value
    array([0.4])
    """
    return Ratio(deals_assured, deals_made)


@measure(unit="share", better="more", headline="with")
def deals_assured_honoured(deals_assured_honoured, deals_assured):
    """I looked at a stranger's score and dealt: how likely is the deal to be honoured?

    Trustworthiness under assurance, to stand beside `deals_unassured_honoured`.

    Undefined  where nobody looked: without a scheme

    >>> deals_assured_honoured(np.array([9]), np.array([10])).value
    array([0.9])
    """
    return Ratio(deals_assured_honoured, deals_assured)


@measure(unit="share", better="more", headline="effect")
def deals_unassured_honoured(deals_honoured, deals_assured_honoured, deals_made, deals_assured):
    """I dealt with a stranger on trust alone: how likely is the deal to be honoured?

    Trustworthiness without assurance.

    >>> deals_unassured_honoured(*map(np.array, ([13], [9], [15], [10]))).value
    array([0.8])
    """
    return Ratio(deals_honoured - deals_assured_honoured, deals_made - deals_assured)


@measure(unit="share", better="more", headline="effect")
def belief_in_strangers(belief_sum, deals_offered):
    """How likely do people think it is that a stranger honours a deal?

    Mean believed chance, of those who are offered a deal.

    Counts     belief_sum: in 256ths

    >>> belief_in_strangers(np.array([1_280]), np.array([10])).value
    array([0.5])
    """
    return Ratio(belief_sum, 256 * deals_offered)


section("Acceptance")


@measure(unit="share", better="neither", headline="with")
def approval(approving, aware_heard):
    """How many of those who have heard of the scheme approve of it?

    Approval rate of the aware.

    Undefined  where nobody has heard of it
    Caution    Said of those who know of it: many who would not approve have never heard.

    >>> approval(np.array([8]), np.array([10])).value
    array([0.8])
    """
    return Ratio(approving, aware_heard)


section("Power")


@measure(unit="rate", better="less", headline="with")
def bought_points(bought, scored):
    """How often are points sold to somebody?

    Corruption of the scheme itself: people who buy points, per scored person and month.

    >>> bought_points(np.array([1]), np.array([1_000])).value
    array([0.001])
    """
    return Ratio(bought, scored)


@measure(unit="rate", better="less", headline="with")
def shielded_rate(shielded, favoured_scored):
    """How often does a friend in office make a record go away?

    Records dropped, per person close to those who run the scheme and month.

    Undefined  where nobody is so close

    >>> shielded_rate(np.array([1]), np.array([1_000])).value
    array([0.001])
    """
    return Ratio(shielded, favoured_scored)


@measure(unit="share", better="neither", headline="with")
def favoured_sanctioned_share(favoured_sanctioned, favoured_scored):
    """How many of those close to power are under sanction?

    Selection rate of the favoured, to stand beside `sanctioned_share`.

    Undefined  where nobody is so close

    >>> favoured_sanctioned_share(np.array([1]), np.array([100])).value
    array([0.01])
    """
    return Ratio(favoured_sanctioned, favoured_scored)
