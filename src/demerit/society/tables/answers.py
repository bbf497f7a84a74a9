"""Tables of answers: how people respond to law, to a scheme and to one another."""

from typing import Any, NamedTuple

import numpy as np

from demerit.society.tables.numbers import SCORE_CELLS, halved_16, lognormal_cells, wide

BYTES_SD = (4 * (256**2 - 1) / 12) ** 0.5  # of the sum of four even bytes (step/begin.py)


class Answers(NamedTuple):
    """Axes: score cell (numbers.SCORE_CELLS), ratio cell."""

    chill_16: int  # share of lawful deeds withheld at full caution
    severity: float  # elasticity
    exclusion_cost_yuan: float
    fade_16: int  # what is left of caution after a month
    launch_32: int
    press_32: int
    posted_gain_256: int
    learn_32: int
    look_up_32: int
    caution: np.ndarray  # (rules, own entry, tie) 1/256
    grievance: np.ndarray  # (inability, entry, false entry, sanction, refusal, tie, posting) 1/256
    grievance_fade_16: int
    touch_256: np.ndarray  # (score cell,) how much a wrong weighs
    voice_256: int
    legitimacy_256: int
    legitimacy_fall_256: int
    threshold_16: int
    pull_16: int  # what is added to the will to protest where all of one's ties protest
    police_16: int
    arrest_256: np.ndarray  # (ratio cell,) arrest probability by police per protester, in 16ths
    vpn_join_32: int
    vpn_leave_32: int
    vpn_stock_16: int
    vpn_imitation_256: int
    vpn_caution_256: int
    hiding_256: int
    approve_256: int  # share of those who have heard of a scheme that approves of it
    told_256: int  # less, of those who know its rules
    sour_256: int  # less, at full grievance
    sabotage_32: int  # chance a month that one aggrieved damages what watches or serves the scheme
    aggrieved: int  # grievance from which one is aggrieved [1/256]
    damage_256: int  # share of what electronic agencies see that sabotage can take at the most
    damage_half_16: int  # share of adults at which half of that is lost
    groundless_16: int  # chance to appeal without ground, in parts of that of who is wronged
    offer_32: int  # chance a month that an adult is offered a deal by a stranger
    honour_16: np.ndarray  # (score cell,) share of deals kept, by honesty, without need or fear
    need_cut_16: int  # share of them that need takes away
    learning_256: int  # share of a surprise that moves belief
    assured_256: int  # share of that, where standing was looked up first
    check_32: int  # chance that standing is looked up before a deal
    belief_spread_256: int  # how far beliefs lie apart at rest, per unit of the sum of four bytes
    belief_dip_16: int  # how far they lie below what is kept: who believes less learns more slowly
    degree: int
    rewired_32: int
    distress_16: int  # share of the unable who pay by going without, at full caution
    show_16: int  # how much more of a rewarded deed is done next to the edge
    crowding_16: int  # how much more of a deed is done once it has a small price
    price_256: int  # what part of all points is a small price
    mild_yuan: float  # what the law asks at the most for a deed that has no price yet
    tie_looks_32: int  # chance a month that a close tie looks a person up
    employer_looks_32: int  # ... that an employer looks an employee up
    landlord_looks_32: int  # ... that a landlord looks a tenant up
    hirer_looks_32: int  # chance that an employer looks up who is about to be hired
    match_looks_32: int  # ... that a match does
    lender_looks_32: int  # ... that a lender does
    not_hired_32: int  # chance that a mark, seen, costs the job that was on offer
    dismissed_32: int  # ... the job that is held
    declined_32: int  # ... the match
    shunned_32: int  # ... the tie who saw it
    dearer_256: int  # how much more interest a lender asks
    deposit_256: int  # how many months' rent a landlord asks on top
    astray_32: np.ndarray  # (cell,) chance that a name leads astray, by others of it in 64ths


def astray() -> np.ndarray:
    """E[n / (n + 1)] for a Poisson number n of others, by its mean in 64ths up to 16 (cell,).

    It is 1 - (1 - exp(-m)) / m.

    >>> [round(float(x) / 2**32, 3) for x in astray()[[0, 64]]]
    [0.0, 0.368]
    """
    mean = np.arange(1024) / 64
    kept = np.divide(-np.expm1(-mean), mean, out=np.ones(1024), where=mean > 0)
    return wide(1 - kept)


