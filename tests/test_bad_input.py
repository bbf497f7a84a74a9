"""Wrong input gives one message and exit 2; what fails leaves nothing and no traceback."""

import errno
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import demerit
from demerit import cli
from demerit import trial as run

SCHEME = Path(demerit.__file__).parent / "data" / "schemes" / "suining.toml"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DEMERIT_TRACEBACK", raising=False)
    return tmp_path


@pytest.fixture
def call(capsys):
    """Run the command line in this process: (exit code, stderr).  Nothing may go to stdout."""

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main(list(map(str, arguments)))
        out, err = capsys.readouterr()
        assert out == ""
        assert "Traceback" not in err
        return ended.value.code, err

    return call


@pytest.fixture
def no_run(monkeypatch):
    """Nothing may be computed."""
    monkeypatch.setattr(run, "run", lambda *_: pytest.fail("the run began"))


WRONG = {
    "run": ["Missing argument 'SCHEME'", "demerit run --help"],
    "ruin": ["no command 'ruin'", "did you mean 'run'", "verify"],
    "run suining --people 1x": ["--people 1x", "1.1m", "all"],
    "run suining --people 0": ["--people 0", "at least one person"],
    "run suining --people -5": ["--people -5", "at least one person"],
    "run suining --people 1.5": ["--people 1.5", "whole number"],
    "run suining --people nan": ["--people nan"],
    "run suining --people 1e99999": ["--people 1e99999"],
    "run suining --months 0": ["--months", "0", "x>=1"],
    "run suining --months -3": ["--months", "-3", "x>=1"],
    "run suining --months six": ["--months", "'six'"],
    "run suining --seed x": ["--seed", "'x'"],
    "run suining --threads 0": ["--threads", "x>=1"],
    "run suining --replicates 0": ["--replicates", "x>=1"],
    "run suining --colour": ["--colour"],
    "run suining --settle 4": ["--settle", "0<=x<=3"],
    "run suining --pilot half": ["--pilot half", "100k"],
    "run suining --progress loud": ["--progress", "json"],
    "run --resume nowhere": ["nowhere.partial/ledger does not exist"],
    "run suining --resume a --people 5k": ["--resume", "leave out scheme, people"],
    "deeds bribes": ["no deed 'bribes'", "did you mean 'bribe'", "petition"],
    "measures sanction": ["no measure 'sanction'", "There are: "],
    "schemes suinning": ["no scheme 'suinning'", "did you mean 'suining'"],
    "check nowhere.toml": ["nowhere.toml", "no such file"],
    "verify nowhere": ["nowhere", "no such run folder"],
    "report .": ["is not a run folder"],
    "cite nowhere": ["nowhere"],
    "societies --check": ["name a society"],
}


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_input_is_one_message_and_exit_2(call, no_run, folder, arguments):
    code, err = call(*arguments.split())

    assert code == 2
    assert err.startswith("demerit: ")
    for words in WRONG[arguments]:
        assert words in err
    assert list(folder.iterdir()) == []


MODEL = {  # what the model itself finds wrong
    "run suinning --people 3000": ["suinning", "did you mean 'suining'"],
    "run suining --society china-2002 --people 3000": ["china-2002", "did you mean 'china-2020'"],
    "run suining --place nowhere --people 3000": ["nowhere"],
    "run suining --months 1000000 --people 3000": ["1,000,000"],
    "run suining --people 1e15": ["1"],
    "run national --people 1.5bn": ["1,500,000,000", "1,409,778,724"],
    "run suining --pilot 3m": ["pilot: 3,000,000", "2,000,000"],
    "run nowhere.toml": ["nowhere.toml", "no such file"],
}


@pytest.mark.parametrize("arguments", MODEL)
def test_what_the_model_finds_wrong_is_one_message_and_exit_2(call, folder, arguments):
    code, err = call(*arguments.split())

    assert code == 2
    assert err.startswith("demerit: ")
    for words in MODEL[arguments]:
        assert words in err
    assert list(folder.iterdir()) == []


