"""Tables of doors: who knocks, who is let in under ordinary law, what a refusal costs.

Work of high standing: its share at rest and what a bar from work costs follow from the same rates
in closed form (`at_rest`, `employed_after`).
"""

from typing import Any, NamedTuple

import numpy as np

from demerit import facts
from demerit.columns import DOORS
from demerit.society.tables.numbers import wide

# Who may knock (doors.toml, `who`); the first ones do not change, nor differ between worlds.
WHO = ("adult", "parent", "online", "young", "unemployed", "employed", "in need", "nobody")
ADULTS, PARENTS, ONLINE, YOUNG, UNEMPLOYED, EMPLOYED, IN_NEED, NOBODY = range(len(WHO))
# The parts of life that a refusal touches.
TOUCHES = ("work", "wage", "money", "debt", "schooling", "ties", "travel", "information")
RISES = ("promotion", "prestige", "office")  # doors that lead to work of high standing


class Doors(NamedTuple):
    """Axes: door."""

    knock_32: np.ndarray  # (door,) chance to knock in a month
    who: np.ndarray  # (door,) row of WHO
    open_32: np.ndarray  # (door,) share let in under ordinary law
    rationed: np.ndarray  # (door,) yes/no
    filled_256: int  # part of the places refused to some that others get
    under: np.ndarray  # (door,) row of the door that, shut, shuts this one too; its own if none
    thin_16: np.ndarray  # (door,) of those let in, share if no bank has a record of the person
    judgment_16: np.ndarray  # (door,) of those let in, share if the person owes by a judgment
    cost_yuan: np.ndarray  # (door,) what a refusal costs that the household's book does not hold
    per_yuan: float  # what a yuan of the data files is in the society's money, which is counted
    cost_minutes: np.ndarray  # (door,) what it costs in time
    prestige_256: int  # share more that work of high standing pays
    prestige_start_32: int  # share of the employed who hold such work at rest
    review_32: int  # chance that a holder is looked at in a month
    demoted_32: int  # chance that a holder loses it in a month under ordinary law, employed still


def doors(spec: dict[str, Any], house: dict[str, Any], employed_per_unemployed: float) -> Doors:
    """The tables of doors.toml."""
    table = spec["door"]
    loss = facts.value(house, "work", "job_loss_rate")
    # Employment rests where jobs found by those who ask equal jobs lost.
    asking = table["job"]["knock"]["value"]
    found = {"job": min(1.0, loss * employed_per_unemployed / asking)}
    rows = [table[key] for key in DOORS]
    opened = [found[k] if k in found else table[k]["granted"]["value"] for k in DOORS]
    prestige = {key: table["prestige"][key]["value"] for key in ("pay", "review", "ended")}
    demoted = prestige["review"] * prestige["ended"]
    # Prices stand in yuan; a household's book is in the society's money, called yuan and fen too.
    per_yuan = float(facts.value(house, "money", "per_yuan")) if "money" in house else 1.0

    def numbers(name: str, times: float, unsaid: float = 0) -> np.ndarray:
        said = [door.get(name, {"value": unsaid})["value"] for door in rows]
        return np.rint(times * np.array(said, float)).astype(np.int64)

    return Doors(
        knock_32=wide([door["knock"]["value"] for door in rows]),
        who=np.array([WHO.index(door["who"]) for door in rows], np.int64),
        open_32=wide(opened),
        rationed=np.array([door["kind"] == "rationed" for door in rows], np.uint8),
        filled_256=round(256 * facts.value(spec, "places", "filled")),
        under=np.array([DOORS.index(table[k].get("under", k)) for k in DOORS], np.int64),
        thin_16=numbers("thin_granted", 65536, 1),
        judgment_16=numbers("judgment_granted", 65536, 1),
        cost_yuan=numbers("cost_yuan", per_yuan),
        per_yuan=per_yuan,
        cost_minutes=numbers("cost_hours", 60),
        prestige_256=round(256 * prestige["pay"]),
        prestige_start_32=int(wide(at_rest(gain(table), demoted, loss))),
        review_32=int(wide(prestige["review"])),
        demoted_32=int(wide(demoted)),
    )


def gain(table: dict[str, Any]) -> float:
    """Chance that one of the employed comes to work of high standing in a month."""
    missed = [1 - table[key]["knock"]["value"] * table[key]["granted"]["value"] for key in RISES]
    return float(1 - np.prod(missed))


def at_rest(gained: float, demoted: float, loss: float) -> float:
    """Share of the employed who hold work of high standing, where it rests.

    A month on, of those who keep their jobs holders stay unless demoted and others may gain; who
    finds a job begins without: p = (1 - loss) (p (1 - demoted) + (1 - p) gained).

    >>> at_rest(0.0, 0.1, 0.01), round(at_rest(0.01, 0.0, 0.0), 9)
    (0.0, 1.0)
    """
    kept = 1 - loss
    left = 1 - kept * (1 - demoted - gained)
    return kept * gained / left if gained > 0 else 0.0


def employed_after(months: int, width: float, loss: float, per_unemployed: float) -> float:
    """Share employed of those at rest before, after months in which the job door stands this wide.

    A check, not an input: a negative mark that stands a year longer costs 3 points of employment
    (M. Bos, E. Breza, A. Liberman, "The labor market effects of credit market information", Review
    of Financial Studies 31(6), 2018).  Displacement is left out: the barred are few.

    >>> round(employed_after(12, 1.0, 0.01, 19.0), 3), round(employed_after(12, 0.0, 0.01, 19.0), 3)
    (0.95, 0.842)
    """
    share = per_unemployed / (1 + per_unemployed)
    found = min(1.0, width * loss * per_unemployed)
    for _ in range(months):
        share = share * (1 - loss) + (1 - share) * found
    return share
