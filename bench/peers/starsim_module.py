"""scorebench, Starsim 3.7: a custom ss.Module with array states and six ss.bernoulli distributions (one per decision, with
callable p, drawn for all uids: common random numbers, as its guide asks) and a custom ss.Network holding the edge list.
ss.Sim brings its People (age, sex, alive, slots) along, as it does for every user."""

import numpy as np
import spec as S
import starsim as ss

FEAR, INC = np.array(S.FEAR, np.float32), np.array(S.INC, np.float32)


class Ring(ss.Network):
    def add_pairs(self):
        i = np.arange(len(self.sim.people))
        n = len(i)
        self.append(
            p1=np.tile(i, 2),
            p2=np.concatenate([(i + 1) % n, (i + 2) % n]),
            beta=np.ones(2 * n, np.float32),
        )

    def step(self):
        pass


class Score(ss.Module):
    def __init__(self, pars=None, **kwargs):
        super().__init__()
        self.define_pars(
            **{f"b{b}": ss.bernoulli(p=self.p_neg(b) if b < 3 else self.p_pos(b)) for b in range(6)}
        )
        self.update_pars(pars, **kwargs)
        self.define_states(
            ss.FloatArr("trait", default=ss.random(name="trait")),
            ss.FloatArr("score", default=S.START),
            ss.FloatArr("tier", default=1),
        )

    @staticmethod
    def p_neg(b):
        return lambda self, sim, uids: (
            S.P[b] * (1.5 - self.trait[uids]) * (1 - 0.3 * FEAR[self.tier[uids].astype(int)])
        )

    @staticmethod
    def p_pos(b):
        return lambda self, sim, uids: (
            S.P[b] * (0.5 + self.trait[uids]) * (1 + 0.3 * INC[self.tier[uids].astype(int)])
        )

    def init_results(self):
        super().init_results()
        self.define_results(
            ss.Result("mean_score", dtype=float, scale=False),
            *[ss.Result(f"share_{k}", dtype=float, scale=False) for k in range(4)],
        )

    def step(self):
        uids = self.sim.people.auids
        prev = self.score.values
        s = prev.copy()
        for b in range(6):
            s += S.PTS[b] * self.pars[f"b{b}"].rvs(uids)
        e = self.sim.networks[0].edges
        n = len(prev)
        tot = np.bincount(e.p1, prev[e.p2], n) + np.bincount(e.p2, prev[e.p1], n)
        deg = np.bincount(e.p1, minlength=n) + np.bincount(e.p2, minlength=n)
        s += S.DRIFT * (tot / deg - s)
        s = np.clip(s, S.LO, S.HI)
        self.score[uids] = s
        self.tier[uids] = (s < S.A).astype(int) + (s < S.B) + (s < S.C)

    def update_results(self):
        super().update_results()
        self.results.mean_score[self.ti] = self.score.mean()
        for k in range(4):
            self.results[f"share_{k}"][self.ti] = np.mean(self.tier.values == k)


if __name__ == "__main__":
    n, seed = S.args()
    clk = S.Clock("starsim", n)
    sim = ss.Sim(
        n_agents=n,
        custom=Score(),
        networks=Ring(),
        start=0,
        dt=ss.months(1),
        dur=ss.months(S.MONTHS - 1),
        rand_seed=seed,
        verbose=0,
    )
    sim.init()
    clk.built()
    sim.run()
    r = sim.results.score
    clk.done(list(zip(r.mean_score, *[r[f"share_{k}"] for k in range(4)])), version=ss.__version__)
