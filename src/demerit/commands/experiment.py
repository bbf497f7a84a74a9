"""Experiment: what commands share that live one scheme many times: options, setting, preface."""

from collections.abc import Callable
from typing import Any

import click

from demerit.commands import people_count

Command = Callable[..., Any]


def experiment_options(people: str, most: str = "") -> Callable[[Command], Command]:
    """SCHEME and who lives how long with what luck: `people` if not told, `most` at the most."""
    whole = click.IntRange
    options = [
        click.argument("scheme"),
        click.option("--people", default=people, show_default=True, help=f"How many{most}."),
        click.option("--months", type=whole(min=1), default=36, show_default=True),
        click.option("--seed", type=whole(min=0), default=1, show_default=True),
        click.option("--society", default="china-2020", show_default=True, metavar="KEY"),
        click.option("--threads", type=whole(min=1), help="[default: all processors]"),
    ]

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def asked(command: str, scheme: str, people: str, months: int, seed: int, society: str) -> Any:
    """The request, and where it runs (trial.Setting).  InputError for what cannot be asked, and for
    a calendar of schemes."""
    from demerit import trial
    from demerit.facts import InputError

    count = people_count(people, society)
    request = trial.Request(scheme, society, people=count, months=months, seed=seed)
    trial.check(request)
    here = trial.setting(request)
    if here.scheme.waves:
        raise InputError(
            f"{command} {scheme}: is a calendar of schemes; name one that begins in it: "
            f"{', '.join(dict.fromkeys(one.key for one in here.scheme.waves))}."
        )
    return request, here


def begun(here: Any, society: str) -> dict[str, Any]:
    """What the document of an experiment begins with."""
    from demerit import preface

    share = preface.assumptions(here.scheme, society)["assumed_share"]
    return {
        "statement": preface.statement(here.scheme, share), "scheme": here.scheme.key,
        "society": society, "place": here.place,
    }  # fmt: skip
