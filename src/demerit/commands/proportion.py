"""`demerit proportion`: which rules bring the harm, against how grave the deed is, and to whom."""

from typing import Any

import click

from demerit import facts
from demerit.commands import emit, json_option, people_count, processors


@click.command()
@click.argument("scheme")
@click.option("--people", default="50k", show_default=True, help="How many.")
@click.option("--months", type=click.IntRange(min=1), default=36, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--society", default="china-2020", show_default=True, metavar="KEY")
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def proportion(
    scheme: str, people: str, months: int, seed: int, society: str, threads: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Harm that each rule of SCHEME brings, by the gravity of the deed; and on whom it falls.

    Up to 160 further worlds without some of the rules are lived, on the same draws. Protest ends
    none of them.
    """
    from demerit import lint_worlds, trial
    from demerit import proportion as measured
    from demerit.commands.progress import progress_bar

    count = people_count(people, society)
    request = trial.Request(scheme, society, people=count, months=months, seed=seed)
    trial.check(request)
    here = trial.setting(request)
    if here.scheme.waves:
        raise facts.InputError(
            f"proportion {scheme}: is a calendar of schemes; name one that begins in it: "
            f"{', '.join(dict.fromkeys(one.key for one in here.scheme.waves))}."
        )
    if count > lint_worlds.PEOPLE:
        raise facts.InputError(
            f"--people {people}: a hundred worlds of so many take too long; at most "
            f"{lint_worlds.PEOPLE:,}, as in --people 50k."
        )
    numbers = trial.assumptions(here.scheme, society)
    asked = measured.request(
        here.scheme, here.society, here.place, here.people, months, seed,
        trial.without(request, here.scheme), numbers,
    )  # fmt: skip
    with progress_bar() as progress:
        tell = progress or (lambda stage, done, total: None)
        found = measured.measure(asked, threads or processors(), tell)
    document: dict[str, Any] = {
        "statement": trial.statement(here.scheme, numbers["assumed_share"]),
        "scheme": here.scheme.key, "society": society, "place": here.place,
        "people": here.people, "months": months, "seed": seed, **found,
    }  # fmt: skip
    if as_json:
        emit(document)
    else:
        show(document)


def show(document: dict[str, Any]) -> None:
    """What is asked, and the tables that lint prints of the same worlds."""
    from demerit.commands.lint import print_worlds

    click.echo(click.wrap_text(document["statement"], 100))
    if "measures" not in document:
        click.echo(f"\n{document['scheme']} scores nothing: there is no harm to share out.")
        return
    click.echo()
    for key, one in document["measures"].items():
        said = (f"{key} [{one['unit']}]: {one['question']} {one['textbook']} Undefined where "
                f"{one['undefined']}.")  # fmt: skip
        click.echo(click.wrap_text(said, 100, "", "  "))
    print_worlds(document["worlds"])
    (tau,) = document["measures"]["gravity_agreement"]["rows"] or [{"value": None}]
    if tau["value"] is not None:
        click.echo(f"\nGravity and harm for each deed go together with tau {tau['value']:.2f}.")
    for pair in document["inversions"]:
        click.echo(f"  {pair['lighter']} brings more harm than {pair['graver']}, chance apart")
