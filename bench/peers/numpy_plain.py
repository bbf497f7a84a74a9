"""scorebench, plain NumPy: whole-array expressions, float64, neighbour index array (N, 4)."""

import numpy as np
import spec as S

n, seed = S.args()
clk = S.Clock("numpy", n)
rng = np.random.default_rng(seed)
i = np.arange(n)
nb = np.stack([(i + d) % n for d in S.OFFSETS], axis=1).astype(np.int32)
t = rng.random(n)
score = np.full(n, S.START)
tier = np.full(n, 1, dtype=np.int8)
P, PTS, FEAR, INC = map(np.array, (S.P, S.PTS, S.FEAR, S.INC))
clk.built()

history = []
for month in range(S.MONTHS):
    prev = score
    neg = (1.5 - t) * (1 - 0.3 * FEAR[tier])
    pos = (0.5 + t) * (1 + 0.3 * INC[tier])
    score = prev.copy()
    for b in range(6):
        score += PTS[b] * (rng.random(n) < P[b] * (neg if b < 3 else pos))
    score += S.DRIFT * (prev[nb].mean(axis=1) - score)
    np.clip(score, S.LO, S.HI, out=score)
    tier = ((score < S.A).astype(np.int8) + (score < S.B) + (score < S.C)).astype(np.int8)
    history.append((score.mean(), *(np.bincount(tier, minlength=4) / n)))
clk.done(history)
