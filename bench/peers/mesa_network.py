"""scorebench, Mesa 3.5 as its documentation teaches it: FixedAgent in a mesa.discrete_space.Network over a networkx graph
(cf. mesa.examples.basic.virus_on_network), agents.do, DataCollector with model reporters.  layout=None (the default,
nx.spring_layout, is O(N^2) and only serves drawing)."""

from inspect import signature

import mesa
import networkx as nx
import numpy as np
import spec as S
from mesa.discrete_space import FixedAgent, Network


class Person(FixedAgent):
    def __init__(self, model, cell):
        super().__init__(model)
        self.cell = cell
        self.t = self.random.random()
        self.score = self.prev = S.START
        self.tier = 1

    def behave(self):
        neg = (1.5 - self.t) * (1 - 0.3 * S.FEAR[self.tier])
        pos = (0.5 + self.t) * (1 + 0.3 * S.INC[self.tier])
        s = self.prev
        for b in range(6):
            if self.random.random() < S.P[b] * (neg if b < 3 else pos):
                s += S.PTS[b]
        nb = [a.prev for a in self.cell.neighborhood.agents]
        s += S.DRIFT * (sum(nb) / len(nb) - s)
        self.score = min(max(s, S.LO), S.HI)

    def retier(self):
        s = self.prev = self.score
        self.tier = 0 if s >= S.A else 1 if s >= S.B else 2 if s >= S.C else 3


def share(k):
    return lambda m: sum(a.tier == k for a in m.agents) / len(m.agents)


class Society(mesa.Model):
    def __init__(self, n, rng=None):
        super().__init__(rng=rng)
        unplaced = {"layout": None} if "layout" in signature(Network.__init__).parameters else {}
        self.grid = Network(
            nx.circulant_graph(n, [1, 2]), capacity=1, random=self.random, **unplaced
        )
        Person.create_agents(self, n, list(self.grid.all_cells))
        self.datacollector = mesa.DataCollector(
            {"mean_score": lambda m: m.agents.agg("score", np.mean)}
            | {f"share_{k}": share(k) for k in range(4)}
        )

    def step(self):
        self.agents.do("behave")
        self.agents.do("retier")
        self.datacollector.collect(self)


if __name__ == "__main__":
    n, seed = S.args()
    clk = S.Clock("mesa-network", n)
    model = Society(n, rng=seed)
    clk.built()
    for _ in range(S.MONTHS):
        model.step()
    clk.done(
        model.datacollector.get_model_vars_dataframe().values.tolist(), version=mesa.__version__
    )
