"""Tables of a scheme as the kernels see it.

Scheme, Society tables  ->  Tables

What people make of the points is in believed.py.
"""

from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from demerit import draws, facts
from demerit.columns import DOORS, GRADES_MAX, NEVER, POSTING, WORLDS
from demerit.scheme import Scheme, kinds, private
from demerit.scheme.believed import BUCKETS, crowd, fear, show
from demerit.scheme.firms import of_firms
from demerit.scheme.parts import JOINS, TIERS_MAX, is_sanctioned
from demerit.society.tables import wide
from demerit.society.tables.numbers import SCORE_CELLS

NOBODY = 255  # an age from which nobody is scored
ACCESS = 4  # a door as for everyone, in quarters


class Tables(NamedTuple):
    """A scheme for the kernels.  Axes: world, deed, tier (best first), door, bucket."""

    scored: np.ndarray  # (world,) the scheme exists in this world
    erring: np.ndarray  # (world,) records can be false, mislabelled or on the wrong person
    start: int  # points
    cap: int  # points
    age_from: int  # years
    points: np.ndarray  # (deed,) per entry; nought where not scored
    floor: np.ndarray  # (tier,) points
    edge: int  # points below which a tier carries a sanction
    access: np.ndarray  # (tier, door) quarters of what everyone has
    label_share_32: np.ndarray  # (deed,) share that falls under the scheme's stated words
    label_error_32: np.ndarray  # (deed,)
    fear_16: np.ndarray  # (deed, bucket) share withheld at full caution
    booked_32: int
    backlog_months: int
    interval_months: int
    public: int
    notice_32: int
    appeal_32: int
    success_32: int
    repeal_32: int
    repeal_months: int
    file_share_32: int  # people whom the scheme's file covers, over the society
    posted: np.ndarray  # (tier,) names of this tier are public
    visible: int  # a stranger may look up one's standing
    looked_at: int  # there is something to see: a standing, or a name on a public list
    show_16: np.ndarray  # (deed, bucket) how much more of a rewarded deed is done for show
    crowd_16: np.ndarray  # (deed,) how much more of a deed is done once it has a small price
    join_by: np.ndarray  # (agency,) row of JOINS
    join_month: np.ndarray  # (agency,) month from which its records are joined
    erase_months: int  # until an entry is taken off; NEVER
    paid_months: int  # until an entry about a debt is taken off once that is paid; NEVER
    missed_32: int  # chance a month that an entry that is due to go is overlooked
    ground: np.ndarray  # (deed,) the rule presumes that who did it was able to do otherwise
    sale_32: int  # chance a month that one who would buy points finds a seller
    sale_points: int
    price_fen: int
    shield_32: int  # share of records on the favoured that are never booked
    amnesty_32: int  # share of adults in protest that brings an amnesty
    amnesty_months: int
    harden_32: int  # ... that brings more police
    harden_256: int
    decide_32: int  # chance a month that a waiting appeal is decided
    unfounded_32: int  # share of appeals without ground that are granted
    repair_32: int  # chance a month that one under sanction who knows the rules earns points back
    repair_points: int
    officials: int  # those who run the scheme are subjects of it (step/office.py)
    open_32: np.ndarray  # (score cell,) chance that an official is for sale, by honesty
    settle_32: int  # chance a month that one for sale settles an account
    settle_deed: int  # row of the deed axis: what is booked then
    inspect_32: int  # chance that inspectors find out one act
    report_32: int  # chance that colleagues report one, none of them being for sale
    accuse_32: int  # chance a month that one who did nothing is disciplined
    office_start: int  # an official's points on taking office
    office_cost: int  # points that discipline costs
    office_floor: int  # points below which the office is lost
    office_grades: int  # how many grades of officials there are; nought: they are not graded
    office_grade_floor: np.ndarray  # (grade,) points; best first
    office_access: np.ndarray  # (grade, door) quarters of what everyone has
    petition: int  # rows of the deed axis
    criticism: int
    bribe_taken: int
    least: int  # points that a score never falls below
    aim: int  # points that who would gain by a reward looks to: the edge, or the lowest reward
    join_256: int  # share of those who may who have a file; 256 where nobody is asked
    join_online: int  # only internet users may
    by_assent_32: int  # share of people who join by what they think of such schemes
    peer_weight: int  # how many ratings the past counts for; nought where people do not rate people
    rates_32: int  # chance a month that a tie rates one
    sees_32: int  # share of ratings by a tie who has seen what one did
    usual: int  # rating of one of whom nothing is seen [points]
    noise_256: int  # how far ratings lie apart by mood [1/256 of 1/147.8 points]
    herd_256: int  # how far a rating follows the score that shows already
    learns: int  # weights are learned: points of entries are nought, and climate.weights hold
    traced: np.ndarray  # (deed,) what a learned score reads
    first: np.ndarray  # (deed,) weights until the first fit
    outcome: int  # row of the deed axis: what the score is to foretell
    every_months: int  # from one fit to the next; nought: none is made
    doubling_points: int  # for each doubling of the odds of no outcome
    most_points: int  # no weight lies further from nought
    prior_count: int  # people of the common odds beside those with a trace, and those without
    told_256: int  # how far the rules can be learned by reading; 256 where they are written
    firms: int  # firms live, and are graded where the scheme stands
    firm_points: np.ndarray  # (firm deed,) per entry
    firm_fear_16: np.ndarray  # (firm deed,) share that who knows the rules withholds
    firm_show_16: np.ndarray  # (firm deed,) how much more of a rewarded deed such a firm does
    firm_start: int
    firm_rating_months: int
    firm_owner_points: int  # taken off at a rating if the owner is under sanction
    firm_floor: np.ndarray  # (grade,) points; best first
    firm_lowest: int  # the lowest grade: 1 is the best
    firm_access: np.ndarray  # (grade from 0: not rated, firm door) quarters of what everyone has
    firm_lists: np.ndarray  # (firm deed,) one entry brings the blacklist and the lowest grade
    firm_list_months: int
    issuers: int  # private scores (scheme/private.py); the axes issuer and standing
    issuer_points: np.ndarray  # (issuer, deed) of a deed that is seen
    issuer_seen_16: np.ndarray  # (issuer, deed, home) chance that a month's deeds are seen
    customer_32: np.ndarray  # (issuer,) share of adults online who have an account
    mixed_32: np.ndarray  # (issuer,) chance a month that it is booked on another's account
    line_16: np.ndarray  # (issuer, line) start, least, cap, below, above [points / 16]
    kept_16: np.ndarray  # (issuer,) what a month leaves of points above or below the start
    partner: np.ndarray  # (issuer, standing, door) quarters of what everyone has
    partnered: np.ndarray  # (door,) some issuer's standing moves it
    # Of a rollout (scheme/rollout.py); nought for a scheme that begins everywhere in month 0.
    opens: int = 0  # month in which the state's files open
    issuer_opens: int = 0  # month in which private accounts open
    move_32: int = 0  # chance a month that one with a file has come from where it does not follow


