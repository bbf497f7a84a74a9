"""Mutants: a scheme file that nobody foresaw is either run, or told what is wrong with it.

DEMERIT_MUTANTS=500 looks at all of them; the check of every day at a tenth, the same ones.
"""

import os
import resource
import subprocess
import sys
import time

import mutate
import pytest

from demerit import facts, run
from demerit import scheme as schemes
from demerit.scheme import elements, explain, lint, reading

COUNT = int(os.environ.get("DEMERIT_MUTANTS", "50"))
SECONDS = 5


@pytest.fixture
def write(tmp_path):
    def write(seed):
        path = tmp_path / f"mutant-{seed}.toml"
        path.write_bytes(mutate.mutant(seed).encode("utf-8", "surrogatepass"))
        return path

    return write


def test_a_seed_gives_the_same_mutant_and_most_differ():
    texts = [mutate.mutant(seed) for seed in range(50)]

    assert texts == [mutate.mutant(seed) for seed in range(50)]
    assert len(set(texts)) >= 45


def test_some_mutants_are_faultless_and_most_are_not(write):
    """Or they would test one half only."""
    faultless = [not schemes.examine(write(seed)) for seed in range(50)]

    assert 3 <= sum(faultless) <= 25


@pytest.mark.parametrize("seed", range(COUNT))
def test_a_mutant_is_faultless_or_told_its_faults(write, seed, china):
    path, before = write(seed), time.process_time()
    faults = schemes.examine(path)

    assert time.process_time() - before < SECONDS
    if faults:
        with pytest.raises(facts.FactError) as told:
            schemes.load(path)
        assert str(told.value).startswith(f"{path.name}: {len(faults)} fault")
        assert all(fault.fault.strip() and "Traceback" not in fault.fault for fault in faults)
        return
    loaded = schemes.load(path)
    case = reading.case(loaded.spec)
    assert elements.judge(case, lint.lint(case)).says
    assert loaded.title in next(explain.explain("mutant", loaded.spec))
    assert len(list(explain.explain("mutant", loaded.spec))) >= 3
    assert run.plan(loaded, china, months=1, seed=1, people=2_000, place="0412").scheme_tables


@pytest.mark.parametrize("seed", range(0, COUNT, 10))
def test_the_command_says_it_in_time_and_without_a_traceback(write, seed):
    path = write(seed)
    command = [sys.executable, "-m", "demerit", "check", str(path)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    # Processor time: the clock on the wall says how busy the machine is.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
    assert after.ru_maxrss < 1 << 20  # KiB: one GiB, of the largest of all children so far
    assert shown.returncode == (2 if schemes.examine(path) else 0)
    assert "Traceback" not in shown.stderr
    assert (shown.returncode == 2) == shown.stderr.startswith("demerit: mutant-")


@pytest.mark.slow
def test_faultless_mutants_run(write):
    """The first three."""
    from demerit import trial

    ran = 0
    for seed in range(COUNT):
        path = write(seed)
        if ran < 3 and not schemes.examine(path):
            answer = trial.run(trial.Request(str(path), people=5_000, months=2, quick=True))
            assert 5_000 == answer.document["people"]
            ran += 1

    assert 3 == ran
