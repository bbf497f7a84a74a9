"""`demerit bench`: person-months per second, where the time goes, and other engines beside it."""

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from demerit.commands import emit, json_option, people_count, processors

LIVES = 7  # that are told to time them
PILOT = 20_000  # people who make the climate of a stream
TIMES = 3  # that a stream is lived and counted
AGENTS_MIN, AGENTS_MAX = 1_000, 500_000_000
COLUMNS = (
    f"{'engine':30} {'people':>10} {'threads':>7} {'million a s':>11} {'a cpu-s':>8} {'bytes':>6}"
)


@click.command()
@click.argument("scheme", default="suining")
@click.option("--people", default="200k", show_default=True, help="How many live the whole model.")
@click.option("--months", type=click.IntRange(min=2), default=24, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@click.option("--workload", type=click.Choice(["both", "model", "scorebench", "stream",
              "replay"]), default="both", show_default=True, help="The whole model, a small "
              "workload that other engines run too, both; everybody beyond a pilot; or single "
              "lives of --run.")  # fmt: skip
@click.option("--run", "folder", type=click.Path(path_type=Path), metavar="RUN",
              help="With --workload replay: the run whose lives are told.")  # fmt: skip
@click.option("--agents", default="1m", show_default=True, help="How many live the small workload.")
@click.option("--peers", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="Folder of other engines, as bench/peers after `make bench-peers`.")  # fmt: skip
@json_option
def bench(
    scheme: str, people: str, months: int, threads: int | None, workload: str, agents: str,
    peers: Path | None, folder: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Time SCHEME: the whole on all threads, each stage on one, and the least it could take.

    And the small workload `scorebench`, beside other engines where --peers names them.
    """
    threads = threads or processors()
    rows: list[dict[str, Any]] = []
    if (workload == "replay") != (folder is not None):
        raise click.UsageError("--workload replay and --run RUN go together.")
    if folder is not None:
        rows.append(of_replay(folder))
        emit({"rows": rows}) if as_json else tell_replay(rows[0])
        return
    if workload == "stream":
        rows = of_stream(scheme, people, months, threads)
        emit({"rows": rows}) if as_json else tell_stream(rows)
        return
    if workload != "scorebench":
        rows.append(of_model(scheme, people, months, threads))
        if not as_json:
            tell_model(rows[0])
    if workload != "model":
        from demerit.facts import InputError
        from demerit.peers import WORKLOAD, table

        count = people_count(agents, "china-2020")
        if not AGENTS_MIN <= count <= AGENTS_MAX:
            raise InputError(f"--agents {agents}: from {AGENTS_MIN:,} to {AGENTS_MAX:,}.")
        if not as_json:
            click.echo(f"\n{WORKLOAD}: agent-months a second, in millions\n{COLUMNS}")
        rows += table(count, threads, 1, peers,
                      (lambda row: None) if as_json else tell_row)  # fmt: skip
    if as_json:
        emit({"rows": rows})


def asked(scheme: str, people: str, months: int) -> Any:
    """The plan of so many under a scheme, and where they live; kernels are compiled."""
    from demerit import run
    from demerit import scheme as schemes
    from demerit import society as societies
    from demerit.trial import Request, check, where

    loaded, society = schemes.load(scheme), societies.load("china-2020")
    request = Request(scheme, people=people_count(people, society.key), months=months)
    check(request)
    place, count = where(request, loaded, society)
    run.simulate(run.plan(loaded, society, 1, 1, 1_000, place), 1, months_before=1)
    return run.plan(loaded, society, months, 1, count, place), place


def of_stream(scheme: str, people: str, months: int, threads: int) -> list[dict[str, Any]]:
    """Everybody beyond a pilot, block by block in its climate: a row for three worlds and for two,
    lived in turn, each three times; the least of each [s]."""
    from dataclasses import replace

    from demerit import nation, run, stream
    from demerit.columns import WORLDS
    from demerit.facts import InputError

    plan, place = asked(scheme, people, months)
    if plan.people <= PILOT:
        raise InputError(f"--people {people}: are all of the pilot; more than {PILOT:,}.")
    plan, pilot = nation.dealt(plan, PILOT, place)
    assert pilot is not None
    quiet = nation.Kept(None, 0)
    climates = nation.live_pilot(
        pilot, threads, lambda *_: None, quiet, run.MONTHS_BEFORE
    ).climates  # fmt: skip
    spent: dict[int, list[tuple[float, float]]] = {len(WORLDS): [], len(WORLDS) - 1: []}
    for _ in range(1 + TIMES):  # the first is not counted: pages are made real
        for worlds, found in spent.items():
            start, cpu = time.perf_counter(), time.process_time()
            stream.live_range(
                replace(plan, worlds=worlds), climates, range(len(plan.blocks)), threads
            )
            found.append((time.perf_counter() - start, time.process_time() - cpu))
    rows = []
    for worlds, found in spent.items():
        seconds, cpu = (min(one[k] for one in found[1:]) for k in (0, 1))
        lived = plan.people * (months * worlds + run.MONTHS_BEFORE)
        rows.append({
            "workload": f"stream of {scheme}, {run.MONTHS_BEFORE} months before and {months}, "
                        f"{worlds} worlds",
            "engine": "demerit", "people": plan.people, "threads": threads, "worlds": worlds,
            "agent_months_per_s": lived / seconds, "agent_months_per_cpu_s": lived / cpu,
            "bytes_per_person": None, "seconds": seconds, "cpu_seconds": cpu,
            "cpu_us_per_person": 1e6 * cpu / plan.people,
        })  # fmt: skip
    return rows


def of_model(scheme: str, people: str, months: int, threads: int) -> dict[str, Any]:
    """The whole model's row."""
    from demerit import bench as benchmark
    from demerit import limit, run
    from demerit.columns import WORLDS

    plan, _ = asked(scheme, people, months)
    count = plan.people
    start, cpu = time.perf_counter(), time.process_time()
    run.simulate(plan, threads)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    lived = count * (months * len(WORLDS) + run.MONTHS_BEFORE)
    stages = benchmark.profile(plan)
    floor, least = limit.floor(), limit.least(int(plan.scheme_tables.points.size))
    bound = least["words"] * floor["draw_ns"] + least["bytes"] * floor["byte_ns"]
    return {
        "workload": f"{scheme}, {months} months, {len(WORLDS)} worlds", "engine": "demerit",
        "people": count, "threads": threads, "agent_months_per_s": lived / seconds,
        "agent_months_per_cpu_s": lived / cpu, "bytes_per_person": least["bytes"],
        "seconds": seconds, "stages_ns": stages, "stages_total_ns": sum(stages.values()),
        "words_per_person": least["words"], "draw_ns": floor["draw_ns"],
        "byte_ns": floor["byte_ns"], "least_ns": bound,
    }  # fmt: skip


def of_replay(folder: Path) -> dict[str, Any]:
    """How long single lives of a run take, from all over it: by the command, and in a process that
    keeps the run [s, by the clock and of the processor]."""
    import subprocess
    import sys

    import numpy as np

    from demerit.commands.people import recall
    from demerit.replay.file import view_of
    from demerit.replay.story import story

    def timed(act: Callable[[int], Any], person: int, own: bool = True) -> list[float]:
        who = resource.RUSAGE_SELF if own else resource.RUSAGE_CHILDREN
        before, start = resource.getrusage(who), time.perf_counter()
        act(person)
        seconds, after = time.perf_counter() - start, resource.getrusage(who)
        return [seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]

    recorded, document = recall(folder)
    first = recorded.plan.blocks.first
    ids = [int(first[k]) for k in np.linspace(0, len(first) - 1, LIVES).astype(int)]
    command = [sys.executable, "-m", "demerit", "person", str(folder)]

    def call(person: int) -> None:
        subprocess.run([*command, str(person)], check=True, stdout=subprocess.DEVNULL)

    def tell(person: int) -> None:
        story(recorded, person)

    def look(person: int) -> None:
        view_of(recorded, person, "laboratory")

    tell(ids[0])  # kernels are loaded
    lives = {
        "command": [timed(call, person, own=False) for person in ids],
        "person": [timed(tell, person) for person in ids],
        "file": [timed(look, person) for person in ids],
    }
    each = {name: np.median(found, axis=0).tolist() for name, found in lives.items()}
    return {
        "workload": f"replay, {document['months']} months", "engine": "demerit", "threads": 1,
        "people": document["people"], "lives": LIVES,
        **{f"{name}_seconds": found[0] for name, found in each.items()},
        **{f"{name}_cpu_seconds": found[1] for name, found in each.items()},
    }  # fmt: skip


def tell_stream(rows: list[dict[str, Any]]) -> None:
    """Everybody beyond a pilot, in words."""
    for row in rows:
        click.echo(f"{row['workload']}, {row['people']:,} people, {row['threads']} threads: "
                   f"{row['seconds']:.1f} s, of processors {row['cpu_seconds']:.1f} s: "
                   f"{row['cpu_us_per_person']:.2f} µs for each person")  # fmt: skip


def tell_replay(row: dict[str, Any]) -> None:
    """Single lives in words."""
    click.echo(f"{row['workload']}, {row['people']:,} people, median of {row['lives']} lives:")
    for name, what in (("command", "demerit person RUN ID"), ("person", "in a running process"),
                       ("file", "its file, in a running process")):  # fmt: skip
        clock, cpu = row[f"{name}_seconds"], row[f"{name}_cpu_seconds"]
        click.echo(f"  {what:32} {clock:6.2f} s, of a processor {cpu:6.2f} s")


def tell_model(row: dict[str, Any]) -> None:
    """The whole model's row in words."""
    click.echo(f"{row['workload']}, {row['people']:,} people, {row['threads']} threads: "
               f"{row['seconds']:.1f} s, {row['agent_months_per_s'] / 1e6:.1f} million "
               "person-months a second")  # fmt: skip
    click.echo("\none thread, nanoseconds per person-month, all worlds together:")
    for name, ns in sorted(row["stages_ns"].items(), key=lambda item: -item[1]):
        click.echo(f"  {name:8} {ns:7.1f}")
    click.echo(f"  {'in all':8} {row['stages_total_ns']:7.1f}")
    click.echo(
        f"\nthe least: {row['words_per_person']:.0f} words drawn at {row['draw_ns']:.2f} ns and "
        f"{row['bytes_per_person']:.0f} bytes moved at {row['byte_ns']:.2f} ns: "
        f"{row['least_ns']:.0f} ns"
    )


def tell_row(row: dict[str, Any]) -> None:
    """One engine's line of the table."""
    wall, cpu = row["agent_months_per_s"] / 1e6, row["agent_months_per_cpu_s"] / 1e6
    click.echo(f"{row['engine']:30} {row['people']:>10,} {row['threads']:>7} {wall:>11.2f} "
               f"{cpu:>8.2f} {row['bytes_per_person']:>6.0f}")  # fmt: skip
