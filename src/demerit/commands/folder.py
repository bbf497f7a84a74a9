"""`demerit verify`, `report`, `cite`: what can be done with the folder of a run."""

from pathlib import Path
from typing import Any

import click

from demerit.commands import emit, json_option

run_argument = click.argument("run", type=click.Path(path_type=Path))


@click.command()
@run_argument
@json_option
def verify(run: Path, as_json: bool) -> None:
    """Check every file of RUN against its manifest: missing, changed or foreign is exit 2."""
    from demerit import storage

    document, _, _ = storage.read(run)
    files = [*storage.FILES, *(storage.OF_ROLLOUT if "rollout" in document else ())]
    if as_json:
        emit({"run": run.name, "files": files, "damaged": []})
    else:
        click.echo(f"{run}: all {len(files)} files are as the run wrote them.")


@click.command()
@run_argument
@json_option
def report(run: Path, as_json: bool) -> None:
    """Write report.html of RUN again."""
    from demerit import storage

    page = storage.render(run)
    emit({"run": run.name, "report": str(page)}) if as_json else click.echo(f"Report: {page}")


@click.command()
@run_argument
@json_option
def cite(run: Path, as_json: bool) -> None:
    """List the sources that RUN rests on, and how many of its numbers rest on none."""
    from demerit import storage

    document, _, _ = storage.read(run)
    sources, numbers = document["sources"], document["numbers"]
    if as_json:
        entries = [{"key": key, **entry} for key, entry in sources.items()]
        emit({"sources": entries, "assumed_share": numbers["assumed_share"]})
        return
    for entry in sorted(map(reference, sources.values())):
        click.echo(entry)
    click.echo(
        f"\n{numbers['assumed']} of this run's {numbers['total']} numbers are assumed: "
        "report.html lists them with the range of each."
    )


def reference(source: dict[str, Any]) -> str:
    """One source as a bibliography prints it.

    >>> reference({"author": "A. Writer", "title": "On lists", "year": 2014, "url": "https://x.org"})
    'A. Writer (2014). On lists. https://x.org'
    """
    parts = [f"{source['author']} ({source['year']})", source["title"]]
    parts += [str(source[key]) for key in ("venue",) if source.get(key)]
    text = "".join(part if part.endswith((".", "?", "!")) else f"{part}. " for part in parts[:1])
    text += " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in parts[1:])
    return " ".join([text, *(str(source[key]) for key in ("doi", "url") if source.get(key))])
