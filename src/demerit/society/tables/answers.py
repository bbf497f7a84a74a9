"""Tables of answers: how people respond to law, to a scheme and to one another."""

from typing import Any, NamedTuple

import numpy as np

from demerit.society.tables.numbers import halved_16, lognormal_cells, wide


class Answers(NamedTuple):
    """Axes: score cell, ratio cell."""

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
    distress_16: int  # share of the unable who pay by going without, at full caution
    show_16: int  # how much more of a rewarded deed is done next to the edge
    crowding_16: int  # how much more of a deed is done once it has a small price
    price_256: int  # what part of all points is a small price
    mild_yuan: float  # what the law asks at the most for a deed that has no price yet
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
        threshold_256=round(256 * protest["threshold"]),
        police_16=round(65536 * protest["police_share"]),
        arrest_256=np.rint(256 * arrest).astype(np.int64),
        vpn_join_32=int(wide(vpn["leave"] * vpn["stock"] / (1 - vpn["stock"]))),
        vpn_leave_32=int(wide(vpn["leave"])),
        vpn_stock_16=round(65536 * vpn["stock"]),
        vpn_imitation_256=round(256 * vpn["imitation"]),
        vpn_caution_256=round(256 * vpn["on_caution"]),
        hiding_256=round(256 * vpn["hiding"]),
        degree=2 * round(a["ties"]["number"] / 2),
        rewired_32=int(wide(a["ties"]["rewired"])),
        distress_16=round(65536 * a["distress"]["share"]),
        show_16=round(65536 * a["gaming"]["show"]),
        crowding_16=round(65536 * a["crowding"]["rise"]),
        price_256=round(256 * a["crowding"]["price"]),
        mild_yuan=a["crowding"]["mild"],
        astray_32=astray(),
    )
