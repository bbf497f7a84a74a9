"""Chosen: numbers of the data files that whoever runs a scheme sets for one run.

"agencies.agency.*.false=x0.5"  ->  numbers to use instead of those of the data files

A text names a number as its file and place do (`demerit agencies KEY`, run.json), * for any key,
and gives a value, or after an x a factor on what the data have; of a share no more than all.  The
rules of a scheme are not set so, but in its file, which is checked whole.
"""

import math
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import Any

from demerit import facts
from demerit.facts import InputError
from demerit.mechanism import FILES

HOW = "write NAME=VALUE or NAME=xFACTOR, as in 'agencies.agency.*.false=x0.5'"
WIDER = 10.0  # a number may be set so many times as far as its range goes


def numbers() -> dict[str, dict[str, Any]]:
    """Every number that may be set, by name."""
    return {
        name: fact
        for file in FILES
        for name, fact in facts.facts(facts.read(f"{file}.toml"), file)
        if isinstance(fact["value"], int | float) and not isinstance(fact["value"], bool)
    }


def choose(texts: Iterable[str]) -> dict[str, float]:
    """The numbers that these texts set: name -> value.

    InputError for a text that sets none, and for a value that a number cannot have.

    >>> choose(["agencies.agency.cameras.false=0"])
    {'agencies.agency.cameras.false': 0.0}
    """
    found: dict[str, float] = {}
    texts = list(texts)
    known = numbers() if texts else {}
    for text in texts:
        match = re.fullmatch(r"\s*([\w.*-]{1,200})\s*=\s*(x?)([-+.\deE]{1,40})\s*", text)
        try:
            given = float(match[3]) if match else math.nan
        except ValueError:
            given = math.nan
        if not match or not math.isfinite(given):
            raise InputError(f"--set {text!r}: cannot be read; {HOW}.")
        names = [name for name in known if fnmatchcase(name, match[1])]
        if not names:
            hint = facts.nearest(match[1].partition(".")[0], FILES)
            raise InputError(f"--set {text!r}: no number of the data files is called so; {hint}")
        for name in names:
            found[name] = value_of(name, known[name], given, bool(match[2]))
    return found


def value_of(name: str, fact: dict[str, Any], given: float, factor: bool) -> float:
    """What one number is set to: InputError where it is out of bounds."""
    low, high = bounds(fact)
    value = min(fact["value"] * given, high) if factor else given
    if not low <= value <= high:
        raise InputError(
            f"--set {name}={value:g}: is out of bounds; from {low:g} to {high:g} is allowed."
        )
    return round(value) if isinstance(fact["value"], int) else float(value)


def bounds(fact: dict[str, Any]) -> tuple[float, float]:
    """What a number may be set to: a share 0 to 1, another nought to far beyond its range.

    >>> bounds({"value": 0.3, "unit": "share", "range": [0.1, 0.5]})
    (0.0, 1.0)
    >>> bounds({"value": 0.001, "unit": "per driver and month", "range": [0.0, 0.003]})
    (0.0, 0.03)
    """
    low, high = fact.get("range", (fact["value"], fact["value"]))
    if str(fact.get("unit", "")).startswith("share") and 0 <= low <= high <= 1:
        return 0.0, 1.0
    return min(0.0, WIDER * low), max(0.0, WIDER * high)


def apply(fact: dict[str, Any], name: str, values: facts.Values) -> dict[str, Any]:
    """A number as it stands in the run: where it was set, its basis is that it was set."""
    if name not in values:
        return fact
    said = f"set for this run; the data have {fact['value']} ({fact['basis']})"
    return {
        **{key: fact[key] for key in ("title", "unit") if key in fact},
        "value": values[name], "basis": "assumed", "why": said,
    }  # fmt: skip
