"""`demerit gaps`: what puts each gap between groups in, and what of it rests on assumed numbers."""

from dataclasses import replace
from typing import Any

import click

from demerit.commands import emit, json_option, number, processors
from demerit.commands.experiment import asked, begun, experiment_options

ALPHA = 0.05  # as gaps.py has it, which is read only when it is asked


@click.command()
@experiment_options("50k")
@json_option
def gaps(
    scheme: str, people: str, months: int, seed: int, society: str, threads: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Part each gap between groups among what makes them unequal, under SCHEME.

    Six inputs (deeds, agencies' eyes, exposure, money, discretion, temper) are switched off in all
    64 combinations, on the same draws; an input that is off is dealt out anew among the people of a
    neighbourhood. Parts are Shapley values: they and what is left add up to the gap. Protest does
    not end the scheme here.
    """
    from demerit import gaps as experiments
    from demerit import run
    from demerit.commands.progress import progress_bar
    from demerit.lint_worlds import lasting

    _, here = asked("gaps", scheme, people, months, seed, society)
    lasts = replace(here.scheme, spec=lasting(here.scheme.spec))
    made = run.plan(
        lasts, here.society, months, seed, here.people, here.place, values=here.changed
    )  # fmt: skip
    with progress_bar() as progress:
        tell = progress or (lambda stage, done, total: None)
        found = experiments.measure(made, threads or processors(), tell)
    document: dict[str, Any] = begun(here, society) | found
    if as_json:
        emit(document)
    else:
        show(document)


def show(document: dict[str, Any]) -> None:
    """A table for each rate: gaps beneath one another, a column for each input."""
    inputs = document["inputs"]
    click.echo(click.wrap_text(document["statement"], 100))
    click.echo(
        f"\n{document['scheme']}: {document['people']:,} people, {document['months']} months, "
        f"{document['worlds']} worlds. {document['method']}. In brackets: {document['interval']}; "
        "* beyond chance by itself. Blank: no two groups of 1,000 person-months and 30 events.\n"
    )
    click.echo(f"{click.wrap_text(many(document), 100)}\n")
    for key, one in inputs.items():
        click.echo(
            f"  {key:11}{one['title']} ({one['numbers']} numbers, {one['assumed']} of them assumed)"
        )
    click.echo("  left       what is left with all of these off: age itself, and chance")
    for key, rate in document["rates"].items():
        rows = [row for row in document["gaps"] if row["rate"] == key]
        click.echo(f"\n{key}: {rate['question']} {rate['textbook']}")
        if not rows:
            click.echo("  blank: too few people or events")
            continue
        heads = "".join(f"{head:>12}" for head in (*inputs, "left"))
        click.echo(f"  {'points':40}{'gap':>24}{heads}")
        for row in rows:
            click.echo(line(row))


def many(document: dict[str, Any]) -> str:
    """How many gaps and parts were looked at, and what ** stands for."""
    rows = document["gaps"]
    parts = sum(len(row["parts"]) for row in rows)
    stars = sum(is_beyond(one) for row in rows for one in row["parts"].values())
    return (
        f"** holds among all {len(rows)} gaps, or all {parts} parts, at once: chance alone would "
        "bring a single ** in one such table of twenty (Holm's rule; of a gap, that its two groups "
        f"were picked as the farthest apart is counted in). Of parts, {stars} have a star, and "
        f"chance alone would bring about {round(0.05 * parts)}: a single * is no finding."
    )


def line(row: dict[str, Any]) -> str:
    """One gap and its parts [points of a hundred]."""
    what = f"{row['grouping']}: {row['high']} over {row['low']}"
    gap = row["gap"]
    span = "" if gap["low"] is None else f" [{points(gap['low'])}, {points(gap['high'])}]"
    span += "**" * is_found(row["by_luck"]["gap"])
    parts = "".join(f"{marked(one, row['by_luck'][key]):>12}" for key, one in row["parts"].items())
    parts += f"{marked(row['left']):>12}"
    short = what if len(what) <= 40 else f"{what[:39]}~"
    return f"  {short:40}{points(gap['value']) + span:>24}{parts}"


def points(share: float | None) -> str:
    """A difference of shares.

    >>> points(0.0123), points(None)
    ('1.23', '-')
    """
    return "-" if share is None else number(100 * share)


def marked(one: dict[str, Any], by_luck: float | None = None) -> str:
    """A part, with a star where it is beyond chance by itself, with two where it is among all.

    >>> part = {"value": 0.02, "low": 0.01, "high": 0.03}
    >>> marked(part), marked(part, 0.04), marked(part, 0.06)
    ('2*', '2**', '2*')
    """
    return points(one["value"]) + "*" * (is_beyond(one) + is_found(by_luck))


def is_beyond(one: dict[str, Any]) -> bool:
    """Does the interval of a part exclude nought?"""
    return one["low"] is not None and (one["low"] > 0 or one["high"] < 0)


def is_found(by_luck: float | None) -> bool:
    """Does it hold among all that were looked at?"""
    return by_luck is not None and by_luck < ALPHA
