"""Kill runs at moments of many kinds, go on with each, and hold the digests together.

python tests/kills.py 1000 FOLDER [FIRST]  ->  a JSON document: moments by kind, what went wrong

One process imports the program and loads its kernels; every run is a fork of it, so that a kill
costs what is lived and no start.  A run is killed up to three times, at moments that are drawn:
by the clock, from outside; at a byte of the ledger, in the midst of an append; and just before one
of the things that a run does to files (audit events: open, mkdir, rename, remove ...).
"""

import contextlib
import importlib
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from pathlib import Path

ASKED = "run national --people 8k --pilot 5k --months 3 --quick --threads 1".split()
TOUCH = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree")
KINDS = ("clock", "byte", "touch")


def warm():
    """Import all that a run needs and load every kernel, in this process, which has no threads."""
    for name in ("duckdb", "scipy.stats", "demerit.report", "demerit.commands.run"):
        importlib.import_module(name)
    from demerit import nation, trial
    from demerit.trial import Request

    here = trial.setting(Request("national"))
    plan = trial.plan(here.scheme, here.society, 1, 1, 3_000)
    nation.simulate(*nation.dealt(plan, 1_500, None), 1, months_before=1)


def die(*_):
    """As if somebody had pulled the plug."""
    os.kill(os.getpid(), signal.SIGKILL)


def at_byte(many):
    """Die once so many bytes were written to the ledger, in the midst of whatever is appended."""
    from demerit import ledger

    write, left = os.write, [many]

    def some(handle, data):
        done = write(handle, data[: max(1, min(len(data), left[0]))])
        left[0] -= done
        if left[0] <= 0:
            die()
        return done

    ledger.os = type("os", (), {**vars(os), "write": staticmethod(some)})


def at_touch(many, folder):
    """Die just before the run does something to a file of this folder for the so manieth time."""
    left = [many]

    def hook(event, given):
        if event in TOUCH and given and str(given[0]).startswith(folder):
            if event == "open" and not (given[2] & (os.O_WRONLY | os.O_RDWR)):
                return
            left[0] -= 1
            if left[0] < 0:
                die()

    sys.addaudithook(hook)


def begin(command, kind=None, moment=0, folder=""):
    """Fork a run; its process."""
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        for handle in (0, 1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), handle)
        if kind == "byte":
            at_byte(moment)
        if kind == "touch":
            at_touch(moment, folder)
        if kind == "size":
            keep_size(moment)
        from demerit import cli

        cli.main(command)
    except SystemExit as ended:
        code = ended.code or 0
    finally:
        os._exit(code)


def end(process):
    """Wait for a run; its exit code, below nought where it was killed."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def keep_size(path):
    """Write down how many bytes a ledger had before it is removed."""
    from demerit import ledger

    remove = ledger.Ledger.remove

    def kept(self):
        path.write_text(str(self.end))
        remove(self)

    ledger.Ledger.remove = kept


def sizes(folder):
    """What a run that nobody stops comes to: digest, seconds, bytes of its ledger."""
    out, size = folder / "whole", folder / "size"
    for _ in range(2):  # the first finds nothing in memory
        shutil.rmtree(out, ignore_errors=True)
        started = time.monotonic()
        assert 0 == end(begin([*ASKED, "--out", str(out)], "size", size))
        seconds = time.monotonic() - started
    digest = json.loads((out / "run.json").read_text())["digest"]
    shutil.rmtree(out)
    found = int(size.read_text())
    size.unlink()
    return digest, seconds, found


def kill(k, folder, whole):
    """One run, killed up to three times and gone on with: moments, and what went wrong."""
    from demerit import ledger
    from demerit.facts import InputError

    digest, seconds, size = whole
    draw, at = random.Random(k), folder / str(k)
    at.mkdir()
    out, moments = at / "a", []
    new = [*ASKED, "--out", str(out)]

    def command():
        """Go on, if there is anything to go on with: a run killed before its ledger has a beginning
        starts anew, as it is told to."""
        try:
            ledger.resume(out).close()
        except InputError as error:
            if "it has no beginning" in str(error) and not out.exists():
                shutil.rmtree(ledger.folder_of(out))
        started = out.exists() or ledger.folder_of(out).exists()
        return ["run", "--resume", str(out)] if started else new

    for _ in range(draw.randint(1, 3)):
        if out.exists() and not ledger.folder_of(out).exists():
            break
        kind = KINDS[draw.randrange(3)]
        moment = {"clock": draw.random() * seconds, "byte": draw.randrange(1, size),
                  "touch": draw.randrange(0, 25)}[kind]  # fmt: skip
        process = begin(command(), kind, moment, str(at))
        if kind == "clock":
            time.sleep(moment)
            os.kill(process, signal.SIGKILL)
        code = end(process)
        moments.append((kind, code))
        if code not in (0, -signal.SIGKILL):
            return moments, f"{k}: {kind} at {moment}: exit {code}"
    if ledger.folder_of(out).exists() or not out.exists():
        code = end(begin(command()))
        if code:
            return moments, f"{k}: {moments}: going on ended with exit {code}"
    found = json.loads((out / "run.json").read_text())["digest"]
    if found != digest or os.listdir(at) != ["a"]:
        return moments, f"{k}: {moments}: {found}, {os.listdir(at)}"
    shutil.rmtree(at)
    return moments, None


def main(count, folder, first=0):
    """Kill so many runs."""
    started, wrong, moments = time.monotonic(), [], Counter()
    warm()
    whole = sizes(folder)
    done = 0
    with contextlib.suppress(KeyboardInterrupt):  # so far, then
        for k in range(first, first + count):
            told, fault = kill(k, folder, whole)
            moments.update(f"{kind} {'killed' if code else 'had ended'}" for kind, code in told)
            wrong += [fault] if fault else []
            done += 1
    kills = sum(n for name, n in moments.items() if name.endswith("killed"))
    found = {"runs": done, "kills": kills, "moments": dict(sorted(moments.items())),
             "wrong": wrong, "seconds": round(time.monotonic() - started, 1),
             "whole_seconds": round(whole[1], 2), "ledger_bytes": whole[2]}  # fmt: skip
    print(json.dumps(found))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), Path(sys.argv[2]).resolve(), *map(int, sys.argv[3:])))
