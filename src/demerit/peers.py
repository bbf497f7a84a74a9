"""Peers: scorebench in this project and in other engines, in one run on one machine.

people, folder of scripts  ->  a row for each engine and number of threads

Each peer is a script of its own, run in its own process by the interpreter of the folder's virtual
environment: `python X.py PEOPLE SEED` prints one line of JSON.  Engines that hold an object for
each person are run on fewer people: they would take minutes.  Wall time counts the months alone,
without imports, set-up and compiling; processor time, of all threads, is what to compare where
other work shares the cores.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from demerit import facts, scorebench

WORKLOAD = f"scorebench, {scorebench.MONTHS} months"
SECONDS_MAX = 900  # for one script
MANY, FEW = 1_000_000, 100_000
# script, environment, people, what it is
PEERS: tuple[tuple[str, dict[str, str], int], ...] = (
    ("c_kernel", {"NBR": "index", "THREADS": "{threads}"}, MANY),
    ("c_kernel", {"NBR": "procedural", "THREADS": "{threads}"}, MANY),
    ("c_kernel", {"NBR": "index", "THREADS": "1"}, MANY),
    ("c_kernel", {"NBR": "procedural", "THREADS": "1"}, MANY),
    ("numba_kernel", {"THREADS": "{threads}"}, MANY),
    ("polars_only", {}, MANY),
    ("mesa_frames_polars", {}, MANY),
    ("numpy_plain", {}, MANY),
    ("ambr_vectorized", {}, MANY),
    ("starsim_module", {}, MANY),
    ("mesa_lean", {}, MANY),
    ("mesa_network", {}, FEW),
    ("agentpy_model", {}, FEW),
)

Row = dict[str, Any]


def own(people: int, threads: int, seed: int, rounds: int = 3) -> Iterator[Row]:
    """This project's rows, neighbours held and computed: the best of some rounds, as peers are."""
    scorebench.simulate(1_000)  # compiled outside of the clock
    for held in (True, False):
        for count in sorted({threads, 1}, reverse=True):
            runs = [scorebench.simulate(people, scorebench.MONTHS, seed, count, held)
                    for _ in range(rounds)]  # fmt: skip
            best = min(runs, key=lambda run: run.seconds)
            yield row(
                f"demerit, neighbours {'held' if held else 'computed'}", people, count,
                best.seconds, min(run.cpu_seconds for run in runs), best.bytes_per_person,
                float(best.mean[-1]),
            )  # fmt: skip


def row(
    engine: str, people: int, threads: int, seconds: float, cpu: float, size: float, mean: float
) -> Row:
    """One line of the table."""
    months = people * scorebench.MONTHS
    return {
        "workload": WORKLOAD, "engine": engine, "people": people, "threads": threads,
        "agent_months_per_s": months / seconds, "agent_months_per_cpu_s": months / max(cpu, 1e-9),
        "bytes_per_person": size, "seconds": seconds, "mean_score": mean,
    }  # fmt: skip


def others(folder: Path, scale: float, threads: int, seed: int, rounds: int = 3) -> Iterator[Row]:
    """The rows of the scripts of a folder; InputError where it is not set up."""
    python = folder / ".venv" / "bin" / "python"
    if not python.is_file():
        raise facts.InputError(
            f"{folder}: there is no .venv with the other engines; `make bench-peers` installs them."
        )
    for script, given, most in PEERS:
        if script.startswith("c_") and shutil.which("cc") is None:
            continue
        people = max(1_000, round(most * scale))
        own_threads = {key: text.format(threads=threads) for key, text in given.items()}
        slow = script == "mesa_lean" or most == FEW
        found = [run(python, folder / f"{script}.py", people, seed, own_threads)
                 for _ in range(1 if slow else rounds)]  # fmt: skip
        best = min(found, key=lambda line: line["seconds"])
        yield row(
            best["engine"].removesuffix(f"-{best.get('threads')}t"), people,
            int(best.get("threads", 1)), best["seconds"],
            min(line["cpu_seconds"] for line in found), best["bytes_per_agent"], best["mean_score"],
        )  # fmt: skip


def run(python: Path, script: Path, people: int, seed: int, given: dict[str, str]) -> Row:
    """What one script prints; RuntimeError with its last words where it fails."""
    done = subprocess.run(
        [python.absolute(), script.name, str(people), str(seed)], cwd=script.parent, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **given}, timeout=SECONDS_MAX,
        capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{script.name}: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    found: Row = json.loads(done.stdout.strip().splitlines()[-1])
    return found


Tell = Callable[[Row], None]


def table(
    people: int, threads: int, seed: int, folder: Path | None, tell: Tell = lambda row: None
) -> list[Row]:
    """All rows; those of the folder's engines where one is given, in people by the same measure."""
    found = []
    for source in (
        own(people, threads, seed),
        *([others(folder, people / MANY, threads, seed)] if folder else ()),
    ):
        for line in source:
            tell(line)
            found.append(line)
    return found
