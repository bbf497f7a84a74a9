"""Trail: what is followed month by month is what a count of people and entries by hand says."""

from collections import Counter
from types import SimpleNamespace

import numpy as np
import pytest

from demerit.blocks import view
from demerit.columns import (
    CLEAN,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    LAW,
    MISLABELLED,
    NO_ERRORS,
    SCHEME,
    TRUE,
    WORLDS,
)  # fmt: skip
from demerit.facts import read as facts_of
from demerit.measures import MEASURES
from demerit.survey import ask, tables, trail

MONTHS, PEOPLE = 14, 2_300  # two blocks, of which one is not full
SCHEMES = ("suining", "national", "court-list")
RULED = (SCHEME, NO_ERRORS)
KEPT = (
    "sanctioned", "score_points", "shadow_points", "judgment_fen", "appeal_open", "appealed",
    "correction_points", "earned_points", "bought_points", "able", "cash_fen", "need_fen",
    "income_fifth", "scored", "deed_count", "deed_shown", "desk_sold", "desk_shielded",
    "desk_target", "desk_total", "record_total", "record_new", "deed_withheld", "entry_held",
)  # fmt: skip
RECORD = ("person", "deed", "truth", "joined", "due", "erase", "over", "doer")


@pytest.fixture(scope="module", params=SCHEMES)
def followed(request, make_plan, stop, harsh):
    """A scheme under which everything happens, stopped each month; its survey."""
    key = request.param
    values = harsh | {f"{key}.redress.appeal": 0.6, f"{key}.redress.success": 0.3,
                      f"{key}.repeal.share": 1.0, f"{key}.redress.notice": 0.8}  # fmt: skip
    more = {"ground": np.array([deed in ("late_bill", "judgment_unpaid", "loan_default")
                                for deed in facts_of("deeds.toml")["deed"]], np.uint8),
            "erase_months": 4, "missed_32": 1 << 30}  # fmt: skip
    plan = make_plan(key, people=PEOPLE, months=MONTHS, values=values,
                     **(more if key == "national" else {}))  # fmt: skip
    stopped = stop(plan, before=6)
    steps = stopped.steps
    deeds = [c.removeprefix("deed_") for c in steps.counters if c.startswith("deed_")]
    tables_of = plan.society_tables, plan.scheme_tables
    steps.survey = ask.Survey(*tables_of, deeds, MONTHS, steps.folds)
    months = []
    for _ in range(MONTHS):
        stopped.live()
        blocks = [view(fold, k) for fold in steps.folds for k in range(len(fold.files))]
        months.append([seen(block) for block in blocks])
    return SimpleNamespace(plan=plan, months=months, survey=steps.survey, steps=steps, deeds=deeds)


def seen(block):
    """A block as it stands, and the records of each world that it has a row for."""
    found = {name: np.array(getattr(block, name)) for name in KEPT}
    found["people"] = int(block.people)
    found["records"] = [
        [{name: int(getattr(block, f"record_{name}")[w, r]) for name in RECORD}
         for r in range(int(block.record_total[w]))]
        for w in range(len(WORLDS))
    ]  # fmt: skip
    return found


def table(followed, name, w):
    """A table of all folds in one world (axis, ...)."""
    rows = tables.fold_rows(followed.survey.cells).sum(axis=0)
    found = tables.read(name, rows, [])[w]
    return found[..., 0]


CAUSE = {(FALSE, 0): 1, (FALSE, 1): 1, (FOREIGN, 0): 2, (FOREIGN, 1): 3, (MISLABELLED, 0): 4,
         (MISLABELLED, 1): 4, (GROUNDLESS, 0): 5, (GROUNDLESS, 1): 5}  # fmt: skip


