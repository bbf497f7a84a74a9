"""How far a run has come, as a machine and as a terminal is told."""

import json
import sys

import pytest

from demerit.commands.progress import Lines, memory, progress_bar


def test_lines_tell_rate_time_left_and_memory(capsys):
    now = iter([10.0, 10.4, 12.0, 20.0])
    lines = Lines(lambda: next(now))
    for done in (0, 50, 400, 2_000):
        lines("everybody", done, 2_000)
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    assert [0, 400, 2_000] == [line["done"] for line in told]  # the second comes too soon
    assert {"stage": "everybody", "total": 2_000, "unit": "people", "seconds": 2.0,
            "per_second": 200.0, "seconds_left": 8.0}.items() <= told[1].items()  # fmt: skip
    assert 0 == told[2]["seconds_left"]
    assert all(line["rss_bytes"] > 10_000_000 for line in told)
    assert told[0]["per_second"] is None


@pytest.mark.parametrize(
    ("mode", "terminal", "quiet"),
    [("auto", False, True), ("auto", True, False), ("none", True, True), ("bar", False, False),
     ("json", True, False)],
)  # fmt: skip
def test_who_is_told(mode, terminal, quiet, monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with progress_bar(mode) as tell:
        assert quiet == (tell is None)
        if tell:
            tell("months", 1, 3)
            tell("months", 2, 3)
            tell("months", 3, 3)
    out, err = capsys.readouterr()

    assert "" == out
    if quiet:
        assert "" == err
    if mode == "json":
        assert [1, 3] == [json.loads(line)["done"] for line in err.splitlines()]


def test_memory_is_what_the_process_holds():
    before = memory()
    held = bytearray(50_000_000)

    assert memory() - before > 40_000_000
    del held
