"""`demerit run`: a scheme and ordinary law alone, on the same people with the same luck."""

import contextlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from demerit.chance import told_apart
from demerit.commands import (
    emit,
    json_option,
    number,
    out_option,
    people_count,
    processors,
    question_options,
)
from demerit.commands.progress import progress_bar, progress_option
from demerit.facts import InputError

if TYPE_CHECKING:
    from demerit.ledger import Ledger
    from demerit.stream import Engine
    from demerit.trial import Keep, Request, Result

HEADLINES = frozenset(
    "sanctioned_share sanction_anatomy sanction_anatomy_lawful wrongful_sanction_share "
    "error_sanction_share deeds_traffic_offence deeds_bribe deterred_traffic_offence "
    "speech_withheld employment job_refused_share unpaid_by_inability poverty_ever protest "
    "aware_share".split()
)


@click.command()
@click.argument("scheme", required=False)
@question_options(many=False)
@click.option(
    "--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off; may be repeated."
)
@click.option(
    "--set", multiple=True, metavar="NAME=VALUE",
    help="Set a number of the data files, or by NAME=xFACTOR multiply it; * stands for any key.",
)  # fmt: skip
@click.option(
    "--pilot",
    metavar="N",
    default="2m",
    show_default=True,
    help="Of more people, how many make the climate that all live in.",
)
@click.option(
    "--worlds",
    type=click.Choice(["law,scheme", "law,scheme,no_errors"]),
    default="law,scheme,no_errors",
    show_default=True,
    help="The worlds that people live in; without the third nothing tells what errors cause.",
)
@click.option(
    "--settle",
    type=click.IntRange(0, 3),
    default=0,
    show_default=True,
    help="With a pilot: how often all may live again if they do not bear its climate out.",
)
@click.option(
    "--engine",
    type=click.Choice(["threads", "ray"]),
    default="threads",
    show_default=True,
    help="Who lives all beyond the pilot: this process, or a Ray cluster (demerit[cluster]).",
)
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="With --engine ray: of a cluster, or auto.  [default: one of this machine alone]",
)
@click.option(
    "--shards",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="Let N processes of this machine live all beyond the pilot.",
)
@out_option
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Go on with the run that was to be written there; all inputs are those it began with.",
)
@progress_option
@json_option
@click.pass_context
def run(
    context: click.Context, scheme: str | None, out: Path | None, resume: Path | None,
    progress: str, as_json: bool, engine: str, address: str | None, shards: int | None,
    **options: Any,
) -> None:  # fmt: skip
    """Run SCHEME and its twin without a scheme; write the run's folder and report.html.

    SCHEME is a key (demerit schemes) or the path of a scheme file.  What is done is kept in
    DIR.partial until the run is complete; a run that was stopped goes on with --resume DIR.
    No bit of the result depends on --threads, --engine or --shards.
    """
    threads = options.pop("threads") or processors()
    if resume is not None:
        alone(context)
    elif scheme is None:
        raise click.MissingParameter(ctx=context, param_hint="'SCHEME'", param_type="argument")
    with engine_of(engine, address, shards, threads) as lives:
        if resume is not None:
            folder = go_on(resume, threads, progress, lives)
        else:
            assert scheme is not None
            folder = begin(scheme, out, threads, progress, options, lives)
    from demerit import storage

    document, _, _ = storage.read(folder)
    emit(document) if as_json else print_summary(document, folder)


def alone(context: click.Context) -> None:
    """Raise InputError if --resume is given with an input: a run has those it began with."""
    free = {"resume", "threads", "progress", "as_json", "engine", "address", "shards"}
    given = [
        param.opts[0].lstrip("-")
        for param in context.command.params
        if param.name not in free
        and context.get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE
    ]
    if given:
        raise InputError(
            f"--resume: a run goes on with the inputs it began with; leave out {', '.join(given)}."
        )


def engine_of(
    kind: str, address: str | None, shards: int | None, threads: int
) -> "AbstractContextManager[Engine | None]":
    """Who lives all beyond the pilot; nobody else than this process, if nobody is asked for."""
    if kind != "ray" and address:
        raise InputError(f"--address {address}: is of a Ray cluster; it needs --engine ray.")
    if kind == "ray" and shards:
        raise InputError("--shards: are processes of this machine; leave it out with --engine ray.")
    if kind != "ray" and not shards:
        return contextlib.nullcontext()
    from demerit import shard

    return shard.engine(kind, address, shards, threads)


