"""Firms: who is graded how, and wrongly; what firms do to workers, customers and one another.

Empty where a scheme has no part on firms.  Groups are those of the owners.
"""

from demerit.measures.registry import Measure, Ratio, measure, of_sums, put, section

section("Firms")

# The pillars of the national outline, and the harmful deeds of firms that belong to each.
PILLARS = {
    "government": ("government affairs", ("tax_evaded",)),
    "commerce": ("commerce", ("late_invoice", "contract_broken", "scam")),
    "society": ("society", ("wages_withheld", "product_unsafe", "medicine_unsafe",
                            "doctor_bribed")),
    "courts": ("the courts", ("judgment_unpaid",)),
}  # fmt: skip
RATES = {
    "wages_withheld": ("less", "How often does a firm withhold its workers' wages?"),
    "tax_evaded": ("less", "How often does a firm evade taxes?"),
    "late_invoice": ("less", "How often does a firm pay an invoice late?"),
    "contract_broken": ("less", "How often does a firm break a contract?"),
    "product_unsafe": ("less", "How often does a firm sell an unsafe product?"),
    "medicine_unsafe": ("less", "How often does a firm sell an unsafe medicine?"),
    "doctor_bribed": ("less", "How often does a firm bribe a doctor?"),
    "scam": ("less", "How often does a firm cheat its customers?"),
    "donation": ("more", "How often does a firm give a donation?"),
    "tax_in_time": ("more", "How many firms pay their tax in time?"),
    "judgment_unpaid": ("less", "How many firms do not perform a judgment of a court?"),
}
for _deed, (_better, _question) in RATES.items():
    put(Measure(
        f"firms_{_deed}", "rate", _better, "effect", _question,  # type: ignore[arg-type]
        "True deeds per firm and month, seen or not.", (f"firm_deed_{_deed}", "firms"), Ratio,
    ))  # fmt: skip


def deterred(deeds):
    """A function of counts: withheld, once more, then done, of so many kinds of deeds.

    >>> deterred(1)(*map(np.array, ([1], [1], [9]))).value
    array([0.1])
    """
    return lambda *counts: Ratio(sum(counts[:deeds]), sum(counts[deeds:]))


for _key, (_pillar, _deeds) in PILLARS.items():
    _done, _held = ([f"firm_{what}_{k}" for k in _deeds] for what in ("deed", "withheld"))
    put(Measure(
        f"firms_deterred_{_key}", "share", "more", "effect",
        f"Of the harm in {_pillar} that firms would have done, how much did the scheme hold back?",
        "Deeds of habit withheld, over those done or withheld; what could not be paid is in both.",
        (*_held, *_held, *_done),
        deterred(len(_deeds)),
    ))  # fmt: skip
    _entry, _false = ([f"firm_{what}_{k}" for k in _deeds] for what in ("entry", "false"))
    put(Measure(
        f"firms_false_{_key}", "share", "less", "with",
        f"Of the entries on firms in {_pillar}, how many are false or another firm's?",
        "False discovery rate of records.", (*_false, *_entry), of_sums(len(_deeds)),
    ))  # fmt: skip
DOORS = {
    "credit": "a bank loan", "procurement": "a public contract", "licence": "a licence",
    "listing": "a place on an exchange",
}  # fmt: skip
for _door, _what in DOORS.items():
    put(Measure(
        f"firms_refused_{_door}", "share", "neither", "with",
        f"How many firms that ask for {_what} are turned away because of their grade?",
        "Refusal rate by grade.", (f"firm_refused_{_door}", f"firm_asked_{_door}"), Ratio,
    ))  # fmt: skip


@measure(unit="share", better="neither", headline="with")
def firms_rated_share(firms_rated, firms):
    """How many firms have a grade?

    Coverage of the rating: firms rated, over firms and months.

    >>> firms_rated_share(np.array([9]), np.array([10])).value
    array([0.9])
    """
    return Ratio(firms_rated, firms)


@measure(unit="share", better="neither", headline="with")
def firms_best_share(firms_grade_1, firms_rated):
    """Of the firms that are rated, how many have the best grade?

    Share of the best grade among rated: 4.89% of taxpayers had an A in 2018 (a check).

    Undefined  before the first rating

    >>> firms_best_share(np.array([1]), np.array([20])).value
    array([0.05])
    """
    return Ratio(firms_grade_1, firms_rated)


@measure(unit="share", better="neither", headline="with")
def firms_lowest_share(firms_lowest, firms_rated):
    """Of the firms that are rated, how many have the lowest grade?

    Share of the lowest grade among rated: 7.01% of taxpayers had a D in 2018 (a check).

    Undefined  before the first rating

    >>> firms_lowest_share(np.array([7]), np.array([100])).value
    array([0.07])
    """
    return Ratio(firms_lowest, firms_rated)


