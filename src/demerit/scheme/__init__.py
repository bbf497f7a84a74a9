"""Scheme: a scheme file, checked whole, and turned into tables for the kernels.

data/schemes/<key>.toml  ->  Scheme (for people)  ->  Tables (for kernels)
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demerit import facts

FOLDER = facts.DATA / "schemes"


@dataclass(frozen=True)
class Scheme:
    """A scheme as its file states it."""

    key: str
    title: str
    spec: dict[str, Any]
    name: str = ""  # of its file: what its numbers' names begin with


def keys() -> list[str]:
    """The schemes that are shipped."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(key: str | Path, values: facts.Values | None = None) -> Scheme:
    """The shipped scheme of this key, or the scheme in this .toml file.

    Raises InputError for an unknown key and FactError with all the faults of a file.
    """
    from demerit.scheme.check import faults  # it brings pydantic, which a replay does without

    path = Path(key)
    if path.suffix != ".toml":
        if str(key) not in keys():
            raise facts.InputError(
                f"scheme {str(key)!r}: there is none of this name; "
                f"{facts.nearest(str(key), keys())} A scheme of your own: give its .toml file."
            )
        path = FOLDER / f"{key}.toml"
    spec = facts.parse(path.resolve())
    facts.check(path.name, faults(spec))
    spec = facts.read(path.resolve(), values)
    return Scheme(spec["key"], spec["title"], spec, path.stem)
