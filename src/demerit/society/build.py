"""Build: make a society's tables from its margins again.

python -m demerit.society.build china-2020 india-2011

margins/*.csv, society.toml  ->  tables/*.npy, places.csv

The same bits on every machine: additions in a fixed order, and whatever takes a logarithm is
rounded to whole numbers.  A test builds again and compares.
"""

import csv
import io
import sys
from typing import Any

import numpy as np

from demerit import facts
from demerit.facts import InputError, nearest, value
from demerit.society import attributes, catalogue, joint
from demerit.society.margins import figures, folder
from demerit.society.places import draw_sizes


def joint_tables(spec: dict[str, Any]) -> dict[str, np.ndarray]:
    """The joint table as starts of the cells that are not empty in every province."""
    table = joint.joint(spec)
    flat = table.reshape(len(table), -1)
    some = np.flatnonzero(flat.any(0))
    return {
        "joint_start": attributes.starts(flat[:, some]),
        "joint_cell": np.array(np.unravel_index(some, table.shape[1:]), np.uint8),
        "year_start": attributes.starts(joint.years(spec, table)),
    }


def tables(spec: dict[str, Any]) -> dict[str, np.ndarray]:
    """Every table of a society.  What follows from the joint one follows from its whole numbers."""
    made = joint_tables(spec)
    people = catalogue.counts(made["joint_start"], made["joint_cell"], spec)
    return {**made, **catalogue.follow(spec, people, attributes.shares(made["year_start"]))}


def places(spec: dict[str, Any]) -> str:
    """The text of places.csv: key, province, people."""
    by = figures(spec["key"], "provinces")
    keys = [entry["key"] for entry in spec["province"]]
    count = np.array([int(by[key, "places", "all"]) for key in keys])
    people = np.array([int(by[key, "population", "all"]) for key in keys])
    if count.sum() != value(spec, "place", "count"):
        raise facts.FactError(f"{spec['key']}: the provinces have {count.sum()} places in all.")
    size = draw_sizes(spec, count, people)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("key", "province", "people"))
    for k, province in enumerate(np.repeat(np.arange(len(keys)), count)):
        writer.writerow((f"{k + 1:04d}", province, size[k]))
    return out.getvalue()


def build(key: str) -> None:
    """Write the tables and places of a society."""
    if key not in catalogue.keys():
        raise InputError(f"there is no society {key!r}; {nearest(key, catalogue.keys())}")
    spec = facts.read(folder(key) / "society.toml")
    (folder(key) / "tables").mkdir(exist_ok=True)
    for name, table in tables(spec).items():
        np.save(folder(key) / "tables" / f"{name}.npy", table)
        print(f"{name:16} {table.dtype.name:7} {table.shape!s:18} {table.nbytes:9,} bytes")
    (folder(key) / "places.csv").write_text(places(spec), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        build(name)
