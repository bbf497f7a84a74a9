"""`demerit fugitives`: would a scheme have stopped the big ones, and whom does it catch?"""

from typing import Any

import click

from demerit.chance import told_apart
from demerit.commands import emit, json_option, people_count, processors


@click.command()
@click.argument("scheme", default="court-list")
@click.option("--society", default="china-2020", show_default=True)
@click.option("--people", default="100k", show_default=True, help="How many, as a sample.")
@click.option("--months", type=click.IntRange(min=1), default=36, show_default=True)
@click.option("--replicates", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def fugitives(
    scheme: str, society: str, people: str, threads: int | None, as_json: bool, **options: int
) -> None:
    """Would SCHEME have stopped big financial fugitives, and whom does it catch for each?

    Fifty hypothetical borrowers who default and mean to leave, none resembling anybody, are a sum
    over assumed ranges (data/fugitives.toml); whom the scheme has under sanction comes from runs.
    """
    from demerit import fugitives as question
    from demerit import scheme as schemes
    from demerit import society as societies
    from demerit.commands.run import progress_bar
    from demerit.facts import InputError
    from demerit.preface import STATEMENT, assumptions
    from demerit.trial import Request, check

    societies.load(society)  # first of all: it says which there are
    asked = Request(
        scheme, society=society, people=people_count(people, society),
        months=options["months"], seed=options["seed"], replicates=options["replicates"],
    )  # fmt: skip
    check(asked)
    loaded = schemes.load(scheme)
    if loaded.spec["scope"] != "nation" or loaded.spec["kind"] == "none":
        raise InputError(
            f"{scheme}: who leaves a country is asked of a scheme of the whole nation that scores "
            "people, such as court-list, national or cibil."
        )
    share = f"{100 * assumptions(loaded, society)['assumed_share']:.0f}"
    with progress_bar() as tell:
        found = question.answer(
            question.Question(
                scheme, society, asked.people or 0, asked.months, asked.seed, asked.replicates,
                threads or processors(),
            ),
            tell,
        )  # fmt: skip
    found = {"statement": STATEMENT.format(share=share), **found}
    if as_json:
        emit(found)
        return
    click.echo(found["statement"])
    for line in lines(found):
        click.echo(line)


def lines(found: dict[str, Any]) -> list[str]:
    """The answer in words."""
    few, others, each = found["fugitives"], found["others"], found["others_per_fugitive"]
    told = [
        f"\n{found['scheme']} on {found['society']}, {found['people']:,} people as a sample, "
        f"{found['months']} months, {found['replicates']} replicates.",
        f"Of {few['of']} hypothetical fugitives it stops {span(few, '.1f')} "
        "(nine of ten draws over what is not known).",
        f"In its last month it has {span(others['listed'])} people of the society under sanction, "
        f"{span(others['unable'])} of them",
        f"but for debts that they could not pay, {span(others['wrongly'])} wrongly (95%, over "
        "replicates).",
    ]
    if few["value"] > 0:
        told.append(f"For each fugitive stopped: {span(each)} others under sanction.")
    else:
        told.append("It stops none: one unpaid judgment shuts no way out of the country there.")
    return told


def span(row: dict[str, Any], form: str = ",.0f") -> str:
    """A number and its interval, if it has one, in decimals that part its ends.

    >>> span({"value": 1234.0, "low": 1000.0, "high": 2000.0}), span({"value": 2.0, "low": None})
    ('1,234 (1,000 to 2,000)', '2')
    """
    if row.get("low") is None:
        return f"{row['value']:{form}}"
    places = int(form[-2])
    ends = told_apart(row["low"], row["high"], lambda x, more: f"{x:{form[:-2]}{places + more}f}")
    return f"{row['value']:{form}} ({' to '.join(ends)})"
