"""A block filled at random, and what numpy adds up of it: every counter by plain addition."""

from types import SimpleNamespace

import numpy as np

from demerit import climate as cl
from demerit import frames
from demerit.blocks import World, one_block
from demerit.columns import (  # fmt: skip
    ANATOMY,
    BROKEN,
    DOORS,
    ELSEWHERE,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    HONOURED,
    LAW,
    LOST,
    MISLABELLED,
    NO_DEAL,
    NO_ERRORS,
    SCHEME,
    WORLDS,
)
from demerit.frames.names import BY_ISSUER, LOOK_UPS, OFFICE_GRADES
from demerit.society.people import GROUPINGS
from demerit.society.tables import HABIT, HARMFUL
from demerit.step.begin import begin_groups

MONTH = 7
WORLDS_ALL = len(WORLDS)
RECORDS, ISSUERS = 900, 4
GROUPS = sum(len(names) for names in GROUPINGS.values())
# Columns filled at random, by world or not, by the largest number that each may hold.
ALIKE = {"scored": 1, "honest": 1, "thin": 1, "favoured": 1, "bill_fen": 900, "rent_fen": 900,
         "instalment_fen": 900, "age_years": 90, "wage_fen": 900}  # fmt: skip
BY_WORLD = {
    "able": 4, "wage_withheld": 1, "fine_due": 1, "arrears_fen": 90_000,
    "arrears_unable_fen": 90_000, "judgment_fen": 90_000, "loan_fen": 90_000, "supported": 7,
    "distressed": 1, "shielded": 3, "entry_held": 255, "score_points": 1_300, "tier": 3,
    "sanctioned": 1, "newly_sanctioned": 1, "foreign_held": 9, "wrongful": 1, "deserving": 1,
    "employed": 1, "prestige_held": 1, "awareness": 3, "protesting": 1, "evading": 1, "tie_low": 5,
    "approving": 1, "sabotaging": 1, "dealt": 3, "assured": 1, "belief": 255, "bought_points": 80,
    "correction_points": 80, "appealed": 1, "shut": 2**19 - 1, "shut_wrongly": 2**19 - 1,
    "regraded": 1, "outcome_came": 1,
    "looked_up": 63, "look_up_cost": 63,
}  # fmt: skip
BY_ROW = {"deed_count": 16, "deed_withheld": 16, "deed_shown": 16, "asked": 1, "refused": 1,
          "granted": 1}  # fmt: skip
DENSITIES = (0, 0.004, 0.04, 0.6, 1)  # shares of people who hold something, or differ by world


def draw(rng, most, people, density):
    """Whole numbers up to `most` for a share of people, nought for the others (person,)."""
    return np.where(rng.random(people) < density, rng.integers(1, most + 1, people), 0)


def in_worlds(rng, most, people):
    """A row in every world: how full it is, and how many differ, are drawn too (world, person)."""
    rows = [draw(rng, most, people, rng.choice(DENSITIES[1:]))]
    for _ in WORLDS[1:]:
        other = draw(rng, most, people, rng.choice(DENSITIES[1:]))
        rows.append(np.where(rng.random(people) < rng.choice(DENSITIES), other, rows[-1]))
    return np.array(rows)


def fill_ledger(rng, world, people, deeds):
    """Records of which some are new, some are due, and some are on another's name."""
    for w in range(1, len(WORLDS)):
        world.file.record_total[w], world.file.record_new[w] = RECORDS, RECORDS // 3
        columns = {
            "person": rng.integers(0, people, RECORDS), "doer": rng.integers(0, people, RECORDS),
            "deed": rng.integers(0, deeds, RECORDS), "joined": rng.integers(0, 2, RECORDS),
            "truth": rng.integers(0, 5, RECORDS),
            "due": rng.choice([MONTH, MONTH + 1, LOST, ELSEWHERE], RECORDS),
        }  # fmt: skip
        for name, column in columns.items():
            part = world.file if name not in {"doer", "truth"} else world.life
            part[f"record_{name}"][w, :RECORDS] = column


def fill_desks(rng, world, people):
    """Some officials, of whom a few lost their office, and some desks at which nobody sits."""
    world.life.desk_total[:] = desks = 12
    for w in range(len(WORLDS)):
        for name, most in (("person", people), ("gone", people), ("target", people),
                           ("disciplined", 2), ("points", 1_000), ("passed", 3)):  # fmt: skip
            row = draw(rng, most, desks, rng.choice([0.2, 0.6]))
            world.life[f"desk_{name}"][w, :desks] = row


