"""scorebench: the one workload every engine in this folder runs.

N persons on a ring, 4 neighbours each (i-2, i-1, i+1, i+2).  Fixed trait t ~ U[0,1).  score_0 = 1000, tier_0 = B.
Each of 12 months, synchronously for all persons, from last month's score `prev` and last month's tier:
  6 independent Bernoulli behaviours, base monthly probability P[b], points PTS[b]
     negative (b = 0..2): p = P[b] * (1.5 - t) * (1 - 0.3 * FEAR[tier])
     positive (b = 3..5): p = P[b] * (0.5 + t) * (1 + 0.3 * INC[tier])
  s = prev + sum of the points of the behaviours that occurred
  s += 0.01 * (mean of the 4 neighbours' prev - s)
  s = clip(s, 0, 1300);  tier = A if s >= 1030, B if s >= 960, C if s >= 850, else D
  record: mean score, share of each tier.
6 random draws a person-month.  No engine may use that the graph is a ring (no np.roll/shift): each holds a general
neighbour structure (references, index columns or an edge list).
"""

import json
import os
import sys
import time

MONTHS = 12
P = (0.05, 0.08, 0.10, 0.10, 0.06, 0.02)
PTS = (-50, -20, -10, 5, 10, 20)
FEAR = (0.1, 0.3, 0.6, 1.0)  # tier A, B, C, D
INC = (1.0, 0.6, 0.3, 0.1)
A, B, C = 1030.0, 960.0, 850.0
START, LO, HI, DRIFT = 1000.0, 0.0, 1300.0, 0.01
OFFSETS = (-2, -1, 1, 2)


def rss():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def peak_rss():
    """high-water mark since reset_peak()"""
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) * 1024 for line in f if line.startswith("VmHWM"))


def reset_peak():
    """forget the peak reached by imports and compilation"""
    with open("/proc/self/clear_refs", "w") as f:
        f.write("5")


def args():
    """N [seed]"""
    return int(float(sys.argv[1])), int(sys.argv[2]) if len(sys.argv) > 2 else 1


class Clock:
    """base = RSS after imports, peak = highest RSS after that; setup = building the population; run = the 12 months with recording.
    cpu_seconds (all threads) is the figure to compare when other work shares the cores."""

    def __init__(self, engine, n):
        reset_peak()
        self.engine, self.n, self.base, self.t0 = engine, n, rss(), time.perf_counter()

    def built(self):
        self.t1, self.c1 = time.perf_counter(), time.process_time()

    def done(self, history, **extra):
        """history: one (mean_score, share_A, share_B, share_C, share_D) a month"""
        t2, c2 = time.perf_counter(), time.process_time()
        peak = peak_rss()
        assert len(history) == MONTHS, len(history)
        last = [float(x) for x in history[-1]]
        sec = t2 - self.t1
        print(
            json.dumps(
                dict(
                    engine=self.engine,
                    n=self.n,
                    agent_months_per_s=round(self.n * MONTHS / sec),
                    seconds=round(sec, 4),
                    cpu_seconds=round(c2 - self.c1, 4),
                    agent_months_per_cpu_s=round(self.n * MONTHS / max(c2 - self.c1, 1e-9)),
                    setup_seconds=round(self.t1 - self.t0, 4),
                    peak_rss_bytes=peak,
                    base_rss_bytes=self.base,
                    bytes_per_agent=round((peak - self.base) / self.n, 1),
                    mean_score=round(last[0], 3),
                    share_A=round(last[1], 5),
                    share_B=round(last[2], 5),
                    share_C=round(last[3], 5),
                    share_D=round(last[4], 5),
                    **extra,
                )
            )
        )
