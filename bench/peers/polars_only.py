"""scorebench, Polars alone: one lazy query a month, neighbours gathered through four index columns; uniforms come from a
NumPy generator (Polars has no uniform expression)."""

import numpy as np
import polars as pl
import spec as S

n, seed = S.args()
clk = S.Clock("polars", n)
rng = np.random.default_rng(seed)
i = np.arange(n)
df = pl.DataFrame(
    {"t": rng.random(n), "score": np.full(n, S.START), "tier": np.full(n, 1, np.int8)}
    | {f"nb{k}": ((i + d) % n).astype(np.uint32) for k, d in enumerate(S.OFFSETS)}
)


def lookup(table):
    e = pl.when(pl.col("tier") == 0).then(table[0])
    for k in (1, 2):
        e = e.when(pl.col("tier") == k).then(table[k])
    return e.otherwise(table[3])


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
clk.built()
history = []
for month in range(S.MONTHS):
    df = (
        df.lazy()
        .with_columns(
            [pl.lit(pl.Series(f"u{b}", rng.random(n))) for b in range(6)]
            + [neg.alias("neg"), pos.alias("pos")]
        )
        .with_columns((pl.col("score") + delta).alias("s"), nbmean.alias("m"))
        .with_columns((s + S.DRIFT * (pl.col("m") - s)).clip(S.LO, S.HI).alias("score"))
        .with_columns(
            (
                (pl.col("score") < S.A).cast(pl.Int8)
                + (pl.col("score") < S.B).cast(pl.Int8)
                + (pl.col("score") < S.C).cast(pl.Int8)
            ).alias("tier")
        )
        .select("t", "score", "tier", "nb0", "nb1", "nb2", "nb3")
        .collect()
    )
    history.append(
        df.select(
            pl.col("score").mean(), *[(pl.col("tier") == k).mean().alias(f"s{k}") for k in range(4)]
        ).row(0)
    )
clk.done(history, threads=pl.thread_pool_size())
