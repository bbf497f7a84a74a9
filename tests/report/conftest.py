"""A made-up run for the report's tests: plausible counts from a seeded generator, no model."""

import copy

import made_up as beside
import numpy as np
import pytest

from demerit.report import files, render, render_comparison

MONTHS = 60
REPEAL = 31
WORLDS = ["law", "scheme", "no_errors"]
GROUPINGS = {
    "all": ["all"],
    "home": ["urban", "rural"],
    "age": ["0-13", "14-29", "30-44", "45-59", "60+"],
    "sex": ["female", "male"],
    "income": ["fifth 1 (poorest)", "fifth 2", "fifth 3", "fifth 4", "fifth 5 (richest)"],
    "schooling": ["none", "primary", "junior", "senior", "university"],
    "watched": ["least watched third", "middle third", "most watched third"],
    "faith": ["no", "yes"],
}
WEIGHTS = {
    "all": [1.0],
    "home": [0.5, 0.5],
    "age": [0.15, 0.17, 0.25, 0.24, 0.19],
    "sex": [0.49, 0.51],
    "income": [0.2] * 5,
    "schooling": [0.05, 0.25, 0.36, 0.17, 0.17],
    "watched": [0.34, 0.33, 0.33],
    "faith": [0.993, 0.007],
}
DEEDS = {
    "traffic_offence": ("A driving offence", True, 0.25),
    "bribe": ("Paying a bribe", True, 0.015),
    "petition": ("Taking a grievance to officials", False, 0.0009),
    "elder_neglect": ("Neglecting an old parent in need", True, 0.0004),
    "banned_group": ("Practising in a banned religious group", False, 0.006),
    "online_post": ("A post that the authorities call misbehaviour", False, 0.012),
    "merit": ("Being named an excellent employee or good citizen", False, 0.001),
}
DOORS = {
    "job": ("Applying for a job", "rationed", 0.02),
    "licence": ("A business licence", "elastic", 0.002),
    "assistance": ("Community assistance", "elastic", 0.01),
    "school": ("A place at a sought-after school", "rationed", 0.003),
    "promotion": ("A promotion at work", "rationed", 0.01),
}
# How much of each share of scored people is punished, by world, at its height.
PUNISHED = {"law": 0.0, "scheme": 0.0034, "no_errors": 0.0021}


def in_force():
    """1 while the scheme stands, growing as files fill; 0 once it is repealed (month,)."""
    return np.where(np.arange(MONTHS) <= REPEAL, 1 - np.exp(-np.arange(MONTHS) / 9), 0.0)


def tilt(grouping, index):
    """Groups differ: a mild slope over the groups of one grouping."""
    count = len(GROUPINGS[grouping])
    return 1.0 if count == 1 else 1.3 - 0.6 * index / (count - 1)