def deals(deal: dict[str, float]) -> dict[str, Any]:
    """Tables of dealing with strangers.

    A belief that moves by a share g of each surprise, where deals are kept with chance h, has
    the variance h (1 - h) g / (2 - g) at rest.  Who believes less deals less, and so stays there
    longer: the mean lies below h by that variance over h.
    """
    score = (np.arange(SCORE_CELLS) - SCORE_CELLS // 2) / 64
    odds = np.log(deal["honoured"] / (1 - deal["honoured"])) + deal["on_honesty"] * score
    kept = 1 / (1 + np.exp(-odds))
    weight = np.exp(-score * score / 2)
    mean, g = float((kept * weight).sum() / weight.sum()), deal["learning"]
    variance = mean * (1 - mean) * g / (2 - g)
    return {
        "offer_32": int(wide(deal["offer"])),
        "honour_16": np.rint(65536 * kept).astype(np.int64),
        "need_cut_16": round(65536 * deal["on_need"]),
        "learning_256": round(256 * g),
        "assured_256": round(256 * deal["on_assurance"]),
        "check_32": int(wide(deal["look_up"])),
        "belief_spread_256": round(256 * 256 * variance**0.5 / BYTES_SD),
        "belief_dip_16": round(65536 * variance / mean),
    }


def look_ups(rates: dict[str, float]) -> dict[str, Any]:
    """Tables of who looks people up and what they make of it (step/inquire.py)."""
    names = {
        "tie_looks": "tie", "employer_looks": "employee", "landlord_looks": "landlord",
        "hirer_looks": "hire", "match_looks": "match", "lender_looks": "lender",
        "not_hired": "not_hired", "dismissed": "dismissed", "declined": "declined",
        "shunned": "shunned",
    }  # fmt: skip
    found: dict[str, Any] = {f"{to}_32": int(wide(rates[of])) for to, of in names.items()}
    return found | {f"{to}_256": round(256 * rates[to]) for to in ("dearer", "deposit")}


def answers(spec: dict[str, Any]) -> Answers:
    """The tables of responses.toml."""
    a = {t: {k: fact["value"] for k, fact in rows.items()} for t, rows in spec.items()}
    felt = ("inability", "entry", "false_entry", "sanction", "refusal", "tie", "posting")
    learnt = ("rules", "own_entry", "tie")
    vpn, protest = a["evasion"], a["protest"]
    # Epstein 2002: 1 - exp(-k C/A); C/A in 16ths up to 32.
    arrest = 1 - np.exp(-protest["arrest"] * np.arange(513) / 16)
    return Answers(
        chill_16=round(65536 * a["chilling"]["share"]),
        severity=a["deterrence"]["severity"],
        exclusion_cost_yuan=a["deterrence"]["exclusion_cost"],
        fade_16=halved_16(a["deterrence"]["half_life"]),
        launch_32=int(wide(a["awareness"]["launch"])),
        press_32=int(wide(a["awareness"]["press"])),
        posted_gain_256=round(256 * a["awareness"]["posted_gain"]),
        learn_32=int(wide(a["awareness"]["learn_rules"])),
        look_up_32=int(wide(a["awareness"]["look_up"])),
        caution=np.array([round(255 * a["caution"][f"on_{k}"]) for k in learnt], np.int64),
        grievance=np.array([round(255 * a["grievance"][f"on_{k}"]) for k in felt], np.int64),
        grievance_fade_16=halved_16(a["grievance"]["half_life"]),
        touch_256=lognormal_cells(a["grievance"]["touchiness"], 1.0),
        voice_256=round(256 * a["grievance"]["voice"]),
        legitimacy_256=round(256 * protest["legitimacy"]),
        legitimacy_fall_256=round(256 * protest["legitimacy_fall"]),
        threshold_16=round(65536 * protest["threshold"]),
        pull_16=round(65536 * protest["pull"]),
        police_16=round(65536 * protest["police_share"]),
        arrest_256=np.rint(256 * arrest).astype(np.int64),
        vpn_join_32=int(wide(vpn["leave"] * vpn["stock"] / (1 - vpn["stock"]))),
        vpn_leave_32=int(wide(vpn["leave"])),
        vpn_stock_16=round(65536 * vpn["stock"]),
        vpn_imitation_256=round(256 * vpn["imitation"]),
        vpn_caution_256=round(256 * vpn["on_caution"]),
        hiding_256=round(256 * vpn["hiding"]),
        approve_256=round(256 * a["approval"]["first"]),
        told_256=round(256 * a["approval"]["told"]),
        sour_256=round(256 * a["approval"]["on_grievance"]),
        sabotage_32=int(wide(a["sabotage"]["share"])),
        aggrieved=round(255 * a["sabotage"]["aggrieved"]),
        damage_256=round(256 * a["sabotage"]["damage"]),
        damage_half_16=max(1, round(65536 * a["sabotage"]["half"])),
        groundless_16=round(65536 * a["redress"]["without_ground"]),
        **deals(a["deal"]),
        degree=2 * round(a["ties"]["number"] / 2),
        rewired_32=int(wide(a["ties"]["rewired"])),
        distress_16=round(65536 * a["distress"]["share"]),
        show_16=round(65536 * a["gaming"]["show"]),
        crowding_16=round(65536 * a["crowding"]["rise"]),
        price_256=round(256 * a["crowding"]["price"]),
        mild_yuan=a["crowding"]["mild"],
        **look_ups(a["lookups"]),
        astray_32=astray(),
    )
