"""`demerit person`, `file`, `register`, `find`: the synthetic people of a run, one by one.

Each lives the blocks it needs again (replay/).  What is looked up is computed from a seed: there
is no way to look up anybody else.
"""

import importlib
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from demerit.commands import emit, json_option, processors
from demerit.commands.catalogue import word
from demerit.commands.folder import run_argument
from demerit.commands.progress import progress_bar
from demerit.facts import InputError

if TYPE_CHECKING:
    from demerit.replay.conditions import Wanted
    from demerit.replay.find import Found
    from demerit.replay.recorded import Recorded

SUBJECTS = ("person", "firm", "official")  # kinds of subject; not every run has all
PLURAL = {"person": "people", "firm": "firms", "official": "officials"}
VIEWERS = ("citizen", "partner", "clerk", "subject", "laboratory")
LISTS = (
    "entries",
    "points_given",
    "notices",
    "refusals",
    "measures",
    "listed_for",
)  # of a file, a row a line
NO_FILE = {
    "person": "too young for one", "firm": "the firm has failed, and another opens next month",
    "official": "this person has not held an office yet",
}  # fmt: skip
threads_option = click.option(
    "--threads", type=click.IntRange(min=1), help="[default: all processors]"
)


@click.command()
@run_argument
@click.argument("id", metavar="ID")
@click.option("--all", "whole", is_flag=True, help="Tell quiet months too, one by one.")
@json_option
def person(run: Path, id: str, whole: bool, as_json: bool) -> None:
    """Tell the life of the synthetic person ID of RUN, with the scheme and without.

    `demerit find RUN` gives ids.
    """
    number = person_number(id)
    recorded, document = recall(run)
    from demerit.replay.story import story
    from demerit.replay.words import Teller, months, who

    found = story(recorded, number)
    if as_json:
        emit({**head(document), **found})
        return
    click.echo(document["statement"])
    click.echo(f"\nPerson {number} of {document['run']}: {document['scheme_title']}")
    click.echo(f"{who(found['who'], found['currency'])}\n{found['note']}\n")
    click.echo("without: under ordinary law alone; with: under the scheme; both: in either life.\n")
    agencies = agency_entries()
    tell = Teller(recorded.deeds, agencies, document["doors"], found["currency"])
    for line in months(found, tell, whole):
        click.echo(line)


@click.command()
@run_argument
@click.argument("id", metavar="ID")
@click.option(
    "--as", "viewer", type=click.Choice(VIEWERS), default="laboratory", show_default=True,
    help="Who looks.",
)  # fmt: skip
@click.option("--month", type=int, help="After which month.  [default: the last]")
@json_option
def file(run: Path, id: str, viewer: str, month: int | None, as_json: bool) -> None:
    """Show what the scheme holds on the synthetic subject ID of RUN, as VIEWER may see it.

    ID is a person's; with `firm:` before it the firm that this person owns, with `official:` the
    office that this person holds.  A citizen sees what is public; a partner (a hotel, a lender) the
    standing; a clerk every entry, but not which are false; the subject the own score and what was
    notified; the laboratory all of it, with the truth.
    """
    kind, number = subject_of(id)
    recorded, document = recall(run)
    from demerit.replay import file as of_people
    from demerit.replay import subjects

    last = chosen(recorded, month)
    if kind == "person":
        seen = of_people.view_of(recorded, number, viewer, last + 1)
    else:
        seen = subjects.view_of(recorded, kind, number, viewer, last + 1)
    if as_json:
        emit({**head(document), "month": last, **seen})
        return
    click.echo(document["statement"])
    whose = {"person": "Person", "firm": "The firm of person", "official": "Official"}[kind]
    click.echo(f"\n{whose} {number} of {document['run']} after month {last}, as seen by: {viewer}")
    for line in file_lines(seen, row_teller(kind, recorded, document)):
        click.echo(line)


