"""Error: who is under sanction, how often by mistake, and what the sanctions are for."""

from collections.abc import Callable

import numpy as np

from demerit.measures.registry import Measure, Ratio, measure, put, section

section("Error")


@measure(unit="share", better="neither", headline="with")
def sanctioned_share(sanctioned, scored):
    """How many of those who are scored are under sanction?

    Selection rate.

    Counts     sanctioned, scored: person-months
    Undefined  where nobody is scored

    >>> sanctioned_share(np.array([3]), np.array([60])).value
    array([0.05])
    """
    return Ratio(sanctioned, scored)


@measure(unit="rate", better="neither", headline="with")
def newly_sanctioned_rate(newly_sanctioned, scored):
    """How likely am I to come under sanction this month?

    Inflow into sanction, per scored person and month.

    >>> newly_sanctioned_rate(np.array([1]), np.array([1_000])).value
    array([0.001])
    """
    return Ratio(newly_sanctioned, scored)


@measure(unit="share", better="less", headline="with")
def wrongful_sanction_share(sanctioned_wrongly, sanctioned):
    """I am under sanction: how likely is it that true records would not have brought it?

    False discovery rate (one minus precision), by the but-for test: direct effect of error.

    Counts     sanctioned_wrongly: of the person-months under sanction, those in which the same
               file less what is false, mislabelled or another's lies above the edge
    Undefined  where nobody is under sanction
    Caution    A true record of an unjust rule counts as right here.
    Source     A. Chouldechova, "Fair prediction with disparate impact", Big Data 5(2), 2017,
               doi:10.1089/big.2016.0047 (from memory).

    >>> wrongful_sanction_share(np.array([3, 4]), np.array([30, 8])).value
    array([0.1, 0.5])
    """
    return Ratio(sanctioned_wrongly, sanctioned)


@measure(unit="share", better="less", headline="with")
def error_sanction_share(sanctioned_by_error, sanctioned):
    """Of those under sanction, how many are free in the world in which agencies make no mistakes?

    False discovery rate, total effect of error (against the world without errors on the same
    draws: true deeds that an error led to are in it).

    Counts     sanctioned_by_error: person-months under sanction of people who in the world without
               errors are not in that month
    Undefined  where nobody is under sanction
    Caution    By one pair of lives each: some are free there by other luck, and others are under
               sanction there alone.  What errors do to how many are under sanction is the column
               without errors of `sanctioned_share`.

    >>> error_sanction_share(np.array([1]), np.array([8])).value
    array([0.125])
    """
    return Ratio(sanctioned_by_error, sanctioned)


@measure(unit="rate", better="less", headline="with")
def wrongful_sanction_rate(sanctioned_wrongly, scored):
    """How likely am I, whoever I am, to be under sanction by mistake in a month?

    Burden of error on all who are scored.

    Counts     sanctioned_wrongly, scored: person-months
    Caution    A scheme that sanctions few can be small here and large in wrongful_sanction_share.

    >>> wrongful_sanction_rate(np.array([3]), np.array([1000])).value
    array([0.003])
    """
    return Ratio(sanctioned_wrongly, scored)


@measure(unit="share", better="less", headline="with")
def missed_sanction_share(missed, deserving):
    """Of those whom the rules would sanction if every true deed were seen, how many go free?

    False negative rate.

    Counts     missed: person-months of people not under sanction whose `seen` file is below the
               edge; deserving: person-months with such a file
    Caution    `seen` sees everything, which no agency does: the number says how little is seen.

    >>> missed_sanction_share(np.array([9]), np.array([10])).value
    array([0.9])
    """
    return Ratio(missed, deserving)


@measure(unit="share", better="less", headline="with")
def entries_not_own_share(entries_false, entries_foreign, entries):
    """Of what is written in people's files, how much is false or about somebody else?

    Error rate of entries (false, mislabelled or foreign over all that arrive).

    >>> entries_not_own_share(np.array([2]), np.array([1]), np.array([100])).value
    array([0.03])
    """
    return Ratio(entries_false + entries_foreign, entries)


section("Anatomy")


