"""Close ties (7.11, 1): a ring of the block, some of it swapped for others of the block."""

from demerit.draws import TIE
from reference.state import Block, among


def tie_ahead(block: Block, i: int, j: int) -> tuple[int, bool]:
    """The tie that row i has as its j-th ahead, and whether it was swapped in."""
    n, word = len(block.people), block.draws.word_for_life
    if word(i, TIE, j, 0) < block.society.rewired_32:
        return among(word(i, TIE, j, 1), n), True
    return (i + 1 + j) % n, False


def ties_of(block: Block, i: int) -> list[int]:
    """The tie list of row i, nearest first: its tie j ahead, then who has row i as tie j ahead."""
    n = len(block.people)
    found = []
    for j in range(block.society.degree // 2):
        found.append(tie_ahead(block, i, j)[0])
        behind = (i - 1 - j) % n
        if not tie_ahead(block, behind, j)[1]:
            found.append(behind)
    return found