@click.command()
@run_argument
@click.option(
    "--kind", type=click.Choice(SUBJECTS), default=SUBJECTS[0], show_default=True,
    help="Which subjects.",
)  # fmt: skip
@click.option("--month", type=int, help="Which month.  [default: the scheme's last]")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@threads_option
@json_option
def register(
    run: Path, kind: str, month: int | None, limit: int, threads: int | None, as_json: bool
) -> None:
    """Show the public list of RUN in a month: whom the scheme names (synthetic people all).

    Of firms it is the blacklist, each named by its owner's id; of officials who holds an office.
    With --json the whole list, without --limit.
    """
    recorded, document, frames = recall_all(run)
    from demerit.replay.register import KINDS, month_of, why_none

    month = month_of(recorded, month)
    with progress_bar() as tell:
        rows = KINDS[kind](recorded, frames, month, threads or processors(), tell)
    why = None if rows else why_none(recorded, month, kind)
    if as_json:
        emit({**head(document), "kind": kind, "month": month, "count": len(rows), "why": why,
              "rows": rows})  # fmt: skip
        return
    click.echo(document["statement"])
    listed = f"{len(rows):,} {PLURAL[kind]}"
    click.echo(f"\nPublic list of {document['run']} in month {month}: {listed}.")
    if why:
        click.echo(why)
    for row in rows[:limit]:
        click.echo("  ".join(f"{name} {value}" for name, value in row.items()))
    if len(rows) > limit:
        click.echo(f"and {len(rows) - limit:,} more: --limit, or --json for all.")


class WithConditions(click.Command):
    """A command whose --help lists the conditions."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The conditions and what they mean."""
        from demerit.replay.conditions import told

        with formatter.section("Conditions"):
            formatter.write_dl(list(told()))