@measure(unit="share", better="neither", headline="with")
def sanction_anatomy(anatomy_harm, sanctioned):
    """Of 100 people being punished, how many for harm that they themselves did?

    Share of person-months under sanction in which true entries of harm alone would suffice.

    Counts     the seven anatomy counters add up to sanctioned
    Undefined  where nobody is under sanction

    >>> sanction_anatomy(np.array([36]), np.array([100])).value
    array([0.36])
    """
    return Ratio(anatomy_harm, sanctioned)


BUT_FOR = {
    "error": "entries that are false, mislabelled or somebody else's",
    "unable": "debts that they could not pay",
    "lawful": "lawful or protected conduct",
    "habit": "harmless habits",
    "standing": "somebody else's standing",
}
for _kind, _what in BUT_FOR.items():
    put(Measure(
        f"sanction_anatomy_{_kind}", "share", "less", "with",
        f"Of 100 people being punished, how many would be free but for {_what}, and for nothing"
        " else?",
        "Share of person-months under sanction in which this kind of entry alone decides: without"
        " it there would be no sanction, harm alone would not suffice, and to take away any other"
        " kind would not free.",
        (f"anatomy_{_kind}", "sanctioned"), Ratio,
    ))  # fmt: skip


@measure(unit="share", better="neither", headline="with")
def sanction_anatomy_mixed(anatomy_mixed, sanctioned):
    """Of 100 people being punished, how many for several kinds of reasons at once?

    Share of person-months under sanction in which harm alone does not suffice, and no one kind of
    entry alone decides: to take away any one of several would free, or to take away none of them.

    >>> sanction_anatomy_mixed(np.array([5]), np.array([100])).value
    array([0.05])
    """
    return Ratio(anatomy_mixed, sanctioned)


section("Error")
# What a wrong entry is about, as the table `fault` has it: its truth, and whether it was joined by
# name with records from elsewhere.
ANY, HERE, BY_NAME = slice(None), slice(0, 1), slice(1, 2)
WHOSE = {
    "agency": ("what nobody did: a mistake or a lie of who wrote it", 1, ANY),
    "eye": ("somebody else whom an agency, a camera or a neighbour took them for", 2, HERE),
    "name": ("somebody else of the same name, when files were joined", 2, BY_NAME),
    "label": ("something that happened but does not fall under the rule's own words", 3, ANY),
    "ground": ("a duty that they could not meet, under a rule against who could", 4, ANY),
}


def of_fault(truth: int, joined: slice) -> Callable[[np.ndarray], Ratio]:
    """A function of `fault` (truth, joined, group): entries of one kind over all that are wrong.

    >>> of_fault(2, BY_NAME)(np.array([[[9], [0]], [[2], [0]], [[1], [1]]])).value
    array([0.25])
    """
    return lambda fault: Ratio(fault[truth, joined].sum(axis=0), fault[1:].sum(axis=(0, 1)))


for _whose, (_what, _truth, _joined) in WHOSE.items():
    put(Measure(
        f"error_by_{_whose}_share", "share", "neither", "with",
        f"Of all wrong entries in people's files, how many are about {_what}?",
        "Source of error: share of the entries that cost points, arrive in a month in which the "
        "scheme stands and are false, foreign, mislabelled or groundless.",
        ("fault",), of_fault(_truth, _joined),
    ))  # fmt: skip


# ---- of sanctions: whose error keeps somebody there (tables of survey/trail.py, each month)

NOT_WRONG, NAMED, SEVERAL, REVIEWER = 0, slice(1, 7), 7, 8  # rows of the axis `cause`
BLAMED = {
    "agency": (1, "an entry about what nobody did"),
    "eye": (2, "an entry about somebody else, for whom I was taken by sight or by a neighbour"),
    "name": (3, "an entry about somebody else of my name, put on my file when files were linked"),
    "label": (4, "an entry about something that does not fall under the rule's own words"),
    "ground": (5, "an entry under a rule against those who could have paid, when I could not"),
    "stale": (6, "an entry whose term is over, or about a debt by judgment that I have paid since"),
    "several": (SEVERAL, "several of these errors at once"),
    "review": (REVIEWER, "an error that I complained of and a reviewer let stand"),
}