def begin(
    scheme: str, out: Path | None, threads: int, progress: str, options: dict[str, Any],
    lives: "Engine | None",
) -> Path:  # fmt: skip
    """A new run; its folder."""
    people, society = options.pop("people"), options["society"]
    count = people_count(people, society) if people is not None else None
    pilot = people_count(options.pop("pilot"), society, "--pilot")
    from demerit import ledger, storage

    storage.check_free(out or next(free_folders("run")))
    from demerit.trial import Request

    worlds = len(options.pop("worlds").split(","))
    request = Request(
        scheme=scheme, people=count, threads=threads, pilot=pilot, worlds=worlds, **options
    )

    def keep(head: dict[str, Any]) -> "Ledger":
        if out:
            return ledger.create(out, head)
        for folder in free_folders(head["run"]):
            with contextlib.suppress(FileExistsError):
                return ledger.create(folder, head)
        raise FileExistsError(f"runs/{head['run']}-...: no name is free; name a folder with --out")

    return carry_out(request, keep, out, progress, lives)


def go_on(out: Path, threads: int, progress: str, lives: "Engine | None") -> Path:
    """The run that was to be written to `out`, from where it was stopped; its folder."""
    from demerit import inputs, ledger, storage

    out = out.with_name(out.name.removesuffix(".partial"))
    if os.path.lexists(out) and not os.path.lexists(ledger.folder_of(out)):
        raise InputError(
            f"{out}: there is nothing to go on with; `demerit verify {out}` checks it."
        )
    if os.path.lexists(out):  # stopped in the last step, its folder whole: the ledger goes
        storage.read_document(out)
        ledger.discard(out)
        return out
    held = ledger.resume(out)
    storage.sweep(out)
    if held.dropped:
        click.echo(f"{out}: {held.dropped:,} bytes of a cut entry are left out.", err=True)
    from demerit.trial import Request

    asked = held.head["request"]
    listed = {key: tuple(asked.get(key, ())) for key in ("without", "set")}
    request = replace(Request(**{**asked, **listed}), threads=threads)

    def keep(head: dict[str, Any]) -> "Ledger":
        inputs.check(str(out), held.head["inputs"], head["inputs"])
        return held

    try:
        return carry_out(request, keep, out, progress, lives)
    finally:
        held.close()


def carry_out(
    request: "Request", keep: "Keep", out: Path | None, progress: str, lives: "Engine | None"
) -> Path:
    """Run a request and write its folder.

    A run that is stopped leaves its ledger, if that has more than a beginning, and says how to go
    on; one that cannot be, as it would fail again, leaves nothing.
    """
    from demerit.trial import run as run_scheme

    opened: list[Ledger] = []

    def opening(head: dict[str, Any]) -> "Ledger":
        opened.append(keep(head))
        return opened[-1]

    try:
        with progress_bar(progress) as tell:
            result = run_scheme(request, tell, opening, lives)
        folder = write(result, opened, out)
    except BaseException as error:
        again = type(error).__name__ == "RunError"
        if opened and (left := leave(opened[0], again)):
            error.add_note(f"Go on with: demerit run --resume {left}")
        raise
    for held in opened:
        held.remove()
    return folder


def write(result: "Result", opened: "list[Ledger]", out: Path | None) -> Path:
    """Write a run to the folder that its ledger stands beside."""
    from demerit import storage

    if opened:
        folder = opened[0].folder
        return storage.write(result, folder.with_name(folder.name.removesuffix(".partial")))
    assert out is not None, "a run without a ledger is told its folder"
    return storage.write(result, out)


def leave(held: "Ledger", again: bool) -> Path | None:
    """The folder of a run that was stopped; none, and nothing left, if nothing was done yet or if
    it would only fail again."""
    if again or len(held.entries) < 2:
        held.remove()
        return None
    held.close()
    return held.folder.with_name(held.folder.name.removesuffix(".partial"))


def free_folders(name: str) -> Iterator[Path]:
    """Folders under ./runs for a run of this name that do not exist yet, nor are being made.

    >>> next(free_folders("never made"))
    PosixPath('runs/never made')
    """
    names = (name if k == 1 else f"{name}-{k}" for k in range(1, 100_000))
    for path in (Path("runs") / n for n in names):
        if not (os.path.lexists(path) or os.path.lexists(f"{path}.partial")):
            yield path


