"""Tables of a society as the months read it: deeds, agencies, doors, households, answers.

deeds.toml, agencies.toml, doors.toml, responses.toml, societies/<key>/household.toml  ->  Tables

Integers throughout: chances as thresholds on a 32-bit word (`_32`), shares in 1/256 (`_256`) or
1/65536 (`_16`), money in fen.
"""

from typing import Any, NamedTuple

import numpy as np

from demerit import draws, facts
from demerit.columns import DOORS

PAY = ("late_bill", "loan_default")
SPELLS = ("elder_neglect", "banned_group")
HARMFUL, LAWFUL, HABIT, STANDING = range(4)  # classes of deeds, as step/audit.py takes files apart
DELAYS = 3  # months that a record can be late at the most
SCORE_CELLS = 513  # a grid over a normal score: from -4 to 4 in 64ths of a standard deviation


class Tables(NamedTuple):
    """A society for the kernels.  Axes: deed, door, home (rural, urban)."""

    counted: np.ndarray  # (deed,) may happen more than once a month
    spell: np.ndarray  # (deed,) row among the lasting states, or -1
    payment: np.ndarray  # (deed,) done when a due goes unpaid
    deed_class: np.ndarray  # (deed,) harmful, lawful or protected, habit, another's standing
    online: np.ndarray  # (deed,) hidden by a VPN
    voiced: np.ndarray  # (deed,) speech, which grievance feeds
    watched: np.ndarray  # (deed,) seen more in those who live in view
    seen_32: np.ndarray  # (deed,) chance that a deed is recorded; up to 2**32
    false_32: np.ndarray  # (deed,) false records per person at risk and month
    wrong_32: np.ndarray  # (deed,) share booked on another member of the block
    by_name_32: np.ndarray  # (deed,) share joined by name alone
    late_32: np.ndarray  # (deed, delay) chance of at least so many months' delay
    lost_32: np.ndarray  # (deed,) share that never arrives
    law_cost_yuan: np.ndarray  # (deed,) what ordinary law makes of being caught
    spell_end_32: int  # chance that a spell of neglect ends
    late_bill: int  # row of the deed axis
    loan_default: int
    knock_32: np.ndarray  # (door,) chance to knock in a month
    open_32: np.ndarray  # (door,) share let in under ordinary law
    rationed: np.ndarray  # (door,) yes/no
    labour_256: int
    need_fen: np.ndarray  # (home,) a head
    bills_256: int
    instalment_256: int
    buffer_256: np.ndarray  # (score cell,) months of household income, by hardship
    spending_256: int
    illness_32: int
    illness_fen: int
    benefit_256: int
    job_loss_32: int
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
    threshold_256: int
    police_16: int
    arrest_256: np.ndarray  # (ratio cell,) arrest probability by police per protester, in 16ths
    vpn_join_32: int
    vpn_leave_32: int
    vpn_stock_16: int
    vpn_imitation_256: int
    vpn_caution_256: int
    hiding_256: int
    degree: int
    rewired_32: int
    astray_32: np.ndarray  # (cell,) chance that a name leads astray, by others of it in 64ths


def deed_class(deed: dict[str, Any]) -> int:
    """The class of a deed: lawful or protected conduct first, then harm, then habit.

    >>> deed_class({"harm": True, "protected": False, "lawful": {"value": False}}) == HARMFUL
    True
    """
    if deed["protected"]:
        return LAWFUL
    if deed["harm"]:
        return HARMFUL
    return LAWFUL if deed["lawful"]["value"] else HABIT


