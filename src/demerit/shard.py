"""Shard: ranges of blocks lived by other processes, on this machine or on many.

plan, climates, ranges  ->  processes, or tasks of a Ray cluster  ->  each range with its counts

A shard is a process that takes ranges of blocks one after the other and gives back what they
counted.  It is told all that the counts depend on and keeps nothing: a range is a pure function
(stream.live_range), so that one whose process was lost is lived again elsewhere, to the same bits.
On Ray that is a task and no actor: an actor that is started again has forgotten what it knew, and
answers all the same.  The pilot, the ledger and the sums stay with the process that asked.
"""

import contextlib
import importlib.util
import os
import pickle
import shutil
import signal
import socket
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from multiprocessing import connection, get_context
from typing import Any

from demerit import inputs, run, stream
from demerit.facts import InputError

RETRIES = 10  # times that a range is lived again because its process was lost
# What must be said before Ray is imported: no statistics of use are sent, and tasks that follow one
# that failed fail in silence.
QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_IGNORE_UNHANDLED_ERRORS": "1"}
# So Ray is told, on any system, that a cluster is of this machine alone: it then listens on
# 127.0.0.1, and else on every interface, whatever address its nodes are given.
ALONE = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
STORE = 1 << 30  # bytes that an embedded cluster may keep plans and counts in

Done = tuple[range, stream.Part]


class LostError(OSError):
    """Processes were lost, again and again; what is done is kept."""


def live(data: bytes, program: str, which: range, threads: int) -> stream.Part:
    """What a shard does: the counts of a range.  InputError if its program is another."""
    if program != this_program():
        raise InputError(
            "a machine of the cluster has another demerit, or other libraries, than this one: "
            "other lives would come of it. Install the same on all of them."
        )
    asked: stream.Asked = pickle.loads(data)
    return stream.live_range(asked.plan, asked.climates, which, threads, asked.months_before)


@cache
def this_program() -> str:
    """All that a shard's bits depend on beside what it is told: code and libraries."""
    libraries = [version(name) for name in ("numpy", "numba")]
    return " ".join([inputs.program(), *libraries])


# ---- processes of this machine


class Processes:
    """The engine of so many shards on this machine, each a process with so many threads."""

    def __init__(self, shards: int, threads: int):
        self.shards, self.threads = shards, threads

    def __call__(
        self, asked: stream.Asked, which: Sequence[range], tell: stream.Tell
    ) -> Iterator[Done]:
        """See `stream.Engine`."""
        data, waiting, lost = pickle.dumps(asked), deque(which), 0
        self.at_work: dict[Any, tuple[Any, range]] = {}  # our end of the pipe: process, range
        try:
            while waiting or self.at_work:
                while waiting and len(self.at_work) < self.shards:
                    self.give(*self.start(data), waiting.popleft())
                ready: list[Any] = connection.wait(list(self.at_work))
                for pipe in ready:
                    process, blocks = self.at_work.pop(pipe)
                    try:
                        found = pipe.recv()
                    except (EOFError, OSError):
                        waiting.appendleft(blocks)
                        lost += 1
                        if lost > RETRIES:
                            raise LostError(
                                f"{lost} shards were lost; too little memory?"
                            ) from None
                        continue
                    if isinstance(found, BaseException):
                        raise found
                    if waiting:
                        self.give(process, pipe, waiting.popleft())
                    else:
                        pipe.close()  # it has no more to do and ends
                    tell(int(asked.plan.blocks[blocks].people.sum()))
                    yield blocks, found
        finally:
            for process, _ in self.at_work.values():
                process.kill()

    def start(self, data: bytes) -> tuple[Any, Any]:
        """One more process, and our end of the pipe to it."""
        context = get_context("spawn")  # a fork would copy threads' locks
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, data, self.threads), daemon=True)
        process.start()
        theirs.close()  # now its end is the only one: it closes when the process ends
        return process, ours

    def give(self, process: Any, pipe: Any, blocks: range) -> None:
        """Let a shard live a range."""
        self.at_work[pipe] = process, blocks
        with contextlib.suppress(OSError):  # it was lost: the pipe says so when it is read
            pipe.send(blocks)


