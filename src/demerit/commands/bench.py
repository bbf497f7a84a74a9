"""`demerit bench`: person-months per second, where the time goes, and other engines beside it."""

from pathlib import Path
from typing import Any

import click

from demerit.commands import emit, json_option, people_count, processors

AGENTS_MIN, AGENTS_MAX = 1_000, 500_000_000
COLUMNS = (
    f"{'engine':30} {'people':>10} {'threads':>7} {'million a s':>11} {'a cpu-s':>8} {'bytes':>6}"
)


@click.command()
@click.argument("scheme", default="suining")
@click.option("--people", default="200k", show_default=True, help="How many live the whole model.")
@click.option("--months", type=click.IntRange(min=2), default=24, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@click.option("--workload", type=click.Choice(["both", "model", "scorebench"]), default="both",
              show_default=True, help="The whole model, a small workload that other engines run "
              "too, or both.")  # fmt: skip
@click.option("--agents", default="1m", show_default=True, help="How many live the small workload.")
@click.option("--peers", type=click.Path(path_type=Path, file_okay=False, exists=True),
              help="Folder of other engines, as bench/peers after `make bench-peers`.")  # fmt: skip
@json_option
def bench(
    scheme: str, people: str, months: int, threads: int | None, workload: str, agents: str,
    peers: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Time SCHEME: the whole on all threads, each stage on one, and the least it could take.

    And the small workload `scorebench`, beside other engines where --peers names them.
    """
    threads = threads or processors()
    rows: list[dict[str, Any]] = []
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


def of_model(scheme: str, people: str, months: int, threads: int) -> dict[str, Any]:
    """The whole model's row."""
    import time

    from demerit import bench as benchmark
    from demerit import limit, run
    from demerit import scheme as schemes
    from demerit import society as societies
    from demerit.columns import WORLDS
    from demerit.trial import Request, check, where

    loaded, society = schemes.load(scheme), societies.load("china-2020")
    request = Request(scheme, people=people_count(people, society.key), months=months)
    check(request)
    place, count = where(request, loaded, society)
    run.simulate(run.plan(loaded, society, 1, 1, 1_000, place), 1, months_before=1)
    plan = run.plan(loaded, society, months, 1, count, place)
    start, cpu = time.perf_counter(), time.process_time()
    run.simulate(plan, threads)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    lived = count * (months * len(WORLDS) + run.MONTHS_BEFORE)
    stages = benchmark.profile(plan)
    floor, least = limit.floor(), limit.least(int(plan.scheme_tables.points.size))
    bound = least["words"] * floor["draw_ns"] + least["bytes"] * floor["byte_ns"]
    return {
        "workload": f"{loaded.key}, {months} months, {len(WORLDS)} worlds", "engine": "demerit",
        "people": count, "threads": threads, "agent_months_per_s": lived / seconds,
        "agent_months_per_cpu_s": lived / cpu, "bytes_per_person": least["bytes"],
        "seconds": seconds, "stages_ns": stages, "stages_total_ns": sum(stages.values()),
        "words_per_person": least["words"], "draw_ns": floor["draw_ns"],
        "byte_ns": floor["byte_ns"], "least_ns": bound,
    }  # fmt: skip


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
