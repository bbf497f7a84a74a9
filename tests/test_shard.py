"""Shard: whoever lives the ranges, in whatever order, whatever is lost: the same counts."""

import contextlib
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from demerit import cli, nation, run, shard, storage, stream
from demerit.facts import InputError

NOBODY = nation.Kept(None, 0)


def quiet(*_):
    """Nobody is told how far it has come."""


@pytest.fixture(scope="module")
def harsh_plan(make_plan, harsh):
    """Eight blocks of one place in which everything happens: as many ranges."""
    return make_plan(people=15_000, months=3, values=harsh)


@pytest.fixture(scope="module")
def lockstep(harsh_plan):
    return run.simulate(harsh_plan, 2, months_before=1)


@pytest.fixture(scope="module")
def pilot(harsh_plan):
    return nation.live_pilot(harsh_plan, 1, quiet, NOBODY, 1)


@pytest.fixture(scope="module")
def asked(harsh_plan, pilot):
    return stream.Asked(harsh_plan, pilot.climates, 1)


@pytest.fixture(scope="module")
def everybody(harsh_plan, pilot, lockstep):
    """Let an engine live everybody, and hold the counts against those of a lockstep."""
    alone = nation.everybody(harsh_plan, pilot, 2, quiet, NOBODY, 0, 1)
    assert lockstep.digest() == alone.digest()

    def check(engine, tell=quiet):
        found = nation.everybody(harsh_plan, pilot, 1, tell, NOBODY, 0, 1, engine)
        assert alone.digest() == found.digest()
        assert np.array_equal(alone.folds, found.folds)
        assert alone.settling == found.settling

    return check


# ---- one process


@pytest.mark.parametrize("threads", [1, 2])
def test_ranges_that_come_in_another_order_give_the_same_counts(everybody, threads):
    on_threads = stream.on_threads(threads)

    def shuffled(asked, which, tell):
        assert 8 == len(which)
        return on_threads(asked, random.Random(threads).sample(which, len(which)), tell)

    everybody(shuffled)


def test_a_shard_of_another_program_lives_nobody(asked):
    with pytest.raises(InputError, match="another demerit"):
        shard.live(b"", "another program", range(1), 1)


# ---- processes


@pytest.mark.slow
@pytest.mark.parametrize("shards", [1, 7])
def test_processes_give_the_same_counts(everybody, shards):
    told = []
    everybody(shard.Processes(shards, 1), lambda *said: told.append(said))

    assert ("everybody", 15_000, 15_000) == told[-1]
    assert 8 == len(told)


class Killing(shard.Processes):
    """Whose first shards are killed at work."""

    kills = 2

    def give(self, process, pipe, blocks):
        super().give(process, pipe, blocks)
        if self.kills:
            self.kills -= 1
            os.kill(process.pid, signal.SIGKILL)


@pytest.mark.slow
def test_a_process_that_is_killed_changes_no_count(everybody):
    killing = Killing(2, 1)
    everybody(killing)

    assert 0 == killing.kills


def test_processes_that_are_killed_again_and_again_end_the_run(asked):
    killing = Killing(1, 1)
    killing.kills = 100
    with pytest.raises(shard.LostError, match="11 shards were lost"):
        list(killing(asked, stream.ranges(8), quiet))
    assert 89 == killing.kills


@pytest.mark.slow
def test_what_fails_in_a_process_fails_the_run(asked):
    bad = asked._replace(climates=[*asked.climates[:1], None])
    with pytest.raises(AttributeError):
        list(shard.Processes(1, 1)(bad, stream.ranges(8), quiet))


# ---- Ray


def parent(pid):
    """The parent of a process; None if it has ended."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None


def offspring(pid):
    """All processes that this one has started, and those that they have."""
    found = {int(path.name) for path in Path("/proc").glob("[0-9]*")}
    parents = {each: parent(each) for each in found}
    mine = {pid}
    while more := {each for each, of in parents.items() if of in mine} - mine:
        mine |= more
    return mine


def title(pid):
    """What a process calls itself."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().replace("\0", " ").strip()
    except OSError:
        return ""


@pytest.fixture(scope="module")
def cluster():
    """An embedded cluster of two processors."""
    if importlib.util.find_spec("ray") is None:  # not imported here: shard.QUIET comes first
        pytest.skip("Ray is not installed")
    with shard.engine("ray", None, None, 2) as engine:
        yield engine


@pytest.mark.slow
def test_tasks_of_a_cluster_give_the_same_counts(everybody, cluster):
    everybody(cluster)


@pytest.mark.slow
def test_a_worker_that_is_killed_at_work_changes_no_count(everybody, cluster):
    killed = []

    def kill(*_):
        at_work = [pid for pid in offspring(os.getpid()) if title(pid).startswith("ray::live")]
        if len(killed) < 3 and at_work:
            os.kill(at_work[0], signal.SIGKILL)
            killed.append(at_work[0])

    everybody(cluster, kill)
    assert killed
    assert all(parent(pid) is None or "ray::" not in title(pid) for pid in killed)


