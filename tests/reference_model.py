"""The month again, for tests: a second implementation of docs/model.md in plain Python.

The stages are in reference/, a file each.  What it is handed: the people of a block as `society`
made them, the tables of society and scheme (made in floating point once), the draws (tested apart
against published vectors), and the climate of each month.
"""

import copy
from typing import Any

from reference.audit import audit
from reference.begin import first_values
from reference.behave import behave
from reference.consequence import consequence, working
from reference.deal import deal
from reference.firms import firms, found
from reference.inquire import inquire
from reference.link import link
from reference.live import live
from reference.move import move
from reference.observe import observe
from reference.office import office
from reference.private import attribute, gather, issue
from reference.rate import rate
from reference.redress import redress
from reference.respond import respond
from reference.score import score
from reference.state import Block, block_of

from demerit.columns import LAW

STAGES = (
    live, behave, deal, observe, link, rate, move, score, gather, issue, audit, consequence,
    attribute, inquire, working, respond, redress, office, firms,
)  # fmt: skip


def begin(columns: Any, society: Any, scheme: Any) -> Block:
    """A block of these people at the start, alive under ordinary law."""
    block = block_of(columns, society, scheme)
    first_values(block)
    found(block)
    return block


def part(block: Block) -> None:
    """Every other world starts as world law stands (section 5)."""
    for world in block.worlds:
        if world.index != LAW:
            world.lives = copy.deepcopy(block.worlds[LAW].lives)
            world.desks = copy.deepcopy(block.worlds[LAW].desks)
            world.firms = copy.deepcopy(block.worlds[LAW].firms)


def month(block: Block, climate: Any, number: int) -> None:
    """One month, stage after stage (section 3)."""
    block.draws.open(number)
    for stage in STAGES:
        stage(block, climate, number)
