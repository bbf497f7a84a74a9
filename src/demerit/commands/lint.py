"""`demerit lint`: a scheme held against Article 5(1)(c) of the AI Act; not legal advice."""

from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from demerit import facts
from demerit.commands import emit, json_option, number, people_count, processors
from demerit.commands.run import interval

if TYPE_CHECKING:
    from demerit.lint_told import Look
    from demerit.scheme.lint import Row

SHOWN = 8  # lines named for one finding on the terminal; --json has them all


@click.command()
@click.argument("schemes", nargs=-1, metavar="[SCHEME]...")
@click.option("--run", "run", type=click.Path(path_type=Path), help="Add what this run measured.")
@click.option(
    "--worlds", is_flag=True, help="Live the run's question again without some rules: whose harm?"
)
@click.option(
    "--people", metavar="N", help="How many, for --worlds.  [default: the run's, at most 50k]"
)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@click.option("--fria", is_flag=True, help="Draft the fundamental-rights impact assessment.")
@json_option
def lint(
    schemes: tuple[str, ...], run: Path | None, worlds: bool, people: str | None,
    threads: int | None, fria: bool, as_json: bool,
) -> None:  # fmt: skip
    """Hold SCHEME against the prohibition of social scoring; not legal advice.

    SCHEME is a key (demerit schemes) or the path of a scheme file. Of several, or of all that are
    shipped if none is named, one table shows which rules find something. With --worlds up to 160
    further worlds of the run are lived, a second or two each on 50,000 people.
    """
    from demerit import scheme

    named = schemes or tuple(key for key in scheme.keys() if not scheme.load(key).waves)
    for key in schemes:
        if waves := scheme.load(key).waves:
            keys = " ".join(dict.fromkeys(one.name for one in waves))
            raise facts.InputError(
                f"lint {key}: is a calendar; lint what begins in it: demerit lint {keys}"
            )
    if len(named) != 1 and (run or fria):
        raise facts.InputError("lint --run and --fria: name one scheme, as in `lint suining`.")
    if worlds and not run:
        raise facts.InputError(
            "lint --worlds: name the run whose question is asked again, as in `--run runs/...`."
        )
    if people is not None and not worlds:
        raise facts.InputError("lint --people: is for --worlds, which is not asked for.")
    told = read(named[0], run) if run else None
    found = live(named[0], told, people, threads) if worlds and told else {}
    from demerit.lint_told import as_document, look

    if told:
        looked = [look(named[0], told.document, frames=told.frames, worlds=found)]
    else:
        looked = [look(key) for key in named]
    if fria:
        show_draft(looked[0], as_json)
    elif as_json:
        emit(as_document(looked))
    elif len(looked) == 1:
        print_one(looked[0])
    else:
        print_table(looked)


class Told(NamedTuple):
    """A run of a scheme: its document and its counts."""

    document: dict[str, Any]
    frames: dict[str, Any]


def read(key: str, run: Path) -> Told:
    """The run, which must be of this scheme."""
    from demerit import scheme, storage

    document, frames, _ = storage.read(run)
    if document["scheme"] != scheme.load(key).key:
        raise facts.InputError(f"lint {key} --run {run}: that is a run of {document['scheme']}.")
    return Told(document, frames)


def live(key: str, told: Told, people: str | None, threads: int | None) -> dict[str, Any]:
    """The figures of further worlds; InputError where the scheme's file is no more the run's."""
    from demerit import lint_worlds, mechanism, scheme
    from demerit.commands.progress import progress_bar
    from demerit.lint_harm import measure
    from demerit.replay.recorded import foreign

    document = told.document
    if "rules" not in document:
        raise facts.InputError(foreign(document, "its folder does not hold the rules"))
    count = people_count(people, document["society"]) if people else lint_worlds.PEOPLE
    if count < lint_worlds.PEOPLE_LEAST:
        raise facts.InputError(
            f"lint --people {people}: is too few; at least {lint_worlds.PEOPLE_LEAST:,}, as in "
            f"--people 50k."
        )
    changed = mechanism.off(tuple(document["without"]), scheme.load(key), document["society"])
    if scheme.load(key, changed).spec != document["rules"]:
        raise facts.InputError(
            f"lint {key} --worlds: its file has changed since this run; run it again: "
            f"{document['command']}"
        )
    with progress_bar() as bar:
        tell = bar or (lambda stage, done, total: None)
        return measure(document, count, threads or processors(), tell)


def show_draft(one: "Look", as_json: bool) -> None:
    """The draft of an impact assessment."""
    from demerit.scheme.assessment import draft

    text = draft(one.verdict, one.title, one.document, one.worlds, one.redress)
    said = {"statement": one.document["statement"]} if one.document else {}
    emit(said | {"scheme": one.key, "fria": text}) if as_json else click.echo(text)


