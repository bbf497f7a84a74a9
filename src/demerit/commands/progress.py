"""How far a run has come: a bar on a terminal, lines of JSON for a machine, or nothing."""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import click

Progress = Callable[[str, int, int], None]
MODES = ("auto", "bar", "json", "none")
PAUSE = 1.0  # seconds between two lines
UNITS = {  # what a stage counts; people, where it is not said
    "compiling": "steps", "months": "months", "what is not known": "draws",
    "other correlations": "runs", "mechanisms": "mechanisms",
}  # fmt: skip

progress_option = click.option(
    "--progress", type=click.Choice(MODES), default="auto", show_default=True,
    help="On stderr: a bar if that is a terminal (auto), or a JSON document a line.",
)  # fmt: skip


@contextlib.contextmanager
def progress_bar(mode: str = "auto") -> Iterator[Progress | None]:
    """Tells on stderr how far a run has come; nothing in the mode `auto` if that is no terminal."""
    if mode == "auto":
        mode = "bar" if sys.stderr.isatty() else "none"
    if mode == "none":
        yield None
    elif mode == "json":
        yield Lines()
    else:
        with bar() as progress:
            yield progress


class Lines:
    """A JSON document a line: stage, done, total, unit, seconds, rate, time left, memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.began: dict[str, tuple[float, int]] = {}  # stage -> when it was first told of, done
        self.said: dict[str, float] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = self.clock()
        first, before = self.began.setdefault(stage, (now, done))
        if done < total and now - self.said.get(stage, -PAUSE) < PAUSE:
            return
        self.said[stage] = now
        spent = now - first
        rate = (done - before) / spent if spent > 0 else None
        left = (total - done) / rate if rate else None
        line = {
            "stage": stage, "done": done, "total": total, "unit": UNITS.get(stage, "people"),
            "seconds": round(spent, 1), "per_second": rate and round(rate, 2),
            "seconds_left": left if left is None else round(left, 1), "rss_bytes": memory(),
        }  # fmt: skip
        print(json.dumps(line), file=sys.stderr, flush=True)


@contextlib.contextmanager
def bar() -> Iterator[Progress]:
    """A bar for each stage, with how much is done, how fast, the time left and the memory taken."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"),
        TimeRemainingColumn(), TextColumn("{task.fields[memory]}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        tasks: dict[str, Any] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage, done="", memory="")
            speed = next(t.speed for t in shown.tasks if t.id == tasks[stage])
            text = f"{done:,} of {total:,}" + (f", {speed:,.1f} a second" if speed else "")
            shown.update(
                tasks[stage], completed=done, total=total, done=text,
                memory=f"{memory() / 2**30:.2f} GiB",
            )  # fmt: skip

        yield progress


def memory() -> int:
    """The memory that this process holds now [bytes]; the most it has held where that is not
    told."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
