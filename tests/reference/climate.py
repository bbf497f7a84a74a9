"""Climate (7.13) and fate (7.14): what a month of a block, its own region, makes of the next."""

from dataclasses import dataclass, field
from types import SimpleNamespace

from demerit.columns import DOORS, ELSEWHERE, LAW, SCAM, WORLDS
from demerit.columns import WAGES_WITHHELD as WAGES
from reference.consequence import access, widest_or_narrowest
from reference.learned import refit
from reference.state import CERTAIN, DEEDS, Block, held


@dataclass
class Fate:
    """What outcry has come to in each world."""

    repeal_run: list[int] = field(default_factory=lambda: [0] * len(WORLDS))
    amnesty_run: list[int] = field(default_factory=lambda: [0] * len(WORLDS))


def follow(block: Block, climate, fate: Fate):
    """The climate of next month."""
    adults = sum(bool(person.adult) for person in block.people)
    protest = [sum(life.protesting for life in world.lives) for world in block.worlds]
    against = [max(0, here - protest[LAW]) for here in protest]
    rows = []
    for w in range(len(WORLDS)):
        stands = int(climate.in_force[w] and not ends(block.scheme, fate, w, against[w], adults))
        amnesty = int(stands and pardons(block.scheme, fate, w, against[w], adults))
        here = of_world(block, climate, w, stands, protest[w], against[w], adults)
        here |= {"in_force": stands, "recording": stands, "amnesty": amnesty}
        rows.append(here)
    return SimpleNamespace(
        worlds=len(WORLDS), **{name: [row[name] for row in rows] for name in rows[0]}
    )


def ends(scheme, fate: Fate, w: int, against: int, adults: int) -> bool:
    """Protest against the scheme was large for so many months in a row."""
    large = against << 32 >= scheme.repeal_32 * adults
    fate.repeal_run[w] = fate.repeal_run[w] + 1 if large else 0
    return fate.repeal_run[w] >= scheme.repeal_months


def pardons(scheme, fate: Fate, w: int, against: int, adults: int) -> bool:
    """Every file opens anew, and months are counted from nought again."""
    large = against << 32 >= scheme.amnesty_32 * adults
    fate.amnesty_run[w] = fate.amnesty_run[w] + 1 if large else 0
    if fate.amnesty_run[w] < scheme.amnesty_months:
        return False
    fate.amnesty_run[w] = 0
    return True


def of_world(block, climate, w: int, stands: int, protest: int, against: int, adults: int):
    """The items of 7.13 in one world."""
    s, scheme, lives = block.society, block.scheme, block.worlds[w].lives
    scored = max(1, sum(person.scored for person in block.people))
    p = (protest << 16) // max(1, adults)
    damaged = (sum(life.sabotaging for life in lives) << 16) // max(1, adults)
    fall = s.legitimacy_fall_256 * p // (p + 655)
    hardened = stands and against << 32 >= scheme.harden_32 * adults
    h = scheme.harden_256 if hardened else 256
    k = min(512, 16 * (s.police_16 * h >> 8) // max(1, p))
    return {
        "legitimacy_256": s.legitimacy_256 * (256 - fall) // 256,
        "arrest_256": s.arrest_256[k],
        "seen_256": 256 - s.damage_256 * damaged // (damaged + s.damage_half_16),
        "hear_32": hear(block, climate, w, scored) if stands else 0,
        "name_in_32": [(gone << 32) // scored for gone in gone_elsewhere(block.worlds[w])],
        "door_32": [chance(block, climate, w, door) for door in range(len(DOORS))],
        "weights": refit(block, climate, w),
        **of_firms(block, w, adults),
    }


def of_firms(block, w: int, adults: int) -> dict[str, int]:
    """What the firms of this world are to people, beside those under ordinary law."""
    s, found = block.society, {}
    staff = sum(firm.staff for firm in block.firms)
    rows = (
        ("withheld_256", unpaid, staff * s.withheld_start_32 // max(1, s.withheld_end_32),
         s.firm_on_wages_256),
        ("fraud_256", cheated, adults * s.scam_32 >> 32, s.firm_on_fraud_256),
        ("laid_256", laid_off, staff * s.job_loss_32 >> 32, s.firm_on_jobs_256),
    )  # fmt: skip
    for name, count, rest, reach in rows:
        law, here = (
            sum(count(s, firm, block.worlds[world].firms[firm.row]) for firm in block.firms)
            for world in (LAW, w)
        )
        gap = held(256 * (here - law) // max(1, rest + law), -192, 768)
        found[name] = 256 + (gap * reach >> 8)
    return found


def unpaid(s, firm, state) -> int:
    return firm.staff * state.done[WAGES]


def cheated(s, firm, state) -> int:
    return (firm.staff * s.firm_customers_256 >> 8) * state.done[SCAM]


def laid_off(s, firm, state) -> int:
    return firm.staff * (1 - state.open)


def hear(block, climate, w: int, scored: int) -> int:
    """The press, and names that are posted."""
    named = sum(
        person.scored and block.scheme.posted[life.tier]
        for person, life in zip(block.people, block.worlds[w].lives, strict=True)
        if climate.in_force[w]
    )
    posted = (named << 16) // scored
    return min(CERTAIN, block.society.press_32 + block.society.posted_gain_256 * (posted << 8))


def gone_elsewhere(world) -> list[int]:
    """This month's records that went to the file of a namesake outside, by deed."""
    gone = [0] * len(DEEDS)
    for record in world.ledger[world.new :]:
        gone[record.deed] += record.due == ELSEWHERE
    return gone


def places_taken(block, climate, w: int, door: int) -> int:
    """Quarters of a place that askers take; more access than makes certain takes no more."""
    most = 2**34 // max(1, climate.door_32[w][door])
    return sum(
        min(width(block, climate, w, person, life, door), most)
        for person, life in zip(block.people, block.worlds[w].lives, strict=True)
        if life.asked[door]
    )


def chance(block, climate, w: int, door: int) -> int:
    """Next month's chance that an asker as everyone is let in."""
    s = block.society
    at_rest = s.open_32[door]
    law, here = (places_taken(block, climate, world, door) for world in (LAW, w))
    if not s.rationed[door] or law == 0 or here == 0:
        return at_rest
    x = at_rest * law // max(1, law + s.filled_256 * (here - law) // 256)
    return max(at_rest // 4, min(x, CERTAIN, 4 * at_rest))


def width(block, climate, w: int, person, life, door: int) -> int:
    """What the state and private scores make of a door for one asker."""
    a = access(block, climate, w, person, life, door)
    if climate.in_force[w] and block.scheme.partnered[door]:
        a = widest_or_narrowest(block.scheme, life.standing, door, a)
    return a
