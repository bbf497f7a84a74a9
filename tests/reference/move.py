"""Move (7.7b): who has come from where their file does not follow them."""

from demerit.draws import MOVE
from reference.state import Block


def move(block: Block, climate, month: int) -> None:
    for person in block.people:
        word = block.draws.word(person.row, MOVE, 0, 0)
        person.moved = int(bool(person.scored) and word < block.scheme.move_32)
