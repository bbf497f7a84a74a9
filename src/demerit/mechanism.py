"""Mechanism: a part of the model that can be switched off, and what is expected to move then.

data/mechanisms.toml, names of mechanisms  ->  numbers to use instead of those of the data files

A mechanism is off when some numbers are nought (or whatever makes it do nothing): nothing in the
kernels knows of it, and a run without it is a run like any other.
"""

import difflib
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from demerit import facts

# ... and household, society, the scheme's own.
FILES = ("deeds", "agencies", "doors", "responses", "firms")
SCHEME = "scheme"  # a number of whatever scheme is run begins with this


@cache
def table() -> dict[str, dict[str, Any]]:
    """Every mechanism: key -> title, literature, off, expect."""
    found: dict[str, dict[str, Any]] = facts.read("mechanisms.toml")["mechanism"]
    return found


def names_of(scheme: Any, society: str) -> list[str]:
    """The name of every number that decides a run."""
    read = {name: facts.read(f"{name}.toml") for name in FILES}
    for name in ("household", "society"):
        read[name] = facts.read(f"societies/{society}/{name}.toml")
    read |= scheme.files
    return [where for name, spec in read.items() for where, _ in facts.facts(spec, name)]


def off(keys: tuple[str, ...], scheme: Any, society: str) -> dict[str, float]:
    """The numbers that switch these mechanisms off: name -> value.

    A scheme that has no such number does without the mechanism already.  InputError for a key that
    is no mechanism.
    """
    found: dict[str, float] = {}
    if not keys:
        return found
    names = names_of(scheme, society)
    for key in keys:
        if key not in table():
            raise facts.InputError(
                f"without {key!r}: there is no mechanism of this name; "
                f"{facts.nearest(key, table())}"
            )
        for pattern, value in table()[key]["off"].items():
            part, _, rest = pattern.partition(".")
            own = [f"{name}.{rest}" for name in scheme.files] if part == SCHEME else [pattern]
            hit = [name for name in names if any(fnmatchcase(name, mine) for mine in own)]
            if not hit and part != SCHEME:
                close = difflib.get_close_matches(pattern, names, 1)
                raise facts.FactError(f"mechanisms.toml: {key}: no number {pattern}; {close}")
            found |= dict.fromkeys(hit, value)
    return found
