"""Scheme: a scheme file, checked whole, and turned into tables for the kernels.

data/schemes/<key>.toml  ->  Scheme (for people)  ->  Tables (for kernels)
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from demerit import facts
from demerit.scheme.place import places

FOLDER = facts.DATA / "schemes"
TAKEN = {path.stem for path in facts.DATA.rglob("*.toml") if path.parent != FOLDER}
SKETCH = "sketch-"  # how the key of a scheme begins most of whose rules are ours
NICKNAMES = {"honest-shanghai": f"{SKETCH}shanghai"}  # sketches known by more than their key's end


@dataclass(frozen=True)
class Scheme:
    """A scheme as its file states it."""

    key: str
    title: str
    spec: dict[str, Any]
    name: str = ""  # of its file: what its numbers' names begin with
    waves: "tuple[Scheme, ...]" = ()  # of a rollout: the schemes that begin one after another

    @property
    def files(self) -> dict[str, dict[str, Any]]:
        """What its file and those of its waves state, by name."""
        return {one.name: one.spec for one in (self, *self.waves)}


class Fault(NamedTuple):
    """Something wrong with a file: where, and what."""

    file: str
    line: int | None
    place: str
    fault: str

    def __str__(self) -> str:
        """One line, as compilers write it, so that editors find the place."""
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}: {self.place}{': ' if self.place else ''}{self.fault}"


def keys() -> list[str]:
    """The schemes that are shipped."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def known_as(name: str) -> str:
    """The key of the scheme that is asked for by this name: a sketch's, where only that is shipped.

    >>> known_as("suining"), known_as("rongcheng"), known_as("honest-shanghai"), known_as("x")
    ('suining', 'sketch-rongcheng', 'sketch-shanghai', 'x')
    """
    shipped = keys()
    others = (NICKNAMES.get(name, ""), f"{SKETCH}{name}")
    return next((key for key in (name, *others) if key in shipped), name)


def find(key: str | Path) -> Path:
    """The file of the shipped scheme of this key, or this .toml file; InputError for neither.

    A place or firm whose scheme is shipped as a sketch is found by its name, and told so on stderr.
    """
    path = Path(key)
    if path.suffix == ".toml":
        return path
    found = known_as(str(key))
    if found not in keys():
        raise facts.InputError(
            f"scheme {str(key)!r}: there is none of this name; "
            f"{facts.nearest(str(key), keys())} A scheme of your own: give its .toml file."
        )
    if found != str(key):
        say_sketch(str(key), found)
    return FOLDER / f"{found}.toml"


@cache  # a run looks for its scheme many times, and says this once
def say_sketch(name: str, key: str) -> None:
    """Say on stderr that a sketch runs in place of what was asked for."""
    print(
        f"{name} runs as {key}: most of its rules are ours; "
        "docs/known-schemes.md says what is missing.",
        file=sys.stderr,
    )


def examine(path: Path) -> list[Fault]:
    """All the faults of a scheme file, in the order of its lines."""
    from demerit.scheme.check import faults  # it brings pydantic, which a replay does without

    try:
        spec = facts.parse(path.resolve())
    except facts.InputError as error:
        line = re.search(r"at line (\d+)", str(error))
        what = str(error).removeprefix(f"{path.resolve()}: ")
        return [Fault(path.name, int(line[1]) if line else None, "", what)]
    found = []
    if path.stem in TAKEN or "." in path.stem:
        rule = "without a dot and not" if "." in path.stem else "other than"
        found.append(Fault(path.name, None, "", f"give the file a name {rule} {path.stem!r}."))
    where = places(path.read_text(encoding="utf-8"))
    for text in faults(spec):
        place, _, fault = text.partition(": ")
        found.append(Fault(path.name, where.line(place), place, fault))
    if not found and spec["kind"] == "rollout":
        found += [fault._replace(line=where.line(fault.place)) for fault in of_waves(path, spec)]
    return sorted(dict.fromkeys(found), key=lambda fault: fault.line or 0)


def of_waves(path: Path, spec: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with the files that the waves of a rollout name, a fault for each wave."""
    for row in spec["wave"]:
        place, other = f"wave.{row['key']}.scheme", beside(path, row["scheme"])
        if not other.is_file():
            yield Fault(path.name, None, place, f"there is no file {other.name!r} beside this one.")
        elif faults := examine(other):
            count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
            yield Fault(path.name, None, place, f"{other.name} has {count}; `demerit check` it.")
        elif facts.parse(other)["kind"] in ("none", "rollout"):
            yield Fault(path.name, None, place, "a wave is a scheme, and no calendar of its own.")
        elif facts.parse(other)["kind"] == "learned":
            said = (
                "a learned score learns from the whole society, and is no wave of a calendar yet."
            )
            yield Fault(path.name, None, place, said)


def beside(path: Path, name: str) -> Path:
    """The file of a wave: a shipped scheme, or a file that lies beside the rollout's."""
    return path.parent / name if name.endswith(".toml") else FOLDER / f"{name}.toml"


def load(key: str | Path, values: facts.Values | None = None) -> Scheme:
    """The shipped scheme of this key, or the scheme in this .toml file.

    Raises InputError for an unknown key and FactError with all the faults of a file.
    """
    path = find(key)
    if not path.is_file():
        facts.parse(path)  # says what is wrong with it
    facts.check(path.name, map(str, examine(path)))
    spec = facts.read(path.resolve(), values)
    rows = spec["wave"] if spec["kind"] == "rollout" else []
    waves = tuple(load(beside(path, row["scheme"]), values) for row in rows)
    return Scheme(spec["key"], spec["title"], spec, path.stem, waves)