def serve(pipe: Any, data: bytes, threads: int) -> None:
    """What a process of a shard does until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    with contextlib.suppress(EOFError, OSError):
        while True:
            which = pipe.recv()
            try:
                found: Any = live(data, this_program(), which, threads)
            except Exception as error:
                found = error
            pipe.send(found)


# ---- Ray


def knock(address: str) -> None:
    """Raise OSError or ValueError if nobody answers there: Ray itself tries for many minutes."""
    if address != "auto":
        host, _, port = address.removeprefix("ray://").rpartition(":")
        socket.create_connection((host, int(port)), timeout=10).close()


class OnRay:
    """The engine of a Ray cluster: each range is a task."""

    def __init__(self, address: str | None, processors: int):
        if importlib.util.find_spec("ray") is None:
            raise InputError(
                "--engine ray: Ray is not installed; pip install 'demerit[cluster]', or leave out "
                "--engine: --shards N takes so many processes of this machine."
            )
        self.address, self.processors = address, processors
        self.folder: str | None = None
        self.ray: Any = None
        if address:  # one that does not answer is told of before anything has begun
            self.connect()

    def connect(self) -> None:
        """Take part in the cluster at the address, or start one of this machine alone."""
        if self.ray:
            return
        quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
        if self.address is None:
            os.environ.update(QUIET | ALONE)
            import ray

            self.folder = tempfile.mkdtemp(prefix="demerit-ray-")
            ray.init(
                "local", num_cpus=self.processors, include_dashboard=False,
                object_store_memory=STORE, _temp_dir=self.folder, **quiet,
            )  # fmt: skip
        else:
            os.environ.update(QUIET)
            try:
                knock(self.address)
                import ray

                ray.init(self.address, **quiet)
            except (OSError, RuntimeError, ValueError) as error:
                raise InputError(
                    f"--address {self.address}: this cluster cannot be used ({error}); `ray status "
                    "--address ...` should answer, with RAY_AUTH_MODE=token if it asks for a "
                    "token. Without --address there is one of this machine alone."
                ) from None
        self.ray = ray

    def __call__(
        self, asked: stream.Asked, which: Sequence[range], tell: stream.Tell
    ) -> Iterator[Done]:
        """See `stream.Engine`."""
        self.connect()
        ray, data = self.ray, self.ray.put(pickle.dumps(asked))
        if self.address:
            self.warm(data, which[0])
        threads = self.threads(len(which))
        task = ray.remote(max_retries=RETRIES, num_cpus=threads)(live)
        work = {task.remote(data, this_program(), blocks, threads): blocks for blocks in which}
        try:
            while work:
                (ready, *_), _ = ray.wait(list(work), num_returns=1)
                found = self.get(ready)
                blocks = work.pop(ready)
                tell(int(asked.plan.blocks[blocks].people.sum()))
                yield blocks, found
        finally:
            for task in work:  # Ctrl-C, or a task that failed
                with contextlib.suppress(Exception):
                    ray.cancel(task, force=True)

    def nodes(self) -> list[dict[str, Any]]:
        """The machines that have processors for tasks."""
        return [n for n in self.ray.nodes() if n["Alive"] and n["Resources"].get("CPU", 0) >= 1]

    def threads(self, ranges: int) -> int:
        """Threads of a task: more than one where there are more processors than ranges."""
        processors = [int(node["Resources"]["CPU"]) for node in self.nodes()]
        return max(1, min([sum(processors) // ranges, *processors]))

    def warm(self, data: Any, which: range) -> None:
        """Let each machine live one block, so that one process of it compiles, and not all."""
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        task = self.ray.remote(max_retries=RETRIES)(live)
        on = [NodeAffinitySchedulingStrategy(node["NodeID"], soft=True) for node in self.nodes()]
        given = (data, this_program(), which[:1], 1)
        for one in [task.options(scheduling_strategy=strategy).remote(*given) for strategy in on]:
            self.get(one)

    def get(self, task: Any) -> Any:
        """What a task gave.  Raises what it raised; LostError if Ray gave it up."""
        from ray.exceptions import RayError, RayTaskError

        try:
            return self.ray.get(task)
        except RayTaskError as error:
            if isinstance(error.cause, InputError | run.RunError):
                raise error.cause from None
            raise LostError(f"a task of the cluster failed: {error.cause!r}") from None
        except RayError as error:
            raise LostError(f"the cluster lost a task for good: {error}") from None

    def close(self) -> None:
        """Leave the cluster; one of this machine alone ends."""
        if self.ray:
            self.ray.shutdown()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def engine(
    kind: str, address: str | None, shards: int | None, threads: int
) -> Iterator[stream.Engine | None]:
    """The engine that is asked for; none where this process is to live all by itself."""
    if kind == "ray":
        on_ray = OnRay(address, threads)
        try:
            yield on_ray
        finally:
            on_ray.close()
    else:
        yield Processes(shards, max(1, threads // shards)) if shards else None
