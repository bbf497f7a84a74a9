"""`demerit bench`: person-months per second, and where the time goes."""

import click

from demerit.commands import emit, json_option, people_count, processors


@click.command()
@click.argument("scheme", default="suining")
@click.option("--people", default="200k", show_default=True, help="How many.")
@click.option("--months", type=click.IntRange(min=2), default=24, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def bench(scheme: str, people: str, months: int, threads: int | None, as_json: bool) -> None:
    """Time SCHEME: the whole on all threads, each stage on one, and the least it could take."""
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
    threads = threads or processors()
    run.simulate(run.plan(loaded, society, 1, 1, 1_000, place), 1, months_before=1)
    plan = run.plan(loaded, society, months, 1, count, place)
    start = time.perf_counter()
    run.simulate(plan, threads)
    seconds = time.perf_counter() - start
    lived = count * (months * len(WORLDS) + run.MONTHS_BEFORE)
    stages = benchmark.profile(plan)
    floor, least = limit.floor(), limit.least(int(plan.scheme_tables.points.size))
    bound = least["words"] * floor["draw_ns"] + least["bytes"] * floor["byte_ns"]
    row = {
        "workload": f"{loaded.key}, {months} months, {len(WORLDS)} worlds", "engine": "demerit",
        "people": count, "threads": threads, "agent_months_per_s": lived / seconds,
        "bytes_per_person": least["bytes"], "seconds": seconds, "stages_ns": stages,
        "stages_total_ns": sum(stages.values()), "words_per_person": least["words"],
        "draw_ns": floor["draw_ns"], "byte_ns": floor["byte_ns"], "least_ns": bound,
    }  # fmt: skip
    if as_json:
        emit({"rows": [row]})
        return
    click.echo(f"{row['workload']}, {count:,} people, {threads} threads: {seconds:.1f} s, "
               f"{lived / seconds / 1e6:.1f} million person-months a second")  # fmt: skip
    click.echo("\none thread, nanoseconds per person-month, all worlds together:")
    for name, ns in sorted(stages.items(), key=lambda item: -item[1]):
        click.echo(f"  {name:8} {ns:7.1f}")
    click.echo(f"  {'in all':8} {sum(stages.values()):7.1f}")
    click.echo(
        f"\nthe least: {least['words']:.0f} words drawn at {floor['draw_ns']:.2f} ns and "
        f"{least['bytes']:.0f} bytes moved at {floor['byte_ns']:.2f} ns: {bound:.0f} ns"
    )
