"""The catalogue of societies."""

import pytest

from demerit.facts import InputError
from demerit.society import keys, load


def test_china_2020_is_there(society):
    assert "china-2020" in keys()
    assert society.population == 1_409_778_724
    assert society.currency == "yuan"
    assert len(society.provinces) == 31
    assert society.employed_per_unemployed == pytest.approx(750.64 / 33.28)


def test_india_2011_is_there():
    india = load("india-2011")

    assert "india-2011" in keys()
    assert india.population == 1_210_854_977
    assert len(india.provinces) == 35
    assert india.currency == "rupees"
    assert india.employed_per_unemployed == pytest.approx(481.7 / 29.7)


def test_loading_twice_gives_the_same_digest(society):
    assert load("china-2020").digest == society.digest
    assert load("china-2020", copula="strong").digest != society.digest


def test_an_unknown_society_is_named_with_the_nearest():
    with pytest.raises(
        InputError, match="there is no society 'china-202'; did you mean 'china-2020'"
    ):
        load("china-202")