def test_all_faults_of_a_scheme_file_are_told_at_once(call, no_run):
    text = SCHEME.read_text()
    text = re.sub(r'basis *= *"stated"', 'basis = "rumoured"', text, count=1)
    text = re.sub(r"deed\.bribe\b", "deed.bribery", text)
    Path("bad.toml").write_text('colour = "red"\n' + text)

    code, err = call("check", "bad.toml")

    assert code == 2
    assert "bad.toml" in err
    assert "rumoured" in err
    assert "stated, inferred, assumed" in err  # what is allowed
    assert "colour" in err


@pytest.mark.parametrize("content", [b"a = ", b"\xff\xfe", b"[" * 5000, b""])
def test_a_file_that_is_no_scheme_is_said(call, content):
    Path("bad.toml").write_bytes(content)

    for command in ("check", "run"):
        code, err = call(command, "bad.toml")
        assert code == 2
        assert "bad.toml" in err


def test_a_folder_that_exists_is_refused_before_the_run(call, no_run, folder):
    (folder / "there").mkdir()
    (folder / "file").touch()
    for out in ("there", "file", ".", "file/under"):
        code, err = call("run", "suining", "--out", out)
        assert code == 2
        assert "--out" in err


def test_a_folder_that_cannot_be_written_is_refused_before_the_run(call, no_run):
    code, err = call("run", "suining", "--out", "/proc/run")

    assert code == 2
    assert "/proc/run: this folder cannot be made" in err


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (OSError(errno.ENOSPC, "No space left", "a/run.json"), 1, "a/run.json: the disk is full"),
        (OSError(errno.EIO, "Input/output error", "a"), 1, "a: Input/output error"),
        (type("RunError", (RuntimeError,), {})("the ledger is full"), 1, "demerit: the ledger"),
        (MemoryError(), 1, "not enough memory"),
        (ZeroDivisionError("by zero"), 1, "fault of the program, ZeroDivisionError: by zero"),
        (KeyboardInterrupt(), 130, "interrupted; nothing was written"),
    ],
)
def test_a_run_that_fails_says_why(call, monkeypatch, folder, error, code, words):
    def fail(*_):
        raise error

    monkeypatch.setattr(run, "run", fail)

    got, err = call("run", "suining", "--out", "a")

    assert got == code
    assert words in err
    assert list(folder.iterdir()) == []


def test_a_fault_shows_its_traceback_to_who_asks(monkeypatch):
    monkeypatch.setattr(run, "run", lambda *_: 1 / 0)
    monkeypatch.setenv("DEMERIT_TRACEBACK", "1")

    with pytest.raises(ZeroDivisionError):
        cli.main(["run", "suining", "--out", "a"])


def test_a_reader_that_leaves_is_no_fault():
    command = f"{sys.executable} -m demerit deeds --json | true"
    shown = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)

    assert shown.stderr == ""


def test_an_interrupt_that_the_compiler_turns_into_a_fault_is_an_interrupt(monkeypatch, capsys):
    def interrupted(*_):
        try:
            raise KeyboardInterrupt
        finally:
            raise RuntimeError("no compiled object yet")

    monkeypatch.setattr(run, "run", interrupted)
    with pytest.raises(SystemExit) as end:
        cli.main(["run", "suining", "--out", "a"])

    assert 130 == end.value.code
    assert "demerit: interrupted; nothing was written." in capsys.readouterr().err


def heed_ctrl_c():
    """A shell has what it runs in the background ignore Ctrl-C, and so all that this starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
def test_ctrl_c_in_mid_run_ends_at_130_and_leaves_nothing_or_what_is_done(folder):
    command = [sys.executable, "-m", "demerit", "run", "suining", "--months", "600", "--out", "a/b"]
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509
    )  # fmt: skip
    try:
        time.sleep(4)
        assert process.poll() is None, "the run ended before it could be interrupted"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()

    assert process.returncode == 130
    if os.path.lexists("a/b.partial"):  # months are done already
        assert err.strip().splitlines() == [
            "demerit: interrupted; what is done is kept.", "  Go on with: demerit run --resume a/b"
        ]  # fmt: skip
        assert ["b.partial"] == os.listdir("a")
    else:
        assert err.strip() == "demerit: interrupted; nothing was written."
        assert list(folder.iterdir()) == []
