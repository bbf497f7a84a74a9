"""`demerit mechanisms`: what can be switched off, and what moves when it is."""

from typing import Any

import click

from demerit.commands import emit, json_option, number, people_count, processors


@click.command()
@click.argument("key", required=False)
@click.option("--off", "scheme", metavar="SCHEME", help="Run SCHEME without each mechanism.")
@click.option("--people", default="50k", show_default=True, help="How many, for --off.")
@click.option("--months", type=click.IntRange(min=1), default=36, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def mechanisms(key: str | None, scheme: str | None, as_json: bool, **options: Any) -> None:
    """The mechanisms of the model, or one; with --off SCHEME, what moves without each."""
    from demerit import facts, mechanism

    table = mechanism.table()
    if key is not None:
        if key not in table:
            raise facts.InputError(f"there is no mechanism {key!r}; {facts.nearest(key, table)}")
        table = {key: table[key]}
    if scheme is not None:
        show_off(scheme, table, as_json, **options)
    elif as_json:
        emit({"mechanisms": [{"key": k, **entry} for k, entry in table.items()]})
    else:
        width = max(map(len, table))
        for name, entry in table.items():
            click.echo(f"{name:{width}}  {entry['title']}")
            if key is not None:
                click.echo(f"  off: {entry['off']}\n  literature: {entry['says']}")


def show_off(
    scheme: str, table: dict[str, Any], as_json: bool, people: str, months: int, seed: int,
    threads: int | None,
) -> None:  # fmt: skip
    """Run a scheme with each mechanism off, and print what moved."""
    from demerit import ablation
    from demerit import scheme as schemes
    from demerit import society as societies
    from demerit.commands.progress import progress_bar
    from demerit.ensemble import Question
    from demerit.trial import Request, check, where

    loaded = schemes.load(scheme)
    request = Request(scheme, people=people_count(people, "china-2020"), months=months, seed=seed)
    check(request)
    place, count = where(request, loaded, societies.load(request.society))
    question = Question(
        scheme, request.society, months, seed, place, count, threads or processors()
    )
    with progress_bar() as progress:
        found = ablation.run(question, table, progress or (lambda stage, done, total: None))
    if as_json:
        emit({"scheme": loaded.key, "people": count, "months": months, "seed": seed,
              "mechanisms": [{"key": key, "says": table[key]["says"], "moved": rows}
                             for key, rows in found.items()]})  # fmt: skip
        return
    for key, rows in found.items():
        click.echo(f"\nwithout {key}: {table[key]['title']}\n  literature: {table[key]['says']}")
        for row in rows:
            click.echo(f"  {line(row)}")
        if not rows:
            click.echo("  nothing moves that can be told from chance")


def line(row: dict[str, Any]) -> str:
    """One measure that moved, or was expected to."""
    ends = f"{number(row['on'], row['unit'])} -> {number(row['off'], row['unit'])}"
    told = f", expected {row['expected']}" if row["expected"] else ""
    gap = "" if row["as_expected"] else "  NOT AS EXPECTED"
    return f"{row['measure']:28} {row['way']:26} {ends}{told}{gap}"
