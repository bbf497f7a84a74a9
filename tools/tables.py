"""The tables of the model's page: every column and every number, from the code and the data files.

columns.py, data/*.toml  ->  docs/model-tables.md

    python tools/tables.py            write the page
    python tools/tables.py --check    exit 1 if the page is not what the data say
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from demerit import facts
from demerit.columns import COLUMNS

PAGE = Path(__file__).parents[1] / "docs" / "model-tables.md"
SOCIETIES = ("china-2020", "india-2011")
FILES = (
    *("deeds", "agencies", "doors", "responses", "firms", "costs", "displacement", "recourse"),
    *(f"societies/{key}/{name}" for key in SOCIETIES for name in ("household", "society")),
)
HEAD = """# Variables and parameters

Made by `tools/tables.py` from `src/demerit/columns.py` and the data files; a test fails where it
differs from them. The page that uses these names is [model.md](model.md). Numbers of a scheme are
in its own file: `demerit schemes KEY`.
"""


def row(*cells: object) -> str:
    """One line of a table.

    >>> row("a", None, 1)
    '| a |  | 1 |'
    """
    shown = ("" if cell is None else str(cell).replace("|", "/") for cell in cells)
    return f"| {' | '.join(shown)} |"


def table(title: str, heads: tuple[str, ...], rows: Iterator[str]) -> Iterator[str]:
    """A titled table."""
    yield from ("", f"## {title}", "", row(*heads), row(*("---" for _ in heads)), *rows)


def columns() -> Iterator[str]:
    """Every column of the data dictionary but the scratch."""
    for c in COLUMNS:
        if c.writer != "scratch":
            known = "laboratory" if c.lab else ""
            yield row(f"`{c.name}`", ", ".join(c.axes), c.unit, c.writer, known, c.meaning)


def short(value: Any) -> str:
    """A value as a table shows it: lists by their length.

    >>> short([1, 2]), short(0.5)
    ('2 numbers', '0.5')
    """
    return f"{len(value)} numbers" if isinstance(value, list) else str(value)


def numbers(file: str) -> Iterator[str]:
    """Every number of a data file with what it rests on."""
    for name, fact in facts.facts(facts.read(f"{file}.toml")):
        grade = fact.get("grade")
        basis = f"{fact['basis']} ({grade})" if grade else fact["basis"]
        span = " to ".join(map(str, fact["range"])) if "range" in fact else None
        yield row(
            f"`{name}`", short(fact["value"]), fact.get("unit"), basis, span, fact.get("source")
        )


def page() -> str:
    """The whole page."""
    lines = [HEAD.rstrip()]
    heads = ("column", "axes", "unit", "written by", "known to", "meaning")
    lines += table("Variables", heads, columns())
    heads = ("number", "value", "unit", "basis", "range", "source")
    for file in FILES:
        lines += table(f"{file.removeprefix('societies/')}.toml", heads, numbers(file))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
