"""Climate: what blocks share.  Month m's is made from whole counts up to month m - 1.

counts (world, region, item)  ->  Climate

Jobs and other rationed places: as many as under ordinary law last month, shared out among those
who ask now, so that what one is refused another gets (Crepon and others 2013).  Protest: how sure
arrest seems and how far legitimacy has fallen (Epstein 2002); a scheme may answer it with more
police.  Sabotage: what agencies that work by wire still see.  Press: how many hear of the scheme.
Namesakes: how many records of people elsewhere land here.  Firms: how many wages they withhold,
people they cheat and jobs they lose, beside those of ordinary law.  Weights of a learned score,
fitted to what all places together have on record.  And whether the scheme stands, and whether every
file begins anew (`Outcry`).

A region is a place, or the province of a place with too few people in the run.
"""

from typing import Any, NamedTuple

import numpy as np

from demerit import learned
from demerit.blocks import record_type
from demerit.columns import DOORS, LAW, WORLDS
from demerit.kernel import inline

# Counts of a month that the next month's climate is made from (the item axis).
PEOPLE, SCORED, ADULTS, PROTEST, POSTED, SABOTAGE = range(6)
# Of firms: workers, those whose wage is withheld, customers cheated, jobs of firms that fail.
STAFF, UNPAID, CHEATED, JOBS_LOST = range(6, 10)
ASKED = 10  # + door: askers, each weighted by the access of their tier (4: as for everyone)
OUT = ASKED + len(DOORS)  # + deed: records that left for a namesake elsewhere
# After these, in a month of a fit: files that a learned score learns from, those with the outcome;
# + deed: those that bore its trace when the year began; + deed: those of them with the outcome.
FILES, OUTCOMES, TRACES = range(3)
NATIONWIDE = ("weights",)  # no region has its own


class Climate(NamedTuple):
    """One month.  Axes: world, region, door, deed."""

    worlds: int  # how many worlds live apart by now: 1 before the start
    # By world; of a rollout by world and region:
    recording: np.ndarray  # (world,) agencies' records are kept for the scheme
    in_force: np.ndarray  # (world,) the scheme stands
    amnesty: np.ndarray  # (world,) this month every file begins anew
    door_32: np.ndarray  # (world, region, door) chance that an asker as everyone is let in
    hear_32: np.ndarray  # (world, region) chance to hear of the scheme this month
    legitimacy_256: np.ndarray  # (world, region)
    arrest_256: np.ndarray  # (world, region)
    seen_256: np.ndarray  # (world, region) what sabotage leaves of what electronic agencies see
    name_in_32: (
        np.ndarray
    )  # (world, region, deed) foreign records joined by name, per scored person
    # What this world's firms do beside those under ordinary law: 256 is as much.
    withheld_256: np.ndarray  # (world, region) spells in which a wage is withheld begin
    fraud_256: np.ndarray  # (world, region) people meet scams
    laid_256: np.ndarray  # (world, region) people lose jobs
    weights: np.ndarray  # (world, deed) points of a trace, where a score is learned; else nought


def by_region(climate: Climate, idle: bool = False, lived: int = len(WORLDS)) -> Any:
    """A record for each region, of fixed shape, for kernels (region,): one address and not a dozen
    arrays.  What a region does not have apart is the same in all records.

    `idle`: in this month before the start nobody looks at people, and what leaves nothing behind is
    not drawn.  `lived`: so many worlds are; in the others nothing stands and nothing is recorded.
    """
    regions = climate.hear_32.shape[1]
    fields: list[tuple[str, str, tuple[int, ...]]] = [("worlds", "i8", ()), ("idle", "i8", ())]
    rows: dict[str, np.ndarray] = {
        "worlds": np.full(regions, min(climate.worlds, lived)), "idle": np.full(regions, int(idle)),
    }  # fmt: skip
    for name, array in climate._asdict().items():
        if name != "worlds":
            own = array.ndim > 1 and name not in NATIONWIDE
            everywhere = np.broadcast_to(array, (regions, *array.shape))
            rows[name] = np.moveaxis(array, 1, 0) if own else everywhere
            fields.append((name, "i8", rows[name].shape[1:]))
    records = np.zeros(regions, record_type(fields))
    for name, row in rows.items():
        records[name] = row
    for name in ("recording", "in_force", "amnesty"):
        records[name][:, lived:] = 0
    return records.view(np.recarray)


def items(deeds: int) -> int:
    """Length of the item axis."""
    return OUT + deeds + TRACES + 2 * deeds


