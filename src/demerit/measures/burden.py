"""Burden: work, doors and dues; who carries what the scheme does."""

from demerit.measures.registry import Ratio, measure


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
    """How many people are without a job that they would have without the scheme?

    Person-months employed in the twin and not here, over the labour force.

    Caution    Twins part by chance once jobs are found by others: compare with `placed`.

    >>> displaced(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(displaced, labour)


@measure(unit="share", better="neither", headline="effect")
def placed(placed, labour):
    """How many people have a job that they would not have without the scheme?

    Person-months employed here and not in the twin, over the labour force.

    >>> placed(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(placed, labour)


@measure(unit="share", better="less", headline="with")
def job_refused_share(refused_job, asked_job):
    """I look for work: how likely am I to be barred from applying because of my group?

    Share of job seekers' months in which the tier shuts the door.

    >>> job_refused_share(np.array([1]), np.array([50])).value
    array([0.02])
    """
    return Ratio(refused_job, asked_job)


@measure(unit="rate", better="less", headline="with")
def refused_rate(refused_job, refused_licence, refused_assistance, refused_school,
                 refused_promotion, people):  # fmt: skip
    """How often is a door shut in somebody's face because of the score?

    Refusals at all doors per person and month.

    >>> refused_rate(*map(np.array, ([1], [0], [1], [0], [0], [1000]))).value
    array([0.002])
    """
    doors = refused_job + refused_licence + refused_assistance + refused_school
    return Ratio(doors + refused_promotion, people)


@measure(unit="share", better="less", headline="with")
def refused_wrongly_share(
    wrongly_job, wrongly_licence, wrongly_assistance, wrongly_school, wrongly_promotion,
    refused_job, refused_licence, refused_assistance, refused_school, refused_promotion,
):  # fmt: skip
    """A door was shut to me: how likely is it that this was a mistake?

    Share of refusals of people whose clean file would not bring the sanction.

    >>> refused_wrongly_share(*map(np.array, ([1], *([[0]] * 4), [4], *([[0]] * 4)))).value
    array([0.25])
    """
    wrong = wrongly_job + wrongly_licence + wrongly_assistance + wrongly_school + wrongly_promotion
    doors = refused_job + refused_licence + refused_assistance + refused_school
    return Ratio(wrong, doors + refused_promotion)


@measure(unit="share", better="less", headline="effect")
def unpaid_by_choice(unpaid_choice, due):
    """How many of those with bills or instalments leave one unpaid although they could pay?

    Person-months with a due unpaid while able, over person-months with dues.

    >>> unpaid_by_choice(np.array([2]), np.array([100])).value
    array([0.02])
    """
    return Ratio(unpaid_choice, due)


@measure(unit="share", better="less", headline="effect")
def unpaid_by_inability(unpaid_unable, due):
    """How many of those with bills or instalments cannot pay them?

    Person-months in which cash and saleable assets less subsistence do not cover what is due.

    >>> unpaid_by_inability(np.array([3]), np.array([100])).value
    array([0.03])
    """
    return Ratio(unpaid_unable, due)
