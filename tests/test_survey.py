"""Survey: its tables are what a count of the people by hand says, and it changes nothing."""

import numpy as np
import pytest

from demerit import climate, contrast, run
from demerit.blocks import view
from demerit.columns import CLEAN, HONESTY, LAW, NO_ERRORS, SCHEME, SEEN_ALL
from demerit.measures import MEASURES, fairness, validity
from demerit.society.people import GROUPINGS
from demerit.survey import ask, tables

YEARS, PEOPLE = 3, 2_300  # two blocks, of which one is not full


def looked(stopped, months):
    """The columns of every block at the end of each of so many months, surveyed on the way."""
    steps, plan = stopped.steps, stopped.plan
    deeds = steps.counters[len(run.frames.PLAIN) :]
    keys = [c.removeprefix("deed_") for c in deeds if c.startswith("deed_")]
    steps.survey = ask.Survey(plan.society_tables, plan.scheme_tables, keys, months, steps.folds)
    kept = []
    for _ in range(months):
        stopped.live()
        parts = [(f, k) for f in range(len(steps.folds)) for k in range(len(steps.folds[f].files))]
        names = ("tier", "sanctioned", "score_points", "shadow_points", "deed_count", "scored",
                 "age_years", "trait", "group", "income_fifth", "able", "employed",
                 "wage_fen", "deed_withheld", "entry_held")  # fmt: skip
        kept.append([
            {name: np.array(getattr(view(steps.folds[f], k), name)) for name in names}
            | {"people": int(steps.folds[f].files[k].people)}
            for f, k in parts
        ])  # fmt: skip
    return kept, steps.survey


@pytest.fixture(scope="module")
def followed(make_plan, stop, harsh):
    plan = make_plan(people=PEOPLE, months=12 * YEARS, values=harsh | {"suining.repeal.share": 1})
    stopped = stop(plan)
    months, survey = looked(stopped, 12 * YEARS)
    return plan, months, survey, stopped.steps


def table(survey, name, groups=None):
    """A table of all folds, by group (world, axis, ..., group)."""
    rows = tables.fold_rows(survey.cells).sum(axis=0)
    return tables.read(name + (f"{tables.BY}{groups}" if groups else ""), rows, [])


def everyone(months):
    """Each person at each yearly survey: block, row, month."""
    for month in range(11, len(months), 12):
        for b, block in enumerate(months[month]):
            for i in range(block["people"]):
                yield b, i, month, block


def test_transitions_are_those_of_each_person_counted_by_hand(followed):
    plan, months, survey, _ = followed
    lowest = list(plan.scheme_tables.floor).index(plan.scheme_tables.least)
    expected = np.zeros((4, 4, 25), np.int64)
    for b, i, month, block in everyone(months):
        if block["scored"][i] and month > 11:
            then, now = (lowest - int(months[m][b]["tier"][SCHEME, i]) for m in (month - 12, month))
            for grouping, group in zip(GROUPINGS, block["group"][:, i], strict=True):
                if grouping not in ("watched", "faith"):
                    expected[then, now, group] += 1

    assert np.array_equal(expected, table(survey, "mobility")[SCHEME])
    assert np.count_nonzero(expected[..., 0]) > 6


def test_default_is_any_deed_of_the_year_after_and_under_law_the_twins(followed):
    plan, months, survey, steps = followed
    rows = [steps.counters.index(f"deed_{key}") - steps.counters.index("deed_traffic_offence")
            for key in ask.DEFAULTS]  # fmt: skip
    expected = {LAW: np.zeros((128, 2)), SCHEME: np.zeros((128, 2))}
    for b, i, month, block in everyone(months):
        if block["scored"][i] and month > 11:
            score = int(months[month - 12][b]["score_points"][SCHEME, i])
            step = (score - plan.scheme_tables.start) // 8 + 125
            for world, found in expected.items():
                done = any(months[m][b]["deed_count"][world, rows, i].any()
                           for m in range(month - 11, month + 1))  # fmt: skip
                found[step, int(done)] += 1

    assert np.array_equal(expected[SCHEME], table(survey, "default_own")[SCHEME, ..., 0])
    assert np.array_equal(expected[LAW], table(survey, "default_law")[SCHEME, ..., 0])
    assert expected[SCHEME][:, 1].sum() > 20


