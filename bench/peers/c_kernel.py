"""scorebench, plain C compiled here with `cc -O3 -march=native -ffast-math` and called through ctypes: the anchor for what a
compiled kernel gets on this machine.  Counter-based random numbers: 3 splitmix64 words of (seed, month, person), two
32-bit uniforms each.  float32 score and trait, int8 tier.  NBR=index (default): int32 neighbour array, 16 B a person;
NBR=procedural: neighbours computed from the person's number, nothing stored.  THREADS=1 or 2: pthreads over halves."""

import ctypes
import os
import subprocess
import tempfile
import threading

import numpy as np
import spec as S

THREADS = int(os.environ.get("THREADS", "1"))
NBR = os.environ.get("NBR", "index")
arr = lambda xs: "{" + ",".join(f"{float(x)!r}f" for x in xs) + "}"
SRC = f"""
#include <stdint.h>
#include <math.h>
static const float P[6]={arr([p * 4294967296.0 for p in S.P])},PTS[6]={arr(map(float, S.PTS))};
static const float FEAR[4]={arr([1 - 0.3 * f for f in S.FEAR])},INC[4]={arr([1 + 0.3 * g for g in S.INC])};
static inline uint64_t mix(uint64_t z){{z=(z^(z>>30))*0xBF58476D1CE4E5B9ull;z=(z^(z>>27))*0x94D049BB133111EBull;return z^(z>>31);}}
#ifdef PROCEDURAL
#define NB(k,d) (i+(d)<0?i+(d)+n:i+(d)>=n?i+(d)-n:i+(d))
#else
#define NB(k,d) nb[4*i+k]
#endif
void month(const float*restrict prev,float*restrict cur,int8_t*restrict tier,const float*restrict t,const int32_t*restrict nb,
           uint64_t seed,uint64_t mon,int64_t n,int64_t lo,int64_t hi,double*restrict acc){{
  uint64_t key=mix(mix(seed+0x9E3779B97F4A7C15ull)+mon*0x9E3779B97F4A7C15ull);
  double tot=0;int64_t na=0,nbb=0,nc=0;
  for(int64_t b0=lo;b0<hi;b0+=4096){{int64_t b1=b0+4096<hi?b0+4096:hi;float ts=0;int32_t ca=0,cb=0,cc=0;
    for(int64_t i=b0;i<b1;i++){{
      int k=tier[i];float neg=(1.5f-t[i])*FEAR[k],pos=(0.5f+t[i])*INC[k],s=prev[i];
      for(int j=0;j<3;j++){{
        uint64_t z=mix(((uint64_t)i*3+j+key)*0x9E3779B97F4A7C15ull);
        float u=(float)(uint32_t)z,v=(float)(uint32_t)(z>>32);
        s+=u<P[j]*neg?PTS[j]:0.f; s+=v<P[j+3]*pos?PTS[j+3]:0.f;}}
      float m=0.25f*(prev[NB(0,-2)]+prev[NB(1,-1)]+prev[NB(2,1)]+prev[NB(3,2)]);
      s+={S.DRIFT}f*(m-s);
      s=s<{S.LO}f?{S.LO}f:s>{S.HI}f?{S.HI}f:s;
      cur[i]=s;int a=s<{S.A}f,b=s<{S.B}f,c=s<{S.C}f;tier[i]=a+b+c;ts+=s-1000.f;ca+=a;cb+=b;cc+=c;}}
    tot+=ts;na+=ca;nbb+=cb;nc+=cc;}}
  int64_t w=hi-lo;acc[0]=tot+1000.0*w;acc[1]=w-na;acc[2]=na-nbb;acc[3]=nbb-nc;acc[4]=nc;}}
"""
with tempfile.TemporaryDirectory() as d:
    open(f"{d}/k.c", "w").write(SRC)
    subprocess.run(
        [
            "cc",
            "-O3",
            "-march=native",
            "-mprefer-vector-width=512",
            "-ffast-math",
            "-shared",
            "-fPIC",
        ]
        + (["-DPROCEDURAL"] if NBR == "procedural" else [])
        + ["-o", f"{d}/k.so", f"{d}/k.c"],
        check=True,
    )
    lib = ctypes.CDLL(f"{d}/k.so")
ptr = lambda a: ctypes.c_void_p(a.ctypes.data if a is not None else None)

n, seed = S.args()
clk = S.Clock(f"c-{NBR}-{THREADS}t", n)
nb = None
if NBR == "index":
    nb = np.empty((n, 4), np.int32)
    i = np.arange(n, dtype=np.int32)
    for k, d in enumerate(S.OFFSETS):
        nb[:, k] = (i + d) % n
    del i
t = np.random.default_rng(seed).random(n, dtype=np.float32)
prev, cur, tier = np.full(n, S.START, np.float32), np.empty(n, np.float32), np.ones(n, np.int8)
clk.built()
history = []
cut = [n * k // THREADS for k in range(THREADS + 1)]
for month in range(S.MONTHS):
    acc = [np.zeros(8) for _ in range(THREADS)]
    run = lambda k: lib.month(
        ptr(prev),
        ptr(cur),
        ptr(tier),
        ptr(t),
        ptr(nb),
        ctypes.c_uint64(seed),
        ctypes.c_uint64(month),
        ctypes.c_int64(n),
        ctypes.c_int64(cut[k]),
        ctypes.c_int64(cut[k + 1]),
        ptr(acc[k]),
    )
    if THREADS == 1:
        run(0)
    else:
        ts = [threading.Thread(target=run, args=(k,)) for k in range(THREADS)]
        [x.start() for x in ts]
        [x.join() for x in ts]
    history.append(sum(acc)[:5] / n)
    prev, cur = cur, prev
clk.done(history, threads=THREADS)
