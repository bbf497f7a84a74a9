"""`demerit luck`: how much of who is under sanction is decided by what happens to be recorded."""

from typing import Any

import click

from demerit.commands import emit, json_option, number, people_count, processors

LOOPS = {
    "open": "the same lives and deeds, records and files drawn anew",
    "closed": "records and files drawn anew, and lives go on from there",
}


@click.command()
@click.argument("scheme")
@click.option(
    "--redraw",
    default="observe,link",
    show_default=True,
    metavar="STAGES",
    help="Whose chance is drawn anew: what is recorded, what reaches which file.",
)
@click.option("--people", default="50k", show_default=True, help="How many.")
@click.option("--months", type=click.IntRange(min=1), default=36, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def luck(
    scheme: str,
    redraw: str,
    people: str,
    months: int,
    seed: int,
    threads: int | None,
    as_json: bool,
) -> None:
    """Live a scheme twice, with other luck in what is recorded, and compare who is under
    sanction."""
    from demerit import luck as experiments
    from demerit import run
    from demerit import scheme as schemes
    from demerit import society as societies
    from demerit.commands.progress import progress_bar
    from demerit.trial import Request, check, where

    loaded = schemes.load(scheme)
    request = Request(scheme, people=people_count(people, "china-2020"), months=months, seed=seed)
    check(request)
    society = societies.load(request.society)
    place, count = where(request, loaded, society)
    plan = run.plan(loaded, society, months, seed, count, place)
    stages = [name.strip() for name in redraw.split(",") if name.strip()]
    with progress_bar() as progress:
        found = experiments.experiment(
            plan, stages, threads or processors(), progress or (lambda stage, done, total: None)
        )
    document: dict[str, Any] = {
        "scheme": loaded.key,
        "people": count,
        "months": months,
        "seed": seed,
        "redraw": stages,
        **found,
    }
    if as_json:
        emit(document)
        return
    for loop, told in found.items():
        click.echo(f"\n{loop} loop: {LOOPS[loop]}")
        for key, m in told.items():
            ends = [number(m[name], m["unit"]) for name in ("chance_low", "chance_high")]
            span = "" if m["chance_low"] is None else f"  [{ends[0]}, {ends[1]}]"
            click.echo(f"  {key:20} {number(m['value'], m['unit'])}{span}")