def test_scores_in_facets_are_those_of_each_person_counted_by_hand(followed):
    """Points from the start in steps of eight that widen, by quarters of honesty; and those of a
    year before, by default since, of women and men of each fifth of income."""
    plan, months, survey, steps = followed
    first = steps.counters.index("deed_traffic_offence")
    rows = [steps.counters.index(f"deed_{key}") - first for key in ask.DEFAULTS]
    quarter = np.array([-0.6745, 0, 0.6745]) * 4096
    honesty, default = np.zeros((31, 4, 5), np.int64), np.zeros((31, 2, 10), np.int64)

    def step(block, i):
        away = int(block["score_points"][SCHEME, i]) - plan.scheme_tables.start
        return 15 + int(np.sign(away)) * int((8 * ask.WIDTHS < abs(away)).sum())

    for b, i, month, block in everyone(months):
        if block["scored"][i]:
            age, sex = int(block["group"][2, i]) - 3, int(block["group"][3, i]) - 8
            honesty[step(block, i), (quarter < block["trait"][HONESTY, i]).sum(), age] += 1
            if month > 11:
                done = any(months[m][b]["deed_count"][SCHEME, rows, i].any()
                           for m in range(month - 11, month + 1))  # fmt: skip
                fifth = int(block["group"][4, i]) - 10
                default[step(months[month - 12][b], i), int(done), sex * 5 + fifth] += 1

    assert np.array_equal(honesty, table(survey, "within_honesty", "age")[SCHEME])
    assert np.array_equal(default, table(survey, "within_default", "sex_income")[SCHEME])
    assert np.count_nonzero(default[:, 1].sum(axis=1)) > 2
    law, cross = (table(survey, name)[SCHEME] for name in ("within_default_law", "default_law"))
    assert np.array_equal(cross.sum(axis=0)[:, 0], law.sum(axis=0)[:, 0])


def test_standings_and_honesty_are_those_of_each_person_counted_by_hand(followed):
    plan, months, survey, _ = followed
    edge = plan.scheme_tables.edge
    standing, honesty = np.zeros((8, 10), np.int64), np.zeros(2, np.int64)
    for _, i, _, block in everyone(months):
        if block["scored"][i]:
            shadow = block["shadow_points"][SCHEME, :, i]
            code = 4 * int(block["sanctioned"][SCHEME, i])
            code += 2 * int(shadow[CLEAN] < edge) + int(shadow[SEEN_ALL] < edge)
            age, sex = int(block["group"][2, i]) - 3, int(block["group"][3, i]) - 8
            standing[code, sex * 5 + age] += 1
            honesty[int(block["trait"][HONESTY, i] > 0)] += 1

    assert np.array_equal(standing, table(survey, "standing", "sex_age")[SCHEME])
    lower, upper = validity.halves(table(survey, "score_honesty")[SCHEME])
    assert np.array_equal(honesty, [lower.sum(), upper.sum()])
    assert np.count_nonzero(standing.sum(axis=1)) > 4


def test_spells_in_the_lowest_tier_are_those_of_each_person_counted_by_hand(followed):
    plan, months, survey, _ = followed
    lowest = list(plan.scheme_tables.floor).index(plan.scheme_tables.least)
    expected = np.zeros((2, 64), np.int64)
    for b, block in enumerate(months[0]):
        for i in range(block["people"]):
            spent = 0
            for month in months:
                low = month[b]["scored"][i] and month[b]["tier"][SCHEME, i] == lowest
                if spent:
                    expected[:, spent - 1] += 1, not low
                spent = spent + 1 if low else 0
    found = table(survey, "climb")[SCHEME, ..., 0]

    assert np.array_equal(expected, found)
    assert found[1].sum() == table(survey, "climbed")[SCHEME].sum() > 10


def test_work_poverty_and_harm_are_counted_of_everybody_in_every_month(followed):
    _, months, survey, _ = followed
    poor, fen, harm = np.zeros(4, np.int64), 0, np.zeros((2, 25), np.int64)
    for month in months:
        for block in month:
            live = slice(0, block["people"])
            able, job = block["able"][:, live], block["employed"][SCHEME, live] != 0
            poor += np.bincount(2 * (able[LAW] == 0) + (able[SCHEME] == 0), minlength=4)
            fen += int(block["wage_fen"][live][job].sum(dtype=np.int64))
            done = block["deed_count"][SCHEME][survey.rules.harmful, live].sum(axis=0) > 0
            for i in np.flatnonzero(block["age_years"][live] >= 18):
                harm[int(done[i]), block["group"][:, i]] += 1

    assert np.array_equal(poor, table(survey, "poverty")[SCHEME, :, 0])
    assert [PEOPLE * 12 * YEARS, fen] == list(table(survey, "output")[SCHEME, :, 0])
    parted = [row for row, name in enumerate(named_groups()) if name not in ("watched", "faith")]
    assert np.array_equal(harm[:, parted], table(survey, "harm_month")[SCHEME][:, parted])
    assert harm[1, 0] > 1_000


