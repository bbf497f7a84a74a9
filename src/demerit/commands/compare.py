"""`demerit compare`: several schemes on the same people, with the same luck, side by side."""

import contextlib
import textwrap
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from demerit.commands import (
    emit,
    json_option,
    number,
    out_option,
    people_count,
    processors,
    question_options,
)
from demerit.commands.progress import progress_bar, progress_option
from demerit.commands.run import free_folders, interval

WIDTH = 100  # of the tables [columns]
SIDE_BY_SIDE = 4  # schemes in one table of that width
HEADLINES = (
    "sanctioned_share wrongful_sanction_rate wrongful_sanction_share sanction_anatomy "
    "sanction_anatomy_lawful deeds_traffic_offence deeds_bribe unpaid_by_choice fraud_met "
    "deals_honoured belief_in_strangers speech_withheld employment unpaid_by_inability "
    "poverty_ever protest approval"
).split()


@click.command()
@click.argument("schemes", nargs=-1, required=True, metavar="SCHEME SCHEME...")
@question_options(many=True)
@out_option
@progress_option
@json_option
def compare(
    schemes: Sequence[str], people: str | None, out: Path | None, progress: str, as_json: bool,
    **options: Any,
) -> None:  # fmt: skip
    """Run SCHEMES on the same people; write a folder with a page that compares them.

    Each SCHEME is a key (demerit schemes) or the path of a scheme file; from 2 to 8 of them. All
    meet the same people with the same luck and the same ordinary law. Where one is a county's
    trial, all run in its county; a national scheme is then shown as it acts there.
    """
    count = people_count(people, options["society"]) if people is not None else None
    threads = options.pop("threads") or processors()
    from demerit import comparison_storage, storage

    storage.check_free(out or next(free_folders("compare")))
    from demerit import comparison
    from demerit.trial import Request

    requests = [Request(key, people=count, threads=threads, **options) for key in schemes]
    with progress_bar(progress) as tell:
        compared = comparison.run(requests, tell)

    def write(path: Path) -> Path:
        return comparison_storage.write(compared, path)

    folder = write(out) if out else write_free(compared.document["compare"], write)
    document = comparison_storage.read_any(folder)
    emit(document) if as_json else print_comparison(document, folder)


def write_free(name: str, write: Callable[[Path], Path]) -> Path:
    """Write a folder of this name under ./runs; the next name if somebody takes it first."""
    for out in free_folders(name):
        with contextlib.suppress(FileExistsError):
            return write(out)
    raise FileExistsError(f"runs/{name}-...: no name is free; name a folder with --out")


# ---- the tables


def print_comparison(document: dict[str, Any], folder: Path) -> None:
    """What came out, on stdout: the statement, the headline measures by scheme, the report."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, width=WIDTH)
    console.print(document["statement"])
    console.print(
        f"\n{document['where']} {document['months']} months, seed {document['seed']}, "
        f"{document['seconds']:.0f} s\n"
    )
    letters = lettered(document)
    for key, letter in letters.items():
        console.print(f"{letter}  {key}: {title_of(document, key)}")
    for some in chunks(list(letters), SIDE_BY_SIDE):
        console.print(table(document, letters, some))
    console.print(
        "law: the level under ordinary law. A number with a sign is the change against it (of per "
        "cents: in percentage points), any other the level under the scheme."
    )
    console.print("too few: under 1,000 person-months to tell it from")
    console.print("letters: the schemes from which it differs by more than chance (95 in 100)")
    console.print(
        "not known: left out by --quick" if document["quick"] else
        "in brackets: the range over the numbers that nobody has published"
    )  # fmt: skip
    console.print(f"{len(document['measures'])} measures in all, in the report.")
    console.print(f"\nReport: {folder / 'report.html'}", soft_wrap=True)


def lettered(document: dict[str, Any]) -> dict[str, str]:
    """A letter for each scheme.

    >>> lettered({"schemes": [{"key": "suining"}, {"key": "none"}]})
    {'suining': 'a', 'none': 'b'}
    """
    return {s["key"]: "abcdefgh"[k] for k, s in enumerate(document["schemes"])}


def title_of(document: dict[str, Any], key: str) -> str:
    """A scheme's title, and that it is a sketch if it is one."""
    scheme = next(s for s in document["schemes"] if s["key"] == key)
    month = scheme["repeal"]["month"]
    said = [scheme["title"]]
    said += ["Most of the rules of this scheme are ours."] if scheme["sketch"] else []
    said += [f"Repealed in month {month + 1}."] if month is not None else []
    return ". ".join(part.rstrip(".") for part in said) + ("." if len(said) > 1 else "")


def chunks(items: list[str], most: int) -> Iterable[list[str]]:
    """Items in as few lists of at most so many as there must be, of even length.

    >>> list(chunks(["a", "b", "c", "d", "e"], 4))
    [['a', 'b', 'c'], ['d', 'e']]
    """
    count = -(-len(items) // most)
    each = -(-len(items) // count)
    return (items[k : k + each] for k in range(0, len(items), each))


def table(document: dict[str, Any], letters: dict[str, str], keys: Sequence[str]) -> Any:
    """The headline measures of these schemes."""
    from rich.table import Table

    made = Table(show_lines=True, padding=(0, 0, 0, 1))
    made.add_column("Question", ratio=1)
    made.add_column("law", justify="right")
    for key in keys:
        head = "\n".join(textwrap.wrap(f"{letters[key]} {key}", 13))
        made.add_column(head, justify="right", max_width=14)
    found = document["measures"]
    for name in [n for n in HEADLINES if n in found] or found:
        measure = found[name]
        cells = [cell(measure, key, letters) for key in keys]
        if any(text != "-" for text in cells):
            made.add_row(measure["question"], number(measure["law"], measure["unit"]), *cells)
    return made


def cell(measure: dict[str, Any], key: str, letters: dict[str, str]) -> str:
    """One scheme's headline, the letters of those it differs from, its range if there is one.

    >>> one = {"effect": 0.5, "low": 0.25, "high": 1.0, "enough": True}
    >>> measure = {"unit": "share", "headline": "effect", "differs": [["x", "y"]]}
    >>> cell(measure | {"by_scheme": {"x": one}}, "x", {"x": "a", "y": "b"})
    '+50 b\\n(+25 to +100)'
    """
    one, unit = measure["by_scheme"][key], measure["unit"]
    signed = measure["headline"] == "effect"
    value = one[measure["headline"]]
    if value is None:
        return "-"
    if not one["enough"]:
        return "too few"
    others = "".join(
        letter for other, letter in letters.items()
        if [key, other] in measure["differs"] or [other, key] in measure["differs"]
    )  # fmt: skip
    text = f"{number(value, unit, signed).removesuffix(' points')} {others}".rstrip()
    if one["low"] is None or one["high"] is None:
        return text
    ends = interval(one["low"], one["high"], unit, signed).removesuffix(" points")
    return f"{text}\n({ends})"