def before(society, regions: int, deeds: int, scheme=None) -> Climate:
    """The climate of ordinary law, in which the months before the start are lived.

    Of a scheme that learns it holds the weights that its file begins with.
    """
    worlds = len(WORLDS)
    shape = (worlds, regions)
    return Climate(
        worlds=1,
        recording=np.zeros(worlds, np.int64),
        in_force=np.zeros(worlds, np.int64),
        amnesty=np.zeros(worlds, np.int64),
        door_32=np.broadcast_to(society.open_32, (*shape, len(DOORS))).copy(),
        hear_32=np.zeros(shape, np.int64),
        legitimacy_256=np.full(shape, society.legitimacy_256, np.int64),
        arrest_256=np.full(shape, society.arrest_256[-1], np.int64),
        seen_256=np.full(shape, 256, np.int64),
        name_in_32=np.zeros((*shape, deeds), np.int64),
        withheld_256=np.full(shape, 256, np.int64),
        fraud_256=np.full(shape, 256, np.int64),
        laid_256=np.full(shape, 256, np.int64),
        weights=np.zeros((worlds, deeds), np.int64) if scheme is None
        else scheme.scored[:, None] * scheme.first,
    )  # fmt: skip


def follow(
    last: Climate,
    counts: np.ndarray,
    society,
    scheme,
    stands: np.ndarray,
    amnesty: np.ndarray | None = None,
) -> Climate:
    """The climate after a month with these counts (world, region, item).

    `stands` and `amnesty` (world,) say in which worlds the scheme is in force next month, and in
    which of these it opens every file anew (see `Outcry`).  In a rollout both are by place, and so
    are the numbers of `scheme`: (world, region) and (region,) (waves.py).
    """
    scored = np.maximum(1, counts[..., SCORED])
    adults = np.maximum(1, counts[..., ADULTS])
    protest_16 = (counts[..., PROTEST] << 16) // adults
    posted_16 = (counts[..., POSTED] << 16) // scored
    # 1% of adults in protest: half of the possible fall.
    fall = society.legitimacy_fall_256 * protest_16 // (protest_16 + 655)
    police_16 = society.police_16 * hardened(counts, scheme, stands) >> 8
    ratio = np.minimum(512, 16 * police_16 // np.maximum(1, protest_16))
    hear = society.press_32 + society.posted_gain_256 * (posted_16 << 16 >> 8)
    sabotage_16 = (counts[..., SABOTAGE] << 16) // adults
    damage = society.damage_256 * sabotage_16 // (sabotage_16 + society.damage_half_16)
    out = counts[..., OUT : OUT + last.weights.shape[1]]
    return Climate(
        worlds=len(WORLDS),
        recording=stands.copy(),
        in_force=stands.copy(),
        amnesty=stands * (np.zeros_like(stands) if amnesty is None else amnesty),
        door_32=doors(counts[..., ASKED:OUT], society),
        hear_32=np.minimum(hear, 1 << 32) * over_regions(stands),
        legitimacy_256=society.legitimacy_256 * (256 - fall) // 256,
        arrest_256=society.arrest_256[ratio],
        seen_256=256 - damage,
        name_in_32=(out << 32) // scored[..., None],
        **of_firms(counts, society),
        weights=refitted(last.weights, counts, scheme),
    )


def refitted(weights: np.ndarray, counts: np.ndarray, scheme) -> np.ndarray:
    """The weights of next month: fitted anew where this month's counts are those of a fit
    (frames/traces.py), to the files of all regions together; else as they were (world, deed)."""
    found, deeds = weights.copy(), weights.shape[1]
    total = counts[..., OUT + deeds :].sum(axis=1)
    with_trace = slice(TRACES, TRACES + deeds)
    with_both = slice(TRACES + deeds, TRACES + 2 * deeds)
    for world in np.flatnonzero(total[:, FILES]):
        people, outcomes = (int(total[world, item]) for item in (FILES, OUTCOMES))
        if outcomes in (0, people):  # nothing to learn from
            continue
        found[world] = learned.fit(
            people, outcomes, total[world, with_trace], total[world, with_both],
            int(scheme.doubling_points), int(scheme.most_points), int(scheme.prior_count),
        )  # fmt: skip
    return found


def of_firms(counts: np.ndarray, society) -> dict[str, np.ndarray]:
    """What this world's firms are to the people of their place, beside those under ordinary law
    (world, region) [1/256].

    Jobs: some are lost for other causes, too.  Wages and scams: a place has few firms, so that one
    case more is weighed against what else there is: a share of all workers, or of the adults who
    meet a scam.  At the least a quarter of ordinary law, at the most four times.
    """
    staff, adults = counts[LAW, :, STAFF], counts[LAW, :, ADULTS]
    unpaid = staff * society.withheld_start_32 // max(1, society.withheld_end_32)
    rows = (
        ("withheld_256", UNPAID, unpaid, society.firm_on_wages_256),
        ("fraud_256", CHEATED, adults * society.scam_32 >> 32, society.firm_on_fraud_256),
        ("laid_256", JOBS_LOST, staff * society.job_loss_32 >> 32, society.firm_on_jobs_256),
    )
    found = {}
    for name, item, rest, reach in rows:
        base = np.maximum(1, rest + counts[LAW, :, item])
        gap = 256 * (counts[..., item] - counts[LAW, :, item]) // base
        found[name] = 256 + (np.clip(gap, -192, 768) * reach >> 8)
    return found


def against(counts: np.ndarray) -> np.ndarray:
    """Protest that there would not be without the scheme (world, ...) [people]."""
    found: np.ndarray = np.maximum(0, counts[..., PROTEST] - counts[LAW, ..., PROTEST])
    return found


def hardened(counts: np.ndarray, scheme, stands: np.ndarray) -> np.ndarray:
    """How many times the police stand where protest is loud (world, region) [1/256].

    Loud: at or above the share that the scheme's file names, beside the protest under the law.
    """
    adults = np.maximum(1, counts[..., ADULTS])
    loud = (against(counts) << 32) >= scheme.harden_32 * adults
    return np.where(loud & (over_regions(stands) != 0), scheme.harden_256, 256)


def over_regions(stands: np.ndarray) -> np.ndarray:
    """What holds in whole worlds (world,) or by place (world, region), to go with the latter."""
    return stands if stands.ndim > 1 else stands[:, None]


@inline
def weight(wide, let_in):
    """What an asker at a door so wide takes of its places [quarters of what everyone takes].

    Nobody is let in more surely than for certain: where everyone's chance is `let_in` [2^-32], more
    access than makes certain takes no more.
    """
    return min(np.int64(wide), (np.int64(1) << 34) // max(np.int64(1), np.int64(let_in)))


def doors(asked: np.ndarray, society) -> np.ndarray:
    """The chance at each door for an asker as everyone (world, region, door).

    As many places as the askers under ordinary law were let into, whoever asks: `asked` is added up
    by `weight`, so that one who may not ask takes no place and one with priority takes two.  At the
    least a quarter, at the most four times the ordinary chance.  Elastic doors (tickets, loans)
    stand as they stood.
    """
    ordinary = society.open_32
    law = asked[LAW][None]
    taken = law + society.filled_256 * (asked - law) // 256
    shared = ordinary * law // np.maximum(1, taken)
    shared = np.where((asked > 0) & (law > 0), shared, ordinary)
    shared = np.clip(shared, ordinary // 4, np.minimum(1 << 32, 4 * ordinary))
    return np.where(society.rationed > 0, shared, ordinary)


class Outcry:
    """Counts the months in which protest was at or above the size that a scheme yields to.

    It ends the scheme, or, at another size, brings an amnesty: in the month after, every file
    begins anew.  After an amnesty its months are counted from nought.
    """

    def __init__(self, scheme):
        self.scheme = scheme
        self.months = np.zeros(len(WORLDS), np.int64)
        self.waiting = np.zeros(len(WORLDS), np.int64)  # months of protest since the last amnesty
        self.stands = np.array(scheme.scored, np.int64)
        self.amnesty = np.zeros(len(WORLDS), np.int64)  # after the month last heard
        self.month: list[int | None] = [None] * len(WORLDS)

    def hear(self, counts: np.ndarray, month: int) -> np.ndarray:
        """Take in a month's counts; return in which worlds the scheme still stands (world,)."""
        total = counts.sum(axis=1)
        adults, heard = np.maximum(1, total[:, ADULTS]), against(total) << 32
        self.months = np.where(heard >= self.scheme.repeal_32 * adults, self.months + 1, 0)
        for world in np.flatnonzero((self.months >= self.scheme.repeal_months) & self.stands):
            self.stands[world] = 0
            self.month[world] = month
        self.waiting = np.where(heard >= self.scheme.amnesty_32 * adults, self.waiting + 1, 0)
        self.amnesty = (self.waiting >= self.scheme.amnesty_months) * self.stands
        self.waiting[self.amnesty != 0] = 0
        return self.stands.copy()