def test_lawful_deeds_given_up_are_those_of_people_with_a_blank_file_in_every_month(followed):
    plan, months, survey, _ = followed
    rows, points, expected = survey.rules.quieted, plan.scheme_tables.points, np.zeros(2, np.int64)
    for month in months:
        for block in month:
            blank = np.flatnonzero((block["scored"] != 0) & (block["entry_held"][SCHEME] == 0))
            expected += [block[name][SCHEME][rows][:, blank].astype(np.int64).sum()
                         for name in ("deed_withheld", "deed_count")]  # fmt: skip

    assert list(expected) == list(table(survey, "chill_blameless")[SCHEME, :, 0])
    assert (expected > 0).all()
    assert (points[rows] < 0).all()


def named_groups():
    """The grouping of each group of the frames."""
    return [name for name, groups in GROUPINGS.items() for _ in groups]


def test_a_rise_is_that_of_the_scores_from_the_first_survey_to_the_last(followed):
    plan, months, survey, _ = followed
    points, at = plan.scheme_tables.points, (11, 12 * YEARS - 1)
    score, worth, people = np.zeros(2, np.int64), np.zeros(2, np.int64), 0
    for end, month in enumerate(at):
        for block in months[month]:
            who = np.flatnonzero(block["scored"])
            score[end] += block["score_points"][SCHEME, who].sum()
            done = block["deed_count"][SCHEME][:, who].astype(np.int64)
            worth[end] += (points[:, None] * done).sum()
            people += who.size * end
    found = table(survey, "change")[SCHEME, :, 0]

    assert [24 * people, score[1] - score[0], worth[1] - worth[0]] == list(found)
    assert MEASURES["score_rise"].function(found[:, None]).value[0] == pytest.approx(
        (score[1] - score[0]) / 2 / people
    )


@pytest.fixture(scope="module")
def counts(make_plan, harsh):
    plan = make_plan(people=6_000, months=14, values=harsh | {"suining.repeal.share": 1})
    return plan, run.simulate(plan, 2, months_before=1)


def test_a_survey_changes_no_bit_of_a_run(counts, monkeypatch):
    plan, found = counts
    monkeypatch.setattr(ask.Survey, "month", lambda *_: None)
    other = run.simulate(plan, 1, months_before=1)

    assert found.digest() == other.digest()
    n = len(found.counters)
    assert np.array_equal(found.folds[:, :, :n], other.folds[:, :, :n])
    assert found.folds[:, :, n:].any()
    assert not other.folds[:, :, n:].any()


def test_tables_do_not_depend_on_threads_or_the_order_of_folds(counts):
    plan, found = counts
    other = run.simulate(plan, 1, months_before=1, order=[2, 0, 1])

    assert np.array_equal(found.folds, other.folds)


def test_a_last_month_that_is_no_twelfth_is_asked_of_the_present_alone(counts, make_plan):
    """After 14 months: surveys of month 12 and 14 in the tables of one time, none of a year."""
    _, found = counts
    totals = found.folds.sum(axis=0)
    scored = found.frames[SCHEME, [11, 13], found.counters.index("scored"), 0].sum()

    assert scored == tables.read("score_honesty", totals, found.counters)[SCHEME].sum()
    assert 0 == tables.read("retest", totals, found.counters).sum()


def test_the_survey_sanctions_whom_the_frames_sanction(counts):
    _, found = counts
    standing = tables.read("standing", found.folds.sum(axis=0), found.counters)
    for world in (SCHEME, NO_ERRORS):
        for name, rows in (("sanctioned", [4, 5, 6, 7]), ("sanctioned_wrongly", [4, 5]),
                           ("deserving", [1, 3, 5, 7])):  # fmt: skip
            frame = found.frames[world, [11, 13], found.counters.index(name)].sum(axis=0)
            parted = frame * (standing[LAW + 1].sum(axis=0) > 0)

            assert np.array_equal(parted, standing[world][rows].sum(axis=0)), name


OUTCRY = {"suining.repeal.share": 0.0001, "responses.protest.threshold": 0.01}


def test_a_scheme_that_outcry_ends_is_asked_of_in_its_last_month_and_never_after(make_plan, harsh):
    plan = make_plan(people=6_000, months=12, values=harsh | OUTCRY)
    found = run.simulate(plan, 1, months_before=1)
    totals, last = found.folds.sum(axis=0), found.window - 1
    scored = found.frames[SCHEME, last, found.counters.index("scored"), 0]
    standing = tables.read("standing", totals, found.counters)[SCHEME]
    frame = found.frames[SCHEME, last, found.counters.index("sanctioned"), 0]

    assert found.window < 12
    assert 6_000 * found.window == tables.read("output", totals, found.counters)[SCHEME, 0, 0]
    assert scored == tables.read("score_honesty", totals, found.counters)[SCHEME].sum()
    assert frame == standing[4:, 0].sum() > 0
    assert 0 == tables.read("change", totals, found.counters).sum()


