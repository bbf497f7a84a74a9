"""Names of the counters: the counter axis of the frames, which measures and charts name.

Each counts people of a group in a month, unless its name says yuan, entries or deals, or a deed, of
which it counts the times.
"""

import numpy as np

from demerit.columns import ANATOMY, DOORS

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
)  # fmt: skip
BY_DEED = ("deed", "withheld", "record", "false", "received", "sent", "entry", "shown")
DEED, WITHHELD, RECORD, FALSELY, RECEIVED, SENT, ENTRY, SHOWN = range(len(BY_DEED))
BY_DOOR = ("asked", "refused", "wrongly", "granted")
ASKED, REFUSED, REFUSED_WRONGLY, GRANTED = range(len(BY_DOOR))
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
    return [*PLAIN, *by_deed, *(f"{what}_{door}" for what in BY_DOOR for door in DOORS)]
