"""Close ties (7.11, 1): a ring of the block, some of it swapped for others of the block."""

from demerit.draws import TIE
from reference.state import Block, among


def tie_ahead(block: Block, i: int, j: int) -> int:
    """The tie that row i has as its j-th ahead, on the ring or swapped in."""
    n, word = len(block.people), block.draws.word_for_life
    if word(i, TIE, j, 0) < block.society.rewired_32:
        return among(word(i, TIE, j, 1), n)
    return (i + 1 + j) % n


def ties_of(block: Block, i: int) -> list[int]:
    """The tie list of row i: its tie 0 ahead, who has row i as tie 0 ahead from behind, then 1."""
    n = len(block.people)
    found = []
    for j in range(block.society.degree // 2):
        behind = (i - 1 - j) % n
        told = [tie_ahead(block, i, j)]
        told += [behind] * (tie_ahead(block, behind, j) == i)
        found += [tie for tie in told if tie != i]
    return found
