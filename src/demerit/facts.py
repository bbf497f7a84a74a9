"""Facts: numbers that say where they come from.

data/**/*.toml  ->  nested dict whose leaves are {value, basis, grade, source, where | why, range}

    stated     a source states it        grade brief or published     source, where in it
    inferred   follows from a source     grade derived                source, why (the step)
    assumed    nobody has published it   grade assumed, from memory   why, range (what to sweep)

A number with a range may be varied (ensemble.py): `read` takes the values to use instead.
"""

import difflib
import math
import pickle
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

DATA = Path(str(resources.files("demerit") / "data"))

NEEDS = {"stated": ("source", "where"), "inferred": ("source", "why"), "assumed": ("why", "range")}
GRADES = {
    "stated": ("brief", "published"),
    "inferred": ("derived",),
    "assumed": ("assumed", "from memory"),
}
KNOWN = {"value", "basis", "grade", "source", "where", "why", "range", "unit", "title"}

Values = Mapping[str, float]


class InputError(ValueError):
    """The user's input is wrong.  The message says what, where, what is allowed, how to mend it."""


class FactError(InputError):
    """A data file is wrong; the message lists every fault."""


def nearest(key: str, allowed: Iterable[str]) -> str:
    """A hint for a key that is not among those allowed.

    >>> nearest("suinning", ["suining", "none"])
    "did you mean 'suining'? There are: suining, none."
    """
    allowed = list(allowed)
    close = difflib.get_close_matches(key, allowed, 1, 0.6)
    hint = f"did you mean {close[0]!r}? " if close else ""
    return f"{hint}There are: {', '.join(allowed)}."


@lru_cache(256)  # more than there are data files; texts of a reader's own come and go
def parsed(text: str) -> bytes:
    """A text of TOML, parsed and packed: to unpack it takes a hundredth of the time."""
    return pickle.dumps(tomllib.loads(text))


def parse(path: Path) -> dict[str, Any]:
    """A TOML file, or an InputError that says why it cannot be read."""
    try:
        found: dict[str, Any] = pickle.loads(parsed(path.read_text(encoding="utf-8")))
        return found
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as text ({error}).") from None
    except (ValueError, RecursionError) as error:  # TOML's own, and a number of 5,000 digits
        raise InputError(f"{path}: is not valid TOML: {error}.") from None


def read(path: str | Path, values: Values | None = None) -> dict[str, Any]:
    """A data file, every number's basis checked; relative paths start at this package's data/.

    `values` replaces numbers by name ("deeds.deed.bribe.rate": file, place in it); InputError for a
    name of this file that it does not have.
    """
    path = DATA / path
    spec = parse(path)
    check(path.name, faults(spec))
    mine = {n: v for n, v in (values or {}).items() if n.split(".")[0] == path.stem}
    found = dict(facts(spec, path.stem)) if mine else {}
    if unknown := mine.keys() - found.keys():
        raise InputError(f"{path.name}: no number is called {', '.join(sorted(unknown))}.")
    for name, value in mine.items():
        found[name]["value"] = value
    return spec


def check(name: str, found: Iterable[str]) -> None:
    """Raise one error that lists all the faults found, if there are any."""
    if lines := list(found):
        count = f"{len(lines)} fault{'s' if len(lines) > 1 else ''}"
        raise FactError("\n  ".join([f"{name}: {count}", *lines]))


def facts(node: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every number of a spec with its place in it: ("tier.D.floor", {...})."""
    if isinstance(node, dict):
        if "basis" in node:
            yield where, node
            return
        for key, child in node.items():
            yield from facts(child, f"{where}.{key}" if where else str(key))
    elif isinstance(node, list):
        for k, child in enumerate(node):
            key = child.get("key", k) if isinstance(child, dict) else k
            yield from facts(child, f"{where}.{key}")


def faults(spec: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the provenance of a spec, a sentence for each fault."""
    for where, fact in facts(spec):
        yield from (f"{where}: {fault}" for fault in fact_faults(fact))


def fact_faults(fact: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one number."""
    basis = fact["basis"]
    if "value" not in fact:
        yield "has a basis but no `value`."
    if not isinstance(basis, str) or basis not in NEEDS:
        yield f"basis {basis!r} is unknown; use one of {', '.join(NEEDS)}."
        return
    grades = GRADES[basis]
    grade = fact.get("grade", grades[0] if len(grades) == 1 or basis == "assumed" else None)
    if grade not in grades:
        yield f"a number that is {basis} needs `grade`, one of: {', '.join(grades)}."
    for need in NEEDS[basis]:
        if need not in fact:
            yield f"a number that is {basis} needs `{need}`."
    for key in ("grade", "where", "why", "unit", "title"):
        if not isinstance(fact.get(key, ""), str):
            yield f"`{key}` should be words, in quotes; it is {str(fact[key])[:40]}."
    for key in sorted(fact.keys() - KNOWN):
        yield f"`{key}` is unknown; {nearest(key, sorted(KNOWN))}"
    if "source" in fact and (
        not isinstance(fact["source"], str) or fact["source"] not in sources()
    ):
        close = difflib.get_close_matches(str(fact["source"]), sources(), 1, 0.6)
        hint = f" did you mean {close[0]!r}?" if close else ""
        yield (
            f"no source {fact['source']!r} in data/sources.toml;{hint} "
            'Add it there, correct the key, or use basis "assumed".'
        )
    yield from range_faults(fact)


def range_faults(fact: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a number's range."""
    if "range" not in fact:
        return
    span, value = fact["range"], fact.get("value")
    numbers = (int, float)
    if not (
        isinstance(span, list)
        and len(span) == 2
        and all(isinstance(x, numbers) and not isinstance(x, bool) for x in span)
        and all(map(math.isfinite, span))
        and span[0] <= span[1]
    ):
        yield f"range {span!r} should be two numbers, the lower first."
    elif isinstance(value, numbers) and not span[0] <= value <= span[1]:
        yield f"value {value} lies outside its range {span}."


@cache
def sources() -> dict[str, dict[str, Any]]:
    """The bibliography: key -> author, title, year, venue, url, doi."""
    return tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))["source"]


def value(spec: dict[str, Any], *path: str) -> Any:
    """The value of the number at this place of a spec."""
    for key in path:
        spec = spec[key]
    return spec["value"]