def make_frames(people, seed=7):
    """Counters (world, month, group) of a made-up run."""
    draw = np.random.default_rng(seed)
    weights = [(g, i, w) for g, ws in WEIGHTS.items() for i, w in enumerate(ws)]
    steady = np.ones(MONTHS)
    frames = {}

    def put(name, rate, worlds=(1.0, 1.0, 1.0), shape=steady, tilted=True):
        frame = np.zeros((3, MONTHS, len(weights)), np.int64)
        for w, factor in enumerate(worlds):
            for k, (g, i, weight) in enumerate(weights):
                slope = tilt(g, i) if tilted else 1.0
                frame[w, :, k] = draw.poisson(people * weight * rate * factor * shape * slope)
        frames[name] = frame

    put("people", 1.0, tilted=False)
    put("scored", 0.85, (0, 1, 1), tilted=False)
    grown, stands = in_force(), (np.arange(MONTHS) <= REPEAL).astype(float)
    put("tier_0", 0.80, (0, 1, 1.01), stands, tilted=False)
    put("tier_1", 0.035, (0, 1, 0.8), grown)
    put("tier_2", 0.008, (0, 1, 0.7), grown)
    put("tier_3", 0.85 * 0.0034, (0, 1, 0.62), grown)
    put("score_sum", 0.84 * 985, (0, 1, 1.02), (1 - 0.01 * grown) * stands, tilted=False)
    put("sanctioned", 0.85 * 0.0034, (0, 1, 0.62), grown)
    put("sanctioned_wrongly", 0.85 * 0.0009, (0, 1, 0), grown)
    for name, part in (("error", 0.24), ("unable", 0.0), ("lawful", 0.31), ("habit", 0.0),
                       ("standing", 0.0), ("harm", 0.36), ("mixed", 0.09)):  # fmt: skip
        put(f"anatomy_{name}", 0.85 * 0.0034 * part, (0, 1, 0.62), grown)
    put("missed", 0.2, (0, 1, 1))
    put("deserving", 0.21, (0, 1, 1))
    put("labour", 0.55, tilted=False)
    put("employed", 0.52, (1, 0.9996, 0.9998), tilted=False)
    put("displaced", 0.0011, (0, 1, 0.6), grown)
    put("placed", 0.0010, (0, 1, 0.6), grown)
    put("due", 0.4, tilted=False)
    put("unpaid_unable", 0.006, (1, 1.03, 1.02))
    put("unpaid_choice", 0.008, (1, 0.96, 0.96))
    swell = np.exp(-(((np.arange(MONTHS) - REPEAL) / 6) ** 2))
    put("protest", 0.0008, (0.02, 1, 0.7), swell)
    put("vpn", 0.03, (0.8, 1, 1), 1 + 0.3 * grown)
    for name, rate in (("heard", 0.4), ("rules", 0.12), ("score", 0.05)):
        put(f"aware_{name}", rate, (0, 1, 1), grown)
    for name, rate in (("posted", 3e-4), ("appeals", 1e-4), ("corrected", 4e-5),
                       ("chilled", 7e-4), ("deterred", 4e-4)):  # fmt: skip
        put(name, rate, (0, 1, 0.9), grown)
    for key, (_, harm, rate) in DEEDS.items():
        put(f"deed_{key}", rate, (1, 0.995 if harm else 0.93, 0.995 if harm else 0.94))
        put(f"withheld_{key}", rate * 0.02, (0, 1, 0.9), grown)
        put(f"record_{key}", rate * 0.004)
        put(f"false_{key}", rate * 0.0004, (0, 1, 0))
        for name in ("received", "sent", "entry"):
            put(f"{name}_{key}", rate * 0.004, (0, 1, 1))
    for key, (_, _, rate) in DOORS.items():
        put(f"asked_{key}", rate, (1, 0.99, 0.995))
        put(f"refused_{key}", rate * 0.006, (0, 1, 0.6), grown)
        put(f"wrongly_{key}", rate * 0.0016, (0, 1, 0), grown)
        put(f"granted_{key}", rate * 0.6)
    return frames


def measure(question, unit, headline, without, with_, low, high, chance):
    """One entry of document["measures"]."""
    effect = None if without is None or with_ is None else with_ - without
    return {
        "unit": unit,
        "better": "less",
        "question": question,
        "textbook": "A made-up measure.",
        "with": with_,
        "without": without,
        "no_errors": with_,
        "effect": effect,
        "low": low,
        "high": high,
        "chance_low": chance[0],
        "chance_high": chance[1],
        "interval": "jackknife",
        "headline": headline,
        "by_group": {},
    }


