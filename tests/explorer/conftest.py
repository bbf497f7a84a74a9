"""A server of the explorer on a folder of its own, with one small run in it."""

import threading

import pytest
from explorer_asks import ASKED, BEARER, HOME, PORT, TOKEN, events_of
from fastapi.testclient import TestClient

from demerit.explorer.app import guarded, plain
from demerit.explorer.jobs import Desk
from demerit.explorer.shelf import Shelf


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("explorer") / "runs"


@pytest.fixture(scope="session")
def app(folder):
    shelf = Shelf(folder)
    return plain(shelf, Desk(shelf), threads=2, warm=False)


@pytest.fixture(scope="session")
def stranger(app):
    """Who has no token."""
    with TestClient(guarded(app, TOKEN, PORT), HOME) as client:
        yield client


@pytest.fixture
def client(stranger):
    """Who has it."""
    stranger.headers["authorization"] = f"Bearer {TOKEN}"
    yield stranger
    stranger.headers.pop("authorization")
    stranger.cookies.clear()


@pytest.fixture(scope="session")
def made(app, stranger):
    """A run that a job has made, with the events that it sent."""
    job = stranger.post("/api/jobs", json=ASKED, headers=BEARER).json()["job"]
    events = events_of(stranger, job, BEARER)
    assert events[-1][0] == "done", events[-1]
    return events[-1][1]["run"], events


@pytest.fixture
def run(made):
    return made[0]


@pytest.fixture
def desk(tmp_path):
    """A desk whose work is a gate: it ends when it is let."""
    gate, begun = threading.Event(), threading.Event()

    def work(job, shelf):
        from demerit.explorer.jobs import Cancelled

        begun.set()
        while not gate.wait(0.01):
            if job.wish.is_set():
                raise Cancelled
        job.end("done", "done", {"run": job.run, "cached": False, "seconds": 0.0})

    made = Desk(Shelf(tmp_path), work)
    made.gate, made.begun = gate, begun
    made.start(warm=False)
    yield made
    gate.set()
    made.stop()
