"""Tables of deeds and of who records them.

A watch is an agency that looks for a deed: the watches of a deed stand together, and the first of
them that sees it books it, so that one deed makes one record at the most.
"""

from typing import Any, NamedTuple

import numpy as np

from demerit.columns import DUES, SPELLS
from demerit.draws import poisson_guide, poisson_table
from demerit.society.tables.numbers import wide

# How a deed comes about (deeds.toml, `kind`; step/behave.py).
KINDS = ("once", "count", "spell", "membership", "due", "tie", "on_time", "firm")
ONCE, COUNT, SPELL, MEMBERS, DUE, TIE, ON_TIME, FIRM = range(len(KINDS))
HARMFUL, LAWFUL, HABIT, STANDING = range(4)  # classes of deeds, as step/audit.py takes files apart
HABITS = ("consumption", "health")  # contexts of harmless habits
DELAYS = 3  # months that a record can be late at the most
HOMES = ("village", "town")  # rows of coverage: as `urban` says


class Deeds(NamedTuple):
    """Axes: deed, agency, watch (an agency that looks for a deed), home (village, town)."""

    kind: np.ndarray  # (deed,) row of KINDS
    spell: np.ndarray  # (deed,) row of SPELLS, or -1
    due: np.ndarray  # (deed,) how many dues are covered by who can pay this one; 0: not a due
    due_deed: np.ndarray  # (due,) row of the deed axis, in the order of DUES
    deed_class: np.ndarray  # (deed,) harmful, lawful or protected, habit, another's standing
    voiced: np.ndarray  # (deed,) speech, which grievance feeds
    hidden: np.ndarray  # (deed,) done on the internet: a VPN hides it
    law_cost_yuan: np.ndarray  # (deed,) what ordinary law makes of being caught
    spell_end_32: int  # chance that a spell of neglect ends
    traffic: int  # row of the deed axis: driving offences, which ordinary law fines
    poisson_32: np.ndarray  # (mean, k) chance of at most k deeds (draws.poisson)
    poisson_guide: np.ndarray  # (mean, word) where to begin looking in it
    fine_32: int  # share of driving offences that ordinary law fines
    breach: int  # row of the deed axis: broken contracts, over which people are sued
    watch_from: np.ndarray  # (deed + 1,) where the watches of each deed begin
    watch_agency: np.ndarray  # (watch,) row of the agency axis
    watch_seen_32: np.ndarray  # (watch, home) chance that this agency records the deed
    watch_false_32: np.ndarray  # (watch,) false records per person at risk and month
    watches: np.ndarray  # (agency,) sees more of those who live in view
    electronic: np.ndarray  # (agency,) works by wire: a VPN hides from it, sabotage stops it
    wrong_32: np.ndarray  # (agency,) share booked on another member of the block
    by_name_32: np.ndarray  # (agency,) share of records that carry a name and no number
    late_32: np.ndarray  # (agency, delay) chance of at least so many months' delay
    lost_32: np.ndarray  # (agency,) share that never arrives


def deed_class(deed: dict[str, Any]) -> int:
    """The class of a deed: another's standing, protected conduct, harm, harmless habit, the rest.

    >>> deed_class({"kind": "once", "context": "speech", "harm": True, "protected": False,
    ...     "lawful": {"value": False}}) == HARMFUL
    True
    """
    if deed["kind"] in ("tie", "firm"):
        return STANDING
    if deed["protected"]:
        return LAWFUL
    if deed["harm"]:
        return HARMFUL
    return HABIT if deed["context"] in HABITS or not deed["lawful"]["value"] else LAWFUL


def deeds(deeds_file: dict[str, Any], agencies_file: dict[str, Any]) -> Deeds:
    """The tables of deeds.toml and agencies.toml."""
    table, agencies = deeds_file["deed"], agencies_file["agency"]
    keys, rows, agency_keys = list(table), list(table.values()), list(agencies)
    watch = [
        (agency_keys.index(key), share["value"])
        for deed in rows
        for key, share in deed["seen"].items()
    ]
    counts = [len(deed["seen"]) for deed in rows]
    of_agency = np.array([agency for agency, _ in watch], np.int64)
    coverage = np.array(
        [[agency[f"coverage_{home}"]["value"] for home in HOMES] for agency in agencies.values()]
    )

    def flags(found: Any) -> np.ndarray:
        return np.array(list(found), np.uint8)

    def shares(name: str) -> np.ndarray:
        return np.array([agency[name]["value"] for agency in agencies.values()], float)

    late, seen = shares("late"), np.array([share for _, share in watch])
    spoken = flags(deed["context"] == "speech" for deed in rows)
    traffic, poisson = keys.index("traffic_offence"), poisson_table()
    return Deeds(
        kind=np.array([KINDS.index(deed["kind"]) for deed in rows], np.int64),
        spell=np.array([SPELLS.index(k) if k in SPELLS else -1 for k in keys], np.int64),
        due=np.array([DUES.index(k) + 1 if k in DUES else 0 for k in keys], np.int64),
        due_deed=np.array([keys.index(k) for k in DUES], np.int64),
        deed_class=np.array([deed_class(deed) for deed in rows], np.int64),
        voiced=spoken,
        hidden=flags(deed["at_risk"] == "online" for deed in rows),
        law_cost_yuan=np.array([deed["law_cost"]["value"] for deed in rows], float),
        spell_end_32=int(wide(1 / table["elder_neglect"]["spell_months"]["value"])),
        traffic=traffic,
        poisson_32=poisson,
        poisson_guide=poisson_guide(poisson),
        fine_32=int(wide(rows[traffic]["fined"]["value"])),
        breach=keys.index("contract_breach"),
        watch_from=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        watch_agency=of_agency,
        watch_seen_32=wide(np.minimum(1, seen[:, None] * coverage[of_agency])),
        watch_false_32=wide(shares("false"))[of_agency],
        watches=flags(agency["watches"] for agency in agencies.values()),
        electronic=flags(agency["electronic"] for agency in agencies.values()),
        wrong_32=wide(shares("wrong")),
        by_name_32=wide(shares("by_name")),
        late_32=wide(late[:, None] ** np.arange(1, DELAYS + 1)),
        lost_32=wide(shares("lost")),
    )
