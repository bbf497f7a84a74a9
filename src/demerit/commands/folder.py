"""`demerit verify`, `report`, `cite`: what can be done with the folder of a run or comparison."""

from pathlib import Path

import click

from demerit.commands import emit, json_option

run_argument = click.argument("run", type=click.Path(path_type=Path))


@click.command()
@run_argument
@json_option
def verify(run: Path, as_json: bool) -> None:
    """Check every file of RUN against its manifest: missing, changed or foreign is exit 2."""
    from demerit import comparison_storage, storage

    comparison_storage.read_any(run)
    files = sorted(path.name for path in run.iterdir() if path.name != storage.MANIFEST)
    if as_json:
        emit({"run": run.name, "files": files, "damaged": []})
    else:
        click.echo(f"{run}: all {len(files)} files are as the run wrote them.")


@click.command()
@run_argument
@json_option
def report(run: Path, as_json: bool) -> None:
    """Write report.html of RUN again."""
    from demerit import comparison_storage

    page = comparison_storage.render_any(run)
    emit({"run": run.name, "report": str(page)}) if as_json else click.echo(f"Report: {page}")


@click.command()
@run_argument
@json_option
def cite(run: Path, as_json: bool) -> None:
    """List the sources that RUN rests on, and how many of its numbers rest on none."""
    from demerit import comparison_storage
    from demerit.explorer.sources import reference

    document = comparison_storage.read_any(run)
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