# ---- the summary


def print_summary(document: dict[str, Any], folder: Path) -> None:
    """What came out, on stdout: the statement, a table of measures, where the report is."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, 110)
    console.print(document["statement"])
    if not document.get("settled", True):
        gap, chance = (document["pilot"][name] for name in ("residual", "tolerance"))
        console.print(
            f"Not settled (settled: false): what everybody did is {gap:.1f} standard errors of the "
            f"pilot away from what it did, more than chance would bring ({chance:.1f}); a run with "
            "--settle 1 lets everybody live again in a climate between the two."
        )
    console.print(
        f"\n{document['scheme_title']}; {document['people']:,} people, "
        f"{document['months']} months, seed {document['seed']}, {document['seconds']:.0f} s"
    )
    table = Table()
    table.add_column("Question", ratio=1)
    for title in ("without", "with", "effect", "not known", "chance"):
        table.add_column(title, justify="right")
    told = [m for key, m in document["measures"].items() if key in HEADLINES]
    told = told or list(document["measures"].values())
    for measure in told:
        if measure["effect"] is not None or measure["with"] is not None:
            table.add_row(*summary_row(measure, document["quick"]))
    console.print(table)
    console.print(f"{len(document['measures'])} measures in all, by group too, in the report.")
    if repeal := document.get("repeal"):
        console.print(outcry(repeal))
    console.print("not known: the range over the numbers that nobody has published")
    console.print("chance: the range over draws with the same numbers, 95 in 100")
    console.print(f"\nReport: {folder / 'report.html'}", soft_wrap=True)


def outcry(repeal: dict[str, Any]) -> str:
    """Whether protest ends the scheme, over replicates and over draws, as a sentence;
    months count from one.

    >>> outcry({"months": [None, 7, 9], "median_month": 8.0, "draws": None})
    'outcry: protest ends the scheme in 2 of 3 replicates, half of these by month 9'
    >>> outcry({"months": [17], "median_month": 17.0, "draws": None})
    'outcry: protest ends the scheme in month 18'
    >>> outcry({"months": [None], "median_month": None, "draws": 64, "draws_repealed_share": 0.25})
    'outcry: protest does not end the scheme; over what is not known it does in 25%'
    """
    months = [None if month is None else month + 1 for month in repeal["months"]]
    ended = sum(month is not None for month in months)
    if len(months) > 1:
        text = f"protest ends the scheme in {ended or 'none'} of {len(months)} replicates"
        if repeal["median_month"] is not None:
            text += f", half of these by month {repeal['median_month'] + 1:g}"
    else:
        text = (
            f"protest ends the scheme in month {months[0]}"
            if ended
            else ("protest does not end the scheme")
        )
    if repeal["draws"]:
        share = number(repeal["draws_repealed_share"], "share")
        text += f"; over what is not known {'it does ' if len(months) == 1 else ''}in {share}"
    return f"outcry: {text}"


def summary_row(measure: dict[str, Any], quick: bool) -> list[str]:
    """One measure as the table shows it.

    >>> summary_row({"question": "How many?", "unit": "share", "without": 0.0, "with": 0.1,
    ...     "effect": 0.1, "low": None, "high": None, "chance_low": 0.09, "chance_high": 0.11,
    ...     "headline": "with"}, quick=True)
    ['How many?', '0%', '10%', '+10 points', 'left out by --quick', '9% to 11%']
    """
    unit = measure["unit"]
    of_effect = measure.get("headline") == "effect"
    return [
        measure["question"],
        number(measure["without"], unit),
        number(measure["with"], unit),
        number(measure["effect"], unit, signed=True),
        "left out by --quick"
        if quick
        else interval(measure["low"], measure["high"], unit, of_effect),
        interval(measure["chance_low"], measure["chance_high"], unit, of_effect),
    ]


def interval(low: float | None, high: float | None, unit: str, signed: bool) -> str:
    """Two ends as a table shows them, in digits that part them; one where they are one.

    >>> interval(-0.01, 0.02, "share", signed=True), interval(0.99995, 1.0, "share", signed=False)
    ('-1 to +2 points', '99.995% to 100%')
    """
    if low is None or high is None:
        return "-"
    ends = told_apart(low, high, lambda x, more: number(x, unit, signed, more))
    return " to ".join([*(end.removesuffix(" points") for end in ends[:-1]), ends[-1]])