def build(scheme: Scheme, society: Any, file_share: float) -> Tables:
    """The tables of a faultless scheme, beside those of the society that it runs on."""
    spec = scheme.spec
    deeds = list(facts.read("deeds.toml")["deed"])
    if spec["kind"] == "none":
        return none(len(deeds), society)
    if spec["kind"] == "private":
        return none(len(deeds), society)._replace(
            scored=np.array([0, 1, 1], np.int64),
            erring=np.array([0, 1, 0], np.int64),
            **private.tables(spec, society),
        )
    points = kinds.points(spec, deeds) * ("learned" not in spec)
    floors, access = _tiers(spec)
    free = [tier["floor"]["value"] for tier in spec["tier"] if not is_sanctioned(tier)]
    file, redress, repeal = spec["file"], spec["redress"], spec["repeal"]
    edge = min(free, default=spec["score"]["cap"]["value"] + 1)
    barred = len(free) < len(spec["tier"])
    return Tables(
        scored=np.array([0, 1, 1], np.int64),
        erring=np.array([0, 1, 0], np.int64),
        start=spec["score"]["start"]["value"],
        cap=spec["score"]["cap"]["value"],
        age_from=facts.value(spec, "people", "age_from") if "people" in spec else 0,
        points=points,
        floor=floors,
        edge=edge,
        access=access,
        **_label(spec, deeds),
        fear_16=fear(points if barred else 0 * points, society),
        booked_32=int(wide(file["booked_share"]["value"])),
        backlog_months=round(file["backlog_months"]["value"]),
        interval_months=round(file["interval_months"]["value"]),
        public=round(spec["posting"]["public"]["value"]),
        notice_32=int(wide(redress["notice"]["value"])),
        appeal_32=int(wide(redress["appeal"]["value"])),
        success_32=int(wide(redress["success"]["value"])),
        repeal_32=int(wide(repeal["share"]["value"])),
        repeal_months=round(repeal["months"]["value"]),
        file_share_32=int(wide(file_share * kinds.joined_share(spec))),
        posted=posted(spec, access),
        visible=visible(spec),
        looked_at=int(bool(visible(spec) or posted(spec, access).any())),
        show_16=show(points, society),
        crowd_16=crowd(points, society, spec["score"]["cap"]["value"]),
        **_joins(spec),
        **_erasure(spec),
        ground=np.array([deed in spec.get("ground", {}) for deed in deeds], np.uint8),
        **_authority(spec, society.per_yuan),
        **_officials(spec),
        aim=edge if barred else kinds.lowest_reward(spec, edge),
        **kinds.extras(spec),
        **kinds.learned(spec, deeds),
        **of_firms(spec.get("firms"), society),
        **private.tables(spec, society),
    )


