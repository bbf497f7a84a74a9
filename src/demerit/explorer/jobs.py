"""Jobs: one queue of questions, one of them at work at a time, each with the events it has sent.

Asked  ->  Job (queued, running, done, cancelled, failed)  ->  events, and a run in the folder

The worker is a thread of this process, so that its kernels stay warm; they run without the lock of
the interpreter, and the server answers meanwhile.  A job ends in `done`, `cancelled` or `error`,
whatever befalls it.
"""

import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from demerit import contrast, further, run, storage, trial
from demerit import scheme as schemes
from demerit import society as societies
from demerit.columns import SCHEME
from demerit.explorer import four
from demerit.explorer.faults import Fault, Refused, fault_of
from demerit.explorer.models import QUEUE_MOST
from demerit.explorer.questions import HOME, Asked
from demerit.explorer.shelf import Shelf
from demerit.measures import MEASURES
from demerit.survey import tables

Row = dict[str, Any]
KEPT = 64  # jobs that are remembered when they have ended
ENDED = ("done", "cancelled", "failed")
BEFORE = run.MONTHS_BEFORE
# What is measured at once; what a survey asks takes longer, and is in the run.
AT_ONCE = [key for key, m in MEASURES.items()
           if not any(tables.find(c.partition("__")[0]) for c in m.counts)]  # fmt: skip


class Cancelled(Exception):  # noqa: N818 (a wish, not a mistake)
    """Whoever asked does not want to know any more."""


class Postponed(Exception):  # noqa: N818
    """Somebody else waits for an answer, and this job has given its own: the rest can wait."""


