"""Words: numbers are printed so that they can be read and told apart."""

import pytest

from demerit.report.words import number, people, scale, signed


def test_number_never_prints_a_minus_before_nought():
    assert number(-0.0001, places=2) == "0"
    assert signed(-0.0001, places=2) == "0"


@pytest.mark.parametrize(
    ("value", "text"), [(999, "999"), (43_210, "43,210"), (1_100_000, "1.1 million")]
)
def test_people_are_counted_in_words(value, text):
    assert people(value) == text


def test_scale_is_shared_by_all_numbers_of_a_row():
    row = scale("share", [0.0002, 0.03, None])
    assert row.value(0.0002, unit=False) == "0"
    assert row.value(0.03) == "3%"


def test_a_fine_scale_shows_the_smallest_number_too():
    row = scale("share", [0.0002, 0.03, None], fine=True)
    assert row.value(0.0002) == "0.02%"


def test_an_effect_on_a_percentage_is_told_in_points():
    assert scale("share", [0.5]).effect(-0.02) == "\N{MINUS SIGN}2 percentage points"


def test_a_span_tells_sizes_because_the_verb_tells_the_sign():
    assert scale("share", [0.5]).span(-0.03, -0.01) == "1 to 3 percentage points"


def test_nothing_to_scale_is_still_a_scale():
    assert scale("share", [None, 0.0]).value(0.0) == "0%"
