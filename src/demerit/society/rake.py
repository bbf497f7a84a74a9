"""Rake: change a table as little as possible so that it adds up to given margins.

start (cell), margins [(label of each cell, total of each label)]  ->  table (cell)

Iterative proportional fitting: every margin in turn scales the cells under each of its labels to
its total, until all hold.  The odds ratios that no margin speaks of stay those of the start, and no
table with these margins is nearer to it (in Kullback-Leibler's sense).

Not a dependency, because it is these forty lines, and because only additions in a fixed order and
plain products and quotients give the same bits on every machine.

Source: W. E. Deming and F. F. Stephan, "On a least squares adjustment of a sampled frequency table
when the expected marginal totals are known", Annals of Mathematical Statistics 11(4), 1940,
doi:10.1214/aoms/1177731829; I. Csiszar, "I-divergence geometry of probability distributions and
minimization problems", Annals of Probability 3(1), 1975, doi:10.1214/aop/1176996454.
"""

import numpy as np

from demerit.facts import FactError

Margin = tuple[np.ndarray, np.ndarray]


def rake(
    start: np.ndarray, margins: list[Margin], tolerance: float = 1e-9, passes: int = 5000
) -> np.ndarray:
    """The table nearest to start with these margins (as start) [same unit as the totals].

    Cells that start at nought stay nought.  FactError when margins contradict one another or the
    noughts: some gap, as a share of the whole, is still above the tolerance after so many passes.

    >>> rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> rake(np.ones(4), [(rows, np.array([30.0, 10.0])), (columns, np.array([20.0, 20.0]))])
    array([15., 15.,  5.,  5.])
    """
    table = np.array(start, np.float64)
    for _ in range(passes):
        largest = 0.0
        for label, total in margins:
            got = np.bincount(label, table, len(total))
            largest = max(largest, float(np.max(np.abs(got - total))) / float(total.sum()))
            table *= np.divide(total, got, out=np.zeros(len(total)), where=got > 0)[label]
        if largest < tolerance:
            return table
    raise FactError(f"the margins contradict one another: a gap of {largest:.2g} does not close.")
