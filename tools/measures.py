"""The page of measures: every key under the question that it answers, from the registry.

demerit.measures  ->  docs/measures.md

    python tools/measures.py            write the page
    python tools/measures.py --check    exit 1 if the page is not what the registry says
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from demerit.measures import BESIDE, MEASURES, SECTIONS
from demerit.measures.acceptance import OF_RUNS
from demerit.measures.acceptance import SECTION as OF_RUNS_IN

PAGE = Path(__file__).parents[1] / "docs" / "measures.md"
# What tells numbers of several runs or worlds, and enters them beside the measures of one run.
TELLERS = ("luck", "lint_harm")
HEAD = """# Measures

Made by `tools/measures.py` from `src/demerit/measures/`; a test fails where it differs from that.
`demerit measures KEY` tells the textbook name, the unit and which way is better; the docstring of
the function (or the entry of its family) says what is counted, where it is undefined, and what it
rests on. Each is told with the scheme, without it, without errors of record, and as an effect;
with the range of what is not known and that of chance; and by group, where its counts have groups
([model.md](model.md), 7.15). Of twins and worlds the same section tells.
"""


def row(*cells: str) -> str:
    """One line of a table.

    >>> row("a", "b|c")
    '| a | b/c |'
    """
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def section(name: str) -> Iterator[str]:
    """One section: its question, the measures of a run, then what is told beside."""
    rows = [
        row(f"`{m.key}`", m.question, m.unit, m.better)
        for m in MEASURES.values()
        if m.section == name
    ]
    if name == OF_RUNS_IN:
        rows += [
            row(f"`{m.key}`", f"{m.question} (`repeal` of run.json, over replicates)", m.unit,
                m.better)
            for m in OF_RUNS.values()
        ]  # fmt: skip
    rows += [
        row(f"`{b.key}`", f"{b.question} (`{b.command}`)", "", "")
        for b in BESIDE.values()
        if b.section == name
    ]
    yield from ("", f"## {name}: {SECTIONS[name][0].lower()}{SECTIONS[name][1:]}", "")
    yield from (row("key", "asks", "unit", "better"), row("---", "---", "---", "---"), *rows)


def page() -> str:
    """The whole page."""
    for teller in TELLERS:
        import_module(f"demerit.{teller}")
    lines = [HEAD.rstrip()]
    for name in SECTIONS:
        lines += section(name)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8")