class Person:
    """What is known of one person's file: points taken by each cause, and by judgments."""

    def __init__(self):
        self.taken, self.judged = Counter(), 0
        self.open = self.upheld = False

    def enter(self, month, record, points, judgment):
        cause = CAUSE.get((record["truth"], record["joined"]))
        judged = record["deed"] == judgment and not cause
        if record["due"] == month:
            self.taken[cause or 0] -= points
            self.judged -= points * judged
        elif record["over"] == month:  # a true entry turns into a stale one
            self.taken[cause or 6] -= 0 if cause else points
            self.judged += points * judged
        else:
            late = record["over"] < month
            self.taken[cause or (6 if late else 0)] += points
            self.judged += points * (judged and not late)

    def blame(self, score, clean, edge, owes):
        """Whether the clean file would free them, and the row of the axis `cause`."""
        paid = 0 if owes else self.judged
        taken = {**self.taken, 6: self.taken[6] + paid}
        wrongful = clean >= edge
        if not wrongful and clean + paid < edge:
            return 0, 0
        if wrongful and self.upheld:
            return 1, 8
        alone = [cause for cause in range(1, 7) if score + taken.get(cause, 0) >= edge]
        return int(wrongful), alone[0] if len(alone) == 1 else 7


def acting(month, records):
    """Records that arrive, whose entries are taken off, or whose term is over, this month."""
    return [
        r
        for r in records
        if r["due"] == month or (0 <= r["due"] < month and month in (r["erase"], r["over"]))
    ]


@pytest.fixture(scope="module")
def by_hand(followed):
    """What the tables should hold, person by person and month by month."""
    scheme, judgment = followed.plan.scheme_tables, followed.deeds.index("judgment_unpaid")
    found = {w: Counter() for w in RULED}
    for w in RULED:
        for b in range(len(followed.months[0])):
            people = [Person() for _ in range(followed.months[0][b]["people"])]
            for month, blocks in enumerate(followed.months):
                block = blocks[b]
                for record in acting(month, block["records"][w]):
                    points = int(scheme.points[record["deed"]])
                    people[record["person"]].enter(month, record, points, judgment)
                for i, person in enumerate(people):
                    follow(found[w], person, block, w, i, scheme.edge)
    return found


def follow(found, person, block, w, i, edge):
    """One person's month: whose error, and what became of an appeal."""
    score, clean = (int(block["score_points"][w, i]), int(block["shadow_points"][w, CLEAN, i]))
    lost = clean - score
    if block["sanctioned"][w, i]:
        owes = block["judgment_fen"][w, i] > 0
        found["blame", *person.blame(score, clean, edge, owes)] += 1
        if person.judged > 0:
            found["outlived", int(not owes)] += 1
    granted = block["correction_points"][w, i] > 0
    if (person.open or block["appealed"][w, i]) and not block["appeal_open"][w, i]:
        found["verdict", int(lost > 0), int(granted)] += 1
        person.upheld |= lost > 0 and not granted
        if lost > 0 and granted:
            person.taken, person.upheld = Counter(), False
    if lost == 0:
        person.taken = Counter()
    person.upheld &= lost > 0
    person.open = bool(block["appeal_open"][w, i])


@pytest.mark.parametrize("name", ["blame", "outlived", "verdict"])
def test_whose_error_it_is_agrees_with_a_count_by_hand(followed, by_hand, name):
    for w in RULED:
        expected = np.zeros([tables.AXES[axis] for axis in tables.TABLES[name]], np.int64)
        for (kind, *at), number in by_hand[w].items():
            if kind == name:
                expected[tuple(at)] = number

        assert np.array_equal(expected, table(followed, name, w))
    if name == "blame":
        assert np.count_nonzero(table(followed, name, SCHEME)) > 4


def test_those_whom_the_clean_file_would_free_are_the_wrongful_of_the_frames(followed, by_hand):
    """The frames count them all, month by month: here person by person, in the same months."""
    for w in RULED:
        low = [b["sanctioned"][w] != 0 for blocks in followed.months for b in blocks]
        clean = [b["shadow_points"][w, CLEAN] >= followed.plan.scheme_tables.edge
                 for blocks in followed.months for b in blocks]  # fmt: skip
        wrongful = sum(int((a & c).sum()) for a, c in zip(low, clean, strict=True))

        assert wrongful == table(followed, "blame", w)[1].sum()
        assert sum(int(a.sum()) for a in low) == table(followed, "blame", w).sum()


def test_without_errors_of_record_no_error_of_a_record_is_to_blame(followed):
    """But for a rule's own ground and debts that were paid, which are no errors of an agency."""
    blamed = table(followed, "blame", NO_ERRORS)

    assert 0 == blamed[:, 1:5].sum()
    assert 0 == blamed[1, trail.STALE]  # nor is any entry overlooked there