@click.command(cls=WithConditions)
@run_argument
@click.option("--where", required=True, metavar="WORDS", help="Conditions, joined by commas.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)
@threads_option
@json_option
def find(run: Path, where: str, limit: int, threads: int | None, as_json: bool) -> None:
    """Find ids of synthetic people of RUN to read, such as --where 'wrongly sanctioned, rural'.

    All conditions must hold; `not` before one turns it round.  What a person is, is so when the run
    begins; what happened, happened in any month with the scheme.  In a run of more than two million
    people, blocks from all over it are looked at until --limit people are found.
    """
    from demerit.replay.conditions import parse

    wanted = parse(where)
    found, document = search(run, wanted, limit, threads or processors())
    ids, people = found.ids, document["people"]
    if as_json:
        emit({**head(document), "where": list(map(str, wanted)), "count": len(ids),
              "looked_at": found.people, "whole": found.whole, "ids": ids[:limit]})  # fmt: skip
        return
    click.echo(document["statement"])
    among = f"{people:,}" if found.whole else f"the first {found.people:,} of {people:,}"
    click.echo(f"\n{len(ids):,} of {among} people of {document['run']}: {where}")
    for number in ids[:limit]:
        click.echo(str(number))
    if len(ids) > limit:
        click.echo(f"and {len(ids) - limit:,} more: --limit.")
    if ids:
        click.echo(f"\nRead one: demerit person {run} {ids[0]}")


def search(
    run: Path, wanted: "list[Wanted]", limit: int, threads: int
) -> "tuple[Found, dict[str, Any]]":
    """Who meets all conditions, and run.json: of a run that lived in lockstep everybody who does,
    its counts held against those lived again; of a larger one as many as are asked for."""
    recorded, document, frames = recall_all(run)
    from demerit.replay import find
    from demerit.run import PEOPLE_MAX

    with progress_bar() as tell:
        if document["people"] > PEOPLE_MAX:
            return find.find_some(recorded, wanted, limit, threads, tell), document
        ids = find.find(recorded, frames, wanted, threads, tell)
        return find.Found(ids, document["people"], True), document


# ---- what they share


def person_number(text: str) -> int:
    """The id of a person.  InputError for what is none."""
    kind, number = subject_of(text)
    if kind != "person":
        raise InputError(
            f"id {text!r}: only persons have a life to tell; `demerit file RUN {text}` shows what "
            f"the scheme holds, and `demerit person RUN {number}` tells the life of this person."
        )
    return number


def subject_of(text: str) -> tuple[str, int]:
    """Kind and number of a subject: 12, person:12, firm:12 or official:12.

    InputError for what is none.

    >>> subject_of("12"), subject_of("firm:12")
    (('person', 12), ('firm', 12))
    """
    kind, colon, rest = text.rpartition(":")
    if colon and kind not in SUBJECTS:
        raise InputError(
            f"id {text!r}: there are no subjects of the kind {kind!r}; write the number alone for "
            "a person, or firm: or official: before it."
        )
    if not re.fullmatch(r"\d{1,12}", rest):
        raise InputError(
            f"id {text!r}: is no id of a synthetic person, which is a whole number; "
            "`demerit find RUN --where ...` gives some."
        )
    return kind or "person", int(rest)


def recall(run: Path) -> "tuple[Recorded, dict[str, Any]]":
    """A run ready to be lived again, and its run.json."""
    from demerit import storage

    document, climate = storage.read_lives(run)
    spare_linear_algebra()
    from demerit.replay import recorded

    return recorded.recall(document, climate), document


def recall_all(run: Path) -> "tuple[Recorded, dict[str, Any], dict[str, Any]]":
    """The same with the counts of the run, against which all its blocks are held."""
    from demerit import storage

    document, frames, climate = storage.read(run)
    spare_linear_algebra()
    from demerit.replay import recorded

    return recorded.recall(document, climate), document, frames


def spare_linear_algebra() -> None:
    """Keep numba from importing SciPy's linear algebra: a fifth of a second, for nothing.

    It looks for BLAS when it loads its first kernel; no kernel here needs any.
    """
    if "scipy.linalg" in sys.modules or "numba.np.arraymath" in sys.modules:
        return
    sys.modules["scipy.linalg"] = None  # type: ignore[assignment]
    try:
        importlib.import_module("numba.np.arraymath")
    finally:
        del sys.modules["scipy.linalg"]


def head(document: dict[str, Any]) -> dict[str, Any]:
    """What every document of these commands begins with."""
    return {name: document[name] for name in ("statement", "run", "scheme", "seed")}


def chosen(recorded: "Recorded", month: int | None) -> int:
    """The month after which a file is looked at: the last, if none is named."""
    last = recorded.plan.months - 1
    if month is None:
        return last
    if not 0 <= month <= last:
        raise InputError(f"--month {month}: this run has months 0 to {last}.")
    return month


def agency_entries() -> dict[str, Any]:
    """The agencies with their titles."""
    from demerit import facts

    found: dict[str, Any] = facts.read("agencies.toml")["agency"]
    return found


def row_teller(kind: str, recorded: "Recorded", document: dict[str, Any]) -> Callable[..., str]:
    """What says one row of a file of this kind of subject in words."""
    from demerit import facts
    from demerit.replay import words

    if kind == "person":
        return words.Teller(recorded.deeds, agency_entries(), document["doors"]).row
    table = facts.read("firms.toml")
    return lambda row: words.row_of_subject(row, table)


def file_lines(found: dict[str, Any], tell: Callable[..., str]) -> Iterator[str]:
    """What a viewer sees of a file, a line for each thing."""
    held = dict(found["file"])
    if not found["has_file"]:
        yield f"  no file: {NO_FILE[found.get('kind', 'person')]}, or the scheme does not stand."
        return
    lists = {name: held.pop(name) for name in LISTS if name in held}
    for name, value in held.items():
        for key, one in value.items() if isinstance(value, dict) else [("", value)]:
            said = ", ".join(one) or "none" if isinstance(one, list) else word(one)
            if one is not None:
                yield f"  {' '.join(filter(None, (name, key))).replace('_', ' ')}: {said}"
    for name, rows in lists.items():
        yield f"  {name.replace('_', ' ')}: {len(rows) or 'none'}"
        yield from (f"    {tell(row)}" for row in rows)