MEASURES = {
    "sanctioned_share": measure(
        "What share of those scored is punished?", "share", "with", 0.0, 0.0024, 0.0006, 0.011,
        (0.0023, 0.0025)),
    "sanction_anatomy": measure(
        "Of 100 people being punished, how many for harm that they themselves did?", "share",
        "with", None, 0.36, 0.17, 0.58, (0.35, 0.37)),
    "wrongful_sanction_share": measure(
        "How likely is it that a punishment is a mistake?", "share", "with", None, 0.26, 0.04,
        0.63, (0.25, 0.27)),
    "deeds_bribe": measure(
        "How often are bribes paid?", "rate", "effect", 0.0150, 0.01492, -0.0011, 0.0001,
        (-0.0001, -0.00006)),
    "deeds_traffic_offence": measure(
        "How often do people offend on the road?", "rate", "effect", 0.25, 0.2488, -0.004, -0.0004,
        (-0.0014, -0.001)),
    "deeds_petition": measure(
        "How often do people take a grievance to officials?", "rate", "effect", 0.0009, 0.00083,
        -0.0003, -0.00001, (-0.00009, -0.00005)),
    "employment": measure(
        "How many people have work?", "share", "effect", 0.945, 0.9446, -0.002, 0.0003,
        (-0.0005, -0.0003)),
    "repeal_month": measure(
        "When does outcry end the scheme?", "months", "with", None, 31.0, None, None,
        (None, None)),
}  # fmt: skip


def numbers_list():
    """Numbers behind the made-up run: assumed, inferred and stated."""
    basis = ["assumed"] * 9 + ["inferred"] * 2 + ["stated"]
    return [
        {
            "name": f"deeds.bribe.rate_{i}",
            "title": "How often bribes are paid",
            "value": 0.0196 / (i + 1),
            "unit": "per adult and month",
            "basis": kind,
            "grade": {"assumed": "from memory", "inferred": "derived", "stated": "published"}[kind],
            "source": None if kind == "assumed" else "gcb-2020",
            "why": "28% of service users in a year, times those who use services",
            "where": None if kind == "assumed" else "table 3",
            "range": [0.003, 0.03],
        }
        for i, kind in enumerate(basis)
    ]


def make_document(people=1_100_000, quick=False):
    """run.json of a made-up run."""
    numbers = numbers_list()
    return {
        "lint": beside.make_lint(),
        "luck": None if quick else beside.make_luck(),
        "proportion": None if quick else beside.make_proportion(),
        "not_known": {} if quick else beside.make_known([row["name"] for row in numbers]),
        "rules": {"kind": "points", "scope": "county", "law": {"use": "To rank people."}},
        "format": 1,
        "statement": "These people do not exist. They were computed from published totals, and 75%"
        " of the numbers are assumed. This says what the rules would do to such people; it says"
        " nothing of what the people of any country are like.",
        "run": "suining-1",
        "scheme": "suining",
        "scheme_title": "Suining County trial",
        "society": "china-2020",
        "society_title": "China, 2020",
        "place": "0412",
        "people": people,
        "scored_people": int(people * 0.85),
        "months": MONTHS,
        "seed": 1,
        "replicates": 1,
        "quick": quick,
        "worlds": list(WORLDS),
        "seconds": 41.2,
        "person_months_per_s": 5.1e6,
        "peak_rss_bytes": 9e8,
        "digest": "5e3f" * 16,
        "not_known_seconds": None if quick else 130.0,
        "versions": {"demerit": "0.1.0", "numpy": "2.4.6", "python": "3.11.2"},
        "command": f"demerit run suining --people {people} --months 60 --seed 1",
        "numbers": {"total": 12, "stated": 1, "inferred": 2, "assumed": 9, "assumed_share": 0.75,
                    "list": numbers},
        "sources": {"gcb-2020": {"author": "Transparency International", "year": "2020",
                                 "title": "Global Corruption Barometer Asia", "venue": "report",
                                 "url": "https://example.org/gcb"}},
        "repeal": {"month": REPEAL, "draws": 64, "draws_repealed_share": None if quick else 0.42,
                   "draws_median_month": None if quick else 28},
        "published": [{"what": "records posted in the first two months", "got": 412,
                       "published": 3000, "source": "gcb-2020", "note": "two thirds negative"}],
        "groupings": copy.deepcopy(GROUPINGS),
        "groups": [label for labels in GROUPINGS.values() for label in labels],
        "counters": [],
        "deeds": {k: {"title": t, "harm": h, "protected": False, "context": "x"}
                  for k, (t, h, _) in DEEDS.items()},
        "doors": {k: {"title": t, "kind": kind} for k, (t, kind, _) in DOORS.items()},
        "tiers": [{"key": "A", "floor": 970, "sanctioned": False},
                  {"key": "B", "floor": 850, "sanctioned": False},
                  {"key": "C", "floor": 600, "sanctioned": False},
                  {"key": "D", "floor": None, "sanctioned": True}],
        "measures": copy.deepcopy(MEASURES),
    }  # fmt: skip