def test_reviewers_refuse_as_often_as_the_scheme_says(followed):
    """Three in ten appeals with ground are granted: within four standard errors."""
    verdict = table(followed, "verdict", SCHEME)
    refused, decided = verdict[1, 0], verdict[1].sum()

    assert decided > 100
    assert abs(refused / decided - 0.7) < 4 * np.sqrt(0.21 / decided)


def test_poverty_that_the_twin_is_spared_agrees_with_a_count_by_hand(followed):
    for w in RULED:
        depth, spells, ever = np.zeros(4, np.int64), np.zeros((2, 64), np.int64), 0
        for b, block in enumerate(followed.months[0]):
            for i in range(block["people"]):
                spent, was = 0, False
                for month in followed.months:
                    here, law = month[b]["able"][w, i] == 0, month[b]["able"][LAW, i] == 0
                    caused = here and not law
                    if spent:
                        spells[:, spent - 1] += 1, not caused
                    if caused:
                        depth[:2] += 1, spent == 0
                        line, cash = (int(month[b]["need_fen"][i]),
                                      int(month[b]["cash_fen"][w, i]))  # fmt: skip
                        depth[2:] += max(0, line - cash), line
                    ever += caused and not was
                    was |= caused
                    spent = spent + 1 if caused else 0
        shown = table(followed, "poor_depth", w)

        assert np.array_equal(depth, shown)
        assert np.array_equal(spells, table(followed, "poor_spell", w))
        assert [PEOPLE, ever] == list(table(followed, "ever_poor", w)[:, ])  # fmt: skip


def test_who_is_ever_poor_is_counted_in_each_world_by_itself(followed):
    for w in range(len(WORLDS)):
        ever = people = 0
        for b, block in enumerate(followed.months[0]):
            n = block["people"]
            poor = [blocks[b]["able"][w, :n] == 0 for blocks in followed.months]
            ever, people = ever + int(np.any(poor, axis=0).sum()), people + n

        assert [people, ever] == table(followed, "poor_ever", w).tolist()
        assert 0 < ever < people


def test_who_is_ever_poor_net_is_who_is_made_so_less_who_is_spared(followed):
    """Marginal shares differ by less than pairs of lives part: of those ever poor in one world
    alone, some are so in either."""
    law, here = (table(followed, "poor_ever", w)[1] for w in (LAW, SCHEME))
    caused = table(followed, "ever_poor", SCHEME)[1]

    assert here - law <= caused


def test_what_the_blameless_withhold_by_part_of_life_agrees_with_a_count_by_hand(followed):
    """Of those with nothing on file that costs points, month by month."""
    book, points = facts_of("deeds.toml")["deed"], followed.plan.scheme_tables.points
    quieted = [row for row, key in enumerate(followed.deeds)
               if not book[key]["harm"] and points[row] < 0]  # fmt: skip
    for w in RULED:
        expected = np.zeros((len(ask.QUIET), 2), np.int64)
        for blocks in followed.months:
            for block in blocks:
                blank = (block["scored"] != 0) & (block["entry_held"][w] == 0)
                for row in quieted:
                    context = book[followed.deeds[row]]["context"]
                    kind = ask.QUIET.index(context if context in ask.QUIET else "other")
                    for k, name in enumerate(("deed_withheld", "deed_count")):
                        expected[kind, k] += int(block[name][w, row][blank].sum())

        assert np.array_equal(expected, table(followed, "chill_kind", w))
        both = table(followed, "chill_blameless", w)
        assert np.array_equal(expected.sum(axis=0), both.reshape(2, -1).sum(axis=1))
        if quieted and w == SCHEME:
            assert expected.sum() > 0


def test_what_lifts_scores_agrees_with_a_count_by_hand(followed):
    points = followed.plan.scheme_tables.points
    for w in RULED:
        lift, showing = np.zeros(6, np.int64), np.zeros(2, np.int64)
        for month, blocks in enumerate(followed.months):
            for block in blocks:
                for r in acting(month, block["records"][w]):
                    p, new = int(points[r["deed"]]), r["due"] == month
                    lift[0] += p if new and p > 0 and r["truth"] == TRUE else 0
                    lift[1] += p if new and p > 0 and r["truth"] != TRUE else 0
                    lift[2] -= p if r["erase"] == month and p < 0 else 0
                given = ("correction", "earned", "bought")
                lift[3:] += [block[f"{kind}_points"][w].sum() for kind in given]
                for r in block["records"][w][int(block["record_new"][w]) :]:
                    p = int(points[r["deed"]])
                    if p > 0 and r["truth"] == TRUE and r["due"] >= 0:
                        done, for_show = (int(block[f"deed_{what}"][w, r["deed"], r["doer"]])
                                          for what in ("count", "shown"))  # fmt: skip
                        showing += p, p * for_show // done
        assert np.array_equal(lift, table(followed, "lift", w))
        assert np.array_equal(showing, table(followed, "showing", w))


