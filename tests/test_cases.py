"""Cases: months of one person worked out by hand (tests/cases/<stage>/<case>.toml).

A case gives columns of person 0 in the world of the scheme, numbers of the tables, and the records
that reach the file this month; it says what the stages make of them, and its note does the sum.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from demerit.columns import (
    ANATOMY,
    DOORS,
    FALSE,
    FOREIGN,
    GROUNDLESS,
    LAW,
    MISLABELLED,
    SCHEME,
    TRUE,
)  # fmt: skip

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(FOLDER.glob("*/*.toml"))
STAGES = {"live": ("live",), "score": ("score",), "audit": ("score", "audit"),
          "grant": ("grant",)}  # fmt: skip
TRUTH = {"true": TRUE, "false": FALSE, "foreign": FOREIGN, "mislabelled": MISLABELLED,
         "groundless": GROUNDLESS}  # fmt: skip
ALWAYS = 1 << 32


def give(block, deeds, by_name, column, value):
    """Set a column of person 0: in the world of the scheme where it has worlds."""
    array, axes = block.column(column), by_name[column].axes
    rows = {"deed": deeds, "door": DOORS}
    if isinstance(value, dict):
        names = rows[next(axis for axis in axes if axis in rows)]
        for key, one in value.items():
            array[(*((SCHEME,) if "world" in axes else ()), names.index(key), 0)] = one
    elif axes[0] == "world":
        array[SCHEME, ..., 0] = value
    else:
        array[..., 0] = value


def got(block, by_name, column):
    array, axes = block.column(column), by_name[column].axes
    found = array[SCHEME, ..., 0] if axes[0] == "world" else array[..., 0]
    if column == "anatomy":
        return ANATOMY[int(found)]
    if "door" in axes:
        return {door: int(x) for door, x in zip(DOORS, found, strict=True) if x}
    return int(found)


def test_there_are_cases():
    assert CASES


@pytest.mark.parametrize("path", CASES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_case_comes_out_as_worked_by_hand(path, quiet, deeds, by_name):
    case = tomllib.loads(path.read_text())
    block = quiet.copy()
    block.file.scored[0] = 1
    for table in ("society", "scheme"):
        for name, value in case.get(table, {}).items():
            getattr(block, table)[name] = ALWAYS if value == "always" else value
    if "score" in case:
        block.set_score(SCHEME, 0, case["score"])
    for name, value in case.get("given", {}).items():
        give(block, deeds, by_name, name, value)
    for record in case.get("record", []):
        block.put(SCHEME, 0, deeds.index(record["deed"]), TRUTH[record.get("truth", "true")],
                  record.get("unable", 0))  # fmt: skip
    before = block.copy()
    block.call(*STAGES[path.parent.name])

    assert case["note"]
    assert case["expected"] == {name: got(block, by_name, name) for name in case["expected"]}
    for name in case["expected"]:  # nobody else is moved by what one person's case changed
        if by_name[name].axes == ("world", "person"):
            assert before.column(name).shape == block.column(name).shape


def test_the_other_worlds_are_not_touched(quiet, deeds):
    block = quiet.copy()
    block.file.scored[0] = 1
    block.put(SCHEME, 0, deeds.index("bribe"))
    law = block.file.score_points[LAW].copy()
    block.call("score")

    assert np.array_equal(law, block.file.score_points[LAW])
