"""A run that is stopped, at whatever moment, goes on and ends with the same digest."""

import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import kills
import pytest

from demerit import cli, ledger, nation, run, storage
from demerit.facts import InputError

ASKED = "run national --people 8k --pilot 5k --months 3 --quick".split()
KILLS = int(os.environ.get("DEMERIT_KILLS", "4"))  # `make long`: 1000
TOGETHER = 50  # runs that one process kills one after the other


# ---- in this process, by the ledger


@pytest.fixture(scope="module")
def plans(make_plan, harsh):
    """A run of five blocks by way of a pilot of three."""
    plan = make_plan(people=9_000, months=3, values=harsh)
    return nation.dealt(plan, 5_000, "0412")


@pytest.fixture(scope="module")
def going(plans):
    """Begin a run, or go on with it."""

    def go(out, resume=False, passes=1):
        held = ledger.resume(out) if resume else ledger.create(out, {"run": "run"})
        try:
            return nation.simulate(*plans, 1, None, held, passes, months_before=1)
        finally:
            held.close()

    return go


@pytest.fixture(scope="module")
def undisturbed(going, tmp_path_factory):
    """Its counts, and the ledger that it leaves."""
    out = tmp_path_factory.mktemp("whole") / "run"
    return going(out), (ledger.folder_of(out) / ledger.NAME).read_bytes(), out


def same(a, b):
    assert a.digest() == b.digest()
    assert (a.folds == b.folds).all()
    assert a.settling == b.settling


def test_without_a_ledger_the_counts_are_the_same(plans, undisturbed):
    same(undisturbed[0], nation.simulate(*plans, 2, None, None, 1, months_before=1))


def test_a_run_cut_at_any_entry_goes_on_to_the_same_digest(going, undisturbed, tmp_path):
    counts, data, whole = undisturbed
    held = ledger.resume(whole)
    held.close()
    ends = [entry.start + entry.size + ledger.SUM for entry in held.entries]
    assert ["head", "month", "month", "month"] == [e.what["kind"] for e in held.entries[:4]]
    assert "survey" == held.entries[4].what["kind"]
    assert {"range"} == {e.what["kind"] for e in held.entries[5:]}
    for k, end in enumerate(ends):
        for cut in (end, end + 60):
            out = tmp_path / f"{k}-{cut}"
            ledger.folder_of(out).mkdir()
            (ledger.folder_of(out) / ledger.NAME).write_bytes(data[:cut])

            same(counts, going(out, resume=True))


def test_a_second_pass_goes_on_too(going, undisturbed, tmp_path, monkeypatch):
    """Nothing is settled enough: everybody lives twice, and is stopped in the second life."""
    monkeypatch.setattr(nation.settle, "tolerance", lambda _: -1.0)
    out = tmp_path / "run"
    counts = going(out)
    assert 2 == len(counts.settling["passes"])
    assert counts.digest() != undisturbed[0].digest()
    held = ledger.resume(out)
    held.close()
    second = list(held.find(kind="range", turn=1))
    os.truncate(held.folder / ledger.NAME, second[1].start + second[1].size + ledger.SUM)

    same(counts, going(out, resume=True))


def test_what_is_done_is_not_done_again(going, undisturbed, plans, monkeypatch):
    """A ledger with all its entries needs nobody to live; one without its last, one range."""
    lived = []
    through = nation.stream.Through.through
    monkeypatch.setattr(
        nation.stream.Through, "through",
        lambda self, *given: (lived.append(given[1]), through(self, *given)),
    )  # fmt: skip
    monkeypatch.setattr(run, "simulate", lambda *_: pytest.fail("the pilot lived again"))
    same(undisturbed[0], going(undisturbed[2], resume=True))

    assert [] == lived


