"""The page of mechanisms: what moves without each, in runs of a few schemes.

data/mechanisms.toml, runs  ->  docs/mechanisms.md

    python tools/mechanisms.py     write the page; some minutes
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from demerit import ablation, mechanism, trial
from demerit import scheme as schemes
from demerit import society as societies
from demerit.commands import processors
from demerit.commands.mechanisms import line
from demerit.ensemble import Question

PAGE = Path(__file__).parents[1] / "docs" / "mechanisms.md"
SOCIETY = "china-2020"
# Scheme, people, months, mechanisms: all, or those that find nothing to do in the first two.
RUNS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("suining", 50_000, 36, ()),
    ("national", 50_000, 24, ()),
    ("court-list", 50_000, 24, ("lookups", "erasure")),
    ("learned", 50_000, 26, ("refit",)),
    ("pilots", 100_000, 36, ("spill", "moves")),
)
APART = {name for *_, only in RUNS for name in only} - {"lookups", "erasure"}
NOT_HERE = "  this scheme does without it"
NOWHERE = """No scheme that is shipped has it, so that there is nothing here to switch off. With a
scheme file of one's own that has it, `demerit mechanisms {name} --off FILE` tells what it moves.
"""
HEAD = """# What moves without each mechanism

Made by `python tools/mechanisms.py`, once on {day}; the commands give today's. Schemes run once as
they ship and once without each mechanism, on the same draws:

```sh
{commands}
```

A measure is listed if the interval of the difference (jackknife over folds, paired) excludes
nought, or if the literature expects it to move; the numbers are its headline with the mechanism
and without. `NOT AS EXPECTED` stands where an expected move cannot be told from chance: some
mechanisms find nothing to do in one of these schemes (nobody is named in public, no entry is ever
taken off, the job door stands open to all), others are small.
"""


def moved(key: str, people: int, months: int, names: Iterable[str]) -> dict[str, Any]:
    """What moves in one scheme without each of these mechanisms: {mechanism: rows}."""
    request = trial.Request(key, SOCIETY, people=people, months=months)
    place, count = trial.where(request, schemes.load(key), societies.load(SOCIETY))
    asked = Question(key, SOCIETY, months, request.seed, place, count, processors())
    return ablation.run(asked, names, lambda *_: None)


def has(scheme: str, name: str) -> bool:
    """Has a scheme a mechanism at all, which can be switched off?"""
    return bool(mechanism.off((name,), schemes.load(scheme), SOCIETY))


def main() -> None:
    """Write the page."""
    table = mechanism.table()
    found: dict[str, list[str]] = {name: [] for name in table}
    commands = []
    for key, people, months, only in RUNS:
        names = only or tuple(name for name in table if name not in APART)
        size = f"--off {key} --people {people // 1000}k --months {months}"
        commands += [f"demerit mechanisms {f'{name} ' if only else ''}{size}"
                     for name in only or ("",)]  # fmt: skip
        for name, rows in moved(key, people, months, names).items():
            said = [f"  {line(row)}" for row in rows]
            none = ["  nothing moves that can be told from chance"]
            found[name] += [key, *((said or none) if has(key, name) else [NOT_HERE])]
    day = f"{datetime.date.today():%d %B %Y}".lstrip("0")
    parts = [HEAD.format(day=day, commands="\n".join(commands))]
    for name, lines in found.items():
        entry = table[name]
        shipped = any(has(key, name) for key in schemes.keys())
        text = "\n".join(["```", *lines, "```", ""]) if shipped else NOWHERE.format(name=name)
        parts.append(f"## {name}\n\n{entry['title']}. *Literature*: {entry['says']}\n\n{text}")
    PAGE.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
