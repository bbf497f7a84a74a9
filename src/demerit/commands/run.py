"""`demerit run`: a scheme and ordinary law alone, on the same people with the same luck."""

import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from demerit.commands import emit, json_option, number, people_count, processors

if TYPE_CHECKING:
    from demerit.trial import Request, Result

Progress = Callable[[str, int, int], None]
HEADLINES = frozenset(
    "sanctioned_share sanction_anatomy sanction_anatomy_lawful wrongful_sanction_share "
    "error_sanction_share deeds_traffic_offence deeds_bribe deterred_traffic_offence "
    "speech_withheld employment displaced job_refused_share unpaid_by_inability protest "
    "aware_share".split()
)


@click.command()
@click.argument("scheme")
@click.option("--society", default="china-2020", show_default=True, help="Who lives there.")
@click.option("--place", metavar="KEY", help="The county a trial runs in.")
@click.option(
    "--people", metavar="N", help="How many: 5000, 100k, 1.1m, all.  [default: the scheme's]"
)
@click.option("--months", type=click.IntRange(min=1), default=60, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option(
    "--replicates", type=click.IntRange(min=1), default=1, show_default=True, help="Other luck."
)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@click.option("--quick", is_flag=True, help="Leave out the interval of what is not known.")
@click.option(
    "--without", multiple=True, metavar="MECHANISM", help="Switch a mechanism off; may be repeated."
)
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write; must not exist.")
@json_option
def run(scheme: str, people: str | None, out: Path | None, as_json: bool, **options: Any) -> None:
    """Run SCHEME and its twin without a scheme; write the run's folder and report.html.

    SCHEME is a key (demerit schemes) or the path of a scheme file.
    """
    count = people_count(people, options["society"]) if people is not None else None
    threads = options.pop("threads") or processors()
    from demerit import storage

    storage.check_free(out or next(free_folders("run")))
    from demerit.trial import Request
    from demerit.trial import run as run_scheme

    request = Request(scheme=scheme, people=count, threads=threads, **options)
    with progress_bar() as progress:
        result = run_scheme(request, progress)
    folder = storage.write(result, out) if out else write_default(result, request)
    document, _, _ = storage.read(folder)
    emit(document) if as_json else print_summary(document, folder)


def free_folders(name: str) -> Iterator[Path]:
    """Folders under ./runs for a run of this name that do not exist yet.

    >>> next(free_folders("never made"))
    PosixPath('runs/never made')
    """
    names = (name if k == 1 else f"{name}-{k}" for k in range(1, 100_000))
    yield from (path for path in (Path("runs") / n for n in names) if not os.path.lexists(path))


def write_default(result: "Result", request: "Request") -> Path:
    """Write a run that was given no folder."""
    from demerit import storage

    document = result.document
    scheme = re.sub(r"[^\w.-]", "-", str(document["scheme"]))
    name = f"{scheme}-{document['people']}-{request.months}-seed{request.seed}"
    return write_free(name, lambda out: storage.write(result, out))


def write_free(name: str, write: Callable[[Path], Path]) -> Path:
    """Write a folder of this name under ./runs; the next name if somebody takes it first."""
    for out in free_folders(name):
        with contextlib.suppress(FileExistsError):
            return write(out)
    raise FileExistsError(f"runs/{name}-...: no name is free; name a folder with --out")


@contextlib.contextmanager
def progress_bar() -> Iterator[Progress | None]:
    """A bar on stderr if that is a terminal; nothing otherwise."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage)
            bar.update(tasks[stage], completed=done, total=total)

        yield progress


# ---- the summary


def print_summary(document: dict[str, Any], folder: Path) -> None:
    """What came out, on stdout: the statement, a table of measures, where the report is."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, 110)
    console.print(document["statement"])
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
    console.print("not known: the range over the numbers that nobody has published")
    console.print("chance: the range over draws with the same numbers, 95 in 100")
    console.print(f"\nReport: {folder / 'report.html'}", soft_wrap=True)


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
    """Two ends as a table shows them.

    >>> interval(-0.01, 0.02, "share", signed=True)
    '-1 to +2 points'
    """
    if low is None or high is None:
        return "-"
    ends = number(low, unit, signed), number(high, unit, signed)
    return f"{ends[0].removesuffix(' points')} to {ends[1]}"
