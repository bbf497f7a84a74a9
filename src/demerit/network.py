"""Network: the close ties of a person inside the block, computed and never stored.

A ring of neighbours of whom some are swapped for anybody of the block: a small world.  What
happens to a person is heard by `degree / 2` people ahead on the ring (or by whom the tie was
swapped for) and by those behind whose tie forward was not swapped.

Source: D. Watts, S. Strogatz, "Collective dynamics of 'small-world' networks", Nature 393, 1998.
"""

import numpy as np

from demerit import draws
from demerit.kernel import foremost, inline, kernel, without


@kernel
def ahead(seed, first, people, i, j, rewired_32):
    """The j-th tie forward of row i [row in the block]."""
    swap, whom, _, _ = draws.four(seed, first + draws.U(i), 0, 0, draws.TIE, j)
    if swap < rewired_32:
        return draws.among(whom, people)
    return round_(i + 1 + j, people)


@inline
def round_(row, people):
    """A row of the ring by its number, which may lie past the end or before the start.

    >>> round_(7, 5), round_(-1, 5), round_(3, 5)
    (2, 4, 3)
    """
    return row if 0 <= row < people else row % people  # a division takes ten times as long


@kernel
def ties(seed, first, people, i, degree, rewired_32, out):
    """Write the ties of row i to `out` [rows]; return how many there are."""
    found = 0
    for j in range(degree // 2):
        out[found] = ahead(seed, first, people, i, j, rewired_32)
        found += out[found] != i
        behind = round_(i - 1 - j, people)
        if behind != i and ahead(seed, first, people, behind, j, rewired_32) == i:
            out[found] = behind
            found += 1
    return found


@kernel
def tell(world, society, row, out):
    """Count with the ties of everyone who has a one in `row` (person,): out (person,) += 1.

    Cheap where few have one: eight people are looked at at a time.  At most 255 are counted.
    """
    near = world.scratch.near
    eight = row.view(np.uint64)
    for j in range(eight.size):
        those = eight[j]
        while those:
            at = foremost(those)
            those = without(those, at)
            found = ties(
                world.seed, world.first, world.people, 8 * j + at, society.degree,
                society.rewired_32, near,
            )  # fmt: skip
            for k in range(found):
                out[near[k]] = min(255, np.int64(out[near[k]]) + 1)
