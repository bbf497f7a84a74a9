"""scorebench, one fused Numba loop over persons, counter-based random numbers (splitmix64 of seed, person, month, draw),
float32 score, int8 tier, int32 neighbour index array.  THREADS=1 or 2 (environment): prange over chunks."""

import os

import numba as nb
import numpy as np
import spec as S

THREADS = int(os.environ.get("THREADS", "1"))
nb.set_num_threads(THREADS)
F32 = np.float32
P, PTS = np.array(S.P, F32), np.array(S.PTS, F32)
FEAR, INC = (
    np.array([1 - 0.3 * f for f in S.FEAR], F32),
    np.array([1 + 0.3 * g for g in S.INC], F32),
)
TA, TB, TC, LO, HI, DRIFT = (F32(x) for x in (S.A, S.B, S.C, S.LO, S.HI, S.DRIFT))
G, M1, M2 = (
    np.uint64(0x9E3779B97F4A7C15),
    np.uint64(0xBF58476D1CE4E5B9),
    np.uint64(0x94D049BB133111EB),
)
CHUNK = 1 << 14


@nb.njit(inline="always")
def mix(z):
    z = (z ^ (z >> np.uint64(30))) * M1
    z = (z ^ (z >> np.uint64(27))) * M2
    return z ^ (z >> np.uint64(31))


@nb.njit
def chunk_step(prev, cur, tier, t, nbr, key, lo, hi, acc):
    for i in range(lo, hi):
        k = tier[i]
        neg = (F32(1.5) - t[i]) * FEAR[k]
        pos = (F32(0.5) + t[i]) * INC[k]
        s = prev[i]
        base = np.uint64(i) * np.uint64(6) + key
        for b in range(6):
            u = F32(mix((base + np.uint64(b)) * G) >> np.uint64(40)) * F32(1.0 / 16777216.0)
            if u < P[b] * (neg if b < 3 else pos):
                s += PTS[b]
        m = F32(0.25) * (prev[nbr[i, 0]] + prev[nbr[i, 1]] + prev[nbr[i, 2]] + prev[nbr[i, 3]])
        s += DRIFT * (m - s)
        s = min(max(s, LO), HI)
        cur[i] = s
        k = np.int8(s < TA) + np.int8(s < TB) + np.int8(s < TC)
        tier[i] = k
        acc[4] += s
        acc[k] += 1.0


@nb.njit(parallel=True)
def month_step(prev, cur, tier, t, nbr, month, seed):
    n = prev.shape[0]
    key = mix(mix(np.uint64(seed) + G) + np.uint64(month) * G)
    chunks = (n + CHUNK - 1) // CHUNK
    acc = np.zeros((chunks, 8))
    for c in nb.prange(chunks):
        chunk_step(prev, cur, tier, t, nbr, key, c * CHUNK, min(n, (c + 1) * CHUNK), acc[c])
    return acc.sum(axis=0) / n


n, seed = S.args()
z = np.zeros(4, F32)
month_step(
    z, z.copy(), np.zeros(4, np.int8), z, np.zeros((4, 4), np.int32), 0, 0
)  # compile outside the clock
clk = S.Clock(f"numba-{THREADS}t", n)
i = np.arange(n, dtype=np.int32)
nbr = np.stack([(i + d) % n for d in S.OFFSETS], axis=1).astype(np.int32)
t = np.random.default_rng(seed).random(n, dtype=F32)
prev, cur, tier = np.full(n, S.START, F32), np.empty(n, F32), np.ones(n, np.int8)
clk.built()
history = []
for month in range(S.MONTHS):
    r = month_step(prev, cur, tier, t, nbr, month, seed)
    history.append((r[4], r[0], r[1], r[2], r[3]))
    prev, cur = cur, prev
clk.done(history, threads=THREADS)