def random_block(rng, people, deeds):
    """A block of people with random columns, in random groups."""
    view = one_block(1, 0, people, deeds, len(GROUPINGS), GROUPS)
    world = World(*view)
    first = 0
    for grouping, names in enumerate(GROUPINGS.values()):
        world.life.group[grouping, :people] = first + rng.integers(0, len(names), people)
        first += len(names)
    begin_groups(world)

    def part(name):
        return world.file if name in world.file.dtype.names else world.life

    for name, most in ALIKE.items():
        part(name)[name][:people] = draw(rng, most, people, rng.choice([0.04, 0.6]))
    for name, most in BY_WORLD.items():
        part(name)[name][:, :people] = in_worlds(rng, most, people)
    for name, most in BY_ROW.items():
        cube = part(name)[name]
        for k in range(cube.shape[1]):
            cube[:, k, :people] = in_worlds(rng, most, people)
    for deed in range(deeds):
        world.life.deed_rate[deed, :people] = draw(rng, 9, people, 0.6)
    for w in range(1, len(WORLDS)):  # a reason for each sanction and for no other
        reasons = rng.integers(1, len(ANATOMY), people)
        world.life.anatomy[w, :people] = reasons * world.file.sanctioned[w, :people]
    world.life.swayed[:] = 1  # any row of deeds may hold something
    fill_ledger(rng, world, people, deeds)
    fill_desks(rng, world, people)
    fill_accounts(rng, world, people)
    for name in ("trace_bits", "past_bits"):
        for w in range(1, len(WORLDS)):
            borne = rng.random((deeds, people)) < 0.1
            world.file[name][w, :people] = np.uint64(2) ** np.arange(deeds, dtype=np.uint64) @ borne
    return world


def fill_accounts(rng, world, people):
    """Private scores of any standing, of some people each, many of them alike."""
    file = world.file
    file.customer[:, :people] = rng.integers(0, 2, (ISSUERS, people))
    for w in range(1, len(WORLDS)):
        shape = ISSUERS, people
        file.private_16[w, :, :people] = rng.integers(16 * 400, 16 * 450, shape)
        file.standing[w, :, :people] = rng.integers(1, 4, shape) * file.customer[:, :people]
        clean = rng.integers(1, 4, shape) * file.customer[:, :people]
        world.life.clean_standing[w, :, :people] = clean


def counted(world, tables, deeds, stands=(0, 1, 1), worlds=WORLDS_ALL):
    """The counts of a block: by name (world, group), and what the climate is made from."""
    society, scheme = tables
    names = frames.counters(deeds)
    climate = cl.before(society, 1, len(deeds), scheme)
    climate = cl.by_region(climate._replace(worlds=worlds, in_force=np.array(stands)))[0]
    out = np.zeros((len(WORLDS), len(names), GROUPS), np.int64)
    shared = np.zeros((len(WORLDS), 1, cl.items(len(deeds))), np.int64)
    frames.count(world, society, scheme, climate, MONTH, out, shared)
    by_name = dict(zip(names, np.moveaxis(out, 1, 0), strict=True))
    return SimpleNamespace(by_name=by_name, shared=shared[:, 0], out=out)


def by_group(world, row):
    """Numbers of people (person,) added up by group."""
    totals = np.zeros(GROUPS, np.int64)
    for groups in world.life.group[:, : world.people]:
        np.add.at(totals, groups, np.asarray(row[: world.people], np.int64))
    return totals