@pytest.mark.parametrize("name", ["write", "fsync"])
def test_a_failed_write_ends_the_run_and_it_goes_on(going, undisturbed, tmp_path, name):
    """The disk is full at every write in turn, after half of what was to be written."""
    works, failures, begun = getattr(os, name), [], []
    for nth in range(1, 100):
        out, left = tmp_path / str(nth), [nth]

        def fail(handle, *data, left=left):
            left[0] -= 1
            if left[0] == 0:
                if data:
                    works(handle, data[0][: len(data[0]) // 2])
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return works(handle, *data)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ledger.os, name, fail)
            try:
                same(undisturbed[0], going(out))
                break
            except OSError as error:
                failures.append((error.errno, Path(error.filename).name))
        if ledger.folder_of(out).exists():
            same(undisturbed[0], going(out, resume=True))
        else:  # the beginning itself: nothing is left
            begun.append(nth)

    assert {"write": [1], "fsync": [1, 2, 3]}[name] == begun
    assert len(failures) >= 9
    assert {(errno.ENOSPC, ledger.NAME)} == set(failures)


def test_months_that_are_lived_otherwise_are_not_gone_on_with(going, undisturbed, tmp_path, plans):
    out = tmp_path / "run"
    held = ledger.resume(undisturbed[2])
    head, first = held.entries[0].what, held.entries[1]
    arrays = {name: array.copy() for name, array in held.arrays(first).items()}
    held.close()
    arrays["counted"][0, 0, 0] += 1
    other = ledger.create(out, {"run": head["run"]})
    other.append({k: v for k, v in first.what.items() if k not in ("arrays", "seconds")}, arrays)
    other.close()

    with pytest.raises(run.RunError, match="month 0 is not as the ledger has it"):
        going(out, resume=True)


def test_a_lockstep_goes_on_with_its_months_and_replicates(make_plan, tmp_path, monkeypatch):
    """Stopped in the second replicate: the first is taken as it is."""
    plan = make_plan(people=2_500, months=3)
    whole = [nation.simulate(p, o, 1, months_before=1) for p, o in nation.replicates(plan, None, 2)]
    held = ledger.create(tmp_path / "run", {"run": "run"})
    for p, o in nation.replicates(plan, None, 2):
        nation.simulate(p, o, 1, None, held, months_before=1)
    held.close()
    assert ["head", *[*["month"] * 3, "counts"] * 2] == [e.what["kind"] for e in held.entries]
    end = held.entries[6].start + held.entries[6].size + ledger.SUM
    os.truncate(held.folder / ledger.NAME, end)  # two months into the second
    held = ledger.resume(tmp_path / "run")
    found = [
        nation.simulate(p, o, 1, None, held, months_before=1)
        for p, o in nation.replicates(plan, None, 2)
    ]

    assert [c.digest() for c in whole] == [c.digest() for c in found]
    assert 9 == len(held.entries)
    held.close()


# ---- by the command line


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of the run that nobody stopped."""
    out = tmp_path_factory.mktemp("whole") / "run"
    with pytest.raises(SystemExit) as ended:
        cli.main([*ASKED, "--out", str(out)])
    assert not ended.value.code
    assert ["run"] == os.listdir(out.parent)
    return out


@pytest.fixture(scope="module")
def digest(folder):
    """Of the run that nobody stopped."""
    return storage.read(folder)[0]["digest"]


@pytest.fixture
def call(capsys):
    """Run the command line in this process: (exit code, stderr)."""

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        return ended.value.code or 0, capsys.readouterr().err

    return call


def stop(monkeypatch, after, error):
    """Let the ledger fail once it has so many entries."""
    append = ledger.Ledger.append

    def fail(self, what, arrays=None):
        if len(self.entries) >= after:
            raise error
        append(self, what, arrays)

    monkeypatch.setattr(ledger.Ledger, "append", fail)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (KeyboardInterrupt(), 130, "interrupted; what is done is kept."),
        (OSError(errno.ENOSPC, "No space left", "a.partial/ledger"), 1, "the disk is full"),
    ],
)
def test_a_stopped_run_says_how_to_go_on_and_does(
    call, digest, monkeypatch, tmp_path, error, code, words
):
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        stop(patch, 6, error)
        got, err = call(*ASKED, "--out", "a")

    assert code == got
    assert words in err
    assert "Go on with: demerit run --resume a\n" in err
    assert ["a.partial"] == os.listdir()
    assert call(*ASKED, "--out", "a")[0] == 2  # not over it
    assert (0, "") == call("run", "--resume", "a")
    assert ["a"] == os.listdir()
    assert digest == storage.read(Path("a"))[0]["digest"]
    assert 2 == call("run", "--resume", "a")[0]


def test_a_run_stopped_before_anything_was_done_leaves_nothing(call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    stop(monkeypatch, 1, KeyboardInterrupt())

    code, err = call(*ASKED, "--out", "a/b/c")

    assert (130, "demerit: interrupted; nothing was written.") == (code, err.strip())
    assert [] == os.listdir()


def test_a_run_stopped_between_its_folder_and_its_ledger_is_complete(call, folder, tmp_path):
    out = tmp_path / "a"
    shutil.copytree(folder, out)
    ledger.create(out, {"run": "a"}).close()

    assert (0, "") == call("run", "--resume", out)
    assert ["a"] == os.listdir(tmp_path)
    ledger.folder_of(out).mkdir()  # killed once more, its file removed and its folder not
    assert (0, "") == call("run", "--resume", out)
    assert ["a"] == os.listdir(tmp_path)
    code, err = call("run", "--resume", out)
    assert 2 == code
    assert "nothing to go on with" in err


@pytest.mark.slow
def test_a_run_without_a_name_is_given_one_and_goes_on(call, digest, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        stop(patch, 3, KeyboardInterrupt())
        _, err = call(*ASKED)
    name = re.search(r"--resume (\S+)", err)[1]

    assert 0 == call("run", "--resume", name)[0]
    assert digest == storage.read(Path(name))[0]["digest"]


@pytest.mark.slow
def test_a_run_whose_scheme_has_changed_does_not_go_on(call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    shipped = Path(nation.__file__).parent / "data" / "schemes" / "suining.toml"
    Path("mine.toml").write_bytes(shipped.read_bytes())
    with monkeypatch.context() as patch:
        stop(patch, 3, KeyboardInterrupt())
        call(*"run mine.toml --people 3k --months 4 --quick --out a".split())
    text = shipped.read_text()
    Path("mine.toml").write_text(re.sub(r"value = -?50\b", "value = -49", text, count=1))
    code, err = call("run", "--resume", "a")

    assert 2 == code
    assert "the rules of the scheme" in err
    Path("mine.toml").write_text(text)
    assert 0 == call("run", "--resume", "a.partial")[0]


def test_a_damaged_ledger_is_named_and_not_used(call, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    with monkeypatch.context() as patch:
        stop(patch, 6, KeyboardInterrupt())
        call(*ASKED, "--out", "a")
    path = Path("a.partial/ledger")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    code, err = call("run", "--resume", "a")

    assert 2 == code
    assert re.match(r"demerit: a.partial/ledger: this ledger was damaged \(entry \d", err)
    assert bytes(data) == path.read_bytes()
    with pytest.raises(InputError):
        ledger.resume(Path("a"))


@pytest.mark.slow
@pytest.mark.parametrize("k", range(2))
def test_a_run_killed_at_a_random_moment_goes_on_to_the_same_digest(k, digest, tmp_path):
    """Processes of their own, killed once the ledger has so many bytes, and a moment more."""
    draw, out = random.Random(k), tmp_path / "a"
    path, program = ledger.folder_of(out) / ledger.NAME, [sys.executable, "-m", "demerit"]
    command = [*program, *ASKED, "--out", str(out)]
    for _ in range(draw.randint(1, 3)):
        size = draw.randrange(0, 600_000)
        process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        while process.poll() is None and not (path.exists() and path.stat().st_size >= size):
            time.sleep(0.002)
        time.sleep(draw.random() / 20)
        process.send_signal(signal.SIGKILL)
        _, err = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL), err
        if path.exists():
            command = [*program, "run", "--resume", str(out)]
    if path.exists() or not out.exists():
        subprocess.run(command, check=True, capture_output=True)

    assert digest == json.loads((out / "run.json").read_text())["digest"]
    assert ["a"] == os.listdir(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, KILLS, TOGETHER))
def test_runs_killed_at_moments_of_every_kind_go_on_to_the_same_digest(first, tmp_path):
    """By the clock, at a byte of an append, before a touch of a file (kills.py)."""
    many = min(TOGETHER, KILLS - first)
    command = [sys.executable, Path(kills.__file__), str(many), tmp_path, str(first)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.stdout, ended.stderr
    found = json.loads(ended.stdout)

    assert [] == found["wrong"]
    assert found["kills"] >= many // 2
    assert [] == os.listdir(tmp_path)
