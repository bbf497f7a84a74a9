"""A harsh small run that remembers its climate, and the folder of a gentle one."""

import numpy as np
import pytest

from demerit import facts, run, storage, trial
from demerit.replay.recorded import Recorded, months_of


@pytest.fixture(scope="session")
def harsh_run(make_plan, harsh):
    """Three blocks in which everything happens: (recorded, counts)."""
    more = {"suining.redress.success": 0.9, "deeds.deed.petition.rate": 0.1}
    plan = make_plan(people=4_200, months=6, values=harsh | more)
    counts = run.simulate(plan, 1)
    climate = {name: np.moveaxis(array, 0, 1) for name, array in counts.climate.items()}
    deeds, agencies = facts.read("deeds.toml")["deed"], facts.read("agencies.toml")["agency"]
    recorded = Recorded({"run": "harsh"}, plan, months_of(climate), deeds, list(agencies))
    return recorded, counts


@pytest.fixture(scope="session")
def frames_of(harsh_run):
    """The counts of the harsh run, as its folder would hold them."""
    _, counts = harsh_run
    return {name: counts.frames[:, :, k] for k, name in enumerate(counts.counters)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """The folder of a run."""
    result = trial.run(trial.Request("suining", people=2_500, months=3, seed=5, quick=True))
    return storage.write(result, tmp_path_factory.mktemp("runs") / "small")