# ---- for people


def print_one(look: "Look") -> None:
    """Verdict, elements, findings with their lines, what would mend each."""
    from demerit.scheme.lint import NOTICE

    law = facts.read("ai_act.toml")["law"]
    if look.document:
        click.echo(f"{look.document['statement']}\n")
    click.echo(f"{NOTICE}\n\n{look.title}\n{look.verdict.says}\n\n{law['title']}")
    said = f'"{law["words"]} (i) {law["limb_i"]} (ii) {law["limb_ii"]}"'
    click.echo(click.wrap_text(said, 100, "  ", "  ") + "\n\nElements")
    for row in look.verdict.elements:
        memory = "*" if row.entry["rests"] == "guidelines" else " "
        click.echo(f"  {row.key:5}{row.found.status:8}{memory} {row.entry['title']}")
        if row.found.what:
            click.echo(f"  {'':15}{row.found.what}")
    click.echo("\nFindings" if look.findings else "\nNo finding.")
    for row in look.findings:
        print_finding(look, row)
    if clean := [row.key for row in look.verdict.rules if row.found.status == "not met"]:
        click.echo(f"\nNot met: {', '.join(clean)}.")
    if look.worlds:
        print_worlds(look.worlds)
    click.echo("* rests on the Commission's guidelines, from memory")


def print_finding(look: "Look", row: "Row") -> None:
    """One finding."""
    from demerit.scheme.elements import severe

    memory = "*" if row.entry["rests"] == "guidelines" else ""
    click.echo(f"\n  {row.key} {row.found.status} ({severe(row)}) {row.entry['title']}{memory}")
    click.echo(f"    what  {row.found.what}")
    lines = sorted({place["line"] for place in look.lines(row) if place["line"]})
    if lines:
        more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
        click.echo(f"    where {look.file}, line {', '.join(map(str, lines[:SHOWN]))}{more}")
    click.echo(f"    law   {row.entry['law']}\n    mend  {row.entry['mend']}")
    for m in look.measured[row.key]:
        span = "" if m.low is None else f" ({interval(m.low, m.high, m.unit, signed=False)})"
        click.echo(f"    run   {m.key} {number(m.value, m.unit)}{span}: {m.question}")


def print_worlds(measured: dict[str, Any]) -> None:
    """What further worlds measured: a table for each question."""
    from demerit.scheme.measured import defined, tables

    said = (
        f"Further worlds: {measured['worlds']} lived by {measured['people']:,} people for "
        f"{measured['months']} months. {measured['says']} In brackets: chance alone, 95 in 100; "
        f"what the unpublished numbers leave open is not in it."
    )
    click.echo(f"\n{click.wrap_text(said, 100)}")
    for table in tables(measured):
        heads = "".join(f"{head:>24}" for head in table.heads)
        titles = wrap(table.title, 50)
        click.echo("\n" + "".join(f"{row}\n" for row in titles[:-1]) + f"{titles[-1]:52}{heads}")
        for line in table.lines:
            cells = "".join(f"{cell:>24}" for cell in line.cells)
            rows = wrap(line.what, 49)
            click.echo("".join(f"  {row}\n" for row in rows[:-1]) + f"  {rows[-1]:50}{cells}")
    if not defined(measured):
        click.echo("Nobody is under sanction and no door is shut: there is nothing to share out.")


def print_table(looked: "list[Look]") -> None:
    """Schemes beneath one another, a column for each element and rule; then what these are."""
    from demerit.scheme.lint import NOTICE

    marks = {"met": "x", "open": "?", "not met": "."}
    rows = [*looked[0].verdict.elements, *looked[0].verdict.rules]
    heads = [row.key.removeprefix("AIA-0").removeprefix("AIA-") for row in rows]
    wide = [max(2, len(head)) + 1 for head in heads]
    first = max(len(look.key) for look in looked)
    click.echo(click.wrap_text(NOTICE, 100) + "\n\nx found, ? open, . not found\n")
    click.echo(f"{'':{first}}" + "".join(f"{h:>{w}}" for h, w in zip(heads, wide, strict=True)))
    for look in looked:
        found = (*look.verdict.elements, *look.verdict.rules)
        cells = "".join(
            f"{marks[row.found.status]:>{w}}" for row, w in zip(found, wide, strict=True)
        )
        click.echo(f"{look.key:{first}}{cells}")
    click.echo()
    for row in rows:
        memory = "*" if row.entry["rests"] == "guidelines" else ""
        click.echo(f"{row.key:8}{row.entry['title']}{memory}")
    click.echo("* rests on the Commission's guidelines, from memory\n")
    for look in looked:
        said = wrap(f"{look.key}: {look.verdict.says}", 100, subsequent_indent="  ")
        click.echo("\n".join(said))
