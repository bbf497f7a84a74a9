"""`demerit redraws`: who is worse and better off by the mean of many lives, never by one pair."""

from typing import Any

import click

from demerit.chance import told_apart
from demerit.commands import emit, json_option, number, processors
from demerit.commands.experiment import asked, begun, experiment_options

LEGEND = (
    "Worse or better off is whose mean over the redraws differs by more than the threshold. In "
    "brackets: other people, 95 in 100. `endless`: linear extrapolation to endless draws; may "
    "overshoot, so take it for an end beside the share and not for a better one. `bounds`: the "
    "least and most that could be worse off whoever of the one world were whoever of the other; in "
    "brackets how far out the two lie with other people. "
    "`one pair` is what a single pair of lives would say, and wrong: it takes luck for loss. "
    "Groups are shown where 30 people or more have lost."
)


@click.command()
@experiment_options("20k", "; at most 200k")
@click.option(
    "--draws", type=click.IntRange(min=1), default=32, show_default=True,
    help="How often each life is drawn.",
)  # fmt: skip
@json_option
def redraws(
    scheme: str, people: str, months: int, draws: int, seed: int, society: str,
    threads: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Live the same people over with other luck, with SCHEME and without: who is worse off?

    A person's mean over the redraws is compared, each outcome in its own unit. Protest does not end
    the scheme here.
    """
    from demerit import redraws as experiments
    from demerit.commands.progress import progress_bar

    _, here = asked("redraws", scheme, people, months, seed, society)
    with progress_bar() as progress:
        found = experiments.experiment(
            here.scheme, here.society, months, seed, here.people, here.place, draws,
            threads or processors(), progress or (lambda stage, done, total: None), here.changed,
        )  # fmt: skip
    document: dict[str, Any] = begun(here, society) | found
    if as_json:
        emit(document)
    else:
        show(document)


def show(document: dict[str, Any]) -> None:
    """A block of lines for each outcome."""
    click.echo(click.wrap_text(document["statement"], 100))
    click.echo(
        f"\n{document['scheme']}: {document['people']:,} people, {document['months']} months, "
        f"{document['draws']} lives of each in either world\n\n{click.wrap_text(LEGEND, 100)}"
    )
    for key, outcome in document["outcomes"].items():
        click.echo(
            f"\n{key}: {outcome['question']} [{outcome['unit']}; threshold "
            f"{outcome['threshold']:g}; on average {number(outcome['effect'], signed=True)}]"
        )
        click.echo(f"  {'':34}{'share':>24}{'endless':>10}{'bounds':>34}{'one pair':>10}")
        for among in ("everybody", "no_harmful_deed", "no_costly_deed"):
            for side in ("worse", "better"):
                click.echo(line(f"{side}, {outcome[among]['lives']}", outcome[among][side]))
        for groups in outcome["by_group"].values():
            for name, sides in groups.items():
                if sides["worse"]["share"]:
                    click.echo(line(f"worse, {name}", sides["worse"]))


def line(what: str, told: dict[str, Any]) -> str:
    """One share and what stands beside it."""
    ends = ""
    if told["share_low"] is not None:
        ends = f" [{', '.join(parted(told['share_low'], told['share_high']))}]"
    bounds = "-"
    if told["bound_low"] is not None:
        bounds = " to ".join(parted(told["bound_low"], told["bound_high"]))
    if told["bound_low_least"] is not None:
        bounds += f" [{', '.join(parted(told['bound_low_least'], told['bound_high_most']))}]"
    share, endless, pair = (
        number(told[k], "share") for k in ("share", "extrapolated", "one_pair")
    )  # fmt: skip
    return f"  {shorten(what):34}{share + ends:>24}{endless:>10}{bounds:>34}{pair:>10}"


def parted(low: float, high: float) -> tuple[str, ...]:
    """Two shares that differ as texts; one where they are one.

    >>> parted(0.01, 0.5), parted(0.99999, 1.0)
    (('1%', '50%'), ('99.999%', '100%'))
    """
    return told_apart(low, high, lambda x, more: number(x, "share", more=more))


def shorten(what: str) -> str:
    """The label within its column.

    >>> shorten("worse, lives in which nothing harmful was done that costs points")
    'worse, nothing harmful done'
    """
    words = {
        "lives in which nothing harmful was done that costs points": "nothing harmful done",
        "lives in which nothing was done that costs points": "nothing done that costs",
    }
    side, _, rest = what.partition(", ")
    return f"{side}, {words.get(rest, rest)}"