@pytest.fixture(scope="session")
def frames():
    return make_frames(1_100_000)


@pytest.fixture
def document():
    return make_document()


@pytest.fixture(scope="session")
def page(frames):
    return render(make_document(), frames, {})


@pytest.fixture(scope="session")
def pages(frames):
    """All files of a made-up run's report, by name."""
    return files(make_document(), frames, {}, beside.make_stories())


# ---- a made-up comparison

TITLES = {
    "suining": "Suining County trial, as told by the brief",
    "court-list": "The court list of debtors, as told by the brief",
    "sketch-rongcheng": "Rongcheng's score of 2016: a sketch",
}
# What is told apart from what: the first scheme from both others, in the first measure alone.
APART = {"sanctioned_share": [["suining", "court-list"], ["suining", "sketch-rongcheng"]]}
LARGER = {"suining": 1.0, "court-list": 0.4, "sketch-rongcheng": 0.25}


def side(one, factor, quick):
    """A measure of one scheme: as that of a run, so many times."""

    def times(x):
        return None if x is None else x * factor

    effect = times(one["effect"])
    found = {n: times(one[n]) for n in ("low", "high", "chance_low", "chance_high")}
    found |= dict.fromkeys(("low", "high")) if quick else {}
    with_ = one["without"] + effect if one["headline"] == "effect" else times(one["with"])
    return found | {"with": with_, "without": one["without"], "effect": effect,
                    "no_errors": with_, "interval": "jackknife", "enough": True}  # fmt: skip


def make_comparison(quick=False):
    """compare.json of a made-up comparison."""
    run = make_document(quick=quick)
    measures = {
        key: {
            **{n: one[n] for n in ("unit", "better", "question", "textbook", "headline")},
            "law": one["without"],
            "by_scheme": {k: side(one, factor, quick) for k, factor in LARGER.items()},
            "differs": APART.get(key, []), "pairs": [],
            "differs_throughout": None if quick else APART.get(key, []),
        }
        for key, one in run["measures"].items() if key != "repeal_month"
    }  # fmt: skip
    schemes = [
        {"key": key, "title": title, "scope": "county", "kind": "points", "version": "brief",
         "sketch": key.startswith("sketch-"), "scored_people": 900_000, "tiers": run["tiers"],
         "months_in_force": MONTHS, "assumed_share": 0.75, "digest": "5e3f" * 16,
         "repeal": {"month": REPEAL if key == "suining" else None}}
        for key, title in TITLES.items()
    ]  # fmt: skip
    return {**run, "kind": "comparison", "compare": "compare-made-up", "measures": measures,
            "schemes": schemes, "where": "All of them ran in one synthetic place.",
            "command": "demerit compare suining court-list sketch-rongcheng"}  # fmt: skip


def make_sides():
    """The frames of each scheme."""
    return {key: make_frames(300_000, seed) for seed, key in enumerate(TITLES)}


@pytest.fixture(scope="session")
def sides_frames():
    return make_sides()


@pytest.fixture(scope="session")
def comparison_page(sides_frames):
    return render_comparison(make_comparison(), sides_frames)


@pytest.fixture
def make():
    """The functions that make up a run, for tests that want another one."""
    return {"document": make_document, "frames": make_frames, "measure": measure,
            "comparison": make_comparison, "stories": beside.make_stories}  # fmt: skip
