"""Second readings: what a source states stands in the scheme's file, or it is said why not.

Somebody who had not seen the scheme files read the sources again (readings/*.toml).  Every number
that a file calls stated has an equal one there, and every one read in a source that a file has a
place for stands in the file; where they part, readings/settled.toml says who is right and why.
"""

import re
import runpy
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from demerit import facts
from demerit import scheme as schemes

REPOSITORY = Path(__file__).parents[2]
MADE = runpy.run_path(str(REPOSITORY / "tools" / "readings.py"))
READINGS = MADE["readings"]()
TERMS = MADE["TERMS"]
FOLDER = Path(__file__).parent / "readings"
# No number of theirs is stated in a source, but the calendar's months, which are read below.
UNREAD = {"none", "learned", "pilots", "calendar"}


def test_what_is_not_read_again_states_nothing_but_dates():
    stated = {
        (key, where)
        for key in UNREAD
        for where, fact in facts.facts(schemes.load(key).spec, key)
        if fact["basis"] == "stated"
    }

    assert {key for key, _ in stated} <= {"calendar"}
    assert all(where.endswith(".month") for _, where in stated)


def test_the_calendar_begins_what_it_names_when_the_second_reader_has_it_begin():
    """Months from January 2012; the nation's is the year by which it is said to be everywhere."""
    for wave in schemes.load("calendar").spec["wave"]:
        if wave["month"]["basis"] == "stated" and wave["key"] != "nation":
            path = FOLDER / f"{wave['scheme']}.toml"
            numbers = tomllib.loads(path.read_text(encoding="utf-8"))["number"]
            begun = [n["value"] for n in numbers if n["path"] == "start_date"
                     and n["grade"] == "brief"]  # fmt: skip
            year, _, month = begun[0].partition("-")
            assert wave["month"]["value"] == 12 * (int(year) - 2012) + int(month or 1) - 1


def test_every_scheme_has_a_second_reading():
    assert set(schemes.keys()) == set(READINGS.values()) | UNREAD
    assert len(READINGS) == len(set(READINGS.values()))


@pytest.mark.parametrize("key", READINGS)
def test_file_and_second_reading_agree_or_it_is_said_why_not(key):
    apart = [gap for gap in MADE["gaps"](key) if MADE["ruling"](gap) is None]

    assert [] == [f"{gap.scheme}: {gap.path} = {gap.value!r} stands in the {gap.side} alone, "
                  "or otherwise there" for gap in apart]  # fmt: skip


def test_what_was_settled_is_a_place_where_they_part():
    """A line that settles nothing has been overtaken by a correction."""
    found = [gap for key in READINGS for gap in MADE["gaps"](key)]
    idle = [row for row in TERMS["settled"] if all(MADE["ruling"](gap) != row for gap in found)]

    assert [] == idle


def test_what_was_settled_says_who_is_right_and_why():
    for row in TERMS["settled"]:
        assert row["right"] in ("file", "both", "neither"), (
            row
        )  # of the reader's, files were mended
        assert row["side"] in ("file", "reading")
        assert len(row["why"]) > 5


def test_what_was_corrected_is_as_it_was_corrected_to():
    for row in TERMS["corrected"]:
        found = {path: fact for path, fact in MADE["numbers"](row["scheme"]).items()
                 if fnmatch(path, row["path"])}  # fmt: skip

        assert found, row
        assert {fact["basis"] for fact in found.values()} <= {
            row["is"].split()[-1],
            *(["stated"] if row["scheme"] == "court-list" else []),
        }, row
        for value in re.findall(r"[\d.]+", row["is"]):
            assert float(value) in [fact["value"] for fact in found.values()], row


def test_most_of_what_is_stated_was_read_alike():
    """A rule for all of a file would hide it from its second reader."""
    for key, scheme in READINGS.items():
        alone = [gap for gap in MADE["gaps"](key) if gap.side == "file"]
        broad = [
            row
            for row in TERMS["settled"]
            if row["scheme"] == scheme and row["side"] == "file" and "*" in row["path"]
        ]

        assert len(alone) <= len(MADE["stated"](scheme)) / 2 or broad, scheme
    assert {"national-published", "sketch-xiamen"} == {
        row["scheme"] for row in TERMS["settled"] if row["side"] == "file" and "*" in row["path"]
    }


@pytest.mark.parametrize(
    ("path", "value"),
    [("points.petition", -60), ("points.merit", -100), ("tier.d.doors.job", 1), ("score.cap", 900)],
)
def test_a_mistyped_number_is_found(monkeypatch, path, value):
    numbers = MADE["numbers"]

    def mistyped(key):
        found = numbers(key)
        return found | {path: found[path] | {"value": value}}

    monkeypatch.setitem(MADE["gaps"].__globals__, "numbers", mistyped)
    found = {(gap.side, gap.path) for gap in MADE["gaps"]("suining")}

    assert {("file", path), ("reading", path)} <= found


def test_a_number_that_no_source_has_is_found(monkeypatch):
    numbers = MADE["numbers"]
    invented = {"points.blood": {"value": 5, "basis": "stated"}}
    monkeypatch.setitem(MADE["gaps"].__globals__, "numbers", lambda key: numbers(key) | invented)

    assert ("file", "points.blood") in {(g.side, g.path) for g in MADE["gaps"]("suining")}


def test_a_settlement_is_of_one_scheme_and_place():
    gap = MADE["Gap"]("suining", "reading", "points.bribe-taken", "")

    assert MADE["ruling"](gap)
    assert MADE["ruling"](gap._replace(scheme="national")) is None
    assert MADE["ruling"](gap._replace(path="points.petition")) is None
    assert not any(fnmatch("points.petition", row["path"]) for row in TERMS["settled"]
                   if row["scheme"] == "suining")  # fmt: skip


def test_the_page_is_what_the_readings_say():
    """`python tools/readings.py` writes it again."""
    page = (REPOSITORY / "docs" / "second-readings.md").read_text(encoding="utf-8")

    assert MADE["page"]() == page
