"""Names of the counters: the counter axis of the frames, which measures and charts name.

Each counts people of a group in a month, unless its name says yuan, entries or deals, or a deed, of
which it counts the times.
"""

import numpy as np

from demerit.columns import (
    ANATOMY,
    DOORS,
    FIRM_DEEDS,
    FIRM_DOORS,
    GRADES_MAX,
    ISSUERS_MAX,
)
from demerit.kernel import inline

TIERS = 4
THIN_DOORS = ("loan", "card")  # where a bank asks what is known of an applicant

PLAIN = (
    "people", "scored", *(f"tier_{k}" for k in range(TIERS)), "score_sum", "sanctioned",
    "sanctioned_wrongly", *(f"anatomy_{kind}" for kind in ANATOMY[1:]), "deserving", "missed",
    "labour", "employed", "displaced", "placed", "due", "unpaid_unable", "unpaid_choice",
    "protest", "vpn", "aware_heard", "aware_rules", "aware_score", "posted", "appeals",
    "corrected", "chilled", "deterred", "sanctioned_by_error", "spared_by_error", "entries",
    "entries_false", "entries_foreign",
    "adults", "thin", "seeking", "prestige", "sanctioned_labour", "sanctioned_employed",
    # Money: people behind, and by how much; judgment debtors; unpaid wages; loans of the run; who
    # cannot cover the first of their dues, is helped by ties, or pays by going without.
    "arrears", "arrears_yuan", "arrears_unable_yuan", "judgments", "wages_withheld", "loans",
    "poor", "supported", "distressed",
    # `assured` deals are those made after a look at the stranger's standing; `belief_sum` is over
    # people to whom a deal was offered [1/256].
    "deals_offered", "deals_made", "deals_honoured", "deals_assured", "deals_assured_honoured",
    "belief_sum",
    "approving", "sabotage", "bought", "shielded", "favoured_scored", "favoured_sanctioned",
    "newly_sanctioned", "low_ties", "files_held", "files_foreign", "entries_held",
    "entries_groundless", "refusal_cost_yuan", "refusal_cost_minutes",
    *(f"thin_{what}_{door}" for what in ("asked", "granted") for door in THIN_DOORS),
    # Of the scored in each tier, those in the upper half of honesty.  Officials, of those whom the
    # scheme makes subjects of a score of their own.
    *(f"honest_tier_{k}" for k in range(TIERS)),
    "officials", "accounts_settled", "disciplined", "disciplined_wrongly",
    # Private scores: people with an account; doors that such a score alone shut, and wrongly so; of
    # the pairs of one person's scores those in the same half, and with the first or second in the
    # upper one.
    "customers", "private_refused", "private_refused_wrongly", "private_pairs",
    "private_pairs_same", "private_pairs_first", "private_pairs_second",
)  # fmt: skip
BY_DEED = ("deed", "withheld", "record", "false", "received", "sent", "entry", "shown")
DEED, WITHHELD, RECORD, FALSELY, RECEIVED, SENT, ENTRY, SHOWN = range(len(BY_DEED))
BY_DOOR = ("asked", "refused", "wrongly", "granted")
ASKED, REFUSED, REFUSED_WRONGLY, GRANTED = range(len(BY_DOOR))
# Of firms, in the groups of their owners; noughts where the scheme has no part on firms.  `lowest`:
# in the lowest grade; by `unable`: for want of money; jobs: of firms that fail.
FIRM_PLAIN = (
    "firms", "firm_staff", "firms_rated", *(f"firms_grade_{k + 1}" for k in range(GRADES_MAX)),
    "firms_lowest", "firms_lowest_wrongly", "firms_failed", "firm_jobs_lost", "firm_staff_unpaid",
    "firm_customers_cheated", "firm_owed_yuan", "firm_unable_yuan", "firm_owners_sanctioned",
    "firms_lowest_owners_sanctioned",
)  # fmt: skip
BY_FIRM_DEED = ("deed", "unable", "withheld", "entry", "false")
FIRM_DEED, FIRM_UNABLE, FIRM_WITHHELD, FIRM_ENTRY, FIRM_FALSE = map(np.int64, range(5))
BY_FIRM_DOOR = ("asked", "refused", "wrongly", "granted")
FIRM_ASKED, FIRM_REFUSED, FIRM_REFUSED_WRONGLY, FIRM_LET_IN = map(np.int64, range(4))
# Accounts of each issuer: all; favoured; refused by partners; standing lower than on their own,
# unmixed with another's; held by people whom the state scores, of these in the same half as there,
# in the issuer's upper half, and in the state's.
BY_ISSUER = ("accounts", "above", "below", "lowered", "twofold", "alike", "high", "state_high")
ACCOUNTS, ABOVE_LINE, BELOW_LINE, LOWERED, TWOFOLD, ALIKE, HIGH, STATE_HIGH = range(len(BY_ISSUER))
# Look-ups of people by who looked; those that saw a mark, that saw one wrongly, and that saw none
# where there would be one had every deed been seen; what was held against people, and wrongly.
LOOK_UPS = (
    "looked_up_employer", "looked_up_match", "looked_up_tie", "looked_up_creditor",
    "look_ups_marked", "look_ups_wrong", "look_ups_missed", "look_up_jobs_lost",
    "look_up_matches_lost", "look_up_ties_lost", "look_up_terms_worse", "look_up_losses_wrong",
)  # fmt: skip
# Officials in each grade and in the lowest; doors at which one was passed over for it.
OFFICE_GRADES = (
    *(f"officials_grade_{k + 1}" for k in range(GRADES_MAX)), "officials_lowest",
    "officials_passed_over",
)  # fmt: skip
# Of a learned score, noughts elsewhere: people in another tier by new weights alone; points that
# traces cost, all of them, those of habits that harm nobody, and those of harm.
LEARNED = ("regraded", "trace_points_lost", "trace_points_lost_habit", "trace_points_lost_harm")
# Parts that most schemes lack: where they are noughts throughout, no digest holds them.
PARTS = frozenset((*LOOK_UPS, *OFFICE_GRADES, *LEARNED))
FIRST = np.int64(len(PLAIN))  # where counters by deed begin