def none(deeds: int, society: Any) -> Tables:
    """No scheme: nothing is scored in any world, every door stands as for everyone."""
    nought = np.zeros(deeds, np.int64)
    flat = np.zeros(len(WORLDS), np.int64)
    return Tables(
        scored=flat, erring=flat.copy(), start=0, cap=0, age_from=NOBODY, points=nought,
        floor=np.zeros(TIERS_MAX, np.int64), edge=0,
        access=np.full((TIERS_MAX, len(DOORS)), ACCESS, np.int64),
        label_share_32=np.full(deeds, draws.WORD, np.int64), label_error_32=nought.copy(),
        fear_16=np.zeros((deeds, BUCKETS), np.int64), booked_32=0, backlog_months=0,
        interval_months=1, public=0, notice_32=0, appeal_32=0, success_32=0,
        repeal_32=draws.WORD + 1, repeal_months=1, file_share_32=0,
        posted=np.zeros(TIERS_MAX, np.uint8), visible=0, looked_at=0,
        show_16=np.zeros((deeds, BUCKETS), np.int64), crowd_16=nought.copy(),
        ground=np.zeros(deeds, np.uint8), **_joins({}), **_erasure({}), **_authority({}, 1.0),
        **_officials({}),
        aim=0, **kinds.extras({}), **kinds.learned({}, list(facts.read("deeds.toml")["deed"])),
        **of_firms(None, None),
        **private.tables({}, society),
    )  # fmt: skip


