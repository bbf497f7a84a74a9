"""Take away: tables as CSV, each with what it is, where it came from and what it does not show.

a run's document and counts  ->  lines that begin with #, then a table as RFC 4180 has it
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from demerit.explorer import limits
from demerit.explorer.sources import cite

Row = dict[str, Any]
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would work out


def table(
    name: str, document: Row, chart: str, head: Sequence[str], rows: Iterable[Sequence[Any]]
) -> str:
    """A table with its metadata."""
    about = [
        document["statement"], f"run: {name}", f"scheme: {document['scheme_title']}",
        f"command: {document['command']}", f"digest: {document['digest']}",
        f"version: demerit {document['versions']['demerit']}",
        *(f"not shown: {text}" for text in limits.of_chart(chart)),
        f"cite: {cite(name, document)['text']}",
    ]  # fmt: skip
    return written(about, head, rows)


def written(about: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    r"""Lines of metadata, then the table.

    >>> written(["Nobody exists."], ["a", "b"], [[0.5, "=1"], [None, "x"]])
    "# Nobody exists.\r\na,b\r\n0.5,'=1\r\n,x\r\n"
    """
    out = io.StringIO()
    for line in about:
        out.write(f"# {' '.join(str(line).split())}\r\n")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; empty for what is undefined."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return "" if value is None else value


SIDES = ("with", "without", "no_errors", "effect")
ENDS = ("low", "high", "chance_low", "chance_high", "interval")


def measures(name: str, document: Row) -> str:
    """All measures with both intervals."""
    head = ["measure", "question", "unit", "better", "headline", *SIDES, *ENDS]
    rows = (
        [key, m["question"], m["unit"], m["better"], m["headline"],
         *(m.get(side) for side in (*SIDES, *ENDS))]
        for key, m in document["measures"].items()
    )  # fmt: skip
    return table(name, document, "measures", head, rows)


def groups(name: str, document: Row) -> str:
    """All measures by group."""
    rows = (
        [key, m["unit"], grouping, group, *(sides.get(side) for side in SIDES)]
        for key, m in document["measures"].items()
        for grouping, found in m["by_group"].items()
        for group, sides in found.items()
    )
    head = ["measure", "unit", "grouping", "group", *SIDES]
    return table(name, document, "measures", head, rows)


def months(name: str, document: Row, found: Row) -> str:
    """Measures by month."""
    rows = (
        [key, series["unit"], found["group"], month,
         *(series[side][month] for side in ("with", "without", "no_errors"))]
        for key, series in found["series"].items() for month in found["months"]
    )  # fmt: skip
    head = ["measure", "unit", "group", "month", "with", "without", "no_errors"]
    return table(name, document, "months", head, rows)


def anatomy(name: str, document: Row, found: Row) -> str:
    """For what people are under sanction."""
    keys = ("key", "title", "count", "share", "low", "high", "chance_low", "chance_high", "dots")
    rows = ([kind[key] for key in keys] for kind in found["kinds"])
    head = ["kind", "but_for", "person_months", *keys[3:-1], "of_100"]
    return table(name, document, "anatomy", head, rows)


def numbers(name: str, document: Row) -> str:
    """Every number that decides the run, with what it rests on."""
    keys = ("name", "title", "value", "unit", "basis", "grade", "source", "where", "why")
    rows = (
        [*(row.get(key) for key in keys), *(row.get("range") or (None, None))]
        for row in document["numbers"]["list"]
    )
    return table(name, document, "measures", [*keys, "range_low", "range_high"], rows)


def register(name: str, document: Row, found: Row) -> str:
    """The public list of a month, of synthetic people."""
    rows = ([row[key] for key in ("person", "place", "tier", "since")] for row in found["rows"])
    return table(name, document, "register", ["person", "place", "tier", "since_month"], rows)


def compared(found: Row, documents: Sequence[Row]) -> str:
    """Runs side by side."""
    names = [f"{head['name']}: {head['scheme']}" for head in found["runs"]]
    about = [documents[0]["statement"], *(f"command: {d['command']}" for d in documents),
             *(f"digest: {d['digest']}" for d in documents), *found["notes"],
             *(f"not shown: {text}" for text in limits.of_chart("compare"))]  # fmt: skip
    head = ["measure", "question", "unit", "side", "run", *SIDES, *ENDS]
    rows = (
        [m["key"], m["question"], m["unit"], k + 1, names[k],
         *(side.get(part) for part in (*SIDES, *ENDS))]
        for m in found["measures"] for k, side in enumerate(m["sides"])
    )  # fmt: skip
    return written(about, head, rows)