def lognormal_cells(spread: float, centre: float) -> np.ndarray:
    """centre x exp(spread x score) over the grid of scores, in 256ths (SCORE_CELLS,)."""
    score = (np.arange(SCORE_CELLS) - SCORE_CELLS // 2) / 64
    return np.rint(256 * centre * np.exp(spread * score)).astype(np.int64)


def build(key: str, employed_per_unemployed: float, values: facts.Values | None = None) -> Tables:
    """The tables of a society; `values` replaces numbers by name."""
    deeds = facts.read("deeds.toml", values)["deed"]
    agencies = facts.read("agencies.toml", values)["agency"]
    doors = facts.read("doors.toml", values)["door"]
    answers = facts.read("responses.toml", values)
    house = facts.read(f"societies/{key}/household.toml", values)
    return Tables(
        **_deeds(deeds, agencies),
        **_doors(doors, house, employed_per_unemployed),
        **_household(house),
        **_answers(answers),
    )


def wide(p: Any) -> np.ndarray:
    """Chances as thresholds in 64 bits, so that a certainty is 2**32 and above any word."""
    return np.rint(np.asarray(p, np.float64) * draws.WORD).astype(np.int64)


def _deeds(deeds: dict[str, Any], agencies: dict[str, Any]) -> dict[str, Any]:
    keys, rows = list(deeds), list(deeds.values())
    watchers = [agencies[deed["agency"]] for deed in rows]

    def flags(found: Any) -> np.ndarray:
        return np.array(list(found), np.uint8)

    def shares(name: str) -> np.ndarray:
        return np.array([agency[name]["value"] for agency in watchers], float)

    late = shares("late")
    return {
        "counted": flags(deed["counted"] for deed in rows),
        "spell": np.array([SPELLS.index(k) if k in SPELLS else -1 for k in keys], np.int64),
        "payment": flags(deed["payment"] for deed in rows),
        "deed_class": np.array([deed_class(deed) for deed in rows], np.int64),
        "online": flags(deed["at_risk"] == "online" for deed in rows),
        "voiced": flags(deed["context"] == "speech" for deed in rows),
        "watched": flags(agency["watches"] for agency in watchers),
        "seen_32": wide(shares("seen")),
        "false_32": wide(shares("false")),
        "wrong_32": wide(shares("wrong")),
        "by_name_32": wide(shares("by_name")),
        "late_32": wide(late[:, None] ** np.arange(1, DELAYS + 1)),
        "lost_32": wide(shares("lost")),
        "law_cost_yuan": np.array([deed["law_cost"]["value"] for deed in rows], float),
        "spell_end_32": int(wide(1 / deeds["elder_neglect"]["spell_months"]["value"])),
        "late_bill": keys.index("late_bill"),
        "loan_default": keys.index("loan_default"),
    }


def _doors(doors: dict[str, Any], house: dict[str, Any], employed_per_unemployed: float) -> dict:
    loss = facts.value(house, "work", "job_loss_rate")
    # Employment rests where jobs found by those who ask equal jobs lost.
    asking = doors["job"]["knock"]["value"]
    found = {"job": min(1.0, loss * employed_per_unemployed / asking)}
    rows = [doors[key] for key in DOORS]
    opened = [found[k] if k in found else doors[k]["granted"]["value"] for k in DOORS]
    return {
        "knock_32": wide([door["knock"]["value"] for door in rows]),
        "open_32": wide(opened),
        "rationed": np.array([door["kind"] == "rationed" for door in rows], np.uint8),
    }


def _household(house: dict[str, Any]) -> dict[str, Any]:
    cash = {key: fact["value"] for key, fact in house["cash"].items()}
    need = [cash["subsistence_rural"], cash["subsistence_urban"]]
    return {
        "labour_256": round(256 * cash["labour_share"]),
        "need_fen": np.array([round(100 * yuan) for yuan in need], np.int64),
        "bills_256": round(256 * cash["bills_share"]),
        "instalment_256": round(256 * cash["instalment_share"]),
        # Hardship is the other end of a full buffer.
        "buffer_256": lognormal_cells(-cash["buffer_spread"], cash["buffer_months"]),
        "spending_256": round(256 * cash["spending_share"]),
        "illness_32": int(wide(cash["illness_rate"])),
        "illness_fen": round(100 * cash["illness_cost"]),
        "benefit_256": round(256 * cash["benefit_share"]),
        "job_loss_32": int(wide(house["work"]["job_loss_rate"]["value"])),
    }


def _halved_16(months: float) -> int:
    """What is left after a month of something that halves in `months` [1/65536].

    >>> _halved_16(1)
    32768
    """
    return round(65536 * 0.5 ** (1 / months))


def astray() -> np.ndarray:
    """E[n / (n + 1)] for a Poisson number n of others, by its mean in 64ths up to 16 (cell,).

    It is 1 - (1 - exp(-m)) / m.

    >>> [round(float(x) / 2**32, 3) for x in astray()[[0, 64]]]
    [0.0, 0.368]
    """
    mean = np.arange(1024) / 64
    kept = np.divide(-np.expm1(-mean), mean, out=np.ones(1024), where=mean > 0)
    return wide(1 - kept)


def _answers(answers: dict[str, Any]) -> dict[str, Any]:
    a = {t: {k: fact["value"] for k, fact in rows.items()} for t, rows in answers.items()}
    felt = ("inability", "entry", "false_entry", "sanction", "refusal", "tie", "posting")
    learnt = ("rules", "own_entry", "tie")
    vpn, protest = a["evasion"], a["protest"]
    # Epstein 2002: 1 - exp(-k C/A); C/A in 16ths up to 32.
    arrest = 1 - np.exp(-protest["arrest"] * np.arange(513) / 16)
    return {
        "chill_16": round(65536 * a["chilling"]["share"]),
        "severity": a["deterrence"]["severity"],
        "exclusion_cost_yuan": a["deterrence"]["exclusion_cost"],
        "fade_16": _halved_16(a["deterrence"]["half_life"]),
        "launch_32": int(wide(a["awareness"]["launch"])),
        "press_32": int(wide(a["awareness"]["press"])),
        "posted_gain_256": round(256 * a["awareness"]["posted_gain"]),
        "learn_32": int(wide(a["awareness"]["learn_rules"])),
        "look_up_32": int(wide(a["awareness"]["look_up"])),
        "caution": np.array([round(255 * a["caution"][f"on_{k}"]) for k in learnt], np.int64),
        "grievance": np.array([round(255 * a["grievance"][f"on_{k}"]) for k in felt], np.int64),
        "grievance_fade_16": _halved_16(a["grievance"]["half_life"]),
        "touch_256": lognormal_cells(a["grievance"]["touchiness"], 1.0),
        "voice_256": round(256 * a["grievance"]["voice"]),
        "legitimacy_256": round(256 * protest["legitimacy"]),
        "legitimacy_fall_256": round(256 * protest["legitimacy_fall"]),
        "threshold_256": round(256 * protest["threshold"]),
        "police_16": round(65536 * protest["police_share"]),
        "arrest_256": np.rint(256 * arrest).astype(np.int64),
        "vpn_join_32": int(wide(vpn["leave"] * vpn["stock"] / (1 - vpn["stock"]))),
        "vpn_leave_32": int(wide(vpn["leave"])),
        "vpn_stock_16": round(65536 * vpn["stock"]),
        "vpn_imitation_256": round(256 * vpn["imitation"]),
        "vpn_caution_256": round(256 * vpn["on_caution"]),
        "hiding_256": round(256 * vpn["hiding"]),
        "degree": 2 * round(a["ties"]["number"] / 2),
        "rewired_32": int(wide(a["ties"]["rewired"])),
        "astray_32": astray(),
    }
