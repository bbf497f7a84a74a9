"""Peers: the same workload elsewhere gives the same society; a table has a row for each engine."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from demerit import cli, peers, scorebench
from demerit.facts import InputError

FOLDER = Path(__file__).parent.parent / "bench" / "peers"


@pytest.fixture
def folder(tmp_path):
    """A folder of engines whose interpreter is this one."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def test_numpy_gives_the_same_tiers():
    """Chi-square of the last month's tiers in plain NumPy and here, at 100,000 people."""
    people = 100_000
    there = peers.run(Path(sys.executable), FOLDER / "numpy_plain.py", people, 1, {})
    here = scorebench.simulate(people).share[-1]
    gave = np.array([there[f"share_{tier}"] for tier in "ABCD"])

    assert ((here - gave) ** 2 / (2 * gave) * people).sum() < 16.3  # 0.1%, three degrees of freedom
    assert there["mean_score"] == pytest.approx(scorebench.simulate(people).mean[-1], abs=0.5)


def test_every_script_of_the_table_is_there_and_no_other():
    """A peer that is carried is run."""
    named = {script for script, _, _ in peers.PEERS}

    assert named | {"spec"} == {path.stem for path in FOLDER.glob("*.py")}


def test_own_rows_are_those_of_both_kinds_of_neighbours():
    """One thread and more, held and computed; the rate is people times months over seconds."""
    rows = list(peers.own(2_000, 2, 1, rounds=1))

    assert [(row["threads"], row["bytes_per_person"] > 20) for row in rows] == [
        (2, True), (1, True), (2, False), (1, False),
    ]  # fmt: skip
    for row in rows:
        assert row["agent_months_per_s"] == pytest.approx(2_000 * 12 / row["seconds"])


def test_a_folder_without_engines_is_told_how_to_get_them(tmp_path):
    """One message that names the command."""
    with pytest.raises(InputError, match="make bench-peers"):
        next(peers.others(tmp_path, 1.0, 1, 1))


def test_a_script_that_fails_is_named_with_its_last_words(folder):
    """And no row is made up for it."""
    (folder / "bad.py").write_text("raise SystemExit('no such engine')")

    with pytest.raises(RuntimeError, match=r"bad\.py: no such engine"):
        peers.run(folder / ".venv" / "bin" / "python", folder / "bad.py", 10, 1, {})


def test_a_row_is_what_the_script_printed(folder, monkeypatch):
    """Its people, its threads, its figures."""
    line = {"engine": "toy-1t", "seconds": 2.0, "cpu_seconds": 4.0, "threads": 1,
            "bytes_per_agent": 8.0, "mean_score": 1.0}  # fmt: skip
    (folder / "toy.py").write_text(f"print('{json.dumps(line)}')")
    monkeypatch.setattr(peers, "PEERS", (("toy", {}, peers.FEW),))
    (row,) = peers.others(folder, 1.0, 2, 1)

    assert (row["engine"], row["people"], row["threads"]) == ("toy", 100_000, 1)
    assert row["agent_months_per_s"] == 600_000
    assert row["agent_months_per_cpu_s"] == 300_000


def test_the_command_prints_a_table_and_json(capsys):
    """--workload scorebench alone takes no run of the model."""
    asked = ["bench", "--workload", "scorebench", "--threads", "1", "--agents"]
    told = []
    for more, code in ((["2000"], None), (["2000", "--json"], None), (["7"], 2)):
        with pytest.raises(SystemExit) as ended:
            cli.main([*asked, *more])
        assert code == (ended.value.code or None)
        told.append(capsys.readouterr())

    assert "demerit, neighbours computed" in told[0].out
    assert {
        "workload",
        "engine",
        "people",
        "threads",
        "agent_months_per_s",
        "bytes_per_person",
    } <= (json.loads(told[1].out)["rows"][0].keys())
    assert "--agents 7: from 1,000 to" in told[2].err
