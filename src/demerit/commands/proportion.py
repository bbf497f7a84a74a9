"""`demerit proportion`: which rules bring the harm, against how grave the deed is, and to whom."""

from typing import Any

import click

from demerit import facts
from demerit.commands import emit, json_option, processors
from demerit.commands.experiment import asked, begun, experiment_options


@click.command()
@experiment_options("50k")
@json_option
def proportion(
    scheme: str, people: str, months: int, seed: int, society: str, threads: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Harm that each rule of SCHEME brings, by the gravity of the deed; and on whom it falls.

    Up to 160 further worlds without some of the rules are lived, on the same draws. Protest ends
    none of them.
    """
    from demerit import lint_worlds, preface, trial
    from demerit import proportion as measured
    from demerit.commands.progress import progress_bar

    request, here = asked("proportion", scheme, people, months, seed, society)
    if request.people > lint_worlds.PEOPLE:
        raise facts.InputError(
            f"--people {people}: a hundred worlds of so many take too long; at most "
            f"{lint_worlds.PEOPLE:,}, as in --people 50k."
        )
    numbers = preface.assumptions(here.scheme, society)
    question = measured.request(
        here.scheme, here.society, here.place, here.people, months, seed,
        trial.without(request, here.scheme), numbers,
    )  # fmt: skip
    with progress_bar() as progress:
        tell = progress or (lambda stage, done, total: None)
        found = measured.measure(question, threads or processors(), tell)
    document: dict[str, Any] = begun(here, society) | {
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