def plain(world, scheme, w):
    """What each plain counter counts of one world, stands the scheme or not: name -> (person,)."""
    file, life = world.file, world.life
    tier, scored = file.tier[w], file.scored == 1
    dealt, aware, sanctioned = life.dealt[w], life.awareness[w], file.sanctioned[w]
    labour = life.wage_fen > 0
    rows = {
        "people": np.arange(life.wage_fen.size) < world.people, "scored": scored,
        "adults": life.age_years >= 18, "thin": file.thin, "labour": labour,
        "employed": life.employed[w], "seeking": labour & (life.employed[w] == 0),
        "prestige": life.prestige_held[w],
        "displaced": life.employed[LAW] > life.employed[w],
        "placed": life.employed[LAW] < life.employed[w],
        "arrears": life.arrears_fen[w] > 0, "arrears_yuan": life.arrears_fen[w] // 100,
        "arrears_unable_yuan": life.arrears_unable_fen[w] // 100,
        "judgments": file.judgment_fen[w] > 0, "wages_withheld": life.wage_withheld[w],
        "loans": life.loan_fen[w] > 0, "poor": life.able[w] == 0,
        "supported": life.supported[w] > 0, "distressed": life.distressed[w],
        "deals_offered": dealt != NO_DEAL, "deals_made": dealt >= BROKEN,
        "deals_honoured": dealt == HONOURED,
        "deals_assured": (dealt >= BROKEN) & (life.assured[w] == 1),
        "deals_assured_honoured": (dealt == HONOURED) & (life.assured[w] == 1),
        "belief_sum": np.where(dealt != NO_DEAL, life.belief[w], 0),
        "protest": life.protesting[w], "vpn": life.evading[w], "sabotage": life.sabotaging[w],
        "aware_heard": aware >= 1, "aware_rules": aware >= 2, "aware_score": aware >= 3,
        "approving": life.approving[w] * (aware >= 1),
        "score_sum": np.where(scored, file.score_points[w], 0), "sanctioned": sanctioned,
        "newly_sanctioned": file.newly_sanctioned[w], "sanctioned_wrongly": life.wrongful[w],
        "deserving": life.deserving[w], "missed": life.deserving[w] > sanctioned,
        "posted": scored & (scheme.posted[tier] == 1), "appeals": life.appealed[w],
        "corrected": file.correction_points[w] != 0, "bought": file.bought_points[w] > 0,
        "shielded": life.shielded[w], "favoured_scored": scored & (life.favoured == 1),
        "favoured_sanctioned": sanctioned * life.favoured, "low_ties": life.tie_low[w] > 0,
        "sanctioned_labour": sanctioned * labour, "files_held": file.entry_held[w] > 0,
        "sanctioned_employed": sanctioned * life.employed[w], "entries_held": file.entry_held[w],
        "files_foreign": life.foreign_held[w] > 0,
        "sanctioned_by_error": (w == SCHEME) & (sanctioned > file.sanctioned[NO_ERRORS]),
        "spared_by_error": (w == SCHEME) & (sanctioned < file.sanctioned[NO_ERRORS]),
    }  # fmt: skip
    rows |= {f"tier_{k}": scored & (tier == k) for k in range(4)}
    rows |= {f"honest_tier_{k}": scored & (tier == k) & (life.honest == 1) for k in range(4)}
    rows |= offices(world, scheme, w) | look_ups(world, scheme, w)
    rows |= {f"anatomy_{kind}": life.anatomy[w] == k for k, kind in enumerate(ANATOMY) if k}
    for door in ("loan", "card"):
        for what in ("asked", "granted"):
            rows[f"thin_{what}_{door}"] = getattr(file, what)[w, DOORS.index(door)] * file.thin
    return rows | private(world, scheme, w)


