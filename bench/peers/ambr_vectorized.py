"""scorebench, AMBER (ambr 0.5): its vectorised lane, Polars-backed population read with agents.numpy and written with
agents.set, model_reporters for the aggregates.  It has no columnar network, so the neighbours are an index array."""

import ambr as am
import numpy as np
import spec as S

P, PTS, FEAR, INC = map(np.array, (S.P, S.PTS, S.FEAR, S.INC))


class Society(am.Model):
    params = {"n": (int, 1000)}
    model_reporters = {"mean_score": lambda m: float(m.agents.score.mean())} | {
        f"share_{k}": (lambda m, k=k: float((m.agents.tier == k).mean())) for k in range(4)
    }

    def setup(self):
        n = self.p.n
        i = np.arange(n)
        self.nb = np.stack([(i + d) % n for d in S.OFFSETS], axis=1).astype(np.int32)
        self.add_agents(
            n, t=self.rng.random(n), score=np.full(n, S.START), tier=np.full(n, 1, np.int8)
        )
        self.p["clock"].built()

    def step_vectorized(self):
        a = self.agents.numpy("t", "score", "tier")
        t, prev, tier = (a[c] for c in ("t", "score", "tier")) if isinstance(a, dict) else a
        n = len(prev)
        neg = (1.5 - t) * (1 - 0.3 * FEAR[tier])
        pos = (0.5 + t) * (1 + 0.3 * INC[tier])
        s = prev.copy()
        for b in range(6):
            s += PTS[b] * (self.rng.random(n) < P[b] * (neg if b < 3 else pos))
        s += S.DRIFT * (prev[self.nb].mean(axis=1) - s)
        s = np.clip(s, S.LO, S.HI)
        self.agents.set(
            score=s, tier=((s < S.A).astype(np.int8) + (s < S.B) + (s < S.C)).astype(np.int8)
        )


n, seed = S.args()
clk = S.Clock("ambr", n)
res = Society({"n": n, "steps": S.MONTHS, "seed": seed, "clock": clk}).cpu(mode="vectorized").run()
clk.done(
    res.model.select("mean_score", *[f"share_{k}" for k in range(4)]).rows()[-S.MONTHS :],
    version=am.__version__,
)