def row(name: str) -> np.int64:
    """The row of a plain counter, as the kind of number that kernels are not made anew for."""
    return np.int64(PLAIN.index(name))


def counters(deeds: list[str]) -> list[str]:
    """Names of the counter axis.

    >>> counters(["bribe"])[FIRST : FIRST + 2]
    ['deed_bribe', 'withheld_bribe']
    """
    by_deed = [f"{what}_{deed}" for what in BY_DEED for deed in deeds]
    by_door = [f"{what}_{door}" for what in BY_DOOR for door in DOORS]
    by_issuer = [f"{what}_issuer_{k + 1}" for what in BY_ISSUER for k in range(ISSUERS_MAX)]
    of_firms = [f"firm_{what}_{deed}" for what in BY_FIRM_DEED for deed in FIRM_DEEDS]
    of_firms += [f"firm_{what}_{door}" for what in BY_FIRM_DOOR for door in FIRM_DOORS]
    return [*PLAIN, *by_deed, *by_door, *by_issuer, *FIRM_PLAIN, *of_firms, *LOOK_UPS,
            *OFFICE_GRADES, *LEARNED]  # fmt: skip


@inline
def after_firms(world):
    """Row of the counter axis where those of look-ups begin, and then those of grades in office."""
    by_axis = len(BY_DEED) * world.deeds + len(BY_DOOR) * world.doors
    by_axis += len(BY_ISSUER) * ISSUERS_MAX + len(FIRM_PLAIN)
    by_axis += len(BY_FIRM_DEED) * len(FIRM_DEEDS) + len(BY_FIRM_DOOR) * len(FIRM_DOORS)
    return FIRST + by_axis


# How a plain counter is counted: in which worlds its mark is added up, or by no mark at all.
BY_HAND, IN_ALL, BUT_LAW, IN_FORCE, BY_ERRORS = range(5)
ONLY_FORCE = (
    *(f"tier_{k}" for k in range(TIERS)), "sanctioned", "sanctioned_wrongly", "deserving", "missed",
    "appeals", "corrected", "sanctioned_labour", "sanctioned_employed", "bought", "shielded",
    "favoured_scored", "favoured_sanctioned", "newly_sanctioned", "low_ties", "files_held",
    "files_foreign", "entries_held", *(f"anatomy_{kind}" for kind in ANATOMY[1:]),
    *(f"honest_tier_{k}" for k in range(TIERS)),
    "customers", "private_refused", "private_refused_wrongly", "private_pairs",
    "private_pairs_same", "private_pairs_first", "private_pairs_second",
)  # fmt: skip
ONLY_BUT_LAW = ("displaced", "placed", "aware_heard", "aware_rules", "aware_score", "approving")
ONLY_ERRORS = ("sanctioned_by_error", "spared_by_error")
OTHERWISE = (
    "score_sum", "posted", "chilled", "deterred", "entries", "entries_false", "entries_foreign",
    "entries_groundless", "arrears_yuan", "arrears_unable_yuan", "refusal_cost_yuan",
    "refusal_cost_minutes", "officials", "accounts_settled", "disciplined", "disciplined_wrongly",
)  # fmt: skip


def kind(name: str) -> int:
    """How one plain counter is counted."""
    groups = ((OTHERWISE, BY_HAND), (ONLY_BUT_LAW, BUT_LAW), (ONLY_FORCE, IN_FORCE),
              (ONLY_ERRORS, BY_ERRORS))  # fmt: skip
    return next((k for names, k in groups if name in names), IN_ALL)


KINDS = np.array([kind(name) for name in PLAIN], np.int64)
