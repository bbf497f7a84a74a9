"""scorebench, AgentPy 0.1.5 as its documentation teaches it: ap.Model/ap.Agent/ap.Network, AgentList method broadcast,
model.record; parameters in a dict, run through Model.run."""

import agentpy as ap
import networkx as nx
import numpy as np
import spec as S


class Person(ap.Agent):
    def setup(self):
        self.t = self.model.random.random()
        self.score = self.prev = S.START
        self.tier = 1

    def behave(self):
        rnd = self.model.random
        neg = (1.5 - self.t) * (1 - 0.3 * S.FEAR[self.tier])
        pos = (0.5 + self.t) * (1 + 0.3 * S.INC[self.tier])
        s = self.prev
        for b in range(6):
            if rnd.random() < S.P[b] * (neg if b < 3 else pos):
                s += S.PTS[b]
        nb = [a.prev for a in self.network.neighbors(self)]
        s += S.DRIFT * (sum(nb) / len(nb) - s)
        self.score = min(max(s, S.LO), S.HI)

    def retier(self):
        s = self.prev = self.score
        self.tier = 0 if s >= S.A else 1 if s >= S.B else 2 if s >= S.C else 3


class Society(ap.Model):
    def setup(self):
        self.agents = ap.AgentList(self, self.p.n, Person)
        self.network = self.agents.network = ap.Network(self, nx.circulant_graph(self.p.n, [1, 2]))
        self.network.add_agents(self.agents, self.network.nodes)
        self.p.clock.built()

    def step(self):
        self.agents.behave()
        self.agents.retier()

    def update(self):
        if self.t == 0:
            return
        tiers = np.array(list(self.agents.tier))
        self.record("mean_score", sum(self.agents.score) / self.p.n)
        for k in range(4):
            self.record(f"share_{k}", float((tiers == k).mean()))


n, seed = S.args()
clk = S.Clock("agentpy", n)
res = Society({"n": n, "steps": S.MONTHS, "seed": seed, "clock": clk}).run(display=False)
v = res.variables.Society
clk.done(
    v[["mean_score", "share_0", "share_1", "share_2", "share_3"]].values.tolist()[-S.MONTHS :],
    version=ap.__version__,
)
