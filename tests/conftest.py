"""What the tests of the engine share: small plans, and blocks stopped between two stages."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import settings

from demerit import climate as cl
from demerit import facts, run
from demerit import scheme as schemes
from demerit import society as societies
from demerit import step as stages
from demerit.blocks import HEAD, World, view
from demerit.columns import COLUMNS, NEVER, WORLDS

# The first call of a kernel compiles it; and a test says the same each time that it is run.
settings.register_profile("engine", deadline=None, derandomize=True)
settings.load_profile("engine")

# These are handed the central file and nothing else.
FILE_STAGES = ("link", "score", "issue", "grant", "grade")
MONTH = ("live", "behave", "deal", "observe", "link", "rate", "move", "score", "gather", "issue",
         "audit", "knock", "grant", "attribute", "inquire", "work", "respond", "redress", "office",
         "trade", "grade", "firms")  # fmt: skip

# As root, without a graphics card, and asking no other host for anything.
BROWSER = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync
             --disable-background-networking --disable-component-update"""

# Rates at which everything happens within a few months on a few hundred people.
AGENCIES = facts.read("agencies.toml")["agency"]
DEEDS = facts.read("deeds.toml")["deed"]
EVENTFUL = {
    **{f"agencies.agency.{key}.{name}": value for key in AGENCIES for name, value in (
        ("false", 0.02), ("wrong", 0.2), ("by_name", 0.4), ("late", 0.3), ("lost", 0.1),
        ("coverage_town", 1.0), ("coverage_village", 1.0),
    )},
    **{f"deeds.deed.{key}.seen.{agency}": 0.6 / len(deed["seen"])
       for key, deed in DEEDS.items() for agency in deed["seen"]},
    "responses.awareness.launch": 0.6, "responses.awareness.learn_rules": 0.3,
    "responses.awareness.look_up": 0.3, "suining.redress.notice": 0.8,
    "suining.redress.appeal": 0.5, "suining.posting.public": 1,
    "suining.points.online_post": -300, "suining.points.petition": -300,
    "suining.points.traffic_offence": -50, "suining.repeal.share": 1.0,
}  # fmt: skip


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, one for all tests of a process: Playwright allows no second."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if not os.environ.get("CI"):  # there, a missing browser is a fault
        pytest.importorskip("playwright.sync_api")
        if not Path(chromium).exists():
            pytest.skip(f"no browser at {chromium}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=BROWSER.split())
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def china():
    return societies.load("china-2020")


@pytest.fixture(scope="session")
def make_plan(china):
    """A plan of a small place; table columns of the scheme may be set by name."""

    def make(scheme="suining", people=2_500, months=4, seed=1, place="0412", values=None,
             society=None, **tables):  # fmt: skip
        own = any(name.startswith(("deeds.", "society.")) for name in values or {})
        people_of = societies.load("china-2020", values) if own else china
        loaded = schemes.load(scheme, values)
        made = run.plan(loaded, people_of, months, seed, people, place, values=values)
        return replace(
            made,
            scheme_tables=made.scheme_tables._replace(**tables),
            society_tables=made.society_tables._replace(**society or {}),
        )

    return make


class Block:
    """A copy of one block between two stages of a month; stages are called on it by name."""

    def __init__(self, parts, society, scheme, climate, month):
        self.parts, self.society, self.scheme = parts, society, scheme
        self.climate, self.month = climate, month
        self.file, self.life, self.scratch = (part[0] for part in parts)
        head = [getattr(self.file, name) for name, _ in HEAD]
        self.world = World(*head, self.file, self.life, self.scratch)
        self.people = int(self.world.people)

    def copy(self):
        parts = [part.copy() for part in self.parts]
        society, scheme = (record.copy() for record in (self.society, self.scheme))
        climate = self.climate._replace(
            **{k: v.copy() for k, v in self.climate._asdict().items() if isinstance(v, np.ndarray)}
        )
        return Block(parts, society, scheme, climate, self.month)

    def call(self, *names):
        for name in names:
            given = self.file if name in FILE_STAGES else self.world
            here = cl.by_region(self.climate)[int(self.world.region)]
            getattr(stages, name)(given, self.society, self.scheme, here, self.month)
        return self

    def column(self, name):
        """A column of the block by its name, wherever it is kept (writable)."""
        return getattr(view(SimpleNamespace(
            files=self.parts[0], lives=self.parts[1], scratch=self.parts[2]), 0), name)  # fmt: skip

    def clear_ledger(self):
        self.file.record_total[:] = 0
        self.file.record_new[:] = 0
        return self

    def put(self, world, person, deed, truth=0, unable=0, due=None):
        """One more record of the ledger, which reaches the file this month."""
        r = int(self.file.record_total[world])
        due = self.month if due is None else due
        row = {"person": person, "doer": person, "deed": deed, "serial": r, "truth": truth,
               "unable": unable, "joined": 0, "due": due, "agency": 0,
               "erase": NEVER, "over": NEVER}  # fmt: skip
        for name, value in row.items():
            self.column(f"record_{name}")[world, r] = value
        self.file.record_total[world] = r + 1

    def set_score(self, world, person, points):
        """This person's file stands at so many points, of which none is in error."""
        self.file.score_points[world, person] = points
        self.life.shadow_points[world, :, person] = points


class Stopped:
    """A plan that lives a month at a time; `block()` copies a block as it stands."""

    def __init__(self, plan, pool, before):
        self.plan, self.month = plan, 0
        self.steps = run.Lockstep(plan, pool, 1, None)
        self.steps.people()
        society, scheme = plan.society_tables, plan.scheme_tables
        climate = cl.before(society, max(plan.regions) + 1, self.steps.deeds, scheme)
        for month in range(-before, 0):
            self.steps.month(climate, month)
        self.steps.fork()
        stands = scheme.scored.copy()
        hear = np.full_like(climate.hear_32, society.launch_32) * stands[:, None]
        self.climate = climate._replace(
            worlds=len(WORLDS), recording=stands, in_force=stands.copy(), hear_32=hear
        )
        self.outcry = cl.Outcry(scheme)

    def live(self, months=1):
        """Live so many months; the counts of the last one (world, counter, group)."""
        for _ in range(months):
            self.steps.month(self.climate, self.month)
            counts = self.steps.shared.sum(axis=0)
            stands = self.outcry.hear(counts, self.month)
            self.climate = cl.follow(
                self.climate, counts, self.plan.society_tables, self.plan.scheme_tables,
                stands, self.outcry.amnesty,
            )  # fmt: skip
            self.month += 1
        return self.steps.out.sum(axis=0)

    def counter(self, name):
        return self.steps.counters.index(name)

    def block(self, fold=0, k=0):
        files, lives, scratch = self.steps.folds[fold]
        parts = [files[k : k + 1].copy(), lives[k : k + 1].copy(), scratch.copy()]
        return Block(
            parts, self.steps.society[0], self.steps.scheme[0], self.climate, self.month
        ).copy()


@pytest.fixture(scope="session")
def stop():
    """Start a plan after some months under ordinary law, to be lived a month at a time."""
    with ThreadPoolExecutor(1) as pool:
        yield lambda plan, before=2: Stopped(plan, pool, before)


@pytest.fixture(scope="session")
def eventful(make_plan, stop):
    """Fifteen hundred people after four months of a harsh scheme; take a block and copy it."""
    more = {"deeds.deed.petition.rate": 0.1, "suining.label.petition.error": 0.4}
    # As if the scheme's file covered the whole society: every name has its namesakes on file.
    stopped = stop(make_plan(people=1_500, values=EVENTFUL | more, file_share_32=1 << 32))
    stopped.live(4)
    return stopped


@pytest.fixture(scope="session")
def quiet(make_plan, stop):
    """A block in its first month, its ledger empty: for records planted by hand."""
    stopped = stop(make_plan(people=500))
    stopped.live(1)
    return stopped.block().call("live", "behave").clear_ledger()


@pytest.fixture(scope="session")
def deeds():
    return list(facts.read("deeds.toml")["deed"])


@pytest.fixture(scope="session")
def by_name():
    return {column.name: column for column in COLUMNS}


@pytest.fixture(scope="session")
def harsh():
    return EVENTFUL
