"""`demerit societies`, `deeds`, `agencies`, `doors`, `firms`, `measures`: what there is, whole."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from demerit import facts
from demerit.commands import emit, json_option, number, people_count
from demerit.facts import InputError

Entries = dict[str, dict[str, Any]]


# ---- one command for each kind of thing


def catalogue(
    kind: str, singular: str, meaning: str, entries: Callable[[], Entries]
) -> click.Command:
    """A command that lists the entries of a kind, or shows one of them whole."""

    @click.command(kind, help=f"{meaning} With KEY: the whole entry and its sources.")
    @click.argument("key", required=False)
    @json_option
    def command(key: str | None, as_json: bool) -> None:
        show(kind, singular, entries(), key, as_json)

    return command


def show(kind: str, singular: str, entries: Entries, key: str | None, as_json: bool) -> None:
    """Print the entries of a kind, one line each, or one entry whole."""
    if key is not None:
        if key not in entries:
            raise InputError(f"there is no {singular} {key!r}; {facts.nearest(key, entries)}")
        entries = {key: entries[key]}
    if as_json:
        document: dict[str, Any] = {kind: [{"key": k, **entry} for k, entry in entries.items()]}
        if key is not None:
            document["sources"] = cited(entries)
        emit(document)
    elif key is None:
        width = max(map(len, entries), default=0)
        for name, entry in entries.items():
            click.echo(f"{name:{width}}  {entry['title']}")
    else:
        click.echo(f"{key}: {entries[key]['title']}")
        for line in lines({k: v for k, v in entries[key].items() if k not in ("key", "title")}):
            click.echo(f"  {line}")
        print_sources(cited(entries))


def of_file(kind: str, table: str) -> Callable[[], Entries]:
    """A function that reads the entries of a data file."""

    def entries() -> Entries:
        found: Entries = facts.read(f"{kind}.toml")[table]
        return found

    return entries


def of_deeds() -> Entries:
    """Every deed; a sign with the strength of its step."""
    file = facts.read("deeds.toml")
    return {
        key: deed | ({"strength": file["signal"][deed["signal"]]} if "signal" in deed else {})
        for key, deed in file["deed"].items()
    }


def of_agencies() -> Entries:
    """Every agency, the deeds that it records after its title."""
    seen = {key: deed["seen"] for key, deed in facts.read("deeds.toml")["deed"].items()}
    return {
        key: {
            "title": agency["title"],
            "records": [deed for deed, by in seen.items() if key in by],
            **agency,
        }
        for key, agency in facts.read("agencies.toml")["agency"].items()
    }


def of_firms() -> Entries:
    """What firms do and which doors they ask at, as `deed.KEY` and `door.KEY`; sectors, sizes."""
    file = facts.read("firms.toml")
    parts = ("deed", "door", "agency", "sector", "size")
    return {f"{part}.{key}": entry for part in parts for key, entry in file[part].items()}


def of_measures() -> Entries:
    """Every measure, then those of whole runs: its question stands for a title."""
    from demerit.measures import MEASURES, acceptance

    names = ("unit", "better", "question", "textbook")
    every: dict[str, Any] = {**MEASURES, **acceptance.OF_RUNS}
    return {
        key: {"title": m.question} | {name: getattr(m, name) for name in names}
        | {"section": getattr(m, "section", acceptance.SECTION)}
        for key, m in every.items()
    }  # fmt: skip


deeds = catalogue("deeds", "deed", "What people do that a scheme may score.", of_deeds)
agencies = catalogue("agencies", "agency", "Who records deeds, and how well.", of_agencies)
doors = catalogue("doors", "door", "What a scheme may shut or open.", of_file("doors", "door"))
firms = catalogue("firms", "part of firms", "What firms are, do, and ask for.", of_firms)
measures = catalogue("measures", "measure", "What is measured.", of_measures)


# ---- societies


@click.command()
@click.argument("key", required=False)
@click.option(
    "--check", "checked", is_flag=True, help="Draw people and hold them against the margins."
)
@click.option("--people", default="1m", show_default=True, help="How many to draw for --check.")
@click.option("--seed", "seeds", type=int, multiple=True, default=(1,), help="May be given again.")
@json_option
def societies(
    key: str | None, checked: bool, people: str, seeds: tuple[int, ...], as_json: bool
) -> None:
    """List the societies that can be run. With KEY: the whole entry and its sources."""
    from demerit import society

    if not checked:
        loaded = [society.load(k) for k in society.keys()]
        entries = {s.key: {"title": s.title, **s.spec} for s in loaded}
        show("societies", "society", entries, key, as_json)
        return
    if key is None:
        raise InputError("societies --check: name a society, as in `societies china-2020 --check`.")
    rows, summary = society.check(key, people_count(people, key), list(seeds))
    if as_json:
        emit({"society": key, "margins": rows, "summary": summary})
        return
    print_rows(rows)
    for name, figure in summary.items():
        click.echo(f"{name}: {figure}")


def print_rows(rows: list[dict[str, Any]]) -> None:
    """The margins, a line for each cell, and what is no target with the reason why."""
    head = ("wanted", "table", "gap", "drawn", "z")
    click.echo(f"{'margin':16} {'cell':34}" + "".join(f"{name:>12}" for name in head))
    for row in rows:
        figures = "".join(f"{number(row[name]):>12}" for name in head)
        aim = "" if row["target"] else f"  not a target: {row['why']}"
        click.echo(f"{row['margin']:16} {row['cell']:34}{figures}{aim}")


# ---- an entry in words


def lines(node: Any, name: str = "") -> Iterable[str]:
    """An entry, a line for each of its values, numbers with what they rest on.

    >>> list(lines({"rate": {"value": 0.1, "basis": "assumed", "why": "a guess", "range": [0, 1]}}))
    ['rate: 0.1; assumed, range 0 to 1; a guess']
    >>> list(lines({"tier": [{"key": "A", "floor": 970}]}))
    ['tier.A.floor: 970']
    """
    if isinstance(node, dict) and "basis" in node:
        yield f"{name}: {fact_line(node)}"
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from lines(child, f"{name}.{key}" if name else str(key))
    elif isinstance(node, list) and node and isinstance(node[0], dict):
        for k, child in enumerate(node):
            rest = {key: value for key, value in child.items() if key != "key"}
            yield from lines(rest, f"{name}.{child.get('key', k)}")
    elif isinstance(node, list):
        yield f"{name}: {', '.join(map(str, node)) or 'none'}"
    else:
        yield f"{name}: {word(node)}"


def word(x: Any) -> str:
    """A plain value in words.

    >>> word(True), word(300)
    ('yes', '300')
    """
    return ("no", "yes")[x] if isinstance(x, bool) else str(x)


def fact_line(fact: dict[str, Any]) -> str:
    """One number: value, unit, what it rests on, and why."""
    basis = [fact["basis"]]
    if "grade" in fact and fact["grade"] != fact["basis"]:
        basis.append(fact["grade"])
    if "source" in fact:
        basis.append(", ".join(filter(None, (fact["source"], fact.get("where")))))
    if "range" in fact:
        basis.append("range {} to {}".format(*fact["range"]))
    value = " ".join(word(fact[key]) for key in ("value", "unit") if key in fact)
    return "; ".join(filter(None, (value, ", ".join(basis), fact.get("why"))))


def cited(entries: Any) -> Entries:
    """The sources that the numbers of these entries name."""
    used = {fact["source"] for _, fact in facts.facts(entries) if "source" in fact}
    return {key: entry for key, entry in facts.sources().items() if key in used}


def print_sources(sources: Entries) -> None:
    """The sources of an entry, under it."""
    from demerit.explorer.sources import reference

    if sources:
        click.echo("Sources")
    for key, source in sources.items():
        click.echo(f"  {key}: {reference(source)}")
