"""`demerit lint`: a scheme held against Article 5(1)(c) of the AI Act; not legal advice."""

from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from demerit import facts
from demerit.commands import emit, json_option, number

if TYPE_CHECKING:
    from demerit.lint_run import Measured
    from demerit.scheme.elements import Verdict
    from demerit.scheme.lint import Row
    from demerit.scheme.place import Places

SHOWN = 8  # lines named for one finding on the terminal; --json has them all


@click.command()
@click.argument("schemes", nargs=-1, metavar="[SCHEME]...")
@click.option("--run", "run", type=click.Path(path_type=Path), help="Add what this run measured.")
@click.option("--fria", is_flag=True, help="Draft the fundamental-rights impact assessment.")
@json_option
def lint(schemes: tuple[str, ...], run: Path | None, fria: bool, as_json: bool) -> None:
    """Hold SCHEME against the prohibition of social scoring; not legal advice.

    SCHEME is a key (demerit schemes) or the path of a scheme file. Of several, or of all that are
    shipped if none is named, one table shows which rules find something.
    """
    from demerit import scheme

    named = schemes or tuple(key for key in scheme.keys() if not scheme.load(key).waves)
    for key in schemes:
        if waves := scheme.load(key).waves:
            keys = " ".join(dict.fromkeys(one.name for one in waves))
            raise facts.InputError(
                f"lint {key}: is a calendar; lint what begins in it: demerit lint {keys}"
            )
    if len(named) != 1 and (run or fria):
        raise facts.InputError("lint --run and --fria: name one scheme, as in `lint suining`.")
    looked = [Look(key, document(key, run)) for key in named]
    if fria:
        from demerit.scheme.assessment import draft

        one = looked[0]
        text = draft(one.verdict, one.title, one.document)
        said = {"statement": one.document["statement"]} if one.document else {}
        emit(said | {"scheme": one.key, "fria": text}) if as_json else click.echo(text)
    elif as_json:
        emit(as_document(looked))
    elif len(looked) == 1:
        print_one(looked[0])
    else:
        print_table(looked)


def document(key: str, run: Path | None) -> dict[str, Any] | None:
    """The run's document, which must be of this scheme."""
    if run is None:
        return None
    from demerit import scheme, storage

    found, _, _ = storage.read(run)
    if found["scheme"] != scheme.load(key).key:
        raise facts.InputError(f"lint {key} --run {run}: that is a run of {found['scheme']}.")
    return dict(found)


class Look:
    """One scheme as lint sees it: verdict, lines of its file, measures of its run."""

    def __init__(self, key: str, run: dict[str, Any] | None) -> None:
        from demerit import lint_run, scheme
        from demerit.scheme.elements import judge
        from demerit.scheme.lint import lint as rules_of
        from demerit.scheme.place import places
        from demerit.scheme.reading import case

        loaded, path = scheme.load(key), scheme.find(key)
        self.key, self.title, self.document, self.file = loaded.key, loaded.title, run, path.name
        self.places: Places = places(path.read_text(encoding="utf-8"))
        here = case(loaded.spec)
        rows = rules_of(here)
        if run:
            rows = lint_run.decide(rows, run)
        self.verdict: Verdict = judge(here, rows)
        self.measured: dict[str, list[Measured]] = {
            row.key: lint_run.of_rule(row, run) if run else [] for row in rows
        }

    @property
    def findings(self) -> list["Row"]:
        """The rules that found something, or that the file leaves open."""
        return [row for row in self.verdict.rules if row.found.status != "not met"]

    def lines(self, row: "Row") -> list[dict[str, Any]]:
        """The places of what a rule found, with their lines in the file."""
        return [
            {"file": self.file, "line": self.places.line(place), "place": place}
            for place in row.found.places
        ]


def as_document(looked: list[Look]) -> dict[str, Any]:
    """One JSON document: the findings of all, and each scheme's elements, inputs, consequences."""
    from demerit.scheme.elements import entry
    from demerit.scheme.lint import NOTICE

    run = looked[0].document
    return ({"statement": run["statement"], "run": run["run"]} if run else {}) | {
        "notice": NOTICE,
        "law": facts.read("ai_act.toml")["law"],
        "schemes": [
            {
                "key": look.key,
                "title": look.title,
                "pattern": look.verdict.pattern,
                "verdict": look.verdict.says,
                "elements": [as_row(look, row) for row in look.verdict.elements],
                "rules": {row.key: row.found.status for row in look.verdict.rules},
                "inputs": [entry(row) for row in look.verdict.case.inputs],
                "consequences": [entry(row) for row in look.verdict.case.consequences],
            }
            for look in looked
        ],
        "findings": [as_row(look, row) for look in looked for row in look.findings],
    }


