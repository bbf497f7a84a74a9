"""`demerit validate`: published and closed-form cases beside what comes out here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from demerit.commands import emit, json_option

if TYPE_CHECKING:
    from demerit.theory.row import Row

MARKS = {"yes": "yes", "no": "NO", "gap": "GAP"}


@click.command()
@click.argument("cases", nargs=-1, metavar="[CASE]...")
@json_option
def validate(cases: tuple[str, ...], as_json: bool) -> None:
    """Reproduce published cases with the code of this project, and say where they differ.

    All cases, or those named.  Two figures agree when they are no farther apart than the tolerance,
    which for what is drawn is four standard errors of both.  A gap is a difference with a reason.
    """
    from demerit import theory

    started = time.perf_counter()
    keys = list(dict.fromkeys(cases)) or list(theory.CASES)
    theory.check(keys)
    found: dict[str, list[Row]] = {}
    for key in keys:
        found[key] = theory.rows(key)
        if not as_json:
            show(key, theory.CASES[key][-1], found[key])
            show_aside(theory.aside(key))
    rows = [row for each in found.values() for row in each]
    count = {agrees: sum(row.agrees == agrees for row in rows) for agrees in MARKS}
    if as_json:
        sources = {name: entry for key in keys for name, entry in theory.sources(key).items()}
        aside = {name: entry for key in keys for name, entry in theory.aside(key).items()}
        emit({"rows": [row._asdict() for row in rows], "count": count, "aside": aside,
              "sources": sources})  # fmt: skip
        return
    click.echo(
        f"{len(rows)} figures: {count['yes']} agree, {count['gap']} gaps with a reason, "
        f"{count['no']} differ without ({time.perf_counter() - started:.0f} s)."
    )
    for row in rows:
        if row.agrees != "yes":
            click.echo(f"  {MARKS[row.agrees]} {row.key}: {row.note or 'no reason is known.'}")


def show(key: str, title: str, rows: list[Row]) -> None:
    """Print the table of one case."""
    click.echo(f"{key}: {title}")
    width = max(len(row.what) for row in rows)
    click.echo(f"  {'':4} {'':{width}} {'published':>11} {'here':>11} {'tolerance':>11}")
    for row in rows:
        click.echo(
            f"  {MARKS[row.agrees]:4} {row.what:{width}} {row.published:11.5g} {row.got:11.5g} "
            f"{row.tolerance:11.2g}  {row.source}{f' ({row.note})' if row.note else ''}"
        )
    click.echo()


def show_aside(entries: dict[str, dict[str, str]]) -> None:
    """Print the published findings that no row is run for, and why."""
    for kind, head in (("input", "Put in, and so no check:"), ("outside", "Not run:")):
        mine = {name: entry for name, entry in entries.items() if kind in entry}
        if mine:
            click.echo(head)
        for name, entry in mine.items():
            click.echo(f"  {name}  {entry['title']}: {entry[kind]}")
    if entries:
        click.echo()