def of_blame(row: int) -> Callable[[np.ndarray], Ratio]:
    """A function of `blame` (clean file free, cause, group): sanctions of one cause over all that
    would not be but for some error, or for a debt since paid.

    >>> table = np.zeros((2, 9, 1)); table[0, 0] = 90
    >>> table[1, 1], table[1, 8], table[0, 6] = 5, 3, 2
    >>> of_blame(REVIEWER)(table).value
    array([0.3])
    """
    return lambda blame: Ratio(blame[:, row].sum(axis=0), blame[:, 1:].sum(axis=(0, 1)))


for _whose, (_row, _what) in BLAMED.items():
    put(Measure(
        f"wronged_by_{_whose}_share", "share", "neither", "with",
        "I am under sanction and should not be: how likely is it that what keeps me there is "
        f"{_what}?",
        "Attribution of wrongful sanctions, month by month: but-for test on each kind of untrue "
        "entry alone; several where more than one kind decides, or none alone; the reviewer's from "
        "the month after an appeal with ground is refused, whatever the entry, until the error is "
        "gone.  The eight shares add up to one.  Undefined where entries have no points of their "
        "own (ratings, learned scores): a mean, and weights that a fit moves, have no part that is "
        "one entry's; sanction_anatomy_error and appeal_refused_wrongly_share are told there.",
        ("blame",), of_blame(_row),
    ))  # fmt: skip


@measure(unit="share", better="less", headline="with")
def stale_sanction_share(blame):
    """I am under sanction: how likely is it that only entries that ought to be gone keep me there?

    Stale entries: sanctions that would not be but for entries that were overlooked when their term
    was over, or about judgments by which nothing is owed any more.

    Counts     blame (clean file free, cause), person-months under sanction: by stale entries alone;
               and of true files those that a paid debt keeps down with other entries
    Undefined  where nobody is under sanction, or entries have no points of their own
    Caution    Some schemes' own rules let an entry about a paid debt stand to the end of its term:
               it is counted here all the same, and is no error in wrongful_sanction_share.  What a
               scheme takes off goes on the day, unless its file says that some are overlooked
               (`erase.missed`).  A debt that the creditor gave up counts as paid.

    >>> table = np.zeros((2, 9, 1)); table[0, 6], table[0, 0], table[1, 1], table[1, 6] = 2, 6, 1, 1
    >>> stale_sanction_share(table).value
    array([0.3])
    """
    return Ratio(blame[0, 1:].sum(axis=0) + blame[1, 6], blame.sum(axis=(0, 1)))


@measure(unit="share", better="less", headline="with")
def entries_stale_share(outlived):
    """I am under sanction and my file holds a judgment against me: how likely is it that I have
    paid?

    Staleness of a register: of people under sanction with an entry about a judgment, the share that
    owes nothing by it any more.

    Counts     outlived (still owed, owed no more), person-months
    Undefined  where no such entry stands

    >>> entries_stale_share(np.array([[9], [1]])).value
    array([0.1])
    """
    return Ratio(outlived[1], outlived.sum(axis=0))


@measure(unit="share", better="less", headline="with")
def appeal_refused_wrongly_share(verdict):
    """My file is wrong and I complained: how likely does the reviewer leave it as it is?

    False negative rate of review: appeals with ground that are refused, over those decided.

    Counts     verdict (without or with ground, refused or granted), appeals decided
    Undefined  where no appeal with ground is decided
    Caution    With ground is a file that stands below the clean one when the answer comes; it is
               refused with the chance that the scheme's file names, in this model.

    >>> appeal_refused_wrongly_share(np.array([[[9], [1]], [[3], [1]]])).value
    array([0.75])
    """
    return Ratio(verdict[1, 0], verdict[1].sum(axis=0))


@measure(unit="share", better="less", headline="with")
def appeal_granted_wrongly_share(verdict):
    """Somebody complains of a file that is right: how likely does the reviewer give in?

    False positive rate of review: appeals without ground that are granted, over those decided.

    Counts     as appeal_refused_wrongly_share
    Undefined  where no appeal without ground is decided

    >>> appeal_granted_wrongly_share(np.array([[[9], [1]], [[3], [1]]])).value
    array([0.1])
    """
    return Ratio(verdict[0, 1], verdict[0].sum(axis=0))