def as_row(look: Look, row: "Row") -> dict[str, Any]:
    """An element or a rule with what was found."""
    from demerit.scheme.elements import severe

    found, rule = row.found, row.entry
    shown = {
        "scheme": look.key, "key": row.key, "title": rule["title"], "status": found.status,
        "what": found.what, "law": rule["law"],
        "from_memory": rule["rests"] == "guidelines", "places": look.lines(row),
    }  # fmt: skip
    if "severe" not in rule:  # an element
        return shown | {"reading": rule["says"]}
    measured = [dict(m._asdict()) for m in look.measured[row.key]]
    return shown | {
        "limb": rule["limb"], "severe": severe(row), "mend": rule["mend"], "measured": measured
    }  # fmt: skip


# ---- for people


def print_one(look: Look) -> None:
    """Verdict, elements, findings with their lines, what would mend each."""
    from demerit.scheme.lint import NOTICE

    law = facts.read("ai_act.toml")["law"]
    if look.document:
        click.echo(f"{look.document['statement']}\n")
    click.echo(f"{NOTICE}\n\n{look.title}\n{look.verdict.says}\n\n{law['title']}")
    said = f'"{law["words"]} (i) {law["limb_i"]} (ii) {law["limb_ii"]}"'
    click.echo(click.wrap_text(said, 100, "  ", "  ") + "\n\nElements")
    for row in look.verdict.elements:
        memory = "*" if row.entry["rests"] == "guidelines" else " "
        click.echo(f"  {row.key:5}{row.found.status:8}{memory} {row.entry['title']}")
        if row.found.what:
            click.echo(f"  {'':15}{row.found.what}")
    click.echo("\nFindings" if look.findings else "\nNo finding.")
    for row in look.findings:
        print_finding(look, row)
    if clean := [row.key for row in look.verdict.rules if row.found.status == "not met"]:
        click.echo(f"\nNot met: {', '.join(clean)}.")
    click.echo("* rests on the Commission's guidelines, from memory")


def print_finding(look: Look, row: "Row") -> None:
    """One finding."""
    from demerit.scheme.elements import severe

    memory = "*" if row.entry["rests"] == "guidelines" else ""
    click.echo(f"\n  {row.key} {row.found.status} ({severe(row)}) {row.entry['title']}{memory}")
    click.echo(f"    what  {row.found.what}")
    lines = sorted({place["line"] for place in look.lines(row) if place["line"]})
    if lines:
        more = f" and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
        click.echo(f"    where {look.file}, line {', '.join(map(str, lines[:SHOWN]))}{more}")
    click.echo(f"    law   {row.entry['law']}\n    mend  {row.entry['mend']}")
    for m in look.measured[row.key]:
        span = "" if m.low is None else f" ({number(m.low, m.unit)} to {number(m.high, m.unit)})"
        click.echo(f"    run   {m.key} {number(m.value, m.unit)}{span}: {m.question}")


def print_table(looked: list[Look]) -> None:
    """Schemes beside one another, a line for each element and rule."""
    from demerit.scheme.lint import NOTICE

    marks = {"met": "met", "open": "open", "not met": "."}
    wide = [max(len(look.key), 4) + 2 for look in looked]
    click.echo(
        f"{NOTICE}\n\n{'':62}" + "".join(f"{a.key:>{w}}" for a, w in zip(looked, wide, strict=True))
    )
    for part in ("elements", "rules"):
        for k, row in enumerate(getattr(looked[0].verdict, part)):
            cells = (marks[getattr(look.verdict, part)[k].found.status] for look in looked)
            shown = "".join(f"{cell:>{w}}" for cell, w in zip(cells, wide, strict=True))
            title = shorten(row.entry["title"], 53, placeholder=" ...")
            click.echo(f"{row.key:8}{title:54}{shown}")
    for look in looked:
        click.echo(f"\n{look.key}: {look.verdict.says}")
