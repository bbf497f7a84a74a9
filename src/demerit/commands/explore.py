"""`demerit explore`: the web pages on which a person sees a scheme at work, on this machine."""

import importlib.util
from pathlib import Path

import click

from demerit.commands import emit, json_option, processors
from demerit.facts import InputError

NEEDS = ("fastapi", "uvicorn")
RUNS = Path("runs")


@click.command()
@click.argument("run", required=False, type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="[default: any free one]")
@click.option("--no-browser", is_flag=True, help="Print the address, and open nothing.")
@click.option(
    "--runs", type=click.Path(path_type=Path), default=RUNS, show_default=True,
    help="The folder of runs to show, and to write new ones to.",
)  # fmt: skip
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def explore(
    run: Path | None, port: int, no_browser: bool, runs: Path, threads: int | None, as_json: bool
) -> None:
    """Open the explorer on this machine alone, and RUN in it if one is named.

    The address that is printed holds a token: only who has it may look.  Ctrl-C ends it.
    """
    if missing := [name for name in NEEDS if importlib.util.find_spec(name) is None]:
        raise InputError(
            f"explore: needs {' and '.join(missing)}, which are not installed; install them with "
            "`python3 -m pip install 'demerit[web]'`."
        )
    if runs.exists() and not runs.is_dir():
        raise InputError(f"--runs {runs}: is no folder; name one, or leave it out for ./runs.")
    if run is not None:
        from demerit import comparison_storage

        comparison_storage.read_any(run)
    from demerit.commands.people import spare_linear_algebra

    spare_linear_algebra()
    from demerit.explorer.serve import serve

    def tell(address: str) -> None:
        if as_json:
            emit({"address": address, "runs": str(runs), "run": run.name if run else None})
            return
        click.echo(f"The explorer is at\n\n  {address}\n\nCtrl-C ends it.")

    serve(runs, run, port, not no_browser, threads or processors(), tell)
