"""Twins of code: the compiler and Python agree to the last bit, in every column and count."""

import os
import subprocess
import sys

import numpy as np
import pytest

from demerit import frames

# What both live: one block, months in which everything happens, one month before the start.
SCRIPT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numba
import numpy as np

from demerit import run, scheme, society
from demerit.blocks import view
from demerit.columns import COLUMNS

assert (numba.config.DISABLE_JIT == 1) == (sys.argv[2] == "plain")
values = eval(sys.argv[3])
people = society.load("china-2020", values)
plan = run.plan(scheme.load("suining", values), people, 3, 1, 130, "0412", values=values)
plan = replace(plan, scheme_tables=plan.scheme_tables._replace(backlog_months=1,
               file_share_32=1 << 32))
kept = []
lockstep = run.Lockstep

class Kept(lockstep):
    def __init__(self, *given):
        super().__init__(*given)
        kept.append(self)

run.Lockstep = Kept
counts = run.simulate(plan, 1, months_before=1)
world = view(kept[0].folds[0], 0)
found = {f"column.{c.name}": getattr(world, c.name) for c in COLUMNS}
found |= {f"climate.{name}": array for name, array in counts.climate.items()}
np.savez(sys.argv[1], frames=counts.frames, digest=counts.digest(), **found)
"""
DISTURBED = {  # so that on 130 people in three months all of it happens
    "responses.awareness.launch": 1.0, "responses.awareness.learn_rules": 0.9,
    "suining.points.traffic_offence": -200, "suining.tier.C.floor": 700,
    "responses.protest.threshold": 0.01, "doors.door.licence.knock": 0.3,
    "doors.door.school.knock": 0.3, "household.work.job_loss_rate": 0.2,
    "deeds.deed.online_post.rate": 0.3, "deeds.deed.petition.rate": 0.2,
    "suining.redress.success": 1.0, "suining.redress.appeal": 1.0,
}  # fmt: skip

HAPPENS = {
    "sanctioned", "sanctioned_wrongly", "posted", "protest", "appeals", "corrected", "chilled",
    "deterred", "refused_job", "displaced", "entries_foreign", "aware_score", "vpn", "missed",
    "unpaid_unable", "unpaid_choice", "sent_petition", "deed_merit", "anatomy_error",
}  # fmt: skip


@pytest.fixture
def twins(tmp_path, harsh):
    found = []
    for kind, disabled in (("compiled", "0"), ("plain", "1")):
        subprocess.run(
            [sys.executable, "-W", "ignore::RuntimeWarning", "-c", SCRIPT,
             str(tmp_path / f"{kind}.npz"), kind, repr(harsh | DISTURBED)],
            env=os.environ | {"NUMBA_DISABLE_JIT": disabled}, check=True, timeout=540,
        )  # fmt: skip
        found.append(dict(np.load(tmp_path / f"{kind}.npz")))
    return found


@pytest.mark.slow
def test_compiled_and_plain_code_agree_in_every_bit(twins, deeds):
    compiled, plain = twins
    names = frames.counters(deeds)
    total = plain["frames"][1].sum(axis=(0, 2))
    happened = {name for name, times in zip(names, total, strict=True) if times}

    assert compiled["digest"] == plain["digest"]
    assert compiled.keys() == plain.keys()
    assert [] == [k for k in compiled if compiled[k].tobytes() != plain[k].tobytes()]
    assert set() == HAPPENS - happened  # or the two would agree on what never ran
    # Two deeds in three are not scored here, and there are neither firms nor private scores.
    apart = {name for name in names if name.startswith("firm") or "_issuer_" in name}
    assert len(happened - apart) > len(set(names) - apart) / 3
