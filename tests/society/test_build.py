"""The shipped tables are those that the margins give: built again, bit for bit."""

import numpy as np
import pytest

from demerit import facts
from demerit.facts import InputError
from demerit.society import build, catalogue
from demerit.society.margins import folder


def test_tables_are_the_same_when_built_again():
    spec = facts.read(folder("china-2020") / "society.toml")
    shipped = catalogue.shipped("china-2020")

    built = build.tables(spec)

    assert built.keys() == shipped.keys()
    for name, table in built.items():
        assert table.dtype == shipped[name].dtype, name
        assert np.array_equal(table, shipped[name]), name


def test_places_are_the_same_when_drawn_again():
    spec = facts.read(folder("china-2020") / "society.toml")
    text = (folder("china-2020") / "places.csv").read_text(encoding="utf-8")

    assert build.places(spec) == text


def test_the_tables_are_small():
    files = [path for path in folder("china-2020").rglob("*") if path.is_file()]

    assert sum(path.stat().st_size for path in files) < 1_500_000


def test_an_unknown_society_is_named_with_the_nearest():
    with pytest.raises(InputError, match="did you mean 'china-2020'"):
        build.build("china-2002")
