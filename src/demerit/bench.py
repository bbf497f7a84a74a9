"""Bench: how fast the months go, and where the time goes (limit.py: how fast they could).

Plan, months  ->  nanoseconds per person-month by stage
"""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from demerit import climate as cl
from demerit import run
from demerit.step import MONTH

kernels: tuple[Any, ...] = MONTH
STAGES = tuple(getattr(k, "py_func", k).__name__.removesuffix("_block") for k in kernels)


class Timed(run.Lockstep):
    """A lockstep on one thread that keeps the time of each stage [ns]."""

    spent: dict[str, int]

    def month(self, climate: cl.Climate, month: int) -> None:
        """Live a month, stage by stage, by the clock."""
        weather = cl.by_region(climate, self.idle(climate, month), self.plan.worlds)
        if not self.stages:
            self.compile(weather)
            self.spent = dict.fromkeys((*STAGES, "count"), 0)
        for fold, blocks in enumerate(self.folds):
            out, shared = self.out[fold], self.shared[fold]
            out[:] = 0
            shared[:] = 0
            tables = self.society, self.scheme, weather, month
            for k in range(len(blocks.files)):
                for name, stage in zip(STAGES, self.stages, strict=True):
                    self.clock(name, month, stage, blocks, k, *tables)
                if month >= 0:
                    self.clock("count", month, self.count, blocks, k, *tables, out, shared)

    def clock(self, name: str, month: int, act: Any, *given: Any) -> None:
        """Do one thing; its time counts once the months do."""
        start = time.perf_counter_ns()
        act(*given)
        if month >= 0:
            self.spent[name] += time.perf_counter_ns() - start


def profile(plan: run.Plan) -> dict[str, float]:
    """Time of each stage on one thread [ns per person-month, all worlds together]."""
    with ThreadPoolExecutor(1) as pool:
        steps = Timed(plan, pool, 1, None)
        steps.seen_before = False
        steps.people()
        run.live_months(plan, steps, lambda *_: None, run.MONTHS_BEFORE, ask=False)
    lived = plan.people * plan.months
    return {name: spent / lived for name, spent in steps.spent.items()}
