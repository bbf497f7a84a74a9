"""The shipped tables are those that the margins give: built again, bit for bit."""

import hashlib

import numpy as np
import pytest

from demerit import facts
from demerit.facts import InputError
from demerit.society import build, catalogue
from demerit.society.margins import folder


@pytest.mark.parametrize("key", catalogue.keys())
def test_tables_are_the_same_when_built_again(key):
    spec = facts.read(folder(key) / "society.toml")
    shipped = catalogue.shipped(key)

    built = build.tables(spec)

    assert built.keys() == shipped.keys()
    for name, table in built.items():
        assert table.dtype == shipped[name].dtype, name
        assert np.array_equal(table, shipped[name]), name


@pytest.mark.parametrize("key", catalogue.keys())
def test_places_are_the_same_when_drawn_again(key):
    spec = facts.read(folder(key) / "society.toml")
    text = (folder(key) / "places.csv").read_text(encoding="utf-8")

    assert build.places(spec) == text


@pytest.mark.parametrize("key", catalogue.keys())
def test_the_tables_are_small(key):
    files = [path for path in folder(key).rglob("*") if path.is_file()]

    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_an_unknown_society_is_named_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'china-2020'"):
        build.build("china-2002")


def test_the_tables_of_china_are_those_that_runs_so_far_were_made_with():
    """A change of the builder for another society must not move a bit of them."""
    made = hashlib.sha256()
    for name, table in sorted(catalogue.shipped("china-2020").items()):
        made.update(f"{name} {table.dtype.str} {table.shape} ".encode() + table.tobytes())

    assert made.hexdigest() == "4f52962a56ef642b32508a38bdbabd5c99c5e182a69ffff3b90789c46e3d07f2"
