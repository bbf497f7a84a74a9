"""`demerit schemes`, `check`, `new`: scheme files, read, held against the rules, begun."""

from pathlib import Path
from typing import Any

import click

from demerit import facts
from demerit.commands import emit, json_option
from demerit.facts import InputError

TEMPLATE = facts.DATA / "template.toml"


@click.command()
@click.argument("key", required=False)
@click.option("--numbers", is_flag=True, help="Print every number, what it rests on and why.")
@click.option("--run", "run_all", is_flag=True, help="Run each on its own society, in one table.")
@click.option("--people", default="20k", show_default=True, help="How many, for --run.")
@click.option("--months", type=click.IntRange(min=1), default=12, show_default=True)
@click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), help="[default: all processors]")
@json_option
def schemes(key: str | None, numbers: bool, run_all: bool, as_json: bool, **options: Any) -> None:
    """List the schemes. With KEY or a scheme file: its rules as a person would explain them.

    --json prints the whole entry: every number with what it rests on.
    --run runs every scheme, or the one named, and prints a row of measures for each.
    """
    from demerit.commands.catalogue import cited, print_sources, show

    if run_all:
        from demerit.commands.survey import survey

        survey([key] if key else None, as_json, **options)
        return
    if key is None or numbers or as_json:
        show("schemes", "scheme", entries(key), key and stem(key), as_json)
        return
    from demerit.scheme.explain import explain

    one = entries(key)
    click.echo("\n".join(explain(stem(key), one[stem(key)])) + "\n")
    print_sources(cited(one))


def stem(key: str) -> str:
    """What a scheme is called in a list: its key, or its file's name.

    >>> stem("suining"), stem("rongcheng"), stem("a/mine.toml")
    ('suining', 'sketch-rongcheng', 'mine')
    """
    from demerit import scheme

    return Path(key).stem if key.endswith(".toml") else scheme.known_as(key)


def entries(key: str | None) -> dict[str, dict[str, Any]]:
    """Every scheme, or the one in this file: its title first."""
    from demerit import scheme

    known = scheme.keys()
    if key is not None and not key.endswith(".toml") and scheme.known_as(key) not in known:
        raise InputError(f"there is no scheme {key!r}; {facts.nearest(key, known)}")
    loaded = [(stem(name), scheme.load(name)) for name in ([key] if key else scheme.keys())]
    return {name: {"title": one.title, **one.spec} for name, one in loaded}


@click.command()
@click.argument("file", required=False, type=click.Path())
@click.option("--schema", is_flag=True, help="Print the JSON Schema of scheme files instead.")
@json_option
@click.pass_context
def check(context: click.Context, file: str | None, schema: bool, as_json: bool) -> None:
    """Say all faults of the scheme FILE at once; exit 2 if there are any."""
    from demerit import scheme

    if schema:
        from demerit.scheme.schema import FILE

        click.echo(FILE.read_text(encoding="utf-8"), nl=False)
        return
    if file is None:
        raise click.MissingParameter(ctx=context, param_hint="'FILE'", param_type="argument")
    path = scheme.find(file)
    if not as_json or not path.is_file():
        loaded = scheme.load(file)
        click.echo(f"{file}: no faults. {loaded.title}")
        return
    found = scheme.examine(path)
    document: dict[str, Any] = {"file": file}
    if not found:
        document |= {"key": (loaded := scheme.load(file)).key, "title": loaded.title}
    emit(document | {"faults": [dict(fault._asdict()) for fault in found]})
    if found:
        context.exit(2)


@click.command()
@click.argument("key")
@json_option
def new(key: str, as_json: bool) -> None:
    """Write KEY.toml here: a scheme with a remark at every part, to be changed and run."""
    import re

    from demerit import scheme

    rule = "write a key of small letters, digits and hyphens, a letter first, as my-scheme."
    if not re.fullmatch("[a-z][a-z0-9-]{1,40}", key):
        raise InputError(f"new {key!r}: is no key; {rule}")
    if key in scheme.keys() or key in scheme.TAKEN:
        raise InputError(f"new {key}: a file of this name is shipped; choose another key.")
    path = Path(f"{key}.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(begin(key))
    except FileExistsError:
        raise InputError(f"{path}: is there already; nothing was written.") from None
    if as_json:
        emit({"key": key, "file": str(path)})
        return
    click.echo(f"{path}: written. Change it, then:\n  demerit check {path}")
    click.echo(f"  demerit run {path} --people 20k --months 12 --quick")


def begin(key: str) -> str:
    """The template under this key; editors find the schema where this program is installed.

    >>> print(*begin("mine").splitlines()[2:3])
    #     demerit check mine.toml                       all faults at once, each with its line
    """
    from demerit.scheme.schema import FILE

    text = TEMPLATE.read_text(encoding="utf-8").replace("my-scheme", key)
    return text.replace("#:schema scheme.schema.json", f"#:schema {FILE.as_uri()}", 1)