def upper(points, who):
    """Who of these lies above the median: the lowest number that half of them do not pass."""
    mine = np.sort(points[who])
    return who & (points > mine[(len(mine) - 1) // 2]) if mine.size else who


def private(world, scheme, w):
    """What each counter of private scores counts of one world: name -> (person,)."""
    file, life = world.file, world.life
    customer, scored = file.customer.astype(bool), file.scored == 1
    nobody = np.zeros(scored.size, int)
    rows = {f"{what}_issuer_{k + 1}": nobody for what in BY_ISSUER for k in range(ISSUERS)}
    high = [upper(file.private_16[w, k] >> 4, customer[k]) for k in range(ISSUERS)]
    state = upper(file.score_points[w], scored)
    pairs = [(j, k) for j in range(scheme.issuers) for k in range(j + 1, scheme.issuers)]
    for k in range(scheme.issuers):
        standing, clean, both = file.standing[w, k], life.clean_standing[w, k], customer[k] & scored
        rows |= {f"{what}_issuer_{k + 1}": row for what, row in (
            ("accounts", customer[k]), ("above", standing == 3), ("below", standing == 1),
            ("lowered", standing < clean), ("twofold", both), ("high", both & high[k]),
            ("alike", both & (high[k] == state)), ("state_high", both & state),
        )}  # fmt: skip
    mine = {(j, k): customer[j] & customer[k] for j, k in pairs}
    return rows | {
        "customers": customer[: scheme.issuers].any(axis=0),
        "private_refused": np.bitwise_count(life.shut[w]),
        "private_refused_wrongly": np.bitwise_count(life.shut_wrongly[w]),
        "private_pairs": sum(x.astype(int) for x in mine.values()),
        "private_pairs_same": sum(x * (high[j] == high[k]) for (j, k), x in mine.items()),
        "private_pairs_first": sum((x & high[j]).astype(int) for (j, k), x in mine.items()),
        "private_pairs_second": sum((x & high[k]).astype(int) for (j, k), x in mine.items()),
    }


def look_ups(world, scheme, w):
    """What each counter of look-ups counts of one world: name -> (person,)."""
    file, life = world.file, world.life
    seen = scheme.visible * file.sanctioned[w] + scheme.posted[file.tier[w]] > 0
    looked, mark = life.looked_up[w].astype(int), (file.scored == 1) & seen
    kept, wrong = np.where(mark & (looked > 0), life.look_up_cost[w], 0), life.wrongful[w]
    times, kinds = np.bitwise_count(looked), {"employer": 3, "match": 4, "tie": 8, "creditor": 48}
    held = {"jobs_lost": 3, "matches_lost": 4, "ties_lost": 8, "terms_worse": 48}
    return {
        **{f"looked_up_{who}": np.bitwise_count(looked & bits) for who, bits in kinds.items()},
        **{f"look_up_{what}": np.bitwise_count(kept & bits) for what, bits in held.items()},
        "look_ups_marked": times * mark, "look_ups_wrong": times * mark * wrong,
        "look_ups_missed": times * ~mark * life.deserving[w],
        "look_up_losses_wrong": np.bitwise_count(kept) * wrong,
    }  # fmt: skip


def offices(world, scheme, w):
    """What each counter of officials counts of one world: name -> (person,)."""
    names = ("officials", "accounts_settled", "disciplined", "disciplined_wrongly", *OFFICE_GRADES)
    rows = {name: np.zeros(world.life.wage_fen.size, int) for name in names}
    for desk in range(int(world.life.desk_total[w])):
        holder = int(world.life.desk_gone[w, desk] or world.life.desk_person[w, desk])
        if holder:
            rows["officials"][holder - 1] += 1
            rows["accounts_settled"][holder - 1] += world.life.desk_target[w, desk] > 0
            rows["disciplined"][holder - 1] += world.life.desk_disciplined[w, desk] > 0
            rows["disciplined_wrongly"][holder - 1] += world.life.desk_disciplined[w, desk] == 2
            rows["officials_passed_over"][holder - 1] += world.life.desk_passed[w, desk]
            points, floors = world.life.desk_points[w, desk], scheme.office_grade_floor[:2]
            grade = 2 if world.life.desk_gone[w, desk] else int((points < floors).sum())
            rows[f"officials_grade_{grade + 1}"][holder - 1] += 1
            rows["officials_lowest"][holder - 1] += grade == 2
    return rows


def dues(world, society, w):
    """Who owes, who leaves a due unpaid for want of money, and who by choice (person,)."""
    life = world.life
    owes = [(life.bill_fen > 0) | (life.rent_fen > 0),
            (life.instalment_fen > 0) | (life.loan_fen[w] > 0),
            life.fine_due[w] == 1, world.file.judgment_fen[w] > 0]  # fmt: skip
    due, unable, choice = (np.zeros(life.wage_fen.size, bool) for _ in range(3))
    for k, deed in enumerate(society.due_deed):
        unpaid = life.deed_count[w, deed] > 0
        due |= owes[k] & (life.deed_rate[deed] > 0)
        unable |= unpaid & (life.able[w] < k + 1)
        choice |= unpaid & (life.able[w] >= k + 1)
    return {"due": due, "unpaid_unable": unable, "unpaid_choice": choice}


def of_ledger(world, deeds, w):
    """What each counter counts of the ledger of one world: name -> (person,)."""
    names = ("record", "false", "received", "sent", "entry")
    rows = {f"{what}_{deed}": np.zeros(world.people, int) for what in names for deed in deeds}
    kinds = ("entries", "entries_false", "entries_foreign", "entries_groundless")
    rows |= {name: np.zeros(world.people, int) for name in kinds}
    file, life = world.file, world.life
    for r in range(int(file.record_total[w])):
        i, deed = file.record_person[w, r], deeds[file.record_deed[w, r]]
        truth, due = life.record_truth[w, r], file.record_due[w, r]
        if r >= file.record_new[w]:
            rows[f"record_{deed}"][i] += 1
            rows[f"false_{deed}"][i] += truth in {FALSE, MISLABELLED}
            rows[f"received_{deed}"][i] += truth == FOREIGN
            if truth == FOREIGN and not file.record_joined[w, r]:
                rows[f"sent_{deed}"][life.record_doer[w, r]] += 1
            rows[f"sent_{deed}"][i] += due == ELSEWHERE
        if due == MONTH:
            rows["entries"][i] += 1
            rows[f"entry_{deed}"][i] += 1
            rows["entries_false"][i] += truth in {FALSE, MISLABELLED}
            rows["entries_foreign"][i] += truth == FOREIGN
            rows["entries_groundless"][i] += truth == GROUNDLESS
    return rows


def borne(bits, deed):
    """Who bears the trace of a deed (person,)."""
    return (bits >> np.uint64(deed)) & np.uint64(1) == 1


def traces(world, society, scheme, w):
    """What each counter of a learned score counts of one world: name -> (person,)."""
    rows = {"regraded": world.file.regraded[w]}
    classes = {"_habit": (HABIT,), "_harm": (HARMFUL,), "": range(4)}
    for kind, among in classes.items():
        rows[f"trace_points_lost{kind}"] = sum(
            max(0, -int(points)) * borne(world.file.trace_bits[w], deed)
            for deed, points in enumerate(scheme.first)
            if society.deed_class[deed] in among
        )
    return rows


def by_deed_and_door(world, society, scheme, deeds, w):
    """What each counter by deed or door counts of one world, and the totals of these."""
    file, life = world.file, world.life
    rows = dict.fromkeys(("chilled", "deterred", "refusal_cost_yuan", "refusal_cost_minutes"), 0)
    for k, deed in enumerate(deeds):
        withheld = life.deed_withheld[w, k].astype(int) * (scheme.points[k] < 0)
        rows[f"deed_{deed}"], rows[f"withheld_{deed}"] = life.deed_count[w, k], withheld
        rows[f"shown_{deed}"] = life.deed_shown[w, k] * (scheme.points[k] > 0)
        rows["chilled" if society.deed_class[k] else "deterred"] += withheld
    for k, door in enumerate(DOORS):
        partnered = scheme.partnered[k] != 0
        bent = (scheme.access[:, [k, society.under[k]]] != 4).any() or partnered
        shut = (life.shut_wrongly[w] >> k & 1) * partnered  # who is shut out is refused
        refused = file.refused[w, k].astype(int) * bent
        rows |= {f"asked_{door}": file.asked[w, k], f"granted_{door}": file.granted[w, k],
                 f"refused_{door}": refused,
                 f"wrongly_{door}": (refused & life.wrongful[w]) | shut}  # fmt: skip
        rows["refusal_cost_yuan"] += refused * int(society.cost_yuan[k])
        rows["refusal_cost_minutes"] += refused * int(society.cost_minutes[k])
    return rows


# Counted where a scheme stands, and wherever a world is not that of the law.
STANDS = {"score_sum", "sanctioned", "newly_sanctioned", "sanctioned_wrongly", "deserving",
          "missed", "posted", "appeals", "corrected", "bought", "shielded", "favoured_scored",
          "favoured_sanctioned", "low_ties", "sanctioned_labour", "sanctioned_employed",
          "files_held", "entries_held", "files_foreign", "sanctioned_by_error", "spared_by_error",
          "chilled", "deterred", "refusal_cost_yuan", "refusal_cost_minutes",
          "entries", "entries_false", "entries_foreign", "entries_groundless",
          "officials", "accounts_settled", "disciplined", "disciplined_wrongly",
          *LOOK_UPS, *OFFICE_GRADES}  # fmt: skip
OF_SCHEME = ("tier_", "honest_tier_", "anatomy_", "withheld_", "shown_", "refused_", "wrongly_",
             "entry_", "regraded", "trace_",
             "private_", "customers", *(f"{what}_issuer_" for what in BY_ISSUER))  # fmt: skip
APART = {"displaced", "placed", "aware_heard", "aware_rules", "aware_score", "approving"}
OF_RECORDS = ("record_", "false_", "received_", "sent_")


def expected(world, tables, deeds, stands=(0, 1, 1)):
    """Every counter by plain addition: name -> (world, group)."""
    society, scheme = tables
    # These blocks have no firms, of which tests/step/test_firms.py tells.
    names = [name for name in frames.counters(deeds) if not name.startswith("firm")]
    found = {name: np.zeros((len(WORLDS), GROUPS), np.int64) for name in names}
    for w in range(len(WORLDS)):
        rows = plain(world, scheme, w) | dues(world, society, w) | of_ledger(world, deeds, w)
        rows |= by_deed_and_door(world, society, scheme, deeds, w)
        rows |= traces(world, society, scheme, w)
        assert set(rows) == set(found)
        for name, row in rows.items():
            of_scheme = name in STANDS or name.startswith(OF_SCHEME)
            apart = name in APART or name.startswith(OF_RECORDS)
            if (stands[w] or not of_scheme) and (w > 0 or not apart):
                found[name][w] = by_group(world, row)
    return found


def differing(found, wanted):
    return [name for name, rows in wanted.items() if not np.array_equal(rows, found[name])]
