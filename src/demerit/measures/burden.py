"""Burden: work, dues, debts and what people do without; who carries what the scheme does."""

from demerit.measures.registry import Ratio, measure, section

section("Cost")


@measure(unit="share", better="more", headline="effect")
def employment(employed, labour):
    """How many of those who work or look for work have a job?

    Employment rate of the labour force.  Vacancies are the same in all worlds, so this moves only
    as far as they are filled or not: who has the jobs is in `displaced` and `placed`.

    Source     B. Crepon and others, QJE 128(2), 2013 (displacement).

    >>> employment(np.array([95]), np.array([100])).value
    array([0.95])
    """
    return Ratio(employed, labour)


@measure(unit="share", better="less", headline="effect")
def displaced(displaced, labour):
    """How many people are without a job while their twin without the scheme has one?

    Person-months employed in the twin and not here, over the labour force: turnover between two
    lives, gross.

    Caution    By one pair of lives each: twins part by luck once jobs are found by others, so that
               no one's loss may be read from it, and most of it stands in `placed` too.  What the
               scheme does to how many have a job is `employment`; who is worse off by the mean of
               many lives, `demerit redraws`.

    >>> displaced(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(displaced, labour)


@measure(unit="share", better="neither", headline="effect")
def placed(placed, labour):
    """How many people have a job while their twin without the scheme has none?

    Person-months employed here and not in the twin, over the labour force.

    Caution    As `displaced`: by one pair of lives, of which luck parts many.

    >>> placed(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(placed, labour)


section("Who cannot pay")


@measure(unit="share", better="less", headline="effect")
def unpaid_by_choice(unpaid_choice, due):
    """How many of those with bills or instalments leave one unpaid although they could pay?

    Person-months with a due unpaid that cash and assets less subsistence covered, over those with
    dues.

    >>> unpaid_by_choice(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(unpaid_choice, due)


@measure(unit="share", better="less", headline="effect")
def unpaid_by_inability(unpaid_unable, due):
    """How many of those with bills or instalments cannot pay them?

    Person-months with a due unpaid that cash and saleable assets less subsistence do not cover.

    Caution    Who pays such a due by going without is in `distress_share`.

    >>> unpaid_by_inability(np.array([3]), np.array([100])).value
    array([0.03])
    """
    return Ratio(unpaid_unable, due)


@measure(unit="share", better="less", headline="effect")
def distress_share(distressed, due):
    """How many of those with bills or debts pay them by going without food or medicine?

    Payment by distress: person-months in which a due that cash and assets less subsistence do not
    cover is paid all the same.

    >>> distress_share(np.array([1]), np.array([200])).value
    array([0.005])
    """
    return Ratio(distressed, due)


@measure(unit="share", better="less", headline="effect")
def arrears_share(arrears, adults):
    """How many adults are behind with what they owe?

    Stock of people in arrears over adults.

    >>> arrears_share(np.array([4]), np.array([100])).value
    array([0.04])
    """
    return Ratio(arrears, adults)


@measure(unit="yuan", better="less", headline="effect", events=("arrears",))
def arrears_mean(arrears_yuan, adults):
    """How much unpaid debt is there for each adult?

    Stock of arrears per adult.

    Counts     arrears_yuan: of each person in whole yuan

    >>> arrears_mean(np.array([5_000]), np.array([100])).value
    array([50.])
    """
    return Ratio(arrears_yuan, adults)


@measure(unit="share", better="less", headline="effect", events=("arrears",))
def arrears_by_inability(arrears_unable_yuan, arrears_yuan):
    """Of all that is owed and unpaid, how much could not be paid when it fell due?

    Share of arrears by inability, by amount; the rest was left unpaid by choice.

    Undefined  where nobody is in arrears

    >>> arrears_by_inability(np.array([60]), np.array([80])).value
    array([0.75])
    """
    return Ratio(arrears_unable_yuan, arrears_yuan)


@measure(unit="share", better="less", headline="effect")
def judgment_share(judgments, adults):
    """How many adults owe by a judgment of a court?

    Stock of judgment debtors over adults.

    >>> judgment_share(np.array([8]), np.array([1_000])).value
    array([0.008])
    """
    return Ratio(judgments, adults)


section("Benefit")


@measure(unit="share", better="less", headline="effect")
def wages_withheld_share(wages_withheld, labour):
    """I work: how likely is it that my employer owes me my wages?

    Person-months in a spell of wage arrears, over the labour force.

    >>> wages_withheld_share(np.array([1]), np.array([100])).value
    array([0.01])
    """
    return Ratio(wages_withheld, labour)


section("Who cannot pay")


@measure(unit="share", better="neither", headline="effect")
def loan_share(loans, adults):
    """How many adults owe on a loan that they took since the run began?

    Stock of borrowers over adults.

    >>> loan_share(np.array([3]), np.array([100])).value
    array([0.03])
    """
    return Ratio(loans, adults)


@measure(unit="share", better="less", headline="effect")
def poverty_months(poor, people):
    """How many people are without the means to pay even the first of their dues?

    Person-months in which cash and saleable assets less subsistence cover no due, over all.

    >>> poverty_months(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(poor, people)


@measure(unit="share", better="neither", headline="effect")
def supported_share(supported, people):
    """How many people get by with money from their friends?

    Person-months with help from close ties, over all.

    >>> supported_share(np.array([1]), np.array([100])).value
    array([0.01])
    """
    return Ratio(supported, people)


section("Cost")


@measure(unit="share", better="more", headline="with")
def employment_sanctioned(sanctioned_employed, sanctioned_labour):
    """I am under sanction and want to work: how likely am I to have a job?

    Employment rate of those under sanction, to stand beside `employment`.

    Undefined  where nobody is under sanction
    Caution    Who comes under sanction may have been out of work before: no effect of it.

    >>> employment_sanctioned(np.array([8]), np.array([10])).value
    array([0.8])
    """
    return Ratio(sanctioned_employed, sanctioned_labour)


@measure(unit="share", better="neither", headline="effect")
def prestige_share(prestige, employed):
    """How many of those with a job have work of high standing?

    Stock of holders over the employed.  Places are the same in all worlds: who has them moves.

    >>> prestige_share(np.array([8]), np.array([100])).value
    array([0.08])
    """
    return Ratio(prestige, employed)


section("Who cannot pay")


@measure(unit="share", better="less", headline="with")
def poverty_caused(poverty):
    """My twin without the scheme can pay its way: how likely is it that I cannot?

    Person-months in which cash and saleable assets less subsistence cover no due, and in the twin
    under ordinary law they do, over those in which there they do.

    Counts     poverty (2 x poor under law + 1 x poor here), month by month
    Caution    By one pair of lives each, of which luck parts many once jobs are found by others:
               `poverty_relieved` is the other way round, and `poverty_months` is what the scheme
               does to how many are poor.

    >>> poverty_caused(np.array([[98], [2], [5], [20]])).value
    array([0.02])
    """
    return Ratio(poverty[1], poverty[0] + poverty[1])


@measure(unit="share", better="more", headline="with")
def poverty_relieved(poverty):
    """My twin without the scheme cannot pay its way: how likely is it that I can?

    The other way round, over person-months in which the twin under ordinary law is poor.

    Caution    As `poverty_caused`: by one pair of lives.

    >>> poverty_relieved(np.array([[98], [2], [5], [20]])).value
    array([0.2])
    """
    return Ratio(poverty[2], poverty[2] + poverty[3])
