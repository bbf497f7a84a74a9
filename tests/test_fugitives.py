"""The fugitives: whom a list of debtors stops, by hand and at its ends; and whom it catches."""

import json

import pytest

from demerit import cli, fugitives, run
from demerit import scheme as schemes
from demerit import society as societies
from demerit.commands.fugitives import lines

CERTAIN = {"proceedings": 6, "departure": 6, "nominee": 0.0, "other_way": 0.0, "on_hold": 0.0}


def tables(key, **other):
    china = societies.load("china-2020")
    return run.plan(schemes.load(key), china, 1, 1, 1_000).scheme_tables._replace(**other)


def test_who_waits_as_long_as_the_case_lasts_is_stopped_half_the_time():
    assert 0.5 == fugitives.stopped_share(CERTAIN)


@pytest.mark.parametrize("way", ["nominee", "other_way", "on_hold"])
def test_nobody_is_stopped_whom_the_list_does_not_name_or_meet_or_find_there(way):
    assert 0.0 == fugitives.stopped_share(CERTAIN | {way: 1.0})


def test_the_answer_lies_within_its_interval_and_below_fifty():
    found = fugitives.stopped(1.0)

    assert 0 < found["low"] < found["value"] < found["high"] < found["of"] == 50
    assert found["value"] == pytest.approx(2 * fugitives.stopped(0.5)["value"])


@pytest.mark.parametrize(("key", "shut"), [("court-list", 1.0), ("cibil", 0.0), ("nosedive", 0.0)])
def test_a_scheme_stops_who_asks_at_a_way_out_that_one_judgment_shuts(key, shut):
    assert shut == fugitives.shut_share(tables(key))


def test_a_door_that_stands_half_open_stops_half():
    half = tables("court-list")
    half.access[1, list(fugitives.WAYS)] = [2, 4, 4]

    assert 0.5 == fugitives.shut_share(half)


@pytest.mark.slow
@pytest.mark.parametrize("society", ["china-2020", "india-2011"])
def test_whom_it_catches_are_the_listed_of_the_run_in_the_whole_society(society):
    asked = fugitives.Question("court-list", society, 5_000, 4, replicates=2)
    found = fugitives.answer(asked)
    people = societies.load(society)
    counts = [
        run.simulate(run.plan(schemes.load("court-list"), people, 4, 1, 5_000, replicate=r), 1)
        for r in range(2)
    ]
    row = counts[0].counters.index("sanctioned")
    listed = [int(c.frames[1, 3, row, 0]) for c in counts]

    expected = people.population / 5_000 * sum(listed) / 2
    assert sum(listed) > 0
    assert expected == pytest.approx(found["others"]["listed"]["value"])
    each = found["others_per_fugitive"]
    assert each["value"] == pytest.approx(expected / found["fugitives"]["value"])
    assert each["low"] < each["value"] < each["high"]
    assert any("For each fugitive stopped" in line for line in lines(found))


@pytest.mark.slow
def test_the_command_gives_one_document(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["fugitives", "cibil", "--people", "3k", "--months", "1", "--replicates", "1",
                  "--json"])  # fmt: skip
    found = json.loads(capsys.readouterr().out)

    assert (0, "statement") == (ended.value.code or 0, next(iter(found)))
    assert 0 == found["fugitives"]["value"]
    assert found["others_per_fugitive"]["value"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["suining"], ["suining", "whole nation"]),
        (["none"], ["none", "whole nation"]),
        (["court-list", "--society", "mars"], ["mars", "china-2020"]),
        (["court-list", "--people", "ten"], ["--people ten"]),
    ],
)
def test_wrong_input_is_one_message_and_exit_2(capsys, arguments, words):
    with pytest.raises(SystemExit) as ended:
        cli.main(["fugitives", *arguments])
    out, err = capsys.readouterr()

    assert (2, "") == (ended.value.code, out)
    assert all(word in err for word in words)
