"""`demerit evaluate`: what the pilots of a rollout would teach an evaluator, beside the truth."""

from pathlib import Path
from typing import Any

import click

from demerit import facts
from demerit.commands import emit, json_option, processors
from demerit.commands.folder import run_argument
from demerit.commands.run import progress_bar

HEADS = {
    "recorded": "reported", "done": "truly done", "apart": "no spill-over", "pilots": "in pilots",
    "scaled": "same, at scale", "everywhere": "everywhere",
}  # fmt: skip


@click.command()
@run_argument
@click.option("--wave", metavar="KEY", help="Which wave.  [default: the first that is picked]")
@click.option("--outcome", multiple=True, metavar="DEED", help="Only this; may be repeated.")
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def evaluate(
    run: Path, wave: str | None, outcome: tuple[str, ...], threads: int | None, as_json: bool
) -> None:
    """Reckon what an evaluator of RUN's pilots would report, and hold it beside what is true.

    RUN is a run of a calendar (demerit run pilots). The evaluator compares pilots with places
    that wait, before and after, by what agencies wrote down. The truth takes another run, made
    now: the same people with the scheme everywhere. It takes about as long as RUN did.
    """
    from demerit import evaluate as evaluation
    from demerit import rollout_storage, storage

    document = storage.read_document(run)
    plan = evaluation.design(document, wave)
    asked = evaluation.scored(document, plan)
    for key in outcome:
        if key not in asked:
            raise facts.InputError(f"--outcome {key!r}: is not scored; {facts.nearest(key, asked)}")
    places = rollout_storage.read_places(run, document)
    with progress_bar() as tell:
        everywhere = evaluation.live_everywhere(document, plan, threads or processors(), tell)
    found = evaluation.evaluate(document, places, everywhere, plan, outcome or asked)
    emit(found) if as_json else show(found)


def show(found: dict[str, Any]) -> None:
    """What is compared, a table of the steps, a sentence for each deed."""
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = max(console.width, 120)
    console.print(found["statement"])
    console.print(
        f"\nWave {found['wave']} of {found['run']}: {found['scheme_title']}\n"
        f"{found['pilots']} pilots ({found['pilot_people']:,} people; chosen: {found['choice']}) "
        f"beside {found['others']} places that wait ({found['other_people']:,} people); months "
        "{} to {} before, {} to {} after.".format(*found["before"], *found["after"])
    )
    table = Table()
    table.add_column("Change of", ratio=1)
    for title in (*HEADS.values(), "gap"):
        table.add_column(title, justify="right")
    for row in found["outcomes"]:
        error = row["standard_error"]
        first = signed(row["recorded"]) + (f" ±{100 * error:.2g}" if error is not None else "")
        table.add_row(
            row["key"], first, *(signed(row[key]) for key in list(HEADS)[1:]), signed(row["gap"])
        )
    console.print(table)
    console.print("Relative change, per cent; ± one standard error over places.")
    for text in (row["says"] for row in found["outcomes"]):
        console.print(text, soft_wrap=True)
    if found["too_few"]:
        console.print(f"Too few records to tell: {', '.join(found['too_few'])}.", soft_wrap=True)


def signed(x: float) -> str:
    """A relative change in a table.

    >>> signed(-0.0312), signed(0.5)
    ('-3.12', '+50')
    """
    return f"{100 * x:+.3g}"