@measure(unit="share", better="less", headline="with")
def firms_lowest_wrongly_share(firms_lowest_wrongly, firms_lowest):
    """Of the firms in the lowest grade, how many would not be if no record were false?

    Wrongful grades: the clean file would not bring it (but-for test).

    Undefined  where no firm is in the lowest grade

    >>> firms_lowest_wrongly_share(np.array([1]), np.array([10])).value
    array([0.1])
    """
    return Ratio(firms_lowest_wrongly, firms_lowest)


@measure(unit="share", better="less", headline="effect")
def firm_workers_unpaid(firm_staff_unpaid, firm_staff):
    """Of a hundred workers of firms, how many wait for a wage that is withheld this month?

    Workers of firms that withhold wages, over workers of firms.

    >>> firm_workers_unpaid(np.array([1]), np.array([100])).value
    array([0.01])
    """
    return Ratio(firm_staff_unpaid, firm_staff)


@measure(unit="rate", better="less", headline="effect")
def firm_scams_met(firm_customers_cheated, adults, firms):
    """How likely is an adult to be cheated by a firm in a month?

    Victimisation rate: customers cheated, per adult and month.

    Undefined  where the scheme has no part on firms

    >>> firm_scams_met(np.array([1]), np.array([1_000]), np.array([9])).value
    array([0.001])
    """
    return Ratio(firm_customers_cheated, adults * (firms > 0))


@measure(unit="rate", better="less", headline="effect")
def firms_failing(firms_failed, firms):
    """How likely is a firm to fail in a month?

    Failure rate, for want of money alone.

    >>> firms_failing(np.array([1]), np.array([200])).value
    array([0.005])
    """
    return Ratio(firms_failed, firms)


@measure(unit="rate", better="less", headline="effect")
def firm_jobs_lost(firm_jobs_lost, firm_staff):
    """How likely is a worker to lose the job in a month because the firm fails?

    Jobs of firms that fail, over workers of firms.

    >>> firm_jobs_lost(np.array([1]), np.array([500])).value
    array([0.002])
    """
    return Ratio(firm_jobs_lost, firm_staff)


@measure(unit="share", better="neither", headline="effect")
def firm_arrears_by_inability(firm_unable_yuan, firm_owed_yuan):
    """Of what firms are behind with, how much could they not pay when it fell due?

    Arrears by inability, over all arrears of firms: cannot pay beside will not pay.

    >>> firm_arrears_by_inability(np.array([3]), np.array([4])).value
    array([0.75])
    """
    return Ratio(firm_unable_yuan, firm_owed_yuan)


@measure(unit="share", better="less", headline="with")
def firm_owners_sanctioned_share(firm_owners_sanctioned, firms):
    """How many owners of firms are under sanction as persons?

    Selection rate of owners, to stand beside `sanctioned_share`.

    >>> firm_owners_sanctioned_share(np.array([1]), np.array([50])).value
    array([0.02])
    """
    return Ratio(firm_owners_sanctioned, firms)


@measure(unit="share", better="neither", headline="with")
def firm_lowest_owner_sanctioned(firms_lowest_owners_sanctioned, firms_lowest):
    """My firm is in the lowest grade: how likely am I to be under sanction myself?

    Selection rate of owners whose firm is in the lowest grade: how far the two lists go together.

    Undefined  where no firm is in the lowest grade

    >>> firm_lowest_owner_sanctioned(np.array([1]), np.array([4])).value
    array([0.25])
    """
    return Ratio(firms_lowest_owners_sanctioned, firms_lowest)


@measure(unit="rate", better="less", headline="with")
def firms_visited(firm_granted_inspection, firms):
    """How often is a firm inspected?

    Visits per firm and month, more of them the lower the grade.

    >>> firms_visited(np.array([3]), np.array([100])).value
    array([0.03])
    """
    return Ratio(firm_granted_inspection, firms)


@measure(unit="share", better="less", headline="with")
def firms_refused_wrongly_share(
    firm_wrongly_credit, firm_wrongly_procurement, firm_wrongly_licence, firm_wrongly_listing,
    firm_refused_credit, firm_refused_procurement, firm_refused_licence, firm_refused_listing,
):  # fmt: skip
    """Of the firms turned away at a door, how many by a grade that is wrongful?

    Wrongful refusals of firms, over refusals by grade.

    >>> firms_refused_wrongly_share(*map(np.array, ([1], [0], [0], [0], [2], [1], [1], [0]))).value
    array([0.25])
    """
    wrongly = firm_wrongly_credit + firm_wrongly_procurement + firm_wrongly_licence
    refused = firm_refused_credit + firm_refused_procurement + firm_refused_licence
    return Ratio(wrongly + firm_wrongly_listing, refused + firm_refused_listing)
