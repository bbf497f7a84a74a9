"""`demerit schemes --run`: every scheme on its own society and scope, a row each.

The rows are no comparison: a county's trial runs in its county, a national scheme on its nation,
an Indian score among the people of india-2011.  `demerit compare` puts schemes on the same people.
"""

from collections.abc import Sequence
from typing import Any

import click

from demerit.commands import emit, number, people_count, processors

SOCIETY = "china-2020"  # of a scheme whose file names none
SHOWN = ("sanctioned_share", "wrongful_sanction_share", "deals_honoured", "approval")
HEADS = ("Scheme", "Society", "Runs on", "Seconds", "Under sanction", "Of these wrongly",
         "Deals honoured", "Approval")  # fmt: skip


def survey(
    keys: Sequence[str] | None, as_json: bool, people: str, months: int, seed: int,
    threads: int | None,
) -> None:  # fmt: skip
    """Run these schemes, or all that are shipped, and print a table or one JSON document."""
    from demerit import scheme, trial
    from demerit.commands.progress import progress_bar

    asked = []
    for key in keys or scheme.keys():
        society = scheme.load(key).spec.get("society") or SOCIETY
        asked.append(trial.Request(
            key, society, people=people_count(people, society), months=months, seed=seed,
            threads=threads or processors(), quick=True,
        ))  # fmt: skip
        trial.check(asked[-1])
    rows = []
    with progress_bar() as progress:
        for done, request in enumerate(asked):
            rows.append(row(trial.run(request)))
            if progress:
                progress("schemes", done + 1, len(asked))
    if as_json:
        emit({"people": asked[0].people, "months": months, "seed": seed, "schemes": rows})
    else:
        print_rows(rows, asked[0])


def row(result: Any) -> dict[str, Any]:
    """What the table tells of one run: measures under the scheme, and under law alone."""
    from demerit.comparison import enough
    from demerit.measures import MEASURES

    document = result.document
    measures = {
        key: {"with": document["measures"][key]["with"],
              "without": document["measures"][key]["without"],
              "enough": enough(MEASURES[key], result.runs[0])}
        for key in SHOWN
    }  # fmt: skip
    return {
        "key": document["scheme"], "title": document["scheme_title"],
        "society": document["society"], "place": document["place"],
        "people": document["people"], "scored_people": document["scored_people"],
        "assumed_share": document["numbers"]["assumed_share"], "seconds": document["seconds"],
        "repeal_month": document["repeal"]["month"], "digest": document["digest"],
        "measures": measures,
    }  # fmt: skip


def print_rows(rows: list[dict[str, Any]], request: Any) -> None:
    """The table on stdout, under the statement."""
    from demerit.preface import STATEMENT

    share = max(row["assumed_share"] for row in rows)
    click.echo(STATEMENT.format(share=f"up to {round(100 * share)}"))
    click.echo(
        f"\n{request.people:,} people, {request.months} months, seed {request.seed}. Each scheme "
        "runs on its own society,\nbeside ordinary law on the same people; two rows need not be "
        "the same people.\n"
    )
    lines = [HEADS, *map(cells, rows)]
    widths = [max(len(line[k]) for line in lines) for k in range(len(HEADS))]
    for line in lines:
        first, *rest = (
            text.ljust(width) if k < 3 else text.rjust(width)
            for k, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        click.echo("  ".join([first, *rest]).rstrip())
    click.echo(
        "\nDeals honoured: under the scheme, and the change against ordinary law in percentage "
        "points.\nsketch-...: most of the rules of this scheme are ours. -: nobody, so not "
        "defined. too few: under\n1,000 person-months of them. Intervals: demerit run SCHEME."
    )


def cells(row: dict[str, Any]) -> tuple[str, ...]:
    """One row in words.

    >>> cells({"key": "x", "society": "s", "place": None, "seconds": 1.0, "measures": {
    ...     "sanctioned_share": {"with": 0.01, "enough": True},
    ...     "wrongful_sanction_share": {"with": 1.0, "enough": False},
    ...     "deals_honoured": {"with": 0.75, "without": 0.5, "enough": True},
    ...     "approval": {"with": None, "enough": False}}})
    ('x', 's', 'nation', '1.0', '1%', 'too few', '75% (+25)', '-')
    """
    shown = {
        key: number(one["with"], "share") if one["enough"] or one["with"] is None else "too few"
        for key, one in row["measures"].items()
    }
    trust = row["measures"]["deals_honoured"]
    change = number(trust["with"] - trust["without"], "share", signed=True).removesuffix(" points")
    where = f"county {row['place']}" if row["place"] else "nation"
    return (
        row["key"], row["society"], where, f"{row['seconds']:.1f}",
        shown["sanctioned_share"], shown["wrongful_sanction_share"],
        f"{shown['deals_honoured']} ({change})", shown["approval"],
    )  # fmt: skip
