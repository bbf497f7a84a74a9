"""What the commands share: how many people, how a number reads, one JSON document on stdout."""

import os
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from demerit.facts import InputError

SIZES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
ALLOWED = "write a whole number of people such as 5000, 100k, 1.1m, 1e6, or all"


def people_count(text: str, society: str, option: str = "--people") -> int:
    """How many people a word means; "all" is everybody in the society.

    >>> [people_count(t, "") for t in ("5000", "100k", "1.1m", "1e6", "1bn")]
    [5000, 100000, 1100000, 1000000, 1000000000]
    """
    if text.strip().lower() == "all":
        from demerit.society import load

        return int(load(society).population)
    match = re.fullmatch(r"(-?\d{1,12}(?:\.\d{1,12})?(?:e\d{1,2})?)(k|m|bn|)", text.strip().lower())
    if not match:
        raise InputError(f"{option} {text}: is no number; {ALLOWED}.")
    count = Decimal(match[1]) * SIZES[match[2]]
    if count != count.to_integral_value():
        raise InputError(f"{option} {text}: is no whole number; {ALLOWED}.")
    if count < 1:
        raise InputError(f"{option} {text}: a run needs at least one person; {ALLOWED}.")
    return int(count)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def emit(document: Any) -> None:
    """Print one JSON document on stdout."""
    from demerit.storage import json_text

    click.echo(json_text(document), nl=False)


def number(x: float | None, unit: str = "", signed: bool = False, more: int = 0) -> str:
    """A number as a table shows it, with so many more digits.

    >>> number(0.0123, "share"), number(-0.002, "share", signed=True), number(None)
    ('1.23%', '-0.2 points', '-')
    >>> number(1234567.0), number(0.00012345)
    ('1,234,567', '0.0001234')
    """
    if x is None:
        return "-"
    sign = "+" if signed else ""
    if unit == "share":
        text = f"{100 * x:{sign}.{3 + more}g}"
        return f"{text} points" if signed else f"{text}%"
    if abs(x) >= 1000:
        return f"{x:{sign},.{more}f}"
    return f"{x:{sign}.{4 + more}g}"


def question_options(many: bool) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of a command that asks a question of one scheme, or of `many`: who, where, how
    long, with what luck."""
    whose = "the schemes'" if many else "the scheme's"
    where = "they run in, if one is a county's trial" if many else "a trial runs in"
    whole = click.IntRange
    options = [
        click.option("--society", default="china-2020", show_default=True, help="Who lives there."),
        click.option("--place", metavar="KEY", help=f"The county {where}."),
        click.option(
            "--people", metavar="N", help=f"How many: 5000, 100k, 1.1m, all.  [default: {whose}]"
        ),
        click.option("--months", type=whole(min=1), default=60, show_default=True),
        click.option("--seed", type=whole(min=0), default=1, show_default=True),
        click.option(
            "--replicates", type=whole(min=1), default=1, show_default=True, help="Other luck."
        ),
        click.option("--threads", type=whole(min=1), help="[default: all processors]"),
        click.option("--quick", is_flag=True, help="Leave out the interval of what is not known."),
    ]

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="The folder to write; must not exist."
)

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document on stdout."
)