def _tiers(spec: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Floors (tier,) [points] and access (tier, door) [quarters].

    Tiers that a scheme does not have stand behind its last, where no score falls.
    """
    access = np.full((TIERS_MAX, len(DOORS)), ACCESS, np.int64)
    for t, tier in enumerate(spec["tier"]):
        for door, fact in tier.get("doors", {}).items():
            access[t, DOORS.index(door)] = round(ACCESS * fact["value"])
    floors = np.zeros(TIERS_MAX, np.int64)
    floors[: len(spec["tier"])] = [tier["floor"]["value"] for tier in spec["tier"]]
    return floors, access


def _label(spec: dict[str, Any], deeds: list[str]) -> dict[str, Any]:
    """Which of the deeds seen fall under the scheme's own words, and how often that is mistaken."""
    label = np.array([[draws.WORD, 0]] * len(deeds), np.int64)
    for key, rule in spec.get("label", {}).items():
        label[deeds.index(key)] = wide([rule["share"]["value"], rule["error"]["value"]])
    return {"label_share_32": label[:, 0].copy(), "label_error_32": label[:, 1].copy()}


def posted(spec: dict[str, Any], access: np.ndarray) -> np.ndarray:
    """Which tiers are made public by name (tier,): those that say so, or all under sanction."""
    narrowed = np.zeros(TIERS_MAX, np.uint8)
    narrowed[: len(spec["tier"])] = [is_sanctioned(tier) for tier in spec["tier"]]
    all_of_them = narrowed * round(spec["posting"]["public"]["value"])
    return np.maximum(all_of_them, access[:, POSTING] == 0).astype(np.uint8)


def visible(spec: dict[str, Any]) -> int:
    """May anybody look up a standing?  If unsaid, where names are public."""
    return round(spec["posting"].get("visible", spec["posting"]["public"])["value"])


def _joins(spec: dict[str, Any]) -> dict[str, Any]:
    """Which databases are joined, how and when: all of them, by number or else name, if unsaid."""
    agencies = list(facts.read("agencies.toml")["agency"])
    by, month = (
        np.full(len(agencies), JOINS.index("none" if "peer" in spec else "both"), np.int64),
        np.zeros(len(agencies), np.int64),
    )
    for key, row in spec.get("join", {}).items():
        by[agencies.index(key)] = JOINS.index(row["by"]["value"])
        month[agencies.index(key)] = row["month"]["value"]
    return {"join_by": by, "join_month": month}


def _erasure(spec: dict[str, Any]) -> dict[str, Any]:
    """After how many months entries are taken off; nought in the file means never.

    A trace of a learned score is an entry that stands: its window is the term.
    """
    erase = spec.get("erase", {})
    months = {key: erase[key]["value"] if erase else 0 for key in ("months", "paid_months")}
    window = kinds.value(spec, "learned", "window_months", 0)
    return {
        "erase_months": months["months"] or window or NEVER,
        "paid_months": months["paid_months"] or NEVER,
        "missed_32": int(wide(erase.get("missed", {"value": 0})["value"])),
    }


def _authority(spec: dict[str, Any], per_yuan: float) -> dict[str, Any]:
    """What those who run the scheme sell, grant and answer to outcry with; nothing if unsaid.

    A price is in yuan, and one of them so many of the society's money.
    """

    def number(part: str, key: str, unsaid: float) -> float:
        found: float = spec.get(part, {}).get(key, {"value": unsaid})["value"]
        return found

    return {
        "sale_32": int(wide(number("favours", "sale", 0))),
        "sale_points": round(number("favours", "points", 0)),
        "price_fen": round(100 * per_yuan * number("favours", "price", 0)),
        "shield_32": int(wide(number("favours", "shield", 0))),
        "amnesty_32": int(wide(number("amnesty", "share", 2))),
        "amnesty_months": round(number("amnesty", "months", 1)),
        "harden_32": int(wide(number("harden", "share", 2))),
        "harden_256": round(256 * number("harden", "police", 1)),
        "decide_32": int(wide(1 / number("redress", "delay_months", 1))),
        "unfounded_32": int(wide(number("redress", "unfounded", 0))),
        "repair_32": int(wide(number("redress", "repair", 0))),
        "repair_points": round(number("redress", "repair_points", 0)),
    }


def _officials(spec: dict[str, Any]) -> dict[str, Any]:
    """Those who run the scheme; if unsaid, nobody in particular does."""
    deeds = list(facts.read("deeds.toml")["deed"])
    part = spec.get("officials", {})
    rules = {key: fact["value"] for key, fact in part.items() if key != "grade"}

    def threshold(key: str) -> int:
        return int(wide(rules.get(key, 0)))

    return {
        "officials": int(bool(rules)),
        "open_32": for_sale(rules.get("for_sale", 0), rules.get("load", 0)),
        "settle_32": threshold("settle"),
        "settle_deed": deeds.index(rules.get("settle_as", deeds[0])),
        "inspect_32": threshold("inspect"),
        "report_32": threshold("report"),
        "accuse_32": threshold("accuse"),
        "office_start": round(rules.get("start", 0)),
        "office_cost": round(rules.get("cost", 0)),
        "office_floor": round(rules.get("floor", 0)),
        **_office_grades(part.get("grade", [])),
        **{key: deeds.index(key) for key in ("petition", "criticism", "bribe_taken")},
    }


def _office_grades(grades: list[dict[str, Any]]) -> dict[str, Any]:
    """Grades of officials, best first, and how wide doors stand for them; none if unsaid."""
    floors = np.zeros(GRADES_MAX, np.int64)
    access = np.full((GRADES_MAX, len(DOORS)), ACCESS, np.int64)
    for k, grade in enumerate(grades):
        floors[k] = grade["floor"]["value"]
        for door, fact in grade.get("doors", {}).items():
            access[k, DOORS.index(door)] = round(ACCESS * fact["value"])
    return {
        "office_grades": len(grades), "office_grade_floor": floors, "office_access": access,
    }  # fmt: skip


def for_sale(share: float, load: float) -> np.ndarray:
    """The chance that an official is for sale, by honesty (score cell,) [2^-32].

    Readiness is a normal score that goes with honesty by `load`; the readiest `share` of officials
    are for sale.  So the share is what it says, whatever the load, and a larger share has all those
    in it whom a smaller one has.

    >>> table = for_sale(0.5, -0.6)
    >>> [round(x / draws.WORD, 2) for x in table[[192, 256, 320]].tolist()]
    [0.77, 0.5, 0.23]
    """
    if share in (0, 1):
        return np.full(SCORE_CELLS, share * draws.WORD, np.int64)
    normal = NormalDist()
    above, rest = normal.inv_cdf(share), (1 - load * load) ** 0.5
    honesty = (np.arange(SCORE_CELLS) - SCORE_CELLS // 2) / 64
    chances = [normal.cdf((above + load * z) / rest) for z in honesty]
    found: np.ndarray = wide(chances)
    return found