def test_entries_that_cost_points_are_told_by_what_they_are_in_the_month_in_which_they_come(
    followed,
):
    points = followed.plan.scheme_tables.points
    for w in RULED:
        expected = np.zeros((5, 2), np.int64)
        for month, blocks in enumerate(followed.months):
            for r in (r for block in blocks for r in block["records"][w]):
                if r["due"] == month and points[r["deed"]] < 0:
                    expected[r["truth"], int(r["joined"] != 0)] += 1
        assert np.array_equal(expected, table(followed, "fault", w))
        assert expected.sum() > 20


def test_what_is_held_and_what_deeds_are_worth_agree_with_a_count_by_hand(followed):
    """Surveys of month 12 and 14: entries that have come and not gone, by part of life; deeds of
    every month."""
    contexts = [spec["context"] for spec in facts_of("deeds.toml")["deed"].values()]
    points = followed.plan.scheme_tables.points
    read = {contexts[deed] for deed in np.flatnonzero(points)}
    for w in RULED:
        held, worth = np.zeros(4, np.int64), np.zeros(2, np.int64)
        for b in range(len(followed.months[0])):
            standing = Counter()
            for month, blocks in enumerate(followed.months):
                block = blocks[b]
                for r in acting(month, block["records"][w]):
                    change = (r["due"] == month) - (r["erase"] == month)
                    standing[r["person"], r["deed"]] += change
                if month in (11, 13):
                    who = np.flatnonzero(block["scored"])
                    kinds = {(i, contexts[deed]) for (i, deed), n in standing.items() if n > 0}
                    private = {i for i, context in kinds if context in ask.PRIVATE}
                    held += who.size, len(read) * who.size, len(kinds), len(private)
                who = np.flatnonzero(block["scored"])
                done = block["deed_count"][w][:, who].astype(np.int64)
                worth += who.size, int((points[:, None] * done).sum())
        assert list(held) == list(table(followed, "held", w))
        assert list(worth) == list(table(followed, "conduct", w))


def test_favours_and_who_buys_them_agree_with_a_count_by_hand(followed):
    """Of the year: an office's favours are counted in the survey of month 12 alone."""
    for w in RULED:
        buyers, acts = np.zeros((2, 5), np.int64), Counter()
        for month, blocks in enumerate(followed.months):
            for b, block in enumerate(blocks):
                for i in np.flatnonzero(block["bought_points"][w]):
                    buyers[int(block["sanctioned"][w, i] > 0), block["income_fifth"][i]] += 1
                for desk in range(int(block["desk_total"][w]) if month < 12 else 0):
                    acts[b, desk] += sum(int(block[name][w, desk])
                                         for name in ("desk_sold", "desk_shielded"))  # fmt: skip
                    acts[b, desk] += int(block["desk_target"][w, desk] > 0)
        assert np.array_equal(buyers, table(followed, "buyers", w))
        if followed.plan.scheme_tables.officials:
            expected = np.bincount(np.minimum(list(acts.values()), 255), minlength=256)
            assert np.array_equal(expected, table(followed, "desk_acts", w))
            assert table(followed, "desk_acts", w)[1:].sum() > 0
        else:
            assert 0 == table(followed, "desk_acts", w).sum()


def shares(followed, family):
    """The value of each of a family of measures under the scheme."""
    values = []
    for key, m in MEASURES.items():
        if key.startswith(family):
            read = [table(followed, name, SCHEME)[..., None] for name in m.counts]
            values.append(m.function(*read).value[0])
    return values


@pytest.mark.parametrize(("family", "size"), [("wronged_by_", 8), ("score_lift_by_", 7)])
def test_shares_that_are_said_to_add_up_do(followed, family, size):
    values = shares(followed, family)

    assert len(values) == size
    assert sum(values) == pytest.approx(1)