@pytest.mark.slow
def test_a_machine_with_another_program_is_told(asked, cluster, monkeypatch):
    monkeypatch.setattr(shard, "this_program", lambda: "another")
    with pytest.raises(InputError, match="another demerit"):
        list(cluster(asked, stream.ranges(8), quiet))


@pytest.mark.slow
def test_what_fails_in_a_task_fails_the_run(asked, cluster):
    bad = asked._replace(climates=[*asked.climates[:1], None])
    with pytest.raises(shard.LostError, match="a task of the cluster failed: AttributeError"):
        list(cluster(bad, stream.ranges(8), quiet))


@pytest.mark.slow
def test_an_embedded_cluster_listens_on_this_machine_alone(everybody, cluster):
    """Every socket of every process of it is bound to 127.0.0.1, by IPv4 or within IPv6."""
    everybody(cluster)
    inodes = set()
    for pid in offspring(os.getpid()):
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            try:
                target = os.readlink(link)
            except OSError:
                continue
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    rows = [line.split() for name in ("tcp", "tcp6")
            for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]  # fmt: skip
    listening = {row[1].split(":")[0] for row in rows if row[3] == "0A" and row[9] in inodes}

    assert listening
    assert listening <= {"0100007F", "0000000000000000FFFF00000100007F"}


@pytest.mark.slow
def test_a_cluster_is_used_by_its_address(everybody, cluster, monkeypatch):
    """As by another process than the one that started it: each machine is warmed up first."""
    cluster.connect()
    guest, lived = shard.OnRay(None, 1), []
    guest.ray, guest.address = cluster.ray, cluster.ray.get_runtime_context().gcs_address
    warm = guest.warm
    monkeypatch.setattr(guest, "warm", lambda *given: (lived.append(given[1]), warm(*given)))
    everybody(guest)
    assert [range(0, 8, 40)] == lived


# ---- by the command line

ASKED = "run national --people 400k --pilot 5k --months 2 --quick".split()  # two seconds or so
PROGRAM = [sys.executable, "-m", "demerit"]


@pytest.fixture(scope="module")
def digest(tmp_path_factory):
    """Of the run that one process lived, undisturbed."""
    out = tmp_path_factory.mktemp("whole") / "run"
    with pytest.raises(SystemExit) as ended:
        cli.main([*ASKED, "--out", str(out)])
    assert not ended.value.code
    return storage.read_document(out)["digest"]


def of_session(session):
    """Processes of this session that are at work."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _, _, own = (path / "stat").read_text().rpartition(")")[2].split()[:4]
            found += [int(path.name)] if int(own) == session and state != "Z" else []
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "then"),
    [("--engine ray", "--shards 2"), ("--shards 2", ""), ("--threads 1", "--engine ray")],
)
def test_ctrl_c_ends_it_cleanly_and_another_engine_goes_on(first, then, digest, tmp_path):
    """As a terminal sends it, to every process of the group; none of them is left."""
    out = tmp_path / "a"
    command = [*PROGRAM, *ASKED, *first.split(), "--progress", "json", "--out", str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, text=True)
    with process.stderr as said:
        for line in said:
            told = json.loads(line)
            if told["stage"] == "everybody" and told["done"] > 0:
                break
        os.killpg(process.pid, signal.SIGINT)
        rest = [line for line in said.read().splitlines() if line and line[0] != "{"]

    assert 130 == process.wait()
    assert ["demerit: interrupted; what is done is kept.",
            f"  Go on with: demerit run --resume {out}"] == rest  # fmt: skip
    deadline = time.monotonic() + 30
    while (left := of_session(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [] == left
    subprocess.run([*PROGRAM, "run", "--resume", str(out), *then.split()], check=True)
    assert digest == storage.read_document(out)["digest"]


@pytest.fixture
def refused(capsys, tmp_path):
    """Run the command line in this process; what it says as it ends with exit 2."""

    def call(*more):
        with pytest.raises(SystemExit) as ended:
            cli.main([*ASKED, *more, "--out", str(tmp_path / "a")])
        assert 2 == ended.value.code
        assert [] == os.listdir(tmp_path)
        return capsys.readouterr().err

    return call


def test_without_ray_it_is_said_how_to_install_it(refused, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "ray" else find(name)
    )

    assert "pip install 'demerit[cluster]'" in refused("--engine", "ray")


def test_an_address_is_of_a_cluster_and_shards_are_of_this_machine(refused):
    assert "--engine ray" in refused("--address", "10.0.0.1:6379")
    assert "leave it out" in refused("--engine", "ray", "--shards", "2")
    assert "--shards" in refused("--shards", "0")


@pytest.mark.parametrize("address", ["127.0.0.1:9", "nowhere", "127.0.0.1:x"])
def test_a_cluster_that_does_not_answer_is_said_before_anything_is_done(refused, address):
    assert f"--address {address}: this cluster cannot be used" in refused(
        "--engine", "ray", "--address", address
    )