class Job:
    """One question at work.

    `four_first`: its four numbers are wanted before its run, and as soon as may be.
    """

    def __init__(self, key: str, asked: Asked, four_first: bool = False):
        self.key, self.asked, self.four_first = key, asked, four_first
        self.digest, self.run, self.command = asked.digest, asked.run, asked.command
        self.state, self.cached = "queued", False
        self.compiled = False  # are the kernels ready
        self.error: Fault | None = None
        self.events: list[tuple[str, Row]] = []  # only ever added to: readers need no lock
        self.wish = threading.Event()  # to cancel
        self.askers = 1  # who asked and has not cancelled
        self.began = 0.0  # monotonic seconds
        self.rests = False  # the four numbers have been told; what is left is its run
        self.others_wait: Callable[[], bool] = lambda: False

    @property
    def ended(self) -> bool:
        """Has it ended, one way or another?"""
        return self.state in ENDED

    def tell(self, event: str, data: Row) -> None:
        """Send an event to whoever listens."""
        self.events.append((event, storage.plain(data)))

    @property
    def seconds(self) -> float:
        """Since it began [s]."""
        return time.monotonic() - self.began

    def stop_if_unwanted(self) -> None:
        """Raise Cancelled where nobody wants to know any more, Postponed where others wait."""
        if self.wish.is_set():
            raise Cancelled
        if self.rests and self.others_wait():
            raise Postponed

    def heed(self, stage: str, done: int, total: int) -> None:
        """Go on, and tell of what is not the months (run.Progress)."""
        self.stop_if_unwanted()
        if stage in ("what is not known", "other correlations"):
            self.tell("not_known", {"stage": stage, "done": done, "total": total})
        elif stage == "compiling":
            self.tell("compiling", {"done": done, "total": total})

    def tell_rest(self, stage: str, done: int, total: int) -> None:
        """The same, once the four numbers have been told."""
        self.heed(stage, done, total)
        if stage == "months" and done % (BEFORE // 2) == 0:
            self.tell("rest", {"done": done, "total": total})

    def end(self, state: str, event: str, data: Row) -> None:
        """End it; the state is set last, so that who sees it sees the event."""
        self.tell(event, data)
        self.state = state


class Desk:
    """Takes questions, and lets one thread answer them in order."""

    def __init__(self, shelf: Shelf, work: Callable[[Job, Shelf], None] | None = None):
        self.shelf, self.work = shelf, work or answer
        self.jobs: dict[str, Job] = {}
        self.waiting: deque[Job] = deque()
        self.later: deque[Job] = deque()  # whose four numbers are told, and the rest can wait
        self.lock, self.called = threading.Lock(), threading.Event()
        self.kernels, self.stopping = "compiling", False
        self.numbers = itertools.count(1)
        self.thread: threading.Thread | None = None

    def start(self, warm: bool = True) -> None:
        """Let the thread begin: with the compiler, then with questions."""
        self.thread = threading.Thread(target=self.loop, args=(warm,), name="desk", daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Cancel what is at work, and let the thread end."""
        self.stopping = True
        for job in list(self.jobs.values()):
            self.end(job)
        self.called.set()
        if self.thread:
            self.thread.join(10)

    def loop(self, warm: bool) -> None:
        """Answer questions until the server stops."""
        self.warm() if warm else None
        while not self.stopping:
            self.called.wait(1)
            self.called.clear()
            while (job := self.next()) is not None:
                self.carry_out(job)
                self.tell_positions()

    def warm(self) -> None:
        """Compile every kernel, or load it, and read what the first answer would wait for."""
        try:
            scheme, society = schemes.load("suining"), societies.load(HOME)
            place = society.places.keys[0]
            plan = run.plan(scheme, society, 1, 1, 1_000, place)
            at_once(run.simulate(plan, 1, months_before=1))
            contrast.reach(run.FOLDS)  # what intervals need is imported with the first
            self.kernels = "ready"
        except Exception:  # a job will say why
            self.kernels = "failed"

    def next(self) -> Job | None:
        """The job whose turn it is."""
        with self.lock:
            queue = self.waiting or self.later
            return queue.popleft() if queue else None

    def carry_out(self, job: Job) -> None:
        """Do a job, and end it whatever happens."""
        if job.ended:
            return
        job.state = "running"
        job.compiled |= self.kernels == "ready"
        try:
            self.work(job, self.shelf)
            if not job.ended:
                raise RuntimeError("the job was left without an answer")
        except Postponed:
            with self.lock:
                self.later.append(job)
        except Cancelled:
            job.end("cancelled", "cancelled", {})
        except BaseException as error:  # a thread that dies of one would leave all others waiting
            job.error = fault_of(error)
            job.end("failed", "error", {"error": job.error.model_dump()})

    # ---- from the calls of pages

    def put(self, asked: Asked, four_first: bool = False) -> Job:
        """Take a question.  Refused where the queue is full.

        The same question at work is the same job; one that was answered is done at once.
        `four_first`: see `Job`
        """
        digest = asked.digest
        with self.lock:
            for job in self.jobs.values():
                if job.digest == digest and not job.ended and not job.wish.is_set():
                    job.askers += 1
                    job.four_first |= four_first
                    return job
            job = Job(f"j-{next(self.numbers)}-{digest[:8]}", asked, four_first)
            job.others_wait = lambda: bool(self.waiting)
            if self.shelf.answers(job.run, digest):
                job.cached = True
                job.end("done", "done", {"run": job.run, "cached": True, "seconds": 0.0})
            elif len(self.waiting) + len(self.later) >= QUEUE_MOST:
                raise Refused(
                    429,
                    f"{QUEUE_MOST} questions wait already.",
                    None,
                    f"{QUEUE_MOST} at once",
                    "wait for one to end, or cancel it",
                )
            else:
                self.waiting.append(job)
            self.jobs[job.key] = job
            self.forget()
        self.tell_positions()
        self.called.set()
        return job

    def find(self, key: str) -> Job:
        """The job of this name.  Refused where there is none."""
        job = self.jobs.get(key)
        if job is None:
            raise Refused(
                404,
                f"job {key[:60]!r}: there is none of this name.",
                "job",
                mend="GET /api/jobs lists them; those that ended long ago are forgotten.",
            )
        return job

    def cancel(self, job: Job) -> None:
        """One of those who asked does not want to know any more; at the last of them it ends."""
        with self.lock:
            job.askers -= 1
            wanted = job.askers > 0
        if not wanted:
            self.end(job)

    def end(self, job: Job) -> None:
        """Let a job end as soon as may be; one that has ended stays as it is."""
        job.wish.set()
        with self.lock:
            for queue in (self.waiting, self.later):
                if job not in queue:
                    continue
                queue.remove(job)
                job.end("cancelled", "cancelled", {})
        self.tell_positions()

    def position(self, job: Job) -> int | None:
        """How many come before it, itself included; none for one that is not waiting."""
        with self.lock:
            return self.waiting.index(job) + 1 if job in self.waiting else None

    def tell_positions(self) -> None:
        """Tell each that waits how many come before it, if that has changed."""
        with self.lock:
            for k, job in enumerate(self.waiting, 1):
                if not job.events or job.events[-1] != ("queued", {"position": k}):
                    job.tell("queued", {"position": k})

    def forget(self) -> None:
        """Forget the oldest of the jobs that have ended."""
        ended = [key for key, job in self.jobs.items() if job.ended]
        for key in ended[: max(0, len(ended) - KEPT)]:
            del self.jobs[key]


# ---- one answer


def answer(job: Job, shelf: Shelf) -> None:
    """Run a question and put its run on the shelf.

    Where the four numbers are wanted first, everybody lives once without being surveyed, which
    takes longer than the lives do; the rest gives way to whoever else asks.
    """
    with job.asked.on_disk() as path:
        request = job.asked.request(path)
        begin(job)
        trial.check(request)
        here = trial.setting(request)
        if not job.compiled:
            trial.ready(request, here, job.heed)
            job.compiled = True
        if job.four_first and not job.rests:
            tell_four(job, trial.planned(request, here), request.threads)
        shelf.keep(live(job, request, here), job.run)
    seconds = round(time.monotonic() - job.began, 3)
    job.end("done", "done", {"run": job.run, "cached": False, "seconds": seconds})


def begin(job: Job) -> None:
    """Say that it is at work, once."""
    job.stop_if_unwanted()
    if not job.rests:
        asked, job.began = job.asked.question, time.monotonic()
        job.tell("started", {"months": asked.months, "people": asked.people,
                             "command": job.command})  # fmt: skip


class Teller:
    """Tells of the months of a job as they are lived (run.Progress and run.Watch)."""

    def __init__(self, job: Job):
        self.job, self.far = job, four.Four(four.counters())

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.job.heed(stage, done, total)
        if stage == "months" and done <= BEFORE:
            self.job.tell("before", {"done": done, "total": BEFORE})

    def watch(self, month: int, _climate: Any, steps: Any, ended: list[int | None]) -> None:
        """See `run.Watch`."""
        repealed, months = ended[SCHEME], self.job.asked.question.months
        said = self.far.month(month, steps, repealed)
        self.job.tell(
            "month", {"month": month, "months": months, "repealed": repealed, "four": said}
        )

    def counted(self, counts: run.Counts) -> None:
        """Measure at once what can be."""
        self.job.stop_if_unwanted()
        self.job.tell("measures", {"measures": at_once(counts), "seconds": self.job.seconds})


def tell_four(job: Job, plan: run.Plan, threads: int) -> None:
    """The four numbers to their last month, and what each door did; then what is measured."""
    teller = Teller(job)

    def watch(month: int, climate: Any, steps: Any, ended: list[int | None]) -> None:
        teller.watch(month, climate, steps, ended)
        if month == plan.months - 1:
            repealed = ended[SCHEME]
            force = plan.months if repealed is None else repealed + 1
            job.tell("four", {"months_in_force": force, "doors": teller.far.doors(),
                              "seconds": job.seconds})  # fmt: skip

    counts = run.simulate(plan, threads, teller, watch=watch, ask=False)
    teller.counted(counts)
    job.rests = True


def live(job: Job, request: trial.Request, here: trial.Setting) -> trial.Result:
    """The whole answer, as `demerit run` has it.

    One thread, where nobody waits for it: a second one saves a quarter of the time
    (docs/explorer.md, "How long a reader waits"), and would take a processor from who reads.
    """
    alone = replace(request, threads=1) if request.quick else request
    if job.rests:
        result = trial.answer(alone, here, job.tell_rest, compiled=True)
    else:
        teller = Teller(job)
        result = trial.answer(
            alone, here, teller, watch=teller.watch, counted=teller.counted, compiled=True
        )
    further.add(result, here, job.heed)
    job.stop_if_unwanted()
    result.document["command"] = placed(job.command, result.document["place"])
    result.document["explorer"] = {
        "digest": job.digest, "question": job.asked.question.model_dump(),
        "file": job.asked.file,
    }  # fmt: skip
    return result


def placed(command: str, place: str | None) -> str:
    """A command with the place in which it ran."""
    return f"{command} --place {place}" if place else command


def at_once(counts: run.Counts) -> Row:
    """What can be measured at once of a run, with its interval of chance."""
    folds, pooled = counts.folds, counts.total
    return {key: contrast.of_measure(MEASURES[key], [counts], {}, folds, pooled) for key in AT_ONCE}