def test_a_scheme_that_ends_after_a_year_rises_by_the_months_between_its_surveys(
    make_plan, harsh, monkeypatch
):
    """Any protest is enough in the fifteenth month: surveys of months 12 and 15."""
    plan = make_plan(people=6_000, months=24, values=harsh | {"suining.repeal.share": 1})
    hear = climate.Outcry.hear

    def at_last(self, counts, month):
        if month == 14:
            self.scheme = self.scheme._replace(repeal_32=0)
        return hear(self, counts, month)

    monkeypatch.setattr(climate.Outcry, "hear", at_last)
    found = run.simulate(plan, 1, months_before=1)
    totals = found.folds.sum(axis=0)
    row = found.frames[SCHEME, :, found.counters.index("score_sum"), 0]
    scored = found.frames[SCHEME, 14, found.counters.index("scored"), 0]
    change = tables.read("change", totals, found.counters)[SCHEME, :, 0]

    assert found.window == 15
    assert [3 * scored, row[14] - row[11]] == list(change[:2])
    assert 0 == tables.read("retest", totals, found.counters).sum()


def test_strata_add_up_to_the_groups_that_they_part():
    for names in (("home",), ("sex", "age"), ("income", "home")):
        parts = tables.combined(names)

        assert np.array_equal(np.ones(500), parts.sum(axis=1))
    assert np.array_equal(tables.membership()[:, 1:3], tables.combined(("home",)))
    with pytest.raises(KeyError, match="watched"):
        tables.combined(("watched",))


def test_facets_are_read_by_every_grouping_as_strata_are():
    """People of strata, counted by strata and by facets: the same numbers of every combination."""
    strata = np.random.default_rng(9).integers(0, 50, 500)
    facets = np.zeros(tables.AXES["facet"], np.int64)
    for each in tables.facets():
        np.add.at(facets, each, strata)

    assert np.array_equal(strata @ tables.membership(), facets @ tables.membership("facet"))
    assert facets @ tables.faceted(()) == [strata.sum()]
    for grouping in fairness.GROUPS:
        names = tuple(grouping.split("_"))
        assert np.array_equal(strata @ tables.combined(names), facets @ tables.faceted(names))
    for names in (("age", "income"), ("watched",)):
        with pytest.raises(KeyError, match="at most"):
            tables.faceted(names)


def test_the_jackknife_of_a_table_is_as_wide_as_of_its_counter():
    """The same numbers given as a counter and as cells of a table: one machinery for both."""
    rng = np.random.default_rng(1)
    cells = np.zeros((40, 3, tables.CELLS), np.int64)
    place = tables.PLACES["poverty"]
    poor, people = rng.binomial(400, 0.2, (40, 3)), 400
    cells[..., place.first] = people - poor
    cells[..., place.first + 1] = poor
    frames = np.zeros((40, 3, 2, tables.GROUPS), np.int64)
    frames[..., 0, 0], frames[..., 1, 0] = poor, people
    folds = np.concatenate([frames, tables.fold_rows(cells)], axis=2)
    counter = contrast.Measure("a", "share", "less", "with", "Q?", "T.", ("part", "whole"),
                               validity.Ratio)  # fmt: skip
    cell = contrast.Measure("b", "share", "less", "with", "Q?", "T.", ("poverty",),
                            lambda t: validity.Ratio(t[1], t.sum(axis=0)))  # fmt: skip
    names = ["part", "whole"]

    assert contrast.jackknife(counter, folds, names) == contrast.jackknife(cell, folds, names)


def test_a_measure_without_groups_has_none_in_the_document(counts):
    _, found = counts
    shown = contrast.of_measure(MEASURES["score_auc_honesty"], [found], GROUPINGS)
    by_group = contrast.of_measure(MEASURES["moved_1_to_1"], [found], GROUPINGS)["by_group"]

    assert {} == shown["by_group"]
    assert 0 < shown["with"] < 1
    assert shown["without"] is None
    assert {"home", "age", "sex", "income", "schooling", "watched"} == set(by_group)


def test_of_a_large_run_a_staggered_sample_of_each_fold_is_asked(make_plan, monkeypatch):
    """Of 200 blocks in forty folds one in three, and whole blocks."""
    plan = make_plan("suining", people=60 * 2_048, months=1)
    monkeypatch.setattr(ask, "ASKED", plan.people // 3)
    asked = run.simulate(plan, 2, months_before=1)
    monkeypatch.setattr(ask, "ASKED", plan.people)
    everybody = run.simulate(plan, 1, months_before=1)

    def people(found):
        rows = tables.read("output", found.folds, found.counters)
        return rows[:, LAW, 0].ravel()

    assert asked.digest() == everybody.digest()
    assert people(everybody).sum() == plan.people
    assert 0.2 < people(asked).sum() / plan.people < 0.45
    assert set(people(asked)) <= {0, *plan.blocks.people.tolist()}
