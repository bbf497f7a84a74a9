"""scorebench, mesa-frames 0.1.0a0 (the only release on PyPI, 2024-08): AgentSetPolars + ModelDF.  It has no DataCollector
and no network space: aggregates are appended by hand, neighbours are four index columns."""

import numpy as np
import polars as pl
import spec as S
from mesa_frames import AgentSetPolars, ModelDF


def lookup(table):
    e = pl.when(pl.col("tier") == 0).then(table[0])
    for k in (1, 2):
        e = e.when(pl.col("tier") == k).then(table[k])
    return e.otherwise(table[3])


class People(AgentSetPolars):
    def __init__(self, n, model):
        super().__init__(model)
        i = np.arange(n)
        self += pl.DataFrame(
            {
                "unique_id": np.arange(n),
                "t": self.random.random(n),
                "score": np.full(n, S.START),
                "tier": np.full(n, 1, np.int8),
            }
            | {f"nb{k}": ((i + d) % n).astype(np.uint32) for k, d in enumerate(S.OFFSETS)}
        )

    def step(self):
        n = len(self)
        u = [pl.Series(f"u{b}", self.random.random(n)) for b in range(6)]
        neg = (1.5 - pl.col("t")) * (1 - 0.3 * lookup(S.FEAR))
        pos = (0.5 + pl.col("t")) * (1 + 0.3 * lookup(S.INC))
        delta = pl.sum_horizontal(
            *[
                pl.when(pl.col(f"u{b}") < S.P[b] * pl.col("neg" if b < 3 else "pos"))
                .then(S.PTS[b])
                .otherwise(0)
                for b in range(6)
            ]
        )
        nbmean = sum(pl.col("score").gather(pl.col(f"nb{k}")) for k in range(4)) / 4
        s = pl.col("s")
        self.agents = (
            self.agents.with_columns(u)
            .with_columns(neg.alias("neg"), pos.alias("pos"))
            .with_columns((pl.col("score") + delta).alias("s"), nbmean.alias("m"))
            .with_columns((s + S.DRIFT * (pl.col("m") - s)).clip(S.LO, S.HI).alias("score"))
            .with_columns(
                (
                    (pl.col("score") < S.A).cast(pl.Int8)
                    + (pl.col("score") < S.B).cast(pl.Int8)
                    + (pl.col("score") < S.C).cast(pl.Int8)
                ).alias("tier")
            )
            .drop("neg", "pos", "s", "m", *[f"u{b}" for b in range(6)])
        )


class Society(ModelDF):
    def __init__(self, n, seed):
        super().__init__(seed)
        self.people = People(n, self)
        self.agents += self.people
        self.history = []

    def step(self):
        self.agents.do("step")
        df = self.get_agents_of_type(People).agents
        self.history.append((df["score"].mean(), *[(df["tier"] == k).mean() for k in range(4)]))


if __name__ == "__main__":
    n, seed = S.args()
    clk = S.Clock("mesa-frames", n)
    model = Society(n, seed)
    clk.built()
    for _ in range(S.MONTHS):
        model.step()
    clk.done(model.history, threads=pl.thread_pool_size())
