"""scorebench, Mesa 3.5 tuned by hand: no space; each mesa.Agent holds a tuple of its four neighbours; behaviours unrolled
over a local random(); DataCollector reads aggregates computed in one pass.  What an experienced Mesa user would reach."""

import mesa
import spec as S

PN, PP = tuple(zip(S.P[:3], S.PTS[:3])), tuple(zip(S.P[3:], S.PTS[3:]))
FEAR, INC = tuple(1 - 0.3 * f for f in S.FEAR), tuple(1 + 0.3 * g for g in S.INC)


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.t = self.random.random()
        self.score = self.prev = S.START
        self.tier = 1
        self.nb = ()

    def behave(self):
        u = self.model.random.random
        q = (1.5 - self.t) * FEAR[self.tier]
        s = self.prev
        for p, pts in PN:
            if u() < p * q:
                s += pts
        q = (0.5 + self.t) * INC[self.tier]
        for p, pts in PP:
            if u() < p * q:
                s += pts
        a, b, c, d = self.nb
        s += S.DRIFT * ((a.prev + b.prev + c.prev + d.prev) / 4 - s)
        self.score = S.LO if s < S.LO else S.HI if s > S.HI else s

    def retier(self):
        s = self.prev = self.score
        self.tier = 0 if s >= S.A else 1 if s >= S.B else 2 if s >= S.C else 3


class Society(mesa.Model):
    def __init__(self, n, rng=None):
        super().__init__(rng=rng)
        Person.create_agents(self, n)
        ps = list(self.agents)
        for i, p in enumerate(ps):
            p.nb = tuple(ps[(i + d) % n] for d in S.OFFSETS)
        self.datacollector = mesa.DataCollector(
            {"mean": "mean", **{f"s{k}": (lambda m, k=k: m.shares[k]) for k in range(4)}}
        )

    def step(self):
        self.agents.do("behave")
        self.agents.do("retier")
        count, tot = [0, 0, 0, 0], 0.0
        for a in self.agents:
            count[a.tier] += 1
            tot += a.score
        self.mean, self.shares = tot / len(self.agents), [c / len(self.agents) for c in count]
        self.datacollector.collect(self)


if __name__ == "__main__":
    n, seed = S.args()
    clk = S.Clock("mesa-lean", n)
    model = Society(n, rng=seed)
    clk.built()
    for _ in range(S.MONTHS):
        model.step()
    clk.done(
        model.datacollector.get_model_vars_dataframe().values.tolist(), version=mesa.__version__
    )
