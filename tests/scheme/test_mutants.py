"""Mutants: a scheme file that nobody foresaw is either run, or told what is wrong with it.

`make long` looks at all 500 of them, 50 through the command; the check of every day at a tenth,
always the same ones.  What is held to 5 s is processor time, for the clock on the wall says how
busy the machine is; what is held to 1 GiB, all that the process of a command has in memory, and in
this process, which holds what other tests left in it, what a run adds.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import mutate
import pytest

from demerit import facts, preface, run, storage, trial
from demerit import scheme as schemes
from demerit.scheme import elements, explain, lint, reading

COUNT = int(os.environ.get("DEMERIT_MUTANTS", "50"))
SECONDS, BYTES = 5, 1 << 30
PEOPLE, MONTHS = 5_000, 6
BY_COMMAND = range(5, COUNT, 10)  # of the first fifty two are faultless


@pytest.fixture
def write(tmp_path):
    def write(seed):
        path = tmp_path / f"mutant-{seed}.toml"
        path.write_bytes(mutate.mutant(seed).encode("utf-8", "surrogatepass"))
        return path

    return write


# A small process in between: a child is born with all the memory of the one that calls it.
BETWEEN = """
import json, resource, subprocess, sys
shown = subprocess.run(sys.argv[2:], timeout=300, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump([used.ru_utime + used.ru_stime, 1024 * used.ru_maxrss], file)
sys.exit(shown.returncode)
"""


def call(command, told):
    """What a command says, its processor time [s], the most memory that it held [bytes]."""
    between = [sys.executable, "-c", BETWEEN, str(told), *command]
    shown = subprocess.run(between, capture_output=True, text=True, timeout=300, check=False)
    return shown, *json.loads(told.read_text())


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


@pytest.fixture(scope="session")
def compiled():
    """The kernels, made before anything is held against a clock."""
    trial.run(trial.Request("suining", people=1_000, months=1, quick=True))


def more_memory():
    """What tells how much more memory this process has held since [bytes]."""
    status = Path("/proc/self/status")
    try:
        Path("/proc/self/clear_refs").write_text("5")  # forget the most that it ever held
    except OSError:  # not Linux: of the whole life of the process
        whole = preface.peak_rss()
        return lambda: preface.peak_rss() - whole
    most = re.compile(r"VmHWM:\s*(\d+) kB")
    held = 1024 * int(most.search(status.read_text())[1])
    return lambda: 1024 * int(most.search(status.read_text())[1]) - held


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(COUNT))
def test_a_faultless_mutant_runs_in_time_and_memory(write, seed, compiled):
    path = write(seed)
    if schemes.examine(path):
        return  # told its faults, as above
    more, before = more_memory(), time.process_time()
    answer = trial.run(trial.Request(str(path), people=PEOPLE, months=MONTHS, quick=True))

    assert time.process_time() - before < SECONDS
    assert more() < BYTES
    assert (PEOPLE, MONTHS) == tuple(answer.document[key] for key in ("people", "months"))
    json.loads(storage.json_text(answer.document))


@pytest.mark.slow
@pytest.mark.parametrize("seed", BY_COMMAND)
def test_the_command_runs_it_or_says_what_is_wrong(write, seed, compiled, tmp_path):
    path, out = write(seed), tmp_path / "run"
    command = [sys.executable, "-m", "demerit", "run", str(path), "--people", str(PEOPLE),
               "--months", str(MONTHS), "--quick", "--out", str(out)]  # fmt: skip
    shown, seconds, most = call(command, tmp_path / "used.json")
    if seconds >= SECONDS:  # a crowded machine takes more of it, so once more
        shutil.rmtree(out, ignore_errors=True)
        shown, seconds, most = call(command, tmp_path / "used.json")
    faulty = bool(schemes.examine(path))

    assert seconds < SECONDS
    assert most < BYTES
    assert shown.returncode == (2 if faulty else 0), shown.stderr
    assert "Traceback" not in shown.stderr
    assert faulty == shown.stderr.startswith("demerit: mutant-")
    assert faulty != (out / "report.html").is_file()
